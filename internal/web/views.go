package web

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/calendar"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// maxShown bounds how much of one mail a page shows, in bytes.
const maxShown = 20_000

// cut shortens a text that others wrote to what a page shows.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// oneLine is a text in one line of at most n characters.
func oneLine(s string, n int) string {
	s = strings.Join(strings.Fields(cut(s, 8*n)), " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimRight(string(r[:n]), " ") + "…"
	}
	return s
}

// moveMark says whose move it is with a person.
func (c *scene) moveMark(ctx context.Context, p sales.Person) MoveMark {
	m := MoveMark{Side: p.Move}
	switch p.Move {
	case sales.OurMove:
		waited := c.now().Sub(p.MoveSince)
		m.Text = "Our move, " + pick(waited < time.Minute, "just now", span(waited))
		if by, late := c.clock(p.OwnerID).Late(p.MoveSince, c.now()); late {
			m.Late, m.Text, m.Title = true, "Our move, late by "+c.workSpan(by), "Counted in working hours, after the alarm of "+c.workSpan(c.settings.AnswerAlarm)+"."
		}
	case sales.TheirMove:
		m.Text = "Their move"
		if p.MoveUntil.After(c.now()) {
			m.Text += " until " + day(ctx, p.MoveUntil)
		} else if d := c.now().Sub(p.MoveSince); d > time.Hour {
			m.Text += ", " + span(d)
		}
	case sales.Resting:
		m.Text = "Resting"
		if p.MoveUntil.After(c.now()) {
			m.Text += " until " + day(ctx, p.MoveUntil)
		}
	}
	return m
}

// firstNameOf is how a person is called in a sentence.
func firstNameOf(p sales.Person) string {
	if n := strings.TrimSpace(p.FirstName); n != "" {
		return n
	}
	return p.Name()
}

// headOf names a person and how to reach them. suppressed is why nobody may
// write to them, or "".
func (c *scene) headOf(ctx context.Context, p sales.Person, a sales.Account, suppressed string) PersonHead {
	place := c.placeOf(p, a)
	h := PersonHead{
		ID: p.ID, Name: p.Name(), FirstName: firstNameOf(p), Initials: p.Initials(), Title: p.Title, Account: a.Name, Phone: p.Phone, Email: p.Email,
		Suppressed: oneStop(suppressed), Move: c.moveMark(ctx, p),
	}
	if strings.HasPrefix(p.LinkedIn, "https://") || strings.HasPrefix(p.LinkedIn, "http://") {
		h.LinkedIn = p.LinkedIn
	}
	if place.From == "person" || place.From == "account" {
		h.Place = city(place.Zone)
		h.TheirTime = c.now().In(place.Loc).Format("15:04") + " for them"
	}
	switch p.Address {
	case sales.AddressDead:
		h.EmailNote = "does not work"
	case sales.AddressSoft:
		h.EmailNote = "a mail could not be delivered lately"
	}
	if u, ok := c.team[p.OwnerID]; ok {
		h.Owner, h.OwnerAway = u.Name, c.awayText(p.OwnerID)
	}
	return h
}

// city is the place in the name of a zone: "Lisbon" of Europe/Lisbon.
func city(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ")
}

// callHours says what time it is for a person, and until when one may call.
func (c *scene) callHours(ctx context.Context, place calendar.Place) string {
	if place.From != "person" && place.From != "account" {
		return "Their time zone is not known. Ask whether it is a good time."
	}
	text := c.now().In(place.Loc).Format("15:04") + " for them"
	hours := calendar.CallHours(c.settings)
	if hours.Allowed(c.now(), place) {
		return text + ", fine until " + clock(c.settings.CallWindow.To)
	}
	if at, why := hours.Next(c.now(), place); !at.IsZero() {
		return text + ", better from " + when(ctx, at) + " your time"
	} else if why != "" {
		return text + ", " + why
	}
	return text
}

// balanceOf is the effort on both sides, with the lines that it is made of, by the
// weights of the workspace.
func (c *scene) balanceOf(p sales.Person, moves []sales.Move) Balance {
	return balanceSay(firstNameOf(p), p.Move == sales.Resting, c.weights().Compute(moves, c.now()))
}

// balanceSay says a balance in words; name is who is on the other side, "they"
// several.
func balanceSay(name string, resting bool, b balance.Balance) Balance {
	if b.Band == balance.Unknown {
		return Balance{}
	}
	theirs := int(b.Share*100 + 0.5)
	out := Balance{Known: true, Theirs: theirs, Ours: 100 - theirs, Formula: fmt.Sprintf(
		"Every move counts the minutes that it took, on the side that took them; after 30 days half. Theirs %.1f of %.1f minutes: %d of 100. From 51 on they do more than we do.",
		b.BuyerMinutes, b.BuyerMinutes+b.SellerMinutes, theirs)}
	several := name == "they"
	switch b.Band {
	case balance.LeaningIn:
		out.Say = capital(name) + pick(resting, " did more than we did", pick(several, " are leaning in", " is leaning in"))
	case balance.Courting:
		out.Say = "We do more than " + name
	case balance.Chasing:
		out.Say = "Nearly all the effort is ours"
	}
	for _, l := range b.Lines {
		if len(out.Lines) == maxBalanceLines {
			break
		}
		left := 1.0
		if l.Minutes > 0 {
			left = l.Weight / l.Minutes
		}
		out.Lines = append(out.Lines, BalanceLine{At: l.Move.At, Actor: l.Side, Text: pick(l.Side == sales.ByBuyer, "Theirs: ", "Ours: ") + l.Move.Text, Minutes: l.Minutes, Weight: left})
	}
	return out
}

// maxBalanceLines is how many lines show behind a balance: the newest count most.
const maxBalanceLines = 40

// storyOf is the ledger as a story, newest first.
func (c *scene) storyOf(moves []sales.Move) []StoryLine {
	out := make([]StoryLine, 0, len(moves))
	for _, m := range moves {
		l := StoryLine{At: m.At, Actor: m.Actor, Text: m.Text, By: c.nameOf(m.UserID)}
		switch {
		case m.Actor == sales.BySystem, m.Kind == sales.MoveState && m.Actor == sales.ByBuyer: // a sequence that they stopped, stopped by itself
			l.Actor, l.By = sales.BySystem, "by itself"
		case m.Actor == sales.ByBuyer:
			l.By = ""
		}
		l.Text = oneStop(l.Text)
		if m.Kind == sales.MoveState {
			l.Text = withoutStamp(l.Text)
		}
		if m.Kind == sales.MoveHandoff {
			l.Text = "Handed to " + orWord(c.nameOf(m.UserID), "a person") + ": " + m.Text
		}
		if m.MessageID != 0 {
			l.Href = path("/messages", m.MessageID)
		}
		out = append(out, l)
	}
	return out
}

// oneStop ends a sentence that was made of sentences with one full stop.
func oneStop(text string) string {
	if strings.HasSuffix(text, "..") && !strings.HasSuffix(text, "...") {
		return text[:len(text)-1]
	}
	return text
}

// withoutStamp takes the time off the end of a line ("stopped: replied 2 Mar
// 08:57."): it is that of another zone, and the page writes the reader's below.
func withoutStamp(text string) string {
	words := strings.Fields(strings.TrimSuffix(text, "."))
	if n := len(words) - 3; n > 0 {
		if _, err := time.Parse("2 Jan 15:04", strings.Join(words[n:], " ")); err == nil {
			return strings.TrimSuffix(strings.Join(words[:n], " "), ",") + "."
		}
	}
	return text
}

// messageOf shows one mail. kinds are those of the mailings that it may be.
func (c *scene) messageOf(m sales.Message, kinds map[sales.ID]sales.MailingKind) MessageView {
	v := MessageView{ID: m.ID, Incoming: m.Direction == sales.Incoming, At: m.ArrivedAt, Subject: m.Subject, From: m.FromName}
	if v.From == "" {
		v.From = m.From
	}
	text := strings.TrimSpace(m.Text)
	full := strings.TrimSpace(m.FullText)
	if text == "" {
		text, full = full, ""
	}
	v.Text = cut(text, maxShown)
	if at := strings.Index(full, text); full != "" && at >= 0 {
		full = strings.TrimSpace(full[at+len(text):])
	}
	v.Quoted = cut(full, maxShown)
	if v.Incoming {
		v.Verdict, v.HasVerdict = m.Verdict, m.Verdict.Kind != ""
		v.Machine = m.Verdict.Kind != sales.KindReply && m.Verdict.Kind != sales.KindUnsubscribe
		if m.HTML != "" {
			v.HTMLHref = path("/messages", m.ID, "html")
		}
		return v
	}
	v.Text, v.Quoted = ownWords(v.Text)
	switch kinds[m.MailingID] {
	case sales.MailingAuto:
		v.Machine = true
	case sales.MailingApproved:
		v.Note = "by the sequence, approved"
	case "":
		v.Note = "written in another mail program"
	}
	return v
}

// ownWords parts what we wrote from what stands below it: the signature and the
// line to stop, and the mail that it answers.
func ownWords(text string) (words, rest string) {
	at := len(text)
	if i := strings.LastIndex(text, "\n-- \n"); i > 0 {
		at = i
	}
	if q := mail.SplitReply(text[:at], "", "").Unquoted; q != "" && strings.HasPrefix(text, q) {
		at = len(q)
	}
	return strings.TrimSpace(text[:at]), strings.TrimPrefix(strings.TrimSpace(text[at:]), "-- \n")
}

// orWord is s, or other words when it is empty.
func orWord(s, other string) string { return pick(s != "", s, other) }

// taskOf says why a human is needed.
func (c *scene) taskOf(ctx context.Context, t sales.Task) TaskView {
	v := TaskView{ID: t.ID, Kind: t.Kind, Title: t.Title, Note: t.Note, Since: t.CreatedAt, DueAt: t.DueAt}
	switch t.Kind {
	case sales.TaskAnswer, sales.TaskConfirm, sales.TaskReferral:
		clock := c.clockOf(ctx, t)
		v.Late, v.Clock = clock.Alarm, clock.Title
	default:
		v.Late = !t.DueAt.IsZero() && c.now().After(t.DueAt.Add(time.Hour))
	}
	if t.Kind == sales.TaskAnswer && !v.Late {
		v.Counts = c.countsWords(t)
	}
	return v
}

// countsWords says from when the goal of an answer counts, when it came outside
// of the hours of its seller; "" is at once.
func (c *scene) countsWords(t sales.Task) string {
	at := c.clock(t.UserID).Hours.After(t.CreatedAt, 0)
	if !at.After(t.CreatedAt.Add(time.Minute)) || t.DueAt.Before(at) {
		return ""
	}
	whose := "your"
	if t.UserID != c.User.ID {
		whose = "their"
	}
	return "counts from " + at.In(c.sh.Zone).Format("15:04") + " in " + whose + " hours"
}

// factsOf are what we know of a person, with where it comes from.
func factsOf(p sales.Person, a sales.Account, place calendar.Place) (facts, custom []Fact) {
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, Fact{Label: label, Value: value})
		}
	}
	add("Company", a.Name)
	add("Company site", a.Domain)
	add("Time zone", place.Zone+pick(place.From == "person", "", ", taken from the "+place.From))
	add("Country", place.Country)
	add("Language", p.Language)
	for _, name := range slices.Sorted(maps.Keys(p.Custom)) {
		if p.Custom[name] != "" {
			custom = append(custom, Fact{Label: capital(strings.ReplaceAll(name, "_", " ")), Value: cut(p.Custom[name], 500)})
		}
	}
	return facts, custom
}
