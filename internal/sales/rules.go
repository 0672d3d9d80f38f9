package sales

import (
	"strings"
	"time"
)

// Ruleset is a reusable set of rules.
type Ruleset struct {
	WorkspaceID ID
	ID          ID
	Name        string
	Rules       Rules
	Version     int
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// OnReply is what happens to colleagues at the account when one person answers.
type OnReply string

// The choices for colleagues.
const (
	ColleaguesPause OnReply = "pause"
	ColleaguesGoOn  OnReply = "go_on"
	ColleaguesStop  OnReply = "stop"
)

// Reenroll is whether a person may go through a sequence again.
type Reenroll string

// The choices for a second time. None is never.
const (
	ReenrollNever    Reenroll = "never"
	ReenrollFinished Reenroll = "finished" // after the time before has ended
	ReenrollAny      Reenroll = "any"      // also while it runs: the running one is stopped
)

// OnMeeting is what a booked meeting does.
type OnMeeting string

// The choices for a booked meeting. None is finish.
const (
	MeetingFinish   OnMeeting = "finish"
	MeetingPause    OnMeeting = "pause"    // until somebody resumes it
	MeetingPositive OnMeeting = "positive" // goes on on the positive track
)

// Rules are the behaviour of a sequence.
type Rules struct {
	MaxAutoMails     int     `json:"max_auto_mails"`     // automatic mails a person, then a person decides; 0 is no limit
	Colleagues       OnReply `json:"colleagues"`         // when one person at an account replies
	OOODefaultDays   int     `json:"ooo_default_days"`   // pause when no return date is found
	OOOGiveUpDays    int     `json:"ooo_give_up_days"`   // longest pause
	ActivePerAccount int     `json:"active_per_account"` // people active at once; 0 is no limit
	Unsubscribe      bool    `json:"unsubscribe"`        // footer line with the link

	Shared      bool        `json:"shared,omitempty"`   // not exclusive: a person may be in another sequence too
	Reenroll    Reenroll    `json:"reenroll,omitempty"` // a second time
	CoolOffDays int         `json:"cool_off_days"`      // days since our last touch of any kind, before a person is put in
	Meeting     OnMeeting   `json:"meeting,omitempty"`  // when a meeting is booked
	AfterMend   bool        `json:"after_mend"`         // a mended address lets the sequence go on by itself
	ExpireDays  int         `json:"expire_days"`        // how long a draft waits for approval; 0 is for ever
	Entries     []Entry     `json:"entries,omitempty"`  // what leads to another track; the first that fits counts
	Stages      []StageRule `json:"stages,omitempty"`   // what changes the stage of the person
}

// DefaultRules are those of design/product.md.
func DefaultRules() Rules {
	return Rules{
		MaxAutoMails: 3, Colleagues: ColleaguesPause, OOODefaultDays: 7, OOOGiveUpDays: 30, ActivePerAccount: 2, Unsubscribe: true,
		Reenroll: ReenrollNever, CoolOffDays: 14, Meeting: MeetingFinish, AfterMend: true, ExpireDays: 14,
	}
}

// Entry leads a person to a track. Of Intent, Disposition and If the one that is
// set decides.
type Entry struct {
	Track       Track       `json:"track"`
	Intent      Intent      `json:"intent,omitempty"`      // of a reply: the track begins when a seller has answered it
	Disposition Disposition `json:"disposition,omitempty"` // of a call
	If          Condition   `json:"if,omitzero"`           // of what is known of the person, looked at when it changes
}

// StageRule gives the person a stage when something happens.
type StageRule struct {
	On    StageEvent `json:"on"`
	Stage string     `json:"stage"`
}

// StageEvent is what a stage can follow.
type StageEvent string

// The events that a stage can follow.
const (
	StageOnStart         StageEvent = "start"
	StageOnReply         StageEvent = "reply"
	StageOnInterested    StageEvent = "interested"
	StageOnNotInterested StageEvent = "not_interested"
	StageOnMeeting       StageEvent = "meeting"
	StageOnNoReply       StageEvent = "no_reply"
	StageOnBounce        StageEvent = "bounce"
	StageOnOptOut        StageEvent = "opt_out"
)

// StageEvents are all of them, in the order of a page.
func StageEvents() []StageEvent {
	return []StageEvent{StageOnStart, StageOnReply, StageOnInterested, StageOnNotInterested, StageOnMeeting, StageOnNoReply, StageOnBounce, StageOnOptOut}
}

// IsZero tells that no rule is set.
func (r Rules) IsZero() bool {
	return r.MaxAutoMails == 0 && r.Colleagues == "" && r.OOODefaultDays == 0 && r.OOOGiveUpDays == 0 && r.ActivePerAccount == 0 && !r.Unsubscribe &&
		!r.Shared && r.Reenroll == "" && r.CoolOffDays == 0 && r.Meeting == "" && !r.AfterMend && r.ExpireDays == 0 && len(r.Entries)+len(r.Stages) == 0
}

// Validate checks rules before they are stored.
func (r Rules) Validate() error {
	for _, x := range []struct {
		name string
		n    int
		most int
	}{
		{"automatic mails", r.MaxAutoMails, 100}, {"days of a pause without a date", r.OOODefaultDays, 365}, {"longest pause", r.OOOGiveUpDays, 730},
		{"people active per account", r.ActivePerAccount, 10_000}, {"cool-off", r.CoolOffDays, 3650}, {"days a draft waits", r.ExpireDays, 365},
	} {
		if x.n < 0 || x.n > x.most {
			return Errorf(Invalid, "The number for %s is %d; use 0 to %d.", x.name, x.n, x.most)
		}
	}
	if len(r.Entries) > 50 || len(r.Stages) > 50 {
		return Errorf(Invalid, "A ruleset has at most 50 track rules and 50 stage rules.")
	}
	for _, e := range r.Entries {
		if e.Track != TrackPositive && e.Track != TrackNegative {
			return Errorf(Invalid, "A track rule leads to the positive or the negative track.")
		}
		if e.Intent == OptOut {
			return Errorf(Invalid, "Who asks not to be contacted is never put on another track.")
		}
		if e.Intent == "" && e.Disposition == "" && e.If.IsZero() {
			return Errorf(Invalid, "A track rule needs a verdict, a disposition or a condition.")
		}
		if err := e.If.Validate(); err != nil {
			return err
		}
	}
	for _, s := range r.Stages {
		if strings.TrimSpace(s.Stage) == "" || len(s.Stage) > 100 {
			return Errorf(Invalid, "A stage needs a name of at most 100 characters.")
		}
	}
	return nil
}
