package calendar

import "time"

// rule is a holiday on a fixed date, or so many days after Easter Sunday.
type rule struct {
	name   string
	month  time.Month // 0: counted from Easter
	day    int        // of the month, or days after Easter
	onlyOn int        // 1 + weekday on which it must fall, within a week from day; 0 is any
}

// ownHoliday knows the countries that the library does not.
func ownHoliday(country string, day int64) (string, bool) {
	var rules []rule
	switch country {
	case "PT": // Código do Trabalho, article 234
		rules = []rule{
			{"Ano Novo", 1, 1, 0}, {"Sexta-feira Santa", 0, -2, 0}, {"Domingo de Páscoa", 0, 0, 0},
			{"Dia da Liberdade", 4, 25, 0}, {"Dia do Trabalhador", 5, 1, 0}, {"Corpo de Deus", 0, 60, 0},
			{"Dia de Portugal", 6, 10, 0}, {"Assunção de Nossa Senhora", 8, 15, 0},
			{"Implantação da República", 10, 5, 0}, {"Dia de Todos os Santos", 11, 1, 0},
			{"Restauração da Independência", 12, 1, 0}, {"Imaculada Conceição", 12, 8, 0}, {"Natal", 12, 25, 0},
		}
	case "FI": // the eves of midsummer and Christmas are free by agreement
		rules = []rule{
			{"Uudenvuodenpäivä", 1, 1, 0}, {"Loppiainen", 1, 6, 0}, {"Pitkäperjantai", 0, -2, 0},
			{"Pääsiäispäivä", 0, 0, 0}, {"Toinen pääsiäispäivä", 0, 1, 0}, {"Vappu", 5, 1, 0}, {"Helatorstai", 0, 39, 0},
			{"Juhannusaatto", 6, 19, 1 + int(time.Friday)}, {"Juhannuspäivä", 6, 20, 1 + int(time.Saturday)},
			{"Itsenäisyyspäivä", 12, 6, 0}, {"Jouluaatto", 12, 24, 0}, {"Joulupäivä", 12, 25, 0}, {"Tapaninpäivä", 12, 26, 0},
		}
	case "LU": // Code du travail, article L.232-2
		rules = []rule{
			{"Nouvel An", 1, 1, 0}, {"Lundi de Pâques", 0, 1, 0}, {"Fête du Travail", 5, 1, 0}, {"Journée de l'Europe", 5, 9, 0},
			{"Ascension", 0, 39, 0}, {"Lundi de Pentecôte", 0, 50, 0}, {"Fête nationale", 6, 23, 0}, {"Assomption", 8, 15, 0},
			{"Toussaint", 11, 1, 0}, {"Noël", 12, 25, 0}, {"Saint-Étienne", 12, 26, 0},
		}
	case "EE": // Pühade ja tähtpäevade seadus, section 2
		rules = []rule{
			{"Uusaasta", 1, 1, 0}, {"Iseseisvuspäev", 2, 24, 0}, {"Suur reede", 0, -2, 0}, {"Ülestõusmispühade 1. püha", 0, 0, 0},
			{"Kevadpüha", 5, 1, 0}, {"Nelipühade 1. püha", 0, 49, 0}, {"Võidupüha", 6, 23, 0}, {"Jaanipäev", 6, 24, 0},
			{"Taasiseseisvumispäev", 8, 20, 0}, {"Jõululaupäev", 12, 24, 0}, {"Esimene jõulupüha", 12, 25, 0}, {"Teine jõulupüha", 12, 26, 0},
		}
	case "HU": // Munka törvénykönyve, section 102
		rules = []rule{
			{"Újév", 1, 1, 0}, {"Nemzeti ünnep", 3, 15, 0}, {"Nagypéntek", 0, -2, 0}, {"Húsvéthétfő", 0, 1, 0},
			{"A munka ünnepe", 5, 1, 0}, {"Pünkösdhétfő", 0, 50, 0}, {"Az államalapítás ünnepe", 8, 20, 0},
			{"Nemzeti ünnep", 10, 23, 0}, {"Mindenszentek", 11, 1, 0}, {"Karácsony", 12, 25, 0}, {"Karácsony", 12, 26, 0},
		}
	default:
		return "", false
	}
	y, m, d := date(day)
	easter := easterDay(y)
	for _, r := range rules {
		switch {
		case r.month == 0:
			if day == easter+int64(r.day) {
				return r.name, true
			}
		case m != r.month:
		case r.onlyOn == 0:
			if d == r.day {
				return r.name, true
			}
		case d >= r.day && d < r.day+7 && int(weekday(day)) == r.onlyOn-1:
			return r.name, true
		}
	}
	return "", false
}

// easterDay is the day of Easter Sunday in the Gregorian calendar (the anonymous
// algorithm of Nature 1876, as Meeus gives it).
func easterDay(y int) int64 {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	n := h + l - 7*((a+11*h+22*l)/451) + 114
	return time.Date(y, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC).Unix() / daySecs
}
