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
	RulesetID   ID    // whose rules hold; 0: Rules are its own
	Rules       Rules // of the ruleset, where there is one
	ScheduleID  ID    // whose hours hold; 0: those of the workspace
	Schedule    *Schedule
	SequenceOptions
	Steps     []Step // in order, track after track
	Version   int    // counts edits
	CreatedAt time.Time
	StartedAt time.Time
}

// SequenceOptions are the rarer settings of a sequence.
type SequenceOptions struct {
	// Pool are the mailboxes that it sends from in turn; a person keeps theirs.
	// Empty is the mailbox of each person's seller.
	Pool []ID `json:"pool,omitempty"`
	// Anchor makes it a date sequence: steps happen around a day.
	Anchor Anchor `json:"anchor,omitzero"`
}

// Anchor is the day around which a date sequence happens.
type Anchor struct {
	Field string `json:"field,omitempty"` // the custom field of the person that holds it, as YYYY-MM-DD
	Day   string `json:"day,omitempty"`   // or one day for everybody, YYYY-MM-DD
}

// IsZero tells that steps count from each other, not from a day.
func (a Anchor) IsZero() bool { return a.Field == "" && a.Day == "" }

// Of gives the day of a person, at noon UTC; zero is none that can be read.
func (a Anchor) Of(p Person) time.Time {
	day := a.Day
	if a.Field != "" {
		day = p.Custom[a.Field]
	}
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(day))
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

// StepKind is what a step does.
type StepKind string

// The kinds of a step.
const (
	StepAutoMail    StepKind = "auto_mail"    // goes by itself
	StepApproveMail StepKind = "approve_mail" // a draft waits for a person
	StepCall        StepKind = "call"
	StepTask        StepKind = "task"
	StepSocial      StepKind = "social"     // a touch on LinkedIn or elsewhere, done by hand with the link
	StepTheirMove   StepKind = "their_move" // only the buyer can complete it
	StepCondition   StepKind = "condition"  // goes on, waits, changes the track or ends, by data
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
	Position    int // from 0, over all tracks
	Track       Track
	Kind        StepKind
	Delay       Delay  // after the step before; for the first, after enrollment
	Subject     string // template; empty on a follow-up means the same thread
	Body        string // template, plain text with blank lines between paragraphs
	Note        string // for calls and tasks: what to do
	MaxWaitDays int    // their move: how long to wait; 0 is 60
	StepOptions
	Variants []Variant // other texts under test beside Subject and Body
}

// Track is one of the three lines of steps in a sequence. Everybody begins on
// the main one; an entry of the rules leads to another.
type Track string

// The tracks.
const (
	TrackMain     Track = "main"
	TrackPositive Track = "positive"
	TrackNegative Track = "negative"
)

// Tracks are all of them, in the order in which their steps are kept.
func Tracks() []Track { return []Track{TrackMain, TrackPositive, TrackNegative} }

// OrMain is the track; none is the main one.
func (t Track) OrMain() Track {
	if t == "" {
		return TrackMain
	}
	return t
}

// StepOptions are the rarer settings of a step.
type StepOptions struct {
	Weekdays    [7]bool   `json:"weekdays,omitzero"`     // Sunday first; none is any day
	AtMinute    int       `json:"at_minute,omitempty"`   // not before this minute of the local day; 0 is any
	DayOffset   int       `json:"day_offset,omitempty"`  // date sequences: days after the anchor, negative is before
	Network     string    `json:"network,omitempty"`     // social touch: linkedin, x, xing ...
	Link        string    `json:"link,omitempty"`        // social touch: where, when it is not the person's LinkedIn page
	OnlyIf      Condition `json:"only_if,omitzero"`      // else the step is skipped
	If          Condition `json:"if,omitzero"`           // condition step: what must hold to go on
	Else        Branch    `json:"else,omitempty"`        // condition step: what happens otherwise
	ExpireDays  int       `json:"expire_days,omitempty"` // mail to approve: how long the draft waits; 0 is that of the rules
	ThenGoOn    bool      `json:"then_go_on,omitempty"`  // their move: goes on after the longest wait, else it ends
	Attachments []ID      `json:"attachments,omitempty"` // files
	Weight      int       `json:"weight,omitempty"`      // share of Subject and Body among the variants; 0 is 1
	BasePaused  bool      `json:"base_paused,omitempty"` // Subject and Body get no more people
}

// Branch is what a condition step does when its condition does not hold.
type Branch string

// The branches.
const (
	BranchEnd      Branch = ""         // the enrollment ends
	BranchSkip     Branch = "skip"     // the step after the next one
	BranchWait     Branch = "wait"     // looks again every day, for MaxWaitDays
	BranchPositive Branch = "positive" // goes on on that track
	BranchNegative Branch = "negative"
)

// Variant is one more text of a mail step, under test.
type Variant struct {
	WorkspaceID ID
	ID          ID
	SequenceID  ID
	StepID      ID
	Name        string
	Weight      int // share of the people, 1 and more
	State       VariantState
	Subject     string
	Body        string
	CreatedAt   time.Time
}

// VariantState is whether people still get a variant.
type VariantState string

// The states of a variant.
const (
	VariantOn       VariantState = "on"
	VariantPaused   VariantState = "paused"   // nobody new gets it
	VariantArchived VariantState = "archived" // and it is no longer shown for editing
)

// Text gives the step with the texts of one of its variants; its own ID, 0 and
// one that is gone stand for its own texts.
func (s Step) Text(variant ID) Step {
	for _, v := range s.Variants {
		if v.ID == variant {
			s.Subject, s.Body = v.Subject, v.Body
		}
	}
	return s
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
		if err := s.checkVariants(); err != nil {
			return err
		}
	case StepCondition:
		if s.If.IsZero() {
			return Errorf(Invalid, "Step %d is a condition without a field. Choose what must hold.", s.Position+1)
		}
		switch s.Else {
		case BranchEnd, BranchSkip, BranchWait, BranchPositive, BranchNegative:
		default:
			return Errorf(Invalid, "Step %d does not say what happens otherwise.", s.Position+1)
		}
	case StepSocial:
		if s.Link != "" && !strings.HasPrefix(s.Link, "https://") && !strings.HasPrefix(s.Link, "http://") {
			return Errorf(Invalid, "Step %d has a link that does not begin with https://.", s.Position+1)
		}
	case StepCall, StepTask, StepTheirMove:
	default:
		return Errorf(Invalid, "Step %d has the unknown kind %q.", s.Position+1, s.Kind)
	}
	switch s.Track.OrMain() {
	case TrackMain, TrackPositive, TrackNegative:
	default:
		return Errorf(Invalid, "Step %d is on the unknown track %q.", s.Position+1, s.Track)
	}
	for _, c := range []Condition{s.OnlyIf, s.If} {
		if err := c.Validate(); err != nil {
			return Errorf(Invalid, "Step %d: %s", s.Position+1, Explain(err))
		}
	}
	if s.AtMinute < 0 || s.AtMinute >= 24*60 || s.DayOffset < -3650 || s.DayOffset > 3650 || s.MaxWaitDays < 0 || s.MaxWaitDays > 3650 || s.ExpireDays < 0 || s.ExpireDays > 365 {
		return Errorf(Invalid, "Step %d has a time that cannot be: a minute of the day, at most ten years, drafts at most 365 days.", s.Position+1)
	}
	if s.Delay.N < 0 || s.Delay.N > 10_000 {
		return Errorf(Invalid, "Step %d waits %d %s; use a number from 0 to 10,000.", s.Position+1, s.Delay.N, s.Delay.Unit)
	}
	return nil
}

// checkVariants: the texts under test differ in words, not in their thread.
func (s Step) checkVariants() error {
	for _, v := range s.Variants {
		switch {
		case strings.TrimSpace(v.Body) == "":
			return Errorf(Invalid, "Variant %s of step %d has no text.", v.Name, s.Position+1)
		case (strings.TrimSpace(v.Subject) == "") != (strings.TrimSpace(s.Subject) == ""):
			return Errorf(Invalid, "Variant %s of step %d needs a subject just where the step has one: else one half answers the thread and the other begins a new one.", v.Name, s.Position+1)
		case v.Weight < 1 || v.Weight > 100:
			return Errorf(Invalid, "Variant %s of step %d has the share %d; use 1 to 100.", v.Name, s.Position+1, v.Weight)
		case len(v.Body) > 100_000 || len(v.Subject) > 1_000 || len(v.Name) > 100:
			return Errorf(Invalid, "Variant %s of step %d is too long.", v.Name, s.Position+1)
		}
	}
	return nil
}

// Validate checks a sequence before it is started.
func (q Sequence) Validate() error {
	if strings.TrimSpace(q.Name) == "" {
		return Errorf(Invalid, "Give the sequence a name.")
	}
	if q.Track(TrackMain) == 0 {
		return Errorf(Invalid, "A sequence needs at least one step. Add an automatic mail to begin with.")
	}
	if q.Anchor.Day != "" {
		if _, err := time.Parse(time.DateOnly, q.Anchor.Day); err != nil {
			return Errorf(Invalid, "The day of the sequence should look like 2027-03-31.")
		}
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
		if s.Kind == StepCondition && (s.Else == BranchPositive || s.Else == BranchNegative) && q.Track(Track(s.Else)) == 0 {
			return Errorf(Invalid, "Step %d leads to the %s track, which has no steps.", i+1, s.Else)
		}
	}
	return nil
}

// Track counts the steps of a track.
func (q Sequence) Track(t Track) int {
	n := 0
	for _, s := range q.Steps {
		if s.Track.OrMain() == t {
			n++
		}
	}
	return n
}
