package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits above which Check speaks. Of 40 million mails those of 50 to 125 words
// were answered most, and slowly fewer above; up to three questions helped, more
// did not (Boomerang, 7 Tips for Getting More Responses to Your Emails, 2016).
// The others are rules of thumb.
const (
	longSubject   = 60  // characters
	longBody      = 125 // words
	tooLongBody   = 300
	manyQuestions = 3
	manyShouting  = 3 // words in capitals
	manyMarks     = 2 // exclamation marks
)

// replyMarks begin the subject of an answer or of a forwarded mail in the
// languages of mail programs. It is read-only.
var replyMarks = []string{"re", "fwd", "fw", "aw", "wg", "sv", "vs", "antw", "tr", "rif", "res", "enc", "odp", "ynt", "vb", "回复", "答复", "转发", "返信"}

func (c *checker) subject(s string) {
	if n := utf8.RuneCountInString(s); n > longSubject {
		c.say(Warns, InSubject, s, "The subject is about %d characters long; phones show about 40. Use less than %d.", n, longSubject)
	}
	mark, _, colon := strings.Cut(strings.ReplaceAll(s, "：", ":"), ":")
	bare := strings.ToLower(strings.TrimRight(strings.TrimSpace(mark), "[]0123456789 "))
	for _, m := range replyMarks {
		if colon && bare == m {
			c.say(Warns, InSubject, s, "The subject begins with %q although nothing came before. That deceives, and is against the law in some countries. Remove it.", mark+":")
		}
	}
	n := shouting(s)
	if n >= 2 || n == 1 && len(strings.Fields(s)) == 1 || allCapitals(s) {
		c.say(Warns, InSubject, s, "The subject is written in capitals. Write it as you would speak.")
	}
	if strings.Contains(s, "!") {
		c.say(Hints, InSubject, s, "There is an exclamation mark in the subject. Subjects of people who know each other seldom have one.")
	}
	c.punctuation(InSubject, s)
}

// allCapitals tells whether several words have capitals alone.
func allCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLower(r), unicode.IsTitle(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	return letters >= 6 && len(strings.Fields(s)) > 1
}

// shouting counts the words of five letters and more that are all capitals.
func shouting(s string) (n int) {
	for w := range strings.FieldsSeq(s) {
		upper, other := 0, false
		for _, r := range w {
			switch {
			case unicode.IsUpper(r):
				upper++
			case unicode.IsLetter(r), r == '/', r == '@':
				other = true
			}
		}
		if upper >= 5 && !other {
			n++
		}
	}
	return n
}

func (c *checker) body(s string) {
	s = withoutLinks(s)
	switch words := countWords(s); {
	case words > tooLongBody:
		c.say(Warns, InBody, "", "The text has %d words. Few read more than %d, and mails of 50 to %d are answered most. Cut it, or put the rest behind a link.", words, tooLongBody, longBody)
	case words > longBody:
		c.say(Hints, InBody, "", "The text has %d words. Mails of 50 to %d are answered most.", words, longBody)
	}
	if shouting(s) >= manyShouting {
		c.say(Warns, InBody, "", "Several words are written in capitals, which reads like shouting and like spam. Write them small.")
	}
	if n := strings.Count(s, "!") + strings.Count(s, "！"); n > manyMarks {
		c.say(Hints, InBody, "", "There are %d exclamation marks. One is enough.", n)
	}
	var last string
	asked := 0
	for _, q := range sentences(s) {
		if asks(q) {
			asked, last = asked+1, q
		}
	}
	if asked > manyQuestions {
		c.say(Hints, InBody, last, "There are %d questions. Whoever cannot answer all of them answers none; ask the one that matters.", asked)
	}
	c.punctuation(InBody, s)
}

// punctuation finds signs in a row that mark spam.
func (c *checker) punctuation(where Where, s string) {
	for _, p := range []string{"!!", "??", "?!?", "!?!", "$$", "€€", "££", "***", ">>>", "~~~"} {
		if i := strings.Index(s, p); i >= 0 {
			c.say(Warns, where, around20(s, i, len(p)), "%q reads like spam, to people and to filters. One sign is enough.", p)
			return
		}
	}
}

// around20 is the text with up to twenty characters before and behind a place.
func around20(s string, at, n int) string {
	before, behind := []rune(s[:at]), []rune(s[at+n:])
	return string(before[max(0, len(before)-20):]) + s[at:at+n] + string(behind[:min(20, len(behind))])
}

// countWords counts words; two characters of Chinese or Japanese count as one,
// and five of the scripts of South-East Asia that put no blanks between words.
func countWords(s string) int {
	ideographs, joined := 0, 0
	spaced := strings.Map(func(r rune) rune {
		switch {
		case r < 0x0e00:
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			ideographs++
			return ' '
		case unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			joined++
			return ' '
		}
		return r
	}, s)
	n := 0
	for w := range strings.FieldsSeq(spaced) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n + (ideographs+1)/2 + (joined+4)/5
}

// sentences cuts a text at the ends of lines and sentences; each keeps its sign.
func sentences(s string) (out []string) {
	for line := range strings.SplitSeq(s, "\n") {
		start := 0
		for i, r := range line {
			if !strings.ContainsRune(".!?。！？؟", r) {
				continue
			}
			end := i + utf8.RuneLen(r)
			if end < len(line) && r < 0x80 && line[end] != ' ' && line[end] != '"' && line[end] != ')' {
				continue // inside a word or a number, or one more sign
			}
			out = appendSentence(out, line[start:end])
			start = end
		}
		out = appendSentence(out, line[start:])
	}
	return out
}

func appendSentence(out []string, s string) []string {
	if s = strings.TrimSpace(s); s == "" || s == ")" || s == `"` {
		return out
	}
	return append(out, s)
}

// asks tells whether a sentence is a question.
func asks(s string) bool {
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "?!")
}

// clipTo shortens s to n characters.
func clipTo(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
