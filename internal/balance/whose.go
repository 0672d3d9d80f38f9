package balance

import (
	"time"

	"ninetyten/internal/sales"
)

// WhoseMove tells who owes the next step, since when, and why in words. The
// newest line that decides counts; the lines may come in any order:
//
//   - they answered, asked, agreed or named somebody: ours;
//   - a mail of ours, an answer too, or a line of ours that asks: theirs;
//   - a seller chose to wait: theirs;
//   - a talk: ours, unless it ended with a question of ours;
//   - their mail server refused: ours, because nothing was asked;
//   - they said no, later or no more, or a meeting is booked: resting;
//   - everything else decides nothing.
//
// Without such a line it is ours, since the first line, or the zero time.
func WhoseMove(moves []sales.Move, now time.Time) (side sales.MoveSide, since time.Time, why string) {
	best, first := -1, -1
	for i, m := range moves {
		if first < 0 || compare(m, moves[first]) < 0 {
			first = i
		}
		if s, _ := decides(m); s != "" && (best < 0 || compare(m, moves[best]) > 0) {
			best = i
		}
	}
	if best < 0 {
		if first >= 0 {
			since = notAfter(moves[first].At, now)
		}
		return sales.OurMove, since, "nothing was asked yet: the first step is ours"
	}
	side, why = decides(moves[best])
	return side, notAfter(moves[best].At, now), why
}

// notAfter keeps a line whose clock ran ahead from lying in the future.
func notAfter(t, now time.Time) time.Time {
	if t.After(now) {
		return now
	}
	return t
}

// decides tells what one line says about whose move it is; "" is nothing.
func decides(m sales.Move) (sales.MoveSide, string) {
	ours := m.Actor != sales.ByBuyer
	switch m.Kind {
	case sales.MoveReply:
		return sales.OurMove, "they answered"
	case sales.MoveQuestion:
		return sales.OurMove, "they asked something"
	case sales.MoveInterest:
		return sales.OurMove, "they are interested"
	case sales.MoveReferral:
		return sales.OurMove, "they named a colleague"
	case sales.MoveInvited:
		return sales.OurMove, "they brought a colleague in"
	case sales.MovePlanDone:
		return sales.OurMove, "they finished what they had taken on"
	case sales.MoveBounce:
		return sales.OurMove, "our mail did not reach them"
	case sales.MoveDecline:
		return sales.Resting, "they said no"
	case sales.MoveNotNow:
		return sales.Resting, "they said later"
	case sales.MoveUnsubscribe, sales.MoveComplaint, sales.MoveSuppressed:
		return sales.Resting, "they want no more mail"
	case sales.MoveMeeting:
		return sales.Resting, "a meeting is booked"
	case sales.MoveWait:
		return sales.TheirMove, "we chose to wait for them"
	case sales.MoveMailAuto, sales.MoveMailManual, sales.MoveTheirMail:
		if ours {
			return sales.TheirMove, "we wrote to them"
		}
		return sales.OurMove, "they wrote"
	case sales.MoveTalk:
		if m.Asks && ours {
			return sales.TheirMove, "we talked, and asked them for something"
		}
		return sales.OurMove, "we talked: the next step is ours"
	case sales.MoveAutoReply, sales.MoveHandoff, sales.MoveState, sales.MoveSnooze, sales.MoveVerdict:
		return "", ""
	}
	switch {
	case !m.Asks:
		return "", ""
	case ours:
		return sales.TheirMove, "we asked them for something"
	}
	return sales.OurMove, "they asked us for something"
}
