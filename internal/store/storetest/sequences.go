package storetest

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func testEnrollments(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 4)
	ctx, ws := t.Context(), w.Workspace.ID
	a, b, c := w.Enroll(t, 0), w.Enroll(t, 1), w.Enroll(t, 2)
	set := func(e *sales.Enrollment, change func(*sales.Enrollment)) {
		was := *e
		change(e)
		e.Version++
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Apply(ctx, was, sales.Decision{Next: *e, Changed: true}, store.Subject{}, Now)
			return err
		})
	}
	set(&a, func(e *sales.Enrollment) { e.NextAt, e.Mails = wait(3), 1 })
	set(&b, func(e *sales.Enrollment) { e.NextAt = wait(1) })
	set(&c, func(e *sales.Enrollment) { e.NextAt, e.State, e.Reason = time.Time{}, sales.Finished, sales.EndReplied })
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for limit, want := range map[int][]sales.ID{9: {b.ID, a.ID}, 1: {b.ID}} {
			var got []sales.ID
			for _, e := range ok[[]sales.Enrollment](t)(tx.DueEnrollments(ctx, ws, wait(3), limit)) {
				got = append(got, e.ID)
			}
			if !reflect.DeepEqual(got, want) {
				t.Error("due:", got)
			}
		}
		if list := ok[[]sales.Enrollment](t)(tx.DueEnrollments(ctx, ws, wait(0.9), 9)); len(list) != 0 {
			t.Error("too early:", list)
		}
		if list := ok[[]sales.Enrollment](t)(tx.ColleagueEnrollments(ctx, ws, w.Account.ID, w.People[0].ID)); len(list) != 1 || list[0] != b {
			t.Errorf("living colleagues: %+v", list)
		}
		if list := ok[[]sales.Enrollment](t)(tx.ColleagueEnrollments(ctx, ws, 0, w.People[0].ID)); len(list) != 0 {
			t.Error("no account, no colleagues")
		}
		list, err := tx.LiveEnrollments(ctx, ws, w.People[2].ID)
		no(t, len(list) > 0)
		return err
	})
	if at, err := s.NextTimer(ctx, ws); !at.Equal(wait(1)) || err != nil {
		t.Error(at, err)
	}
	second := a
	second.ID, second.SequenceID = s.NewID(), s.NewID()
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertEnrollment(ctx, second) })
	if n := ok[int](t)(s.ActiveAtAccount(ctx, ws, w.Account.ID, w.People[3].ID)); n != 1 {
		t.Errorf("one person in two sequences counts %d", n)
	}
	if n := ok[int](t)(s.ActiveAtAccount(ctx, ws, w.Account.ID, w.People[0].ID)); n != 0 {
		t.Error("themselves:", n)
	}
	if n := ok[int](t)(s.ActiveAtAccount(ctx, ws, 0, 0)); n != 0 {
		t.Error("no account:", n)
	}
	if list := ok[[]sales.Enrollment](t)(s.EnrollmentsOf(ctx, ws, w.People[0].ID)); len(list) != 2 || list[0].ID != second.ID {
		t.Errorf("the newest first: %+v", list)
	}
	if list := ok[[]sales.Enrollment](t)(s.EnrollmentsIn(ctx, ws, w.Sequence.ID, a.ID, 1)); len(list) != 1 || list[0].ID != b.ID {
		t.Errorf("after one: %+v", list)
	}
	counts := ok[[]store.StateCount](t)(s.SequenceCounts(ctx, ws))
	if len(counts) != 3 {
		t.Errorf("%+v", counts)
	}
	waits := ok[[]store.StepWait](t)(s.StepWaits(ctx, ws, w.Sequence.ID))
	total := 0
	for _, x := range waits {
		total += x.N
	}
	if len(waits) != 2 || total != 3 {
		t.Errorf("%+v", waits)
	}
	live := ok[map[sales.ID][]sales.Enrollment](t)(s.LiveOfMany(ctx, ws, []sales.ID{w.People[0].ID, w.People[2].ID}))
	if len(live) != 1 || len(live[w.People[0].ID]) != 2 {
		t.Errorf("%+v", live)
	}
	testInside(t, w, b)
	// A first mail that is on its way counts, as it does when a place is taken.
	first := a
	first.ID, first.SequenceID, first.PersonID, first.State, first.Mails, first.NextAt = s.NewID(), s.NewID(), w.People[3].ID, sales.Active, 0, time.Time{}
	going := sales.Mailing{WorkspaceID: ws, ID: s.NewID(), Key: "on its way", EnrollmentID: first.ID, PersonID: first.PersonID, MailboxID: w.Mailbox.ID, Kind: sales.MailingAuto, State: sales.MailingQueued, DueAt: Now, CreatedAt: Now}
	for i, want := range []int{1, 2} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			if i == 0 {
				return errors.Join(tx.InsertEnrollment(ctx, first), tx.QueueMailing(ctx, going))
			}
			going.HeaderID, going.RawID = "first@brightmail.example", tx.NewID()
			_, err := tx.BeginAttempt(ctx, going, []byte("raw"), Now)
			return err
		})
		if n := ok[int](t)(s.ActiveAtAccount(ctx, ws, w.Account.ID, w.People[2].ID)); n != want {
			t.Errorf("%d are written to, not %d", n, want)
		}
	}
}

func testInside(t *testing.T, w *World, b sales.Enrollment) {
	t.Helper()
	ctx := t.Context()
	any := store.InsideFilter{Position: -1}
	list, after, err := w.Inside(ctx, w.Viewer(), w.Sequence.ID, any, store.Page{Limit: 2})
	if err != nil || len(list) != 2 || after != list[1].ID.String() {
		t.Fatal(list, after, err)
	}
	rest, end, err := w.Inside(ctx, w.Viewer(), w.Sequence.ID, any, store.Page{Limit: 2, After: after})
	if err != nil || len(rest) != 1 || end != "" || rest[0].ID <= list[1].ID {
		t.Error(rest, end, err)
	}
	some, _, err := w.Inside(ctx, w.Viewer(), w.Sequence.ID, store.InsideFilter{States: []sales.EnrollmentState{sales.Active, sales.Pending}, Position: 0}, store.Page{})
	if err != nil || len(some) != 2 || some[1] != b {
		t.Error(some, err)
	}
	some, _, err = w.Inside(ctx, w.Viewer(), w.Sequence.ID, store.InsideFilter{Position: 1}, store.Page{})
	if err != nil || len(some) != 0 {
		t.Error(some, err)
	}
}

// testPositions: people move with their step; who has ended stays.
func testPositions(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 5)
	ctx, ws := t.Context(), w.Workspace.ID
	var list []sales.Enrollment
	for i := range 5 {
		e := w.Enroll(t, i)
		next := e
		next.Position, next.Version, next.Awaiting = i, 2, i == 1
		if i == 4 {
			next.Position, next.State = 0, sales.Finished
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true}, store.Subject{}, Now)
			return err
		})
		list = append(list, next)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if at := ok[[]sales.Enrollment](t)(tx.AwaitingAt(ctx, ws, w.Sequence.ID, 1)); len(at) != 1 || at[0].ID != list[1].ID {
			t.Errorf("%+v", at)
		}
		return tx.MovePositions(ctx, ws, w.Sequence.ID, []int{2, 0, 1, 3})
	})
	for i, want := range []struct {
		position int
		version  int64
	}{{2, 3}, {0, 3}, {1, 3}, {3, 3}, {0, 2}} {
		if e := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, list[i].ID)); e.Position != want.position || e.Version != want.version {
			t.Errorf("%d stands at %d with version %d", i, e.Position, e.Version)
		}
	}
}

func testSteps(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx, ws := t.Context(), w.Workspace.ID
	q := ok[sales.Sequence](t)(s.Sequence(ctx, ws, w.Sequence.ID))
	if !reflect.DeepEqual(q, w.Sequence) {
		t.Errorf("wrote %+v\nread  %+v", w.Sequence, q)
	}
	q.Name, q.State, q.Rules.MaxAutoMails, q.Rules.Unsubscribe, q.StartedAt = "Ünïcode % _", sales.SequencePaused, 7, false, wait(1)
	added := sales.Step{WorkspaceID: ws, ID: s.NewID(), SequenceID: q.ID, Kind: sales.StepTheirMove, Delay: sales.Delay{N: 1, Unit: sales.Hours}, MaxWaitDays: 9}
	q.Steps = []sales.Step{q.Steps[2], added, q.Steps[0]}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	for i := range q.Steps {
		q.Steps[i].Position = i
	}
	stale := q
	q.Version++
	if got := ok[sales.Sequence](t)(s.Sequence(ctx, ws, q.ID)); !reflect.DeepEqual(got, q) {
		t.Errorf("saved %+v\nread  %+v", q, got)
	}
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, stale) }), sales.Conflict)
	q.Steps = nil
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	if got := ok[sales.Sequence](t)(s.Sequence(ctx, ws, q.ID)); len(got.Steps) != 0 {
		t.Errorf("%+v", got)
	}
	q.Version++
	q.State = sales.SequenceArchived
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	if list := ok[[]sales.Sequence](t)(s.Sequences(ctx, ws)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if list := ok[[]sales.Sequence](t)(s.ArchivedSequences(ctx, ws)); len(list) != 1 || list[0].ID != q.ID {
		t.Errorf("%+v", list)
	}
}

func testStats(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx, ws := t.Context(), w.Workspace.ID
	a, b := w.Sequence.Steps[0].ID, w.Sequence.Steps[1].ID
	for range 3 {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.AddStats(ctx, ws, map[store.Stat]int{{StepID: a, Name: store.StatSent}: 2, {StepID: b, Name: store.StatSent}: 1, {StepID: a, Name: store.StatAnswered}: 1, {StepID: 0, Name: store.StatBounced}: 5})
		})
	}
	want := map[store.Stat]int{{StepID: a, Name: store.StatSent}: 6, {StepID: b, Name: store.StatSent}: 3, {StepID: a, Name: store.StatAnswered}: 3}
	if got := ok[map[store.Stat]int](t)(s.StepStats(ctx, ws, w.Sequence.ID)); !reflect.DeepEqual(got, want) {
		t.Error(got)
	}
	sums := ok[map[sales.ID]store.SequenceSum](t)(s.SequenceSums(ctx, ws))
	if got := sums[w.Sequence.ID]; got.Steps != 3 || got.Stats[store.StatSent] != 9 || got.Stats[store.StatAnswered] != 3 {
		t.Errorf("%+v", got)
	}
	if n := value(t, s, "SELECT count(*) FROM step_stats WHERE workspace_id = ? AND step_id = 0", ws); n != 0 {
		t.Error("no step was counted")
	}
}
