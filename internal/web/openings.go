package web

import (
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// openingsShown is how many openings a preview shows for each person.
const openingsShown = 5

// openingsFor shows what hours mean: the next openings for somebody in Lisbon, in
// New York, and for somebody of whom no zone is known.
func openingsFor(c calendar.Calendar, now time.Time, sender, workspace string) []Openings {
	reader := zoneOf(sender)
	if !knownZone(sender) || sender == "" {
		reader = zoneOf(workspace)
	}
	var z calendar.Zones
	unknown := z.ResolveIn(calendar.Origins{SenderZone: sender, Workspace: workspace})
	whose := map[string]string{"sender": "that of the sender, yours: ", "workspace": "that of the workspace: ", "utc": "none is set anywhere: "}[unknown.From]
	list := []Openings{
		{Who: "A person in Lisbon", Place: "Their own zone, Europe/Lisbon, and the holidays of Portugal."},
		{Who: "A person in New York", Place: "Their own zone, America/New_York, and the holidays of the United States."},
		{Who: "A person whose zone is not known", Place: "The zone of their account comes first; that is not known here either, so it is " + whose + unknown.Zone + ". Without a country there are no public holidays."},
	}
	for i, place := range []calendar.Place{
		z.Resolve("Europe/Lisbon", "PT", "", "", "", ""), z.Resolve("America/New_York", "US", "", "", "", ""), unknown,
	} {
		list[i].Lines, list[i].Why = nextOpenings(c, now, place, reader)
	}
	return list
}

// nextOpenings are the next stretches in which a mail may go; why says what free
// day comes before the first, or why there are no more.
func nextOpenings(c calendar.Calendar, now time.Time, p calendar.Place, reader *time.Location) (lines []OpeningLine, why string) {
	at := now
	for len(lines) < openingsShown {
		next, reason := c.Next(at, p)
		if next.IsZero() {
			return lines, reason
		}
		if len(lines) == 0 && (!strings.HasPrefix(reason, "outside the hours") || strings.Contains(reason, "(")) {
			why = reason // that it opens later shows in the first line
		}
		end := closes(c, next, p)
		lines = append(lines, openingLine(next, end, now, p.Loc, reader))
		at = end
	}
	return lines, why
}

// closes is the end of the stretch in which t lies, midnight there at the latest.
func closes(c calendar.Calendar, t time.Time, p calendar.Place) time.Time {
	there := t.In(p.Loc)
	minute := there.Hour()*60 + there.Minute()
	left := 0
	for _, w := range c.Windows[there.Weekday()] { // in their order
		if from := minute + left; w.From <= from && from < w.To {
			left = w.To - minute
		}
	}
	end := t.Truncate(time.Minute).Add(time.Duration(left) * time.Minute)
	if left > 0 && c.Allowed(end.Add(-time.Minute), p) && sameOffset(there, end.In(p.Loc)) {
		return end
	}
	end = t.Truncate(time.Minute).Add(time.Minute) // the clock changes meanwhile
	for c.Allowed(end, p) && end.Sub(t) < 24*time.Hour {
		end = end.Add(time.Minute)
	}
	return end
}

// sameOffset tells that the clock does not change between two moments of a day.
func sameOffset(a, b time.Time) bool {
	_, x := a.Zone()
	_, y := b.Zone()
	return x == y
}

func openingLine(from, to, now time.Time, loc, reader *time.Location) OpeningLine {
	a, b := from.In(loc), to.In(loc)
	until := b.Format("15:04")
	if a.Day() != b.Day() {
		until = "24:00"
		if b.Hour() > 0 || b.Minute() > 0 {
			until = b.Format("Mon 15:04")
		}
	}
	begin := a.Format("15:04")
	if from.Equal(now) {
		begin = "now"
	}
	line := OpeningLine{Day: a.Format("Mon 2 Jan"), Hours: begin + "–" + until}
	if _, there := a.Zone(); reader != nil {
		if _, here := from.In(reader).Zone(); here != there {
			yours := from.In(reader)
			line.Yours = strings.TrimSpace(pick(yours.Day() != a.Day(), yours.Format("Mon "), "") + yours.Format("15:04"))
		}
	}
	return line
}

// calendarOf is when mails of a schedule may go.
func calendarOf(c sales.Schedule, off []sales.DayOff) calendar.Calendar {
	out := calendar.Calendar{Windows: c.Windows, Holidays: c.Holidays}
	if c.DaysOff {
		out.Off = calendar.NewDaysOff(off)
	}
	return out
}
