package engine

import (
	"cmp"
	"slices"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Waiting is one thing that waits for a seller who is away: an enrollment whose
// next step would have come, or a task.
type Waiting struct {
	ID     sales.ID
	Moment time.Time // when it would have come
	Lane   sales.ID  // whose room a day it takes: a mailbox, LaneHands, or LaneNone
	Again  bool      // it waits since an absence before: Moment is its place among what came back from that
}

// Lanes that are no mailboxes.
const (
	LaneHands sales.ID = 0  // calls, tasks and drafts: the seller's own hands
	LaneNone  sales.ID = -1 // it takes nobody's room
)

// HandsADay is how many calls, tasks and drafts come back on one day: a list that
// a person can do well.
const HandsADay = 20

// ComeBack says how what waited comes back.
type ComeBack struct {
	At       time.Time // the moment the seller is back
	Calendar calendar.Calendar
	Place    calendar.Place // where the seller works
	// Away tells whether the seller is away again at a moment; nil is never.
	Away func(time.Time) bool
	// Room is how much of a lane may come back on the local day that begins at a
	// moment; less than 1 counts as 1. Nil is HandsADay for every lane.
	Room func(lane sales.ID, day time.Time) int
}

// comeBackDays bounds how many days ahead room is looked for; what is left then
// comes on the last of them.
const comeBackDays = 400

// Spread gives the moment at which each of list comes back, in the order of list.
// The rule: what would have come after the return is left as it is, unless it waits
// since an absence before and has its turn behind the others. The rest comes
// back in the order in which it would have come (of the same moment the lower ID
// first), from the return on, on working days of the seller on which they are not
// away again, and on each day at most as much of a lane as there is room for: as
// early as that allows, so that an absence of three weeks comes back within the
// days that the caps need and not within another three weeks. The first of a day
// comes at its beginning, the others a second apart, so that their order holds.
func (c ComeBack) Spread(list []Waiting) []time.Time {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(list[a].Moment.Compare(list[b].Moment), cmp.Compare(list[a].ID, list[b].ID))
	})
	out := make([]time.Time, len(list))
	lanes := map[sales.ID]*laneDay{}
	days := &backDays{c: c}
	for _, i := range order {
		w := list[i]
		switch {
		case !w.Again && !w.Moment.Before(c.At):
			out[i] = w.Moment
		case w.Lane == LaneNone:
			out[i] = c.At
		default:
			l := lanes[w.Lane]
			if l == nil {
				l = &laneDay{room: c.room(w.Lane, days.at(0))}
				lanes[w.Lane] = l
			}
			for l.used >= l.room && l.day+1 < comeBackDays {
				l.day++
				l.used, l.room = 0, c.room(w.Lane, days.at(l.day))
			}
			out[i] = days.at(l.day).Add(time.Duration(l.used) * time.Second)
			l.used++
		}
	}
	return out
}

func (c ComeBack) room(lane sales.ID, day time.Time) int {
	if c.Room == nil {
		return HandsADay
	}
	return max(c.Room(lane, day), 1)
}

// laneDay is how far a lane is filled.
type laneDay struct{ day, used, room int }

// backDays are the days on which things come back, found as they are needed.
type backDays struct {
	c    ComeBack
	list []time.Time
}

// at is the beginning of the nth day, counted from 0: of the first one the return
// itself when it lies within the day.
func (b *backDays) at(n int) time.Time {
	for len(b.list) <= n {
		day := b.c.At
		if len(b.list) > 0 {
			day = calendar.NextDay(b.list[len(b.list)-1], b.c.Place.Loc)
		}
		b.list = append(b.list, b.free(day))
	}
	return b.list[n]
}

// free is the first day from one on, the moment itself included, on which the
// seller works. Where there is none within reach any day is as good as another.
func (b *backDays) free(day time.Time) time.Time {
	for at, i := day, 0; i < comeBackDays; at, i = calendar.NextDay(at, b.c.Place.Loc), i+1 {
		if b.c.Calendar.WorkingDay(at, b.c.Place) && (b.c.Away == nil || !b.c.Away(at)) {
			return at
		}
	}
	return day
}
