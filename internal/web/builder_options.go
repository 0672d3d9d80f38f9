package web

import (
	"net/http"
	"strconv"
	"strings"

	"ninetyten/internal/sales"
)

// stepChoices are what the form of a step offers besides its own fields.
type stepChoices struct {
	Tracks []Option
	Ops    []Option
	Elses  []Option
	Fields []Option // for conditions
	Files  []FileChoice
	Dated  bool // a date sequence: days around a day instead of delays
}

// FileChoice is a file that a mail may carry.
type FileChoice struct {
	ID   string
	Name string
	On   bool
}

func trackChoices() []Option {
	return []Option{{Value: string(sales.TrackMain), Label: "Main"}, {Value: string(sales.TrackPositive), Label: "Positive"}, {Value: string(sales.TrackNegative), Label: "Negative"}}
}

func trackLabel(t sales.Track) string {
	for _, o := range trackChoices() {
		if o.Value == string(t.OrMain()) {
			return o.Label + " track"
		}
	}
	return "Main track"
}

func operatorChoices() []Option {
	return []Option{
		{Value: "", Label: "always"}, {Value: string(sales.OpIs), Label: "is"}, {Value: string(sales.OpIsNot), Label: "is not"}, {Value: string(sales.OpContains), Label: "contains"},
		{Value: string(sales.OpSet), Label: "has a value"}, {Value: string(sales.OpEmpty), Label: "is empty"}, {Value: string(sales.OpMore), Label: "is more than"}, {Value: string(sales.OpLess), Label: "is less than"},
	}
}

func branchChoices() []Option {
	return []Option{
		{Value: string(sales.BranchEnd), Label: "it ends"}, {Value: string(sales.BranchSkip), Label: "the next step is skipped"}, {Value: string(sales.BranchWait), Label: "it waits until it is so"},
		{Value: string(sales.BranchPositive), Label: "the positive track"}, {Value: string(sales.BranchNegative), Label: "the negative track"},
	}
}

// newTrack tells whether the step at i begins a track other than the main one.
func newTrack(steps []StepView, i int) bool {
	return steps[i].Track.OrMain() != sales.TrackMain && (i == 0 || steps[i-1].Track.OrMain() != steps[i].Track.OrMain())
}

// weekdayNames are the days of the week, Sunday first.
func weekdayNames() []string {
	return []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
}

// readOptions reads the rarer settings of a step. The answer is a problem in
// words, or "".
func readOptions(r *http.Request, st *sales.Step) string {
	p := r.PostForm
	if p.Get("options") == "" {
		return "" // a form without them leaves them as they are
	}
	problem := ""
	number := func(name string, to *int) {
		v := strings.TrimSpace(p.Get(name))
		if v == "" {
			*to = 0
			return
		}
		n, err := strconv.Atoi(v)
		if err != nil {
			problem = "“" + clipText(v, 40) + "” is no number."
		}
		*to = n
	}
	st.Track = sales.Track(p.Get("track"))
	if st.Track == sales.TrackMain {
		st.Track = ""
	}
	o := sales.StepOptions{Weight: st.Weight, BasePaused: st.BasePaused}
	for i := range o.Weekdays {
		o.Weekdays[i] = p.Get("weekday_"+strconv.Itoa(i)) != ""
	}
	if at := strings.TrimSpace(p.Get("at")); at != "" {
		minute, ok := minutesOf(at)
		if !ok {
			problem = "Write the time of day as 14:30."
		}
		o.AtMinute = minute
	}
	number("day_offset", &o.DayOffset)
	var bad string
	if o.OnlyIf, bad = conditionOf(p.Get("only_field"), p.Get("only_op"), p.Get("only_value")); bad != "" {
		problem = bad
	}
	switch st.Kind {
	case sales.StepAutoMail, sales.StepApproveMail:
		if st.Kind == sales.StepApproveMail {
			number("expire_days", &o.ExpireDays)
		}
		for _, id := range p["file"] {
			if n, err := sales.ParseID(id); err == nil {
				o.Attachments = append(o.Attachments, n)
			}
		}
		number("weight", &o.Weight)
		o.BasePaused = p.Get("base_paused") != ""
	case sales.StepSocial:
		o.Network, o.Link = strings.TrimSpace(p.Get("network")), strings.TrimSpace(p.Get("link"))
		if len(o.Network) > 60 || len(o.Link) > 1000 {
			problem = "The network has at most 60 characters, the link 1,000."
		}
	case sales.StepTheirMove:
		o.ThenGoOn = p.Get("then_go_on") != ""
	case sales.StepCondition:
		if o.If, bad = conditionOf(p.Get("if_field"), p.Get("if_op"), p.Get("if_value")); bad != "" {
			problem = bad
		}
		o.Else = sales.Branch(p.Get("else"))
		number("if_wait", &st.MaxWaitDays)
	}
	st.StepOptions = o
	if bad := readVariants(r, st); bad != "" {
		problem = bad
	}
	return problem
}

// conditionOf makes a condition of three fields of a form; no field is none.
func conditionOf(field, op, value string) (sales.Condition, string) {
	field = strings.Trim(strings.TrimSpace(field), "{} ")
	if field == "" || op == "" {
		return sales.Condition{}, ""
	}
	name, known := knownField(field)
	if !known {
		return sales.Condition{Field: field, Op: sales.Operator(op), Value: value}, "There is no field “" + clipText(field, 60) + "”. Use one of the list, or custom.NAME."
	}
	c := sales.Condition{Field: name, Op: sales.Operator(op), Value: strings.TrimSpace(value)}
	if c.Op == sales.OpSet || c.Op == sales.OpEmpty {
		c.Value = ""
	}
	return c, explainOrNone(c.Validate())
}

// maxVariants bounds the texts under test on one step.
const maxVariants = 9

// readVariants reads the other texts of a mail step. One without any text is left
// out; one that is known keeps its ID.
func readVariants(r *http.Request, st *sales.Step) string {
	p := r.PostForm
	known := st.Variants
	st.Variants = nil
	if !st.Kind.IsMail() {
		return ""
	}
	problem := ""
	for i := range p["variant_body"] {
		if i > maxVariants {
			return "At most nine other texts are tested at a time."
		}
		x := sales.Variant{Name: at(p["variant_name"], i), Subject: at(p["variant_subject"], i), Body: strings.ReplaceAll(at(p["variant_body"], i), "\r\n", "\n"), Weight: 1, State: sales.VariantOn}
		if x.Body == "" && x.Subject == "" {
			continue
		}
		if id, err := sales.ParseID(at(p["variant_id"], i)); err == nil {
			for _, k := range known {
				if k.ID == id {
					x.ID, x.CreatedAt = id, k.CreatedAt
				}
			}
		}
		if x.Name == "" {
			x.Name = string(rune('B' + len(st.Variants)))
		}
		if w := at(p["variant_weight"], i); w != "" {
			n, err := strconv.Atoi(w)
			if err != nil || n < 1 || n > 100 {
				problem = "The share of text " + clipText(x.Name, 40) + " is a number from 1 to 100."
			}
			x.Weight = n
		}
		if at(p["variant_state"], i) == string(sales.VariantPaused) {
			x.State = sales.VariantPaused
		}
		st.Variants = append(st.Variants, x)
	}
	return problem
}

// variantRows are the other texts of a step for its form, with an empty one at
// the end.
func variantRows(s sales.Step) []sales.Variant {
	var out []sales.Variant
	for _, v := range s.Variants {
		if v.State != sales.VariantArchived {
			out = append(out, v)
		}
	}
	if len(out) < maxVariants {
		out = append(out, sales.Variant{Weight: 1, State: sales.VariantOn})
	}
	return out
}

// rareOptions tells whether a step has something set that its form folds away.
func rareOptions(s sales.Step) bool {
	o := s.StepOptions
	return o.Weekdays != [7]bool{} || o.AtMinute != 0 || !o.OnlyIf.IsZero() || len(o.Attachments) > 0 || len(s.Variants) > 0 || o.DayOffset != 0 || s.Track.OrMain() != sales.TrackMain
}

// optionWords says what is set of the rarer settings, for the card of a step.
func optionWords(s sales.Step, dated bool) []string {
	var out []string
	if dated {
		switch n := s.DayOffset; {
		case n == 0:
			out = append(out, "on the day")
		case n < 0:
			out = append(out, many(-n, "day", "days")+" before the day")
		default:
			out = append(out, many(n, "day", "days")+" after the day")
		}
	}
	var days []string
	for i, on := range s.Weekdays {
		if on {
			days = append(days, weekdayNames()[i])
		}
	}
	if len(days) > 0 {
		out = append(out, "on "+strings.Join(days, ", "))
	}
	if s.AtMinute > 0 {
		out = append(out, "not before "+clock(s.AtMinute))
	}
	if !s.OnlyIf.IsZero() {
		out = append(out, "only if "+s.OnlyIf.String())
	}
	if s.Kind == sales.StepCondition {
		otherwise := ""
		for _, o := range branchChoices() {
			if o.Value == string(s.Else) {
				otherwise = o.Label
			}
		}
		out = append(out, "goes on if "+s.If.String()+"; otherwise "+otherwise)
	}
	if s.Kind == sales.StepSocial {
		out = append(out, "on "+pick(s.Network != "", s.Network, "LinkedIn"))
	}
	if s.ExpireDays > 0 {
		out = append(out, "the draft expires after "+many(s.ExpireDays, "day", "days"))
	}
	if s.ThenGoOn {
		out = append(out, "goes on after that")
	}
	if n := len(s.Attachments); n > 0 {
		out = append(out, many(n, "file", "files")+" attached")
	}
	return out
}

// numberOrNone writes a number for a form; 0 is empty.
func numberOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// clockOrNone writes a time of day for a form; midnight is empty.
func clockOrNone(minute int) string {
	if minute == 0 {
		return ""
	}
	return clock(minute)
}

func variantName(v sales.Variant, i int) string {
	return pick(v.Name != "", v.Name, string(rune('B'+i)))
}

// trackLeads says what leads to a track.
func trackLeads(r sales.Rules, t sales.Track) string {
	var out []string
	for _, e := range r.Entries {
		switch {
		case e.Track != t:
		case e.Intent != "":
			out = append(out, "a reply that is "+strings.ReplaceAll(string(e.Intent), "_", " ")+", once you have answered it")
		case e.Disposition != "":
			out = append(out, "a call that ended with "+strings.ReplaceAll(string(e.Disposition), "_", " "))
		default:
			out = append(out, e.If.String())
		}
	}
	if r.Meeting == sales.MeetingPositive && t == sales.TrackPositive {
		out = append(out, "a booked meeting")
	}
	if len(out) == 0 {
		return "Nothing leads here yet. Choose a ruleset with track rules, or use a condition step."
	}
	return "Begins after " + strings.Join(out, "; or ") + "."
}
