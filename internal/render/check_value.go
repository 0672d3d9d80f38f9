package render

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The search for value that is stated without a connection: a sentence in which
// we, or what is ours, does somebody good, in a mail that nowhere says what that
// is to this person. It reads English, German, French and Spanish, by words and
// not by meaning: it misses what is said in other words, and a hint is all that
// it gives. A sentence claims when a word for us comes before a verb of benefit;
// a mail connects when it has a field with something known of the person or the
// deal, or a sentence to the reader with a word of trouble, or of something that
// they said, did or made.

// benefitWindow is how many words after the word for us a verb may stand.
const benefitWindow = 9

// Words of claims. They are read-only.
var (
	usWords = wordSet(`we we're we've we'll we'd our ours wir unser unsere unserem unseren unserer unseres nous notre nos nosotros nosotras nuestro nuestra nuestros nuestras`)
	// Verbs of English with their endings taken off, and of the others as stems.
	benefitEnglish = wordSet(`accelerat automat boost cut cutt deliver doubl driv eliminat empower enabl generat grow guarante help improv increas lower maximi optimi optimis optimiz
		prevent protect rais reduc save sav simplif solv speed streamlin transform tripl unlock`)
	benefitEndings = wordSet(`e es ed s d n en ing se ses sed sing ze zes zed zing y ies ied`)
	benefitStems   = strings.Fields(`helf hilf hilft spar senk steiger verbesser erhöh beschleunig reduzier verdoppel vereinfach automatisier optimier ermöglich unterstütz
		aid économis réduis rédui augment amélior accélér doubl automatis simplifi optimis permet
		ayud ahorr reduc reduz aument mejor aceler duplic automatiz simplific optimiz permit`)
	benefitAlone = wordSet(`ayudamos ahorramos mejoramos reducimos aumentamos`) // Spanish says we in the verb
)

// Words of connections. They are read-only.
var (
	youWords  = wordSet(`you you're you've you'd sie ihr du vous tu usted ustedes te`)
	yourWords = wordSet(`your yours ihre ihrem ihren ihrer ihres ihr dein deine deinem deinen deiner votre vos ton ta tes su sus tu tus`)
	// Trouble that the reader may have: English as it is, the others as stems.
	troubleWords = wordSet(`problem problems pain pains struggle struggles struggling lose loses losing lost waste wastes wasted wasting slow late manual manually difficult hard stuck
		risk risks complain complains complaints behind error errors delay delays delayed chase chases chasing backlog churn fail fails failing frustrated frustrating expensive
		worry worried bottleneck trouble`)
	troubleStems = strings.Fields(`problem verlier verlor mühsam langsam fehler aufwand aufwendig aufwänd schwierig verspät risik ärger problèm perd erreur difficil retard risqu pierd difícil retras riesgo`)
	// What the reader said or did, and what they made.
	deedStems = strings.Fields(`said say mention told wrote ask post publish announc hired opened describ complain sagt schrieb geschrieb erwähn frag gefrag gepost veröffentlich dit écrit mentionn demand publi
		dijo escrib mencion pregunt`)
	deedNouns = strings.Fields(`post article talk podcast interview announcement job report webinar beitrag artikel vortrag stellen ankündigung bericht artículo anuncio annonce`)
)

// deedWindow is how many words after the reader a deed may stand.
const deedWindow = 3

// wordSet makes a set of words.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		set[w] = true
	}
	return set
}

// value looks for value that is stated without a connection.
func (c *checker) value(l *Letter, body string) {
	if slices.ContainsFunc(l.body.fields, connects) {
		return
	}
	claim := ""
	for _, s := range sentences(withoutLinks(body)) {
		switch {
		case c.claims(s):
			if claim == "" {
				claim = s
			}
		case aboutThem(s):
			return
		}
	}
	if claim != "" {
		c.say(Hints, InBody, claim, "This says what we do for people, and the mail says nothing of what it is to this one. Name a problem of theirs as you learned it, for example with {{ custom.pain }}, and tie the two together.")
		if n := len(c.out); n > 0 {
			c.out[n-1].Alone = true
		}
	}
}

// connects tells whether a field holds something that is known of one person,
// and not just how they are addressed.
func connects(field string) bool {
	return strings.HasPrefix(field, "custom.") && field != "custom.city" && field != "custom.industry" || strings.HasPrefix(field, "deal.") && field != "deal.amount"
}

// tokens are the words of a sentence in lower case.
func tokens(s string) []string {
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' })
}

// claims tells whether a sentence says that we, or what is ours, does good.
func (c *checker) claims(s string) bool {
	if asks(s) {
		return false
	}
	if flat := strings.Join(tokens(s), " "); slices.ContainsFunc(c.Values, func(v string) bool {
		words := strings.Join(tokens(v), " ")
		return len(words) > 12 && strings.Contains(flat, words)
	}) {
		return true
	}
	left := 0 // words in which a verb still counts
	for _, part := range c.apart(s) {
		if part == "" { // one of our names
			left = benefitWindow
			continue
		}
		for _, w := range tokens(part) {
			switch {
			case benefitAlone[w]:
				return true
			case usWords[w]:
				left = benefitWindow
			case left > 0 && benefits(w):
				return true
			default:
				left--
			}
		}
	}
	return false
}

// apart cuts a sentence at the names of what is ours, which become "".
func (c *checker) apart(s string) []string {
	parts := []string{s}
	for _, name := range c.Ours {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		var next []string
		for _, p := range parts {
			if p == "" {
				next = append(next, p)
				continue
			}
			for {
				i := indexWord(p, name)
				if i < 0 {
					break
				}
				next = append(next, p[:i]+" ", "")
				p = p[i+len(name):]
			}
			next = append(next, p+" ")
		}
		parts = next
	}
	return slices.DeleteFunc(parts, func(p string) bool { return p != "" && strings.TrimSpace(p) == "" })
}

// indexWord is where name stands as a whole word, written as it is, or -1.
func indexWord(s, name string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], name)
		if i < 0 {
			return -1
		}
		i += from
		inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+len(name):])
		if !inWord(before) && !inWord(after) {
			return i
		}
		from = i + len(name)
	}
}

// benefits tells whether a word is a verb of doing good.
func benefits(w string) bool {
	if benefitEnglish[w] {
		return true
	}
	for end := range benefitEndings {
		if stem, ok := strings.CutSuffix(w, end); ok && benefitEnglish[stem] {
			return true
		}
	}
	return slices.ContainsFunc(benefitStems, func(stem string) bool { return strings.HasPrefix(w, stem) })
}

// aboutThem tells whether a sentence speaks to the reader of trouble, or of
// something that they said or did.
func aboutThem(s string) bool {
	begins := func(w string, stems []string) bool {
		return slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(w, stem) })
	}
	to, trouble := false, false
	you, your := 0, 0 // words in which a deed still counts
	for _, w := range tokens(s) {
		if you > 0 && begins(w, deedStems) || your > 0 && begins(w, deedNouns) {
			return true
		}
		you, your = you-1, your-1
		if youWords[w] {
			to, you = true, deedWindow
		}
		if yourWords[w] {
			to, your = true, deedWindow
		}
		trouble = trouble || troubleWords[w] || begins(w, troubleStems)
	}
	return to && trouble
}
