package desk

import (
	"context"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// BoxHealth is what a mailbox sent lately, and what came of it.
type BoxHealth struct {
	// Hour, Day and Week count mail of the last 60 minutes, of the seller's local
	// day and of the last seven days, with what other programs sent.
	Hour, Day, Week int
	Outside         int // of Week, what other programs sent from it
	DayCap          int // what the ramp lets go today
	// Sent, Bounced and Complained are what the guard looks at: of seven days, since
	// a person last let the mailbox go on.
	Sent, Bounced, Complained int
}

// BoxHealth counts what a mailbox sent. Only its own seller and administrators
// may ask; a manager may for the sequences of the team.
func (d *Desk) BoxHealth(ctx context.Context, v sales.Viewer, mb sales.Mailbox) (BoxHealth, error) {
	var h BoxHealth
	if mb.UserID != v.UserID {
		if err := need(v, sales.RoleManager, "see the mailboxes of others"); err != nil {
			return h, err
		}
	}
	b, now := casework.New(d.Store, v.WorkspaceID), d.now()
	place, err := b.SellerPlace(ctx, mb.UserID)
	if err != nil {
		return h, err
	}
	home, err := b.SellerPlace(ctx, 0)
	if err != nil {
		return h, err
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return h, err
	}
	week := now.Add(-7 * 24 * time.Hour)
	for after, to := range map[time.Time]*int{now.Add(-time.Hour): &h.Hour, calendar.DayStart(now, place.Loc).Add(-time.Microsecond): &h.Day, week: &h.Week} {
		if *to, err = d.Store.SentSince(ctx, v.WorkspaceID, mb.ID, after); err != nil {
			return h, err
		}
	}
	if h.Outside, err = d.Store.OutsideSince(ctx, v.WorkspaceID, mb.ID, week); err != nil {
		return h, err
	}
	h.DayCap = calendar.RampCap(mb.Limits, mb.RampFrom, now, place, calendar.For(w.Settings))
	counts, err := d.Store.BoxCounts(ctx, v.WorkspaceID, mb.ID, store.Day(now, home.Loc)-6) // with today, the guard's seven days
	h.Sent, h.Bounced, h.Complained = counts[store.BoxSent], counts[store.BoxBounced], counts[store.BoxComplained]
	return h, err
}
