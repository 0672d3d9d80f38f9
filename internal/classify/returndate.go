package classify

import (
	"strings"
	"time"
)

// found is a date in a text. Dates are midnights in the zone of the moment
// that they were read relative to.
type found struct {
	day   time.Time
	words string // what it was read from
	rank  int    // 2 behind words for coming back, 1 behind words for an end, 0 else
	start bool   // the first day of a span: nobody is back then
	away  bool   // the sentence speaks of an absence
}

// awayUntil reads when an absent person is back: the day behind the words for
// it ("back on", "wieder ab"), else the last day of the absence. A date in a
// sentence that says nothing of an absence does not count, nor one that is
// past or more than 400 days ahead.
func awayUntil(text string, at time.Time) (time.Time, string) {
	return pick(datesIn(text, at), at, func(f found) int {
		switch {
		case f.start || f.rank == 0 && !f.away:
			return -1
		case f.rank == 2:
			return 4
		}
		score := f.rank
		if f.away {
			score += 2
		}
		return score
	})
}

// returnDate reads a day ahead that a text names, of any meaning: that of
// coming back before that of an end, and an end before any other.
func returnDate(text string, at time.Time) (time.Time, string) {
	return pickReturn(datesIn(text, at), at)
}

func pickReturn(all []found, at time.Time) (time.Time, string) {
	return pick(all, at, func(f found) int {
		if f.start {
			return 0
		}
		return f.rank + 1
	})
}

// pick gives the date of the best score, the latest of several. Scores below
// zero do not count, nor days out of reach.
func pick(all []found, at time.Time, score func(found) int) (time.Time, string) {
	best, words, top := time.Time{}, "", -1
	today := dayOf(at)
	for _, f := range all {
		if f.day.Before(today.AddDate(0, 0, -1)) || f.day.After(today.AddDate(0, 0, 400)) {
			continue
		}
		if s := score(f); s > top || s == top && s >= 0 && f.day.After(best) {
			best, words, top = f.day, f.words, s
		}
	}
	return best, words
}

// comesBack tells whether a text names a day ahead behind words for coming back.
func comesBack(text string, at time.Time) bool {
	day, _ := pick(datesIn(text, at), at, func(f found) int {
		if f.rank == 2 && !f.start {
			return 1
		}
		return -1
	})
	return !day.IsZero()
}

// laterDate reads the time that somebody names for later.
func laterDate(text string, at time.Time) (time.Time, string) {
	r := newDateReader(text, at)
	if !r.names && !hasIdeographs(text) {
		return time.Time{}, ""
	}
	if day, words := pickReturn(r.dates(text), at); !day.IsZero() {
		return day, words
	}
	if day, words := r.spanIn(); !day.IsZero() || !hasIdeographs(text) {
		return day, words
	}
	return cjkMonth(text, at)
}

// dayOf is the midnight that begins the day of a moment, in its zone.
func dayOf(at time.Time) time.Time {
	y, m, d := at.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, at.Location())
}

// datesIn finds the dates of a text, in its order.
func datesIn(text string, at time.Time) []found {
	return newDateReader(text, at).dates(text)
}

// dates finds the dates; text is what the reader was made of.
func (r *dateReader) dates(text string) []found {
	var out []found
	for i := 0; i < len(r.toks) && len(out) < 50; i++ {
		if r.is[i]&isDate == 0 {
			continue
		}
		ranged := r.beginsSpan(i)
		if ranged > 0 {
			i += ranged
		}
		day, n := r.dateAt(i)
		if n == 0 {
			continue
		}
		f := found{day: day, words: joinDate(r.toks[max(0, i-3) : i+n]), rank: r.rank(i), away: r.speaksOfAway(i)}
		if ranged > 0 {
			f.rank = max(f.rank, 1)
		}
		if f.rank < 2 && r.backBehind(i+n) {
			f.rank = 2
		}
		if len(out) > 0 && r.spans(r.last, i) && f.rank < 2 {
			out[len(out)-1].start = true
			f.rank = max(f.rank, 1)
		}
		f.start = f.rank == 0 && ranged == 0 && r.begins(i)
		out = append(out, f)
		r.last, r.seen = i+n, day
		i += n - 1
	}
	return append(out, cjkDates(text, r.at)...)
}

func joinDate(toks []string) string {
	return strings.ReplaceAll(strings.Join(toks, " "), "| ", "")
}

// dateReader goes through the words of a text.
type dateReader struct {
	toks  []string
	is    []dateFlag // what each word is for dates
	at    time.Time
	today time.Time
	last  int       // where the last date ended
	seen  time.Time // the last date
	order numberOrder
	names bool // there is a word that a date may begin with
}

func newDateReader(text string, at time.Time) *dateReader {
	r := &dateReader{toks: dateTokens(text), at: at, today: dayOf(at)}
	r.is = make([]dateFlag, len(r.toks))
	for i, w := range r.toks {
		r.is[i] = flagsOf(w)
		r.names = r.names || r.is[i]&(isDate|isLater) != 0
	}
	return r
}

// has tells whether token j is one of a list of words.
func (r *dateReader) has(j int, list string) bool {
	return j >= 0 && j < len(r.toks) && strings.Contains(list, " "+strings.Trim(r.toks[j], ".,")+" ")
}

// flag tells whether token j is a word of one of the kinds.
func (r *dateReader) flag(j int, kinds dateFlag) bool {
	return j >= 0 && j < len(r.is) && r.is[j]&kinds != 0
}

// rank looks at the words before a date.
func (r *dateReader) rank(i int) int {
	rank, strong, joined := 0, false, true
	for j := i - 1; j >= r.last && j >= i-8 && !r.flag(j, isStop); j-- {
		switch {
		case r.flag(j, isBack):
			if strong {
				return 1
			}
			return 2
		case j >= i-4 && r.flag(j, isEnd):
			rank, strong = 1, strong || joined // "until Monday 5 May", not "back in (do) the office on 5 May"
		case j == i-1 && r.flag(j, isSpan):
			rank = max(rank, 1)
		}
		joined = joined && (r.flag(j, isEnd|isSpan|isWeekday) || r.has(j, " the den dem der and including einschliesslich incl le la el il o of end ende "))
	}
	return rank
}

// backBehind looks for words for coming back behind a date: "ab dem 5. Mai
// wieder erreichbar".
func (r *dateReader) backBehind(i int) bool {
	for j := i; j < len(r.toks) && j < i+4; j++ {
		if r.flag(j-1, isStop) {
			return false
		}
		if r.flag(j, isBack) {
			// "... and will not return until 16 March" speaks of the next date.
			for k := j + 1; k < len(r.toks) && k <= j+3 && !r.flag(k-1, isStop); k++ {
				if r.flag(k, isNumber|isMonth|isEnd) {
					return false
				}
			}
			return true
		}
	}
	return false
}

// begins tells whether words for a beginning stand shortly before token i.
func (r *dateReader) begins(i int) bool {
	for j := i - 1; j >= max(r.last, i-3) && !r.flag(j, isStop); j-- {
		if r.flag(j, isFrom) {
			return true
		}
	}
	return false
}

// speaksOfAway tells whether the sentence of a date, or the one before it, is
// about an absence.
func (r *dateReader) speaksOfAway(i int) bool {
	ended := 0
	for j := i; j >= 0 && j > i-30 && ended < 2; j-- {
		if j < i && r.flag(j, isStop) {
			ended++
		}
		if r.awayWord(j) {
			return true
		}
	}
	for j := i + 1; j < len(r.toks) && j < i+15 && !r.flag(j-1, isStop); j++ {
		if r.awayWord(j) {
			return true
		}
	}
	return false
}

func (r *dateReader) awayWord(j int) bool {
	if r.is[j]&isJudged == 0 {
		r.is[j] |= isJudged
		if awaySet().has(strings.Trim(r.toks[j], ".,")) {
			r.is[j] |= isAway
		}
	}
	return r.is[j]&isAway != 0
}

// spans tells whether what stands between two dates makes them a span:
// "2 March to 13 March", "12.-19.".
func (r *dateReader) spans(end, next int) bool {
	if next-end > 4 {
		return false
	}
	for j := end; j < next; j++ {
		if r.toks[j] == "|" {
			return false
		}
		if r.flag(j, isSpan|isEnd) {
			return true
		}
	}
	return false
}

// beginsSpan gives how many tokens lie between a day without its month and the
// end of its span, as in "9 to 20 March" and "lundi 3 au vendredi 14 août".
func (r *dateReader) beginsSpan(i int) int {
	if !r.flag(i, isNumber) || i+2 >= len(r.toks) || !r.flag(i+1, isSpan|isEnd) {
		return 0
	}
	if _, ok := dayNumber(r.toks[i]); !ok {
		return 0
	}
	j := i + 1
	for j < i+4 && j < len(r.toks) && (r.flag(j, isSpan|isEnd|isWeekday) || r.has(j, " the den dem ")) {
		j++
	}
	if j >= len(r.toks) || !r.flag(j, isNumber) {
		return 0
	}
	if _, ok := dayNumber(r.toks[j]); !ok {
		if _, ok := r.numeric(r.toks[j]); !ok || !strings.HasSuffix(r.toks[i], ".") {
			return 0
		}
	}
	if _, n := r.dateAt(j); n == 0 {
		return 0
	}
	return j - i
}
