package mail

import (
	"strings"
	"unicode"
)

// splitContent takes the text of a mail apart. Of a mail that is HTML alone
// the structure counts. Of one that has both, the plain text does, unless
// nothing in it looks quoted while the HTML marks a quote: then what the HTML
// says is the person's own is kept of it.
func (p *Parsed) splitContent(got content) ReplyParts {
	if got.lines != nil {
		return splitHTML(got.lines, p.FromName, p.From)
	}
	parts := splitLines(strings.Split(p.Text, "\n"), p.FromName, p.From) // which is tidy
	if parts.Quoted != "" || len(got.html) > maxEnclosed*4 || !marksQuote(got.html) {
		return parts
	}
	var own strings.Builder
	quotes := false
	for _, l := range htmlLines(got.html) {
		if l.quote > 0 {
			quotes = true
			break // what stands below a quote is in the plain text as well
		}
		own.WriteString(l.text)
	}
	if !quotes {
		return parts
	}
	if cut := prefixLines(p.Text, own.String()); cut > 0 {
		lines := strings.Split(p.Text, "\n")
		cutParts := SplitReply(strings.Join(lines[:cut], "\n"), p.FromName, p.From)
		cutParts.Quoted = joinLines(lines[cut:])
		return cutParts
	}
	return parts
}

// marksQuote tells whether HTML may hold a quoted mail, cheaply.
func marksQuote(src string) bool {
	low := strings.ToLower(src)
	for _, mark := range [...]string{"quote", "divrplyfwdmsg", "appendonsend", "border-top", "cite", "replysplit", "reference-message", "isreplycontent", "origbody", "reply-intro"} {
		if strings.Contains(low, mark) {
			return true
		}
	}
	return false
}

// prefixLines gives how many lines of text make up own, compared by letters
// and digits; 0 when own is not how the text begins, or is all of it.
func prefixLines(text, own string) int {
	want := letters(own)
	if want == "" {
		return 0
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		got := letters(line)
		if len(got) > len(want) || !strings.HasPrefix(want, got) {
			return 0
		}
		if want = want[len(got):]; want == "" {
			if nextText(lines, i+1) < 0 {
				return 0
			}
			return i + 1
		}
	}
	return 0
}

// letters leaves the letters and digits of a text.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
