package dossier

import (
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// Input is what a brief is made from. Moves come the newest first.
type Input struct {
	Person   sales.Person
	Account  sales.Account
	Cast     Cast
	Moves    []sales.Move
	Mails    map[sales.ID]string // the text of the mails that the moves name
	Verdicts map[sales.ID]sales.Verdict
	Facts    []Told
	Points   []sales.Point // promises, questions and pains that were written down
}

// Sentences of a brief.
const (
	minSentences = 3
	maxSentences = 6
)

// maker collects sentences and the lines that they rest on.
type maker struct {
	in  Input
	now time.Time
	b   sales.Brief
}

// ByRules makes a brief: who it is, what happened between us, what they asked, what was
// promised, what their company says about itself, and what does not fit together.
func ByRules(in Input, now time.Time) sales.Brief {
	m := &maker{in: in, now: now, b: sales.Brief{WorkspaceID: in.Person.WorkspaceID, PersonID: in.Person.ID, MadeAt: now}}
	if len(in.Moves) > 0 {
		m.b.UpTo = in.Moves[0].ID
	}
	m.who()
	m.past()
	m.asked()
	m.promised()
	m.pain()
	m.company()
	m.doubts()
	m.turn()
	return m.b
}

func (m *maker) line(text, from string, at time.Time, message sales.ID, url string) int {
	m.b.Lines = append(m.b.Lines, sales.BriefLine{Text: text, From: from, At: at, Message: message, URL: url})
	return len(m.b.Lines)
}

func (m *maker) say(text string, cites ...int) {
	if len(m.b.Sentences) < maxSentences {
		m.b.Sentences = append(m.b.Sentences, sales.BriefSentence{Text: text, Cites: cites})
	}
}

func (m *maker) date(t time.Time) string {
	t = t.In(m.in.Cast.zone())
	if t.Year() == m.now.In(m.in.Cast.zone()).Year() {
		return t.Format("2 January")
	}
	return t.Format("2 January 2006")
}

// who says who it is, and what the company does in its own words.
func (m *maker) who() {
	p, a := m.in.Person, m.in.Account
	text := p.Name()
	switch {
	case p.Title != "" && a.Name != "":
		text += " is " + p.Title + " at " + a.Name
	case p.Title != "":
		text += " is " + p.Title
	case a.Name != "":
		text += " works at " + a.Name
	default:
		text += ": neither title nor company are known"
	}
	n := m.line(text+".", "the record", p.UpdatedAt, 0, "")
	if f, ok := m.fact(sales.FactAbout); ok {
		about := m.line(f.Value, From(f.Source), f.At, 0, f.URL)
		m.say(text+"; the company says of itself: “"+clip(f.Value, 140)+"”", n, about)
		return
	}
	m.say(text+".", n)
}

// past counts what happened between us.
func (m *maker) past() {
	var auto, byHand, answers, talks, dials int
	var lastIn, firstOut sales.Move
	for _, x := range m.in.Moves {
		switch {
		case x.Kind == sales.MoveMailAuto:
			auto, firstOut = auto+1, x
		case x.Kind == sales.MoveMailManual:
			byHand, firstOut = byHand+1, x
		case x.Kind == sales.MoveTalk:
			talks++
			if lastIn.ID == 0 {
				lastIn = x
			}
		case x.Kind == sales.MoveCall:
			dials++
		case sortOf(x) == theirWords:
			answers++
			if lastIn.ID == 0 {
				lastIn = x
			}
		}
	}
	var did []string
	add := func(n int, one, more string) {
		if n == 1 {
			did = append(did, "one "+one)
		} else if n > 1 {
			did = append(did, strings.ToLower(count(n))+" "+more)
		}
	}
	add(auto, "mail by itself", "mails by themselves")
	add(byHand, "by hand", "by hand")
	add(dials, "call without a talk", "calls without a talk")
	add(talks, "talk", "talks")
	if len(did) == 0 && answers == 0 {
		n := m.line("Nothing was sent yet, and nothing came.", "the ledger", m.in.Person.CreatedAt, 0, "")
		m.say("Nobody wrote or called yet, and nothing came from "+m.in.Cast.first()+".", n)
		return
	}
	text := "From us: " + and(did)
	if len(did) == 0 {
		text = "From us: nothing"
	}
	if firstOut.ID != 0 {
		text += ", since " + m.date(firstOut.At)
	}
	n := m.line(text+fmt.Sprintf("; from %s: %d.", m.in.Cast.first(), answers), "the ledger", m.in.Moves[0].At, 0, "")
	if lastIn.ID == 0 {
		m.say(text+"; no answer so far.", n)
		return
	}
	last := m.line(plain(lastIn.Text), "the ledger", lastIn.At, lastIn.MessageID, "")
	what := tell([]sales.Move{lastIn}, m.in.Cast).Text
	m.say(text+"; last, on "+m.date(lastIn.At)+": "+strings.TrimSuffix(what, ".")+".", n, last)
}

// asked tells the newest thing that they asked, and whether it was answered.
func (m *maker) asked() {
	list := WhatTheyAsked(m.in.Moves, m.in.Mails, 3)
	for _, want := range []bool{true, false} { // what is open comes first
		for _, a := range list {
			if a.Open() != want {
				continue
			}
			n := m.line(a.Text, "their mail", a.At, a.Message, "")
			if a.Open() {
				m.say(m.in.Cast.first()+" asked on "+m.date(a.At)+": “"+strings.Trim(a.Text, "“”")+"” Nobody answered yet.", n)
			} else {
				by := m.line(plain(a.Answered.Text), "the ledger", a.Answered.At, a.Answered.MessageID, "")
				m.say(m.in.Cast.first()+" asked on "+m.date(a.At)+": “"+strings.Trim(a.Text, "“”")+"” It was answered on "+m.date(a.Answered.At)+".", n, by)
			}
			return
		}
	}
}

func (m *maker) promised() {
	for _, p := range m.in.Points {
		if p.Kind != sales.PointPromise || !p.Open() {
			continue
		}
		message := sales.ID(0)
		if p.Source == sales.FromMessage {
			message = p.SourceID
		}
		n := m.line(plain(p.Text), "what was written down", p.At, message, "")
		text := m.in.Cast.first() + " promised"
		if p.Side == sales.OurMove {
			text = capital(m.in.Cast.user(p.UserID)) + " promised"
		}
		text += " on " + m.date(p.At) + ": " + strings.TrimSuffix(clip(p.Text, 160), ".")
		switch {
		case p.Late(m.now):
			text += "; it was due " + m.date(p.DueAt)
		case !p.DueAt.IsZero():
			text += ", by " + m.date(p.DueAt)
		}
		m.say(text+".", n)
		return
	}
	for _, s := range Promises(m.in.Moves, m.in.Verdicts, m.now)[:min(1, len(Promises(m.in.Moves, m.in.Verdicts, m.now)))] {
		n := m.line(s.Text, "the ledger", s.At, s.Message, "")
		text := strings.TrimSuffix(s.Text, ".")
		if !s.Due.IsZero() && !strings.Contains(text, s.Due.In(m.in.Cast.zone()).Format("2 Jan")) {
			text += ", until " + m.date(s.Due)
		}
		m.say("Said on "+m.date(s.At)+": "+text+".", n)
	}
}

// pain tells the newest pain of theirs that was written down.
func (m *maker) pain() {
	for _, p := range m.in.Points {
		if p.Kind == sales.PointPain && p.Open() {
			n := m.line(plain(p.Text), "what was written down", p.At, 0, "")
			m.say("What hurts, said on "+m.date(p.At)+": "+strings.TrimSuffix(clip(p.Text, 160), ".")+".", n)
			return
		}
	}
}

// company tells what is worth knowing of the company besides what it does.
func (m *maker) company() {
	var parts []string
	var cites []int
	add := func(kind sales.FactKind, say func(f Told) string) {
		if f, ok := m.fact(kind); ok {
			parts = append(parts, say(f))
			cites = append(cites, m.line(capital(string(kind))+": "+f.Value, From(f.Source), f.At, 0, f.URL))
		}
	}
	add(sales.FactEmployees, func(f Told) string { return f.Value + " employees" })
	add(sales.FactPlace, func(f Told) string { return clip(f.Value, 60) })
	roles := 0
	for _, f := range m.in.Facts {
		if f.Kind == sales.FactHiring && !f.Stale {
			roles++
		}
	}
	add(sales.FactHiring, func(f Told) string {
		if roles < 2 {
			return "hiring: " + clip(f.Value, 60)
		}
		cites = append(cites, m.line(fmt.Sprintf("%d open roles are named", roles), From(f.Source), f.At, 0, f.URL))
		return fmt.Sprintf("%d open roles, %s among them", roles, clip(f.Value, 60))
	})
	if len(parts) > 0 {
		m.say("Their site says: "+strings.Join(parts, "; ")+".", cites...)
	}
	if f, ok := m.fact(sales.FactNews); ok {
		n := m.line(f.Value, From(f.Source), f.At, 0, f.URL)
		m.say("In the news "+ago(f.At, m.now)+": “"+clip(f.Value, 120)+"”", n)
	}
}

func (m *maker) doubts() {
	if list := Doubts(m.in.Facts); len(list) > 0 {
		n := m.line(list[0], "two sources", m.now, 0, "")
		m.say("Does not fit together: "+lowerUnlessQuote(list[0]), n)
	}
}

// turn says whose move it is, where there is room or little else to say.
func (m *maker) turn() {
	p := m.in.Person
	if p.Move == "" && len(m.b.Sentences) >= minSentences {
		return
	}
	text := map[sales.MoveSide]string{sales.OurMove: "It is our move", sales.TheirMove: "It is their move", sales.Resting: "It rests"}[p.Move]
	if text == "" {
		text = "It is nobody’s move yet"
	} else if !p.MoveSince.IsZero() {
		text += ", since " + m.date(p.MoveSince)
	}
	n := m.line(text+".", "the ledger", p.MoveSince, 0, "")
	m.say(text+".", n)
}

// fact gives the first fresh fact of a kind.
func (m *maker) fact(kind sales.FactKind) (Told, bool) {
	for _, f := range m.in.Facts {
		if f.Kind == kind && !f.Stale {
			return f, true
		}
	}
	return Told{}, false
}
