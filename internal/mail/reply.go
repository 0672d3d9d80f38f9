package mail

import "strings"

// ReplyParts is a text taken apart.
type ReplyParts struct {
	Reply     string // what the person wrote
	Unquoted  string // the reply with its signature and disclaimer, without the quote
	Signature string // sign-off, name, contact lines, "Sent from my phone"
	Quoted    string // the quoted or forwarded mail
}

// SplitReply tells what a person wrote in a mail from what was quoted, signed
// or appended. name and addr are those of the writer, "" when not known; they
// help to find a signature. The rules go by structure first (dates, addresses,
// header blocks, quote marks), by words of some twenty languages second.
func SplitReply(text, name, addr string) ReplyParts {
	lines := strings.Split(tidy(text), "\n")
	var tail []string
	if len(lines) > maxSplitLines {
		lines, tail = lines[:maxSplitLines], lines[maxSplitLines:]
	}
	lines = splitGlued(lines)
	own, quoted := splitQuote(lines)
	quoted = append(quoted, tail...)
	parts := ReplyParts{Unquoted: joinLines(own), Quoted: joinLines(quoted)}
	own = dropBanner(own)
	body, disclaimer := splitDisclaimer(own)
	body, sig := splitSignature(body, name, addr)
	parts.Reply = joinLines(body)
	parts.Signature = joinLines(append(sig, disclaimer...))
	return parts
}

// joinLines joins lines without the empty ones around them.
func joinLines(lines []string) string { return strings.Trim(strings.Join(lines, "\n"), "\n \t") }

// splitGlued parts "text--- On ... wrote:" into two lines, as some clients
// glue their attribution to the last word.
func splitGlued(lines []string) []string {
	for i, line := range lines {
		at := strings.Index(line, "--- On ")
		if at > 0 && !strings.HasPrefix(line, "-") && attribution(lines[i:i+1:i+1], at) > 0 {
			out := append([]string{}, lines[:i]...)
			out = append(out, strings.TrimRight(line[:at], "-"), line[at:])
			return append(out, lines[i+1:]...)
		}
	}
	return lines
}

// splitQuote parts the lines that the person wrote from those that are quoted.
func splitQuote(lines []string) (own, quoted []string) {
	for i := 0; i < len(lines); i++ {
		if n := cutsAll(lines, i); n > 0 {
			end := i
			for end > 0 && isRule(lines[end-1]) {
				end--
			}
			above, q := dropQuoted(lines[:end])
			return above, append(q, lines[end:]...)
		}
	}
	return dropQuoted(lines)
}

// cutsAll tells whether line i begins something that is quoted to the end of
// the mail; the number is how many lines the beginning takes.
func cutsAll(lines []string, i int) int {
	if strings.TrimSpace(lines[i]) == "" || isQuoted(lines[i]) {
		return 0
	}
	if isForwardLine(lines, i) || headerBlock(lines, i) {
		return 1
	}
	n := attribution(lines[i:], 0)
	if n == 0 {
		return 0
	}
	next := nextText(lines, i+n)
	if next < 0 {
		return n
	}
	if isQuoted(lines[next]) {
		return 0 // the quote is marked: text may follow it
	}
	return n
}

// nextText is the index of the next line with text, -1 when there is none.
func nextText(lines []string, i int) int {
	for ; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) != "" {
			return i
		}
	}
	return -1
}

func isQuoted(line string) bool {
	t := strings.TrimLeft(line, " \t")
	return strings.HasPrefix(t, ">") && len(line)-len(t) <= 4 && !strings.HasPrefix(t, ">>> >>>") || strings.HasPrefix(t, "＞")
}

// isRule tells whether a line is drawn: underscores, dashes, equal signs.
func isRule(line string) bool {
	t := strings.TrimSpace(line)
	return t == "" || len(t) >= 5 && strings.Trim(t, "_-=*─—–") == ""
}

// dropQuoted takes out the quoted runs and their attributions and keeps the
// rest: answers above, between and below. A mail that is all quote is its
// own text.
func dropQuoted(lines []string) (own, quoted []string) {
	marks := make([]bool, len(lines))
	any := false
	for i := 0; i < len(lines); i++ {
		if isQuoted(lines[i]) {
			marks[i], any = true, true
			continue
		}
		if n := attribution(lines[i:], 0); n > 0 && strings.TrimSpace(lines[i]) != "" {
			if next := nextText(lines, i+n); next >= 0 && isQuoted(lines[next]) {
				for j := i; j < next; j++ {
					marks[j] = true
				}
				any = true
			}
		}
	}
	if !any {
		return lines, nil
	}
	fillGaps(lines, marks)
	for i, line := range lines {
		if marks[i] {
			quoted = append(quoted, line)
		} else {
			own = append(own, line)
		}
	}
	if nextText(own, 0) < 0 {
		return insideQuote(lines)
	}
	return own, quoted
}

// insideQuote reads a mail that is all quote, as some clients wrap everything
// in one: what stands above a nested attribution is what the person wrote. A
// plain forward has nothing above it.
func insideQuote(lines []string) (own, quoted []string) {
	inner := unquote(lines)
	for i := range inner {
		if cutsAll(inner, i) > 0 || attribution(inner[i:], 0) > 0 {
			return inner[:i], lines[i:]
		}
		if isQuoted(inner[i]) && nextText(inner[:i], 0) >= 0 {
			return inner[:i], lines[i:]
		}
	}
	return inner, nil
}

func unquote(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), ">"), " ")
	}
	return out
}

// fillGaps marks an unmarked line that stands between quoted lines without an
// empty one: a quoted line that a client has wrapped. And it takes the mark
// off a single quoted line in the midst of a paragraph.
func fillGaps(lines []string, marks []bool) {
	empty := func(i int) bool { return i < 0 || i >= len(lines) || strings.TrimSpace(lines[i]) == "" }
	for i := 0; i < len(lines); {
		j := i
		for j < len(lines) && marks[j] == marks[i] && !empty(j) {
			j++
		}
		if j == i {
			i++
			continue
		}
		before, after := i > 0 && !empty(i-1), j < len(lines) && !empty(j)
		switch {
		case !marks[i] && before && after && marks[i-1] && marks[j] && j-i <= 3:
			for k := i; k < j; k++ {
				marks[k] = true
			}
		case marks[i] && j-i == 1 && before && after && !marks[i-1] && !marks[j] && strings.Contains(lines[i], "<"):
			marks[i] = false
		}
		i = j
	}
}

// dropBanner takes out the warning that a mail system puts above mail from
// outside.
func dropBanner(lines []string) []string {
	first := nextText(lines, 0)
	if first < 0 {
		return lines
	}
	end := first
	for end < len(lines) && strings.TrimSpace(lines[end]) != "" {
		end++
	}
	text := strings.ToLower(strings.Join(lines[first:end], " "))
	if len(text) > 600 || nextText(lines, end) < 0 {
		return lines
	}
	for _, sign := range [...]string{"originated from outside", "from an external sender", "external email", "externe e-mail", "you don't often get email from",
		"this message was sent from outside", "e-mail externe", "correo externo", "diese e-mail kam von außerhalb", "came from outside of the organi"} {
		if strings.Contains(text, sign) {
			return lines[end:]
		}
	}
	return lines
}
