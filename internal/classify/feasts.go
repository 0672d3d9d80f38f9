package classify

import (
	"strings"
	"time"
)

// easterNames are the names of Easter, folded.
const easterNames = " easter ostern osterferien paques pascua pasqua pascoa pasen paasvakantie pask pasken paske paskeferien wielkanoc wielkanocy "

// easterAt reads "after Easter" at token i: the Tuesday behind it; zero when the
// token is none of its names.
func easterAt(toks []string, i int, today time.Time) time.Time {
	w := strings.Trim(toks[i], ".,")
	if w == "" || !strings.Contains(easterNames, " "+w+" ") {
		return time.Time{}
	}
	for year := today.Year(); ; year++ {
		if day := easter(year).AddDate(0, 0, 2); day.After(today) {
			return day
		}
	}
}

// easter is Easter Sunday of a year (the anonymous Gregorian computus).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month, day := (h+l-7*m+114)/31, (h+l-7*m+114)%31+1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// cjkMonth reads a month without a day in Japanese and Chinese, "明年三月",
// "5月以降", "下个月", "下半年": its first day, the next time it comes.
func cjkMonth(text string, at time.Time) (time.Time, string) {
	first := func(year int, month time.Month) time.Time {
		return time.Date(year, month, 1, 0, 0, 0, 0, at.Location())
	}
	for from := 0; ; {
		i := strings.Index(text[from:], "月")
		if i < 0 {
			break
		}
		i += from
		from = i + len("月")
		month, start := hanBefore(text[:i])
		if month < 1 || month > 12 {
			continue
		}
		year, words := at.Year(), text[start:from]
		switch before := text[:start]; {
		case strings.HasSuffix(before, "来年"), strings.HasSuffix(before, "明年"), strings.HasSuffix(before, "來年"):
			year++
			words = text[start-len("明年") : from]
		default:
			if !first(year, time.Month(month)).After(at) {
				year++
			}
		}
		return first(year, time.Month(month)), words
	}
	if firstIn(text, "再|改め|以降|以后|以後|之后|之後|までは|没空|沒空") == "" { // "next month's board" puts nothing off
		return time.Time{}, ""
	}
	for _, w := range [...]struct {
		words string
		day   time.Time
	}{
		{"来月|來月|下个月|下個月", first(at.Year(), at.Month()+1)}, {"下半年|下半期", first(at.Year(), time.July)}, {"年明け|明年|来年|來年", first(at.Year()+1, time.January)},
	} {
		if named := firstIn(text, w.words); named != "" && w.day.After(at) {
			return w.day, named
		}
	}
	return time.Time{}, ""
}

// hanBefore reads the number at the end of s, in digits or in Han numerals up
// to twelve, and gives where it begins.
func hanBefore(s string) (n, start int) {
	if n, start = numberBefore(s); n > 0 {
		return n, start
	}
	for i, numeral := range [...]string{"十二", "十一", "十", "九", "八", "七", "六", "五", "四", "三", "二", "一"} {
		if before, ok := strings.CutSuffix(s, numeral); ok {
			return 12 - i, len(before)
		}
	}
	return 0, len(s)
}
