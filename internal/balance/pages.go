package balance

import (
	"cmp"
	"slices"
	"strings"

	"ninetyten/internal/sales"
)

// Page is a kind of page, and whether time on it is selling time or admin time.
type Page struct {
	Kind    string
	Selling bool
	Says    string
	Paths   []string // what belongs to it, the pages and the actions on them; * is one segment
	Remedy  string   // of admin time: what would take it away
	Link    string   // where that is set
	LinkTo  string   // what the link says
}

// Pages is the table: every page and every action of the product belongs to one
// kind, by the longest of the paths below that its own begins with. Selling is
// everything that is about one person, account or deal, and every talk with them;
// admin is everything that prepares, files, sets up or looks on.
func Pages() []Page {
	return []Page{
		{Kind: "next", Selling: true, Says: "Next", Paths: []string{"/", "/next", "/tasks"}},
		{Kind: "person", Selling: true, Says: "A person’s page", Paths: []string{"/people/*", "/points", "/connections", "/notes", "/enrollments"}},
		{Kind: "call", Selling: true, Says: "A call, with its panel open", Paths: []string{"/people/*/call", "/people/*/dial"}},
		{Kind: "write", Selling: true, Says: "Writing a mail", Paths: []string{"/people/*/mail", "/people/*/draft", "/write"}},
		{Kind: "thread", Selling: true, Says: "The inbox and its threads", Paths: []string{"/inbox", "/messages"}},
		{Kind: "deal", Selling: true, Says: "An account or a deal", Paths: []string{"/accounts/*", "/deals/*"}},
		{Kind: "playbook", Selling: true, Says: "The playbook", Paths: []string{"/playbook"}},

		{Kind: "lists", Says: "Going through lists", Paths: []string{"/people", "/people/rows", "/accounts", "/accounts/rows", "/deals"},
			Remedy: "Next says who comes first, and why; what puts them first can be weighed.", Link: "/settings/next", LinkTo: "The order of Next"},
		{Kind: "entry", Says: "Typing in and tidying up people, accounts and deals", Paths: []string{"/people/new", "/people/*/edit", "/accounts/new", "/deals/new"},
			Remedy: "What the web site of an account says is read by itself, and a file brings in the rest.", Link: "/settings/research", LinkTo: "What is read by itself"},
		{Kind: "import", Says: "Imports", Paths: []string{"/import"},
			Remedy: "One large file instead of many: columns are recognised, and people who are here already are found.", Link: "/import", LinkTo: "Import a file"},
		{Kind: "enrol", Says: "Putting people into sequences", Paths: []string{"/people/enrol"},
			Remedy: "Everybody whom a filter of the list finds goes in at once, and rulesets say who is left out.", Link: "/settings/rulesets", LinkTo: "Rulesets"},
		{Kind: "sequences", Says: "Building and watching sequences", Paths: []string{"/sequences"},
			Remedy: "Behaviour that is the same everywhere belongs in a ruleset, texts that come again in a snippet.", Link: "/settings/rulesets", LinkTo: "Rulesets"},
		{Kind: "schedules", Says: "Schedules, days off and absences", Paths: []string{"/settings/schedule", "/settings/schedules", "/settings/days-off", "/settings/absences"},
			Remedy: "A calendar file brings in the days off of years at once.", Link: "/settings/days-off", LinkTo: "Days off"},
		{Kind: "texts", Says: "Snippets and files", Paths: []string{"/settings/snippets", "/settings/files"},
			Remedy: "Why we sell, our proof and our answers belong in the playbook once; mails and calls take them from there.", Link: "/playbook", LinkTo: "Playbook"},
		{Kind: "cleaning", Says: "Corrections and the suppression list", Paths: []string{"/settings/lessons", "/settings/suppressions"},
			Remedy: "A correction teaches: the next mail like it is read right by itself.", Link: "/settings/lessons", LinkTo: "What corrections taught"},
		{Kind: "mailboxes", Says: "Mailboxes", Paths: []string{"/settings/mailboxes"},
			Remedy: "The guard watches bounces and complaints, and stops a mailbox before somebody has to.", Link: "/settings/mailboxes", LinkTo: "Mailboxes"},
		{Kind: "figures", Says: "Looking at figures", Paths: []string{"/ninety", "/ninety.csv"},
			Remedy: "The week begins on Monday: one look a week says it all."},
		{Kind: "settings", Says: "Other settings", Paths: []string{"/settings", "/start"},
			Remedy: "Most of them are set once; the first steps name those that matter.", Link: "/start", LinkTo: "The first steps"},
	}
}

// PageOf gives the kind of page to which a path of the product belongs; false is
// none: what is before a login, what machines ask for, what is everywhere.
func PageOf(path string) (Page, bool) {
	segments := split(path)
	var best Page
	found := -1
	for _, p := range Pages() {
		for _, pattern := range p.Paths {
			if of := split(pattern); len(of) > found && begins(segments, of) {
				best, found = p, len(of)
			}
		}
	}
	return best, found >= 0
}

func split(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// begins tells whether a path begins with a pattern. The root is itself alone,
// and a star is the number of something.
func begins(path, pattern []string) bool {
	if len(pattern) == 0 {
		return len(path) == 0
	}
	if len(path) < len(pattern) {
		return false
	}
	for i, x := range pattern {
		if x != path[i] && (x != "*" || strings.Trim(path[i], "0123456789") != "") {
			return false
		}
	}
	return true
}

// TimeSum is time on pages, of a person or of a team.
type TimeSum struct {
	Selling float64    // minutes
	Admin   float64    // minutes
	Kinds   []PageTime // those with some time, the most first
}

// PageTime is the time on one kind of page.
type PageTime struct {
	Page
	Minutes float64
}

// SumTime adds up time on pages. Kinds that the table does not know count nowhere.
func SumTime(list []sales.PageTime) TimeSum {
	seconds := map[string]int{}
	for _, x := range list {
		if x.Seconds > 0 {
			seconds[x.Page] += x.Seconds
		}
	}
	var t TimeSum
	for _, p := range Pages() {
		n := seconds[p.Kind]
		if n == 0 {
			continue
		}
		minutes := float64(n) / 60
		t.Kinds = append(t.Kinds, PageTime{p, minutes})
		if p.Selling {
			t.Selling += minutes
		} else {
			t.Admin += minutes
		}
	}
	slices.SortStableFunc(t.Kinds, func(a, b PageTime) int { return cmp.Compare(b.Minutes, a.Minutes) })
	return t
}

// Share is the part of selling time in both, 0 to 1; false when there is none.
func (t TimeSum) Share() (float64, bool) {
	if t.Selling+t.Admin <= 0 {
		return 0, false
	}
	return t.Selling / (t.Selling + t.Admin), true
}

// Most are the admin tasks that took most time, at most n.
func (t TimeSum) Most(n int) (out []PageTime) {
	for _, x := range t.Kinds {
		if !x.Selling && len(out) < n {
			out = append(out, x)
		}
	}
	return out
}
