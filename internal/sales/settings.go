package sales

import "time"

// Window is a stretch of a day, in minutes after midnight, [From, To).
type Window struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// WeekWindows are the windows of each weekday, Sunday first (time.Weekday).
type WeekWindows [7][]Window

// Settings are those of a workspace.
type Settings struct {
	Windows          WeekWindows   `json:"windows"`             // in the person's zone
	CallWindow       Window        `json:"call_window"`         // in their zone
	Holidays         bool          `json:"holidays"`            // skip public holidays of the person's country
	TouchesPer30Days int           `json:"touches_per_30_days"` // without an answer, all channels; then rest
	RestDays         int           `json:"rest_days"`
	AnswerGoal       time.Duration `json:"answer_goal"`    // an interested reply
	AnswerAlarm      time.Duration `json:"answer_alarm"`   // shown as late
	LeaseFor         time.Duration `json:"lease_for"`      // serving a person
	PublicURL        string        `json:"public_url"`     // for unsubscribe links, without a trailing slash
	PostalAddress    string        `json:"postal_address"` // footer line, where the law asks for it
	Zone             string        `json:"zone"`           // of the workspace

	// Caps that all mailboxes share, a day of the workspace's zone; 0 is no cap.
	PerDomainDay  int `json:"per_domain_day"`  // automatic mails to one recipient domain
	PerAccountDay int `json:"per_account_day"` // and to people of one account

	// The guard stops a mailbox when too much of what it sent in seven days came to
	// nothing. Shares are in thousandths; 0 switches the question off.
	GuardSends      int `json:"guard_sends"`      // it looks from this many mails on
	GuardBounces    int `json:"guard_bounces"`    // bounces
	GuardComplaints int `json:"guard_complaints"` // complaints

	Stages []string `json:"stages"` // that a person can have

	DealStages  []DealStage `json:"deal_stages,omitempty"`  // empty: DefaultDealStages, see Pipeline
	DealReasons []string    `json:"deal_reasons,omitempty"` // empty: DefaultDealReasons, see Reasons

	// What a move weighs, where it differs from the table of package balance.
	Weights map[MoveKind]MoveWeight `json:"weights,omitempty"`
	// Points of the order of Next that differ from the table of package rank, by name.
	RankWeights map[string]float64 `json:"rank_weights,omitempty"`

	// PhoneLink is how a number becomes a link of the softphone; empty is tel:{phone}.
	PhoneLink string `json:"phone_link,omitempty"`
	// AfterCall is what a disposition means for the sequence, where it differs from
	// CallOutcome.
	AfterCall map[Disposition]StepOutcome `json:"after_call,omitempty"`
	Research  ResearchMode                `json:"research"` // when the web sites of accounts are read

	// TimeOff: the time of nobody on pages is counted.
	TimeOff bool `json:"time_off,omitempty"`
}

// DefaultSettings are those of design/product.md.
func DefaultSettings() Settings {
	s := Settings{
		CallWindow: Window{8*60 + 30, 17*60 + 30}, Holidays: true,
		TouchesPer30Days: 5, RestDays: 60,
		AnswerGoal: 15 * time.Minute, AnswerAlarm: time.Hour, LeaseFor: 20 * time.Minute,
		Zone: "UTC", GuardSends: 20, GuardBounces: 50, GuardComplaints: 3,
		Research: ResearchHandoffs,
		Stages:   []string{"new", "working", "talking", "meeting", "customer", "later", "no"},
	}
	for d := time.Monday; d <= time.Friday; d++ {
		// Each day has windows of its own: stored settings are read over these.
		s.Windows[d] = []Window{{8*60 + 30, 11*60 + 30}, {13*60 + 30, 16*60 + 30}}
	}
	return s
}
