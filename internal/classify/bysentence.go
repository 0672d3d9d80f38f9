package classify

import (
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// In a whole mail one sentence says what its writer wants, and the others lead
// to it. Where the mail as a whole leaves a doubt, its sentences are asked one
// by one: each counts as far as it is plain and says anything.
const (
	heedBelow    = 0.9  // how sure of the whole mail leaves no doubt
	heedShare    = 0.35 // what the sentences count beside the whole
	heedMost     = 16   // sentences that are asked
	heedLeastSum = 0.05 // of their weights, below which they say nothing
)

// sentences gives what the sentences of a mail say together; false when the
// whole is sure enough, or there is only one.
func (r *reading) sentences(p *mail.Parsed, g *guesser, whole likelihoods) (likelihoods, bool) {
	first, _ := whole.best()
	if whole.of(first) >= heedBelow {
		return whole, false
	}
	parts := r.mem.sentences(withoutGreeting(r.text))
	if len(parts) < 2 {
		return whole, false
	}
	var said likelihoods
	sum := 0.0
	for _, part := range parts[:min(len(parts), heedMost)] {
		if !hasWords(part) {
			continue
		}
		hits, toks := phrasesIn(part, r.mem)
		one := readReply(p, hits, toks, part, r.at, r.mem)
		scores := r.mem.wordSums(g, part, one.toks)
		g.add(&scores, one.phraseFeatures(nil))
		likely := g.likely(&scores, nil)
		top := 0.0
		for _, v := range likely {
			top = max(top, v)
		}
		weight := top * (1 - likely.of(sales.Unclear))
		weight *= weight
		for c, v := range likely {
			said[c] += weight * v
		}
		sum += weight
	}
	if sum < heedLeastSum {
		return whole, false
	}
	for c := range said {
		said[c] /= sum
	}
	return said, true
}

// heeding mixes what the sentences say into what the whole mail says.
func (p likelihoods) heeding(said likelihoods, any bool) likelihoods {
	if !any {
		return p
	}
	for c := range p {
		p[c] = (1-heedShare)*p[c] + heedShare*said[c]
	}
	return p
}
