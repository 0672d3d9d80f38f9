package rank

import (
	"math"

	"ninetyten/internal/sales"
)

// Weight is a line of the table.
type Weight struct {
	Name   string
	Points float64
	Says   string
	Person bool // it is added to that of a task, at most in full
}

// Names of the weights that are not one of a task.
const (
	wLate   = "late"
	wFresh  = "fresh"
	wReach  = "reach"
	wLean   = "lean"
	wValue  = "value"
	wStage  = "stage"
	wPinned = "pinned"
	wOurs   = "our_move"
	wDeal   = "deal_quiet"
	wTheirs = "their_promise"
	wPlain  = "answer"
	wPromis = "promised_call"
)

// MaxPoints is the most that a workspace can give a line of the table.
const MaxPoints = 1000.0

// Weights is the table of points. Of the first block a task gets one line; the
// lines of the second are added, each at most in full. But for the pin they add up
// to 39, less than the 40 between interested and everything else.
func Weights() []Weight {
	return []Weight{
		{"answer_interested", 130, "somebody is interested", false},
		{"answer_question", 90, "somebody asked something", false},
		{wPromis, 75, "a call was promised", false},
		{wPlain, 70, "somebody answered something else", false},
		{"promise", 65, "what we promised is due", false},
		{"call", 60, "a call is due", false},
		{"meeting", 55, "a meeting is over, or has no time yet", false},
		{"referral", 50, "somebody else was named", false},
		{"approve", 40, "a mail waits for approval", false},
		{"confirm", 35, "is a message from that person?", false},
		{"decide", 30, "how does it go on?", false},
		{"task", 25, "a task is due", false},
		{"answer_not_now", 22, "somebody said later", false},
		{"fix", 20, "an address or a field must be mended", false},
		{"answer_no", 15, "somebody said no", false},
		{wDeal, 14, "no task, but a deal went quiet on our side", false},
		{wTheirs, 12, "no task, but what they promised has not come", false},
		{wOurs, 10, "no task, but it is our move", false},

		{wLate, 15, "against the goal: up to a third before it, two thirds when it is missed, all when it is missed by as long again", true},
		{wFresh, 10, "just come in; half after two hours, for answers only", true},
		{wReach, 5, "the chance to reach them now: half at working time where the person is, more at the hours at which they answered before", true},
		{wLean, 5, "times the buyer's share of the effort", true},
		{wValue, 3, "of their open deals: a third at 10,000, all from a million on", true},
		{wStage, 1, "times how much of the pathway is behind them", true},
		{wPinned, 300, "the seller pinned them", true},
	}
}

// points indexes the table for one computation, with what the workspace changed.
func points(s sales.Settings) map[string]float64 {
	m := make(map[string]float64)
	for _, w := range Weights() {
		m[w.Name] = w.Points
		if x, ok := s.RankWeights[w.Name]; ok && x >= 0 && x <= MaxPoints && !math.IsNaN(x) {
			m[w.Name] = x
		}
	}
	return m
}

// PointsOf is the table as it holds with the settings, by name.
func PointsOf(s sales.Settings) map[string]float64 { return points(s) }

// weightOf names the weight of a task.
func weightOf(t sales.Task) string {
	switch t.Kind {
	case sales.TaskAnswer:
		switch t.Intent {
		case sales.Interested:
			return "answer_interested"
		case sales.Question:
			return "answer_question"
		case sales.NotNow:
			return "answer_not_now"
		case sales.NotInterested, sales.OptOut:
			return "answer_no"
		case sales.WrongPerson:
			return "referral"
		}
		return wPlain
	case sales.TaskCall:
		if promised(t) {
			return wPromis
		}
		return "call"
	case sales.TaskReferral, sales.TaskApprove, sales.TaskConfirm, sales.TaskDecide, sales.TaskFix, sales.TaskPromise, sales.TaskMeeting:
		return string(t.Kind)
	}
	return "task"
}

// promised tells whether a call is one that we said we would make: it belongs
// to no step of a sequence.
func promised(t sales.Task) bool { return t.Kind == sales.TaskCall && t.StepID == 0 }
