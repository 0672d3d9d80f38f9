package sandbox

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/cast"
)

// fakeDesk is a product with a queue of tasks.
type fakeDesk struct {
	mu    sync.Mutex
	clock sales.Clock
	open  map[string][]DeskTask
	log   []string
	at    []time.Time
	fail  map[string]error
}

func (f *fakeDesk) Tasks(_ context.Context, seller string) ([]DeskTask, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]DeskTask(nil), f.open[seller]...), nil
}

func (f *fakeDesk) did(what, seller, task string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.fail[task]; err != nil {
		delete(f.fail, task)
		return err
	}
	f.log = append(f.log, what+" "+task)
	f.at = append(f.at, f.clock.Now())
	for i, t := range f.open[seller] {
		if t.ID == task {
			f.open[seller] = append(f.open[seller][:i:i], f.open[seller][i+1:]...)
		}
	}
	return nil
}

func (f *fakeDesk) Answer(_ context.Context, seller, task, text string) error {
	if text == "" {
		return errors.New("nothing said")
	}
	return f.did("answer", seller, task)
}

func (f *fakeDesk) LogCall(_ context.Context, seller, task string, c sales.Call) error {
	if c.Disposition == "" || c.Purpose == "" || c.Minutes == 0 {
		return errors.New("half a call")
	}
	return f.did("call", seller, task)
}

func (f *fakeDesk) Approve(_ context.Context, seller, task string) error {
	return f.did("approve", seller, task)
}

func (f *fakeDesk) Finish(_ context.Context, seller, task, _ string) error {
	return f.did("finish", seller, task)
}

func TestSimulatedSellers(t *testing.T) {
	clock := NewClock(DefaultStart(), 0)
	desk := &fakeDesk{clock: clock, open: map[string][]DeskTask{}, fail: map[string]error{"1": errors.New("the database is busy"), "7": sales.Errorf(sales.Conflict, "gone")}}
	w, err := NewWorld(Options{Seed: 2, People: 40, Clock: clock, Desk: desk})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s := w.Sellers()[0].Address
	who := w.People()[0].Email
	add := func(id string, k sales.TaskKind, i sales.Intent) {
		desk.mu.Lock()
		defer desk.mu.Unlock()
		desk.open[s] = append(desk.open[s], DeskTask{ID: id, Kind: k, Email: who, Intent: i})
	}
	add("1", sales.TaskAnswer, sales.Interested)
	add("2", sales.TaskCall, "")
	add("3", sales.TaskApprove, "")
	add("4", sales.TaskDo, "")
	add("5", sales.TaskAnswer, sales.NotInterested)
	add("7", sales.TaskFix, "")
	pass := func(until time.Time) {
		for {
			at, ok := w.NextAt()
			if !ok || at.After(until) {
				break
			}
			clock.Advance(at)
			w.RunDue(t.Context(), clock.Now())
		}
	}
	began := clock.Now()
	w.Poke()
	w.Poke()
	pass(began.Add(4 * time.Hour))
	got := map[string]time.Duration{}
	for i, l := range desk.log {
		got[l] = desk.at[i].Sub(began)
	}
	for _, want := range []string{"answer 1", "call 2", "approve 3", "finish 4", "finish 5"} {
		if _, ok := got[want]; !ok {
			t.Errorf("no %s: %v", want, got)
		}
	}
	if len(got) != 5 {
		t.Error(got)
	}
	if got["finish 5"] > 10*time.Minute {
		t.Error("a handoff waited", got["finish 5"])
	}
	if got["answer 1"] < time.Hour {
		t.Error("a task that failed was not put off", got["answer 1"])
	}
	add("6", sales.TaskAnswer, sales.Question) // nobody pokes: the next look finds it
	pass(began.Add(5 * time.Hour))
	if desk.log[len(desk.log)-1] != "answer 6" {
		t.Error(desk.log)
	}
	pass(began.Add(14 * 24 * time.Hour))
	for i, at := range desk.at {
		if zone := zoneOf(w.Sellers()[0].Zone); !atWork(at.Add(-time.Hour), zone) && !atWork(at, zone) {
			t.Errorf("%s was done at %v", desk.log[i], at.In(zone))
		}
	}
}

func TestGraceIsCountedApart(t *testing.T) {
	r := newRobot(t, Options{Seed: 11, People: 80, Grace: time.Hour}, "")
	for _, p := range r.w.People() {
		if p.Persona != cast.NotInterested {
			continue
		}
		for i := range 4 {
			if err := r.send(p, "auto", "", "", fmt.Sprint("step ", i)); err != nil {
				t.Fatal(err)
			}
			r.pass(r.clock.Now().AddDate(0, 0, 7))
		}
	}
	if s := r.w.Report(r.view()); s.SentAfterAnswer != 0 || s.WithinGrace == 0 {
		t.Fatal(s.SentAfterAnswer, s.WithinGrace)
	}
}
