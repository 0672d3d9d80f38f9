package classify

import (
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// surest and leastSure bound the confidence that is said; unsure is the
// probability below which no intent is said at all and a person decides.
const (
	surest    = 0.98
	leastSure = 0.05
	unsure    = 0.4

	// A demand to stop that only the words together give away has consequences
	// that nobody looks at again, and an automatic reply is hidden from people: both
	// must be plain.
	sureOfStop = 0.85
	sureOfAway = 0.9
)

// honest turns the probability that the guesser gives for its best intent into
// how often it is right then, as measured on whole mails and single lines from
// which nothing was learnt: from the threshold on it is more often right than
// it says.
func honest(sure float64) float64 {
	steps := [...]struct{ said, is float64 }{{0, 0}, {0.5, 0.52}, {0.6, 0.65}, {0.7, 0.78}, {0.8, 0.88}, {0.9, 0.95}, {1, 1}}
	for i := 1; i < len(steps); i++ {
		if a, b := steps[i-1], steps[i]; sure <= b.said {
			return a.is + (b.is-a.is)*(sure-a.said)/(b.said-a.said)
		}
	}
	return sure
}

// reply reads what a person wants: the phrases and dates in the words are
// weighed together with the words themselves.
func reply(p *mail.Parsed, hits []hit, toks []token, text string, at time.Time, lessons *Lessons, m *memory) sales.Verdict {
	v := sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear, Confidence: 0.3, OriginalID: p.InReplyTo}
	if !hasWords(text) && !answers(p) && hasWords(p.Subject) {
		text = p.Subject
		hits, toks = phrasesIn(text, m)
	}
	g := theGuesser()
	if !hasWords(text) || g == nil {
		v.Reasons = []string{"no words that tell what the person wants"}
		return v
	}
	r := readReply(p, hits, toks, text, at, m)
	features := m.room.wordFeatures(r.text, r.toks)
	taught := lessons.about(features)
	likely := g.probabilities(r.phraseFeatures(features), taught.scores())
	if taught == nil {
		likely = likely.heeding(r.sentences(p, g, likely))
	}
	first, second := likely.best()
	sure := likely.of(first)
	v.Confidence = min(surest, max(leastSure, honest(sure)))
	said := first
	switch {
	case sure < unsure, first == intentAway && sure < sureOfAway, first == sales.OptOut && (sure < sureOfStop || !r.mayStop()):
		v.Confidence = min(surest, max(leastSure, likely.of(sales.Unclear)))
		v.Reasons = r.reasons(sales.Unclear, g)
		v.Reasons = append(v.Reasons, perhaps(first, sure))
		v.Guess, said = guessed(first, second), sales.Unclear
	case first == intentAway:
		v.Kind, v.Intent = sales.KindAutoReply, ""
		v.Reasons = r.reasons(first, g)
		if until, named := awayUntil(text, at); !until.IsZero() {
			v.Until = until
			v.Reasons = append(v.Reasons, "back: "+until.Format("2006-01-02")+` from "`+clip(named)+`"`)
		}
		v.StandIn, v.StandInAddress = standIn(p, text, false)
	case first == sales.OptOut:
		v.Kind, v.Intent = sales.KindUnsubscribe, first
		v.Reasons = r.reasons(first, g)
	default:
		v.Intent, v.Detail = first, likely.detail(first)
		if first == sales.Unclear {
			v.Guess = guessed(first, second)
		}
		v.Reasons = r.reasons(first, g)
		if s := likely.of(second); s >= 0.2 {
			v.Reasons = append(v.Reasons, perhaps(second, s))
		}
	}
	if o, reason := taught.forIntent(said); o != nil {
		v.Lesson, v.Reasons = o.id, append([]string{reason}, v.Reasons...)
	}
	r.details(p, &v)
	return v
}

// guessed is the reading that the likelier of two intents proposes which says
// something.
func guessed(first, second sales.Intent) sales.Reading {
	if first == sales.Unclear {
		first = second
	}
	switch first {
	case intentAway:
		return sales.Reading{Kind: sales.KindAutoReply}
	case sales.OptOut:
		return sales.Reading{Kind: sales.KindUnsubscribe, Intent: first}
	}
	return sales.Reading{Kind: sales.KindReply, Intent: first}
}

// perhaps names an intent that was not said.
func perhaps(intent sales.Intent, sure float64) string {
	return fmt.Sprintf("perhaps %s (%.0f %%)", intentInWords(intent), 100*sure)
}

// intentInWords names an intent in a reason.
func intentInWords(intent sales.Intent) string {
	switch intent {
	case sales.OptOut:
		return "a demand to stop"
	case intentAway:
		return "an automatic reply"
	case sales.Question:
		return "a question"
	}
	return strings.ReplaceAll(string(intent), "_", " ")
}

// mayStop tells whether a text names what demands to stop are made of: the
// guesser alone may not silence somebody for good.
func (r *reading) mayStop() bool {
	words := wordsOf(r.toks)
	switch {
	case r.demands:
		return true
	case len(words) > 40, harmless(words):
		return false
	case hasStem(words, stemsRemove) && (hasStem(words, stemsSelf) || hasStem(words, stemsList) || hasStem(words, stemsData)):
		return !ourSending(words) && !ourList(words)
	}
	return hasStem(words, stemsNot) && hasStem(words, stemsReach) && plainMore(words) && !ourSending(words) && !hasStem(words, stemsGot+" "+stemsPassOn)
}

// details fills in the time that a not now names and whom a wrong person
// names.
func (r *reading) details(p *mail.Parsed, v *sales.Verdict) {
	switch v.Intent {
	case sales.NotNow:
		until, words := r.until, r.put.text
		if !r.isPut {
			until, words = r.mem.laterDate(r.text, r.at)
		}
		if !until.IsZero() {
			v.Until = until
			v.Reasons = append(v.Reasons, "time named: "+until.Format("2006-01-02")+` from "`+clip(words)+`"`)
		}
	case sales.WrongPerson:
		v.Referred = referred(p, r.text, r.mem)
		switch {
		case v.Referred != "":
			v.Detail = sales.Referral
		case v.Detail == sales.Referral:
			v.Detail = sales.NotMe
		}
	}
}

// reasons quotes the words that led to an intent: the phrases that mean it, or
// else the part of the text that speaks for it most, then the phrases that
// speak for something else.
func (r *reading) reasons(intent sales.Intent, g *guesser) []string {
	var out []string
	order := r.scale.order(intent)
	if h := r.scale.best[order[0].place()]; h.weight > 0 {
		out = append(out, order[0].String()+`: "`+clip(h.text)+`"`)
	} else if intent != sales.Unclear {
		if part := r.telling(intent, g); part != "" {
			out = append(out, `reads as `+intentInWords(intent)+`: "`+clip(part)+`"`)
		}
	}
	for _, m := range order[1:] {
		if h := r.scale.best[m.place()]; h.weight > 0 && len(out) < 3 {
			out = append(out, m.String()+`: "`+clip(h.text)+`"`)
		}
	}
	if len(out) == 0 {
		out = append(out, "no words that tell what the person wants")
	}
	return out
}

// telling gives the sentence whose words speak most for an intent.
func (r *reading) telling(intent sales.Intent, g *guesser) string {
	best, most := "", 0.0
	for i, sentence := range r.mem.sentences(r.text) {
		if i == 20 {
			break
		}
		toks := wordsToWeigh(sentence, r.mem)
		if len(toks) == 0 {
			continue
		}
		sum := r.mem.wordSums(g, sentence, toks)
		p := g.likely(&sum, nil)
		if sure := p.of(intent); sure > most {
			best, most = sentence, sure
		}
	}
	return strings.TrimSpace(best)
}

// referred finds whom to turn to instead: an address in the text that is
// neither the writer's nor ours, else a name behind the words that refer.
func referred(p *mail.Parsed, text string, m *memory) string {
	if other := otherAddress(p, text); other != "" {
		return other
	}
	if name := namedIn(p, text, m); name != "" {
		return name
	}
	words := strings.Fields(text)
	for i, w := range words {
		if !strings.Contains(" contact to with reach colleague colleague, person is an mit zuständig kollege kollegin kollegen collègue contacter à colega con collega com met kollega kontakta manager boss successor replacement is: ", " "+strings.ToLower(w)+" ") {
			continue
		}
		if name := nameAt(words[i+1:]); name != "" {
			return name
		}
	}
	return ""
}

// nameAt reads up to three words that begin with a capital letter.
func nameAt(words []string) string {
	var name []string
	for _, w := range words[:min(len(words), 4)] {
		bare := strings.Trim(w, ".,;:()<>\"'!?")
		if bare == "" || !isUpper(bare) || strings.Contains(" I We Our The My Me You Your Please Thanks Sie Frau Herrn Herr Mr Mrs Ms Dr ", " "+bare+" ") && len(name) == 0 && len(bare) < 3 {
			break
		}
		name = append(name, bare)
		if bare != w && !strings.HasSuffix(w, ")") {
			break
		}
	}
	if len(name) == 0 || len(name) == 1 && strings.Contains(" I We Our The My Me You Your Please Thanks Sie Frau Herrn Herr Mr Mrs Ms Dr HR IT ", " "+name[0]+" ") {
		return ""
	}
	return strings.Join(name, " ")
}

func isUpper(s string) bool {
	for _, r := range s {
		return strings.ToLower(string(r)) != string(r)
	}
	return false
}

// otherAddress is the first address in the text that is neither the writer's
// nor one that the mail was sent to.
func otherAddress(p *mail.Parsed, text string) string {
	own := map[string]bool{p.From: true, p.ReplyTo: true}
	for _, a := range p.To {
		own[a.Addr] = true
	}
	for line := range strings.SplitSeq(text, "\n") {
		for _, a := range addressesIn(line) {
			if !own[a.addr] {
				return a.addr
			}
		}
	}
	return ""
}
