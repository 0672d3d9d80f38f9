package shorthand

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// Mark is what a line is.
type Mark string

// The marks.
const (
	Plain      Mark = ""
	Promise    Mark = "!"
	Question   Mark = "?"
	Pain       Mark = "+"
	Connection Mark = "="
)

// Line is one line of a note, read.
type Line struct {
	Mark Mark
	Side sales.MoveSide // of promises and questions; theirs for pains
	Text string         // without the mark, the side and the date of a promise
	Due  time.Time      // of promises; zero: none was said
	Said string         // the words that were read as the date
}

// Note is a note, read.
type Note struct {
	Lines []Line
	Plain string // the lines without a mark, as typed
}

// maxLines bounds how many marked lines of a note count; the rest stays a note.
const maxLines = 50

// Read reads a note. Dates are in the zone of now, a day without a time ends at
// 17:00; the first day of the week that is meant by a name is the next one that
// comes, today excluded.
func Read(text string, now time.Time) Note {
	var n Note
	var plain []string
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	for row := range strings.SplitSeq(text, "\n") {
		l, ok := readLine(row, now)
		if !ok || len(n.Lines) >= maxLines {
			plain = append(plain, row)
			continue
		}
		n.Lines = append(n.Lines, l)
	}
	n.Plain = strings.TrimSpace(strings.Join(plain, "\n"))
	return n
}

// readLine reads one line; ok is false when it is a plain one.
func readLine(row string, now time.Time) (l Line, ok bool) {
	row = strings.TrimSpace(row)
	mark, rest, found := marked(row)
	if !found {
		return l, false
	}
	l.Mark, l.Side = mark, sales.TheirMove
	if mark == Promise {
		l.Side = sales.OurMove
	}
	if mark == Promise || mark == Question {
		l.Side, rest = side(rest, l.Side)
	}
	l.Text = strings.TrimSpace(rest)
	if mark == Promise {
		l.Text, l.Due, l.Said = cutDue(l.Text, now)
	}
	l.Text = clip(l.Text, sales.MaxPoint)
	return l, l.Text != ""
}

// marked tells the mark of a line. A sign that stands doubled, or before a digit
// where that is arithmetic, is text: "+351 22 ...", "==", "!!".
func marked(row string) (Mark, string, bool) {
	r, n := utf8.DecodeRuneInString(row)
	var m Mark
	switch r {
	case '!', '！', '¡':
		m = Promise
	case '?', '？', '¿':
		m = Question
	case '+', '＋':
		m = Pain
	case '=', '＝':
		m = Connection
	default:
		return Plain, row, false
	}
	rest := row[n:]
	next, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest))
	if !unicode.IsLetter(next) && (!unicode.IsDigit(next) || m == Pain && !strings.HasPrefix(rest, " ")) && !unicode.In(next, unicode.Pi, unicode.Ps, unicode.So) && next != '"' && next != '\'' {
		return Plain, row, false
	}
	return m, rest, true
}

// side reads whose it is: "they: ..." or "we: ...".
func side(rest string, usual sales.MoveSide) (sales.MoveSide, string) {
	head, tail, ok := strings.Cut(rest, ":")
	if !ok || len(head) > 20 || strings.TrimSpace(tail) == "" {
		return usual, rest
	}
	switch strings.ToLower(strings.TrimSpace(head)) {
	case "they", "them", "their", "theirs", "he", "she", "sie", "er", "ils", "elle", "il", "ellos", "ella", "loro", "lei", "eles", "ela", "zij", "ze":
		return sales.TheirMove, tail
	case "we", "us", "our", "ours", "i", "me", "wir", "ich", "nous", "je", "nosotros", "yo", "noi", "io", "nós", "eu", "wij", "ik":
		return sales.OurMove, tail
	}
	return usual, rest
}

// clip cuts a text to at most n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}
