package classify

import (
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	tomorrowWords = " tomorrow morgen demain manana domani amanha imorgon jutro huomenna завтра "
	nextWords     = " next nachste nachster nachsten kommende kommender kommenden prochaine proxima prossima volgende komende nasta naeste neste przyszlym przyszly nastepnym "
	weekWords     = " week woche semaine semana settimana vecka uge uke tygodniu tydzien "
	behindNext    = " prochaine prossima proxima que viene vem "
	weekNumbers   = " kw week wk vecka v uge uke semaine semana settimana tygodniu kalenderwoche "
	newYearWords  = " new neuen neues neue nouvel nouvelle nuevo nuovo novo nieuwe nya nye nytt nowym nowy "
	aheadWords    = " in dans en tra fra em over om za binnen po "
)

// relative reads what is named relative to today: "tomorrow", "on Monday",
// "next week", "in two weeks", "KW 12", "in the new year". All but the
// names of dates stand in many sentences, so they count behind or before words
// for coming back or for an end alone.
func (r *dateReader) relative(i int) (time.Time, int) {
	if !r.flag(i, isDate) {
		return time.Time{}, 0
	}
	w := strings.Trim(r.toks[i], ".,")
	rank := r.rank(i)
	if rank == 0 && r.backBehind(i+1) {
		rank = 2
	}
	switch {
	case rank == 0:
		return time.Time{}, 0
	case r.flag(i, isTomorrow):
		if i > 0 && (w == "morgen" || w == "manana") && r.has(i-1, " guten gute am pasado ") {
			return time.Time{}, 0
		}
		if r.has(i-1, " after uber apres pasado dopo ") {
			return r.today.AddDate(0, 0, 2), 1
		}
		if i+1 < len(r.toks) && r.flag(i+1, isWeekday) {
			return time.Time{}, 0
		}
		return r.today.AddDate(0, 0, 1), 1
	case r.flag(i, isWeekday) && len(w) == 3 && !r.has(i-1, " on until till next by back through this and "):
		return time.Time{}, 0 // "mon retour"
	case r.flag(i, isWeekday):
		return r.weekday(i, weekdayOf(w))
	case r.flag(i, isWeekNo) && i+1 < len(r.toks):
		if n, err := strconv.Atoi(strings.Trim(r.toks[i+1], ".,")); err == nil && n >= 1 && n <= 53 {
			day := isoWeek(n, r.today)
			if rank == 1 {
				day = day.AddDate(0, 0, 4) // the last working day
			}
			return day, 2
		}
	}
	switch {
	case r.flag(i, isNext) || r.flag(i, isWeek) && (r.has(i+1, behindNext) || r.has(i+2, behindNext)):
		return r.nextWeek(i)
	case r.flag(i, isIn) && i+2 < len(r.toks) && rank == 2:
		if n := countWord(strings.Trim(r.toks[i+1], ".,")); n > 0 {
			return r.ahead(n, strings.Trim(r.toks[i+2], ".,"))
		}
	case r.flag(i, isNewYear) && i+1 < len(r.toks) && r.has(i+1, " jahr jahres year an annee ano anno jaar aret ar ar år aar roku rok ") && r.today.Month() >= time.October:
		return time.Date(r.today.Year()+1, 1, 1, 0, 0, 0, 0, r.today.Location()), 2
	}
	return time.Time{}, 0
}

// weekday reads "Monday" and "Monday next week"; beside a date the date says
// it better.
func (r *dateReader) weekday(i, day int) (time.Time, int) {
	for j := i + 1; j < len(r.toks) && j <= i+3 && !r.flag(j-1, isStop); j++ {
		if r.has(j, " the den dem de le el il ") {
			continue
		}
		if _, ok := r.numeric(r.toks[j]); ok {
			return time.Time{}, 0
		}
		if _, ok := dayNumber(r.toks[j]); ok {
			return time.Time{}, 0
		}
		if m := monthOf(r.toks[j]); m > 0 && j+1 < len(r.toks) {
			if _, ok := dayNumber(r.toks[j+1]); ok {
				return time.Time{}, 0
			}
		}
		break
	}
	ahead := (day - int(r.today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	for j := i + 1; j < len(r.toks) && j <= i+3; j++ {
		if r.has(j, nextWords) && (r.has(j+1, weekWords) || r.has(j-1, weekWords)) {
			return nextMonday(r.today).AddDate(0, 0, (day+6)%7), j + 2 - i
		}
	}
	return r.today.AddDate(0, 0, ahead), 1
}

// nextWeek reads "next week", "la semaine prochaine": the Monday that begins it.
func (r *dateReader) nextWeek(i int) (time.Time, int) {
	switch {
	case r.has(i, weekWords):
		return nextMonday(r.today), 2
	case r.has(i+1, weekWords):
		return nextMonday(r.today), 2
	case r.has(i+1, " month monat mois mes mese maand manad maned miesiacu "):
		return time.Date(r.today.Year(), r.today.Month()+1, 1, 0, 0, 0, 0, r.today.Location()), 2
	}
	return time.Time{}, 0
}

func (r *dateReader) ahead(n int, unit string) (time.Time, int) {
	if strings.Contains(" day days tag tage tagen jour jours dia dias giorno giorni dag dagen dagar dage dni ", " "+unit+" ") {
		return r.today.AddDate(0, 0, n), 3
	}
	if day := addSpan(r.today, unit, n, false); !day.IsZero() {
		return day, 3
	}
	return time.Time{}, 0
}

func nextMonday(day time.Time) time.Time {
	return day.AddDate(0, 0, 7-(int(day.Weekday())+6)%7)
}

// isoWeek is the Monday of week n (ISO 8601), of this year or, when that is
// past, of the next.
func isoWeek(n int, today time.Time) time.Time {
	for year := today.Year(); ; year++ {
		fourth := time.Date(year, 1, 4, 0, 0, 0, 0, today.Location()) // always in week 1
		monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(n-1))
		if !monday.AddDate(0, 0, 6).Before(today) || year > today.Year() {
			return monday
		}
	}
}

// weekdayNames are the days of the week, folded; Sunday first; read-only.
var weekdayNames = [...]string{
	" sunday sonntag dimanche domingo domenica zondag sondag niedziela niedziele ",
	" monday mon montag lundi lunes lunedi segunda segunda-feira maandag mandag poniedzialek ",
	" tuesday tue dienstag mardi martes martedi terca terca-feira dinsdag tisdag tirsdag wtorek ",
	" wednesday wed mittwoch mercredi miercoles mercoledi quarta quarta-feira woensdag onsdag sroda srode ",
	" thursday thu donnerstag jeudi jueves giovedi quinta quinta-feira donderdag torsdag czwartek ",
	" friday fri freitag vendredi viernes venerdi sexta sexta-feira vrijdag fredag piatek ",
	" saturday sat samstag sonnabend samedi sabado sabato zaterdag lordag sobota sobote ",
}

func weekdayOf(w string) int {
	if !dateLengths().may(w) {
		return -1
	}
	return weekdayNumbers()[w] - 1
}

// weekdayNumbers are the days of the week by their names, Sunday 1.
var weekdayNumbers = sync.OnceValue(func() map[string]int { return numbered(weekdayNames[:]) })
