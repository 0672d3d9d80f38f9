package classify

import "strings"

// Stems for sentences that sound like a demand to stop and are about something
// else; all languages at once, folded.
const (
	// Papers that shall not be sent, or not yet.
	stemsPapers = "contract$ contrat$ contrato$ contratto$ vertrag$ vertrage$ avtal$ avtalet$ aftale$ aftalen$ kontrakt umowy$ umowe$ sopimu smlouv sozlesme договор invoice$ invoices$ rechnung$ rechnungen$ factura$ facture$ fattura$ faktur catalog$ catalogo$ catalogue katalog folleto prospekt$ prospectus brochure broschur sample$ samples$ muster$ version$ versione$ deck$ unterlagen$ papier$ papiere$ paper$ papers$ devis$ presupuesto$ preventivo$ orcamento$ quote$ quotes$"
	// What may be taken from a plan, an offer or a talk.
	stemsItems = "comment$ comments$ kommentar commentaire comentario commento appointment invite$ invites$ invitation einladung termin$ cita$ appuntamento rendez meeting meetings reunion reuniao riunione clause$ clausul klausel partida$ posizion position$ punkt pozycj pozic polozk kalem позици пункт rivi line$ lines$ item$ items$ row$ rad$ linje ligne$ regel$ voce$ pièce attachment anhang piece$ anexo$ allegato"
	// Other firms whose mail or service somebody left.
	stemsVendors  = "dienstleister anbieter lieferant$ proveedor fornitor fornecedor leverancier leverantor leverandor dostawc vendor supplier provider platform plataforma plattform prestataire fournisseur abonnement abonament subscription$ assinatura$ suscripcion$ service$ dienst$"
	stemsDeals    = "aftale avtale avtal contract vertrag contrat contrato contratto overeenkomst umowa agreement"
	stemsRivals   = "concorr concurren competit competencia konkurr mitbewerb wettbewerb"
	stemsOther    = "old$ other$ previous$ former$ alte$ alten$ altem$ anderen$ andere$ bisherig fruher ancien autre$ otra$ otro$ anterior altra$ altro$ vecchi precedent outra$ outro$ ander$ vorige$ oude$ gamla$ andra$ forra$ anden$ andet$ gamle$ forrige$ annen$ inn$ innego$ poprzedni stare$ starego$ другой$ другого$"
	stemsInstead  = "use$ new$ neue$ neuen$ nouvelle$ nueva$ nuevo$ nuova$ nuovo$ nova$ novo$ nieuwe$ nya$ nye$ nowy$ nowego$ instead$ stattdessen$ replace"
	stemsForgot   = "forgot forget vergess vergeten olvid oubli diment esquec glom glem zapomn"
	stemsSpam     = "spam$ spams$ spamordner spambox junk junkmail skrap sopp roskaposti спам$ pourriel indesirable nevyzadan"
	stemsLanded   = "land went$ gone$ go$ goes$ going$ ended$ found$ find$ finding$ hamn havn lag$ parti tomb cayo$ caido$ caiu$ estaba$ estava$ finit$ finita$ finito$ trafi wpad meni$ spadl dus попал zat$ stond$ kwam$ etait$ dans$ dusmus"
	stemsNearly   = "nearly$ almost$ beinahe$ presque$ casi$ quasi$ bijna$ nastan$ naesten$ nesten$ prawie$"
	stemsReplies  = "reply$ respond$ answer$ antwort repond responda$ responder$ respondas$ rispond antwoord reager svar$ svara$ svare$ odpowiad"
	stemsReads    = "lese$ lesen$ reading$ checking$ check$ leo$ leggo$ leio$ lees$ laser$ laeser$ leser$ czytam$ consulte$ rufe$"
	stemsThinks   = "nachdenk uberleg anseh ansehen anschau durchles durchgeh lesen$ prufen$ reflech pens think$ consider tank fundera taenke nadenk nachzudenk zastan przemysl"
	stemsCalm     = "ruhe$ ro$ lugn$ paix$ tranquil calma$ calme$ pace$ paz$ rust$ spokoj alone$"
	stemsAddsTo   = "add$ hinzu$ hinzufug aufnehm aufzunehm aufgenommen ajout rajout anad agreg aggiung adicion inclu toevoeg lagg$ satt$ tilfoj legg$ dopis przypis"
	stemsMeObject = "me$ us$ mich$ uns$ moi$ nous$ mij$ ons$ mig$ meg$ oss$ os$ mnie$ nas$"
)

// spared tells whether the sentence of a demand is about something else.
func spared(toks []token, h hit) bool {
	if h.from < 0 || h.from >= len(toks) {
		return false
	}
	s, _ := sentenceAt(toks, h.from)
	return harmless(s)
}

// harmless tells whether a sentence that sounds like a demand to stop is about
// something else than mail to its writer: a paper, a line of an offer, another
// firm, a call, a folder for spam, sick leave.
func harmless(s []token) bool {
	removes, denies := hasStem(s, stemsRemove), hasStem(s, stemsNot)
	switch {
	case len(s) > 2 && hasStem(s[:1], stemsEnough) && hasStem(s[1:2], "a$ an$ one$ eine$ une$ un$ una$ uno$ uma$ een$ ett$ en$ et$"): // "basta una mail"
		return true
	case denies && !removes && (aboutPapers(s) || notBefore(s) || onlyToday(s)), sickLeave(s), tookOff(s), joins(s), surely(s):
		return true
	case removes && len(s) <= 4 && hasStem(s, "your$") && hasStem(s, "email$ address$ name$ account$") && !hasStem(s, stemsMeObject+" my$"): // a link of theirs
		return true
	case removes && hasStem(s, stemsItems) && !hasStem(s, stemsMeObject+" "+stemsList):
		return true
	case removes && hasStem(s, stemsOther) && hasStem(s, stemsDeals) && !hasStem(s, stemsMeObject):
		return true
	case removes && hasStem(s, stemsOther+" dead$") && hasStem(s, stemsInstead) && hasStem(s, stemsData):
		return true
	case hasStem(s, stemsRivals) && !hasStem(s, "me$ mich$ moi$ mij$ mig$ meg$ mnie$"), hasStem(s, stemsVendors) && hasStem(s, stemsOther):
		return !hasStem(s, "your$ ihre$ ihrer$ ihrem$ ihren$ votre$ vos$ vostra$ vossa$ uw$ jullie$ er$ era$ jeres$ wasz")
	case denies && !removes && hasStem(s, stemsForgot):
		return true
	case hasStem(s, stemsSpam) && !removes && hasStem(s, stemsLanded+" "+stemsNearly) && !hasStem(s, stemsHalt+" "+stemsWish):
		return true
	case denies && !removes && !hasStem(s, stemsHalt+" "+stemsWish) && (hasStem(s, stemsReplies) && !hasStem(s, stemsMore) || hasStem(s, stemsReads)):
		return true
	case hasStem(s, stemsCalm) && hasStem(s, stemsThinks):
		return true
	}
	return denies && !removes && hasStem(s, stemsMeObject) && hasStem(s, "directly$ direkt$ directement$ direttamente$ diretamente$ directamente$ rechtstreeks$ bezposrednio$")
}

// aboutPapers knows "do not send the contract yet": no mail is refused, and
// nothing that came before.
func aboutPapers(s []token) bool {
	return hasStem(s, stemsPapers) && !hasStem(s, stemsMore) && !hasStem(s, "mail$ mails$ email emails mejl newsletter werbung reklam$ advert publicit publicid")
}

// onlyToday knows "don't call me again today": the wish ends with the day. "As
// of today" begins one.
func onlyToday(s []token) bool {
	for i, w := range s {
		if i > 1 && strings.Contains(" today tonight heute vandaag vanavond hoy oggi hoje idag aujourd dzisiaj dnes ", " "+string(w)+" ") || i > 1 && w == "dag" && s[i-1] == "i" {
			before := s[max(0, i-3):i]
			return !hasStem(before, "of$ from$ ab$ von$ seit$ since$ starting$ vanaf$ desde$ partir$ da$ dal$ fran$ fra$ od$ des$ compter$ per$")
		}
	}
	return false
}

// notBefore knows a wish for a better day: "do not call me before Monday". One
// to hear nothing again is none.
func notBefore(s []token) bool {
	if hasStem(s, stemsMore) {
		return false
	}
	for i, w := range s[:max(len(s)-1, 0)] {
		if strings.Contains(" before vor avant antes prima voor fore for innan przed ", " "+string(w)+" ") && (dayWord(string(s[i+1])) || i+2 < len(s) && dayWord(string(s[i+2]))) {
			return true
		}
	}
	return false
}

// dayWord tells whether a word is a weekday, a month, a number or a time of day.
func dayWord(w string) bool {
	return flagsOf(w)&(isWeekday|isMonth) != 0 || w != "" && isDigit(w[0]) || strings.Contains(" noon lunch midday tomorrow christmas easter mittag mittags morgen ostern weihnachten midi demain noel paques lunes navidad mediodia manana pasqua natale domani pascoa amanha morgen middag pasen lunch imorgon pask paske jul poludniem wielkanoca ", " "+w+" ") || strings.HasSuffix(w, "dzialkiem") || strings.HasPrefix(w, "poniedzial") || strings.HasPrefix(w, "wtor") || strings.HasPrefix(w, "czwart") || strings.HasPrefix(w, "piatk")
}

// surely knows "hören Sie auf jeden Fall von mir", in which nothing ends.
func surely(s []token) bool {
	for i, w := range s[:max(len(s)-2, 0)] {
		if w == "auf" && (s[i+1] == "jeden" || s[i+1] == "alle") && strings.HasPrefix(string(s[i+2]), "f") {
			return true
		}
	}
	return false
}

// sickLeave knows the "baja" of Spanish and Portuguese offices: "está de baja".
func sickLeave(s []token) bool {
	for i, w := range s {
		if (w == "baja" || w == "baixa") && i >= 2 && s[i-1] == "de" && hasStem(s[i-2:i-1], "esta$ estoy$ estamos$ estan$ estara$ estaba$ estou$ estao$ sigue$ anda$") {
			return true
		}
	}
	return false
}

// tookOff knows a statement that the writer took you from something: "I have
// removed you from our blocked senders".
func tookOff(s []token) bool {
	return len(s) > 3 && hasStem(s[:2], "i$ we$ ich$ wir$ je$ nous$ he$ hemos$ ho$ jag$ jeg$") &&
		hasStem(s, "removed$ deleted$ unblocked$ entfernt$ geloscht$ supprime$ retire$ eliminado$ quitado$ rimosso$ tolto$ verwijderd$ fjernet$ slettet$") &&
		hasStem(s, "you$ your$ sie$ ihre$ vous$ votre$ le$ la$ lei$ dig$ din$ u$ uw$") && !hasStem(s, "me$ us$ mich$ uns$ my$ moi$ mi$ mijn$ mig$ meg$ min$ mon$ mes$ be$ been$ like$ want$ wish$ asked$")
}

// joins knows a wish to be put on a list: "nehmen Sie mich in den Verteiler
// auf". Lists of those who get nothing are none.
func joins(s []token) bool {
	if len(s) == 0 || !hasStem(s, stemsList) || hasStem(s, "suppress block black stop sperr robinson opt$ unsub exclu ausschl") || hasStem(s, stemsNot) {
		return false
	}
	return hasStem(s, stemsAddsTo) || s[len(s)-1] == "auf" && hasStem(s, "nehmen$ nimm$ nehmt$ setzen$ setz$ setzt$")
}

// cjkPapers tells whether a phrase of a demand stands in a sentence about a
// paper that shall not come yet.
func cjkPapers(text string, c cjkPhrase) bool {
	head, _, _ := strings.Cut(c.text, "!")
	for _, s := range sentencesOf(text) {
		if strings.Contains(s, head) {
			return firstIn(s, "契約書|見積|請求書|サンプル|カタログ|合同|报价|報價|样品|樣品|发票|發票") != "" && firstIn(s, "メール|邮件|郵件|邮箱|配信|広告|广告|連絡先|联系方式") == ""
		}
	}
	return false
}
