package calendar

import (
	"slices"
	"time"
)

// budget bounds the days that are looked at for all rules of a file, so that no
// file keeps a processor busy: about half a second.
type budget struct{ left int }

// spend tells whether there was enough left.
func (b *budget) spend(n int) bool {
	b.left -= n
	return b.left >= 0
}

// each calls f with the days of the rule in order, until f returns false: those
// from start on, which is the first day of the event, that are in [first, last].
// sec is the event's second of the day. It returns false when the budget was
// used up.
//
// The rule is expanded as RFC 5545 section 3.3.10 says: the days of each period
// (day, week, month, year) that all parts of the rule allow; where no part says
// which days, those of the start. A start that the rule does not give is no
// occurrence of it.
func (r recurrence) each(start, sec, first, last int64, b *budget, f func(day int64) bool) bool {
	r.fillIn(start)
	if end := r.until - sec; r.untilDay {
		last = min(last, floorDiv(r.until, daySecs))
	} else if r.until != forever {
		last = min(last, floorDiv(end, daySecs))
	}
	left, skip := r.count, int64(0)
	if r.count == 0 {
		skip = r.periodsBefore(start, first)
	}
	weight := 1 + (len(r.monthDays)+len(r.yearDays)+len(r.weeks)+len(r.weekdays)+len(r.positions))/8
	for n := skip; ; n++ {
		from, to := r.period(start, n*r.interval)
		if from > last {
			return true
		}
		if !b.spend(int(to-from+1) * weight) {
			return false
		}
		for _, day := range r.daysIn(from, to) {
			if day < start {
				continue
			}
			if day > last {
				return true
			}
			if day >= first && !f(day) {
				return true
			}
			if left--; r.count > 0 && left == 0 {
				return true
			}
		}
	}
}

// fillIn takes from the start what the rule leaves open.
func (r *recurrence) fillIn(start int64) {
	if len(r.weeks)+len(r.yearDays)+len(r.monthDays)+len(r.weekdays) > 0 {
		return
	}
	_, m, d := date(start)
	switch r.freq {
	case yearly:
		if r.anyMonth {
			r.months[m], r.anyMonth = true, false
		}
		r.monthDays = []int{d}
	case monthly:
		r.monthDays = []int{d}
	case weekly:
		r.weekdays = []nthWeekday{{day: weekday(start)}}
	}
}

// periodsBefore is a number of periods, counted in steps of the interval, that
// are over before the day first.
func (r recurrence) periodsBefore(start, first int64) int64 {
	days := map[frequency]int64{daily: 1, weekly: 7, monthly: 31, yearly: 366}[r.freq]
	return max((first-start)/days/r.interval-1, 0)
}

// period is the nth day, week, month or year after that of start: its first and
// its last day.
func (r recurrence) period(start, n int64) (from, to int64) {
	y, m, _ := date(start)
	switch r.freq {
	case yearly:
		return dayNumber(y+int(n), time.January, 1), dayNumber(y+int(n), time.December, 31)
	case monthly:
		return dayNumber(y, m+time.Month(n), 1), dayNumber(y, m+time.Month(n)+1, 0)
	case weekly:
		from = start - int64(weekday(start)-r.weekStart+7)%7 + 7*n
		return from, from + 6
	}
	return start + n, start + n
}

// dayNumber is the day of a date; months and days out of range are carried on.
func dayNumber(y int, m time.Month, d int) int64 {
	return floorDiv(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix(), daySecs)
}

// daysIn are the days of a period that the rule allows.
func (r recurrence) daysIn(from, to int64) []int64 {
	var days []int64
	y, m, d := date(from)
	for day := from; day <= to; day++ {
		if !r.anyMonth && !r.months[m] {
			day = dayNumber(y, m+1, 1) - 1
			y, m, d = date(day + 1)
			continue
		}
		if r.allows(day, y, m, d) {
			days = append(days, day)
		}
		if d++; d > 28 {
			y, m, d = date(day + 1)
		}
	}
	if len(r.positions) == 0 {
		return days
	}
	var picked []int64
	for _, p := range r.positions {
		i := p - 1
		if p < 0 {
			i = len(days) + p
		}
		if i >= 0 && i < len(days) && !slices.Contains(picked, days[i]) {
			picked = append(picked, days[i])
		}
	}
	slices.Sort(picked)
	return picked
}

// allows tells whether the day y-m-d, of a month that the rule has, passes every
// other part of it.
func (r recurrence) allows(day int64, y int, m time.Month, d int) bool {
	if len(r.monthDays) > 0 {
		long := int(dayNumber(y, m+1, 0) - dayNumber(y, m, 1) + 1)
		if !slices.Contains(r.monthDays, d) && !slices.Contains(r.monthDays, d-long-1) {
			return false
		}
	}
	if len(r.yearDays) > 0 {
		n, long := int(day-dayNumber(y, time.January, 1)+1), int(dayNumber(y+1, time.January, 1)-dayNumber(y, time.January, 1))
		if !slices.Contains(r.yearDays, n) && !slices.Contains(r.yearDays, n-long-1) {
			return false
		}
	}
	if len(r.weeks) > 0 && !r.inWeek(day) {
		return false
	}
	return len(r.weekdays) == 0 || r.onWeekday(day, y, m, d)
}

// onWeekday: a number before a weekday counts within the month, or within the
// year in a yearly rule without months; elsewhere it means nothing.
func (r recurrence) onWeekday(day int64, y int, m time.Month, d int) bool {
	for _, w := range r.weekdays {
		if w.day != weekday(day) {
			continue
		}
		if w.n == 0 || r.freq < monthly {
			return true
		}
		first, last := dayNumber(y, m, 1), dayNumber(y, m+1, 0)
		if r.freq == yearly && r.anyMonth {
			first, last = dayNumber(y, time.January, 1), dayNumber(y, time.December, 31)
		}
		if w.n == int(day-first)/7+1 || w.n == -(int(last-day)/7+1) {
			return true
		}
	}
	return false
}

// inWeek: weeks are counted from the first that has four days in the year
// (ISO 8601), and begin on weekStart.
func (r recurrence) inWeek(day int64) bool {
	begin := day - int64(weekday(day)-r.weekStart+7)%7
	y, _, _ := date(begin + 3) // the year that has most of the week
	first := r.firstWeek(y)
	n := int(begin-first)/7 + 1
	long := int(r.firstWeek(y+1)-first) / 7
	return slices.Contains(r.weeks, n) || slices.Contains(r.weeks, n-long-1)
}

// firstWeek is the day on which week 1 of a year begins.
func (r recurrence) firstWeek(y int) int64 {
	fourth := dayNumber(y, time.January, 4)
	return fourth - int64(weekday(fourth)-r.weekStart+7)%7
}
