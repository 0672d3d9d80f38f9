package dossier_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ninetyten/internal/dossier"
	"ninetyten/internal/sales"
)

// now is a Tuesday.
func now() time.Time { return time.Date(2026, 3, 17, 12, 0, 0, 0, time.UTC) }

func ago(days float64) time.Time { return now().Add(-time.Duration(days * float64(24*time.Hour))) }

func cast() dossier.Cast {
	return dossier.Cast{First: "Marta", Users: map[sales.ID]string{1: "Ana"}}
}

// ledger numbers lines, the newest first.
func ledger(list ...sales.Move) []sales.Move {
	for i := range list {
		list[i].ID = sales.ID(len(list) - i)
	}
	return list
}

func move(days float64, kind sales.MoveKind, text string) sales.Move {
	m := sales.Move{At: ago(days), Kind: kind, Text: text, UserID: 1, Actor: sales.BySeller}
	switch kind {
	case sales.MoveMailAuto, sales.MoveState, sales.MoveHandoff:
		m.Actor = sales.BySystem
	case sales.MoveReply, sales.MoveQuestion, sales.MoveInterest, sales.MoveNotNow, sales.MoveReferral:
		m.Actor = sales.ByBuyer
	}
	return m
}

func full() []sales.Move {
	q := move(0.1, sales.MoveQuestion, "Asked a question.")
	q.MessageID = 70
	return ledger(q, move(0.1, sales.MoveHandoff, "Answer the question"), move(0.1, sales.MoveState, "“Fleet ops” stopped: replied 17 Mar 09:36."),
		move(5, sales.MoveTalk, "Talked 11 minutes."), move(7, sales.MoveReply, "Answered."),
		move(20, sales.MoveMailManual, "Mail: “A number”."), move(25, sales.MoveMailAuto, "Mail: “Again”."), move(30, sales.MoveMailAuto, "Mail: “Hello”."),
		move(400, sales.MoveImported, "Came in with the Porto list."))
}

func TestStory(t *testing.T) {
	got := ""
	for _, c := range dossier.Story(full(), cast(), now()) {
		got += "# " + c.Title + "\n"
		for _, s := range c.Sentences {
			got += fmt.Sprintf("%s (%d)\n", s.Text, len(s.Lines))
		}
	}
	want := `# Today
Marta asked a question. (1)
Answer the question; and one line more. (2)
# The last seven days
Talked 11 minutes. (1)
Marta answered. (1)
# February
Ana wrote once and two mails went by themselves, from 15 to 25 February. (3)
# February 2025
Came in with the Porto list. (1)
`
	if got != want {
		t.Errorf("have\n%s\nwant\n%s", got, want)
	}
}

// TestEveryLine: every line is behind exactly one sentence, in order, whatever they are.
func TestEveryLine(t *testing.T) {
	kinds := []sales.MoveKind{sales.MoveMailAuto, sales.MoveMailManual, sales.MoveReply, sales.MoveQuestion, sales.MoveInterest, sales.MoveCall, sales.MoveTalk, sales.MoveNote, sales.MoveState, sales.MoveBounce, sales.MoveAutoReply, "new"}
	rapid.Check(t, func(r *rapid.T) {
		var list []sales.Move
		days := 0.0
		for range rapid.IntRange(0, 60).Draw(r, "n") {
			days += float64(rapid.IntRange(0, 40).Draw(r, "gap")) / 4
			list = append(list, move(days, rapid.SampledFrom(kinds).Draw(r, "kind"), rapid.String().Draw(r, "text")))
		}
		list = ledger(list...)
		var back []sales.ID
		for _, c := range dossier.Story(list, cast(), now()) {
			for _, s := range c.Sentences {
				if strings.TrimSpace(s.Text) == "" {
					r.Fatalf("an empty sentence of %+v", s.Lines)
				}
				for _, m := range s.Lines {
					back = append(back, m.ID)
				}
			}
		}
		if len(back) != len(list) {
			r.Fatalf("%d of %d lines", len(back), len(list))
		}
		for i := range list {
			if back[i] != list[i].ID {
				r.Fatalf("line %d is %d", i, back[i])
			}
		}
		if b := dossier.ByRules(dossier.Input{Cast: cast(), Moves: list}, now()); len(b.Sentences) < 3 || len(b.Sentences) > 6 {
			r.Fatalf("%d sentences", len(b.Sentences))
		}
	})
}

func TestQuestions(t *testing.T) {
	for text, want := range map[string][]string{
		"Thanks. What would this cost for 40 drivers, and could Rui join?\nBest, Marta": {"What would this cost for 40 drivers, and could Rui join?"},
		"Was kostet das?? Und wann?": {"Was kostet das?", "Und wann?"},
		"See https://x.example/?a=1": nil,
		"いくらですか？ありがとう。いつ始められますか？": {"いくらですか?", "いつ始められますか?"},
		"":                              nil,
		"No question here.":             nil,
		"It costs 3.50 each, right? ok": {"It costs 3.50 each, right?"},
		"One line that\ngoes on to the next, does it?": {"One line that goes on to the next, does it?"},
	} {
		if got := dossier.Questions(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestAsked: a question is open until a person answers; what goes by itself is no answer.
func TestAsked(t *testing.T) {
	mails := map[sales.ID]string{70: "What would it cost?"}
	list := dossier.WhatTheyAsked(full(), mails, 5)
	if len(list) != 1 || list[0].Text != "What would it cost?" || !list[0].Open() {
		t.Fatalf("%+v", list)
	}
	auto := ledger(append([]sales.Move{move(0.02, sales.MoveMailAuto, "Mail")}, full()...)...)
	if l := dossier.WhatTheyAsked(auto, mails, 5); len(l) != 1 || !l[0].Open() {
		t.Errorf("a machine answered: %+v", l)
	}
	hand := ledger(append([]sales.Move{move(0.02, sales.MoveMailManual, "Mail")}, full()...)...)
	if l := dossier.WhatTheyAsked(hand, mails, 5); len(l) != 1 || l[0].Open() {
		t.Errorf("nobody answered: %+v", l)
	}
}

func TestJudge(t *testing.T) {
	f := func(kind sales.FactKind, value string, from sales.FactSource, days float64) sales.Fact {
		return sales.Fact{Kind: kind, Value: value, Source: from, At: ago(days)}
	}
	told := dossier.Judge([]sales.Fact{
		f(sales.FactTitle, "Head of Operations", sales.FromRecord, 10), f(sales.FactTitle, "COO", sales.FromSignature, 1),
		f(sales.FactPhone, "+351 22 555 0148", sales.FromRecord, 10), f(sales.FactPhone, "(00351) 225550148", sales.FromSignature, 10),
		f(sales.FactDomain, "brightwater.example", sales.FromRecord, 1), f(sales.FactDomain, "pt.brightwater.example", sales.FromSignature, 1),
		f(sales.FactName, "Brightwater", sales.FromRecord, 1), f(sales.FactName, "Brightwater GmbH & Co. KG", sales.FromSite, 1),
		f(sales.FactHiring, "Driver", sales.FromSite, 31), f(sales.FactPlace, "Porto", sales.FromSite, 31),
	}, now())
	if told[0].Against != "their signature says COO" || told[1].Against != "the record says Head of Operations" {
		t.Errorf("titles: %q %q", told[0].Against, told[1].Against)
	}
	for _, x := range told[2:] {
		if x.Against != "" {
			t.Errorf("%s: %s", x.Value, x.Against)
		}
	}
	if !told[8].Stale || told[9].Stale || told[8].Age != "31 days" {
		t.Errorf("%+v %+v", told[8], told[9])
	}
	if d := dossier.Doubts(told); len(d) != 1 || d[0] != "Title: the record says Head of Operations, their signature says COO." {
		t.Errorf("%q", d)
	}
}

func input() dossier.Input {
	in := dossier.Input{
		Person:  sales.Person{WorkspaceID: 1, ID: 9, FirstName: "Marta", LastName: "Oliveira", Title: "Head of Operations", Email: "marta@brightwater.example", Move: sales.OurMove, MoveSince: ago(0.1)},
		Account: sales.Account{Name: "Brightwater Logistics", Domain: "brightwater.example"}, Cast: cast(), Moves: full(), Mails: map[sales.ID]string{70: "What would it cost for 40 drivers?"},
	}
	in.Facts = dossier.Judge([]sales.Fact{
		{Kind: sales.FactAbout, Value: "Trucks between Porto and Hamburg.", Source: sales.FromSite, URL: "https://brightwater.example/", At: ago(6)}, {Kind: sales.FactEmployees, Value: "62", Source: sales.FromSite, At: ago(6)},
		{Kind: sales.FactHiring, Value: "Dispatcher", Source: sales.FromSite, At: ago(6)}, {Kind: sales.FactHiring, Value: "Driver", Source: sales.FromSite, At: ago(6)},
		{Kind: sales.FactTitle, Value: "Head of Operations", Source: sales.FromRecord, At: ago(9)}, {Kind: sales.FactTitle, Value: "COO", Source: sales.FromSignature, At: ago(1)},
	}, now())
	return in
}

// TestBrief: every sentence rests on lines, and holds to its own check.
func TestBrief(t *testing.T) {
	b := dossier.ByRules(input(), now())
	var got []string
	var lines []string
	for _, l := range b.Lines {
		lines = append(lines, l.Text)
	}
	for _, s := range b.Sentences {
		got = append(got, s.Text)
		for _, c := range s.Cites {
			if c < 1 || c > len(lines) {
				t.Errorf("%q cites %d of %d", s.Text, c, len(lines))
			}
		}
	}
	want := []string{
		"Marta Oliveira is Head of Operations at Brightwater Logistics; the company says of itself: “Trucks between Porto and Hamburg.”",
		"From us: two mails by themselves, one by hand and one talk, since 15 February; last, on 17 March: Marta asked a question.",
		"Marta asked on 17 March: “What would it cost for 40 drivers?” Nobody answered yet.",
		"Their site says: 62 employees; 2 open roles, Dispatcher among them.",
		"Does not fit together: title: the record says Head of Operations, their signature says COO.",
		"It is our move, since 17 March.",
	}
	if !slices.Equal(got, want) || b.UpTo != 9 || b.PersonID != 9 {
		t.Errorf("have\n%s", strings.Join(got, "\n"))
	}
}

// TestCheck: a model that lies is refused, one that keeps to its lines is not.
func TestCheck(t *testing.T) {
	lines := []string{"Buyer is Head of Operations at Company.", "From us: two mails by themselves since 15 February; from Buyer: 2.", "What would it cost for 40 drivers?", "Hiring: Dispatcher"}
	s := func(text string, cites ...int) sales.BriefSentence {
		return sales.BriefSentence{Text: text, Cites: cites}
	}
	good := []sales.BriefSentence{s("Buyer heads operations at Company.", 1), s("Since 15 February two mails went out, and Buyer wrote back 2 times.", 2), s("The open question is the cost for 40 drivers.", 3)}
	if err := dossier.Check(good, lines); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]sales.BriefSentence{
		"no line":      s("Buyer heads operations at Company."),
		"no such line": s("Buyer heads operations at Company.", 5),
		"line zero":    s("Buyer heads operations at Company.", 0),
		"number":       s("The open question is the cost for 400 drivers.", 3),
		"number word":  s("Since 15 February seven mails went out.", 2),
		"other line":   s("The open question is the cost for 40 drivers.", 4),
		"name":         s("The cost for 40 drivers matters to Helsinki.", 3),
		"name first":   s("Helsinki asks the cost for 40 drivers.", 3),
		"unrelated":    s("They seem quite happy with everything.", 3),
		"link":         s("The cost for 40 drivers is at https://evil.example/x.", 3),
		"empty":        s("", 1),
		"long":         s("Buyer "+strings.Repeat("operations ", 40), 1),
	} {
		if err := dossier.Check([]sales.BriefSentence{good[0], good[1], bad}, lines); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, list := range [][]sales.BriefSentence{nil, good[:2], slices.Repeat(good, 3)} {
		if dossier.Check(list, lines) == nil {
			t.Errorf("%d sentences are taken", len(list))
		}
	}
}

// TestVeil: no name leaves, and each comes back.
func TestVeil(t *testing.T) {
	v := dossier.NewVeil(input())
	hidden := v.Hide("Marta Oliveira of brightwater logistics wrote to Ana: Marta, martas and Oliveira.")
	if hidden != "Buyer of Company wrote to Seller: Buyer, martas and Buyer." {
		t.Errorf("%q", hidden)
	}
	back := v.Lift([]sales.BriefSentence{{Text: "Buyer of Company heard from Seller.", Cites: []int{1}}})
	if back[0].Text != "Marta of Brightwater Logistics heard from Our side." {
		t.Errorf("%q", back[0].Text)
	}
}

func TestGroup(t *testing.T) {
	people := []sales.Person{{FirstName: "Rui", Title: "Dispatcher", LastInAt: ago(3)}, {FirstName: "Inês", Title: "Planner", LastOutAt: ago(9)}, {FirstName: "Jo"}}
	g := dossier.GroupOf(people, ledger(move(4, sales.MoveReferral, "Is not the right person (rui@brightwater.example).")), cast(), now())
	if g.Roles[0].Says != "answered 3 days ago" || g.Roles[1].Says != "written to 9 days ago, no answer" || g.Roles[2].Says != "never written to" || !slices.Equal(g.Missing, []string{"who signs"}) {
		t.Errorf("%+v", g)
	}
	if len(g.Path) != 1 || g.Path[0] != "Marta is not the right person (rui@brightwater.example), 13 March 2026." {
		t.Errorf("%q", g.Path)
	}
}
