package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// maxRuleRows is how many rows of a kind a form has; sales.Rules allows 50.
const maxRuleRows = 50

// rulesetForm shows rules as a form.
func rulesetForm(name string, r sales.Rules) RulesetForm {
	f := RulesetForm{Name: name, V: map[string]string{}, On: map[string]bool{"unsubscribe": r.Unsubscribe, "after_mend": r.AfterMend}, Errors: map[string]string{}}
	for _, n := range allRuleNumbers() {
		f.V[n.name] = strconv.Itoa(*n.of(&r))
	}
	for name, c := range ruleChoices() {
		f.V[name] = c.get(r)
	}
	for _, e := range r.Entries {
		if e.If.IsZero() {
			f.Events = append(f.Events, EventRow{When: entryWhen(e), Track: string(e.Track)})
		} else {
			f.Data = append(f.Data, DataRow{Field: e.If.Field, Op: string(e.If.Op), Value: e.If.Value, Track: string(e.Track)})
		}
	}
	for _, s := range r.Stages {
		f.Stages = append(f.Stages, StageRow{On: string(s.On), Stage: s.Stage})
	}
	return f.withBlanks()
}

// withBlanks gives each list a row to fill in at its end.
func (f RulesetForm) withBlanks() RulesetForm {
	if n := len(f.Events); n == 0 || f.Events[n-1] != (EventRow{}) && n < maxRuleRows {
		f.Events = append(f.Events, EventRow{})
	}
	if n := len(f.Data); n == 0 || f.Data[n-1] != (DataRow{}) && n < maxRuleRows {
		f.Data = append(f.Data, DataRow{})
	}
	if n := len(f.Stages); n == 0 || f.Stages[n-1] != (StageRow{}) && n < maxRuleRows {
		f.Stages = append(f.Stages, StageRow{})
	}
	return f
}

// readRulesetForm reads what was typed. Rows in which nothing was chosen are left
// out.
func readRulesetForm(r *http.Request) RulesetForm {
	p := r.PostForm
	f := RulesetForm{Name: p.Get("name"), V: map[string]string{}, On: map[string]bool{"unsubscribe": p.Get("unsubscribe") != "", "after_mend": p.Get("after_mend") != ""}, Errors: map[string]string{}}
	for _, n := range allRuleNumbers() {
		f.V[n.name] = strings.TrimSpace(p.Get(n.name))
	}
	for name := range ruleChoices() {
		f.V[name] = p.Get(name)
	}
	for i := range rowsOf(p["event_when"]) {
		if row := (EventRow{When: at(p["event_when"], i), Track: at(p["event_track"], i)}); row.When != "" {
			f.Events = append(f.Events, row)
		}
	}
	for i := range rowsOf(p["data_field"]) {
		row := DataRow{Field: at(p["data_field"], i), Op: at(p["data_op"], i), Value: at(p["data_value"], i), Track: at(p["data_track"], i)}
		if row.Field != "" || row.Value != "" {
			f.Data = append(f.Data, row)
		}
	}
	for i := range rowsOf(p["stage_on"]) {
		row := StageRow{On: at(p["stage_on"], i), Stage: at(p["stage_name"], i)}
		if row.On != "" {
			f.Stages = append(f.Stages, row)
		}
	}
	return f
}

// rowsOf bounds how many rows of a form are read.
func rowsOf(list []string) []string { return list[:min(len(list), maxRuleRows+1)] }

// at is the i-th value of a field that comes several times.
func at(list []string, i int) string {
	if i >= len(list) {
		return ""
	}
	return strings.TrimSpace(list[i])
}

// act does what a button inside the form asks for: a row less, or one further up.
// A row is named by its place among those that are filled in.
func (f RulesetForm) act(do string) RulesetForm {
	what, place, _ := strings.Cut(do, "-")
	list, place, _ := strings.Cut(place, "-")
	i, err := strconv.Atoi(place)
	if err != nil || i < 0 {
		return f
	}
	switch what + " " + list {
	case "drop event":
		f.Events = dropRow(f.Events, i)
	case "drop data":
		f.Data = dropRow(f.Data, i)
	case "drop stage":
		f.Stages = dropRow(f.Stages, i)
	case "up data":
		if i > 0 && i < len(f.Data) {
			f.Data[i-1], f.Data[i] = f.Data[i], f.Data[i-1]
		}
	}
	return f
}

func dropRow[T any](list []T, i int) []T {
	if i >= len(list) {
		return list
	}
	return slices.Delete(list, i, i+1)
}

// rules makes rules of the form. What is wrong is written beside its field.
func (f *RulesetForm) rules() (sales.Rules, bool) {
	var r sales.Rules
	if name := strings.TrimSpace(f.Name); name == "" || len([]rune(name)) > 100 {
		f.Errors["name"] = "Give it a name of at most 100 characters."
	}
	for _, n := range allRuleNumbers() {
		x, err := strconv.Atoi(f.V[n.name])
		if err != nil || x < 0 || x > n.most {
			f.Errors[n.name] = fmt.Sprintf("A number from 0 to %s.", number(n.most))
			continue
		}
		*n.of(&r) = x
	}
	for name, c := range ruleChoices() {
		if !isChoice(c.options, f.V[name]) {
			f.Errors[name] = "Choose one of these."
			continue
		}
		c.set(&r, f.V[name])
	}
	r.Unsubscribe, r.AfterMend = f.On["unsubscribe"], f.On["after_mend"]
	if r.OOOGiveUpDays > 0 && r.OOODefaultDays > r.OOOGiveUpDays && f.Errors["ooo_default_days"] == "" {
		f.Errors["ooo_default_days"] = "This is longer than the longest wait."
	}
	wrong := len(f.Errors) > 0
	for _, read := range []func(*sales.Rules) bool{f.readEvents, f.readData, f.readStages} {
		wrong = read(&r) || wrong
	}
	return r, !wrong
}

// readEvents reads the track rules for replies and calls, and tells whether one
// is wrong.
func (f *RulesetForm) readEvents(r *sales.Rules) (wrong bool) {
	replies, calls := whenChoices()
	for i := range f.Events {
		row := &f.Events[i]
		before := slices.IndexFunc(f.Events[:i], func(x EventRow) bool { return x.When == row.When })
		kind, value, _ := strings.Cut(row.When, "/")
		switch {
		case !isChoice(append(replies[:len(replies):len(replies)], calls...), row.When):
			row.Error = "Choose a reply or a call."
		case !isChoice(entryTracks(), row.Track):
			row.Error = "Choose the track."
		case before >= 0:
			row.Error = fmt.Sprintf("Row %d is about the same: only that one would count.", before+1)
		case kind == "reply":
			r.Entries = append(r.Entries, sales.Entry{Track: sales.Track(row.Track), Intent: sales.Intent(value)})
		default:
			r.Entries = append(r.Entries, sales.Entry{Track: sales.Track(row.Track), Disposition: sales.Disposition(value)})
		}
		wrong = wrong || row.Error != ""
	}
	return wrong
}

func (f *RulesetForm) readData(r *sales.Rules) (wrong bool) {
	for i := range f.Data {
		row := &f.Data[i]
		field, known := knownField(row.Field)
		c := sales.Condition{Field: field, Op: sales.Operator(row.Op), Value: row.Value}
		if c.Op == sales.OpSet || c.Op == sales.OpEmpty {
			c.Value = ""
		}
		err := c.Validate()
		switch {
		case row.Field == "":
			row.Error = "Name the field."
		case !known:
			row.Error = "There is no such field. Take one of the list, or custom. and the name of a column."
		case !isChoice(comparisons(), row.Op):
			row.Error = "Choose a comparison."
		case err != nil:
			row.Error = sales.Explain(err)
		case !isChoice(entryTracks(), row.Track):
			row.Error = "Choose the track."
		case slices.ContainsFunc(r.Entries, func(e sales.Entry) bool { return e.If == c }):
			row.Error = "There is a row for the same already: only that one would count."
		default:
			r.Entries = append(r.Entries, sales.Entry{Track: sales.Track(row.Track), If: c})
		}
		wrong = wrong || row.Error != ""
	}
	return wrong
}

func (f *RulesetForm) readStages(r *sales.Rules) (wrong bool) {
	for i := range f.Stages {
		row := &f.Stages[i]
		before := slices.IndexFunc(f.Stages[:i], func(x StageRow) bool { return x.On == row.On })
		switch {
		case !isChoice(stageEventChoices(), row.On):
			row.Error = "Choose what happens."
		case row.Stage == "" || len(row.Stage) > 100:
			row.Error = "Choose the stage."
		case before >= 0:
			row.Error = fmt.Sprintf("Row %d is about the same: only that one would count.", before+1)
		default:
			r.Stages = append(r.Stages, sales.StageRule{On: sales.StageEvent(row.On), Stage: row.Stage})
		}
		wrong = wrong || row.Error != ""
	}
	return wrong
}

func isChoice(options []Option, value string) bool {
	return slices.ContainsFunc(options, func(o Option) bool { return o.Value == value })
}

// knownField gives the one name of a field of a person or account, as values are
// looked up by it, and tells whether there is such a field.
func knownField(name string) (string, bool) {
	t, err := render.Parse("{{ " + strings.NewReplacer("{", "", "}", "", "|", "").Replace(name) + " }}")
	if err != nil || len(t.Fields()) != 1 {
		return name, false
	}
	field := t.Fields()[0]
	for _, o := range conditionFields() {
		if o.Value == field {
			return field, true
		}
	}
	return field, strings.HasPrefix(field, "custom.")
}

// conditionFields are the fields that a condition may ask for: those of the
// person, the account and the deal.
func conditionFields() []Option {
	var out []Option
	for _, f := range render.KnownFields() {
		if !strings.HasPrefix(f.Name, "sender") {
			out = append(out, Option{Value: f.Name, Label: f.Label})
		}
	}
	return out
}
