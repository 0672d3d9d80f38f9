package classify

import (
	"strings"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// words are the phrases of a text that tell a machine from a person.
type words struct {
	away, confirms, challenge, gone hit // of machines
	warm, later, wrong              hit // of people
	aways, confirmed                int // how many there are
}

func wordsIn(text string, hits []hit, toks []token) words {
	own := machineHits(text, toks)
	all := append(own, hits...)
	return words{
		away: strongest(all, meansAway), confirms: strongest(all, meansReceipt), challenge: strongest(own, meansChallenge), gone: strongest(own, meansWrong),
		warm: strongest(hits, meansYes), later: strongest(hits, meansLater), wrong: strongest(hits, meansWrong),
		aways: count(all, meansAway), confirmed: count(all, meansReceipt),
	}
}

// autoReply decides whether a machine answered: by the headers, or, when they
// are silent, by a text that speaks of absence and of nothing else.
func autoReply(p *mail.Parsed, m machine, hits []hit, toks []token, at time.Time) (sales.Verdict, bool) {
	v := sales.Verdict{Kind: sales.KindAutoReply, Confidence: m.sure, Reasons: m.signs, OriginalID: p.InReplyTo}
	if m.list != "" && !answers(p) && m.header < 0.9 && hasListMark(p) {
		return sales.Verdict{}, false // a newsletter may be about holidays
	}
	w := wordsIn(p.Reply, hits, toks)
	sure, why := speaksAsMachine(p, m, w, at)
	if sure == 0 {
		return sales.Verdict{}, false
	}
	v.Confidence = max(sure, min(m.sure, 0.97))
	if why != "" {
		v.Reasons = append(v.Reasons, why)
	}
	for _, h := range [...]hit{w.away, w.confirms, w.challenge} {
		if h.weight > 0 {
			v.Reasons = append(v.Reasons, `text: "`+clip(h.text)+`"`)
		}
	}
	ticket := w.away.weight == 0 && (w.confirms.weight > 0 || w.challenge.weight > 0)
	if weekly := strings.HasPrefix(w.away.text, "i work "); !ticket && !weekly {
		if until, named := awayUntil(p.Subject+"\n\n"+p.Reply, at); !until.IsZero() {
			v.Until = until
			v.Reasons = append(v.Reasons, "back: "+until.Format("2006-01-02")+` from "`+clip(named)+`"`)
		}
	}
	if left := leftFor(w, v); left.weight > 0 {
		v.Intent, v.Until = sales.WrongPerson, time.Time{}
		v.Reasons = append(v.Reasons, `left: "`+clip(left.text)+`"`)
		v.StandIn, v.StandInAddress = standIn(p, p.Reply, true)
		v.Referred = orWord(v.StandInAddress, orWord(v.StandIn, referred(p, p.Reply, nil)))
		return v, true
	}
	if !ticket {
		v.StandIn, v.StandInAddress = standIn(p, p.Reply, false)
	}
	return v, true
}

// leftFor gives the words by which a machine says that the person is gone for
// good. One who names a day to be back has not left.
func leftFor(w words, v sales.Verdict) hit {
	switch {
	case w.gone.weight >= 3 && (v.Until.IsZero() || w.away.weight == 0):
		return w.gone
	case w.wrong.weight >= 3 && w.away.weight == 0 && w.confirms.weight == 0 && w.challenge.weight == 0:
		return w.wrong
	}
	return hit{}
}

// speaksAsMachine weighs headers and words; 0 when a person may have written.
func speaksAsMachine(p *mail.Parsed, m machine, w words, at time.Time) (sure float64, why string) {
	asks := asksBack(withoutLinks(p.Reply))
	if m.sure >= 0.9 {
		return m.sure, ""
	}
	quiet := !asks && w.warm.weight < 3 && w.later.weight < 3 && (w.away.weight == 0 || personal(p.Reply) == "")
	switch {
	case m.sure >= 0.7 && !m.weak && (answers(p) || w.away.weight > 0 || w.confirms.weight > 0 || w.gone.weight > 0):
		return m.sure, ""
	case quiet && len(p.Reply) > 60 && w.gone.weight >= 3.5 && w.warm.weight < 2.5 && personal(p.Reply) == "": // who left does not write from that mailbox
		return 0.75, "the text says that its own writer has left"
	case m.weak && (w.away.weight > 0 || w.gone.weight > 0 || w.confirms.weight > 0 || answers(p)) && (quiet || w.away.weight >= 3):
		return 0.9, ""
	case w.challenge.weight >= 3 && hasLink(p) && !asks:
		return 0.75, "a challenge to the sender"
	case w.confirms.weight >= 4 && w.warm.weight < 2.5 && !asks:
		return 0.8, "the text says that a machine sends it"
	case quiet && (w.away.weight >= 3 || w.away.weight >= 2.5 && w.aways > 1):
		return 0.75, "the text speaks of an absence alone"
	case w.confirms.weight >= 3 && (machineFrom(p) || m.list != "" || suppresses(p)):
		return 0.75, "a receipt"
	case w.confirms.weight >= 2.5 && w.confirmed > 1 && w.warm.weight < 2.5 && !asks && w.later.weight < 2.5:
		return 0.65, "a receipt"
	case quiet && w.warm.weight < 2.5 && w.away.weight >= 2.5 && w.later.weight < 2.5 && comesBack(p.Reply, at):
		return 0.7, "the text names a day to be back"
	case suppresses(p) && w.away.weight > 0:
		return 0.8, "X-Auto-Response-Suppress"
	}
	return 0, ""
}

// hasLink tells whether a mail shows an address of a page.
func hasLink(p *mail.Parsed) bool {
	return strings.Contains(p.Text, "://") || strings.Contains(p.Text, "www.") || strings.Contains(p.HTML(), "href=")
}

// bulk tells newsletters and notifications from mail of a person. Mail with
// the marks of a list that answers one of ours may be a person's whose company
// sends through one: an answer that is missed costs more than one too many.
func bulk(p *mail.Parsed, m machine) (sales.Verdict, bool) {
	switch {
	case m.list != "" && !answers(p):
		return sales.Verdict{Kind: sales.KindOther, Confidence: 0.85, Reasons: []string{m.list}}, true
	case m.sure >= 0.8:
		return sales.Verdict{Kind: sales.KindOther, Confidence: m.sure, Reasons: m.signs}, true
	case machineFrom(p) && !answers(p):
		return sales.Verdict{Kind: sales.KindOther, Confidence: 0.8, Reasons: []string{"from " + p.From}}, true
	}
	return sales.Verdict{}, false
}

// strongest gives the hit of a meaning that weighs most.
func strongest(hits []hit, means meaning) hit {
	var best hit
	for _, h := range hits {
		if h.means == means && h.weight > best.weight {
			best = h
		}
	}
	return best
}

// count gives how many hits of a meaning do not overlap.
func count(hits []hit, means meaning) int {
	n := 0
	last := -1
	for _, h := range hits {
		if h.means == means && (h.from >= last || h.from < 0) {
			n++
			last = h.to
		}
	}
	return n
}
