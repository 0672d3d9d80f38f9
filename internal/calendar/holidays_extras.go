package calendar

import "time"

// extras are holidays that the library does not have: of a country by its code,
// of a part by its ISO 3166-2 code. Days that a government sets anew each year
// (Spanish Sundays that move, Islamic feasts) are for an imported calendar.
func extras(code string) []extra {
	if len(code) < 4 {
		return extrasOfCountry(code)
	}
	switch code[:2] {
	case "AU", "NZ":
		return extrasPacific(code)
	case "CA", "US":
		return extrasAmerica(code)
	case "CH", "DE":
		return extrasAlps(code)
	case "ES":
		return extrasSpain(code)
	}
	return extrasEurope(code)
}

func fixed(name string, m time.Month, d int) extra { return extra{rule: rule{name, m, d, 0}} }

// nth is a weekday within the week that begins on a date: the third Monday of
// February is the Monday from the 15th on.
func nth(name string, w time.Weekday, m time.Month, from int) extra {
	return extra{rule: rule{name, m, from, 1 + int(w)}}
}

// easter is so many days after Easter Sunday.
func easter(name string, days int) extra { return extra{rule: rule{name, 0, days, 0}} }

func (x extra) from(year int) extra { x.since = year; return x }
func (x extra) once(year int) extra { x.since, x.until = year, year; return x }
func (x extra) moves(m move) extra  { x.move = m; return x }

func extrasOfCountry(code string) []extra {
	switch code {
	case "IT": // legge 151/2025
		return []extra{fixed("San Francesco d'Assisi", time.October, 4).from(2026)}
	case "NZ": // Te Kāhui o Matariki Public Holiday Act 2022, schedule 1: the dates are set until 2052
		dates := [...]int{
			624, 714, 628, 620, 710, 625, 714, 706, 621, 711, 702, 624, 707, 629, 718, 710,
			625, 715, 706, 719, 711, 703, 624, 707, 629, 719, 703, 625, 715, 630, 621,
		}
		list := make([]extra, len(dates))
		for i, d := range dates {
			list[i] = fixed("Matariki", time.Month(d/100), d%100).once(2022 + i)
		}
		return list
	}
	return nil
}

func extrasAlps(code string) []extra {
	switch code {
	case "DE-BB": // Feiertagsgesetz section 2: both Sundays
		return []extra{easter("Ostersonntag", 0), easter("Pfingstsonntag", 49)}
	case "DE-BE": // Sonn- und Feiertagsgesetz section 1: once each
		return []extra{fixed("Tag der Befreiung", time.May, 8).once(2025), fixed("75. Jahrestag des Volksaufstandes", time.June, 17).once(2028)}
	case "DE-BY": // in the parishes with more Catholics, which are five of six
		return []extra{fixed("Mariä Himmelfahrt", time.August, 15)}
	case "DE-MV":
		return []extra{fixed("Internationaler Frauentag", time.March, 8).from(2023)}
	case "CH-FR":
		return []extra{easter("Lundi de Pâques", 1), easter("Lundi de Pentecôte", 50), fixed("Immaculée Conception", time.December, 8)}
	case "CH-VS":
		return []extra{easter("Lundi de Pâques", 1), easter("Lundi de Pentecôte", 50)}
	case "CH-GE": // the Thursday after the first Sunday of September
		return []extra{nth("Jeûne genevois", time.Thursday, time.September, 5), fixed("Restauration de la République", time.December, 31)}
	case "CH-JU":
		return []extra{fixed("Commémoration du plébiscite jurassien", time.June, 23)}
	case "CH-NE":
		return []extra{fixed("Instauration de la République", time.March, 1), easter("Lundi de Pâques", 1), easter("Lundi de Pentecôte", 50)}
	case "CH-OW":
		return []extra{fixed("Bruderklausenfest", time.September, 25)}
	case "CH-TI":
		return []extra{fixed("Santi Pietro e Paolo", time.June, 29)}
	case "CH-VD": // the Monday after the third Sunday of September
		return []extra{nth("Lundi du Jeûne fédéral", time.Monday, time.September, 16)}
	case "CH-ZG":
		return []extra{easter("Fronleichnam", 60), fixed("Mariä Himmelfahrt", time.August, 15), fixed("Mariä Empfängnis", time.December, 8)}
	}
	return nil
}

func extrasEurope(code string) []extra {
	switch code {
	case "GB-SCT":
		return []extra{fixed("2nd January", time.January, 2).moves(afterFirst), fixed("St Andrew's Day", time.November, 30).moves(toMonday)}
	case "GB-NIR":
		return []extra{fixed("St Patrick's Day", time.March, 17).moves(toMonday), fixed("Battle of the Boyne", time.July, 12).moves(toMonday)}
	case "FR-57", "FR-67", "FR-68", "FR-6AE": // Code du travail, article L3134-13
		return []extra{easter("Vendredi saint", -2), fixed("Deuxième jour de Noël", time.December, 26)}
	case "FR-971":
		return []extra{fixed("Abolition de l'esclavage", time.May, 27), easter("Vendredi saint", -2)}
	case "FR-972":
		return []extra{fixed("Abolition de l'esclavage", time.May, 22), easter("Vendredi saint", -2)}
	case "FR-973":
		return []extra{fixed("Abolition de l'esclavage", time.June, 10)}
	case "FR-974":
		return []extra{fixed("Abolition de l'esclavage", time.December, 20)}
	case "FR-976":
		return []extra{fixed("Abolition de l'esclavage", time.April, 27)}
	case "IT-BZ":
		return []extra{easter("Lunedì di Pentecoste", 50)}
	case "PT-20":
		return []extra{easter("Dia dos Açores", 50)}
	case "PT-30":
		return []extra{fixed("Dia da Madeira", time.July, 1), fixed("Primeira Oitava", time.December, 26)}
	}
	return nil
}

// extrasSpain: the days of each community that stay from year to year.
func extrasSpain(code string) []extra {
	thursday, monday := easter("Jueves Santo", -3), easter("Lunes de Pascua", 1)
	switch code {
	case "ES-AN":
		return []extra{fixed("Día de Andalucía", time.February, 28), thursday}
	case "ES-AR":
		return []extra{fixed("Día de Aragón", time.April, 23), thursday}
	case "ES-AS":
		return []extra{fixed("Día de Asturias", time.September, 8), thursday}
	case "ES-CB":
		return []extra{fixed("Día de las Instituciones de Cantabria", time.July, 28), fixed("La Bien Aparecida", time.September, 15), thursday}
	case "ES-CE":
		return []extra{fixed("Día de Ceuta", time.September, 2), fixed("Nuestra Señora de África", time.August, 5), thursday}
	case "ES-CL":
		return []extra{fixed("Fiesta de Castilla y León", time.April, 23), thursday}
	case "ES-CM":
		return []extra{fixed("Día de Castilla-La Mancha", time.May, 31), easter("Corpus Christi", 60), thursday}
	case "ES-CN":
		return []extra{fixed("Día de Canarias", time.May, 30), thursday}
	case "ES-CT":
		return []extra{monday, fixed("Sant Joan", time.June, 24), fixed("Diada Nacional de Catalunya", time.September, 11), fixed("Sant Esteve", time.December, 26)}
	case "ES-EX":
		return []extra{fixed("Día de Extremadura", time.September, 8), thursday}
	case "ES-GA":
		return []extra{fixed("Día das Letras Galegas", time.May, 17), fixed("Día Nacional de Galicia", time.July, 25), thursday}
	case "ES-IB":
		return []extra{fixed("Dia de les Illes Balears", time.March, 1), thursday, monday}
	case "ES-MC":
		return []extra{fixed("Día de la Región de Murcia", time.June, 9), thursday}
	case "ES-MD":
		return []extra{fixed("Día de la Comunidad de Madrid", time.May, 2), thursday}
	case "ES-ML":
		return []extra{thursday}
	case "ES-NC":
		return []extra{thursday, monday, fixed("San Francisco Javier", time.December, 3)}
	case "ES-PV":
		return []extra{thursday, monday, fixed("Santiago Apóstol", time.July, 25)}
	case "ES-RI":
		return []extra{fixed("Día de La Rioja", time.June, 9), thursday, monday}
	case "ES-VC":
		return []extra{fixed("San José", time.March, 19), monday, fixed("San Juan", time.June, 24), fixed("Día de la Comunitat Valenciana", time.October, 9)}
	}
	return nil
}

func extrasAmerica(code string) []extra {
	family := nth("Family Day", time.Monday, time.February, 15)
	switch code {
	case "CA-AB", "CA-BC", "CA-NB", "CA-ON", "CA-SK":
		return []extra{family.from(2019)}
	case "CA-MB":
		return []extra{nth("Louis Riel Day", time.Monday, time.February, 15)}
	case "CA-NS":
		return []extra{nth("Heritage Day", time.Monday, time.February, 15)}
	case "CA-PE":
		return []extra{nth("Islander Day", time.Monday, time.February, 15)}
	case "CA-NU":
		return []extra{fixed("Nunavut Day", time.July, 9)}
	case "CA-NT":
		return []extra{fixed("National Indigenous Peoples Day", time.June, 21)}
	case "CA-YT":
		return []extra{fixed("National Indigenous Peoples Day", time.June, 21), nth("Discovery Day", time.Monday, time.August, 15)}
	case "CA-QC":
		return []extra{fixed("Fête nationale du Québec", time.June, 24).moves(sunday)}
	case "US-AK":
		return []extra{nth("Seward's Day", time.Monday, time.March, 25), fixed("Alaska Day", time.October, 18)}
	case "US-DC":
		return []extra{fixed("Emancipation Day", time.April, 16)}
	case "US-HI":
		return []extra{fixed("Prince Kūhiō Day", time.March, 26), easter("Good Friday", -2), fixed("King Kamehameha I Day", time.June, 11), nth("Statehood Day", time.Friday, time.August, 15)}
	case "US-LA":
		return []extra{easter("Mardi Gras", -47), easter("Good Friday", -2)}
	case "US-MA", "US-ME":
		return []extra{nth("Patriots' Day", time.Monday, time.April, 15)}
	case "US-NV":
		return []extra{nth("Nevada Day", time.Friday, time.October, 25)}
	case "US-RI":
		return []extra{nth("Victory Day", time.Monday, time.August, 8)}
	case "US-UT":
		return []extra{fixed("Pioneer Day", time.July, 24)}
	case "US-VT":
		return []extra{nth("Town Meeting Day", time.Tuesday, time.March, 1), fixed("Bennington Battle Day", time.August, 16)}
	}
	return nil
}

// extrasPacific: anniversaries of the provinces of New Zealand, on the Monday
// nearest to their day but for three.
func extrasPacific(code string) []extra {
	anniversary := func(m time.Month, from int) []extra {
		return []extra{nth("Anniversary Day", time.Monday, m, from)}
	}
	switch code {
	case "AU-NSW": // by proclamation
		return []extra{nth("ANZAC Day", time.Monday, time.April, 26).once(2026), nth("ANZAC Day", time.Monday, time.April, 26).once(2027)}
	case "NZ-AUK", "NZ-NTL", "NZ-WKO", "NZ-BOP", "NZ-GIS":
		return anniversary(time.January, 26)
	case "NZ-WGN", "NZ-MWT":
		return anniversary(time.January, 19)
	case "NZ-NSN", "NZ-TAS":
		return anniversary(time.January, 29)
	case "NZ-TKI":
		return anniversary(time.March, 8)
	case "NZ-OTA":
		return anniversary(time.March, 20)
	case "NZ-MBH":
		return anniversary(time.October, 29)
	case "NZ-CIT":
		return anniversary(time.November, 27)
	case "NZ-WTC":
		return anniversary(time.November, 28)
	case "NZ-STL":
		return []extra{easter("Anniversary Day", 2)}
	case "NZ-HKB":
		return []extra{nth("Anniversary Day", time.Friday, time.October, 19)}
	case "NZ-CAN":
		return []extra{nth("Show Day", time.Friday, time.November, 11)}
	}
	return nil
}
