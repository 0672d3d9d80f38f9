package calendar

import "strings"

// Part is a part of a country that keeps public holidays of its own.
type Part struct {
	Code string // ISO 3166-2, such as DE-BY
	Name string // as people there write it
}

// Subdivisions are the parts of a country (ISO 3166-1 alpha-2) whose own public
// holidays are known, in the order of their codes; none where all of it keeps
// the same days, or where only the days of the whole country are known.
func Subdivisions(country string) []Part {
	table := partsOf(Country(country))
	if table == "" {
		return nil
	}
	lines := strings.Split(table, "|")
	parts := make([]Part, 0, len(lines))
	for _, line := range lines {
		code, name, _ := strings.Cut(line, " ")
		parts = append(parts, Part{Code: Country(country) + "-" + code, Name: name})
	}
	return parts
}

// Subdivision gives the ISO 3166-2 code of a part of a country in upper case
// ("DE-BY" for "by", "de-by" and "DE-BY"), or "" when s cannot be one or is of
// another country. Without a country the code must name it.
func Subdivision(country, s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	country = Country(country)
	of, part, whole := strings.Cut(s, "-")
	if !whole {
		of, part = country, s
	}
	of = Country(of)
	if of == "" || country != "" && of != country || len(part) == 0 || len(part) > 3 {
		return ""
	}
	for i := range len(part) {
		if b := part[i]; (b < 'A' || b > 'Z') && (b < '0' || b > '9') {
			return ""
		}
	}
	return of + "-" + part
}

// partsOf lists the parts of a country: code, blank, name; parts split by |.
func partsOf(country string) string {
	switch country {
	case "AU":
		return "ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia"
	case "CA":
		return "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Québec|SK Saskatchewan|YT Yukon"
	case "CH":
		return "AG Aargau|AI Appenzell Innerrhoden|AR Appenzell Ausserrhoden|BE Bern|BL Basel-Landschaft|BS Basel-Stadt|FR Fribourg|GE Genève|GL Glarus|GR Graubünden|JU Jura|LU Luzern|NE Neuchâtel|NW Nidwalden|OW Obwalden|SG St. Gallen|SH Schaffhausen|SO Solothurn|SZ Schwyz|TG Thurgau|TI Ticino|UR Uri|VD Vaud|VS Valais|ZG Zug|ZH Zürich"
	case "DE":
		return "BB Brandenburg|BE Berlin|BW Baden-Württemberg|BY Bayern|HB Bremen|HE Hessen|HH Hamburg|MV Mecklenburg-Vorpommern|NI Niedersachsen|NW Nordrhein-Westfalen|RP Rheinland-Pfalz|SH Schleswig-Holstein|SL Saarland|SN Sachsen|ST Sachsen-Anhalt|TH Thüringen"
	case "ES":
		return "AN Andalucía|AR Aragón|AS Asturias|CB Cantabria|CE Ceuta|CL Castilla y León|CM Castilla-La Mancha|CN Canarias|CT Catalunya|EX Extremadura|GA Galicia|IB Illes Balears|MC Región de Murcia|MD Comunidad de Madrid|ML Melilla|NC Navarra|PV País Vasco|RI La Rioja|VC Comunitat Valenciana"
	case "FR":
		return "57 Moselle|67 Bas-Rhin|68 Haut-Rhin|6AE Alsace|971 Guadeloupe|972 Martinique|973 Guyane|974 La Réunion|976 Mayotte"
	case "GB":
		return "NIR Northern Ireland|SCT Scotland"
	case "IT":
		return "BZ Südtirol / Alto Adige"
	case "NZ":
		return "AUK Auckland|BOP Bay of Plenty|CAN Canterbury|CIT Chatham Islands|GIS Gisborne|HKB Hawke's Bay|MBH Marlborough|MWT Manawatū-Whanganui|NSN Nelson|NTL Northland|OTA Otago|STL Southland|TAS Tasman|TKI Taranaki|WGN Wellington|WKO Waikato|WTC West Coast"
	case "PT":
		return "20 Açores|30 Madeira"
	case "US":
		return "AK Alaska|DC District of Columbia|HI Hawaii|LA Louisiana|MA Massachusetts|ME Maine|NV Nevada|RI Rhode Island|UT Utah|VT Vermont"
	}
	return ""
}
