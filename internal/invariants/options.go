package invariants

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Options are the choices of a run.
type Options struct {
	Seed        uint64  `json:"seed"`
	Enrollments int     `json:"enrollments"` // in all worlds together; 0 is 1,000
	Worlds      int     `json:"worlds"`      // how many databases they are spread over; 0 is one for each 25,000
	Days        int     `json:"days"`        // of simulated time; 0 is 365
	Trouble     float64 `json:"trouble"`     // how much goes wrong: 1 is a very bad year; 0 is 0.2
	Parallel    int     `json:"-"`           // worlds at once; 0 is one a core
	Dir         string  `json:"-"`           // for the databases; empty is the folder for temporary files
	Database    string  `json:"-"`           // postgres:// address of an empty database, for one world; empty is SQLite
	// Progress, when set, is told now and then how far the run is. It must be quick.
	Progress func(done float64, so Report) `json:"-"`
	// Trace, when set, hears all that happens, line by line.
	Trace func(line string) `json:"-"`
}

// Failure is one thing that did not hold.
type Failure struct {
	Seed  Seed
	What  string
	Lines []string // what happened to the person and in the world before it, the newest last
}

// String is a failure for people.
func (f Failure) String() string {
	return fmt.Sprintf("%s\n  to see it again: %s\n  %s", f.What, f.Seed, strings.Join(f.Lines, "\n  "))
}

// Report is what came of a run.
type Report struct {
	Options     Options
	Worlds      int
	Enrollments int
	Steps       int            // of time
	Events      int            // timers, mails out and in, commands
	Checks      int            // enrollments that were looked at
	Counts      map[string]int // by name
	Digest      uint64         // of all that happened: the same for the same choices
	Failures    []Failure
	Took        time.Duration
}

// add adds what came of one world.
func (r *Report) add(w *world) {
	r.Worlds++
	r.Enrollments += w.enrolled
	r.Steps += w.nSteps
	r.Events += w.events
	r.Checks += w.checks
	r.Digest += w.digest
	if r.Counts == nil {
		r.Counts = map[string]int{}
	}
	for k, n := range w.counts {
		r.Counts[k] += n
	}
	r.Failures = append(r.Failures, w.failures...)
}

// String is a report for people.
func (r Report) String() string {
	var b strings.Builder
	rate := float64(r.Events) / max(r.Took.Seconds(), 1e-9)
	fmt.Fprintf(&b, "invariants: %d enrollments in %d worlds, %d days each, seed %d: %d steps, %d events (%.0f a second), %d looks at enrollments, %s\n",
		r.Enrollments, r.Worlds, r.Options.Days, r.Options.Seed, r.Steps, r.Events, rate, r.Checks, r.Took.Round(time.Second))
	for _, k := range slices.SortedFunc(maps.Keys(r.Counts), func(a, c string) int { return cmp.Compare(a, c) }) {
		fmt.Fprintf(&b, "  %-48s %10d\n", k, r.Counts[k])
	}
	fmt.Fprintf(&b, "  %d things did not hold\n", len(r.Failures))
	for i, f := range r.Failures {
		if i == 10 {
			fmt.Fprintf(&b, "and %d more\n", len(r.Failures)-i)
			break
		}
		fmt.Fprintf(&b, "\n%s\n", f)
	}
	return b.String()
}
