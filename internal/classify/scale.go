package classify

import (
	"strings"

	"ninetyten/internal/sales"
)

// String names a meaning in a reason.
func (m meaning) String() string {
	switch m {
	case meansStop:
		return "demand to stop"
	case meansWrong:
		return "somebody else"
	case meansNo:
		return "refusal"
	case meansLater:
		return "not now"
	case meansYes:
		return "interest"
	case meansAsk:
		return "question"
	case meansAway:
		return "absence"
	}
	return "confirmation"
}

// scale holds the strongest phrase of each meaning, after the words of a
// refusal were taken away from interest ("not interested").
type scale struct {
	best    [8]hit // by place
	asks    bool
	words   int
	plainNo bool // nothing but a no
	plainOK bool // nothing but a yes
	day     bool // a day of the week or a time of day is named
}

// place is where the scale has its best phrase of a meaning.
func (m meaning) place() int {
	switch m {
	case meansWrong:
		return 0
	case meansNo:
		return 1
	case meansLater:
		return 2
	case meansYes:
		return 3
	case meansAsk:
		return 4
	case meansAway:
		return 5
	}
	return 7 // never set
}

func weigh(hits []hit, text string, toks []token) scale {
	var s scale
	var taken []hit
	overlaps := func(h hit) bool {
		for _, t := range taken {
			if h.from >= 0 && t.from >= 0 && h.from < t.to && t.from < h.to || h.from < 0 && t.from < 0 && strings.Contains(t.text, h.text) {
				return true
			}
		}
		return false
	}
	for _, means := range [...]meaning{meansWrong, meansNo, meansLater, meansYes, meansAsk, meansAway} {
		var mine []hit
		for _, h := range hits {
			if h.means != means || means != meansAsk && overlaps(h) || means == meansNo && within(h, hits) {
				continue
			}
			mine = append(mine, h)
			if best := &s.best[means.place()]; h.weight > best.weight || h.weight == best.weight && h.from > best.from {
				*best = h
			}
		}
		if means != meansAsk {
			taken = append(taken, mine...)
		}
	}
	for _, t := range toks {
		if t == "?" {
			s.asks = true
		}
		if t.word() {
			s.words++
		}
	}
	s.plainOK = s.words == 1 && strings.Contains(plainYeses, " "+string(toks[0])+" ")
	s.day = namesDay(toks) || firstIn(text, "曜日|周一|周二|周三|周四|周五|星期|礼拜|上午|下午|午前|午後") != ""
	s.plainNo = s.words == 1 && strings.Contains(plainNos, " "+string(toks[0])+" ")
	return s
}

// within tells whether a refusal is part of a longer phrase for later: "not a
// priority" in "not a priority right now".
func within(h hit, hits []hit) bool {
	for _, l := range hits {
		if l.means == meansLater && l.weight >= 3 && h.from >= 0 && l.from <= h.from && l.to >= h.to && l.to-l.from > h.to-h.from {
			return true
		}
	}
	return false
}

// decide weighs the meanings against each other.
func (s *scale) decide() (sales.Intent, float64) {
	wrong, no, later, yes, ask := s.best[meansWrong.place()], s.best[meansNo.place()], s.best[meansLater.place()], s.best[meansYes.place()], s.best[meansAsk.place()]
	sure := func(h hit, rivals ...hit) float64 {
		c := 0.55 + 0.13*h.weight // 0.94 for the plainest words
		for _, r := range rivals {
			c -= 0.07 * r.weight
		}
		return min(0.95, max(0.4, c))
	}
	switch {
	case wrong.weight >= 2.5 && !(yes.weight >= 3 && yes.weight > wrong.weight):
		return sales.WrongPerson, sure(wrong, no, yes)
	case no.weight >= 2 && later.weight >= 3:
		return sales.NotNow, sure(later, no)
	case no.weight >= 2.5 && !(yes.weight >= 3 && no.weight < 3 && yes.from > no.from):
		return sales.NotInterested, sure(no, yes)
	case yes.weight >= 2 && later.weight >= 2:
		// "Busy now, but keen" and "sounds good, but not now": the last word counts.
		if yes.weight >= 3 && later.weight < 3 || yes.from > later.from && yes.weight >= later.weight {
			return sales.Interested, sure(yes, later)
		}
		return sales.NotNow, sure(later, yes)
	case ask.weight >= 3 && yes.weight < 2.5 && later.weight < 2 && no.weight < 2:
		return sales.Question, sure(ask)
	case no.weight >= 2 && yes.weight < 2.5:
		return sales.NotInterested, sure(no, yes)
	case later.weight >= 2:
		return sales.NotNow, sure(later)
	case wrong.weight >= 2 && yes.weight < 2.5:
		return sales.WrongPerson, sure(wrong)
	case yes.weight >= 2.5, yes.weight >= 2 && (!s.asks || s.day || ask.weight == 0 && s.words < 8), yes.weight >= 2 && yes.from == 0:
		return sales.Interested, sure(yes)
	case s.plainOK, s.asks && s.day && ask.weight < 2.5:
		return sales.Interested, 0.65
	case ask.weight >= 2.5:
		return sales.Question, sure(ask)
	case s.asks && (ask.weight > 0 || s.words > 2):
		return sales.Question, 0.6 + 0.05*ask.weight
	case ask.weight >= 2:
		return sales.Question, 0.5
	case yes.weight >= 2:
		return sales.Interested, 0.55
	case s.plainNo:
		return sales.NotInterested, 0.8
	case no.weight > 0:
		return sales.NotInterested, 0.5
	}
	return sales.Unclear, 0.3
}

// plainYeses are messages of one word that agree.
const plainYeses = " yes yep yeah sure ok okay ja oui si sim tak gerne gern volontiers claro certo graag garna gjerne absolutely definitely interested "

// namesDay tells whether a text names a day of the week or a time of day, as
// proposals for a meeting do.
func namesDay(toks []token) bool {
	for i, t := range toks {
		w := string(t)
		if len(w) > 3 && weekdayOf(w) >= 0 || w == "tomorrow" || w == "uhr" || w == "pm" || w == "demain" || w == "manana" {
			return true
		}
		if n := len(w); n >= 3 && n <= 4 && isDigit(w[0]) && (strings.HasSuffix(w, "pm") || strings.HasSuffix(w, "am")) && i > 0 {
			return true
		}
	}
	return false
}

// plainNos are messages of one word that refuse.
const plainNos = " no nope nah nein non nee nej nei nie nao "

// order gives the meanings to quote, the deciding one first.
func (s *scale) order(intent sales.Intent) []meaning {
	first := meaning(0)
	switch intent {
	case sales.WrongPerson:
		first = meansWrong
	case sales.NotInterested:
		first = meansNo
	case sales.NotNow:
		first = meansLater
	case sales.Interested:
		first = meansYes
	case sales.Question:
		first = meansAsk
	case sales.OptOut:
		first = meansStop
	case intentAway:
		first = meansAway
	}
	out := []meaning{first}
	for _, m := range [...]meaning{meansWrong, meansNo, meansLater, meansYes, meansAsk} {
		if m != first {
			out = append(out, m)
		}
	}
	return out
}
