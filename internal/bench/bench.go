// Package bench measures the program side by side with peers in the same run:
// rates on a shared machine mean little alone, ratios mean something. Each bench
// sets up its own world in a temporary folder, with a PostgreSQL of its own when
// one is installed, and removes it. It knows every package of the program, and
// none knows it.
//
// What always holds: a figure is only given when the counts are right, that is,
// when what was sent is what was to be sent, once.
package bench

import (
	"context"
	"runtime"
	"strings"

	"ninetyten/internal/sales"
)

// Result is what a bench prints: the figures of its first case, and those of
// every case.
type Result struct {
	Bench    string             `json:"bench"`
	Case     string             `json:"case,omitempty"` // which of several
	N        int                `json:"n"`
	RatePerS float64            `json:"rate_per_s"`             // median of the runs
	CPUPerOp float64            `json:"cpu_us_per_op"`          // user and system, everything in this process
	DBPerOp  float64            `json:"cpu_us_db_per_op"`       // the same of a PostgreSQL that the bench started; 0 is none
	PeakMB   float64            `json:"peak_mb"`                // resident, of the whole process
	Runs     []float64          `json:"runs"`                   // rates
	Peers    []Peer             `json:"peers"`                  //
	Growth   float64            `json:"growth,omitempty"`       // largest cost over smallest, of the bench scale
	Load     float64            `json:"load_seconds,omitempty"` // how long it took to fill the database
	Checks   map[string]int     `json:"checks,omitempty"`       // counts that must be as they are
	Figures  map[string]float64 `json:"figures,omitempty"`      // further ones, each named with its unit
	Notes    []string           `json:"notes,omitempty"`        //
	Cases    []Result           `json:"cases,omitempty"`        // each with its own figures
	Aims     []Aim              `json:"aims,omitempty"`         // what it should be, and is
	Machine  string             `json:"machine,omitempty"`      // cores, system, compiler
}

// Peer is another way to do the same, measured in the same run.
type Peer struct {
	Name     string  `json:"name"`
	RatePerS float64 `json:"rate_per_s"`
	Ratio    float64 `json:"ratio"`                   // ours over theirs, median of the runs side by side
	CPUPerOp float64 `json:"cpu_us_per_op,omitempty"` // of this process and its PostgreSQL, when it was measured
}

// Aim is a figure beside what it should be.
type Aim struct {
	What  string  `json:"what"`
	Want  string  `json:"want"`
	Is    float64 `json:"is"`
	Holds bool    `json:"holds"`
}

// Options are the choices of a bench. The zero value of each is that of the
// bench.
type Options struct {
	N        int
	Size     int    // bytes of a mail, about
	Boxes    int    // mailboxes
	Conns    int    // connections of a mailbox
	Runs     int    // medians are of this many
	Database string // sqlite, postgres (one of its own), or postgres://… of an empty database; empty is each that there is
	Profile  string // file for a CPU profile of ours
	Full     bool   // the sizes that take long

	// Of the bench invariants.
	Days    int          // of simulated time
	Seed    uint64       // of the first world
	Worlds  int          // how many the enrollments are spread over
	Trouble float64      // how much goes wrong; 1 is a very bad year
	Say     func(string) // told now and then how far it is; may be nil
}

// named is a bench.
type named struct {
	name string
	run  func(context.Context, Options) (Result, error)
}

func benches() []named {
	return []named{
		{"send", Send}, {"pick", Pick}, {"scale", Scale}, {"nodes", Nodes}, {"memory", Memory}, {"shards", Shards}, {"pages", Pages}, {"serve", Serve}, {"intake", Intake}, {"invariants", Invariants},
	}
}

// Names lists the benches.
func Names() []string {
	var out []string
	for _, b := range benches() {
		out = append(out, b.name)
	}
	return out
}

// Run runs a bench by its name.
func Run(ctx context.Context, name string, o Options) (Result, error) {
	for _, b := range benches() {
		if b.name != name {
			continue
		}
		res, err := b.run(ctx, o)
		res.Bench, res.Machine = name, machine()
		return res, err
	}
	return Result{}, sales.Errorf(sales.NotFound, "There is no bench %q. There are: %s.", name, strings.Join(Names(), ", "))
}

// headline puts the figures of the first case on top.
func headline(cases []Result) Result {
	if len(cases) == 0 {
		return Result{}
	}
	top := cases[0]
	top.Cases = cases
	top.Notes = nil
	for _, c := range cases {
		top.PeakMB = max(top.PeakMB, c.PeakMB)
	}
	return top
}

func orElse(n, other int) int {
	if n > 0 {
		return n
	}
	return other
}

func machine() string {
	return strings.Join([]string{runtime.GOOS, runtime.GOARCH, runtime.Version()}, " ")
}
