package classify

import (
	"strings"
	"sync"
)

const (
	backWords = " return returning returns back resume resuming resumes reachable available contactable zuruck zuruckkehren wieder erreichbar da anwesend retour reviendrai revenir rentre rentrerai reprendrai reprise joignable disponible regreso regresare regresar regresa vuelvo volvere vuelta reincorporo reincorporare incorporo incorporare disponibile rientro rientrero rientra torno tornero ritorno ritornero operativo regresso regressarei retorno retornarei volto voltarei voltar disponivel terug weer bereikbaar aanwezig ater tillbaka igen tilbage tilbake igjen wracam wracamy wroce powrot powroce dostepny dostepna ponownie nuovo nuevo volta again palaan takaisin вернусь возвращаюсь снова выйду доступен доступна contestare respondere atendere contesto reabriremos reabrimos reapriremo riapriremo riapre riaprono rouvre rouvrira rouvrirons reouverture reapertura reabertura reopen reopens reopening resurface resurfacing heropenen beantwoord geoffnet zpet vratim olacagim donecegim basliyorum "
	// Ends that are said of nothing else, and those that only end a span.
	endWords  = " until till til thru through tills bis jusqu jusque hasta fino ate tot t/m tm t.o.m tom t.m do einschliesslich einschl inclusive including incl do до по "
	spanWords = " to - au a al ao el och og and und et e y en i zum "
	fromWords = " from starting beginning since effective vom ab seit depuis partir desde dal dall vanaf fran fra od с начиная "
)

// Stems of the words for being away, all languages at once, folded.
const stemsAway = "out$ ooo$ away leave$ vacation holiday office travel unavailable absent absen abwesen urlaub buro$ hause dienstreise geschaftsreise elternzeit closed geschlossen schliess conge bureau deplacement vacance ferme$ fermes$ vacaciones oficina ausente ausencia viaje baja$ permiso cerrad ferie$ ufficio fuori assent assenza trasferta chius ferias fora$ escritorio ausenc fechad encerrad licenca vakantie verlof afwezig kantoor gesloten semester ledig kontoret franva borta resa$ stang fravaer rejse bortrejst ferien lukket reise bortreist urlop nieobec biur delegac zwolnien zamkniet loma poissa cerpam dovolen izin tatil fermee$ fermees$ fermeture командировк отпуск отсутств pto$ break$ parental sabbatical sick$ krank malad enferm malatt ziek sjuk syg mail$ mails$ email emails"

var awaySet = sync.OnceValue(func() *stemSet { return newStemSet(stemsAway) })

// dateFlag says what a word is for dates.
type dateFlag uint32

const (
	isNumber dateFlag = 1 << iota // begins with a digit
	isMonth
	isWeekday
	isNext   // "next", "kommende"
	isWeek   // "week"
	isWeekNo // what stands before the number of a week
	isIn     // "in two weeks"
	isTomorrow
	isNewYear // "new year"
	isBack
	isEnd
	isSpan
	isFrom
	isStop   // the sentence ends here
	isLater  // what spanIn may read a time from
	isAway   // a word for being away
	isJudged // isAway is known

	// What a date may begin with.
	isDate = isNumber | isMonth | isWeekday | isNext | isWeek | isWeekNo | isIn | isTomorrow | isNewYear
)

// dateVocab holds the flags of every word that means something for dates.
var dateVocab = sync.OnceValue(func() map[string]dateFlag {
	vocab := map[string]dateFlag{}
	add := func(flag dateFlag, lists ...string) {
		for _, list := range lists {
			for w := range strings.FieldsSeq(list) {
				vocab[w] |= flag
			}
		}
	}
	add(isMonth, monthNames[:]...)
	add(isWeekday, weekdayNames[:]...)
	add(isNext, nextWords)
	add(isWeek, weekWords)
	add(isWeekNo, weekNumbers)
	add(isIn, aheadWords)
	add(isTomorrow, tomorrowWords)
	add(isNewYear, newYearWords)
	add(isBack, backWords)
	add(isEnd, endWords)
	add(isSpan, spanWords)
	add(isFrom, fromWords)
	add(isLater, "q1 q2 q3 q4 jahr ar annee halfjaar halvar halbjahr polroku roku year jaar ano anno", weekUnits, monthUnits, quarterUnits, yearUnits)
	add(isLater, easterNames)
	add(isLater, monthNames[:]...)
	add(isLater, ordinalNames[:]...)
	for _, s := range seasonNames {
		add(isLater, s.names)
		for name := range strings.FieldsSeq(s.names) {
			for _, end := range seasonEnds {
				add(isLater, name+end)
			}
		}
	}
	return vocab
})

// dateLengths are those of the words of dateVocab.
var dateLengths = sync.OnceValue(func() *lengths {
	l := &lengths{}
	for w := range dateVocab() {
		l.add(w)
	}
	return l
})

// flagsOf gives the flags of a word.
func flagsOf(w string) dateFlag {
	switch {
	case w == "|":
		return isStop
	case isDigit(w[0]):
		return isNumber
	}
	bare := w
	if c, last := w[0], w[len(w)-1]; c == '.' || c == ',' || last == '.' || last == ',' {
		bare = strings.Trim(w, ".,")
	}
	flags := dateFlag(0)
	if dateLengths().may(bare) {
		flags = dateVocab()[bare]
	}
	if len(w) > 3 && len(bare) == len(w)-1 && w[len(w)-1] == '.' && flags&isMonth == 0 && strings.IndexByte(bare, '.') < 0 {
		flags |= isStop
	}
	return flags
}
