package classify

import "strings"

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
	return asks && !(hasStem(s, stemsRemove) && (hasStem(s, stemsSelf) || hasStem(s, stemsList)) && hasStem(s, stemsPlease)) && !(hasStem(s, stemsNot) && (hasStem(s, stemsReach) || hasStem(s, "get$") && hasStem(s, "more$")) && hasStem(s, stemsPlease))
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
	return hasStem(toks[i:i+1], stemsNot) && hasStem(s, stemsGot) && !hasStem(s, stemsWish) && !(hasStem(s, "zu$") && hasStem(s, "erhalten$ bekommen$"))
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
