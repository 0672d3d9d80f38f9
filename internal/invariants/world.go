package invariants

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/intake"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// world is one installation with its people, its mail server and its clock, and
// the books about them. One goroutine drives it; the runner calls its Send from
// another while that one waits.
type world struct {
	Seed
	seed  uint64
	dice  *dice
	clock *clock
	begin time.Time
	end   time.Time

	st   *store.Store
	ws   sales.ID
	run  *runner.Runner
	in   *intake.Intake
	desk *desk.Desk
	boss sales.Viewer

	// whom there is
	settings  sales.Settings
	sellers   []*seller
	accounts  []*account
	people    []*person
	fresh     []*person // who was never put into a sequence
	list      []*box
	boxes     map[sales.ID]*box
	byEmail   map[string]*person
	byPerson  map[sales.ID]*person
	sequences []*sequence
	steps     map[int]*sequence // by number of step
	stepCount int
	ofID      map[sales.ID]*enrollment
	schedules map[sales.ID]*sales.Schedule
	rulesets  map[sales.ID]*sales.Ruleset
	daysOff   []sales.DayOff
	absences  []sales.Absence
	zones     map[string]*time.Location

	// the books
	suppressed map[string]string // why, by address
	attempts   map[string]int    // by Message-ID
	blocks     map[string]int    // refusals by policy, by Message-ID
	filed      map[string]bool   // what is in a Sent folder, by Message-ID
	byID       map[string]*person
	round      []result // handed over in this round, not recorded
	bounced    []parcel
	today      map[string]int // mails of today by domain and account
	todayIs    string
	capSince   map[string]string // the day on which a shared cap was switched on

	// what happens
	plans     agenda
	trouble   float64
	quiet     bool
	node      int
	deadline  int  // how many crash points are still passed; 0 is no crash to come
	dieWithin int  // the node dies while this many mails later one is on the wire
	dead      bool // it has died, and its runner does not know
	letters   int
	marks     int // mails by hand

	enrolled, nSteps, events, checks int
	counts                           map[string]int
	lines                            []string // what happened to everybody
	failures                         []Failure
	digest                           uint64               // of all that was noted: the same for the same seed
	trace                            func(line string)    // hears all that is noted; may be nil
	touched                          map[*enrollment]bool // to be looked at
	turn                             int                  // whose turn it is among those that nobody touched
}

// start is a Monday in winter; both changes to summer time, that of Europe and
// that of America, lie ahead.
func start() time.Time { return time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC) }

func newWorld(st *store.Store, s Seed) *world {
	w := &world{
		Seed: s, seed: s.Seed, dice: newDice(s.Seed, 1), clock: &clock{truth: start()}, begin: start(), end: start().AddDate(0, 0, s.Days), st: st, trouble: s.Trouble,
		boxes: map[sales.ID]*box{}, byEmail: map[string]*person{}, byPerson: map[sales.ID]*person{}, steps: map[int]*sequence{}, ofID: map[sales.ID]*enrollment{},
		schedules: map[sales.ID]*sales.Schedule{}, rulesets: map[sales.ID]*sales.Ruleset{}, zones: map[string]*time.Location{},
		suppressed: map[string]string{}, attempts: map[string]int{}, blocks: map[string]int{}, filed: map[string]bool{}, byID: map[string]*person{}, today: map[string]int{},
		capSince: map[string]string{}, counts: map[string]int{}, touched: map[*enrollment]bool{},
	}
	log := slog.New(slog.DiscardHandler)
	w.in = &intake.Intake{Store: st, Clock: w.clock, Notify: w, Log: log}
	w.desk = &desk.Desk{Store: st, Clock: w.clock, Notify: w, Log: log}
	w.restart()
	return w
}

// restart makes the machinery of a new node.
func (w *world) restart() {
	w.node++
	w.dead, w.dieWithin, w.deadline = false, 0, 0
	w.run = &runner.Runner{
		Store: w.st, Clock: w.clock, Node: fmt.Sprintf("node%d", w.node), Sender: w, Reader: w, Filer: w, Notify: w, Log: slog.New(slog.DiscardHandler),
		Conns: 1, Batch: 64, Wall: w.clock.real, Crash: w.passed,
	}
}

// Changed implements casework.Notifier: whoever changed is looked at.
func (w *world) Changed(_ context.Context, c casework.Change) {
	if p := w.byPerson[c.PersonID]; p != nil {
		w.touch(p)
	}
}

// touch lets the enrollments of a person be looked at after this step.
func (w *world) touch(p *person) {
	for _, e := range p.ens {
		w.touched[e] = true
	}
}

// steered is touch, when a person of ours had a hand in it.
func (w *world) steered(p *person) {
	w.touch(p)
	for _, e := range p.ens {
		e.steered = true
	}
}

// count counts something by its name.
func (w *world) count(name string) { w.counts[name]++ }

// maxFailures is after how many failures a world ends.
const maxFailures = 3

// fail keeps that something did not hold, with what happened before it.
func (w *world) fail(p *person, format string, args ...any) {
	f := Failure{Seed: w.Seed, What: fmt.Sprintf(format, args...)}
	if p != nil {
		w.note(p, "DOES NOT HOLD: "+format, args...)
		f.Lines = append(f.Lines, fmt.Sprintf("%s at %s, zone %q, seller %s", p.Email, p.acct.Name, p.Zone, p.seller.Name))
		f.Lines = append(f.Lines, p.lines...)
		for _, e := range p.ens {
			f.Lines = append(f.Lines, e.describe())
		}
	}
	f.Lines = append(f.Lines, "of everybody:")
	f.Lines = append(f.Lines, w.lines[max(0, len(w.lines)-12):]...)
	w.failures = append(w.failures, f)
}

// describe is an enrollment for the log of a failure.
func (e *enrollment) describe() string {
	s := fmt.Sprintf("enrollment %d in %s from %s", e.id, e.q.Name, e.box.Address)
	for i, x := range e.q.Steps {
		s += fmt.Sprintf("; %d: %s s%d %s", i, x.Track.OrMain(), e.q.numbers[x.ID], x.Kind)
	}
	x := e.seen
	return s + fmt.Sprintf("; last seen %s %s at %d (%s), awaiting %v, next %s, %d mails; over %q, held %q until %s", x.State, x.Reason, x.Position, x.Track.OrMain(), x.Awaiting, x.NextAt, x.Mails, e.over, e.hold, e.until)
}
