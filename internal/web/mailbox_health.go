package web

import (
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// sentWords says how much a mailbox sent lately besides today, of how much it may.
func sentWords(m sales.Mailbox, h desk.BoxHealth) string {
	of := func(n, most int, when string) string {
		return number(n) + pick(most > 0, " of "+number(most), "") + " " + when
	}
	return strings.Join([]string{of(h.Hour, m.Limits.PerHour, "in the last hour"), of(h.Week, m.Limits.PerWeek, "in seven days")}, ", ") +
		pick(h.Outside > 0, fmt.Sprintf("; %s of them by another program", number(h.Outside)), "") + "."
}

// share is a part of a number with its percentage: "2 of 88 (2.3 %)".
func share(n, of int) string {
	if of == 0 {
		return number(n)
	}
	return fmt.Sprintf("%s of %s (%s %%)", number(n), number(of), percentText((n*1000+of/2)/of))
}

// guardStops says at what share the guard stops a mailbox; "" is that it never does.
func guardStops(set sales.Settings) string {
	var at []string
	if set.GuardBounces > 0 {
		at = append(at, percentText(set.GuardBounces)+" % came back")
	}
	if set.GuardComplaints > 0 {
		at = append(at, percentText(set.GuardComplaints)+" % were reported as spam")
	}
	if set.GuardSends <= 0 || len(at) == 0 {
		return ""
	}
	return "It stops by itself when " + strings.Join(at, ", or ") + ", of " + many(set.GuardSends, "mail", "mails") + " or more in seven days."
}

// guardWords says what the guard sees, and when it would stop the mailbox.
func guardWords(h desk.BoxHealth, set sales.Settings) string {
	stops := guardStops(set)
	if stops == "" {
		return ""
	}
	if h.Sent == 0 {
		return "Nothing sent that the guard counts. " + stops
	}
	return share(h.Bounced, h.Sent) + " came back, " + share(h.Complained, h.Sent) + " reported as spam. " + stops
}

// tripped tells that something else than a hand paused a mailbox.
func tripped(m sales.Mailbox) bool {
	return m.State == sales.MailboxPaused && m.StateWhy != "" && m.StateWhy != "paused by hand"
}

// pause writes a length of time, short ones in seconds.
func pause(d time.Duration) string {
	return pick(d < time.Minute, fmt.Sprintf("%d s", int(d.Seconds())), span(d))
}

// healthFacts is how a mailbox does, line by line.
func healthFacts(m sales.Mailbox, h desk.BoxHealth, set sales.Settings) []Fact {
	of := func(n, most int) string { return number(n) + pick(most > 0, " of "+number(most), ", no limit") }
	out := []Fact{
		{Label: "Sent in the last hour", Value: of(h.Hour, m.Limits.PerHour)},
		{Label: "Sent today", Value: of(h.Day, h.DayCap) + pick(h.DayCap < m.Limits.PerDay, fmt.Sprintf(", growing by %d a working day to %s", m.Limits.RampStep, number(m.Limits.PerDay)), "")},
		{Label: "Sent in seven days", Value: of(h.Week, m.Limits.PerWeek)},
		{Label: "Of these by another program", Value: number(h.Outside)},
	}
	if m.Limits.GapMax > 0 {
		out = append(out, Fact{Label: "Between two", Value: pick(m.Limits.GapMin == m.Limits.GapMax, pause(m.Limits.GapMax), pause(m.Limits.GapMin)+" to "+pause(m.Limits.GapMax)+", at random")})
	}
	return append(out, Fact{Label: "Came back", Value: share(h.Bounced, h.Sent)}, Fact{Label: "Reported as spam", Value: share(h.Complained, h.Sent)},
		Fact{Label: "The guard", Value: orWord(guardStops(set), "Never stops it: it is off in the general settings.")})
}
