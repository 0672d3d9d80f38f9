package classify

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Words that put a time off, all languages at once, folded.
const (
	// Limits that stand before a time: "not before May", "until the summer".
	limitWords = " until till before after from since earliest beginning bis vor nach ab erst fruhestens seit anfang mitte jusqu jusque avant apres seulement debut courant hasta antes despues partir solo fino prima dopo soltanto entro ate depois apenas so tot voor na vanaf pas eerst till tills fore forran efter fran forst til for etter fra tidligst do przed po od dopiero nie not only no kein keine nichts pas rien ningun nada nicht non nessun nulla niente nao nenhum niet geen niets inte ingen inget inga ikke ingenting nic zadnego once wenn wanneer when quand quando "
	sinceWords = " since seit depuis sinds sedan siden "
	// Stems of what is asked for at that time.
	againStems = "writ$ write$ contact reach remind call$ ping$ try$ ask$ talk speak revisit reconnect resume check$ follow$ circle compare review decid renew look$ plan$ budget schreib meld kontaktier erinner anruf ruf$ rufen versuch frag red sprech entscheid pruf vergleich budget ecri recontact relanc rappel essay parl reparl revoi revoy reven revien voyons verrons decid escrib contact recuerd llam intent$ intente habl revis decid vuelv recont scriv ricord chiam prov$ provi risent sent ricontatt richiam rived decid record lembr lig$ ligue tent$ tente fal rev volt decid escrev mail$ mailen bel$ herinner probeer prat praten spreek bekijk beslis kom$ kijk skriv kontakt pamin ring$ forsok prova$ horas prat beslut aterkom titt skriv mind minn prov spor tal$ tale$ snak vend beslut bestem kig napis zadzw przypom sprob rozm decyd wroc$ wrocim odezw"
	// A time of giving: "give us six months".
	giveStems = "give$ gib$ geben$ laiss donn da$ den$ denos dia$ diaci dateci deixe de$ dê geef$ ge$ giv$ gi$ dac$ dajcie$"
)

// laterSentence finds the sentence of a text that puts a talk off to a time
// at least two weeks ahead: "nothing before July", "write again in May".
func laterSentence(text string, at time.Time, m *memory) (h hit, until time.Time, found bool) {
	from := 0
	for i, sentence := range m.sentences(text) {
		if i > 40 {
			break
		}
		all := m.tokens(sentence)
		at0 := from
		from += len(all)
		if len(all) < 2 || len(all) > 90 || !mayName(sentence, all) {
			continue
		}
		words := wordsOf(all)
		if len(words) < 2 || len(words) > 45 {
			continue
		}
		day, named := m.laterDate(sentence, at)
		if named == "" || day.Before(at.AddDate(0, 0, 13)) || day.After(at.AddDate(0, 0, 800)) {
			continue
		}
		if hasAny(words, sinceWords) && !hasStem(words, againStems) { // what has been so for long
			continue
		}
		asks := strings.HasSuffix(strings.TrimSpace(sentence), "?")
		again := hasStem(words, againStems)
		weight := 0.0
		switch {
		case again && !asks, again && hasStem(words, "again$ remind erinner wieder$ nochmal rappel relanc recuerd recorda ricord lembr record herinner pamin mind$ minde$ minn przypom igen$ igjen$ ponownie$ novamente$ nuevo$ nuovo$ opnieuw$ nog$"):
			weight = 3
		case !asks && (hasAny(words, limitWords) || hasStem(words, giveStems)):
			weight = 2.5
		default:
			continue
		}
		if weight > h.weight {
			h, until, found = hit{meansLater, weight, at0, at0 + len(all), strings.TrimSpace(sentence)}, day, true
		}
	}
	return h, until, found
}

// dated tells whether a sentence of a text names a time.
func dated(text string, at time.Time, m *memory) bool {
	for _, sentence := range m.sentences(text) {
		if !mayName(sentence, m.tokens(sentence)) {
			continue
		}
		if _, words := m.laterDate(sentence, at); words != "" {
			return true
		}
	}
	return false
}

// mayName tells whether a sentence, whose tokens are toks, may name a time that
// laterDate reads: by a number, by a character of Japanese or Chinese, or by a
// word for one. Words that lead to a time alone name none.
func mayName(sentence string, toks []token) bool {
	for i := 0; i < len(sentence); i++ {
		if c := sentence[i]; isDigit(c) || c >= 0xe3 {
			return true
		}
	}
	vocab := dateHeads()
	for i, t := range toks {
		if len(t) < 2 || !vocab.mayHave(string(t)) {
			continue
		}
		flags := dateVocab()[string(t)]
		if flags&(isMonth|isWeekday|isWeek|isTomorrow|isLater|isNewYear) != 0 || flags&isIn != 0 && i+1 < len(toks) && countWords()[string(toks[i+1])] > 0 {
			return true
		}
	}
	return false
}

// twoHeads is a bit for each pair of bytes that words of a list begin with.
type twoHeads [1 << 10]uint64

func (h *twoHeads) add(w string) {
	at := uint(w[0])<<8 | uint(w[1])
	h[at>>6] |= 1 << (at & 63)
}

func (h *twoHeads) mayHave(w string) bool {
	at := uint(w[0])<<8 | uint(w[1])
	return h[at>>6]&(1<<(at&63)) != 0
}

// dateHeads are the beginnings of the words that mayName looks for.
var dateHeads = sync.OnceValue(func() *twoHeads {
	h := &twoHeads{}
	for w, flags := range dateVocab() {
		if len(w) > 1 && flags&(isMonth|isWeekday|isWeek|isTomorrow|isLater|isNewYear|isIn) != 0 {
			h.add(w)
		}
	}
	return h
})

func hasAny(words []token, list string) bool {
	for _, w := range words {
		if strings.Contains(list, " "+string(w)+" ") {
			return true
		}
	}
	return false
}

// sentencesOf cuts a text into sentences. The dot of a number ("15. April")
// and a line that only wraps end none.
func sentencesOf(text string) []string {
	out := make([]string, 0, 8)
	start := 0
	for i, r := range text {
		if r >= 'a' && r <= 'z' || r == ' ' {
			continue
		}
		end := false
		switch r {
		case '!', '?', ';', '。', '！', '？', '…':
			end = true
		case '.':
			end = i == 0 || !isDigit(text[i-1])
		case '\n':
			end = i+1 < len(text) && text[i+1] == '\n'
		}
		if end {
			next := i + utf8.RuneLen(r)
			if strings.TrimSpace(text[start:i]) != "" {
				out = append(out, text[start:next])
			}
			start = next
		}
	}
	if strings.TrimSpace(text[start:]) != "" {
		out = append(out, text[start:])
	}
	return out
}

// seasonNames gives the first month of a season and of what else people count
// by, folded; read-only.
var seasonNames = [...]struct {
	month int
	names string
}{
	{4, " spring fruhjahr fruhling printemps primavera voorjaar lente varen forar foraret wiosna wiosne wiosny "},
	{6, " summer sommer verano estate verao zomer sommar sommaren sommeren lato lata latem "},
	{9, " autumn fall herbst automne rentree otono autunno outono najaar herfst hosten efterar efteraret jesien jesieni jesienia "},
	{12, " winter hiver invierno inverno vinter vintern vinteren zima zimy "},
}

// seasonAt reads a season at token i: of "after the summer" the season after.
func seasonAt(toks []string, i int, today time.Time) time.Time {
	n := seasonOf(strings.Trim(toks[i], ".,")) - 1
	if n < 0 {
		return time.Time{}
	}
	month := seasonNames[n].month
	for j := max(0, i-3); j < i; j++ {
		if strings.Contains(" after nach apres despues dopo depois na efter etter po ", " "+toks[j]+" ") {
			month = seasonNames[(n+1)%len(seasonNames)].month
		}
	}
	t := time.Date(today.Year(), time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	if !t.After(today) {
		t = t.AddDate(1, 0, 0)
	}
	return t
}

// seasonNumbers are the seasons by their names, from 1.
var seasonNumbers = sync.OnceValue(func() map[string]int {
	var lists []string
	for _, s := range seasonNames {
		lists = append(lists, s.names)
	}
	return numbered(lists)
})

// seasonOf gives the number of a season, of "sommerpause" and "herbstferien" as
// well; 0 when w is none.
func seasonOf(w string) int {
	n := seasonNumbers()[w]
	if n > 0 {
		return n
	}
	for _, end := range seasonEnds {
		if head, ok := strings.CutSuffix(w, end); ok && len(head) > 3 {
			if k := seasonNumbers()[head]; k > 0 && (n == 0 || k < n) {
				n = k
			}
		}
	}
	return n
}

// seasonEnds are what names of seasons are put together with; read-only.
var seasonEnds = [...]string{"pause", "ferien", "ferie", "ferier", "ferierna", "uppehallet", "urlaub", "stop", "vakantie", "messe", "halbjahr"}

// ordinalNames are the numbers of quarters and halves, folded; read-only.
var ordinalNames = [...]string{
	" first ersten erste 1 1st premier primer primo primeiro eerste forsta forste pierwszym ", " second zweiten zweite 2 2nd deuxieme second segundo secondo tweede andra anden andre drugim drugiej ",
	" third dritten dritte 3 3rd troisieme tercer terzo terceiro derde tredje trzecim ", " fourth vierten vierte 4 4th quatrieme cuarto quarto vierde fjarde fjerde czwartym ",
}

// ordinals are the numbers by their words.
var ordinals = sync.OnceValue(func() map[string]int { return numbered(ordinalNames[:]) })

// quarterAt reads "third quarter", "3. Quartal", "deuxième semestre" at token
// i, the number.
func quarterAt(toks []string, i int, today time.Time) time.Time {
	if i+1 >= len(toks) {
		return time.Time{}
	}
	n := ordinals()[strings.Trim(toks[i], ".,")]
	month := 0
	switch unit := " " + strings.Trim(toks[i+1], ".,") + " "; {
	case n == 0:
		return time.Time{}
	case strings.Contains(" quarter quartal trimestre kwartaal kvartal kvartalet kwartale ", unit):
		month = 3*n - 2
	case strings.Contains(" half halbjahr halfte semestre helft halvar halvaret polroczu polowie ", unit):
		month = 6*n - 5
	}
	if month < 1 || month > 12 {
		return time.Time{}
	}
	t := time.Date(today.Year(), time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	if !t.After(today) {
		t = t.AddDate(1, 0, 0)
	}
	return t
}
