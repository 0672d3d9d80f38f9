package classify

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// dateTokens cuts a text for dates: words folded to lower case, numbers with
// their dots and slashes, "|" where a sentence ends without a dot.
func dateTokens(text string) []string {
	text, _ = lowered(text)
	out := make([]string, 0, len(text)/6+4)
	var room [64]rune
	word := room[:0] // the word, once it differs from the text
	start := -1      // where a word begins in the text that is as it should be
	breaks := 0
	flush := func(end int) {
		switch {
		case len(out) >= 3000:
		case start >= 0:
			out = appendDates(out, text[start:end])
		case len(word) > 0:
			out = appendDates(out, string(word))
		}
		word, start = word[:0], -1
	}
	// spread goes over to the slow way.
	spread := func(end int) {
		if start >= 0 {
			word = append(word[:0], []rune(text[start:end])...)
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case r == '\n':
			breaks++
		case breaks > 0 && !unicode.IsSpace(r):
			if breaks > 1 && len(out) > 0 {
				out = append(out, "|")
			}
			breaks = 0
		}
		switch {
		case r >= 'a' && r <= 'z':
			if len(word) > 0 {
				word = append(word, r)
			} else if start < 0 {
				start = i
			}
		case r == '!' || r == '?':
			flush(i)
			out = append(out, "|")
		case partsDates(r):
			flush(i)
		case r < 0x80 && r != '~':
			if len(word) > 0 {
				word = append(word, r)
			} else if start < 0 {
				start = i
			}
		case r == '–' || r == '—' || r == '~' || r == '～':
			spread(i)
			word = append(word, '-')
		default:
			spread(i)
			word = appendFolded(word, r)
		}
		if len(out) >= 3000 {
			break
		}
	}
	flush(len(text))
	return out
}

// partsDates tells whether words end at a character.
func partsDates(r rune) bool {
	switch r {
	case '(', ')', ',', ';', ':', '"', '\'', '’', '“', '”', '„', '«', '»', '[', ']', '<', '>', '*', '_', ' ', '\n', '\t', '\r', '\v', '\f':
		return true
	}
	return r >= 0x80 && unicode.IsSpace(r)
}

// appendDates adds a word; "12-19", "5.-9." and "2.3.-13.3.2026" are two with
// a dash between.
func appendDates(out []string, s string) []string {
	if strings.IndexByte(s, '-') < 0 {
		return append(out, s)
	}
	if head, tail, ok := strings.Cut(s, "-"); ok && head != "" && tail != "" && isDigit(head[0]) && isDigit(tail[0]) && !strings.Contains(tail, "-") &&
		(onlyDay(head) && onlyDay(tail) || strings.ContainsAny(head, "./") && strings.ContainsAny(tail, "./") || strings.HasSuffix(head, ".")) {
		return append(out, head, "-", tail)
	}
	if head, ok := strings.CutSuffix(s, "-"); ok && onlyDay(head) { // "5- 9 May"
		return append(out, head, "-")
	}
	if tail, ok := strings.CutPrefix(s, "-"); ok && onlyDay(tail) {
		return append(out, "-", tail)
	}
	return append(out, s)
}

func onlyDay(s string) bool {
	if s == "" || !isDigit(s[0]) && s[0] != '+' && s[0] != '-' {
		return false
	}
	n, err := strconv.Atoi(strings.TrimRight(s, ".stndrh"))
	return err == nil && n >= 1 && n <= 31
}

// dateAt reads a date that begins at token i and gives how many tokens it
// takes.
func (r *dateReader) dateAt(i int) (time.Time, int) {
	toks := r.toks
	if !r.flag(i, isNumber) {
		if r.flag(i, isMonth) {
			if day, n := r.monthFirst(i); n > 0 {
				return day, n
			}
		}
		return r.relative(i)
	}
	if day, ok := r.numeric(toks[i]); ok {
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
				return resolve(year, m, n, r.at), j + 1 + used - i
			}
		}
		if day := r.bareDay(i, n); !day.IsZero() {
			return day, 1
		}
	}
	return time.Time{}, 0
}

// monthFirst reads "May 5[th][,] [2026]", "May 5 - 9", "May 2026", and the
// name of a month alone behind words for an end or for coming back.
func (r *dateReader) monthFirst(i int) (time.Time, int) {
	toks := r.toks
	m := monthOf(toks[i])
	if m == 0 || i+1 >= len(toks) && i == 0 {
		return time.Time{}, 0
	}
	if i+1 < len(toks) {
		if n, ok := dayNumber(toks[i+1]); ok {
			if i+3 < len(toks) && r.has(i+2, " - to through thru until ") {
				if last, ok := dayNumber(toks[i+3]); ok && (i+4 >= len(toks) || monthOf(toks[i+4]) == 0) {
					year, used := yearAt(toks, i+4)
					return resolve(year, m, last, r.at), 4 + used
				}
			}
			year, used := yearAt(toks, i+2)
			return resolve(year, m, n, r.at), 2 + used
		}
	}
	year, used := yearAt(toks, i+1)
	part := r.partOfMonth(i)
	if used == 0 {
		// Abbreviations are words as well: "out", "set", "ago".
		short := len(strings.Trim(toks[i], ".,")) <= 3
		if r.rank(i) == 0 && !r.backBehind(i+1) || short && part == "" && !(r.has(i, " may mai maj ") && r.has(i-1, monthLeads)) {
			return time.Time{}, 0
		}
	}
	day := resolve(year, m, 1, r.at)
	if year == 0 && time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, day.Location()).Before(r.today) {
		day = day.AddDate(1, 0, 0)
	}
	switch part {
	case "end":
		day = day.AddDate(0, 1, -1)
	case "middle":
		day = day.AddDate(0, 0, 14)
	}
	return day, 1 + used
}

// partOfMonth reads "end of", "Mitte", "début" before the name of a month.
func (r *dateReader) partOfMonth(i int) string {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		switch {
		case r.has(j, " end ende fin final finales finals fine eind einde slutet slut slutningen slutten konca koniec late конца "):
			return "end"
		case r.has(j, " mid middle mitte mi mediados meta meados half midden mitten midten polowy medio "):
			return "middle"
		case !r.has(j, " of the de du di del do av af der "):
			return ""
		}
	}
	return ""
}

// bareDay reads "on the 23rd", "no dia 23", "am 23." behind words for coming
// back: a day of the month that was named last, or of the next one.
func (r *dateReader) bareDay(i, n int) time.Time {
	if r.rank(i) < 2 && !r.backBehind(i+1) || !r.has(i-1, " the am le el il dia den dag dnia op de no al giorno på pa on ") && !r.flag(i-1, isWeekday) {
		return time.Time{}
	}
	if i+1 < len(r.toks) && r.has(i+1, " % h uhr hours days day tage tagen jours dias giorni dagen dagar dage dni weeks wochen semaines am pm ") {
		return time.Time{}
	}
	base := r.seen
	if base.IsZero() {
		base = r.today
	}
	for range 3 {
		if day, ok := valid(base.Year(), int(base.Month()), n, r.at.Location()); ok && !day.Before(base) {
			return day
		}
		base = time.Date(base.Year(), base.Month()+1, 1, 0, 0, 0, 0, base.Location())
	}
	return time.Time{}
}

// dayNumber reads 5, 5., 5th, 1er, 1º.
func dayNumber(s string) (int, bool) {
	if s == "" || !isDigit(s[0]) {
		return 0, false
	}
	s = strings.TrimRight(s, ".,")
	for _, end := range [...]string{"st", "nd", "rd", "th", "er", "º", "°", "e", ":e", "o"} {
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
		if s == "" || s[0] >= 'a' && s[0] <= 'z' {
			return 0, 0
		}
		if n, err := strconv.Atoi(s); err == nil && n >= 2000 && n <= 2100 {
			return n, 1
		}
	}
	return 0, 0
}

func valid(year, month, day int, loc *time.Location) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, loc)
	if t.Day() != day || int(t.Month()) != month || year < 2000 || year > 2100 {
		return time.Time{}, false
	}
	return t, true
}

// resolve gives the date; without a year it is the one that is not more than
// 60 days past.
func resolve(year, month, day int, at time.Time) time.Time {
	loc := at.Location()
	if year > 0 {
		t, _ := valid(year, month, day, loc)
		return t
	}
	t, ok := valid(at.Year(), month, day, loc)
	if !ok {
		return time.Time{}
	}
	if t.Before(at.AddDate(0, 0, -60)) {
		t, _ = valid(at.Year()+1, month, day, loc)
	} else if before, ok := valid(at.Year()-1, month, day, loc); ok && before.After(at.AddDate(0, 0, -60)) {
		t = before
	}
	return t
}
