package classify

import (
	"strings"
	"sync"
)

// What reports in plain words say of a mailbox, in sentences that no list
// foresaw: a word for the box or its owner, and near it a word for its state.
// Stems of all languages at once, folded; a stem with a final "$" is a whole
// word.
const (
	boxStems = "mailbox mailboxe inbox account$ accounts$ postfach posteingang konto$ mailkonto boite messagerie$ compte$ buzon bandeja cuenta$ casella utenza caixa conta$ postvak brevlada inkorg postkasse postboks indbakke innboks postlada skrzynk konta$ kontem$ ящик почтов postilaatikko"
	// Only the state of a box, not of a message, is meant by these.
	fullStems  = "full$ voll$ uberfullt pleine$ plein$ sature lleno$ llena$ piena$ pieno$ cheia$ cheio$ lotad vol$ full fyldt fyld$ pelna$ pelny$ pelne$ przepelnion переполн заполнен taynna"
	quotaStems = "quota quote$ quotas$ cuota cota$ kvote kvota kvoter limit$ speicher storage$ stockage almacen archiviazione spazio armazen opslag opslagruimte lagring utrymme plads$ pojemnosc miejsca limite квот espace$ espacio$ espaco$"
	overStems  = "exceed uberschrit depass superad supero excedi excedeu superat esaurit ultrapass overschr overskr overskred overtred przekrocz превыш atteint reached$ erreicht alcanz raggiunt atingi bereikt natt$ naet$ nadd$ uppnadd wyczerp brak$"
	offStems   = "disabl inactiv inaktiv deactivat deaktiv gesperrt abgeschaltet desactiv desativ desabilit inativ suspend suspens sospes disattivat disabilitat bloccat uitgeschak gedeactiv afgesloten avstangd avaktiver sparrad lukket sperret stengt wylacz zablokowan zawiesz заблокирован отключен неактив bloque bloquead"

	missingNone    = " no kein keine keinen keiner aucun aucune pas ningun ninguna nessun nessuna nenhum nenhuma geen ingen inget intet brak zadnej zadnego nie нет "
	missingBetween = " such valid known local e email mail matching existing longer a an the de d solche solcher solches gultige gultiges bekannte bekannter bekanntes tel telle tal valido valida valide conhecido slik sadan sadant sadana ett et en user active ma takiego takiej такого такой gyldig giltig geldig geldige "
	missingThing   = "mailbox mailboxe user$ users$ recipient addressee account$ inbox address$ addresses$ postfach adresse$ adressen$ empfanger benutzer konto$ mailkonto boite compte$ destinatair utilisateur abonne buzon usuari$ usuario direccion destinatari cuenta$ casella utente indirizzo caixa endereco conta$ postvak mailadres adres$ gebruiker ontvanger brevlada postlada anvandare mottagare adressat postkasse postboks bruger bruker modtager mottaker skrzynk uzytkownik odbiorc adresat пользовател адресат получател ящик"
	missingGone    = "unknown nonexistent nonexist missing unbekannt inconnu desconocid sconosciut inesistent inexistent desconhecid onbekend okand ukjent ukendt nieznan nieistniej неизвест resilie neexist neznam bulunama tuntematon ismeretlen letezik"
	missingHere    = " a al by under with named called here mit unter namens vorhanden hier avec nomme ici con llamado llamada aqui con chiamato qui com chamado aqui met genaamd hier med som heter her har tutaj o takim for fur pour para per voor till til ne correspond exist existe existiert with corresponding matching "
)

var (
	boxSet   = sync.OnceValue(func() *stemSet { return newStemSet(boxStems) })
	quotaSet = sync.OnceValue(func() *stemSet { return newStemSet(quotaStems) })
	thingSet = sync.OnceValue(func() *stemSet { return newStemSet(missingThing) })
	noneSet  = sync.OnceValue(func() *stemSet { return newStemSet(wholeWords(missingNone)) })
)

// wholeWords turns a list of words into stems of whole words.
func wholeWords(list string) string { return strings.Join(strings.Fields(list), "$ ") + "$" }

// boxState reads the state of a mailbox from words: "full", "off", or "" when
// none of them is said.
func boxState(toks []token) (state, words string) {
	for i := range toks {
		box, quota := boxSet().has(string(toks[i])), quotaSet().has(string(toks[i]))
		if !box && !quota {
			continue
		}
		from, to := i, i
		for from > 0 && from > i-4 && toks[from-1].word() {
			from--
		}
		for to+1 < len(toks) && to < i+8 && !toks[to+1].ends() {
			to++
		}
		near := toks[from : to+1]
		switch {
		case box && hasStem(near, fullStems), quota && hasStem(near, overStems) && !hasStem(near, "message messages emails mails hour$ day$ stunde heure hora ora$ size$ connections"):
			return "full", join(near)
		case box && hasStem(near, offStems):
			return "off", join(near)
		}
	}
	return "", ""
}

// missing finds words that say of a mailbox, user or address that it does not
// exist; "" when there are none. What says why there is none now (full,
// switched off, not allowed) is judged before.
func missing(toks []token) string {
	for i, t := range toks {
		switch {
		case !t.word():
		case noneSet().has(string(t)):
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
		case thingSet().has(string(t)):
			for j := i + 1; j < len(toks) && j <= i+8 && !toks[j].ends(); j++ {
				if hasStem(toks[j:j+1], missingGone) || notThere(toks, j) {
					return join(toks[i : j+1])
				}
			}
		}
	}
	return ""
}

// notThere knows "does not exist", "gibt es nicht", "no se encontró", "no
// longer here" at token j.
func notThere(toks []token, j int) bool {
	after := wordsOf(toks[j:min(len(toks), j+5)])
	if len(after) == 0 {
		return false
	}
	switch string(after[0]) {
	case "not", "nicht", "pas", "no", "non", "nao", "niet", "inte", "ikke", "nie", "не", "gibt", "n", "finns", "findes", "finnes", "bestaat", "existiert", "existe", "esiste", "istnieje", "konnte", "kon", "kunde", "kunne":
	default:
		return false
	}
	there := hasStem(after, "exist esist bestaat gibt vorhanden finns findes finnes istniej существ gefunden trouve encontr encuentr trovat localizad gevonden hittas hittad hittat fundet funnet znalezion найден verzeichn aufgefuhr gelistet listed$ figure figura")
	return there && hasStem(after, "not$ nicht$ pas$ no$ non$ nao$ niet$ inte$ ikke$ nie$ не$")
}
