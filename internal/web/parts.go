package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ninetyten/internal/sales"
)

// MoveMark is whose move it is, as shown beside a name.
type MoveMark struct {
	Side  sales.MoveSide
	Text  string // "Our move, 14 min"
	Late  bool   // waiting on us too long
	Title string // how that is counted; "" is plain
}

// Balance is the effort on both sides, in hundredths. Ours + Theirs is 100 when Known.
type Balance struct {
	Known        bool // false: nothing happened yet
	Ours, Theirs int
	Say          string // "She is leaning in"
	Formula      string // how the number is made, in one sentence
	Lines        []BalanceLine
}

// BalanceLine is one line of the ledger behind the number.
type BalanceLine struct {
	At      time.Time
	Actor   sales.Actor
	Text    string
	Minutes float64 // its effort
	Weight  float64 // what is left of it after the decay, 0..1
}

// Reason is one line of "why now".
type Reason struct {
	Head, Text string
}

// StoryLine is one line of a backstory, newest first.
type StoryLine struct {
	At    time.Time
	Actor sales.Actor
	Text  string
	By    string // "system", the seller's name; "" for the buyer
	Href  string // the message it is about
}

// Fact is one thing we know, with its source.
type Fact struct {
	Label, Value, Href string
	Tight              bool // the value breaks after its commas only
}

// Tag is a small label. Tone: "", lean, late, bad or mark.
type Tag struct {
	Text, Tone, Icon string
}

// Hidden is a field of a form that nobody sees.
type Hidden struct{ Name, Value string }

// Action is something that can be done: a link, a panel to open, or a form to post.
type Action struct {
	Label, Icon string
	Name        string // what it is called where the label alone does not say it
	Key         string // the letter that presses it
	RowKey      string // the letter that presses it while its row of a list has the focus
	Href        string // a link
	Open        string // the id of a panel or dialog
	Post        string // the path to post Fields to
	Fields      []Hidden
	Confirm     string // ask before; only for what cannot be undone
	Main        bool   // the one primary action
	Quiet       bool
	Danger      bool
	Later       bool // it goes into "More": in the bar on a phone, beside the crumbs always
	Small       bool
}

// Field is one field of a form with its label, help and error.
type Field struct {
	ID                              string // "f-" and the name when empty; unique on the page
	Name, Label, Value, Help, Error string
	Type                            string // text when empty
	Placeholder, Autocomplete       string
	Required, Focus, Merge          bool
	Rows                            int // a textarea when > 0
	Min, Max                        string
	Keep                            string // a textarea: keep what was typed under this key until it is sent
	Short                           bool
}

func (f Field) id() string { return pick(f.ID != "", f.ID, "f-"+f.Name) }

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// describedBy names the elements that explain the field.
func (f Field) describedBy(id string) string {
	return classes(pick(f.Help != "", id+"-help", ""), pick(f.Error != "", id+"-error", ""))
}

// Tab is one of the views of a page.
type Tab struct {
	Label, Href string
	Count       int // shown when > 0
	Current     bool
}

// Chip is one filter that can be switched.
type Chip struct {
	Label, Href string
	On          bool
}

// Problem is an error as a page shows it: what happened, what it means, what to do.
type Problem struct {
	Status       int
	Title, Text  string
	Request      string
	Back, BackTo string // the way on: a path and its words
}

// barWidth gives the width of the buyer's part of the balance, 0..100.
func (b Balance) barWidth() int { return int(math.Min(100, math.Max(0, float64(b.Theirs)))) }

func (a Action) class() string {
	return classes("btn", pick(a.Main, "go", ""), pick(a.Quiet, "quiet", ""), pick(a.Danger, "danger", ""), pick(a.Later, "later", ""), pick(a.Small, "small", ""))
}

func (a Action) attributes() templ.Attributes {
	out := templ.Attributes{}
	if a.Name != "" && !strings.HasPrefix(a.Name, a.Label) {
		out["aria-label"] = a.Name
	}
	if a.Key != "" {
		out["data-key"] = a.Key
		out["aria-keyshortcuts"] = a.Key
	}
	if a.RowKey != "" {
		out["data-row-key"] = a.RowKey
	}
	return out
}

// rest is what a screen reader says after the label.
func (a Action) rest() string {
	if after, ok := strings.CutPrefix(a.Name, a.Label); ok {
		return after
	}
	return ""
}

// unless gives the help of a field, unless an error says the same.
func unless(problem, help string) string { return pick(problem == "", help, "") }

// laterOnes are the actions that go into "More".
func laterOnes(actions []Action) []Action {
	var out []Action
	for _, a := range actions {
		if a.Later {
			out = append(out, a)
		}
	}
	return out
}

func keyLabel(key string) string { return pick(key == "Enter", "↵", key) }

// attributes are those that inputs, text areas and lists share.
func (f Field) attributes(id string) templ.Attributes {
	out := templ.Attributes{}
	for name, value := range map[string]string{"placeholder": f.Placeholder, "autocomplete": f.Autocomplete, "min": f.Min, "max": f.Max, "aria-describedby": f.describedBy(id), "data-keep": f.Keep} {
		if value != "" {
			out[name] = value
		}
	}
	for name, on := range map[string]bool{"required": f.Required, "data-focus": f.Focus, "data-merge": f.Merge} {
		if on {
			out[name] = true
		}
	}
	if f.Error != "" {
		out["aria-invalid"] = "true"
	}
	if f.Rows > 0 {
		out["rows"] = strconv.Itoa(f.Rows)
	}
	if f.Short {
		out["class"] = "short"
	}
	return out
}

func firstValue(options []Option) string {
	if len(options) == 0 {
		return "date"
	}
	return options[0].Value
}
