package casework

import (
	"context"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// SentBy counts what a mailbox sent lately, as far as its limits ask for it.
func SentBy(ctx context.Context, st *store.Store, mb sales.Mailbox, now time.Time, p calendar.Place) (engine.Sent, error) {
	var s engine.Sent
	var err error
	count := func(limit int, after time.Time, n *int) {
		if err == nil && limit > 0 {
			*n, err = st.SentSince(ctx, mb.WorkspaceID, mb.ID, after)
		}
	}
	hour := now.Add(-time.Hour)
	count(mb.Limits.PerHour, hour, &s.Hour)
	count(mb.Limits.PerDay, calendar.DayStart(now, p.Loc).Add(-time.Microsecond), &s.Day)
	count(mb.Limits.PerWeek, now.Add(-7*24*time.Hour), &s.Week)
	if err == nil && mb.Limits.PerHour > 0 && s.Hour >= mb.Limits.PerHour {
		var first time.Time
		if first, err = st.SentFirst(ctx, mb.WorkspaceID, mb.ID, hour); !first.IsZero() {
			s.Frees = first.Add(time.Hour)
		}
	}
	return s, err
}
