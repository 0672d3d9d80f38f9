package calendar

import (
	"time"

	"ninetyten/internal/sales"
)

// Place is where a person is, as well as we know.
type Place struct {
	Loc     *time.Location // never nil out of Resolve; nil is read as UTC
	Zone    string         // IANA name of Loc
	From    string         // whose zone it is: person, account, sender, workspace; "utc" when none was usable
	Country string         // ISO 3166-1 alpha-2, upper case, or empty
}

// Zones remembers loaded zones.
type Zones struct{}

// Resolve finds the place.
func (z *Zones) Resolve(personZone, personCountry, accountZone, accountCountry, senderZone, workspaceZone string) Place {
	return Place{Loc: time.UTC}
}

// Resolve finds the place.
func Resolve(personZone, personCountry, accountZone, accountCountry, senderZone, workspaceZone string) Place {
	return Place{Loc: time.UTC}
}

// Calendar is when something may happen.
type Calendar struct {
	Windows  sales.WeekWindows
	Holidays bool
}

// For is the calendar for mails of a workspace.
func For(s sales.Settings) Calendar { return Calendar{Windows: s.Windows, Holidays: s.Holidays} }

// CallHours is the calendar for calls of a workspace.
func CallHours(s sales.Settings) Calendar { return Calendar{Windows: s.Windows, Holidays: s.Holidays} }

// CheckWindows tells what is wrong with windows.
func CheckWindows(w sales.WeekWindows) error { return nil }

// Next is the next allowed moment.
func (c Calendar) Next(t time.Time, p Place) (at time.Time, why string) { return t, "" }

// Allowed tells whether t is allowed.
func (c Calendar) Allowed(t time.Time, p Place) bool { return true }

// AddDelay adds a delay.
func (c Calendar) AddDelay(from time.Time, d sales.Delay, p Place) time.Time { return from }

// WorkingDay tells whether t is on a working day.
func (c Calendar) WorkingDay(t time.Time, p Place) bool { return true }

// Holiday names the holiday.
func Holiday(country string, day time.Time) (name string, ok bool) { return "", false }

// Countries are those whose holidays are known.
func Countries() []string { return nil }

// RampCap is the cap of the day.
func RampCap(l sales.Limits, rampFrom, now time.Time, p Place, c Calendar) int { return l.PerDay }

// Gap is the pause between two mails.
func Gap(l sales.Limits, seed uint64) time.Duration { return l.GapMin }

// DayStart is the first moment of the day.
func DayStart(t time.Time, loc *time.Location) time.Time { return t }
