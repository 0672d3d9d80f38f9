package classify

import (
	"strconv"
	"strings"
	"time"
)

// numberOrder says which of two numbers of a date is the month.
type numberOrder byte

const (
	orderUnset numberOrder = iota
	orderUnknown
	dayFirst
	monthFirst
)

// numeric reads 2026-05-04, 4.5.2026, 4.5., 04/05/2026, 10/16, 2026/5/4.
func (r *dateReader) numeric(s string) (time.Time, bool) {
	n, parts, sep := numbersOf(s)
	if parts == 0 {
		return time.Time{}, false
	}
	loc := r.at.Location()
	if parts == 3 && n[0] >= 1000 {
		return valid(n[0], n[1], n[2], loc)
	}
	year := 0
	if parts == 3 {
		if year = n[2]; year < 100 {
			year += 2000
		}
	}
	return r.dayMonth(n[0], n[1], year, sep)
}

// numbersOf takes a date of two or three numbers apart; parts is 0 when s is
// none.
func numbersOf(s string) (n [3]int, parts int, sep byte) {
	s = strings.TrimRight(s, ",")
	if len(s) < 3 || len(s) > 11 || !isDigit(s[0]) {
		return n, 0, 0
	}
	body := strings.Trim(s, ".")
	for _, c := range [...]byte{'/', '.', '-'} {
		if strings.IndexByte(body, c) > 0 {
			sep = c
			break
		}
	}
	if sep == 0 {
		return n, 0, 0
	}
	for p := range strings.SplitSeq(body, string(sep)) {
		v, err := strconv.Atoi(p)
		if err != nil || parts == 3 || len(p) > 4 || len(p) == 3 || len(p) == 4 && parts == 1 {
			return n, 0, 0
		}
		n[parts] = v
		parts++
	}
	if parts < 2 || parts == 2 && (sep == '-' || sep == '.' && !strings.HasSuffix(s, ".") || n[0] > 31 || n[1] > 31) {
		return n, 0, 0
	}
	return n, parts, sep
}

// dayMonth settles which of two numbers is the month: a dot means day first;
// else what the text and its sender's zone tell counts, and where they tell
// nothing the one that gives a near date ahead.
func (r *dateReader) dayMonth(a, b, year int, sep byte) (time.Time, bool) {
	dm, okDM := r.resolveOK(year, b, a)
	md, okMD := r.resolveOK(year, a, b)
	switch {
	case !okDM && !okMD:
		return time.Time{}, false
	case !okMD || okDM && sep == '.':
		return dm, okDM
	case !okDM:
		return md, true
	}
	if r.order == orderUnset {
		r.order = orderOf(r.toks, r.at)
	}
	switch r.order {
	case dayFirst:
		return dm, true
	case monthFirst:
		return md, true
	}
	near := func(t time.Time) bool {
		return !t.Before(r.today.AddDate(0, 0, -2)) && t.Before(r.today.AddDate(0, 0, 75))
	}
	if near(dm) && !near(md) || sep == '-' {
		return dm, true
	}
	return md, true
}

func (r *dateReader) resolveOK(year, month, day int) (time.Time, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	t := resolve(year, month, day, r.at)
	return t, !t.IsZero()
}

const (
	englishWords = " the and i am will be for of to my you is in on until out office back please with are we at by "
	otherWords   = " der die das und ich bin ist im nicht bis zum wieder sie mit von le la les et je suis du au jusqu en de pour el los y estoy hasta por il lo e sono fino dal al os um estou ate na do het een ik ben met tot van op jag ar och till fran pa jeg er og til fra w na do jestem z sie i "
	// Words that only the British and their like use.
	britishWords = " annual organise organised realise enquiry enquiries enquire whilst fortnight favour colour centre mobile diary regards bank leave "
	// Words of Americans.
	americanWords = " pto vacation cell organize organized realize favor color center assistance "
)

// orderOf tells the order of day and month in a text: by a date that has but
// one reading, by its language, for English by the sender's zone and spelling.
// Only Americans write the month first (Unicode CLDR, short date of en-US);
// a zone of UTC is that of many servers and tells nothing.
func orderOf(toks []string, at time.Time) numberOrder {
	english, other, british, american := 0, 0, 0, 0
	for _, t := range toks[:min(len(toks), 600)] {
		if n, parts, sep := numbersOf(t); parts >= 2 && sep != '.' && n[0] < 1000 {
			if n[0] > 12 {
				return dayFirst
			}
			if n[1] > 12 {
				return monthFirst
			}
			continue
		}
		w := " " + strings.Trim(t, ".,|") + " "
		if len(w) < 3 {
			continue
		}
		english += boolInt(strings.Contains(englishWords, w))
		other += boolInt(strings.Contains(otherWords, w))
		british += boolInt(strings.Contains(britishWords, w))
		american += boolInt(strings.Contains(americanWords, w))
	}
	_, offset := at.Zone()
	switch {
	case english == 0 && other == 0:
		return orderUnknown
	case other > english:
		return dayFirst
	case offset <= -4*3600:
		return monthFirst
	case offset > 0:
		return dayFirst
	case british > american:
		return dayFirst
	case american > british:
		return monthFirst
	}
	return orderUnknown
}
