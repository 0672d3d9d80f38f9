package runner_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/llm"
	"ninetyten/internal/queue"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestPulseAsks: the pulse sees an unclear reply, the queue works on it, and what
// was asked long ago is forgotten with the rest.
func TestPulseAsks(t *testing.T) {
	m := newModelled(t, 2, func(int, llm.Chat) (string, error) { return answer(sales.Question, "well"), nil })
	m.runner.Wall = nil
	q, err := queue.Open(t.Context(), m.DB, queue.Options{Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		err = q.Migrate(t.Context())
	}
	if err == nil {
		err = m.runner.Register(q)
	}
	if err != nil {
		t.Fatal(err)
	}
	p := runner.NewPulse(m.World.Store, q, m.clock, slog.New(slog.DiscardHandler), 0)
	look := func(want int) {
		t.Helper()
		if err := p.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, err := db.One(t.Context(), m.DB, db.Value[int], "SELECT count(*) FROM river_job WHERE kind = 'ask_model'"); err != nil || n != want {
			t.Fatalf("%d jobs, %v", n, err)
		}
	}
	look(0)
	m.endpoint(func(e *sales.ModelEndpoint) { e.OnSince = time.Time{} })
	msg := m.vague(0, "well")
	look(0)
	m.endpoint(func(*sales.ModelEndpoint) {})
	look(1)
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	until(t, "the reply is read", func() bool { return m.verdict(msg).Intent == sales.Question })
	if err := q.Stop(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	look(1)

	m.clock.set(m.clock.Now().Add(29 * 24 * time.Hour))
	for days, want := range []int{1, 1, 0} {
		if err := runner.Clean(t.Context(), m.runner); err != nil {
			t.Fatal(err)
		}
		if list, _, err := m.AskLog(t.Context(), m.Workspace.ID, store.Page{}); err != nil || len(list) != want {
			t.Errorf("after %d days: %d in the log, %v", 29+days, len(list), err)
		}
		m.clock.set(m.clock.Now().Add(24 * time.Hour))
	}
}
