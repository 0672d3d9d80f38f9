package calendar

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"
)

// Holiday names the public holiday of the calendar day that day shows in its
// own location, in a country and a part of it (ISO 3166-2, such as DE-BY; empty
// or unknown is what the whole country keeps, as far as the source tells that
// apart). The day on which a holiday that falls on a weekend is observed counts
// too. ok is false for countries that are not in Countries and for years outside
// 1970 to 2199.
func Holiday(country, subdivision string, day time.Time) (name string, ok bool) {
	d, _ := dayOf(wallOf(day, day.Location()))
	country = Country(country)
	return holidayOn(country, Subdivision(country, subdivision), d)
}

// holidayOn names the holiday of a day; country and part are in the form of
// Country and Subdivision.
func holidayOn(country, part string, day int64) (string, bool) {
	if day < 0 || day > 84_005 { // 1970 to 2199
		return "", false
	}
	y, m, d := date(day)
	if name, ok := ownHoliday(country, part, day, y, m, d); ok {
		return name, true
	}
	list := listed(country, part)
	for _, h := range list {
		if onDay(h, y, y, m, d) {
			return renamed(h.Name, y), true
		}
	}
	// A holiday around the turn of the year may be observed in the other year.
	turn := 0
	switch {
	case m == time.December && d > 20:
		turn = 1
	case m == time.January && d < 10:
		turn = -1
	default:
		return "", false
	}
	for _, h := range list {
		if h.Observed != nil && onDay(h, y+turn, y, m, d) {
			return renamed(h.Name, y+turn), true
		}
	}
	return "", false
}

// renamed is the name of a holiday in a year: the source calls the birthday of
// the sovereign after the Queen, who died in September 2022.
func renamed(name string, y int) string {
	if y > 2022 && name == "Queen's Birthday" {
		return "King's Birthday"
	}
	return name
}

// onDay tells whether the holiday of year is, or is observed, on the day y-m-d.
func onDay(h *cal.Holiday, year, y int, m time.Month, d int) bool {
	if h.Month != 0 { // most rules: computing is needless far from their month
		if far := (int(m) - int(h.Month) + 12) % 12; far > 1 && far < 11 {
			return false
		}
	}
	actual, observed := h.Calc(year)
	return same(actual, y, m, d) || same(observed, y, m, d)
}

// same compares a result of the source, the start of a day in the machine's
// zone, with a date. Where a clock change leaves midnight out that start may
// read 23:00 of the day before, so the middle of the day is compared.
func same(t time.Time, y int, m time.Month, d int) bool {
	ty, tm, td := t.Add(12 * time.Hour).Date()
	return td == d && tm == m && ty == y
}

// Countries are the ISO 3166-1 alpha-2 codes of the countries whose public
// holidays are known, in alphabetic order.
func Countries() []string {
	return []string{
		"AR", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CZ", "DE", "DK", "EE",
		"ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "JP", "LT", "LU",
		"LV", "MW", "NC", "NL", "NO", "NZ", "PL", "PT", "RO", "RU", "SE", "SI",
		"SK", "UA", "US", "ZA",
	}
}

// listed are the rules of a country, or of a part of it, out of
// github.com/rickar/cal; they are only read.
func listed(country, part string) []*cal.Holiday {
	if part != "" {
		if list := listedIn(part); list != nil {
			return list
		}
	}
	switch country {
	case "AU": // what all states keep
		return []*cal.Holiday{
			au.NewYear, au.AustraliaDay, au.GoodFriday, au.EasterMonday, au.AnzacDay, au.ChristmasDay, au.BoxingDay,
		}
	case "CH": // what nearly all cantons keep
		return []*cal.Holiday{
			ch.Neujahr, ch.Karfreitag, ch.Ostermontag, ch.Auffahrt, ch.Pfingstmontag, ch.Bundesfeiertag,
			ch.Weihnachtstag, ch.ZweiterWeihnachtsfeiertag,
		}
	case "AR":
		return ar.Holidays
	case "AT":
		return at.Holidays
	case "BE":
		return be.Holidays
	case "BG":
		return bg.Holidays
	case "BR":
		return br.Holidays
	case "CA":
		return ca.Holidays
	case "CZ":
		return cz.Holidays
	case "DE":
		return de.Holidays
	case "DK":
		return dk.Holidays
	case "ES":
		return es.Holidays
	case "FR":
		return fr.Holidays
	case "GB":
		return gb.Holidays
	case "GR":
		return gr.Holidays
	case "HR":
		return hr.Holidays
	case "IE":
		return ie.Holidays
	case "IT":
		return it.Holidays
	case "JP":
		return jp.Holidays
	case "LT":
		return lt.Holidays
	case "LV":
		return lv.Holidays
	case "MW":
		return mw.Holidays
	case "NC":
		return nc.Holidays
	case "NL":
		return nl.Holidays
	case "NO":
		return no.Holidays
	case "NZ":
		return nz.Holidays
	case "PL":
		return pl.Holidays
	case "RO":
		return ro.Holidays
	case "RU":
		return ru.Holidays
	case "SE":
		return se.Holidays
	case "SI":
		return si.Holidays
	case "SK":
		return sk.Holidays
	case "UA":
		return ua.Holidays
	case "US":
		return us.Holidays
	case "ZA":
		return za.Holidays
	}
	return nil
}
