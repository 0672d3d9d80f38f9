package web

import (
	"time"

	"ninetyten/internal/sales"
)

// MailboxesPage lists the mailboxes.
type MailboxesPage struct {
	Shell
	Rows []MailboxRow
}

// MailboxRow is one mailbox with its health in words.
type MailboxRow struct {
	ID      sales.ID
	Address string
	Owner   string
	State   sales.MailboxState
	Why     string // why it is paused or broken
	Today   string // "24 of 30 today, next at 11:05"
	Read    string // "read up to now, 10:41"
	Ramp    string // "ramping: 13 a day now"; "" is no ramp
	Sent    string // what was sent lately, of how much it may
	Guard   string // what the guard sees; "" is no guard
	Tripped bool   // the guard or a refusal paused it, not a hand
}

// MailboxPage adds or edits a mailbox.
type MailboxPage struct {
	Shell
	ID        sales.ID // 0 is a new one
	Values    map[string]string
	Errors    map[string]string
	Problem   string
	Providers []Provider
	Users     []Option // whose it is; empty: one's own
	Limits    sales.Limits
	State     sales.MailboxState
	StateWhy  string
	Health    []Fact     // how it does; empty for a new one
	Tripped   bool       // the guard or a refusal paused it, not a hand
	Check     *CheckView // the test of the connection; nil is none yet
}

// Provider fills in the servers of a well-known provider.
type Provider struct {
	Name, SMTPHost, SMTPPort, SMTPSecurity, IMAPHost, IMAPPort, IMAPSecurity string
	Help                                                                     string // "Use an app password …"
}

// CheckView is a test of a mailbox as steps in words.
type CheckView struct {
	Running bool
	Href    string // where the next state is read while it runs
	Steps   []CheckStep
	OK      bool
	GoOn    bool // the first run is not over: show the way back to it
}

// CheckStep is one step of a test. State: ok, bad, wait or now.
type CheckStep struct {
	State string
	Text  string
	Help  string // what is wrong and what to do
}

func (p MailboxPage) field(name, label, kind, help string) Field {
	return Field{Name: name, Label: label, Type: kind, Value: p.Values[name], Error: p.Errors[name], Help: help}
}

// limitsWrong tells that one of the limits needs another look.
func (p MailboxPage) limitsWrong() bool {
	for _, name := range []string{"per_hour", "per_day", "per_week", "ramp_start", "ramp_step", "gap_min", "gap_max"} {
		if p.Errors[name] != "" {
			return true
		}
	}
	return false
}

// TeamPage lists the users and makes links to invite.
type TeamPage struct {
	Shell
	Rows    []UserRow
	Roles   []Option // that the viewer may give
	Link    string   // the link just made, shown once
	LinkFor string
	Problem string
	Values  map[string]string
}

// UserRow is one user.
type UserRow struct {
	ID         sales.ID
	Name       string
	Email      string
	Role       sales.Role
	Initials   string
	State      Tag // invited, disabled; empty is fine
	SeenAt     time.Time
	Sessions   int
	CanChange  bool
	IsMyself   bool
	IsDisabled bool
}

// SchedulePage sets when mail may go and calls are made.
type SchedulePage struct {
	Shell
	Settings sales.Settings
	Company  string // the name of the workspace
	Errors   map[string]string
	Problem  string
	Typed    map[string]string // times and shares as typed, when the form is shown again
	// StagesTyped are the stages as typed, when the form is shown again.
	StagesTyped string
	Says        string // what it means: "A mail to Lisbon may go today until 11:30."
}

// SuppressionsPage is the list of who must not be touched.
type SuppressionsPage struct {
	Shell
	Query    string
	Rows     []SuppressionRow
	NextHref string
	Problem  string
	CanAdd   bool   // may put entries on
	CanTake  bool   // may take entries off
	Value    string // what was typed into the form, and why
	Why      string
}

// SuppressionRow is one entry.
type SuppressionRow struct {
	ID     sales.ID
	Kind   sales.SuppressionKind
	Value  string // "(erased)" when only the hash is left
	Reason string
	Source string
	At     time.Time
}

// ProfilePage is what one user sets for themselves.
type ProfilePage struct {
	Shell
	Name        string
	Email, Zone string
	Calendar    string // where people can book a time with them
	Sessions    []SessionRow
	Problem     string
	Errors      map[string]string
}

// SessionRow is one login.
type SessionRow struct {
	ID      sales.ID
	Agent   string // "Firefox on Linux"
	IP      string
	SeenAt  time.Time
	Current bool
}

// settingsTabs are the parts of the settings that the role may see.
func settingsTabs(s Shell, current string) []Tab {
	var out []Tab
	for _, t := range []struct {
		name, label string
		least       sales.Role
	}{{"profile", "You", sales.RoleSeller}, {"mailboxes", "Mailboxes", sales.RoleSeller}, {"team", "Team", sales.RoleAdmin}, {"schedule", "General", sales.RoleAdmin}, {"calls", "Calls", sales.RoleAdmin},
		{"next", "Next", sales.RoleSeller}, {"rulesets", "Rulesets", sales.RoleSeller}, {"schedules", "Schedules", sales.RoleSeller}, {"days-off", "Days off", sales.RoleSeller}, {"absences", "Absences", sales.RoleSeller}, {"pipeline", "Pipeline", sales.RoleSeller}, {"weights", "Weights", sales.RoleSeller}, {"snippets", "Snippets", sales.RoleSeller}, {"files", "Files", sales.RoleSeller}, {"lessons", "What was learnt", sales.RoleSeller}, {"suppressions", "Never write to", sales.RoleSeller}, {"research", "Research", sales.RoleSeller}, {"model", "Language model", sales.RoleOwner}} {
		if s.Role.AtLeast(t.least) {
			out = append(out, Tab{Label: t.label, Href: "/settings/" + t.name, Current: t.name == current})
		}
	}
	return out
}

func mailboxTag(s sales.MailboxState) Tag {
	switch s {
	case sales.MailboxOK:
		return Tag{Text: "Works", Tone: "lean", Icon: "check"}
	case sales.MailboxPaused:
		return Tag{Text: "Paused", Tone: "late", Icon: "pause"}
	}
	return Tag{Text: "Does not work", Tone: "bad", Icon: "triangle-alert"}
}

// weekDay is one day of the schedule, as two windows in a form.
type weekDay struct {
	Day     time.Weekday
	Windows [2]sales.Window
}

// typed is what was typed into a field of a time, else its value.
func (p SchedulePage) typed(name, value string) string {
	if t, ok := p.Typed[name]; ok {
		return t
	}
	return value
}

// week lists the days Monday first, each with room for two windows.
func (p SchedulePage) week() []weekDay {
	var out []weekDay
	for i := range 7 {
		d := weekDay{Day: time.Weekday((i + 1) % 7)}
		copy(d.Windows[:], p.Settings.Windows[d.Day])
		out = append(out, d)
	}
	return out
}

// clockOrEmpty leaves a window that is not there empty.
func clockOrEmpty(w sales.Window, minutes int) string {
	if w.To <= w.From {
		return ""
	}
	return clock(minutes % (24 * 60)) // midnight at the end of the day is 00:00 in a form
}
