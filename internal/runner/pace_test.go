package runner_test

import (
	"testing"
	"time"

	"ninetyten/internal/runner"
)

// TestPaceForgotten: the pace of a mailbox is kept for a day after the last pass
// that looked at it, and forgotten by the hourly job then.
func TestPaceForgotten(t *testing.T) {
	w := newWorld(t, 1)
	now := w.clock.Now()
	w.runner.Wall = func() time.Time { return now }
	keeps := func(after time.Duration, want bool) {
		t.Helper()
		now = now.Add(after)
		if err := runner.Clean(t.Context(), w.runner); err != nil {
			t.Fatal(err)
		}
		if got := runner.HasPace(w.runner, w.Mailbox.ID); got != want {
			t.Errorf("%v later: kept is %v, want %v", after, got, want)
		}
	}
	w.drain()
	keeps(23*time.Hour, true)
	w.drain() // seen again
	keeps(23*time.Hour, true)
	keeps(2*time.Hour, false)
	w.drain() // and it begins anew
	keeps(time.Hour, true)
}
