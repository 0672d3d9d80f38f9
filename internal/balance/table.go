package balance

import (
	"math"

	"ninetyten/internal/sales"
)

// Weight is a line of the table: what one move of a kind weighs.
type Weight struct {
	Kind   sales.MoveKind
	Seller float64 // minutes of effort of our side
	Buyer  float64 // minutes of effort of their side
	Saved  float64 // minutes of work that the system saved a person, when the system did it
	Asks   bool    // it asks the other side for something
	Says   string
}

// Table is what every kind of move weighs where nobody changed it. The minutes
// are what the work takes by hand, rounded; a person who answers gives more than
// one who reads.
func Table() []Weight {
	t := weights()
	return t[:]
}

// Weights is a table of weights: that of a workspace.
type Weights struct {
	own map[sales.MoveKind]sales.MoveWeight
}

// With is Table with the weights of a workspace put over it. What is no number,
// below zero or more than a working day does not count.
func With(own map[sales.MoveKind]sales.MoveWeight) Weights { return Weights{own} }

// Table is what every kind of move weighs.
func (x Weights) Table() []Weight {
	t := weights()
	for i := range t {
		if w, ok := x.own[t[i].Kind]; ok && CheckWeight(w) == nil {
			t[i].Seller, t[i].Buyer, t[i].Saved = w.Seller, w.Buyer, w.Saved
		}
	}
	return t[:]
}

// Changed tells whether the weight of a kind is another than that of Table.
func (x Weights) Changed(kind sales.MoveKind) bool {
	t := x.Table()
	for i, w := range weights() {
		if w.Kind == kind {
			return t[i] != w
		}
	}
	return false
}

// CheckWeight refuses minutes that nobody spends on one move.
func CheckWeight(w sales.MoveWeight) error {
	for _, n := range []float64{w.Seller, w.Buyer, w.Saved} {
		if !(n >= 0 && n <= maxMinutes) {
			return sales.Errorf(sales.Invalid, "A move weighs 0 to %d minutes.", maxMinutes)
		}
	}
	return nil
}

// weights is the table by value: no search in it allocates.
func weights() [33]Weight {
	return [...]Weight{
		{sales.MoveMailAuto, 0.5, 0, 6, true, "the system sent a mail"},
		{sales.MoveMailManual, 8, 0, 0, true, "a seller wrote a mail"},
		{sales.MoveTheirMail, 8, 0, 0, true, "a seller wrote a mail in another program"},
		{sales.MoveReply, 0, 5, 0, true, "they answered"},
		{sales.MoveQuestion, 0, 8, 0, true, "they asked something"},
		{sales.MoveInterest, 0, 10, 0, true, "they said yes to a next step"},
		{sales.MoveReferral, 0, 10, 0, true, "they named a colleague"},
		{sales.MoveDecline, 0, 2, 0, false, "they said no"},
		{sales.MoveNotNow, 0, 3, 0, false, "they said later"},
		{sales.MoveAutoReply, 0, 0, 2, false, "a machine of theirs answered; the system read it"},
		{sales.MoveBounce, 0, 0, 3, false, "a server of theirs refused; the system read it"},
		{sales.MoveUnsubscribe, 0, 0, 2, false, "they want no more mail"},
		{sales.MoveComplaint, 0, 0, 2, false, "they called it spam"},
		{sales.MoveCall, 3, 0, 0, false, "a call without a talk"},
		{sales.MoveTalk, 10, 10, 0, false, "a talk: both give the minutes that it took"},
		{sales.MoveMeeting, 5, 15, 0, false, "a meeting was booked"},
		{sales.MoveTaskDone, 5, 0, 0, false, "a task of ours"},
		{sales.MoveSocial, 5, 0, 0, false, "a touch on LinkedIn or elsewhere"},
		{sales.MoveNote, 2, 0, 0, false, "a note"},
		{sales.MoveWait, 0, 0, 0, true, "a seller chose to wait"},
		{sales.MoveSnooze, 0, 0, 0, false, "put off"},
		{sales.MoveEnrolled, 0, 0, 1, false, "put into a sequence"},
		{sales.MoveState, 0, 0, 0.5, false, "a sequence went on, paused or stopped"},
		{sales.MoveHandoff, 0, 0, 2, false, "the system read an answer and called a person"},
		{sales.MoveSuppressed, 0, 0, 1, false, "put on the suppression list"},
		{sales.MoveVerdict, 0.5, 0, 0, false, "a person corrected what a message is"},
		{sales.MoveImported, 0, 0, 1, false, "came in by an import"},
		{sales.MoveHeld, 0, 0, 0, false, "a mail whose result is not known"},
		{sales.MoveOpen, 1, 0, 0, false, "added by hand"},
		{sales.MoveInvited, 0, 15, 0, true, "they brought a colleague in"},
		{sales.MovePlanDone, 0, 20, 0, true, "they finished what they had taken on"},
		{sales.MoveDeal, 1, 0, 0, false, "a deal was made or changed"},
		{sales.MovePoint, 0.5, 0, 0, false, "a promise, a question or a pain was written down"},
	}
}

// pair is the weight of a kind in a workspace, and what the table gives it.
type pair struct {
	Weight
	usual float64 // the minutes that the writer of a line notes when it knows no better
}

// lookup indexes the table for one computation.
func (x Weights) lookup() map[sales.MoveKind]pair {
	t, usual := x.Table(), weights()
	m := make(map[sales.MoveKind]pair, len(usual))
	for i, w := range usual {
		m[w.Kind] = pair{t[i], max(w.Seller, w.Buyer)}
	}
	return m
}

// Effort is what the writer of a ledger line takes from the table: the side
// whose effort it is, the minutes for Move.Minutes (a talk that was longer or
// shorter says its own), and Move.Asks. An unknown kind is ours and weighs nothing.
func Effort(kind sales.MoveKind) (side sales.Actor, minutes float64, asks bool) {
	t := weights()
	for i := range t {
		if w := &t[i]; w.Kind == kind {
			if w.Buyer > w.Seller || theirs(kind) {
				return sales.ByBuyer, w.Buyer, w.Asks
			}
			return sales.BySeller, w.Seller, w.Asks
		}
	}
	return sales.BySeller, 0, false
}

// theirs tells whether only the buyer's side makes moves of the kind.
func theirs(kind sales.MoveKind) bool {
	switch kind {
	case sales.MoveReply, sales.MoveQuestion, sales.MoveInterest, sales.MoveReferral, sales.MoveDecline, sales.MoveNotNow,
		sales.MoveAutoReply, sales.MoveBounce, sales.MoveUnsubscribe, sales.MoveComplaint, sales.MoveInvited, sales.MovePlanDone:
		return true
	}
	return false
}

// maxMinutes is the most that one move counts: a working day.
const maxMinutes = 480

// minutesOf is the effort of a move on each side. Minutes that were noted with
// the line replace those of the table; the other side keeps its proportion. The
// minutes of the table itself, which its writer put there, are not noted ones:
// so lines of the past count by the weights of today.
func minutesOf(m sales.Move, w pair) (seller, buyer float64) {
	seller, buyer = w.Seller, w.Buyer
	if seller == 0 && buyer == 0 {
		return 0, 0
	}
	if m.Minutes > 0 && math.Abs(m.Minutes-w.usual) > 0.0005 { // false for what is no number
		scale := min(m.Minutes, maxMinutes) / max(seller, buyer)
		seller, buyer = seller*scale, buyer*scale
	}
	// A mail seen in another program may be one of theirs.
	if m.Actor == sales.ByBuyer && buyer == 0 {
		seller, buyer = 0, seller
	}
	return seller, buyer
}
