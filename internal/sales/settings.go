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
}

// DefaultSettings are those of design/product.md.
func DefaultSettings() Settings {
	s := Settings{
		CallWindow: Window{8*60 + 30, 17*60 + 30}, Holidays: true,
		TouchesPer30Days: 5, RestDays: 60,
		AnswerGoal: 15 * time.Minute, AnswerAlarm: time.Hour, LeaseFor: 20 * time.Minute,
		Zone: "UTC",
	}
	for d := time.Monday; d <= time.Friday; d++ {
		// Each day has windows of its own: stored settings are read over these.
		s.Windows[d] = []Window{{8*60 + 30, 11*60 + 30}, {13*60 + 30, 16*60 + 30}}
	}
	return s
}
