package calendar

import (
	"slices"
	"time"

	"ninetyten/internal/sales"
)

// Span is the time from From until To.
type Span struct{ From, To time.Time }

// Hours are when somebody works: the open hours of a calendar on their clock, but
// for the times that they are away. Without any window every hour counts.
type Hours struct {
	Calendar Calendar
	Place    Place
	Away     []Span // in any order; they may overlap
}

// WorkHours are those of a seller: the hours of calls of the workspace, without
// days off, where they work.
func WorkHours(s sales.Settings, off *DaysOff, p Place, away ...Span) Hours {
	c := CallHours(s)
	c.Off = off
	return Hours{Calendar: c, Place: p, Away: away}
}

// AwayOf are the times at which somebody is away and nobody has what is theirs.
func AwayOf(list []sales.Absence, user sales.ID) []Span {
	var out []Span
	for _, a := range list {
		if a.UserID == user && a.Mode == sales.AbsencePause {
			out = append(out, Span{From: a.From, To: a.To})
		}
	}
	return out
}

// Between is how much of the hours lies from a to b. At most 60 days before b are
// looked at.
func (h Hours) Between(a, b time.Time) time.Duration { return h.UpTo(a, b, 1<<62) }

// UpTo is Between, but stops counting at most.
func (h Hours) UpTo(a, b time.Time, most time.Duration) time.Duration {
	if early := b.AddDate(0, 0, -60); a.Before(early) {
		a = early
	}
	var sum time.Duration
	h.each(a, b, func(lo, hi time.Time) bool {
		sum += hi.Sub(lo)
		return sum < most
	})
	return min(sum, most)
}

// After is the first moment from which on d of the hours has passed since t: when
// something is due that came at t and may take d. With d of 0 it is the first
// working moment. When there is none within 400 days it is t and d.
func (h Hours) After(t time.Time, d time.Duration) time.Time {
	at, left := t.Add(d), d
	h.each(t, t.AddDate(0, 0, horizon), func(lo, hi time.Time) bool {
		if hi.Sub(lo) < left {
			left -= hi.Sub(lo)
			return true
		}
		at = lo.Add(left)
		return false
	})
	return at
}

// Open tells whether t is a working moment, and until when it goes on without a
// break, at most a day.
func (h Hours) Open(t time.Time) (until time.Time, ok bool) {
	h.each(t, t.Add(24*time.Hour), func(lo, hi time.Time) bool {
		next := lo.Equal(t) || ok && lo.Equal(until)
		if next {
			until, ok = hi, true
		}
		return next
	})
	return until, ok
}

// each calls yield with the stretches of the hours from a to b, in order.
func (h Hours) each(a, b time.Time, yield func(lo, hi time.Time) bool) {
	cut := func(lo, hi time.Time) bool { return h.here(lo, hi, yield) }
	if hasWindows(h.Calendar.Windows) {
		h.Calendar.stretches(a, b, h.Place, cut)
	} else if a.Before(b) {
		cut(a, b)
	}
}

// here calls yield with the parts of a stretch in which nobody is away.
func (h Hours) here(lo, hi time.Time, yield func(lo, hi time.Time) bool) bool {
	for lo.Before(hi) {
		end, back := hi, hi // the free part is until end, the next begins at back
		for _, s := range h.Away {
			switch {
			case !s.To.After(lo) || !s.From.Before(end) || !s.From.Before(s.To):
			case s.From.After(lo):
				end, back = s.From, s.From
			default: // away now
				end, back = lo, s.To
			}
			if !end.After(lo) {
				break
			}
		}
		if end.After(lo) && !yield(lo, end) {
			return false
		}
		lo = back
	}
	return true
}

// stretches calls yield with the times from a to b at which Allowed holds, in
// order, until it returns false. A day has at most a handful.
func (c Calendar) stretches(a, b time.Time, p Place, yield func(lo, hi time.Time) bool) {
	loc := p.loc()
	for u, end := a.Unix(), b.Unix(); u <= end; {
		pe := periodAt(u, loc)
		first, _ := dayOf(u + pe.off)
		last, _ := dayOf(min(pe.to-1, end) + pe.off)
		for day := first; day <= last; day++ {
			if !c.working(day, p) {
				continue
			}
			for _, w := range c.dayWindows(day) {
				lo, hi := max(day*daySecs+w[0]-pe.off, pe.from, u), min(day*daySecs+w[1]-pe.off, pe.to)
				if lo >= hi {
					continue
				}
				from, to := laterOf(time.Unix(lo, 0), a), earlierOf(time.Unix(hi, 0), b)
				if from.Before(to) && !yield(from.UTC(), to.UTC()) {
					return
				}
			}
		}
		u = pe.to
	}
}

// dayWindows are the windows of a day in seconds, in order, those that touch as one.
func (c Calendar) dayWindows(day int64) [][2]int64 {
	var out [][2]int64
	for _, w := range c.Windows[weekday(day)] {
		if from, to, ok := bounds(w); ok {
			out = append(out, [2]int64{from, to})
		}
	}
	slices.SortFunc(out, func(a, b [2]int64) int { return int(a[0] - b[0]) })
	n := 0
	for i, w := range out {
		if i > 0 && w[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], w[1])
			continue
		}
		out[n] = w
		n++
	}
	return out[:n]
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlierOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
