package calendar

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// recurrence is a recurrence rule (RFC 5545 section 3.3.10) as far as it gives
// days: every day, week, month or year. The time of day is that of the start.
type recurrence struct {
	freq      frequency
	interval  int64
	count     int   // 0 is no limit
	until     int64 // wall seconds, included; forever when there is none
	untilUTC  bool  // until was written in UTC
	untilDay  bool  // until was written as a date: all of that day counts
	weekStart time.Weekday

	months    [13]bool
	monthDays []int // 1..31, -1..-31
	yearDays  []int // 1..366, -1..-366
	weeks     []int // 1..53, -1..-53
	positions []int // 1..366, -1..-366
	weekdays  []nthWeekday
	anyMonth  bool
}

// nthWeekday is a weekday; n counts it within the month or year, 0 is each one.
type nthWeekday struct {
	day time.Weekday
	n   int
}

type frequency int

const (
	daily frequency = iota
	weekly
	monthly
	yearly
)

// parseRule reads the value of an RRULE. Rules that repeat within a day, and
// those with times of their own, cannot be read: a day off has none.
func parseRule(s string) (recurrence, error) {
	r := recurrence{interval: 1, until: forever, weekStart: time.Monday, anyMonth: true}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(s)), ";") {
		name, value, ok := strings.Cut(part, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if part == "" {
			continue
		}
		if !ok || seen[name] {
			return r, fmt.Errorf("the rule %q cannot be read", clip(s))
		}
		seen[name] = true
		if err := r.set(name, value); err != nil {
			return r, err
		}
	}
	if !seen["FREQ"] {
		return r, fmt.Errorf("the rule %q does not say how often", clip(s))
	}
	return r, nil
}

func (r *recurrence) set(name, value string) (err error) {
	switch name {
	case "FREQ":
		switch value {
		case "DAILY":
			r.freq = daily
		case "WEEKLY":
			r.freq = weekly
		case "MONTHLY":
			r.freq = monthly
		case "YEARLY":
			r.freq = yearly
		default:
			return fmt.Errorf("it repeats %q, and a day off can repeat by day, week, month or year", clip(strings.ToLower(value)))
		}
	case "INTERVAL":
		r.interval, err = number(value, 1, 10_000)
	case "COUNT":
		var n int64
		n, err = number(value, 1, math.MaxInt32)
		r.count = int(n)
	case "UNTIL":
		w, err := parseWall(value)
		if err != nil {
			return err
		}
		r.until, r.untilUTC, r.untilDay = w.wall, w.utc, w.dateOnly
	case "WKST":
		r.weekStart, err = weekdayOf(value)
	case "BYMONTH":
		var list []int
		list, err = numbers(value, 12, false)
		for _, m := range list {
			r.months[m], r.anyMonth = true, false
		}
	case "BYMONTHDAY":
		r.monthDays, err = numbers(value, 31, true)
	case "BYYEARDAY":
		r.yearDays, err = numbers(value, 366, true)
	case "BYWEEKNO":
		r.weeks, err = numbers(value, 53, true)
	case "BYSETPOS":
		r.positions, err = numbers(value, 366, true)
	case "BYDAY":
		r.weekdays, err = nthWeekdays(value)
	case "BYHOUR", "BYMINUTE", "BYSECOND":
		return fmt.Errorf("it repeats at times of its own (%s), which a day off has not", name)
	default:
		return fmt.Errorf("it repeats by %q, which is not known", clip(name))
	}
	return err
}

// number reads a number of a rule.
func number(s string, least, most int64) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%q in its rule must be a number from %d to %d", clip(s), least, most)
	}
	return n, nil
}

// numbers reads a list of 1..most and, where signed, -most..-1.
func numbers(s string, most int64, signed bool) ([]int, error) {
	var list []int
	for f := range strings.SplitSeq(s, ",") {
		least := int64(1)
		if signed {
			least = -most
		}
		n, err := number(strings.TrimPrefix(strings.TrimSpace(f), "+"), least, most)
		if err != nil || n == 0 {
			return nil, fmt.Errorf("%q in its rule must be a number up to %d", clip(f), most)
		}
		if !slices.Contains(list, int(n)) { // so the list is bounded
			list = append(list, int(n))
		}
	}
	return list, nil
}

func nthWeekdays(s string) ([]nthWeekday, error) {
	var list []nthWeekday
	for f := range strings.SplitSeq(s, ",") {
		f = strings.TrimSpace(f)
		if len(f) < 2 {
			return nil, fmt.Errorf("%q in its rule is no weekday", clip(f))
		}
		w, err := weekdayOf(f[len(f)-2:])
		if err != nil {
			return nil, err
		}
		d := nthWeekday{day: w}
		if n := f[:len(f)-2]; n != "" {
			v, err := numbers(n, 53, true)
			if err != nil {
				return nil, err
			}
			d.n = v[0]
		}
		if !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list, nil
}

func weekdayOf(s string) (time.Weekday, error) {
	i := strings.Index("SUMOTUWETHFRSA", s)
	if len(s) != 2 || i < 0 || i%2 != 0 {
		return 0, fmt.Errorf("%q in its rule is no weekday", clip(s))
	}
	return time.Weekday(i / 2), nil
}

// clip shortens what a file says for a message.
func clip(s string) string {
	if len(s) <= 60 {
		return s
	}
	return strings.ToValidUTF8(s[:57], "") + "..."
}
