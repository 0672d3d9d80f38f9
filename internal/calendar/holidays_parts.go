package calendar

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/gb"
)

// listedIn are the library's rules of one part of a country (ISO 3166-2); nil
// where it has none of its own, and what the country keeps holds there too.
func listedIn(part string) []*cal.Holiday {
	if len(part) < 4 {
		return nil
	}
	switch part[:2] {
	case "AU":
		return statesOfAustralia(part[3:])
	case "CA":
		return provincesOfCanada(part[3:])
	case "CH":
		return cantons(part[3:])
	case "DE":
		return länder(part[3:])
	}
	if part == "GB-SCT" { // Bank of Scotland: no Easter Monday, and another day in August
		return []*cal.Holiday{
			gb.NewYear, gb.GoodFriday, gb.EarlyMay, gb.VEDay, gb.CoronationDay, gb.SpringHoliday, gb.SpringHoliday2022,
			gb.PlatinumJubilee, gb.SummerHolidayScotland, gb.ChristmasDay, gb.BoxingDay,
		}
	}
	return nil
}

func statesOfAustralia(state string) []*cal.Holiday {
	switch state {
	case "ACT":
		return au.HolidaysACT
	case "NSW":
		return au.HolidaysNSW
	case "NT":
		return au.HolidaysNT
	case "QLD":
		return au.HolidaysQLD
	case "SA":
		return au.HolidaysSA
	case "TAS":
		return au.HolidaysTAS
	case "VIC":
		return au.HolidaysVIC
	case "WA":
		return au.HolidaysWA
	}
	return nil
}

// provincesOfCanada: general holidays of each province, and the days on which it
// rests all the same (Victoria Day and Thanksgiving in the Atlantic provinces,
// the civic holiday of August). What a province adds is in extras.
func provincesOfCanada(province string) []*cal.Holiday {
	list := []*cal.Holiday{
		ca.NewYear, ca.GoodFriday, ca.VictoriaDay, ca.CanadaDay, ca.LabourDay, ca.ThanksgivingDay, ca.ChristmasDay,
	}
	in := func(provinces ...string) bool { return slices.Contains(provinces, province) }
	if !in("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT") {
		return nil
	}
	if !in("NL", "PE", "QC", "YT") {
		list = append(list, ca.CivicDay)
	}
	if !in("ON", "QC") {
		list = append(list, ca.RemembranceDay)
	}
	if in("BC", "MB", "NT", "NU", "PE", "YT") {
		list = append(list, ca.NationalDayForTruthAndReconciliation)
	}
	if in("ON") {
		list = append(list, ca.BoxingDay)
	}
	return list
}

func länder(land string) []*cal.Holiday {
	switch land {
	case "BB":
		return de.HolidaysBB
	case "BE":
		return de.HolidaysBE
	case "BW":
		return de.HolidaysBW
	case "BY":
		return de.HolidaysBY
	case "HB":
		return de.HolidaysHB
	case "HE":
		return de.HolidaysHE
	case "HH":
		return de.HolidaysHH
	case "MV":
		return de.HolidaysMV
	case "NI":
		return de.HolidaysNI
	case "NW":
		return de.HolidaysNW
	case "RP":
		return de.HolidaysRP
	case "SH":
		return de.HolidaysSH
	case "SL":
		return de.HolidaysSL
	case "SN":
		return de.HolidaysSN
	case "ST":
		return de.HolidaysST
	case "TH":
		return de.HolidaysTH
	}
	return nil
}

func cantons(canton string) []*cal.Holiday {
	switch canton {
	case "AG":
		return ch.HolidaysAG
	case "AI":
		return ch.HolidaysAI
	case "AR":
		return ch.HolidaysAR
	case "BE":
		return ch.HolidaysBE
	case "BL":
		return ch.HolidaysBL
	case "BS":
		return ch.HolidaysBS
	case "FR":
		return ch.HolidaysFR
	case "GE":
		return ch.HolidaysGE
	case "GL":
		return ch.HolidaysGL
	case "GR":
		return ch.HolidaysGR
	case "JU":
		return ch.HolidaysJU
	case "LU":
		return ch.HolidaysLU
	case "NE":
		return ch.HolidaysNE
	case "NW":
		return ch.HolidaysNW
	case "OW":
		return ch.HolidaysOW
	case "SG":
		return ch.HolidaysSG
	case "SH":
		return ch.HolidaysSH
	case "SO":
		return ch.HolidaysSO
	case "SZ":
		return ch.HolidaysSZ
	case "TG":
		return ch.HolidaysTG
	case "TI":
		return ch.HolidaysTI
	case "UR":
		return ch.HolidaysUR
	case "VD":
		return ch.HolidaysVD
	case "VS":
		return ch.HolidaysVS
	case "ZG":
		return ch.HolidaysZG
	case "ZH":
		return ch.HolidaysZH
	}
	return nil
}

// extra is a holiday that the library does not know, of a country or of a part.
type extra struct {
	rule
	since, until int  // first and last year; 0 is open
	move         move // on which other day it is kept too
}

// move says on which day a holiday that falls on a weekend is kept too.
type move int

const (
	stays      move = iota
	toMonday        // from Saturday and Sunday
	sunday          // from Sunday to Monday
	afterFirst      // like Boxing Day: the day before it moves to Monday
)

// on tells whether the holiday is, or is observed, on a day.
func (x extra) on(day int64, y int, m time.Month, d int, easter int64) bool {
	if y < x.since || x.until != 0 && y > x.until {
		return false
	}
	if x.rule.on(day, y, m, d, easter) {
		return true
	}
	before := func(n int64) bool {
		y, m, d := date(day - n)
		return x.rule.on(day-n, y, m, d, easter)
	}
	switch w := weekday(day); x.move {
	case toMonday:
		return w == time.Monday && (before(1) || before(2))
	case sunday:
		return w == time.Monday && before(1)
	case afterFirst:
		return w == time.Monday && before(2) || w == time.Tuesday && (before(1) || before(2))
	}
	return false
}
