package dossier

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// Asked is something that they asked, and what became of it.
type Asked struct {
	Text     string // their own words, or what the ledger says
	At       time.Time
	Message  sales.ID   // where it stands; 0 is nowhere
	Answered sales.Move // the line that answered it; zero: nobody did
}

// Open tells whether nobody answered yet.
func (a Asked) Open() bool { return a.Answered.ID == 0 }

// WhatTheyAsked gives what they asked, the newest first, at most so many. moves come
// the newest first; mails are those that the lines name. A mail of ours by hand or a
// talk after it counts as the answer; what goes by itself does not.
func WhatTheyAsked(moves []sales.Move, mails map[sales.ID]string, most int) []Asked {
	var out []Asked
	var answer sales.Move
	for _, m := range moves {
		switch m.Kind {
		case sales.MoveMailManual, sales.MoveTalk, sales.MoveMeeting:
			answer = m
		case sales.MoveQuestion, sales.MoveInterest, sales.MoveReply:
			if len(out) >= most {
				return out
			}
			qs := Questions(mails[m.MessageID])
			if len(qs) == 0 && m.Kind == sales.MoveQuestion {
				qs = []string{plain(m.Text)}
			}
			for _, q := range qs[:min(len(qs), most-len(out))] {
				out = append(out, Asked{Text: q, At: m.At, Message: m.MessageID, Answered: answer})
			}
		}
	}
	return out
}

// Questions are the sentences of a mail that end with a question mark, of any script,
// at most four.
func Questions(text string) []string {
	var out []string
	begin := 0
	for i, r := range text {
		n := utf8.RuneLen(r)
		switch r {
		case '?', '？', '؟':
			q := strings.Trim(strings.Join(strings.Fields(text[begin:i+n]), " "), "?？؟!. \"“”")
			if utf8.RuneCountInString(q) >= 4 && !strings.Contains(q, "://") && len(out) < 4 {
				out = append(out, clip(q, 200)+"?")
			}
			begin = i + n
		case '.', '!', '\n', '。', '！':
			if r == '\n' && !strings.HasPrefix(text[i+n:], "\n") && r == '\n' {
				continue // a line that goes on
			}
			if i+n >= len(text) || strings.ContainsAny(text[i+n:i+n+1], " \n\t") || r > 0x2000 {
				begin = i + n
			}
		}
	}
	return out
}

// Said is something that one side said it would do, or asked to be left until.
type Said struct {
	Text    string
	Side    sales.MoveSide // who is to do it
	At      time.Time      // when it was said
	Due     time.Time      // zero: no date was named
	Message sales.ID
}

// Promises are what the ledger and the verdicts of mails say about what comes next,
// the newest of each: they asked for a later time, a meeting was booked, we wait.
func Promises(moves []sales.Move, verdicts map[sales.ID]sales.Verdict, now time.Time) []Said {
	var out []Said
	done := map[sales.MoveKind]bool{}
	for _, m := range moves {
		if !slices.Contains([]sales.MoveKind{sales.MoveNotNow, sales.MoveMeeting, sales.MoveWait}, m.Kind) || done[m.Kind] {
			continue
		}
		done[m.Kind] = true
		s := Said{Text: plain(m.Text), Side: sales.TheirMove, At: m.At, Due: m.Until, Message: m.MessageID}
		if v, ok := verdicts[m.MessageID]; ok && s.Due.IsZero() {
			s.Due = v.Until
		}
		if m.Kind == sales.MoveNotNow {
			s.Side = sales.OurMove // they asked us to come back
		}
		if m.Kind != sales.MoveNotNow && !s.Due.IsZero() && s.Due.Before(now) {
			continue
		}
		out = append(out, s)
	}
	return out
}
