package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// when writes a moment as people say it, in the zone of the page.
func when(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return day(ctx, t) + " " + local(ctx, t).Format("15:04")
}

// day writes a date as people say it.
func day(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	t = local(ctx, t)
	now := local(ctx, shellOf(ctx).Now)
	switch days := dayNumber(t) - dayNumber(now); {
	case days == 0:
		return "today"
	case days == -1:
		return "yesterday"
	case days == 1:
		return "tomorrow"
	case t.Year() == now.Year():
		return t.Format("Mon 2 Jan")
	}
	return t.Format("2 Jan 2006")
}

func local(ctx context.Context, t time.Time) time.Time {
	if zone := shellOf(ctx).Zone; zone != nil {
		return t.In(zone)
	}
	return t.UTC()
}

func dayNumber(t time.Time) int64 {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// span writes a length of time in one unit.
func span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "a moment"
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}

// number writes n with separators: 1,050.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// many writes a count with its noun: "1 person", "412 people".
func many(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + more
}

// sure writes a confidence from 0 to 1.
func sure(c float64) string {
	return fmt.Sprintf("sure: %d in 100", int(min(max(c, 0), 1)*100+0.5))
}

// clock writes minutes after midnight: 08:30.
func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// bytesText writes a size of a file.
func bytesText(n int64) string {
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GB", n>>30)
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// classes joins the class names that are not empty.
func classes(names ...string) string {
	kept := names[:0:0]
	for _, name := range names {
		if name != "" {
			kept = append(kept, name)
		}
	}
	return strings.Join(kept, " ")
}

// pick gives yes or no by the condition.
func pick(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}

// path joins the parts of an address: path("/people", id, "call").
func path(base string, id sales.ID, rest ...string) string {
	return strings.Join(append([]string{base, id.String()}, rest...), "/")
}
