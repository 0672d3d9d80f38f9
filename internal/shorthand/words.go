package shorthand

import (
	"strings"
	"time"
	"unicode/utf8"
)

// nearDays are words for days, by how many days from today they are.
func nearDays() map[string]int {
	return map[string]int{
		"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2, "next week": 7, "in a week": 7,
		"heute": 0, "morgen": 1, "übermorgen": 2, "nächste woche": 7,
		"aujourd'hui": 0, "demain": 1, "après-demain": 2, "semaine prochaine": 7,
		"hoy": 0, "mañana": 1, "pasado mañana": 2, "próxima semana": 7, "oggi": 0, "domani": 1, "dopodomani": 2, "prossima settimana": 7,
		"hoje": 0, "amanhã": 1, "depois de amanhã": 2, "vandaag": 0, "overmorgen": 2, "volgende week": 7,
	}
}

// weekdays are the names of days. Short ones are left out where they are words.
func weekdays() map[string]time.Weekday {
	out := map[string]time.Weekday{}
	for i, names := range []string{
		"sunday sonntag dimanche domingo domenica zondag",
		"monday mon montag lundi lunes lunedì segunda segunda-feira maandag",
		"tuesday tue tues dienstag mardi martes martedì terça terça-feira dinsdag",
		"wednesday wed mittwoch mercredi miércoles mercoledì quarta quarta-feira woensdag",
		"thursday thu thurs donnerstag jeudi jueves giovedì quinta quinta-feira donderdag",
		"friday fri freitag vendredi viernes venerdì sexta sexta-feira vrijdag",
		"saturday samstag sonnabend samedi sábado sabato zaterdag",
	} {
		for w := range strings.FieldsSeq(names) {
			out[w] = time.Weekday(i)
		}
	}
	return out
}

// monthOf reads the name of a month by how it begins; 0 is none.
func monthOf(w string) time.Month {
	if utf8.RuneCountInString(w) < 3 {
		return 0
	}
	for i, stems := range []string{
		"jan gen ene", "feb fév fev", "mar mär maa", "apr avr abr", "may mai mag mei", "jun juin giu", "jul juil lug", "aug aoû ago", "sep set", "oct okt ott out", "nov", "dec dez déc dic",
	} {
		for stem := range strings.FieldsSeq(stems) {
			if strings.HasPrefix(w, stem) && len(w) <= len(stem)+7 {
				return time.Month(i + 1)
			}
		}
	}
	return 0
}

func smallNumbers() map[string]int {
	return map[string]int{
		"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4,
		"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "una": 1, "dos": 2, "tres": 3, "due": 2, "tre": 3, "um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "een": 1, "twee": 2, "drie": 3,
	}
}

// spanUnits are words for stretches of time: d, w or m.
func spanUnits() map[string]rune {
	out := map[string]rune{}
	for unit, names := range map[rune]string{
		'd': "day days tag tagen jour jours día días giorno giorni dia dias dag dagen",
		'w': "week weeks woche wochen semaine semaines semana semanas settimana settimane weken",
		'm': "month months monat monaten mois mes meses mese mesi mês maand maanden",
	} {
		for w := range strings.FieldsSeq(names) {
			out[w] = unit
		}
	}
	return out
}
