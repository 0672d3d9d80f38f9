package classify

import (
	"strconv"
	"strings"
	"sync"
	"time"
)

// monthNames are the names of the months in the languages that we know, also
// shortened, folded; January first; read-only.
var monthNames = [...]string{
	" january jan januar janner janvier janv enero ene gennaio gen janeiro januari stycznia styczen sty tammikuu tammikuun tammikuuta tammikuussa leden ledna lednu ocak января январе январь ",
	" february feb februar fevrier fevr fev febrero febbraio febb fevereiro februari februar lutego luty helmikuu helmikuun helmikuuta helmikuussa unor unora unoru subat февраля феврале ",
	" march mar marz maerz mars marzo marco maart mrt marts marca marzec maaliskuu maaliskuun maaliskuuta maaliskuussa brezen brezna breznu mart марта марте ",
	" april apr avril avr abril abr aprile kwietnia kwiecien huhtikuu huhtikuun huhtikuuta huhtikuussa duben dubna dubnu nisan апреля апреле ",
	" may mai mayo maggio mag maio mei maj maja toukokuu toukokuun toukokuuta toukokuussa kveten kvetna kvetnu mayis мая ",
	" june jun juni juin junio giugno giu junho czerwca czerwiec kesakuu kesakuun kesakuuta kesakuussa cerven cervna cervnu haziran июня июне ",
	" july jul juli juillet juil julio luglio lug julho lipca lipiec heinakuu heinakuun heinakuuta heinakuussa cervenec cervence cervenci temmuz июля июле ",
	" august aug aout agosto ago augustus augusti sierpnia sierpien elokuu elokuun elokuuta elokuussa srpen srpna srpnu agustos августа августе ",
	" september sep sept septembre septiembre settembre set setembro wrzesnia wrzesien syyskuu syyskuun syyskuuta syyskuussa zari eylul сентября сентябре ",
	" october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik lokakuu lokakuun lokakuuta lokakuussa rijen rijna rijnu ekim октября октябре ",
	" november nov novembre noviembre novembro listopada listopad marraskuu marraskuun marraskuuta marraskuussa listopadu kasim ноября ноябре ",
	" december dec dezember dez decembre diciembre dic dicembre dezembro desember des grudnia grudzien joulukuu joulukuun joulukuuta joulukuussa prosinec prosince prosinci aralik декабря декабре ",
}

// monthOf reads the name of a month in the languages that we know, also
// shortened; 0 when w is none.
func monthOf(w string) int {
	w = strings.Trim(w, ".,")
	if len(w) < 3 || len(w) > 24 {
		return 0
	}
	return monthNumbers()[w]
}

// monthNumbers are the months by their names.
var monthNumbers = sync.OnceValue(func() map[string]int { return numbered(monthNames[:]) })

// numbered gives the words of lists with the number of their list, from 1; the
// first list wins.
func numbered(lists []string) map[string]int {
	out := map[string]int{}
	for i, list := range lists {
		for w := range strings.FieldsSeq(list) {
			if out[w] == 0 {
				out[w] = i + 1
			}
		}
	}
	return out
}

// monthLeads stand before the name of a month when a time is meant.
const monthLeads = " in im en no em i w after ab from until till before by of early late mid nach vor bis zum ende mitte anfang seit jusqu jusque avant apres debut fin courant d de du hasta antes despues di a ad da fino prima dopo entro inizio meta fine ate depois para op tot voor na vanaf begin half eind till tills fore efter fran til for etter fra do przed po od pod this next "

// spanIn reads "in three months", "next quarter", "next year", "in Q3", "in
// September": the first day of that time.
func (r *dateReader) spanIn() (time.Time, string) {
	toks, today, at := r.toks, r.today, r.at
	first := func(year, month int) time.Time {
		return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, at.Location())
	}
	for i, w := range toks {
		if !r.flag(i, isNumber|isLater) {
			continue
		}
		w = strings.Trim(w, ".")
		if len(w) == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4' {
			t := first(today.Year(), int(w[1]-'1')*3+1)
			if year, used := yearAt(toks, i+1); used > 0 {
				t = first(year, int(t.Month()))
			} else if !t.After(today) {
				t = t.AddDate(1, 0, 0)
			}
			return t, w
		}
		if t := quarterAt(toks, i, today); !t.IsZero() {
			return t, w + " " + toks[i+1]
		}
		if i == 0 {
			continue
		}
		before := strings.Trim(toks[i-1], ".")
		if t := easterAt(toks, i, today); !t.IsZero() && strings.Contains(" after nach apres despues de da depois dopo na efter etter po until bis hasta fino tot till til do ", " "+before+" ") {
			return t, before + " " + w
		}
		if t := seasonAt(toks, i, today); !t.IsZero() && before != "last" {
			return t, before + " " + w
		}
		if m := monthOf(w); m > 0 && (w != "may" && w != "mar" || strings.Contains(" in until till before after by from early late mid of ", " "+before+" ")) && strings.Contains(monthLeads, " "+before+" ") {
			t := first(today.Year(), m)
			if !t.After(today) {
				t = t.AddDate(1, 0, 0)
			}
			return t, before + " " + w
		}
		if strings.Contains(" halbes halves halvt halvar demi ", " "+before+" ") && strings.Contains(" jahr ar annee ", " "+w+" ") || w == "halfjaar" || w == "halvar" || w == "halbjahr" || w == "polroku" || before == "pol" && w == "roku" || before == "half" && (w == "year" || w == "jaar") || before == "medio" && (w == "ano" || w == "anno") {
			return today.AddDate(0, 6, 0), before + " " + w
		}
		n := countWord(before)
		next := strings.Contains(" next nachstes nachsten nachste kommendes prochain prochaine proximo proxima prossimo prossima volgend volgende nasta naeste neste przyszlym ", " "+before+" ")
		after := i+1 < len(toks) && strings.Contains(" prochain prochaine que prossimo ", " "+strings.Trim(toks[i+1], ".")+" ")
		if !next && !after && n == 0 {
			continue
		}
		if t := addSpan(today, w, max(n, 1), next || after); !t.IsZero() {
			return t, before + " " + w
		}
	}
	return time.Time{}, ""
}

// countWord reads small numbers in words and digits, "a few" as three.
func countWord(w string) int {
	if n, err := strconv.Atoi(w); err == nil && n > 0 && n < 25 {
		return n
	}
	return countWords()[w]
}

// countWords are the small numbers by their words.
var countWords = sync.OnceValue(func() map[string]int {
	return numbered([]string{
		" a one ein einem einer un une uno una um uma en et een ", " two couple zwei deux dos due dois duas twee tva to dwa ", " three few several drei einigen paar quelques trois unos tres tre alguns drie nagra par noen nogle trzy kilka ",
		" four vier quatre cuatro quattro quatro fyra fire cztery ", " five funf cinq cinco cinque vijf fem piec ", " six sechs seis sei zes sex seks szesc ",
	})
})

// Units of time, folded.
const (
	weekUnits    = " week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor uge uger uke uker tygodni tygodnie tygodniu "
	monthUnits   = " month months monat monaten monate mois mes meses mese mesi maand maanden manad manader maned maneder miesiac miesiace miesiecy miesiacu "
	quarterUnits = " quarter quarters quartal quartale trimestre trimestres kwartaal kvartal kwartale kwartal "
	yearUnits    = " year years jahr jahren jahre an ans annee ano anos anno anni jaar jaren ar roku rok "
)

// addSpan adds n weeks, months or years to a day; next starts at the first
// day of the following one.
func addSpan(day time.Time, unit string, n int, next bool) time.Time {
	year, month, _ := day.Date()
	switch {
	case strings.Contains(weekUnits, " "+unit+" "):
		if next {
			return day.AddDate(0, 0, (8-int(day.Weekday()))%7+boolInt(day.Weekday() == time.Monday)*7)
		}
		return day.AddDate(0, 0, 7*n)
	case strings.Contains(monthUnits, " "+unit+" "):
		if next {
			return time.Date(year, month+1, 1, 0, 0, 0, 0, day.Location())
		}
		return day.AddDate(0, n, 0)
	case strings.Contains(quarterUnits, " "+unit+" "):
		return time.Date(year, (month-1)/3*3+4, 1, 0, 0, 0, 0, day.Location())
	case strings.Contains(yearUnits, " "+unit+" "):
		if next {
			return time.Date(year+1, 1, 1, 0, 0, 0, 0, day.Location())
		}
		return day.AddDate(n, 0, 0)
	}
	return time.Time{}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
