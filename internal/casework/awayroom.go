package casework

import (
	"context"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// comeBack gathers what the spreading of a return needs.
func (w *awayWork) comeBack(ctx context.Context) (engine.ComeBack, error) {
	back := engine.ComeBack{At: w.a.To, Place: w.out.Place}
	if w.now.After(back.At) {
		back.At = w.now
	}
	var err error
	if back.Calendar, err = w.Calendar(ctx, sales.Sequence{}); err != nil {
		return back, err
	}
	open, err := w.st.OpenAbsences(ctx, w.a.WorkspaceID)
	if err != nil {
		return back, err
	}
	back.Away = func(at time.Time) bool {
		for _, x := range open {
			if x.UserID == w.a.UserID && x.ID != w.a.ID && x.Running(at) {
				return true
			}
		}
		return false
	}
	boxes, err := w.boxRooms(ctx, back)
	back.Room = func(lane sales.ID, day time.Time) int {
		if b, ok := boxes[lane]; ok {
			return b.on(day, back)
		}
		return engine.HandsADay
	}
	return back, err
}

// boxRoom is how much of a mailbox may come back on a day.
type boxRoom struct {
	box     sales.Mailbox
	waits   int            // mails that wait for it in all
	planned map[string]int // by local day: what goes on then anyhow
}

// plannedDays is how far ahead planned mail takes room from what comes back.
const plannedDays = 90

// boxRooms reads the mailboxes from which something that waits goes.
func (w *awayWork) boxRooms(ctx context.Context, back engine.ComeBack) (map[sales.ID]*boxRoom, error) {
	out := map[sales.ID]*boxRoom{}
	for _, x := range w.waiting {
		if x.Lane <= engine.LaneHands || !x.Again && !x.Moment.Before(back.At) {
			continue
		}
		if b, ok := out[x.Lane]; ok {
			b.waits++
			continue
		}
		b := &boxRoom{waits: 1, planned: map[string]int{}}
		mb, err := w.st.Mailbox(ctx, w.a.WorkspaceID, x.Lane)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return nil, err
		}
		b.box = mb
		timers, err := w.st.MailboxTimers(ctx, w.a.WorkspaceID, x.Lane, w.a.UserID, back.At, back.At.AddDate(0, 0, plannedDays))
		if err != nil {
			return nil, err
		}
		for _, at := range timers {
			b.planned[calendar.DayOf(at, back.Place)]++
		}
		out[x.Lane] = b
	}
	return out, nil
}

// on is the room of a day: the cap of the mailbox as its ramp and its week allow
// it, less what goes on that day anyhow, but a third of the cap at least, so that
// a full mailbox does not keep them waiting for ever. Without a cap all come back
// within a week.
func (b *boxRoom) on(day time.Time, back engine.ComeBack) int {
	l := b.box.Limits
	full := max(sales.DefaultLimits().PerDay, (b.waits+4)/5)
	if l.PerDay > 0 {
		full = calendar.RampCap(l, b.box.RampFrom, day, back.Place, back.Calendar)
	}
	if l.PerWeek > 0 {
		full = min(full, (l.PerWeek+4)/5)
	}
	return max(full-b.planned[calendar.DayOf(day, back.Place)], (full+2)/3)
}
