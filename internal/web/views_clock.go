package web

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
	"ninetyten/internal/waiting"
)

// ClockView is how it stands with somebody who waits for an answer, counted in the
// working hours of whoever is to answer.
type ClockView struct {
	Text  string    // "answer in 12 min"; "" is no clock
	Title string    // how it is counted
	Live  time.Time // it runs down to this moment; zero stands still
	Past  bool      // the goal is missed
	Alarm bool      // by long
}

// readHours reads what the hours of the team depend on.
func (c *scene) readHours(ctx context.Context) error {
	days, err := c.Store.DaysOff(ctx, c.WorkspaceID)
	if err != nil {
		return err
	}
	c.off, c.hours = calendar.NewDaysOff(days), map[sales.ID]calendar.Hours{}
	c.absences, err = c.Store.Absences(ctx, c.WorkspaceID, c.now().AddDate(0, 0, -60))
	return err
}

// clock measures what waits for a colleague.
func (c *scene) clock(user sales.ID) waiting.Clock {
	h, ok := c.hours[user]
	if !ok {
		place := c.zones.Resolve("", "", "", "", c.team[user].Zone, c.settings.Zone)
		h = calendar.WorkHours(c.settings, c.off, place, calendar.AwayOf(c.absences, user)...)
		c.hours[user] = h
	}
	return waiting.For(c.settings, h)
}

// clockOf is the clock of a task.
func (c *scene) clockOf(ctx context.Context, t sales.Task) ClockView {
	if t.DueAt.IsZero() {
		return ClockView{}
	}
	ctx = c.words(ctx)
	r := c.clock(t.UserID).Read(t, c.now())
	v := ClockView{Past: r.Past && r.Over > 0, Alarm: r.Alarm, Title: c.clockTitle(ctx, t, r)}
	switch {
	case r.Alarm:
		v.Text = "late by " + c.workSpan(r.Over)
	case v.Past:
		v.Text = "goal missed by " + c.workSpan(r.Over)
	case r.Past:
		v.Text = "due from " + when(ctx, r.From)
	case !r.From.IsZero() || t.DueAt.After(r.Until):
		v.Text = "answer by " + when(ctx, t.DueAt)
	default:
		v.Text, v.Live = "answer in "+span(t.DueAt.Sub(c.now())), t.DueAt
	}
	return v
}

// clockTitle says how a clock counts.
func (c *scene) clockTitle(ctx context.Context, t sales.Task, r waiting.Reading) string {
	text := "Waits for " + c.workSpan(r.Waited) + " in working hours"
	if t.Kind == sales.TaskAnswer {
		text += fmt.Sprintf("; due %s, alarm after %s", when(ctx, t.DueAt), c.workSpan(c.settings.AnswerAlarm))
	}
	if !r.From.IsZero() {
		text += ". It counts on from " + when(ctx, r.From)
	}
	return text + "."
}

// workSpan writes a length of working time in one unit; a working day is as long
// as the hours of calls.
func (c *scene) workSpan(d time.Duration) string {
	long := time.Duration(c.settings.CallWindow.To-c.settings.CallWindow.From) * time.Minute
	if long < time.Hour {
		long = 8 * time.Hour
	}
	if d < 2*long {
		return span(d)
	}
	return many(int(d/long), "working day", "working days")
}
