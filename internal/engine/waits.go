package engine

import (
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Waits tells whether an enrollment waits for the seller's return from an absence,
// and when it would have gone on. value is the moment, in microseconds of UTC, that
// the absence remembers of it, when known. What would go on after the return,
// waits for the buyer, for a person of ours or for the start of its sequence, or is
// paused for another reason until a person looks or for longer, does not.
func Waits(e sales.Enrollment, a sales.Absence, value int64, known bool) (moment time.Time, waits bool) {
	switch away := OwnerAway(e); {
	case away && !known && e.Until.Equal(Unplaced(a)):
		moment, waits = e.StateAt, true
	case away:
		moment, waits = e.Until, true
	case e.State == sales.Active && e.NextAt.IsZero():
		moment, waits = a.From, true // its mail is in the outbox
	case e.State == sales.Active:
		moment, waits = e.NextAt, e.NextAt.Before(a.To)
	case e.State == sales.Paused && !e.Until.IsZero():
		moment, waits = e.Until, e.Until.Before(a.To)
	}
	// One that somebody let go on keeps its place; one that is put off for longer, or
	// has gone on to a later step, has a later one.
	if was := time.UnixMicro(value).UTC(); waits && known && (OwnerAway(e) || moment.Before(was)) {
		moment = was
	}
	return moment, waits
}

// OwnerAway tells whether an enrollment waits for a seller who is away.
func OwnerAway(e sales.Enrollment) bool {
	return e.State == sales.Paused && e.Reason == sales.PausedOwnerAway && !e.Until.IsZero()
}

// Unplaced is until when an enrollment waits whose timer came during an absence,
// before a place among the others was found for it: the last moment of the absence.
func Unplaced(a sales.Absence) time.Time { return a.To.Add(-time.Microsecond) }

// LaneOf says whose room the next step of an enrollment takes. Those of a date
// sequence have their day each, so they come back at once.
func LaneOf(e sales.Enrollment, rules sales.Rules, steps []sales.Step) sales.ID {
	if !e.AnchorAt.IsZero() {
		return LaneNone
	}
	for _, s := range steps[min(e.Position, len(steps)):] {
		if s.Track.OrMain() != e.Track.OrMain() || s.Kind == sales.StepCondition {
			continue
		}
		switch s.Kind {
		case sales.StepAutoMail:
			if limit := rules.MaxAutoMails; limit > 0 && e.AutoMails >= limit {
				return LaneHands
			}
			return e.MailboxID
		case sales.StepTheirMove:
			return LaneNone
		}
		return LaneHands
	}
	return LaneNone
}

// BackRoom is how much of a mailbox may come back on a day.
type BackRoom struct {
	Box     sales.Mailbox
	Waits   int            // mails that wait for it in all
	Planned map[string]int // by local day, as calendar.DayOf names it: what goes on then anyhow
}

// PlannedDays is how far ahead planned mail takes room from what comes back.
const PlannedDays = 90

// On is the room of a day: the cap of the mailbox as its ramp and its week allow
// it, less what goes on that day anyhow, but a third of the cap at least, so that
// a full mailbox does not keep them waiting for ever. Without a cap all come back
// within a week.
func (b *BackRoom) On(day time.Time, c ComeBack) int {
	l := b.Box.Limits
	full := max(sales.DefaultLimits().PerDay, (b.Waits+4)/5)
	if l.PerDay > 0 {
		full = calendar.RampCap(l, b.Box.RampFrom, day, c.Place, c.Calendar)
	}
	if l.PerWeek > 0 {
		full = min(full, (l.PerWeek+4)/5)
	}
	return max(full-b.Planned[calendar.DayOf(day, c.Place)], (full+2)/3)
}
