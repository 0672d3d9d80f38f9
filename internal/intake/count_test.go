package intake_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// TestTextsCountPeople: a person who writes three times has answered a text under
// test once; each person counts.
func TestTextsCountPeople(t *testing.T) {
	w := newWorld(t, 2)
	q := w.Sequence
	q.Steps[0].BasePaused = true
	b := sales.Variant{WorkspaceID: q.WorkspaceID, ID: w.NewID(), SequenceID: q.ID, StepID: q.Steps[0].ID, Name: "B", Weight: 1, State: sales.VariantOn, Subject: "x", Body: "y", CreatedAt: storetest.Now}
	q.Steps[0].Variants = []sales.Variant{b}
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	w.write(0)
	w.write(1)
	for i, text := range []string{"Who are you?", "And what does it cost?", "Yes, I am interested. Can we talk on Thursday?"} {
		w.clock.t = storetest.Now.Add(time.Duration(i+1) * time.Hour)
		w.read("INBOX", reply(w, 0, "a"+text[:1], text))
	}
	stats := func() map[store.Stat]int {
		t.Helper()
		n, err := w.VariantStats(t.Context(), w.Workspace.ID, q.ID)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	n := stats()
	if n[store.Stat{StepID: b.ID, Name: store.StatAnswered}] != 1 || n[store.Stat{StepID: b.ID, Name: store.StatInterested}] != 1 {
		t.Errorf("%v", n)
	}
	day := store.Day(storetest.Now, time.UTC) // on which their mail went
	if n[store.Stat{StepID: b.ID, Name: store.OnDay(store.StatSent, day)}] != 0 || n[store.Stat{StepID: b.ID, Name: store.OnDay(store.StatAnswered, day)}] != 1 {
		t.Errorf("%v", n)
	}
	w.read("INBOX", reply(w, 1, "b", "Tell me more, please."))
	if n := stats(); n[store.Stat{StepID: b.ID, Name: store.StatAnswered}] != 2 {
		t.Errorf("%v", n)
	}
}
