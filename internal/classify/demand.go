package classify

import "strings"

// Stems of the words that make up a demand to stop, in all languages at once,
// folded. A stem with a final "$" is a whole word.
const (
	stemsRemove = "remov delet$ delete eras unsub losch entfern streich austrag ausgetrag abmeld abbestell supprim retir enlev effac desinscri desabonn elimin borr$ borra borre quitar quiten quite$ quita$ saquen saque$ baja$ cancel rimuov rimoss togli tolto cancella disiscri exclu apag descadastr verwijder schrap uitschrijv uitgeschrev afmeld haal$ halen avregistr avprenum borttag radera slet$ slett slette fjern framel usun wypis skresl sair$ salir$ off$ raus$ heraus$ nehmen$ nimm$ bort$"
	stemsSelf   = "me$ us$ my$ mich$ uns$ meine moi$ nous$ mes$ mon$ ma$ mi$ mis$ nos$ mia$ mio$ miei$ meu$ meus$ mij$ ons$ mijn$ mig$ meg$ oss$ os$ min$ mina$ mine$ mitt$ mnie$ nas$ moj moich$ eliminarme borrarme quitarme cancellarci cancellarmi rimuoverci rimuovermi toglierci toglierm eliminarci i$ ich$ je$ io$ eu$ ik$ jag$ jeg$"
	stemsList   = "list$ lists$ liste verteiler mailing datenbank database base$ fichier newsletter lista elenco lijst mailinglijst maillijst register$ bestand$ mailbestand adresbestand mailing bazy$ subscri suscripci iscrizion inscri assinatura abonnement abonement listan listen$ maillist"
	stemsData   = "data$ email mail$ mails$ address adress adresse daten$ kontaktdaten donnee coordonnee correo datos$ dati$ indirizz dados$ endereco gegevens adres mejladress uppgift oplysning mailadress dane$ danych$ contact$ contacts$ details$ name$ info$ information$ number$"
	stemsNot    = "not$ no$ never$ nicht$ kein nie$ ne$ pas$ plus$ non$ nao$ niet$ geen$ nooit$ inte$ inga$ inget$ ikke$ ingen$ aldrig$ sin$ senza$ sem$ jamais$ nunca$ mai$ stop$ stopp hor$ horen$ arret cess quit$ cease halt$ enough$ basta$ genug$ assez$ przestan nichts$ niets$ nothing$ nada$ niente$ nic$ refus pare$ parem$ parar$ dejen$ deje$ dejad$ smett sluta$ slutt hold$ aufhor"
	stemsReach  = "contact kontakt schreib ecri escrib scriv escrev mailen$ mail$ mails$ email send schick zusend envoy envi mand invi stuur$ stur skick receiv bekomm recev recib ricev receb ontvang benader motta modtag otrzym wysyl pisa$ pisz gemaild spam hear$ anschreib sollicit demarch werb fa$ ha$"
	stemsMore   = "more$ anymore$ further$ again$ mehr$ weiter plus$ mas$ piu$ mais$ meer$ fler mer$ mere$ flere$ wiecej$ langre$ lenger$ laengere$ longer$ wieder$"
	stemsMail   = "mail$ mails$ email messag nachricht werb reklam mejl newsletter publicit publicid correo mensaj mensag comunica maili$ wiadomosc courriel spam berichten$ mailtjes$ henvendels advert solicitation"
	stemsWish   = "want$ wish$ like$ desire mochte will$ wollen$ wunsch erwunscht souhait veux$ voudr desir quiero$ queremos$ deseo$ deseamos$ voglio$ desidero$ vorrei$ quero$ desejo$ wil$ wens vill$ onsk chce$ zycz need$ ask$ request refus"
	stemsPast   = "received$ got$ gotten$ erhalten$ bekommen$ recu$ recibido$ recibi$ ricevuto$ recebi$ fatt$ modtaget$ fick$ fik$ dostal yet$ noch$ encore$ aun$ todavia$ ancora$ ainda$ nog$ annu$ endnu$"
	// What machines say that they do not do with a mail: pass it on, read it.
	stemsPassOn = "forward weitergeleit weiterleit transfer reenvi inoltrat reencaminh encaminh doorgest vidarebefor videresend przekaz gelesen read$ lu$ lus$ lue$ leido leida leidos letto letta letti lida lido lidos gelezen last$ laest lest$ czytan monitored uberwacht"
	stemsPlease = "can$ could$ would$ will$ please kann konn wurd bitte pouvez pourriez peux puede podria puedes podeis puo potrebbe potete pode poderia podem kunt kan$ kun$ wilt gelieve snalla kunne moze moga mozecie mozna prosz how$ wie$ comment como come$ hoe$ hur$ hvordan jak$ hogyan vil$ vill$"
	stemsGot    = "received$ gotten$ erhalten$ bekommen$ recu$ recibido$ recibi$ ricevuto$ recebi$ ontvangen$ gekregen$ fatt$ fick$ fik$ modtaget$ mottatt$ otrzymal dostal"
	stemsTheirs = "we$ wir$ they$ nosotros$ noi$ wij$ vi$ nos$ customers$ clients$ kunden$ our$ unsere$"
)

// hasStem tells whether one of words has one of the stems.
func hasStem(words []token, stems string) bool {
	for stem := range strings.SplitSeq(stems, " ") {
		whole, exact := strings.CutSuffix(stem, "$")
		for _, w := range words {
			if exact && string(w) == whole || !exact && strings.HasPrefix(string(w), stem) {
				return true
			}
		}
	}
	return false
}

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
		s := wordsOf(toks[start:i])
		from := start
		start = i + 1
		asks := i < len(toks) && toks[i] == "?"
		if len(s) < 2 || len(s) > 30 || asks && len(s) > 14 {
			continue
		}
		remove, denies := hasStem(s, stemsRemove), hasStem(s, stemsNot)
		if !remove && !denies {
			continue
		}
		self, list, past := hasStem(s, stemsSelf), hasStem(s, stemsList), hasStem(s, stemsPast)
		switch {
		case hasStem(s, "longer$ item$ quote$ point$ line$ duplicate"), hasStem(s, stemsPassOn), ourSending(s), ourList(s):
			continue
		case remove && list && (self || len(s) <= 7) && !hasStem(s, stemsTheirs) && !past && (!asks || hasStem(s, "can$ could$ would$ will$ kann konn wurd pouvez pourriez puede podria puo potrebbe pode poderia kunt kan$ wilt")):
		case remove && self && hasStem(s, stemsData) && !asks && !past && !hasStem(s, stemsTheirs) && !hasStem(s, "off$ raus$ bort$ nehmen$"):
		case remove && self && len(s) <= 5 && !asks && !hasStem(s, "off$ i$ jag$ jeg$ ich$ je$ nehmen$ haal$ halen$ bort$ cancel$ cancelar$ cancele$ cancela$ sair$ salir$"):
		case denies && hasStem(s, stemsWish) && hasStem(s, stemsMore) && hasStem(s, stemsMail) && !past && !asks && plainMore(s):
		case denies && hasStem(s, stemsReach) && (hasStem(s, stemsMore) || hasStem(s, stemsMail)) && !past && !asks &&
			(hasStem(s, stemsWish) && !hasStem(s, "read$ miss$ ignore$") || imperative(s)) && !(hasStem(s, stemsTheirs) && !hasStem(s, stemsWish)):
			if !plainMore(s) {
				continue
			}
		default:
			continue
		}
		return hit{meansStop, 2.5, from, i, join(s)}, true
	}
	return hit{}, false
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
	return !hasStem(s, "need$ hesitate$ until$ before$ only$ just$ talk$ call$ meet$ instead$ stattdessen$ sondern$ brauch lieber$ rufen$ ruf$ telefon appel llame llama chiami$ ligue$ bellen$ bel$ zadzwon ring$")
}
