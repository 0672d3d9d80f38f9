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
			return b.On(day, back)
		}
		return engine.HandsADay
	}
	return back, err
}

// boxRooms reads the mailboxes from which something that waits goes.
func (w *awayWork) boxRooms(ctx context.Context, back engine.ComeBack) (map[sales.ID]*engine.BackRoom, error) {
	out := map[sales.ID]*engine.BackRoom{}
	for _, x := range w.waiting {
		if x.Lane <= engine.LaneHands || !x.Again && !x.Moment.Before(back.At) {
			continue
		}
		if b, ok := out[x.Lane]; ok {
			b.Waits++
			continue
		}
		b := &engine.BackRoom{Waits: 1, Planned: map[string]int{}}
		mb, err := w.st.Mailbox(ctx, w.a.WorkspaceID, x.Lane)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return nil, err
		}
		b.Box = mb
		timers, err := w.st.MailboxTimers(ctx, w.a.WorkspaceID, x.Lane, w.a.UserID, back.At, back.At.AddDate(0, 0, engine.PlannedDays))
		if err != nil {
			return nil, err
		}
		for _, at := range timers {
			b.Planned[calendar.DayOf(at, back.Place)]++
		}
		out[x.Lane] = b
	}
	return out, nil
}
