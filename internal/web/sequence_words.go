package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// stepViews shows the steps of a sequence, without counts.
func stepViews(q sales.Sequence) []StepView {
	var out []StepView
	for i, s := range q.Steps {
		out = append(out, StepView{ID: s.ID, Position: i, Kind: s.Kind, Delay: s.Delay, Track: s.Track.OrMain(), Options: optionWords(s, !q.Anchor.IsZero()), Subject: s.Subject, Body: s.Body, Note: s.Note, MaxWait: s.MaxWaitDays})
	}
	return out
}

// stepCounts are what came of a step so far.
func stepCounts(s sales.Step, stats map[store.Stat]int) []Count {
	n := func(name string) int { return stats[store.Stat{StepID: s.ID, Name: name}] }
	var out []Count
	if s.Kind.IsMail() {
		out = append(out, Count{N: n(store.StatSent), Text: "sent"})
	}
	for _, c := range []struct{ name, text, tone string }{
		{store.StatDone, "done", ""}, {store.StatAnswered, "answered", "good"}, {store.StatInterested, "interested", "good"},
		{store.StatBounced, "came back", "bad"}, {store.StatUnsubscribed, "asked to stop", ""},
	} {
		if k := n(c.name); k > 0 {
			out = append(out, Count{N: k, Text: c.text, Tone: c.tone})
		}
	}
	if len(out) == 1 && out[0].N == 0 {
		return nil
	}
	return out
}

// waitWords says who waits at a step, and for what: "26 wait here: 17 for their
// hours, 9 for the pace of the mailbox."
func waitWords(waits []store.StepWait, position int) string {
	total := 0
	by := map[string]int{}
	var order []string
	for _, w := range waits {
		if w.Position != position || !w.State.Alive() {
			continue
		}
		words := waitsFor(w)
		if by[words] == 0 {
			order = append(order, words)
		}
		by[words] += w.N
		total += w.N
	}
	if total == 0 {
		return ""
	}
	var parts []string
	for _, words := range order {
		parts = append(parts, number(by[words])+" "+words)
	}
	if len(parts) == 1 {
		return fmt.Sprintf("%s here %s.", number(total)+pick(total == 1, " waits", " wait"), order[0])
	}
	return fmt.Sprintf("%s wait here: %s.", number(total), strings.Join(parts, ", "))
}

func waitsFor(w store.StepWait) string {
	switch w.State {
	case sales.Pending:
		return "for the start of the sequence"
	case sales.WaitingHuman:
		return "for one of you"
	case sales.WaitingThem:
		return "for their move"
	case sales.Paused:
		return pick(w.Reason == "" || w.Reason == sales.PausedManual, "paused by hand", "paused: "+strings.ToLower(pausedWords(w.Reason)))
	}
	switch w.Gate {
	case sales.GateSuppression:
		return "because they must not be written to"
	case sales.GateAnswer:
		return "until the mailbox is read up to now"
	case sales.GateBalance:
		return "because it is their move"
	case sales.GateLimits:
		return "for a free place in the mailbox"
	case sales.GateWindow:
		return "for their hours"
	case sales.GateRetry:
		return "for another try at the server"
	}
	return "for their day"
}

// summaryWords says how many people are in a sequence and how many ended.
func summaryWords(waits []store.StepWait) string {
	alive, human, ended := 0, 0, 0
	for _, w := range waits {
		switch {
		case w.State == sales.WaitingHuman:
			human += w.N
			alive += w.N
		case w.State.Alive():
			alive += w.N
		default:
			ended += w.N
		}
	}
	if alive+ended == 0 {
		return "nobody is in it yet"
	}
	out := many(alive, "person", "people") + " in it"
	if human > 0 {
		out += ", " + number(human) + " of them wait for one of you"
	}
	if ended > 0 {
		out += ", " + number(ended) + " through it"
	}
	return out
}

// costs are what a sequence asks of the people in it.
func costs(q sales.Sequence, stats map[store.Stat]int) []Fact {
	mails, words, days := 0, 0, 0
	for i, s := range q.Steps {
		if s.Kind.IsMail() {
			mails++
			words += len(strings.Fields(s.Body))
		}
		if i > 0 {
			switch s.Delay.Unit {
			case sales.WorkingDays, sales.Days:
				days += s.Delay.N
			}
		}
	}
	if len(q.Steps) == 0 {
		return nil
	}
	out := []Fact{{Label: "Mails a person", Value: number(mails) + " at most"}, {Label: "To read", Value: many(words, "word", "words")}, {Label: "Over", Value: pick(days > 0, many(days, "day", "days")+" or more", "a day")}}
	sent, stopped := 0, 0
	for st, n := range stats {
		switch st.Name {
		case store.StatSent:
			sent += n
		case store.StatUnsubscribed:
			stopped += n
		}
	}
	if sent > 0 {
		out = append(out, Fact{Label: "Asked to stop", Value: fmt.Sprintf("%s after %s", number(stopped), many(sent, "mail", "mails"))})
	}
	return out
}

// rulesWords says the rules of a sequence in a few sentences.
func rulesWords(q sales.Sequence) string {
	r := q.Rules
	out := []string{"Stops on any answer."}
	out = append(out, map[sales.OnReply]string{sales.ColleaguesPause: "Colleagues pause when one answers.", sales.ColleaguesGoOn: "Colleagues go on when one answers.", sales.ColleaguesStop: "Colleagues stop when one answers."}[r.Colleagues])
	if r.MaxAutoMails > 0 {
		out = append(out, "At most "+many(r.MaxAutoMails, "automatic mail", "automatic mails")+" a person, then you decide.")
	}
	if r.ActivePerAccount > 0 {
		out = append(out, many(r.ActivePerAccount, "person", "people")+" at one company at a time.")
	}
	out = append(out, pick(r.Unsubscribe, "Each mail has a line to stop.", "The mails have no line to stop."))
	return strings.Join(out, " ")
}

// findings are what the checks say of the texts.
func findingsOf(list []render.Finding) []Finding {
	var out []Finding
	for _, f := range list {
		tone := map[render.Severity]string{render.Blocks: "bad", render.Warns: "late"}[f.Severity]
		if f.Alone {
			tone = "late"
		}
		out = append(out, Finding{Tone: tone, Text: "Step " + strconv.Itoa(f.Step+1) + ": " + pick(f.Quote != "", "“"+f.Quote+"”. ", "") + f.Says})
	}
	return out
}

// blocked tells whether a finding keeps the sequence from running.
func blocked(list []Finding) bool {
	for _, f := range list {
		if f.Tone == "bad" {
			return true
		}
	}
	return false
}

// calendarDays writes a number of days of mail: "today", "2 working days".
func workingDays(n int) string {
	if n <= 1 {
		return "one working day"
	}
	return many(n, "working day", "working days")
}

// later gives the later of two moments.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
