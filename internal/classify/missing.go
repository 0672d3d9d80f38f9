package classify

import "strings"

// What reports in plain words say of an address that is not there, by its
// parts: a word for none, perhaps one of missingBetween, a word for the box or
// its owner; or such a word and one of missingGone shortly behind it. Folded.
const (
	missingNone    = " no kein keine keinen keiner aucun aucune pas ningun ninguna nessun nessuna nenhum nenhuma geen ingen inget intet brak zadnej zadnego "
	missingBetween = " such valid known local e email mail matching existing longer a an the de d solche solcher solches gultige gultiges bekannte bekannter bekanntes tel telle tal valido valida valide conhecido slik sadan sadant sadana ett et en user active "
	missingThing   = "mailbox mailboxe user$ users$ recipient addressee account$ inbox address$ addresses$ postfach adresse$ adressen$ empfanger benutzer konto$ mailkonto boite compte$ destinatair utilisateur buzon usuari$ usuario direccion destinatari cuenta$ casella utente indirizzo caixa endereco conta$ postvak mailadres adres$ gebruiker ontvanger brevlada anvandare mottagare adressat postkasse postboks bruger bruker modtager mottaker skrzynk uzytkownik odbiorc adresat"
	missingGone    = "unknown nonexistent nonexist missing unbekannt inconnu desconocid sconosciut inesistent inexistent desconhecid onbekend okand ukjent ukendt nieznan nieistniej"
	missingHere    = " a al by under with named called here mit unter namens vorhanden hier avec nomme ici con llamado llamada aqui con chiamato qui com chamado aqui met genaamd hier med som heter her har tutaj o takim for fur pour para per voor till til "
)

// missing finds words that say of a mailbox, user or address that it does not
// exist, in sentences that no list foresaw; "" when there are none. What says
// why there is none now (full, switched off, not allowed) is judged before.
func missing(low string) string {
	toks := tokenize(low)
	for i, t := range toks {
		switch {
		case !t.word():
		case strings.Contains(missingNone, " "+string(t)+" "):
			j := i + 1
			for j < len(toks) && j <= i+3 && strings.Contains(missingBetween, " "+string(toks[j])+" ") {
				j++
			}
			if j >= len(toks) || !hasStem(toks[j:j+1], missingThing) {
				continue
			}
			// "No user input" is something else: the sentence goes on with
			// whose or where, or ends.
			next := j + 1
			for next < len(toks) && next <= j+3 && toks[next].word() && !strings.Contains(missingHere, " "+string(toks[next])+" ") {
				next++
			}
			if j+1 >= len(toks) || !toks[j+1].word() || next < len(toks) && next <= j+3 && toks[next].word() {
				return join(toks[i : j+1])
			}
		case hasStem(toks[i:i+1], missingThing):
			for j := i + 1; j < len(toks) && j <= i+5 && toks[j].word(); j++ {
				if hasStem(toks[j:j+1], missingGone) || notThere(toks, j) {
					return join(toks[i : j+1])
				}
			}
		}
	}
	return ""
}

// notThere knows "does not exist", "gibt es nicht", "no longer here" at token j.
func notThere(toks []token, j int) bool {
	after := wordsOf(toks[j:min(len(toks), j+4)])
	if len(after) == 0 {
		return false
	}
	switch string(after[0]) {
	case "not", "nicht", "pas", "no", "non", "nao", "niet", "inte", "ikke", "nie", "gibt", "n", "finns", "findes", "finnes", "bestaat", "existiert", "existe", "esiste", "istnieje":
	default:
		return false
	}
	exists := hasStem(after, "exist esist bestaat gibt vorhanden finns findes finnes istniej")
	return exists && hasStem(after, "not$ nicht$ pas$ no$ non$ nao$ niet$ inte$ ikke$ nie$")
}
