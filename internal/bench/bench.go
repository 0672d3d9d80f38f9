// Package bench measures the program side by side with peers in the same run:
// rates on a shared machine mean little alone, ratios mean something. Each bench
// sets up its own world in a temporary folder and removes it.
package bench

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"ninetyten/internal/sales"
)

// Result is what a bench prints.
type Result struct {
	Bench    string         `json:"bench"`
	N        int            `json:"n"`
	RatePerS float64        `json:"rate_per_s"`    // median of the runs
	CPUPerOp float64        `json:"cpu_us_per_op"` // user and system, everything in this process
	PeakMB   float64        `json:"peak_mb"`       // resident, of the whole process
	Runs     []float64      `json:"runs"`          // rates
	Peers    []Peer         `json:"peers"`
	Checks   map[string]int `json:"checks,omitempty"` // counts that must be as they are
	Notes    []string       `json:"notes,omitempty"`
	Where    map[string]any `json:"where,omitempty"` // where the time goes, in microseconds a mail
}

// Peer is another way to do the same, measured in the same run.
type Peer struct {
	Name     string  `json:"name"`
	RatePerS float64 `json:"rate_per_s"`
	Ratio    float64 `json:"ratio"` // ours over theirs
}

// Options are the choices of a bench.
type Options struct {
	N        int
	Size     int    // bytes of a mail, about
	Boxes    int    // mailboxes
	Conns    int    // connections of a mailbox
	Runs     int    // medians are of this many
	Database string // postgres:// URL of an empty database; empty is SQLite
	Profile  string // file for a CPU profile
}

// Names lists the benches.
func Names() []string { return []string{"send", "pages"} }

// Run runs a bench by its name.
func Run(ctx context.Context, name string, o Options) (Result, error) {
	switch name {
	case "send":
		return Send(ctx, o)
	case "pages":
		return Pages(ctx, o)
	}
	return Result{}, sales.Errorf(sales.NotFound, "There is no bench %q. There are: %s.", name, strings.Join(Names(), ", "))
}

// cpu is the CPU time that this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMB is the largest resident size of this process so far.
func peakMB() float64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if rest, ok := strings.CutPrefix(sc.Text(), "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	s := slices.Clone(list)
	slices.Sort(s)
	return s[len(s)/2]
}

// String is the result for people.
func (r Result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d, %.0f a second, %.0f µs of CPU each, peak %.0f MB\n", r.Bench, r.N, r.RatePerS, r.CPUPerOp, r.PeakMB)
	for _, p := range r.Peers {
		fmt.Fprintf(&b, "  %-28s %8.0f a second, ours is %.2f times that\n", p.Name, p.RatePerS, p.Ratio)
	}
	for k, v := range r.Checks {
		fmt.Fprintf(&b, "  %s: %d\n", k, v)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "  %s\n", n)
	}
	return b.String()
}
