package shorthand

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// endOfDay is the hour at which a day without a time ends.
const endOfDay = 17

// cutDue takes the date off a promise. The words of the date stay in the text
// unless they end it, so that a sentence stays a sentence.
func cutDue(text string, now time.Time) (rest string, due time.Time, said string) {
	words := strings.Fields(text)
	for from := range words {
		for to := min(len(words), from+6); to > from; to-- {
			at, ok := readDue(words[from:to], now)
			if !ok {
				continue
			}
			// The longest phrase that begins here: take a word like "by" before it too.
			begin := from
			for begin > 0 && preposition(words[begin-1]) {
				begin--
			}
			said = strings.Join(words[begin:to], " ")
			if to == len(words) && begin > 0 {
				return strings.TrimRight(strings.Join(words[:begin], " "), " ,;–-"), at, said
			}
			return text, at, said
		}
	}
	return text, time.Time{}, ""
}

// preposition tells a word that leads to a date.
func preposition(w string) bool {
	switch plain(w) {
	case "by", "until", "till", "on", "before", "this", "next", "the", "am", "bis", "zum", "den", "diesen", "nächsten", "le", "d'ici", "avant", "para", "antes", "el", "este", "del", "de", "entro", "il", "até", "na", "voor", "tegen", "op":
		return true
	}
	return false
}

func plain(w string) string { return strings.ToLower(strings.Trim(w, ".,;:!?()\"'")) }

// readDue reads words that are a date, with a time or without: all of them.
func readDue(words []string, now time.Time) (time.Time, bool) {
	var list []string
	for _, w := range words {
		if w = plain(w); w != "" {
			list = append(list, w)
		}
	}
	hour, minute, timed := endOfDay, 0, false
	if n := len(list); n > 1 {
		if h, m, ok := clockOf(list[n-1]); ok {
			hour, minute, timed, list = h, m, true, list[:n-1]
			if n := len(list); n > 1 && (list[n-1] == "at" || list[n-1] == "um" || list[n-1] == "à" || list[n-1] == "a" || list[n-1] == "alle" || list[n-1] == "às" || list[n-1] == "om") {
				list = list[:n-1]
			}
		}
	}
	day, ok := dayOf(list, now)
	if !ok {
		return time.Time{}, false
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, now.Location())
	if !at.After(now) && !timed { // today after five: by the end of the day
		at = time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, now.Location())
	}
	return at, at.After(now)
}

// clockOf reads "15:00", "15h30", "3pm" or "15h".
func clockOf(w string) (hour, minute int, ok bool) {
	half := 0
	if s, is := strings.CutSuffix(w, "pm"); is {
		w, half = s, 12
	} else if s, is := strings.CutSuffix(w, "am"); is {
		w, half = s, -1
	}
	h, m, cut := strings.Cut(w, ":")
	if !cut {
		h, m, cut = strings.Cut(w, "h")
	}
	if !cut && half == 0 {
		return 0, 0, false
	}
	hour, err := strconv.Atoi(h)
	if err != nil || hour < 0 || hour > 23 || half != 0 && (hour < 1 || hour > 12) {
		return 0, 0, false
	}
	if m != "" {
		if minute, err = strconv.Atoi(m); err != nil || minute < 0 || minute > 59 {
			return 0, 0, false
		}
	}
	switch {
	case half == 12 && hour < 12:
		hour += 12
	case half == -1 && hour == 12:
		hour = 0
	}
	return hour, minute, true
}

// dayOf reads words that name a day.
func dayOf(list []string, now time.Time) (time.Time, bool) {
	joined := strings.Join(list, " ")
	if n, ok := nearDays()[joined]; ok {
		return now.AddDate(0, 0, n), true
	}
	for d := range weekdays() {
		if joined == d {
			return nextWeekday(weekdays()[d], now), true
		}
	}
	if len(list) == 1 {
		return numericDay(list[0], now)
	}
	if at, ok := spanOf(list, now); ok {
		return at, true
	}
	return namedMonth(list, now)
}

func nextWeekday(d time.Weekday, now time.Time) time.Time {
	n := (int(d) - int(now.Weekday()) + 7) % 7
	if n == 0 {
		n = 7
	}
	return now.AddDate(0, 0, n)
}

// numericDay reads 2026-12-24, 24.12., 24.12.2026 and 24/12. Of two numbers the
// day comes first, unless only the other order can be.
func numericDay(w string, now time.Time) (time.Time, bool) {
	if at, err := time.ParseInLocation("2006-01-02", w, now.Location()); err == nil {
		return at, true
	}
	parts := strings.FieldsFunc(w, func(r rune) bool { return r == '.' || r == '/' })
	if len(parts) < 2 || len(parts) > 3 || !strings.ContainsAny(w, "./") {
		return time.Time{}, false
	}
	var n [3]int
	for i, p := range parts {
		x, err := strconv.Atoi(p)
		if err != nil || x < 1 {
			return time.Time{}, false
		}
		n[i] = x
	}
	if n[1] > 12 && n[0] <= 12 {
		n[0], n[1] = n[1], n[0]
	}
	return dated(n[0], time.Month(n[1]), n[2], now)
}

// dated is a day of a month; without a year the next that comes.
func dated(day int, month time.Month, year int, now time.Time) (time.Time, bool) {
	if year > 0 && year < 100 {
		year += 2000
	}
	given := year > 0
	if !given {
		year = now.Year()
	}
	at := time.Date(year, month, day, 0, 0, 0, 0, now.Location())
	if month < 1 || month > 12 || at.Day() != day || year > now.Year()+10 {
		return time.Time{}, false
	}
	if today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location()); at.Before(today) {
		if given {
			return time.Time{}, false
		}
		at = at.AddDate(1, 0, 0)
	}
	return at, true
}

// namedMonth reads "24 Dec", "December 24", "24. Dezember 2026".
func namedMonth(list []string, now time.Time) (time.Time, bool) {
	if len(list) < 2 || len(list) > 4 {
		return time.Time{}, false
	}
	day, year, month := 0, 0, time.Month(0)
	for _, w := range list {
		if w == "de" || w == "of" {
			continue
		}
		n, err := strconv.Atoi(strings.TrimRightFunc(w, unicode.IsLetter))
		switch {
		case err == nil && n > 1000:
			year = n
		case err == nil && n >= 1 && n <= 31 && day == 0:
			day = n
		case month == 0 && monthOf(w) > 0:
			month = monthOf(w)
		default:
			return time.Time{}, false
		}
	}
	if day == 0 || month == 0 {
		return time.Time{}, false
	}
	return dated(day, month, year, now)
}

// spanOf reads "in two weeks", "in 10 days", "within a month".
func spanOf(list []string, now time.Time) (time.Time, bool) {
	if len(list) != 3 && len(list) != 2 {
		return time.Time{}, false
	}
	switch list[0] {
	case "in", "within", "dans", "en", "tra", "fra", "em", "over", "binnen", "innerhalb":
	default:
		return time.Time{}, false
	}
	count := 1
	if len(list) == 3 {
		n, err := strconv.Atoi(list[1])
		if err != nil {
			if n = smallNumbers()[list[1]]; n == 0 {
				return time.Time{}, false
			}
		}
		count = n
	}
	if count < 1 || count > 365 {
		return time.Time{}, false
	}
	switch unit := spanUnits()[list[len(list)-1]]; unit {
	case 'd':
		return now.AddDate(0, 0, count), true
	case 'w':
		return now.AddDate(0, 0, 7*count), true
	case 'm':
		return now.AddDate(0, count, 0), count <= 24
	}
	return time.Time{}, false
}
