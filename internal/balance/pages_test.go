package balance_test

import (
	"math"
	"strings"
	"testing"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
)

func TestPageOf(t *testing.T) {
	for path, want := range map[string]string{
		"/": "next", "/next": "next", "/next/skip": "next", "/tasks/7/done": "next",
		"/people": "lists", "/people/rows": "lists", "/people/new": "entry", "/people/12": "person", "/people/12/story": "person",
		"/people/12/edit": "entry", "/people/12/call": "call", "/people/12/mail/check": "write", "/people/enrol/preview": "enrol",
		"/inbox/9": "thread", "/accounts": "lists", "/accounts/4": "deal", "/deals/new": "entry", "/deals/4/stage": "deal",
		"/settings/days-off/3/delete": "schedules", "/settings/profile": "settings", "/settings": "settings", "/sequences/2/edit": "sequences",
		"/import/5/preview": "import", "/login": "", "/live": "", "/nowhere": "", "/peopled": "", "": "next", "//people//12//": "person",
		"/people/%2e%2e/edit": "lists", "/people/x/edit": "lists",
	} {
		p, ok := balance.PageOf(path)
		if p.Kind != want || ok != (want != "") {
			t.Errorf("%s is %q, want %q", path, p.Kind, want)
		}
	}
}

// TestPages: each kind is there once, no path twice, and admin time says what
// would take it away.
func TestPages(t *testing.T) {
	kinds, paths := map[string]bool{}, map[string]bool{}
	for _, p := range balance.Pages() {
		if p.Kind == "" || p.Says == "" || kinds[p.Kind] || len(p.Paths) == 0 {
			t.Errorf("%+v", p)
		}
		if p.Selling == (p.Remedy != "") || (p.Link == "") != (p.LinkTo == "") {
			t.Errorf("%s: selling %v, remedy %q, link %q %q", p.Kind, p.Selling, p.Remedy, p.Link, p.LinkTo)
		}
		kinds[p.Kind] = true
		for _, x := range p.Paths {
			if paths[x] || !strings.HasPrefix(x, "/") {
				t.Errorf("%s of %s", x, p.Kind)
			}
			paths[x] = true
			if got, ok := balance.PageOf(strings.ReplaceAll(x, "*", "7")); !ok || got.Kind != p.Kind {
				t.Errorf("%s belongs to %s, is found in %s", x, p.Kind, got.Kind)
			}
		}
	}
}

func TestSumTime(t *testing.T) {
	sum := balance.SumTime([]sales.PageTime{
		{Page: "next", Seconds: 600}, {Page: "call", Seconds: 300, Day: 1}, {Page: "call", Seconds: 300, Day: 2},
		{Page: "import", Seconds: 120}, {Page: "sequences", Seconds: 240}, {Page: "lists", Seconds: 60}, {Page: "settings", Seconds: 30},
		{Page: "nothing", Seconds: 9999}, {Page: "import", Seconds: -50},
	})
	if sum.Selling != 20 || sum.Admin != 7.5 || len(sum.Kinds) != 6 || sum.Kinds[0].Minutes != 10 {
		t.Errorf("%+v", sum)
	}
	var most []string
	for _, x := range sum.Most(3) {
		most = append(most, x.Kind)
	}
	if got := strings.Join(most, " "); got != "sequences import lists" {
		t.Errorf("the most time: %s", got)
	}
	if s, ok := sum.Share(); !ok || math.Abs(s-20/27.5) > 1e-9 {
		t.Errorf("%v %v", s, ok)
	}
	if _, ok := (balance.TimeSum{}).Share(); ok || balance.SumTime(nil).Most(3) != nil {
		t.Error("nothing has a share")
	}
}
