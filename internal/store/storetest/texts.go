package storetest

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func testSnippets(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	twin := x.Snippet
	twin.ID, twin.Name = s.NewID(), "Proof"
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertSnippet(ctx, twin) }), sales.Conflict)
	twin.Name = "about-us"
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertSnippet(ctx, twin) })
	twin.Name, twin.Body, twin.UpdatedAt = "about_us", "We are\n\n李小龙 🚚", wait(1)
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSnippet(ctx, twin) })
	twin.Name = "PROOF"
	wantCode(t, try(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSnippet(ctx, twin) }), sales.Conflict)
	list := ok[[]sales.Snippet](t)(s.Snippets(ctx, ws))
	if len(list) != 2 || list[0].Name != "about_us" || list[0].Body != "We are\n\n李小龙 🚚" || !list[0].UpdatedAt.Equal(wait(1)) {
		t.Errorf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteSnippet(ctx, ws, twin.ID) })
	if list = ok[[]sales.Snippet](t)(s.Snippets(ctx, ws)); len(list) != 1 {
		t.Errorf("%+v", list)
	}
}

// testStepTexts: the texts that sequences are made of are found; what is archived
// sends nothing.
func testStepTexts(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	find := func(words string) []store.StepText {
		t.Helper()
		return ok[[]store.StepText](t)(s.StepTexts(ctx, ws, words))
	}
	if list := find("SNIPPET.proof"); len(list) != 1 || list[0].Body != x.Variant.Body || list[0].Position != 1 || list[0].Sequence != x.Sequence.Name || list[0].SequenceID != x.Sequence.ID {
		t.Errorf("in a variant: %+v", list)
	}
	if list := find(x.File.ID.String()); len(list) != 1 || list[0].Position != 1 || len(list[0].Options.Attachments) != 1 || list[0].Options.Attachments[0] != x.File.ID {
		t.Errorf("an attachment: %+v", list)
	}
	if list := find("question about"); len(list) != 1 || list[0].Position != 0 {
		t.Errorf("in a subject: %+v", list)
	}
	for _, words := range []string{"nothing like this", "'; DROP TABLE steps; --"} {
		if list := find(words); len(list) != 0 {
			t.Errorf("%q: %+v", words, list)
		}
	}
	q := x.Sequence
	q.Steps[1].Variants = nil // put away
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	if list := find("snippet.proof"); len(list) != 0 {
		t.Errorf("in a variant that is archived: %+v", list)
	}
	q.Version++
	q.State = sales.SequenceArchived
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	if list := find("question about"); len(list) != 0 {
		t.Errorf("in a sequence that is archived: %+v", list)
	}
}

func testFiles(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	keep := func(name string, data []byte) (f sales.File) {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			f, err = tx.KeepFile(ctx, sales.File{WorkspaceID: ws, ID: tx.NewID(), UserID: x.Seller.ID, Name: name, MediaType: "text/plain", Data: data, CreatedAt: Now})
			return err
		})
		return f
	}
	big := bytes.Repeat([]byte{0, 0xff, 'a'}, 1<<20)
	a, same, other, empty := keep("big.bin", big), keep("big.bin", big), keep("Again.bin", big), keep("empty.txt", nil)
	if a.ID != same.ID || other.ID == a.ID || a.Size != int64(len(big)) || a.Data != nil || empty.Size != 0 {
		t.Errorf("%+v %+v %+v %+v", a, same, other, empty)
	}
	if got := ok[[]byte](t)(s.FileBytes(ctx, ws, a.ID)); !bytes.Equal(got, big) {
		t.Errorf("%d bytes", len(got))
	}
	if got := ok[[]byte](t)(s.FileBytes(ctx, ws, empty.ID)); len(got) != 0 {
		t.Errorf("%d bytes", len(got))
	}
	if list := ok[[]sales.File](t)(s.AllFiles(ctx, ws)); len(list) != 4 || list[0].ID != other.ID || list[3].Name != "Prices.pdf" {
		t.Errorf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if n, size, err := tx.FileSums(ctx, ws); n != 4 || size != 2*int64(len(big))+x.File.Size || err != nil {
			t.Error(n, size, err)
		}
		return tx.DeleteFile(ctx, ws, a.ID)
	})
	if got := ok[map[sales.ID]sales.File](t)(s.Files(ctx, ws, []sales.ID{a.ID, other.ID, empty.ID})); len(got) != 2 || got[other.ID].Name != "Again.bin" {
		t.Errorf("%+v", got)
	}
	_, err := s.FileBytes(ctx, ws, a.ID)
	wantCode(t, err, sales.NotFound)
}

func testVersions(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	q := x.Sequence
	q.Version, q.Name = q.Version+1, "Renamed"
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.KeepVersion(ctx, q, x.Owner.ID, wait(1), "renamed"); err != nil {
			return err
		}
		q.Name = "a second time is not written"
		return tx.KeepVersion(ctx, q, x.Owner.ID, wait(2), "again")
	})
	list := ok[[]store.SequenceVersion](t)(s.SequenceVersions(ctx, ws, q.ID))
	if len(list) != 2 || list[0] != (store.SequenceVersion{Version: q.Version, UserID: x.Owner.ID, At: list[0].At, Says: "renamed"}) || !list[0].At.Equal(wait(1)) {
		t.Errorf("%+v", list)
	}
	was := ok[sales.Sequence](t)(s.SequenceAt(ctx, ws, q.ID, q.Version-1))
	if was.Name != x.Sequence.Name || len(was.Steps) != 3 || was.Steps[1].Variants[0].Body != x.Variant.Body || was.Steps[1].Attachments[0] != x.File.ID || was.Rules.MaxAutoMails != 3 {
		t.Errorf("%+v", was)
	}
	_, err := s.SequenceAt(ctx, ws, q.ID, 99)
	wantCode(t, err, sales.NotFound)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for version, name := range map[int]string{q.Version - 1: x.Sequence.Name, q.Version: "Renamed", q.Version + 7: "Renamed"} {
			if by := ok[sales.Sequence](t)(tx.PlanBy(ctx, ws, q.ID, version)); by.Name != name || len(by.Steps) != 3 {
				t.Errorf("by version %d: %+v", version, by)
			}
		}
		_, err := tx.PlanBy(ctx, ws, q.ID, 0)
		wantCode(t, err, sales.NotFound)
		return nil
	})
	own := x.Sequence.Steps[0].ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddVariantStats(ctx, ws, map[store.Stat]int{{StepID: x.Variant.ID, Name: store.StatSent}: 5, {StepID: own, Name: store.StatAnswered}: 1, {StepID: 0, Name: "x"}: 1, {StepID: s.NewID(), Name: "of another"}: 1})
	})
	stats := ok[map[store.Stat]int](t)(s.VariantStats(ctx, ws, q.ID))
	if len(stats) != 2 || stats[store.Stat{StepID: x.Variant.ID, Name: store.StatSent}] != 7 || stats[store.Stat{StepID: own, Name: store.StatAnswered}] != 1 {
		t.Errorf("%+v", stats)
	}
}

func testCaps(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	const day = 20600
	took := func(day int64, about string, limit int) (yes bool) {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = tx.Count(ctx, ws, day, store.ScopeAccount, about, limit)
			return err
		})
		return yes
	}
	for i, want := range []bool{true, true, false, false} {
		if took(day, "a", 2) != want {
			t.Errorf("%d of two places", i+1)
		}
	}
	if !took(day, "b", 1) || !took(day+1, "a", 2) || !took(day, "a", 0) || !took(day, "a", -1) || !took(day, "", 1) {
		t.Error("another account, another day, no cap or no account is refused")
	}
	counted := func(about ...string) map[string]int {
		t.Helper()
		return ok[map[string]int](t)(s.Counted(ctx, ws, day, store.ScopeAccount, about))
	}
	if n := counted("a", "b", "c"); n["a"] != 2 || n["b"] != 1 || n["c"] != 0 || len(n) != 2 {
		t.Errorf("%v", n)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for range 5 { // never below nothing
			if err := tx.Uncount(ctx, ws, day, store.ScopeAccount, "b"); err != nil {
				return err
			}
		}
		return tx.Uncount(ctx, ws, day, store.ScopeAccount, "a")
	})
	many := make([]string, 1200)
	for i := range many {
		many[i] = fmt.Sprint("n", i)
	}
	if n := counted(append(many, "a", "b")...); n["a"] != 1 || n["b"] != 0 {
		t.Errorf("%v", n)
	}
	if !took(day, "a", 2) || took(day, "a", 2) {
		t.Error("the place that was given back is not there once")
	}
	if err := s.ForgetCounts(ctx, ws, day+1); err != nil || len(counted("a", "b")) != 0 {
		t.Error("not forgotten:", err)
	}
	if n := ok[map[string]int](t)(s.Counted(ctx, ws, day+1, store.ScopeAccount, []string{"a"})); n["a"] != 1 {
		t.Errorf("forgotten too early: %v", n)
	}
}

// testCapRace: of many that want the last places at once, so many get one.
func testCapRace(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	var mu sync.Mutex
	var all sync.WaitGroup
	got := 0
	for range 8 {
		all.Go(func() {
			for range 4 {
				var yes bool
				err := s.InTx(context.Background(), func(tx *store.Tx) (err error) {
					yes, err = tx.Count(context.Background(), w.Workspace.ID, 1, store.ScopeDomain, "x.example", 5)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if mu.Lock(); yes {
					got++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if got != 5 {
		t.Errorf("%d got one of 5 places", got)
	}
}

func testBoxCounts(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws, box := t.Context(), x.Workspace.ID, x.Mailbox.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			day  int64
			name string
			n    int
		}{{20516, store.BoxSent, 10}, {20516, store.BoxSent, 2}, {20517, store.BoxBounced, 1}, {20517, store.BoxComplained, 0}, {20518, store.BoxPolicy, 1}} {
			if err := tx.CountBox(ctx, ws, box, c.day, c.name, c.n); err != nil {
				return err
			}
		}
		if n, err := tx.BoxCounts(ctx, ws, box, 20515); n[store.BoxSent] != 15 || err != nil {
			t.Error(n, err)
		}
		return nil
	})
	if n := ok[map[string]int](t)(s.BoxCounts(ctx, ws, box, 20516)); len(n) != 3 || n[store.BoxSent] != 12 || n[store.BoxBounced] != 1 || n[store.BoxPolicy] != 1 {
		t.Errorf("%v", n)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.ForgetBox(ctx, ws, box) })
	if n := ok[map[string]int](t)(s.BoxCounts(ctx, ws, box, 0)); len(n) != 0 {
		t.Errorf("%v", n)
	}
	lisbon, _ := time.LoadLocation("America/New_York")
	if store.Day(time.Date(1970, 1, 3, 2, 0, 0, 0, time.UTC), lisbon) != 1 || store.Day(time.Date(1970, 1, 3, 2, 0, 0, 0, time.UTC), nil) != 2 {
		t.Error("days are not those of the zone")
	}
}

// testAskAgain: what hours and limits hold is looked at again, and nothing else.
func testAskAgain(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	hold := func(gate sales.Gate) {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.HoldMailing(ctx, x.Queued, gate, "because", wait(50))
		})
	}
	ask := func(sequence sales.ID) time.Time {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AskAgain(ctx, ws, sequence, wait(2)) })
		return ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Queued.ID)).DueAt
	}
	for _, gate := range []sales.Gate{sales.GateWindow, sales.GateLimits} {
		for _, sequence := range []sales.ID{x.Sequence.ID, 0} {
			hold(gate)
			if at := ask(x.Old.ID); !at.Equal(wait(50)) {
				t.Errorf("%s: of another sequence: %v", gate, at)
			}
			if at := ask(sequence); !at.Equal(wait(2)) {
				t.Errorf("%s: asks at %v", gate, at)
			}
		}
	}
	for _, gate := range []sales.Gate{sales.GateRetry, sales.GateAnswer, sales.GateBalance, sales.GateSuppression} {
		hold(gate)
		if at := ask(0); !at.Equal(wait(50)) {
			t.Errorf("%s: asks at %v", gate, at)
		}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.HoldMailing(ctx, x.Queued, sales.GateWindow, "", wait(1))
	})
	if at := ask(0); !at.Equal(wait(1)) {
		t.Error("what is due already is put off to", at)
	}
}
