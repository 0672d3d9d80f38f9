package sales

import (
	"strings"
	"time"
)

// SequenceState is whether a sequence runs.
type SequenceState string

// The states of a sequence.
const (
	SequenceDraft    SequenceState = "draft"
	SequenceRunning  SequenceState = "running"
	SequencePaused   SequenceState = "paused"
	SequenceArchived SequenceState = "archived"
)

// Sequence is a timed plan.
type Sequence struct {
	WorkspaceID ID
	ID          ID
	OwnerID     ID
	Name        string
	State       SequenceState
	Rules       Rules
	Steps       []Step // in order
	Version     int    // counts edits
	CreatedAt   time.Time
	StartedAt   time.Time
}

// OnReply is what happens to colleagues at the account when one person answers.
type OnReply string

// The choices for colleagues.
const (
	ColleaguesPause OnReply = "pause"
	ColleaguesGoOn  OnReply = "go_on"
	ColleaguesStop  OnReply = "stop"
)

// Rules are the behaviour of a sequence (the first form of a ruleset).
type Rules struct {
	MaxAutoMails     int     `json:"max_auto_mails"`     // automatic mails a person, then a person decides
	Colleagues       OnReply `json:"colleagues"`         // when one person at an account replies
	OOODefaultDays   int     `json:"ooo_default_days"`   // pause when no return date is found
	OOOGiveUpDays    int     `json:"ooo_give_up_days"`   // longest pause
	ActivePerAccount int     `json:"active_per_account"` // people active at once
	Unsubscribe      bool    `json:"unsubscribe"`        // footer line with the link
}

// DefaultRules are those of design/product.md.
func DefaultRules() Rules {
	return Rules{MaxAutoMails: 3, Colleagues: ColleaguesPause, OOODefaultDays: 7, OOOGiveUpDays: 30, ActivePerAccount: 2, Unsubscribe: true}
}

// StepKind is what a step does.
type StepKind string

// The kinds of a step.
const (
	StepAutoMail    StepKind = "auto_mail"    // goes by itself
	StepApproveMail StepKind = "approve_mail" // a draft waits for a person
	StepCall        StepKind = "call"
	StepTask        StepKind = "task"
	StepTheirMove   StepKind = "their_move" // only the buyer can complete it
)

// IsMail tells whether the step sends a mail.
func (k StepKind) IsMail() bool { return k == StepAutoMail || k == StepApproveMail }

// DelayUnit is how a delay is counted.
type DelayUnit string

// The units of a delay.
const (
	Minutes     DelayUnit = "minutes"
	Hours       DelayUnit = "hours"
	Days        DelayUnit = "days"
	WorkingDays DelayUnit = "working_days"
)

// Delay is how long to wait after the step before.
type Delay struct {
	N    int
	Unit DelayUnit
}

// Step is one action of a sequence.
type Step struct {
	WorkspaceID ID
	ID          ID
	SequenceID  ID
	Position    int // from 0
	Kind        StepKind
	Delay       Delay  // after the step before; for the first, after enrollment
	Subject     string // template; empty on a follow-up means the same thread
	Body        string // template, plain text with blank lines between paragraphs
	Note        string // for calls and tasks: what to do
	MaxWaitDays int    // their move: how long to wait before the sequence ends; 0 is 60
}

// SameThread tells whether a mail step answers the thread begun before it.
func (s Step) SameThread() bool { return s.Kind.IsMail() && strings.TrimSpace(s.Subject) == "" }

// Validate checks one step by itself.
func (s Step) Validate() error {
	switch s.Kind {
	case StepAutoMail, StepApproveMail:
		if strings.TrimSpace(s.Body) == "" {
			return Errorf(Invalid, "Step %d has no text. Write what the mail should say.", s.Position+1)
		}
		if len(s.Body) > 100_000 || len(s.Subject) > 1_000 {
			return Errorf(Invalid, "Step %d is too long: at most 1,000 characters of subject and 100,000 of text.", s.Position+1)
		}
	case StepCall, StepTask, StepTheirMove:
	default:
		return Errorf(Invalid, "Step %d has the unknown kind %q.", s.Position+1, s.Kind)
	}
	if s.Delay.N < 0 || s.Delay.N > 10_000 {
		return Errorf(Invalid, "Step %d waits %d %s; use a number from 0 to 10,000.", s.Position+1, s.Delay.N, s.Delay.Unit)
	}
	return nil
}

// Validate checks a sequence before it is started.
func (q Sequence) Validate() error {
	if strings.TrimSpace(q.Name) == "" {
		return Errorf(Invalid, "Give the sequence a name.")
	}
	if len(q.Steps) == 0 {
		return Errorf(Invalid, "A sequence needs at least one step. Add an automatic mail to begin with.")
	}
	mails := 0
	for i, s := range q.Steps {
		if err := s.Validate(); err != nil {
			return err
		}
		if s.Kind.IsMail() {
			if mails == 0 && s.SameThread() {
				return Errorf(Invalid, "Step %d is the first mail, so it needs a subject.", i+1)
			}
			mails++
		}
	}
	return nil
}
