package storetest

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testBulk: an action is kept with how everybody stood, is taken back once, and
// forgotten after its time.
func testBulk(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	get := func() store.BulkAction {
		t.Helper()
		var a store.BulkAction
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) { a, err = tx.Bulk(ctx, ws, x.Bulk.ID); return err })
		return a
	}
	a := get()
	if a.UserID != x.Seller.ID || a.Kind != "pause" || !a.At.Equal(Now) || !a.UndoneAt.IsZero() || len(a.Items) != 1 || a.Items[0].After != 2 {
		t.Fatalf("%+v", a)
	}
	if was := a.Items[0].Before; was.ID != x.Enrollment.ID || !was.Awaiting || was.State != sales.Active || !was.NextAt.Equal(x.Enrollment.NextAt) || was.Mails != 1 {
		t.Errorf("was %+v\nis  %+v", x.Enrollment, was)
	}
	var mu sync.Mutex
	var all sync.WaitGroup
	fresh := 0
	for range 6 {
		all.Go(func() {
			err := s.InTx(ctx, func(tx *store.Tx) error {
				yes, err := tx.UndoneBulk(ctx, ws, x.Bulk.ID, wait(0.5))
				if mu.Lock(); yes && err == nil {
					fresh++
				}
				mu.Unlock()
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	if all.Wait(); fresh != 1 || !get().UndoneAt.Equal(wait(0.5)) {
		t.Errorf("taken back %d times, at %v", fresh, get().UndoneAt)
	}
	if err := s.ForgetBulk(ctx, ws, Now); err != nil || get().ID == 0 {
		t.Error("forgotten too early", err)
	}
	if err := s.ForgetBulk(ctx, ws, Now.Add(time.Microsecond)); err != nil {
		t.Error(err)
	}
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Bulk(ctx, ws, x.Bulk.ID); return err }), sales.NotFound)
}

// testTrials: a step has one test, the last that was kept.
func testTrials(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	step := x.Sequence.Steps[0].ID
	_, err := s.Trial(ctx, ws, step)
	wantCode(t, err, sales.NotFound)
	for i, row := range []store.TrialRow{
		{Trial: json.RawMessage(`{"n":1,"x":"“ü”"}`), Base: map[string]int{"7/sent": 3}, BegunAt: Now},
		{Trial: json.RawMessage(`{"n":2}`), BegunAt: wait(1)},
	} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveTrial(ctx, ws, step, row) })
		got := ok[store.TrialRow](t)(s.Trial(ctx, ws, step))
		if string(got.Trial) != string(row.Trial) || len(got.Base) != len(row.Base) || got.Base["7/sent"] != row.Base["7/sent"] || !got.BegunAt.Equal(row.BegunAt) {
			t.Errorf("%d: %+v %s", i, got, got.Trial)
		}
	}
	if got := ok[store.TrialRow](t)(s.Trial(ctx, ws, x.Variant.StepID)); string(got.Trial) != `{"texts":"a"}` || got.Base[x.Variant.ID.String()+"/sent"] != 2 {
		t.Errorf("that of another step: %+v", got)
	}
}

// testLoads: those who have ended are no load.
func testLoads(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	other := x.Mailbox
	other.ID, other.Address = s.NewID(), "second@brightmail.example"
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertMailbox(ctx, other) })
	for i, state := range []sales.EnrollmentState{sales.Active, sales.Paused, sales.WaitingThem, sales.Finished, sales.OptedOut, sales.Removed} {
		e := x.Enrollment
		e.ID, e.PersonID, e.SequenceID, e.MailboxID, e.State = s.NewID(), x.People[i%4].ID, x.Old.ID, other.ID, state
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertEnrollment(ctx, e) })
	}
	n := ok[map[sales.ID]int](t)(s.MailboxLoads(ctx, ws))
	if n[x.Mailbox.ID] != 3 || n[other.ID] != 3 || len(n) != 2 {
		t.Errorf("%v", n)
	}
}

// testSentTimes: what is counted, what is first and what is listed are the same
// mails, those of other programs among them.
func testSentTimes(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws, mb := t.Context(), x.Workspace.ID, x.Mailbox.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AddOutside(ctx, ws, mb, "later@ana.example", wait(2), 0)
		return err
	})
	all := ok[[]time.Time](t)(s.SentTimes(ctx, ws, mb, wait(-2000)))
	if !slices.IsSortedFunc(all, time.Time.Compare) || len(all) < 4 || !all[0].Equal(wait(-1000)) || !all[len(all)-1].Equal(wait(2)) {
		t.Fatalf("%v", all)
	}
	for _, after := range []time.Time{wait(-2000), wait(-1000), wait(-1), Now, wait(1), wait(2), wait(3)} {
		var want []time.Time
		for _, at := range all {
			if at.After(after) { // the moment itself is none after it
				want = append(want, at)
			}
		}
		list := ok[[]time.Time](t)(s.SentTimes(ctx, ws, mb, after))
		n := ok[int](t)(s.SentSince(ctx, ws, mb, after))
		first := ok[time.Time](t)(s.SentFirst(ctx, ws, mb, after))
		if !slices.EqualFunc(list, want, time.Time.Equal) || n != len(want) {
			t.Errorf("after %v: %v, %d counted, want %v", after, list, n, want)
		}
		if len(want) == 0 && !first.IsZero() || len(want) > 0 && !first.Equal(want[0]) {
			t.Errorf("after %v the first is %v of %v", after, first, want)
		}
	}
}

// testCountedIDs: IDs can be counted, so that a run can be repeated.
func testCountedIDs(t *testing.T, s *store.Store) {
	s.CountIDs(5000)
	for want := sales.ID(5000); want < 5003; want++ {
		if id := s.NewID(); id != want {
			t.Errorf("%d, not %d", id, want)
		}
	}
}

// testCountPeople: those are counted whom a list would show behind a page, and no
// more than are asked for.
func testCountPeople(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, v := t.Context(), x.Viewer()
	for _, f := range []store.PeopleFilter{{}, {Search: "oliveira"}, {Search: "nobody"}, {Idle: true}, {Sequence: x.Sequence.ID}, {Account: x.Account.ID}, {Move: sales.TheirMove}} {
		for _, after := range []string{"", x.People[2].ID.String()} {
			list, _, err := s.People(ctx, v, f, store.Page{After: after, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			if n := ok[int](t)(s.CountPeople(ctx, v, f, after, 100)); n != len(list) {
				t.Errorf("%+v after %q: %d, listed %d", f, after, n, len(list))
			}
			if n := ok[int](t)(s.CountPeople(ctx, v, f, after, 1)); n != min(len(list), 1) {
				t.Errorf("%+v after %q: %d of at most one", f, after, n)
			}
		}
	}
}
