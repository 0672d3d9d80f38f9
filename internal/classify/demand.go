package classify

import (
	"slices"
	"strings"
	"sync"
)

// Stems of the words that make up a demand to stop, in all languages at once,
// folded. A stem with a final "$" is a whole word.
const (
	stemsRemove = "strike$ remov delet$ delete eras unsub losch entfern streich austrag ausgetrag abmeld abbestell supprim retire$ retirer$ retirez$ retiren$ retirem$ retirar retireme retirenme$ enlev effac desinscri desabonn elimin borr$ borra borre quitar quiten quite$ quita$ saquen saque$ baja$ cancel rimuov rimoss togli tolto cancella disiscri exclu apag descadastr verwijder schrap uitschrijv uitgeschrev afmeld haal$ halen avregistr avprenum borttag radera slet$ slett slette fjern genommen$ herausgenommen framel usun wypis skresl sair$ salir$ off$ raus$ heraus$ nehmen$ nimm$ bort$ poista"
	stemsSelf   = "me$ us$ my$ mich$ uns$ meine moi$ nous$ mes$ mon$ ma$ mi$ mis$ nos$ mia$ mio$ miei$ meu$ meus$ mij$ ons$ mijn$ mig$ meg$ oss$ os$ min$ mina$ mine$ mitt$ mnie$ nas$ moj moich$ eliminarme borrarme quitarme cancellarci cancellarmi rimuoverci rimuovermi toglierci toglierm eliminarci i$ ich$ je$ io$ eu$ ik$ jag$ jeg$ minut$ minua$"
	stemsList   = "list$ lists$ liste verteiler mailing datenbank database base$ fichier newsletter lista elenco lijst mailinglijst maillijst register$ bestand$ mailbestand adresbestand mailing bazy$ subscri suscripci iscrizion inscri assinatura abonnement abonement listan listen$ maillist listal postituslist"
	stemsData   = "data$ email mail$ mails$ address adress adresse daten$ kontaktdaten donnee coordonnee correo datos$ dati$ indirizz dados$ endereco gegevens adres mejladress uppgift oplysning mailadress dane$ danych$ contact$ contacts$ details$ name$ info$ information$ number$"
	stemsNot    = "not$ no$ never$ nicht$ kein nie$ ne$ pas$ plus$ non$ nao$ niet$ geen$ nooit$ inte$ inga$ inget$ ikke$ ingen$ aldrig$ sin$ senza$ sem$ jamais$ nunca$ mai$ stop$ stopp hor$ horen$ arret cess quit$ cease halt$ enough$ basta$ genug$ assez$ przestan nichts$ niets$ nothing$ nada$ niente$ nic$ refus pare$ parem$ parar$ dejen$ deje$ dejad$ smett sluta$ slutt hold$ aufhor"
	stemsReach  = "contact contat kontakt kontat schreib ecri escrib scriv escrev mailen$ mail$ mails$ email send schick zusend envoy envi mand invi stuur$ stur skick receiv bekomm recev recib ricev receb ontvang benader motta modtag otrzym wysyl pisa$ pisz gemaild spam hear$ anschreib anzuschreib sollicit demarch werb fa$ ha$"
	stemsMore   = "more$ anymore$ further$ again$ mehr$ weiter plus$ mas$ piu$ mais$ meer$ fler mer$ mere$ flere$ wiecej$ langre$ lenger$ laengere$ longer$ wieder$ igen$ igjen$ opnieuw$ ponownie$ nuovamente$ novamente$ vuelv volte$ voltem$"
	stemsMail   = "mail$ mails$ email messag nachricht werb reklam mejl newsletter publicit publicid correo mensaj mensag comunica maili$ wiadomosc courriel spam berichten$ mailtjes$ henvendels advert solicitation"
	stemsWish   = "want$ wish$ like$ desire mochte will$ wollen$ wunsch erwunscht souhait veux$ voudr desir quiero$ queremos$ deseo$ deseamos$ voglio$ desidero$ vorrei$ quero$ desejo$ wil$ wens vill$ onsk chce$ zycz need$ ask$ request refus"
	stemsPast   = "arrivata$ arrivato$ arrivati$ arrivate$ chegou$ dotarl angekommen$ aangekomen$ kommet$ received$ got$ gotten$ erhalten$ bekommen$ recu$ recibido$ recibi$ ricevuto$ recebi$ fatt$ modtaget$ fick$ fik$ dostal otrzymal$ otrzymalem$ otrzymalam$ otrzymalismy$ yet$ noch$ encore$ aun$ todavia$ ancora$ ainda$ nog$ annu$ endnu$"
	// What machines say that they do not do with a mail: pass it on, read it.
	stemsPassOn = "forward weitergeleit weiterleit transfer reenvi inoltrat reencaminh encaminh doorgest vidarebefor videresend przekaz gelesen read$ lu$ lus$ lue$ leido leida leidos letto letta letti lida lido lidos gelezen last$ laest lest$ czytan monitored uberwacht"
	stemsPlease = "can$ could$ would$ will$ please kann konn wurd bitte pouvez pourriez peux puede podria puedes podeis puo potrebbe potete pode poderia podem kunt kan$ kun$ wilt gelieve snalla kunne moze moga mozecie mozna prosz how$ wie$ comment como come$ hoe$ hur$ hvordan jak$ hogyan vil$ vill$"
	stemsGot    = "arriv angekommen$ ankam$ aangekomen$ chegou$ dotarl framme$ came$ received$ gotten$ erhalten$ bekommen$ recu$ recibido$ recibi$ ricevuto$ recebi$ ontvangen$ gekregen$ fatt$ fick$ fik$ faet$ fatt$ modtaget$ mottatt$ otrzymal dostal"
	// To object to the use of one's data, and to ask for their erasure (GDPR
	// articles 17 and 21).
	stemsObject  = "object$ objects$ objection widersprech widerspruch oppos opong opposizion oppong oponho bezwaar invand motsatt modsaett indsigelse protestera innvend sprzeciw withdraw widerruf retire$ revoco revoc intrek aterkall tilbagetraek wycof"
	stemsErase   = "erasure deletion loschung entfernung effacement suppression supresion eliminacion cancellazione rimozione exclusao eliminacao remocao verwijdering wissen radering borttagning sletning sletting fjernelse usuniec skreslen wykresl removal austragung abmeldung desinscription desabonnement baja$ disiscrizione descadastramento uitschrijving avregistrering framelding afmelding avmelding wypisan rectification"
	stemsUse     = "process verarbeit traitement tratamiento trattamento tratamento verwerk behandl behandel przetwarz marketing werb prospection comercial commercial$ reclame reklam advertis purpose zweck fins$ doel nutzung verwendung usage use$ uso$ utilizz gebruik anvand brug uzyci"
	stemsAsk     = "request ask$ bitte bitten verlang forder demand exig$ exige prie$ solicit pido pedimos ruego exijo chied richied prego vogl peco pedimos solicit exijo requeiro verzoek vraag eis$ begar kraver onskar anmod kraev onsker ber$ prosz zadam wnosz wnios please veuill merci favor"
	stemsEnough  = "enough basta chega genug genoeg assez nog dosc wystarczy nok$ slut$ schluss stop$ stopp"
	stemsConsent = "permission consent einwillig zustimm erlaub autoris autoriz consens toestemm samtyck samtykk zgod$ zgody permiso permess"
	// Verbs for stopping, whose object may stand in the next clause.
	stemsHalt   = "stop horen$ hort$ aufhor arret cess cease halt$ quit$ sluta$ slutt pare$ parem$ parar$ dejen$ deje$ dejad$ smett przestan unterlass"
	stemsTheirs = "we$ wir$ they$ nosotros$ noi$ wij$ vi$ nos$ customers$ clients$ kunden$ our$ unsere$"
)

// hasStem tells whether one of words has one of the stems.
func hasStem(words []token, stems string) bool {
	var first, two byteSet // the first bytes of the words, and what the first two make
	for _, w := range words {
		if w != "" {
			first.add(w[0])
		}
		if len(w) > 1 {
			two.add(w[0]*31 + w[1])
		}
	}
	for start := 0; start < len(stems); {
		end := start + 1
		for end < len(stems) && stems[end] != ' ' {
			end++
		}
		known := false
		if c := stems[start]; end-start > 1 && stems[start+1] != '$' {
			known = two.has(c*31 + stems[start+1])
		} else {
			known = first.has(c)
		}
		if known && oneHas(words, stems[start:end]) {
			return true
		}
		start = end + 1
	}
	return false
}

// oneHas tells whether one of words begins with a stem, or with a final "$" is it.
func oneHas(words []token, stem string) bool {
	whole, exact := strings.CutSuffix(stem, "$")
	for _, w := range words {
		if w == "" || w[0] != stem[0] {
			continue
		}
		if exact && string(w) == whole || !exact && strings.HasPrefix(string(w), stem) {
			return true
		}
	}
	return false
}

// demandGate holds the words without one of which no sentence demands to stop.
var demandGate = sync.OnceValue(func() *stemSet {
	return newStemSet(stemsRemove + " " + stemsNot + " " + stemsObject + " " + stemsErase + " " + stemsEnough + " " + stemsConsent + " stellen$ out$ suppression$ blocklist$ blacklist$ stoplist$ robinson$")
})

// demands looks sentence by sentence for a demand to stop in words that no
// phrase foresaw: to remove the writer from a list, or to send nothing more.
// A statement about others ("we do not send more than ten mails") and one
// about the past ("I have not received your mail") are none.
func demands(toks []token) (hit, bool) {
	start := 0
	for i := 0; i <= len(toks); i++ {
		if i < len(toks) && !toks[i].ends() {
			continue
		}
		gated := slices.ContainsFunc(toks[start:i], func(t token) bool { return demandGate().has(string(t)) })
		if !gated {
			start = i + 1
			continue
		}
		s := wordsOf(toks[start:i])
		from := start
		start = i + 1
		asks := i < len(toks) && toks[i] == "?"
		if len(s) < 2 || len(s) > 30 || asks && len(s) > 14 {
			continue
		}
		mask := maskOf(s)
		remove, denies, wish := mask&hasRemove != 0, mask&hasNot != 0, mask&hasWish != 0
		things := hasStem(s, "erbij$ longer$ item$ quote$ point$ line$ duplicate")
		if things && !wish {
			continue
		}
		if !asks && (mask&(hasObject|hasErase|hasConsent) != 0 && legal(s) || tired(s) || outOf(s)) && !harmless(s) {
			return hit{meansStop, 2.5, from, i, join(s)}, true
		}
		if !remove && !denies {
			continue
		}
		self, list, data, reach := mask&hasSelf != 0, mask&hasList != 0, mask&hasData != 0, mask&hasReach != 0
		more, mails := mask&hasMore != 0, mask&hasMail != 0
		if !remove && !reach && !asks && !(wish && more && mails) { // nothing that anybody sends is refused
			continue
		}
		theirs, past := mask&hasTheirs != 0, mask&hasPast != 0 && !wish || hasStem(s, "did$")
		switch {
		case things, mask&hasPassOn != 0, ourSending(s), ourList(s), onlyMissing(s):
			continue
		case remove && list && (self || len(s) <= 7) && !theirs && !past && (!asks || hasStem(s, "can$ could$ would$ will$ kann konn wurd pouvez pourriez puede podria puo potrebbe pode poderia kunt kan$ wilt")):
		case remove && self && data && !asks && !past && !theirs && !hasStem(s, "off$ raus$ bort$ nehmen$"):
		case remove && !asks && !past && clauseRemoves(toks[from:i]):
		case remove && !asks && data && hasStem(s, "my$ meine$ mon$ mi$ mia$ meu$ mijn$ min$ mitt$ moj") && inClause(toks[from:i], stemsRemove, "please$ pls$ bitte$ merci$ favor$ prego$ graag$") && hasStem(s, "how$ where$ woher$ comment$ como$ come$ hoe$ hur$ hvordan$ skad$"):
		case hasStem(s[:min(len(s), 2)], stemsHalt) && reach && hasStem(s, "me$ us$ mich$ uns$ mir$ moi$ nous$ m$ mij$ ons$ mig$ meg$ oss$ mnie$ escribirme enviarme contactarme scrivermi mandarmi contattarmi") && imperative(s) && !asks:
		case remove && self && len(s) <= 5 && !asks && !hasStem(s, "off$ i$ jag$ jeg$ ich$ je$ nehmen$ haal$ halen$ bort$ cancel$ cancelar$ cancele$ cancela$ sair$ salir$"):
		case asks && denies && hasStem(s[:min(len(s), 2)], stemsPlease) && more && mails && hasStem(s, stemsReach+" "+stemsGot+" get$") && hasStem(s, stemsSelf+" we$ wir$ vi$ wij$") && !hasStem(s, "how$ wie$ comment$ como$ come$ hoe$ hur$ hvordan$ jak$"):
		case denies && wish && more && mails && !past && !asks && plainMore(s):
		case denies && mask&hasHalt == 0 && !(reach && inClause(toks[from:i], stemsNot, stemsReach)):
			continue
		case denies && reach && (more || mails) && !past && !asks &&
			(wish && !hasStem(s, "read$ miss$ ignore$") || imperative(s)) && !(theirs && !wish):
			if !plainMore(s) {
				continue
			}
		default:
			continue
		}
		h := hit{meansStop, 2.5, from, i, join(s)}
		if harmless(s) || asks && ofCustomers(s) || !asks && meInstead(toks, h) {
			continue
		}
		return h, true
	}
	return hit{}, false
}

// legal knows an objection to the use of one's data and a request to erase
// them, in the nouns of the law.
func legal(s []token) bool {
	objects, erases := hasStem(s, stemsObject), hasStem(s, stemsErase)
	if hasStem(s, stemsConsent) && hasStem(s, stemsNot) && (hasStem(s, stemsMail) || hasStem(s, stemsReach)) && (hasStem(s, stemsSelf) || hasStem(s, "marketing werb reklam advertis publicid pubblicit")) {
		return !hasStem(s, "our$ unser need$ brauch")
	}
	if !objects && !erases {
		return false
	}
	data := hasStem(s, stemsData)
	switch {
	case hasStem(s, stemsTheirs) && !hasStem(s, stemsSelf):
		return false
	case objects && hasStem(s, stemsUse) && (data || hasStem(s, "marketing werb prospection comercial reclame reklam")):
		return true
	}
	return erases && hasStem(s, stemsAsk) && (data || hasStem(s, stemsList)) && (hasStem(s, stemsSelf) || hasStem(s, "gdpr dsgvo rgpd lgpd avg$ rodo ccpa"))
}

// tired knows "basta de correos", "enough emails", "genug Werbung": a word for
// enough that begins the sentence, and what there is enough of.
func tired(s []token) bool {
	return len(s) <= 6 && hasStem(s[:1], stemsEnough) && hasStem(s, "mail$ mails$ email emails mejl messag nachricht werb reklam reclame publicit publicid pubblicit correo correos mensaj mensag spam berichten newsletter wiadomosc courriel")
}

// outOf knows "I want out of this list", "add me to your do not contact list".
func outOf(s []token) bool {
	for i, w := range s {
		switch {
		case w == "out" && i > 0 && hasStem(s[i-1:i], "want$ get$ me$ us$ opt$") && hasStem(s[i+1:], stemsList):
			return true
		case w == "ein" && i == len(s)-1 && hasStem(s[:i], "stellen$ stellt$") && (hasStem(s[:i], stemsMail) || hasStem(s[:i], stemsReach)):
			return true
		case (w == "suppression" || w == "blocklist" || w == "blacklist" || w == "stoplist" || w == "robinson") && hasStem(s[:i], "add$ put$ place$ set$ include$ setzen") && !hasStem(s, "we$ our$"):
			return true
		case w == "stop" && i == len(s)-1 && hasStem(s[:i], "asked$ told$ begged$") && hasStem(s[:i], "you$"):
			return true
		case w == "not" && i+1 < len(s) && hasStem(s[i+1:min(len(s), i+3)], "use$ using$") && hasStem(s, stemsData) && hasStem(s, "marketing advertis") && imperative(s):
			return true
		case w == "not" && i+1 < len(s) && i > 0 && s[i-1] == "do" && hasStem(s[i+1:min(len(s), i+2)], "contact$ email$ mail$ call$") && hasStem(s[:i], "add$ put$ place$ include$") && hasStem(s[i+1:], "list$ register$"):
			return true
		}
	}
	return false
}

// clauseRemoves knows "..., please remove me": a short clause of its own that
// demands to take the writer away.
func clauseRemoves(toks []token) bool {
	start := 0
	for i := 0; i <= len(toks); i++ {
		if i < len(toks) && toks[i] != "," {
			continue
		}
		c := toks[start:i]
		start = i + 1
		if len(c) < 2 || len(c) > 6 || len(c) == len(toks) || !imperative(c) || hasStem(c, "off$ raus$ bort$ nehmen$ haal$ halen$ cancel cc$ loop$ copy$ task$ project") {
			continue
		}
		if hasStem(c, stemsRemove) && hasStem(c, "me$ us$ mich$ uns$ moi$ nous$ mij$ ons$ mig$ meg$ oss$ mnie$ nas$ ci$ mi$ nos$ removeme") {
			return true
		}
	}
	return false
}

// inClause tells whether one clause of a sentence has both kinds of words: "no
// more questions, please send the contract" does not refuse the sending.
func inClause(toks []token, a, b string) bool {
	start := 0
	for i := 0; i <= len(toks); i++ {
		if i < len(toks) && toks[i] != "," {
			continue
		}
		if hasStem(toks[start:i], a) && hasStem(toks[start:i], b) {
			return true
		}
		start = i + 1
	}
	return false
}

// wordsOf leaves the commas out.
func wordsOf(toks []token) []token {
	out := make([]token, 0, len(toks))
	for _, t := range toks {
		if t.word() {
			out = append(out, t)
		}
	}
	return out
}

// imperative tells whether a sentence commands: it does not begin with who
// does something.
func imperative(s []token) bool {
	return len(s) <= 14 && !hasStem(s[:1], "i$ we$ you$ he$ she$ they$ it$ this$ that$ the$ my$ our$ ich$ wir$ das$ je$ nous$ il$ elle$ ce$ c$ yo$ io$ eu$ ik$ wij$ jag$ vi$ jeg$ if$ when$ wenn$ si$ als$ om$ hvis$ thanks$ thank$ sorry$ there$ what$ why$ your$ ihre$ ihr$ deine$ votre$ vos$ su$ sus$ tu$ vostra$ vostro$ sua$ seu$ uw$ jouw$ je$ din$ ditt$ deres$ panska panstwa twoja twoj diese$ dieses$ dieser$ esta$ este$ questa$ questo$ deze$ denne$ detta$ cette$ ta$ ten$")
}

// plainMore tells whether more mail is what is refused: "send no more", "kein
// Kontakt mehr". A refusal with a wish of its own ("no need to send more, let
// us just talk") is not.
func plainMore(s []token) bool {
	return !hasStem(s, "need$ precis necesit besoin$ bisogno$ nodig$ potrzeb behov behover$ trenger$ hesitate$ until$ before$ only$ just$ talk$ call$ meet$ instead$ stattdessen$ sondern$ brauch lieber$ rufen$ ruf$ telefon appel llame llama chiami$ ligue$ bellen$ bel$ zadzwon ring$")
}
