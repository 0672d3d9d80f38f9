package calendar

import "time"

// Left is how much of the open hours of the local day of t is still to come. A
// clock change in the middle of it is not counted.
func (c Calendar) Left(t time.Time, p Place) time.Duration {
	day, sec := dayOf(wallOf(t, p.loc()))
	return c.openBetween(day, sec, daySecs, p)
}

// openBetween is how much of a local day from lo to hi, in seconds, is open. What
// windows share is counted once.
func (c Calendar) openBetween(day, lo, hi int64, p Place) time.Duration {
	if !c.working(day, p) {
		return 0
	}
	sum := int64(0)
	for at := lo; at < hi; {
		end, next := int64(-1), hi
		for _, w := range c.Windows[weekday(day)] {
			from, to, ok := bounds(w)
			switch {
			case !ok:
			case from <= at && at < to:
				end = max(end, min(to, hi))
			case from > at:
				next = min(next, from)
			}
		}
		if end < 0 {
			at = next
			continue
		}
		sum, at = sum+end-at, end
	}
	return time.Duration(sum) * time.Second
}
