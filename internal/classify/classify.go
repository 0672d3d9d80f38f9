package classify

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// Classify tells what p is. at is when it arrived; dates that the text names
// are read relative to it. The order is that of harm: a complaint, then a
// report on a delivery, then a demand to stop, then a machine, then a person.
func Classify(p *mail.Parsed, at time.Time) sales.Verdict { return classify(p, at, nil) }

func classify(p *mail.Parsed, at time.Time, lessons *Lessons) sales.Verdict {
	return climb(p, at, lessons, nil)
}

// phrasesIn gives the phrases of a text and the demand to stop that no phrase
// foresaw.
func phrasesIn(text string, m *memory) (hits []hit, toks []token) {
	hits, toks, known := m.phrases(text)
	if !known {
		hits, toks = find(withAddressWords(text), m)
		hits = slices.DeleteFunc(hits, func(h hit) bool { return h.means == meansStop && (ofOthers(toks, h) || spared(toks, h)) })
	}
	keep := m != nil && m.whole == nil && len(m.runs) > 0
	if keep {
		m.whole = &wholeText{text: text, hits: slices.Clone(hits), demands: true}
	}
	if strongest(hits, meansStop).weight == 0 && (!known || m.whole.demands) {
		h, ok := demands(toks)
		if ok {
			hits = append(hits, h)
		}
		if keep {
			m.whole.demands = ok
		}
	}
	if wantsCall(hits, toks) {
		hits = slices.DeleteFunc(hits, func(h hit) bool {
			return h.means == meansStop && (h.from < 0 || !hasStem(toks[h.from:h.to], stemsRemove) && hasStem(toks[h.from:h.to], stemsMail))
		})
	}
	return hits, toks
}

// wantsCall tells whether a text asks for a call or a talk, so that "no more
// mails" in it is no demand to stop.
func wantsCall(hits []hit, toks []token) bool {
	for _, h := range hits {
		if h.means != meansYes || h.weight < 2.5 {
			continue
		}
		if h.from < 0 && firstIn(h.text, "電話|打电话|打給|面談|お話") != "" || h.from >= 0 &&
			hasStem(toks[h.from:h.to], "call$ ring$ phone$ talk$ chat$ speak$ reden$ sprechen$ telefon ruf$ rufen$ anruf appelez$ parlons$ parler$ llam hablamos$ hablemos$ chiam sentiamoci$ lig$ liga$ ligue$ falamos$ bel$ bellen$ zadzwon dzwon") {
			return true
		}
	}
	return false
}

// zoneOf is the zone of the Date of a mail (RFC 5322 section 3.3), in which
// its writer says "tomorrow"; UTC when it gives none.
func zoneOf(p *mail.Parsed) *time.Location {
	for _, f := range strings.Fields(p.Header.Raw("Date")) {
		if len(f) != 5 || f[0] != '+' && f[0] != '-' {
			continue
		}
		n, err := strconv.Atoi(f[1:])
		if err != nil || n%100 >= 60 || n >= 1500 {
			continue
		}
		seconds := n/100*3600 + n%100*60
		if f[0] == '-' {
			seconds = -seconds
		}
		if seconds != 0 {
			return time.FixedZone(f, seconds)
		}
	}
	return time.UTC
}

// maxWords is how much of each text is looked at, in bytes: what somebody wants
// stands before that, and a mail of a megabyte must not hold up the mailbox.
const maxWords = 64 << 10

// bounded is p with texts of at most maxWords bytes.
func bounded(p *mail.Parsed) *mail.Parsed {
	if len(p.Text) <= maxWords && len(p.Reply) <= maxWords && len(p.Unquoted) <= maxWords && len(p.Quoted) <= maxWords {
		return p
	}
	short := *p
	for _, s := range []*string{&short.Text, &short.Reply, &short.Unquoted, &short.Quoted} {
		if len(*s) > maxWords {
			*s = strings.ToValidUTF8((*s)[:maxWords], "")
		}
	}
	return &short
}

// originalID is the Message-ID of the mail that a report is about.
func originalID(p *mail.Parsed) string {
	if p.Original != nil && p.Original.HeaderID != "" {
		return p.Original.HeaderID
	}
	if len(p.OurIDs) > 0 {
		return p.OurIDs[0]
	}
	return ""
}

func orWord(s, other string) string {
	if s = strings.TrimSpace(s); s == "" {
		return other
	}
	return s
}

// clip shortens a quoted reason.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 160 {
		return string(r[:157]) + "..."
	}
	return s
}

// firstIn gives the first word of a "|"-separated list that text contains.
func firstIn(text, list string) string {
	for list != "" {
		word := list
		if i := strings.IndexByte(list, '|'); i >= 0 {
			word, list = list[:i], list[i+1:]
		} else {
			list = ""
		}
		if word != "" && strings.Contains(text, word) {
			return word
		}
	}
	return ""
}
