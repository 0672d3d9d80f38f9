package calendar

import "time"

// rule is a holiday on a fixed date, or so many days after Easter Sunday.
type rule struct {
	name   string
	month  time.Month // 0: counted from Easter
	day    int        // of the month, or days after Easter
	onlyOn int        // 1 + weekday on which it must fall, within a week from day; 0 is any
}

// on tells whether the rule gives the day y-m-d of a year with that Easter.
func (r rule) on(day int64, y int, m time.Month, d int, easter int64) bool {
	switch {
	case r.month == 0:
		return day == easter+int64(r.day)
	case r.onlyOn == 0:
		return d == r.day && m == r.month
	}
	if far := (int(m) - int(r.month) + 12) % 12; far > 1 {
		return false
	}
	first := time.Date(y, r.month, r.day, 0, 0, 0, 0, time.UTC).Unix() / daySecs
	return int(weekday(day)) == r.onlyOn-1 && first <= day && day < first+7
}

// ownHoliday knows what the library does not: countries, and parts of countries.
func ownHoliday(country, part string, day int64, y int, m time.Month, d int) (string, bool) {
	rules, more := ownRules(country), extras(country)
	var there []extra
	if part != "" {
		there = extras(part)
	}
	if len(rules)+len(more)+len(there) == 0 {
		return "", false
	}
	easter := easterDay(y)
	for _, r := range rules {
		if r.on(day, y, m, d, easter) {
			return r.name, true
		}
	}
	for _, list := range [2][]extra{more, there} {
		for _, x := range list {
			if x.on(day, y, m, d, easter) {
				return x.name, true
			}
		}
	}
	return "", false
}

// ownRules are those of the countries that the library does not know.
func ownRules(country string) []rule {
	switch country {
	case "PT": // Código do Trabalho, article 234
		return []rule{
			{"Ano Novo", 1, 1, 0}, {"Sexta-feira Santa", 0, -2, 0}, {"Domingo de Páscoa", 0, 0, 0},
			{"Dia da Liberdade", 4, 25, 0}, {"Dia do Trabalhador", 5, 1, 0}, {"Corpo de Deus", 0, 60, 0},
			{"Dia de Portugal", 6, 10, 0}, {"Assunção de Nossa Senhora", 8, 15, 0},
			{"Implantação da República", 10, 5, 0}, {"Dia de Todos os Santos", 11, 1, 0},
			{"Restauração da Independência", 12, 1, 0}, {"Imaculada Conceição", 12, 8, 0}, {"Natal", 12, 25, 0},
		}
	case "FI": // the eves of midsummer and Christmas are free by agreement
		return []rule{
			{"Uudenvuodenpäivä", 1, 1, 0}, {"Loppiainen", 1, 6, 0}, {"Pitkäperjantai", 0, -2, 0},
			{"Pääsiäispäivä", 0, 0, 0}, {"Toinen pääsiäispäivä", 0, 1, 0}, {"Vappu", 5, 1, 0}, {"Helatorstai", 0, 39, 0},
			{"Juhannusaatto", 6, 19, 1 + int(time.Friday)}, {"Juhannuspäivä", 6, 20, 1 + int(time.Saturday)},
			{"Itsenäisyyspäivä", 12, 6, 0}, {"Jouluaatto", 12, 24, 0}, {"Joulupäivä", 12, 25, 0}, {"Tapaninpäivä", 12, 26, 0},
		}
	case "LU": // Code du travail, article L.232-2
		return []rule{
			{"Nouvel An", 1, 1, 0}, {"Lundi de Pâques", 0, 1, 0}, {"Fête du Travail", 5, 1, 0}, {"Journée de l'Europe", 5, 9, 0},
			{"Ascension", 0, 39, 0}, {"Lundi de Pentecôte", 0, 50, 0}, {"Fête nationale", 6, 23, 0}, {"Assomption", 8, 15, 0},
			{"Toussaint", 11, 1, 0}, {"Noël", 12, 25, 0}, {"Saint-Étienne", 12, 26, 0},
		}
	case "EE": // Pühade ja tähtpäevade seadus, section 2
		return []rule{
			{"Uusaasta", 1, 1, 0}, {"Iseseisvuspäev", 2, 24, 0}, {"Suur reede", 0, -2, 0}, {"Ülestõusmispühade 1. püha", 0, 0, 0},
			{"Kevadpüha", 5, 1, 0}, {"Nelipühade 1. püha", 0, 49, 0}, {"Võidupüha", 6, 23, 0}, {"Jaanipäev", 6, 24, 0},
			{"Taasiseseisvumispäev", 8, 20, 0}, {"Jõululaupäev", 12, 24, 0}, {"Esimene jõulupüha", 12, 25, 0}, {"Teine jõulupüha", 12, 26, 0},
		}
	case "HU": // Munka törvénykönyve, section 102
		return []rule{
			{"Újév", 1, 1, 0}, {"Nemzeti ünnep", 3, 15, 0}, {"Nagypéntek", 0, -2, 0}, {"Húsvéthétfő", 0, 1, 0},
			{"A munka ünnepe", 5, 1, 0}, {"Pünkösdhétfő", 0, 50, 0}, {"Az államalapítás ünnepe", 8, 20, 0},
			{"Nemzeti ünnep", 10, 23, 0}, {"Mindenszentek", 11, 1, 0}, {"Karácsony", 12, 25, 0}, {"Karácsony", 12, 26, 0},
		}
	}
	return nil
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
