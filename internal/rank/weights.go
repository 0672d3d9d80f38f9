package rank

import "ninetyten/internal/sales"

// Weight is a line of the table.
type Weight struct {
	Name   string
	Points float64
	Says   string
}

// Names of the weights that are not one of a task.
const (
	wLate   = "late"
	wFresh  = "fresh"
	wReach  = "reach"
	wLean   = "lean"
	wOurs   = "our_move"
	wPlain  = "answer"
	wPromis = "promised_call"
)

// Weights is the table of points. Of the first block a task gets one line; the
// lines of the second are added, each at most in full. They add up to 35, less
// than the 40 between interested and everything else.
func Weights() []Weight {
	return []Weight{
		{"answer_interested", 130, "somebody is interested"},
		{"answer_question", 90, "somebody asked something"},
		{wPromis, 75, "a call was promised"},
		{wPlain, 70, "somebody answered something else"},
		{"call", 60, "a call is due"},
		{"referral", 50, "somebody else was named"},
		{"approve", 40, "a mail waits for approval"},
		{"confirm", 35, "is a message from that person?"},
		{"decide", 30, "how does it go on?"},
		{"task", 25, "a task is due"},
		{"answer_not_now", 22, "somebody said later"},
		{"fix", 20, "an address or a field must be mended"},
		{"answer_no", 15, "somebody said no"},
		{wOurs, 10, "no task, but it is our move"},

		{wLate, 15, "against the goal: up to a third before it, two thirds when it is missed, all when it is missed by as long again"},
		{wFresh, 10, "just come in; half after two hours, for answers only"},
		{wReach, 5, "it is working time where the person is"},
		{wLean, 5, "times the buyer's share of the effort"},
	}
}

// points indexes the table for one computation.
func points() map[string]float64 {
	m := make(map[string]float64)
	for _, w := range Weights() {
		m[w.Name] = w.Points
	}
	return m
}

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
	case sales.TaskReferral, sales.TaskApprove, sales.TaskConfirm, sales.TaskDecide, sales.TaskFix:
		return string(t.Kind)
	}
	return "task"
}

// promised tells whether a call is one that we said we would make: it belongs
// to no step of a sequence.
func promised(t sales.Task) bool { return t.Kind == sales.TaskCall && t.StepID == 0 }
