package classify

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// returnDate reads when an absent person is back: the date after the words for
// it ("back on", "until", "wieder ab"), else the last date of the text that
// lies ahead. Only dates from two days before at to 400 days after it count.
// The words that it was read from are given with it.
func returnDate(text string, at time.Time) (time.Time, string) {
	best, words, rank := time.Time{}, "", -1
	for _, d := range datesIn(text, at) {
		if d.day.Before(at.AddDate(0, 0, -2)) || d.day.After(at.AddDate(0, 0, 400)) {
			continue
		}
		if d.rank > rank || d.rank == rank && d.day.After(best) {
			best, words, rank = d.day, d.words, d.rank
		}
	}
	return best, words
}

// comesBack tells whether a text names a day ahead behind words for coming back.
func comesBack(text string, at time.Time) bool {
	for _, d := range datesIn(text, at) {
		if d.rank == 2 && !d.day.Before(at.AddDate(0, 0, -1)) && d.day.Before(at.AddDate(0, 0, 400)) {
			return true
		}
	}
	return false
}

// laterDate reads the time that somebody names for later.
func laterDate(text string, at time.Time) (time.Time, string) {
	if day, words := returnDate(text, at); !day.IsZero() {
		return day, words
	}
	return spanIn(text, at)
}

// found is a date in a text. rank is 2 behind words for coming back, 1 behind
// words for an end, 0 else.
type found struct {
	day   time.Time
	words string
	rank  int
}

const (
	backWords = " return returning returns back resume resuming reachable available zuruck wieder erreichbar retour reviendrai rentre regreso regresare vuelvo volvere reincorporo rientro rientrero torno tornero regresso retorno volto voltarei terug weer ater tillbaka tilbage tilbake wracam wroce nuovo volta again "
	endWords  = " until till through thru to bis jusqu jusque au hasta fino al ate tot till til do "
)

// datesIn finds the dates of a text.
func datesIn(text string, at time.Time) []found {
	toks := dateTokens(text)
	var out []found
	for i := 0; i < len(toks) && len(out) < 50; i++ {
		day, n := dateAt(toks, i, at)
		if n == 0 {
			continue
		}
		rank := rankOf(toks, i)
		if rank < 2 && backBehind(toks, i+n) {
			rank = 2
		}
		out = append(out, found{day, strings.Join(toks[max(0, i-3):i+n], " "), rank})
		i += n - 1
	}
	return append(out, cjkDates(text, at)...)
}

// rankOf looks at the words before a date.
func rankOf(toks []string, i int) int {
	rank := 0
	for j := i - 1; j >= 0 && j >= i-8; j-- {
		w := toks[j]
		if strings.HasSuffix(w, ".") && len(w) > 1 && !isDigit(w[0]) {
			break
		}
		w = strings.Trim(w, ".,")
		if strings.Contains(backWords, " "+w+" ") {
			return 2
		}
		if j >= i-4 && (strings.Contains(endWords, " "+w+" ") || w == "-" || w == "–") {
			rank = 1
		}
	}
	return rank
}

// backBehind looks for words for coming back after a date: "ab dem 5. Mai
// wieder erreichbar".
func backBehind(toks []string, i int) bool {
	for j := i; j < len(toks) && j < i+3; j++ {
		if strings.HasSuffix(toks[j-1], ".") && !isDigit(toks[j-1][0]) {
			return false
		}
		if strings.Contains(backWords, " "+strings.Trim(toks[j], ".,")+" ") {
			return true
		}
	}
	return false
}

// dateTokens cuts a text for dates: words folded to lower case, numbers with
// their dots and slashes.
func dateTokens(text string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("(),;:!?\"'’“”", r)
	}) {
		var b []rune
		for _, r := range f {
			b = append(b, fold(unicode.ToLower(r))...)
		}
		s := string(b)
		// "12-19" and "5.-9." are two numbers with a dash between.
		if head, tail, ok := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-"); ok && head != "" && tail != "" && onlyDay(head) && onlyDay(tail) {
			out = append(out, head, "-", tail)
			continue
		}
		if len(out) < 3000 {
			out = append(out, s)
		}
	}
	return out
}

func onlyDay(s string) bool {
	n, err := strconv.Atoi(strings.TrimRight(s, ".stndrh"))
	return err == nil && n >= 1 && n <= 31
}

// dateAt reads a date that begins at token i and gives how many tokens it
// takes.
func dateAt(toks []string, i int, at time.Time) (time.Time, int) {
	if day, ok := numericDate(toks[i], at); ok {
		return day, 1
	}
	// 5 May [2026], 5th of May, 5. Mai, 5 de mayo
	if n, ok := dayNumber(toks[i]); ok {
		j := i + 1
		for j < len(toks) && j < i+3 && strings.Contains(" of de d di den ", " "+toks[j]+" ") {
			j++
		}
		if j < len(toks) {
			if m := monthOf(toks[j]); m > 0 {
				year, used := yearAt(toks, j+1)
				return resolve(year, m, n, at), j + 1 + used - i
			}
		}
	}
	// May 5[th][,] [2026]
	if m := monthOf(toks[i]); m > 0 && i+1 < len(toks) && toks[i] != "may" || i+1 < len(toks) && toks[i] == "may" {
		m = monthOf(toks[i])
		if n, ok := dayNumber(toks[i+1]); ok {
			// "May 5 - 9"
			if i+3 < len(toks) && toks[i+2] == "-" {
				if last, ok := dayNumber(toks[i+3]); ok {
					year, used := yearAt(toks, i+4)
					return resolve(year, m, last, at), 4 + used
				}
			}
			year, used := yearAt(toks, i+2)
			return resolve(year, m, n, at), 2 + used
		}
		if year, used := yearAt(toks, i+1); used > 0 {
			return time.Date(year, time.Month(m), 1, 0, 0, 0, 0, time.UTC), 2
		}
	}
	return weekdayAt(toks, i, at)
}

// weekdayAt reads "on Monday", "next Monday", "tomorrow", behind words for
// coming back alone, as weekdays stand in many sentences.
func weekdayAt(toks []string, i int, at time.Time) (time.Time, int) {
	w := strings.Trim(toks[i], ".,")
	day := weekdayOf(w)
	if day < 0 && !strings.Contains(" tomorrow morgen demain manana domani amanha imorgon jutro ", " "+w+" ") || rankOf(toks, i) == 0 {
		return time.Time{}, 0
	}
	today := at.UTC().Truncate(24 * time.Hour)
	if day < 0 {
		return today.AddDate(0, 0, 1), 1
	}
	if i+1 < len(toks) { // "Monday 5 May": the date says it better
		if _, n := dateAt(toks, i+1, at); n > 0 {
			return time.Time{}, 0
		}
	}
	ahead := (day - int(today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return today.AddDate(0, 0, ahead), 1
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
	for i, names := range weekdayNames {
		if strings.Contains(names, " "+w+" ") {
			return i
		}
	}
	return -1
}

// dayNumber reads 5, 5., 5th, 1er, 1º.
func dayNumber(s string) (int, bool) {
	s = strings.TrimRight(s, ".,")
	for _, end := range [...]string{"st", "nd", "rd", "th", "er", "º", "°", "e", ":e"} {
		s = strings.TrimSuffix(s, end)
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= 31
}

func yearAt(toks []string, i int) (year, used int) {
	if i < len(toks) {
		s := strings.Trim(toks[i], ".,")
		if i+1 < len(toks) && (s == "de" || s == "del" || s == "of") {
			if y, n := yearAt(toks, i+1); n > 0 {
				return y, n + 1
			}
		}
		if n, err := strconv.Atoi(s); err == nil && n >= 2000 && n <= 2100 {
			return n, 1
		}
	}
	return 0, 0
}

// numericDate reads 2026-05-04, 4.5.2026, 4.5., 04/05/2026, 10/16.
func numericDate(s string, at time.Time) (time.Time, bool) {
	s = strings.TrimRight(s, ",")
	sep := ""
	for _, c := range [...]string{"/", ".", "-"} {
		if strings.Count(strings.TrimRight(s, "."), c) >= 1 {
			sep = c
			break
		}
	}
	if sep == "" {
		return time.Time{}, false
	}
	parts := strings.Split(strings.Trim(s, "."), sep)
	if len(parts) > 3 || len(parts) == 2 && (sep == "-" || sep == "." && !strings.HasSuffix(s, ".")) {
		return time.Time{}, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 || len(p) == 3 {
			return time.Time{}, false
		}
		n[i] = v
	}
	if len(parts) == 3 && len(parts[0]) == 4 {
		return valid(n[0], n[1], n[2])
	}
	year := 0
	if len(parts) == 3 {
		if year = n[2]; year < 100 {
			year += 2000
		}
	}
	return dayMonth(n[0], n[1], year, sep, at)
}

// dayMonth settles which of two numbers is the month: a dot means day first;
// with a slash the one that gives a near date ahead wins, else month first.
func dayMonth(a, b, year int, sep string, at time.Time) (time.Time, bool) {
	dm, okDM := resolveOK(year, b, a, at)
	md, okMD := resolveOK(year, a, b, at)
	switch {
	case !okDM && !okMD:
		return time.Time{}, false
	case !okMD || okDM && sep != "/":
		return dm, okDM
	case !okDM:
		return md, true
	}
	near := func(t time.Time) bool {
		return !t.Before(at.AddDate(0, 0, -2)) && t.Before(at.AddDate(0, 0, 75))
	}
	if near(dm) && !near(md) {
		return dm, true
	}
	return md, true
}

func resolveOK(year, month, day int, at time.Time) (time.Time, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	t := resolve(year, month, day, at)
	return t, !t.IsZero()
}

func valid(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month || year < 2000 || year > 2100 {
		return time.Time{}, false
	}
	return t, true
}

// resolve gives the date; without a year it is the one that is not more than
// 60 days past.
func resolve(year, month, day int, at time.Time) time.Time {
	if year > 0 {
		t, _ := valid(year, month, day)
		return t
	}
	t, ok := valid(at.Year(), month, day)
	if !ok {
		return time.Time{}
	}
	if t.Before(at.AddDate(0, 0, -60)) {
		t, _ = valid(at.Year()+1, month, day)
	} else if before, ok := valid(at.Year()-1, month, day); ok && before.After(at.AddDate(0, 0, -60)) {
		t = before
	}
	return t
}
