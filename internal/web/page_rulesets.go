package web

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"ninetyten/internal/sales"
)

// RulesetsPage lists the rulesets.
type RulesetsPage struct {
	Shell
	CanEdit bool
	Rows    []RulesetRow
}

// RulesetRow is one ruleset with who uses it.
type RulesetRow struct {
	ID    sales.ID
	Name  string
	Short string // its rules in a few words
	Uses  []Use
}

// Use is a place that uses something: a sequence, a step, a text.
type Use struct{ Label, Href string }

// RulesetPage shows or edits a ruleset.
type RulesetPage struct {
	Shell
	ID      sales.ID // 0 is a new one
	Version int
	CanEdit bool
	Form    RulesetForm
	Rules   sales.Rules // as they are stored, for who only reads
	Problem string
	Uses    []Use
	Stages  []string // that the workspace has
	Fields  []Option // that a condition may ask for
}

// RulesetForm is a ruleset as it is typed.
type RulesetForm struct {
	Name   string
	V      map[string]string // numbers and choices, by the name of the field
	On     map[string]bool   // boxes
	Events []EventRow        // tracks by a reply or a call
	Data   []DataRow         // tracks by what is known
	Stages []StageRow
	Errors map[string]string // by the name of the field
}

// EventRow leads to a track after a reply or a call; When is empty in a row that
// is not filled in.
type EventRow struct{ When, Track, Error string }

// DataRow leads to a track by a field.
type DataRow struct{ Field, Op, Value, Track, Error string }

// StageRow gives a stage after an event.
type StageRow struct{ On, Stage, Error string }

// ruleNumber is a rule that is a number.
type ruleNumber struct {
	name, label, says string
	most              int
	of                func(*sales.Rules) *int
}

// ruleNumbers are the rules that are numbers, by the part of the page.
func ruleNumbers(part string) []ruleNumber {
	switch part {
	case "who":
		return []ruleNumber{
			{"cool_off_days", "Cool-off, in days", "Whoever had a touch of any kind from us within so many days is not put in yet. 0 is none.", 3650, func(r *sales.Rules) *int { return &r.CoolOffDays }},
			{"active_per_account", "People at one account at a time", "First mails to more colleagues wait until one of these is through. 0 is no limit.", 10_000, func(r *sales.Rules) *int { return &r.ActivePerAccount }},
		}
	case "mails":
		return []ruleNumber{
			{"max_auto_mails", "Automatic mails a person", "After so many a person decides about each further mail. 0 is no limit.", 100, func(r *sales.Rules) *int { return &r.MaxAutoMails }},
			{"expire_days", "A draft waits for approval, in days", "Then it is taken back, and the sequence pauses for that person. 0 is for ever.", 365, func(r *sales.Rules) *int { return &r.ExpireDays }},
		}
	}
	return []ruleNumber{
		{"ooo_default_days", "Away without a date: wait, in days", "When an automatic reply names no day. When it does, it goes on a working day after that.", 365, func(r *sales.Rules) *int { return &r.OOODefaultDays }},
		{"ooo_give_up_days", "Longest wait, in days", "Whoever is away for longer leaves the sequence.", 730, func(r *sales.Rules) *int { return &r.OOOGiveUpDays }},
	}
}

// allRuleNumbers are those of every part.
func allRuleNumbers() []ruleNumber {
	return append(append(ruleNumbers("who"), ruleNumbers("mails")...), ruleNumbers("away")...)
}

// field is the number as a field of the form, with its default.
func (n ruleNumber) field(f RulesetForm) Field {
	d := sales.DefaultRules()
	return Field{Name: n.name, Label: n.label, Type: "number", Value: f.V[n.name], Error: f.Errors[n.name], Min: "0", Max: fmt.Sprint(n.most),
		Help: fmt.Sprintf("%s Default: %s.", n.says, number(*n.of(&d)))}
}

// ruleChoice is a rule that is one of several.
type ruleChoice struct {
	name, label, says string
	options           []Option
	get               func(sales.Rules) string
	set               func(*sales.Rules, string)
}

func ruleChoices() map[string]ruleChoice {
	return map[string]ruleChoice{
		"shared": {"shared", "Beside other sequences", "Exclusive: nobody is in this sequence and in another at the same time.", []Option{{Value: "no", Label: "Exclusive"}, {Value: "yes", Label: "Shared"}},
			func(r sales.Rules) string { return pick(r.Shared, "yes", "no") }, func(r *sales.Rules, v string) { r.Shared = v == "yes" }},
		"reenroll": {"reenroll", "A second time", "Whether somebody who was in the sequence may be put in again. Any time stops the run that is going on.",
			[]Option{{Value: string(sales.ReenrollNever), Label: "Never"}, {Value: string(sales.ReenrollFinished), Label: "After it has ended"}, {Value: string(sales.ReenrollAny), Label: "Any time"}},
			func(r sales.Rules) string { return string(r.Reenroll) }, func(r *sales.Rules, v string) { r.Reenroll = sales.Reenroll(v) }},
		"colleagues": {"colleagues", "Colleagues, when one person answers", "Whoever answers stops in any case. This is about the others at the account.",
			[]Option{{Value: string(sales.ColleaguesPause), Label: "Pause"}, {Value: string(sales.ColleaguesGoOn), Label: "Go on"}, {Value: string(sales.ColleaguesStop), Label: "Stop"}},
			func(r sales.Rules) string { return string(r.Colleagues) }, func(r *sales.Rules, v string) { r.Colleagues = sales.OnReply(v) }},
		"meeting": {"meeting", "When a meeting is booked", "Pause waits until somebody resumes it, after the meeting.",
			[]Option{{Value: string(sales.MeetingFinish), Label: "Finish"}, {Value: string(sales.MeetingPause), Label: "Pause"}, {Value: string(sales.MeetingPositive), Label: "Go on on the positive track"}},
			func(r sales.Rules) string { return string(r.Meeting) }, func(r *sales.Rules, v string) { r.Meeting = sales.OnMeeting(v) }},
	}
}

// field is the choice as a field of the form, with its default.
func (c ruleChoice) field(f RulesetForm) Field {
	return Field{Name: c.name, Label: c.label, Value: f.V[c.name], Error: f.Errors[c.name], Help: c.says + " Default: " + strings.ToLower(labelOf(c.options, c.get(sales.DefaultRules()))) + "."}
}

// whenChoices are the replies and calls that may lead to a track.
func whenChoices() (replies, calls []Option) {
	for _, i := range []sales.Intent{sales.Interested, sales.Question, sales.NotNow, sales.NotInterested, sales.WrongPerson, sales.Unclear} {
		replies = append(replies, Option{Value: "reply/" + string(i), Label: "Reply: " + lowerFirst(intentLabel(i))})
	}
	for _, d := range dispositionChoices() {
		calls = append(calls, Option{Value: "call/" + d.Value, Label: "Call: " + lowerFirst(d.Label)})
	}
	return replies, calls
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func entryTracks() []Option {
	return []Option{{Value: string(sales.TrackPositive), Label: "Positive track"}, {Value: string(sales.TrackNegative), Label: "Negative track"}}
}

func comparisons() []Option {
	return []Option{
		{Value: string(sales.OpIs), Label: "is"}, {Value: string(sales.OpIsNot), Label: "is not"}, {Value: string(sales.OpContains), Label: "contains"},
		{Value: string(sales.OpSet), Label: "has a value"}, {Value: string(sales.OpEmpty), Label: "is empty"}, {Value: string(sales.OpMore), Label: "is more than"}, {Value: string(sales.OpLess), Label: "is less than"},
	}
}

func stageEventChoices() []Option {
	label := map[sales.StageEvent]string{
		sales.StageOnStart: "The sequence begins", sales.StageOnReply: "A reply, neither interest nor a no", sales.StageOnInterested: "A reply with interest",
		sales.StageOnNotInterested: "A reply: not interested", sales.StageOnMeeting: "A meeting is booked", sales.StageOnNoReply: "All steps done, no answer",
		sales.StageOnBounce: "The address does not work", sales.StageOnOptOut: "They ask for no more mail",
	}
	var out []Option
	for _, e := range sales.StageEvents() {
		out = append(out, Option{Value: string(e), Label: label[e]})
	}
	return out
}

// rulesShort says rules in one line: what is asked about most.
func rulesShort(r sales.Rules) string {
	var out []string
	if r.MaxAutoMails > 0 {
		out = append(out, many(r.MaxAutoMails, "automatic mail", "automatic mails")+" a person")
	}
	if r.ActivePerAccount > 0 {
		out = append(out, many(r.ActivePerAccount, "person", "people")+" an account")
	}
	if r.CoolOffDays > 0 {
		out = append(out, many(r.CoolOffDays, "day", "days")+" of cool-off")
	}
	out = append(out, map[sales.OnReply]string{sales.ColleaguesPause: "colleagues pause", sales.ColleaguesGoOn: "colleagues go on", sales.ColleaguesStop: "colleagues stop"}[r.Colleagues])
	out = append(out, map[sales.Reenroll]string{sales.ReenrollFinished: "again after the end", sales.ReenrollAny: "again at any time"}[r.Reenroll])
	if r.Shared {
		out = append(out, "beside other sequences")
	}
	if n := len(r.Entries); n > 0 {
		out = append(out, many(n, "track rule", "track rules"))
	}
	if n := len(r.Stages); n > 0 {
		out = append(out, many(n, "stage rule", "stage rules"))
	}
	kept := out[:0]
	for _, x := range out {
		if x != "" {
			kept = append(kept, x)
		}
	}
	return strings.Join(kept, ", ")
}

// rulesFacts say rules in full, for who only reads them.
func rulesFacts(r sales.Rules) []Fact {
	var out []Fact
	choices := ruleChoices()
	choice := func(name string) {
		c := choices[name]
		out = append(out, Fact{Label: c.label, Value: labelOf(c.options, c.get(r))})
	}
	numbers := func(part string) {
		for _, n := range ruleNumbers(part) {
			out = append(out, Fact{Label: n.label, Value: number(*n.of(&r))})
		}
	}
	choice("shared")
	choice("reenroll")
	numbers("who")
	numbers("mails")
	out = append(out, Fact{Label: "A line to stop below each mail", Value: pick(r.Unsubscribe, "Yes", "No")})
	choice("colleagues")
	numbers("away")
	choice("meeting")
	out = append(out, Fact{Label: "A mended address goes on by itself", Value: pick(r.AfterMend, "Yes", "No")})
	replies, calls := whenChoices()
	for _, e := range r.Entries {
		when := labelOf(append(replies[:len(replies):len(replies)], calls...), entryWhen(e))
		out = append(out, Fact{Label: pick(e.If.IsZero(), when, e.If.String()), Value: labelOf(entryTracks(), string(e.Track))})
	}
	for _, s := range r.Stages {
		out = append(out, Fact{Label: labelOf(stageEventChoices(), string(s.On)), Value: "Stage “" + s.Stage + "”"})
	}
	return out
}

// entryWhen is the value of an entry in the list of replies and calls.
func entryWhen(e sales.Entry) string {
	switch {
	case e.Intent != "":
		return "reply/" + string(e.Intent)
	case e.Disposition != "":
		return "call/" + string(e.Disposition)
	}
	return ""
}

func newRulesetAction(can bool) Action {
	if !can {
		return Action{}
	}
	return Action{Label: "New ruleset", Icon: "plus", Href: "/settings/rulesets/new", Main: true, Key: "Enter"}
}

func rulesetActions(p RulesetPage) []Action {
	if p.ID == 0 || !p.CanEdit {
		return nil
	}
	out := []Action{{Label: "Copy", Href: "/settings/rulesets/new?from=" + p.ID.String()}}
	if len(p.Uses) == 0 {
		out = append(out, Action{Label: "Delete", Danger: true, Post: path("/settings/rulesets", p.ID, "delete"), Confirm: "Delete the ruleset “" + p.Form.Name + "”? This cannot be taken back."})
	}
	return out
}

// wrong tells whether something in the form cannot be saved.
func (f RulesetForm) wrong() bool {
	if len(f.Errors) > 0 {
		return true
	}
	for _, x := range f.Events {
		if x.Error != "" {
			return true
		}
	}
	for _, x := range f.Data {
		if x.Error != "" {
			return true
		}
	}
	for _, x := range f.Stages {
		if x.Error != "" {
			return true
		}
	}
	return false
}

// rowProblem marks the field of a row that is wrong.
func rowProblem(list string, i int, problem string) templ.Attributes {
	if problem == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": fmt.Sprintf("%s-%d-error", list, i)}
}

// stageOptions are the stages to choose from, with one that is no more when a
// rule gives it.
func stageOptions(stages []string, current string) []Option {
	var out []Option
	for _, s := range stages {
		out = append(out, Option{Value: s, Label: s})
	}
	if current != "" && !isChoice(out, current) {
		out = append(out, Option{Value: current, Label: current + " (no more)"})
	}
	return out
}
