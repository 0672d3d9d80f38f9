package classify

import (
	"strconv"
	"strings"
	"sync"
)

// meaning is what a phrase stands for.
type meaning byte

// The meanings, by the letter that the phrase lists use.
const (
	meansStop    meaning = 'u' // a demand to stop
	meansWrong   meaning = 'w' // somebody else, somewhere else
	meansNo      meaning = 'n' // not interested
	meansLater   meaning = 'l' // not now
	meansYes     meaning = 'i' // interested
	meansAsk     meaning = 'q' // a question
	meansAway    meaning = 'o' // an absence
	meansReceipt meaning = 'r' // a machine confirms that it got the mail
	meansPrice   meaning = 'p' // money: a question where it is asked for, else interest
)

// phrase is a compiled pattern.
type phrase struct {
	means  meaning
	weight float64
	parts  []piece
	first  bool // only at the beginning of a sentence
}

// piece of a pattern: one of several words, a gap of up to five words, or a
// word that may be missing.
type piece struct {
	words []string
	gap   bool
	maybe bool
}

// hit is a phrase found in a text.
type hit struct {
	means    meaning
	weight   float64
	from, to int // tokens
	text     string
}

// lexicon holds all phrases, by their first word; cjk those of scripts without
// blanks, which are searched as they stand.
type lexicon struct {
	byWord map[string][]*phrase
	byStem map[byte][]stemmed // by the first letter
	cjk    []cjkPhrase
}

type stemmed struct {
	stem   string
	phrase *phrase
}

type cjkPhrase struct {
	means  meaning
	weight float64
	text   string
}

// in tells whether a text has the phrase.
func (c cjkPhrase) in(text string) bool {
	head, unless, _ := strings.Cut(c.text, "!")
	for i := strings.Index(text, head); i >= 0; {
		text = text[i+len(head):]
		if unless == "" || !strings.HasPrefix(text, unless) {
			return true
		}
		i = strings.Index(text, head)
	}
	return false
}

// phrases is compiled once from the lists of all languages.
var phrases = sync.OnceValue(func() *lexicon {
	return compile([]string{phrasesEN, phrasesENAnswers, phrasesDE, phrasesFR, phrasesES, phrasesIT, phrasesPT, phrasesNL, phrasesSV, phrasesDA, phrasesPL}, phrasesCJK)
})

// compile reads lists of phrases, and one of scripts without blanks.
func compile(lists []string, cjk string) *lexicon {
	lex := &lexicon{byWord: map[string][]*phrase{}, byStem: map[byte][]stemmed{}}
	for _, list := range lists {
		for line := range strings.SplitSeq(list, "\n") {
			lex.add(line)
		}
	}
	for line := range strings.SplitSeq(cjk, "\n") {
		letter, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		number, texts, _ := strings.Cut(rest, " ")
		weight, _ := strconv.ParseFloat(number, 64)
		for text := range strings.SplitSeq(texts, "|") {
			lex.cjk = append(lex.cjk, cjkPhrase{meaning(letter[0]), weight, text})
		}
	}
	return lex
}

// add compiles a line "u 3 remove/delete me ~ list": the meaning, the weight,
// and the pattern. "a/b" is either word, "a*" a word that
// begins so, "~" a gap, "^" the beginning of a sentence, "?a" a word that may be
// missing, "$" the end of a sentence.
func (lex *lexicon) add(line string) {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return
	}
	weight, _ := strconv.ParseFloat(fields[1], 64)
	p := &phrase{means: meaning(fields[0][0]), weight: weight}
	for _, f := range fields[2:] {
		switch {
		case f == "^":
			p.first = true
		case f == "~":
			p.parts = append(p.parts, piece{gap: true})
		case strings.HasPrefix(f, "?"):
			p.parts = append(p.parts, piece{words: strings.Split(f[1:], "/"), maybe: true})
		default:
			p.parts = append(p.parts, piece{words: strings.Split(f, "/")})
		}
	}
	for _, w := range p.parts[0].words {
		if stem, ok := strings.CutSuffix(w, "*"); ok {
			lex.byStem[stem[0]] = append(lex.byStem[stem[0]], stemmed{stem, p})
			continue
		}
		lex.byWord[w] = append(lex.byWord[w], p)
	}
}

// candidates are the phrases that may begin with a word.
func (lex *lexicon) candidates(w string) []*phrase {
	out := lex.byWord[w]
	if w == "" {
		return out
	}
	for _, s := range lex.byStem[w[0]] {
		if strings.HasPrefix(w, s.stem) {
			out = append(out[:len(out):len(out)], s.phrase)
		}
	}
	return out
}

// matchAt gives the end of the pattern when it begins at token i, -1 when it
// does not.
func matchAt(parts []piece, toks []token, i int) int {
	if len(parts) == 0 {
		return i
	}
	for i < len(toks) && toks[i] == "," {
		i++
	}
	part := parts[0]
	if part.gap {
		for skip := 0; skip <= 5 && i+skip <= len(toks); skip++ {
			if end := matchAt(parts[1:], toks, i+skip); end >= 0 {
				return end
			}
			if i+skip < len(toks) && toks[i+skip].ends() {
				return -1
			}
		}
		return -1
	}
	if part.words[0] == "$" {
		if i >= len(toks) || toks[i].ends() {
			return matchAt(parts[1:], toks, i)
		}
		return -1
	}
	if i < len(toks) {
		for _, w := range part.words {
			if string(toks[i]) == w || strings.HasSuffix(w, "*") && strings.HasPrefix(string(toks[i]), w[:len(w)-1]) {
				if end := matchAt(parts[1:], toks, i+1); end >= 0 {
					return end
				}
				break
			}
		}
	}
	if part.maybe {
		return matchAt(parts[1:], toks, i)
	}
	return -1
}

// find gives every phrase in a text. A phrase for interest does not count
// behind a negation.
func find(text string) (hits []hit, toks []token) {
	lex := phrases()
	toks = tokenize(text)
	for i, t := range toks {
		for _, p := range lex.candidates(string(t)) {
			end := matchAt(p.parts, toks, i)
			if end < 0 || p.first && i > 0 && toks[i-1].word() || p.means == meansYes && negated(toks, i, end) || p.means == meansWrong && interrogative(toks, i) || (p.means == meansNo || p.means == meansLater) && p.weight < 3 && inQuestion(toks, i) || p.means == meansStop && (end < len(toks) && toks[end] == "off" || ofOurselves(toks, i, end) || onlyAsked(toks, i) || theirOwn(toks, i) || notReceived(toks, i)) {
				continue
			}
			h := hit{p.means, p.weight, i, end, join(toks[i:end])}
			if h.means == meansPrice {
				if h.means = meansYes; asked(toks, i) {
					h.means, h.weight = meansAsk, 3
				} else if negated(toks, i, end) {
					continue
				}
			}
			hits = append(hits, h)
		}
	}
	ofOthers := firstIn(text, "お客様|顧客|自分で|客户|用户|客戶|用戶") != ""
	for _, c := range lex.cjk {
		if c.means == meansStop && ofOthers {
			continue
		}
		if c.in(text) {
			h := hit{c.means, c.weight, -1, -1, c.text}
			if h.means == meansPrice {
				if h.means = meansYes; firstIn(text, "いくら|ですか|教えて|ますか|？|?|多少|怎么|怎麼|吗") != "" {
					h.means, h.weight = meansAsk, 3
				}
			}
			hits = append(hits, h)
		}
	}
	return hits, toks
}

func join(toks []token) string {
	var b strings.Builder
	for _, t := range toks {
		if b.Len() > 0 && !t.ends() && t != "," {
			b.WriteByte(' ')
		}
		b.WriteString(string(t))
	}
	return b.String()
}

// ofOurselves tells whether "not send emails" is said of what the writer's own
// people do.
func ofOurselves(toks []token, from, end int) bool {
	if toks[from] != "not" && toks[from] != "never" || from == 0 {
		return false
	}
	for i := from - 1; i >= 0 && i >= from-2 && toks[i].word(); i-- {
		if toks[i] == "we" || toks[i] == "they" {
			return !hasStem(toks[from:end], "want wish like receive")
		}
	}
	return false
}

// asked tells whether token i stands in a question. "Can you send me a price?"
// asks for a paper, not for a number.
func asked(toks []token, i int) bool {
	s, asks := sentenceAt(toks, i)
	if hasStem(s, "send share give$ pass$ pasa passe renvoy reenvi giv$ quote schick senden zusend envoy envie envia$ enviar enviame mand manda$ inviar stuur skicka send$ przesl wysl") && !hasStem(s, "how$ was$ combien cuanto$ quanto$ wat$ vad$ hvad$ hva$ ile$") {
		return false
	}
	return asks || hasStem(s[:min(len(s), 2)], "how$ what was$ wie$ combien quel que$ cuanto cual quanto qual wat$ hoe$ hoeveel vad$ hur$ hvad$ hva$ hvor ile$ jaki jaka")
}

// onlyAsked tells whether words of a demand stand in a question that demands
// nothing: "where did you take my address from?", not "can you remove me?".
func onlyAsked(toks []token, i int) bool {
	s, asks := sentenceAt(toks, i)
	if hasStem(toks[i:i+1], "how$ wie$ wo$ comment como$ come$ hoe$ hur$ hvordan jak$ kann$") {
		return false // the phrase itself asks how
	}
	if hasStem(s[:min(1, len(s))], "how$ when$ why$") || hasStem(s, "stop") && (hasStem(s, stemsSelf) || hasStem(s[:min(1, len(s))], "can$ could$ would$ will$ please$")) {
		return false
	}
	return asks && !(hasStem(s, stemsRemove) && (hasStem(s, stemsSelf) || hasStem(s, stemsList)) && hasStem(s, stemsPlease)) && !(hasStem(s, stemsNot) && hasStem(s, stemsReach) && hasStem(s, stemsPlease))
}

// inQuestion tells whether token i stands in a question.
func inQuestion(toks []token, i int) bool {
	_, asks := sentenceAt(toks, i)
	return asks
}

// theirOwn tells whether the sentence of token i speaks of the mails that the
// writer's own people send, or of the writer's own list.
func theirOwn(toks []token, i int) bool {
	s, _ := sentenceAt(toks, i)
	return ourSending(s) || ourList(s)
}

// notReceived knows "I have not received any mail": what was not got before,
// not what shall not come.
func notReceived(toks []token, i int) bool {
	s, _ := sentenceAt(toks, i)
	return hasStem(toks[i:i+1], stemsNot) && hasStem(s, stemsGot) && !hasStem(s, stemsWish)
}

// ourSending knows "we do not send any more", "enviamos".
func ourSending(s []token) bool {
	if hasStem(s, "envoyons ecrivons enviamos mandamos escribimos inviamo mandiamo scriviamo escrevemos wysylamy piszemy verschicken$ versenden$ versturen$") && !hasStem(s, stemsWish) {
		return true
	}
	for i, w := range s {
		if !strings.Contains(" we they wir sie wij zij vi de ", " "+string(w)+" ") {
			continue
		}
		after := s[i+1 : min(len(s), i+6)]
		if hasStem(after, "send$ sent$ sending$ mail$ write$ schicken$ senden$ schreiben$ sturen$ stuurt$ skickar$ sender$ skriver$") && !hasStem(after, "want wish like receive mochte wollen wunsch wil$ willen$ vill$ onsk") && (w != "de" && w != "sie" || i == 0) {
			return true
		}
	}
	return false
}

// ourList knows "our mailing list", with nothing of the writer to be taken
// from it.
func ourList(s []token) bool {
	own := false
	for i, w := range s {
		if strings.Contains(" our unserer unserem unsere unseren notre nos nuestra nuestras nuestros nostra nostro nostri nossa nosso onze vart vara var vores vare naszej naszego naszych ", " "+string(w)+" ") &&
			hasStem(s[i+1:min(len(s), i+3)], stemsList) {
			own = true
		}
	}
	for i, w := range s {
		if strings.Contains(" your ihrer ihrem ihren votre vos su sus vostra vossa uw jullie er era jeres deres ", " "+string(w)+" ") && hasStem(s[i+1:min(len(s), i+4)], stemsList) {
			return false
		}
	}
	return own && !hasStem(s, "me$ us$ mich$ uns$ moi$ nous$ mij$ mig$ oss$ os$ mnie$")
}

// interrogative tells whether a phrase stands in a question that names nobody:
// "who owns the data?", "how did you get to my address?".
func interrogative(toks []token, i int) bool {
	s, asks := sentenceAt(toks, i)
	if asks && hasStem(s[:min(1, len(s))], "how$ hur$ hvordan hvor$ hvorfra woher comment como come$ hoe$ skad where$ why$") {
		return true
	}
	if !strings.Contains(" who wer wem qui quem quien chi wie vem hvem kto he she they ", " "+string(toks[i])+" ") {
		return false
	}
	return asks
}

// maxSentence is how many words on each side of a token belong to its sentence,
// where a text does not end one.
const maxSentence = 80

// sentenceAt gives the words of the sentence of token i, and whether it asks.
func sentenceAt(toks []token, i int) (s []token, asks bool) {
	start := min(i, len(toks))
	for start > 0 && start > i-maxSentence && !toks[start-1].ends() {
		start--
	}
	end := start
	for end < len(toks) && end < i+maxSentence && (end < i || !toks[end].ends()) {
		end++
	}
	return wordsOf(toks[start:end]), end < len(toks) && toks[end] == "?"
}

// negators of the languages, folded.
const negators = " not no never none nor without nicht kein keine keinen keinerlei nie pas aucun aucune jamais ne sin nunca non senza mai nao sem nem niet geen nooit inte ingen inget ej aldrig ikke intet nie brak bez "

// negated tells whether a negation stands shortly before or in toks[from:to].
func negated(toks []token, from, to int) bool {
	for i := to - 1; i >= 0 && i >= from-3; i-- {
		if i < from && (toks[i].ends() || toks[i] == ",") {
			return false
		}
		if i != from && strings.Contains(negators, " "+string(toks[i])+" ") && !hollow(toks, i) {
			return true
		}
	}
	return false
}

// hollow tells whether a negation denies nothing: "why not", "not only", "no
// problem", "pourquoi pas", "kein Problem".
func hollow(toks []token, i int) bool {
	before, after := token(""), token("")
	if i > 0 {
		before = toks[i-1]
	}
	if i+1 < len(toks) {
		after = toks[i+1]
	}
	switch {
	case before == "why" || before == "pourquoi" || before == "warum" || before == "varfor" || before == "hvorfor" || before == "waarom":
		return true
	case before == "por" || before == "perche" || before == "porque":
		return true
	}
	return strings.Contains(" only problem problems worries doubt doubts problema problemas probleme problemes souci soucis hesitate zogern hesitez dude ", " "+string(after)+" ")
}
