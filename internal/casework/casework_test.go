package casework_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// decide gives an event to the enrollment as it stands.
func decide(t *testing.T, w *storetest.World, id sales.ID, ev sales.Event, now time.Time) (d sales.Decision, out store.Applied) {
	t.Helper()
	ctx := t.Context()
	ev.At = now
	err := w.InTx(ctx, func(tx *store.Tx) error {
		e, err := tx.Enrollment(ctx, w.Workspace.ID, id)
		if err != nil {
			return err
		}
		d, out, err = casework.New(tx, w.Workspace.ID).Decide(ctx, tx, e, ev, store.Subject{}, now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, out
}

func enrollment(t *testing.T, w *storetest.World, id sales.ID) sales.Enrollment {
	t.Helper()
	e, err := w.Enrollment(t.Context(), w.Workspace.ID, id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// send lets the queued mail of a step go, as the runner records it.
func send(t *testing.T, w *storetest.World, e sales.Enrollment, step sales.ID) {
	t.Helper()
	ctx := t.Context()
	m, err := w.MailingByKey(ctx, w.Workspace.ID, engine.MailKey(e.ID, step))
	if err != nil || m.State != sales.MailingQueued {
		t.Fatal(m, err)
	}
	err = w.InTx(ctx, func(tx *store.Tx) error {
		m.RawID, m.HeaderID = tx.NewID(), m.Key+"@x.example"
		if yes, err := tx.BeginAttempt(ctx, m, []byte("raw"), storetest.Now); err != nil || !yes {
			return errors.Join(err, errors.New("not begun"))
		}
		m.State, m.SentAt = sales.MailingSent, storetest.Now
		_, err := tx.EndAttempt(ctx, m, sales.Attempt{ID: tx.NewID(), N: 1, Outcome: "sent"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	decide(t, w, e.ID, sales.Event{Kind: sales.EvMailSent, StepID: step}, storetest.Now)
}

// TestThrough: a whole way from the first step to a handoff, through database and
// engine.
func TestThrough(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	e := w.Enroll(t, 0)
	steps := w.Sequence.Steps
	decide(t, w, e.ID, sales.Event{Kind: sales.EvTimer}, storetest.Now)
	send(t, w, e, steps[0].ID)
	got := enrollment(t, w, e.ID)
	// Three working days on, at the same time of day in Lisbon.
	if want := time.Date(2026, 3, 6, 9, 0, 0, 0, time.UTC); got.Position != 1 || got.Mails != 1 || !got.NextAt.Equal(want) {
		t.Fatalf("%+v", got)
	}
	decide(t, w, e.ID, sales.Event{Kind: sales.EvTimer}, got.NextAt)
	d, _ := decide(t, w, e.ID, sales.Event{Kind: sales.EvReply, Actor: sales.ByBuyer}, got.NextAt)
	if d.Next.State != sales.Finished || len(d.Moves) != 1 {
		t.Errorf("%+v", d)
	}
	m, err := w.MailingByKey(t.Context(), w.Workspace.ID, engine.MailKey(e.ID, steps[1].ID))
	if err != nil || m.State != sales.MailingCanceled {
		t.Errorf("after the answer: %+v %v", m, err)
	}
	if got := enrollment(t, w, e.ID); got != d.Next {
		t.Errorf("decided %+v\nwritten %+v", d.Next, got)
	}
	if moves, err := w.MovesOf(t.Context(), w.Workspace.ID, e.PersonID, 9); err != nil || len(moves) != 1 || !strings.Contains(moves[0].Text, d.Why) || !strings.Contains(moves[0].Text, w.Sequence.Name) {
		t.Errorf("%+v %v", moves, err)
	}
}

// TestSkipsWhatWasDone: steps in another order never send a mail or open a task
// twice, and nobody is left waiting for a result that came long ago.
func TestSkipsWhatWasDone(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Open(t), 1)
	e := w.Enroll(t, 0)
	ctx, steps := t.Context(), w.Sequence.Steps
	decide(t, w, e.ID, sales.Event{Kind: sales.EvTimer}, storetest.Now)
	send(t, w, e, steps[0].ID)
	err := w.InTx(ctx, func(tx *store.Tx) error {
		q := w.Sequence
		q.Steps = []sales.Step{steps[1], steps[0], steps[2]} // they stood before what is first now
		if err := tx.SaveSequence(ctx, q); err != nil {
			return err
		}
		return tx.MovePositions(ctx, q.WorkspaceID, q.ID, []int{1, 0, 2, 3})
	})
	if err != nil {
		t.Fatal(err)
	}
	got := enrollment(t, w, e.ID)
	decide(t, w, e.ID, sales.Event{Kind: sales.EvTimer}, got.NextAt)
	send(t, w, e, steps[1].ID)
	now := storetest.Now.AddDate(0, 1, 0)
	d, out := decide(t, w, e.ID, sales.Event{Kind: sales.EvTimer}, now)
	got = enrollment(t, w, e.ID)
	if got.Position != 2 || got.Awaiting || got.NextAt.IsZero() || got.Mails != 2 || got != d.Next || len(out.Tasks) != 0 {
		t.Errorf("it waits for a mail that is long gone: %+v %+v", got, out)
	}
	_, out = decide(t, w, e.ID, sales.Event{Kind: sales.EvTimer}, now)
	if len(out.Tasks) != 1 || out.Tasks[0].Kind != sales.TaskCall {
		t.Fatalf("%+v", out)
	}
	if states, err := w.MailingStates(ctx, w.Workspace.ID); err != nil || states[sales.MailingSent] != 2 || len(states) != 1 {
		t.Error(states, err)
	}
}

// counting counts what is read.
type counting struct {
	*store.Store
	n    map[string]int
	fail error
}

func (c *counting) Workspace(ctx context.Context, id sales.ID) (sales.Workspace, error) {
	c.n["workspace"]++
	return c.Store.Workspace(ctx, id)
}

func (c *counting) PersonAny(ctx context.Context, ws, id sales.ID) (sales.Person, error) {
	if c.n["person"]++; c.fail != nil {
		return sales.Person{}, c.fail
	}
	return c.Store.PersonAny(ctx, ws, id)
}

func (c *counting) Sequence(ctx context.Context, ws, id sales.ID) (sales.Sequence, error) {
	c.n["sequence"]++
	return c.Store.Sequence(ctx, ws, id)
}

// TestBatchReadsOnce: what was read is remembered, what failed is not.
func TestBatchReadsOnce(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Open(t), 2)
	e := w.Enroll(t, 0)
	ctx := t.Context()
	r := &counting{w.Store, map[string]int{}, errors.New("no connection")}
	b := casework.New(r, w.Workspace.ID)
	if _, err := b.Case(ctx, e); err == nil {
		t.Error("the failure was swallowed")
	}
	r.fail = nil
	for range 3 {
		c, err := b.Case(ctx, e)
		if err != nil || len(c.Plan.Steps) != 3 || c.Place.Zone != "Europe/Lisbon" || c.Place.Country != "PT" || !reflect.DeepEqual(c.Plan.Rules, w.Sequence.Rules) {
			t.Fatal(c, err)
		}
	}
	if r.n["workspace"] != 1 || r.n["person"] != 2 || r.n["sequence"] != 1 {
		t.Error(r.n)
	}
	on := b.On(r)
	if _, err := on.Case(ctx, e); err != nil || r.n["workspace"] != 1 || r.n["person"] != 3 || r.n["sequence"] != 1 {
		t.Error(r.n, err)
	}
	b.Remember(map[sales.ID]sales.Person{42: {ID: 42}}, map[sales.ID]sales.Account{43: {ID: 43}})
	if p, err := b.Person(ctx, 42); p.ID != 42 || err != nil {
		t.Error(p, err)
	}
	if a, err := b.Account(ctx, 43); a.ID != 43 || err != nil {
		t.Error(a, err)
	}
	if u, err := b.User(ctx, 44); u.ID != 0 || err != nil {
		t.Error("a user who is gone is an empty one:", u, err)
	}
	if _, err := b.Person(ctx, 45); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
}

// TestPlace: person, account, seller, workspace.
func TestPlace(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Open(t), 0)
	b := casework.New(w.Store, w.Workspace.ID)
	for _, c := range []struct {
		p     sales.Person
		owner sales.ID
		want  string
	}{
		{sales.Person{Zone: "Asia/Tokyo", AccountID: w.Account.ID}, w.Seller.ID, "Asia/Tokyo"},
		{sales.Person{Zone: "nowhere", AccountID: w.Account.ID}, w.Seller.ID, "Europe/Lisbon"},
		{sales.Person{AccountID: 4711}, w.Seller.ID, "Europe/Lisbon"}, // an account that is gone
		{sales.Person{}, 4711, "UTC"},
	} {
		got, err := b.Place(t.Context(), c.p, c.owner)
		if err != nil || got.Loc == nil || got.Loc.String() != c.want {
			t.Errorf("%+v: %+v %v", c.p, got, err)
		}
	}
}

func TestRetry(t *testing.T) {
	conflict := sales.Errorf(sales.Conflict, "changed")
	other := errors.New("other")
	for name, c := range map[string]struct {
		errs  []error
		tries int
		code  sales.Code
	}{
		"at once":     {[]error{nil}, 1, ""},
		"second time": {[]error{conflict, nil}, 2, ""},
		"other error": {[]error{conflict, other}, 2, sales.Internal},
		"never":       {[]error{conflict, conflict, conflict, conflict, conflict}, 5, sales.Conflict},
	} {
		n := 0
		err := casework.Retry(func() error { n++; return c.errs[n-1] })
		if n != c.tries || sales.CodeOf(err) != c.code {
			t.Errorf("%s: %d tries, %v", name, n, err)
		}
	}
}

func TestWeigh(t *testing.T) {
	moves := []sales.Move{{Kind: sales.MoveMailManual}, {Kind: sales.MoveTalk, Minutes: 33}, {Kind: sales.MoveNote}}
	casework.Weigh(moves)
	if moves[0].Minutes <= 0 || moves[1].Minutes != 33 || moves[2].Asks {
		t.Errorf("%+v", moves)
	}
	casework.Weigh(nil)
}
