package web

import (
	"net/http"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// moment is one choice of a time.
func moment(t time.Time, label string) Option {
	return Option{Value: t.UTC().Format(time.RFC3339), Label: label}
}

// snoozeChoices are the times at which something may come up again.
func (c *scene) snoozeChoices() []Option {
	now := c.now().In(c.sh.Zone)
	out := []Option{moment(now.Add(time.Hour).Truncate(time.Minute), "In an hour")}
	if now.Hour() < 13 {
		out = append(out, moment(time.Date(now.Year(), now.Month(), now.Day(), 14, 0, 0, 0, c.sh.Zone), "This afternoon"))
	}
	out = append(out, moment(c.morning(1), "Tomorrow morning"))
	if monday := c.untilMonday(); monday > 1 {
		out = append(out, moment(c.morning(monday), "On Monday"))
	}
	return out
}

// untilMonday is how many days are left until the next Monday, from 1 to 7.
func (c *scene) untilMonday() int {
	return (7-int(c.now().In(c.sh.Zone).Weekday()))%7 + 1
}

// waitChoices are how long it may stay their move before it shows again.
func (c *scene) waitChoices() []Option {
	return []Option{moment(c.morning(3), "In three days"), moment(c.morning(7), "In a week"), moment(c.morning(14), "In two weeks"), moment(c.morning(30), "In a month")}
}

// notNowChoices are how long somebody may rest; first what they named themselves.
func (c *scene) notNowChoices(m *sales.Message) []Option {
	var out []Option
	if m != nil && m.Verdict.Until.After(c.now()) {
		out = append(out, moment(m.Verdict.Until, "As they said: "+m.Verdict.Until.In(c.sh.Zone).Format("2 Jan 2006")))
	}
	return append(out, moment(c.morning(30), "In a month"), moment(c.morning(91), "In three months"), moment(c.morning(182), "In half a year"))
}

// untilOf reads the choice of whenFields: a moment, or a day in the zone of the user.
func untilOf(r *http.Request, v visit) (time.Time, error) {
	choice, date := r.PostFormValue("until"), strings.TrimSpace(r.PostFormValue("date"))
	if choice == "date" || choice == "" {
		t, err := time.ParseInLocation(time.DateOnly, date, zoneOf(v.User.Zone))
		if err != nil {
			return time.Time{}, sales.Errorf(sales.Invalid, "Choose a time, or a day in the calendar.")
		}
		return t.Add(8*time.Hour + 30*time.Minute), nil
	}
	t, err := time.Parse(time.RFC3339, choice)
	if err != nil {
		return time.Time{}, sales.Errorf(sales.Invalid, "Choose a time, or a day in the calendar.")
	}
	return t.UTC(), nil
}
