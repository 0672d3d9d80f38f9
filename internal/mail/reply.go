package mail

import "strings"

// ReplyParts is a text taken apart.
type ReplyParts struct {
	Reply      string // what the person wrote
	Unquoted   string // the reply with its signature and disclaimer, without the quote
	Signature  string // sign-off, name, contact lines, "Sent from my phone"
	Disclaimer string // what a firm's system puts below each mail
	Quoted     string // the quoted or forwarded mail
	Forwarded  bool   // Quoted is a mail passed on, not one answered
}

// signedMark stands before lines that the structure of HTML says are the
// signature. It is a character for private use, which no text keeps.
const signedMark = "\ue000"

// SplitReply tells what a person wrote in a mail from what was quoted, signed
// or appended. name and addr are those of the writer, "" when not known; they
// help to find a signature. The rules go by structure first (dates, addresses,
// header blocks, quote marks), by words of some twenty languages second.
func SplitReply(text, name, addr string) ReplyParts {
	return splitLines(strings.Split(tidy(text), "\n"), name, addr)
}

// splitHTML is SplitReply for HTML, whose structure says more.
func splitHTML(lines []htmlLine, name, addr string) ReplyParts {
	texts := make([]string, 0, len(lines))
	empty := 0
	for _, l := range lines {
		text := l.text
		if mayHide(text) {
			text = visible(text)
		}
		text = strings.TrimSpace(strings.ReplaceAll(text, "\n", " "))
		if empty++; text != "" {
			empty = 0
		}
		switch {
		case empty > 2:
			continue
		case l.quote > 0:
			text = strings.TrimRight(">>>>>>>>>"[:min(l.quote, 9)]+" "+text, " ")
		case l.signed && text != "":
			text = signedMark + text
		}
		texts = append(texts, text)
	}
	return splitLines(texts, name, addr)
}

func splitLines(lines []string, name, addr string) ReplyParts {
	var tail []string
	if len(lines) > maxSplitLines {
		lines, tail = lines[:maxSplitLines], lines[maxSplitLines:]
	}
	lines = splitGlued(lines)
	lines = markBars(lines)
	own, quoted := splitQuote(lines)
	quoted = append(quoted, tail...)
	own, signed := splitSigned(own)
	parts := ReplyParts{Unquoted: joinLines(append(own[:len(own):len(own)], signed...)), Quoted: joinLines(quoted)}
	if first := nextText(quoted, 0); first >= 0 {
		parts.Forwarded = forwards(unquote(quoted), first)
	}
	body, disclaimer := splitDisclaimer(dropBanner(own))
	body, sig := splitSignature(body, name, addr)
	if len(signed) > 0 {
		signed, more := splitDisclaimer(signed)
		sig, disclaimer = append(sig, signed...), append(disclaimer, more...)
	}
	parts.Signature, parts.Disclaimer = joinLines(sig), joinLines(disclaimer)
	if parts.Reply = parts.Unquoted; len(sig)+len(disclaimer) > 0 || len(body) != len(own) {
		parts.Reply = joinLines(body)
	}
	return parts
}

// splitSigned parts the lines that the structure marks as the signature from
// the others. Clients also put words into that container, so that lines
// marked so are the body when there are no others.
func splitSigned(lines []string) (own, signed []string) {
	for _, line := range lines {
		if bare, ok := strings.CutPrefix(line, signedMark); ok {
			signed = append(signed, bare)
		} else {
			own = append(own, line)
		}
	}
	for n := len(own); n > 0 && len(signed) > 0; n-- { // the delimiter above it
		switch t := strings.TrimSpace(own[n-1]); {
		case t == "":
			continue
		case t == "--":
			own, signed = own[:n-1], append([]string{own[n-1]}, signed...)
		}
		break
	}
	if nextText(own, 0) < 0 {
		return signed, nil
	}
	return own, signed
}

// joinLines joins lines without the empty ones around them.
func joinLines(lines []string) string { return strings.Trim(strings.Join(lines, "\n"), "\n \t") }

// splitGlued parts what some clients glue into one line: an attribution to the
// last word of the person or to the first of the quote, a line of dashes to
// the header below it.
func splitGlued(lines []string) []string {
	for i, line := range lines {
		if len(line) > 4000 {
			continue
		}
		if head, tail, ok := cutGlued(line); ok {
			out := append([]string{}, lines[:i]...)
			return append(append(out, head, tail), lines[i+1:]...)
		}
	}
	return lines
}

func cutGlued(line string) (head, tail string, ok bool) {
	if at := strings.Index(line, "--- On "); at > 0 && !strings.HasPrefix(line, "-") && attribution([]string{line}, at) > 0 {
		return strings.TrimRight(line[:at], "-"), line[at:], true
	}
	if strings.HasPrefix(line, "---") { // "-------- Original message --------From: ..."
		if inner := strings.TrimLeft(line, "- "); inner != line {
			if name, rest, found := strings.Cut(inner, "--"); found && strings.Contains(forwardWords, "|"+strings.ToLower(strings.TrimSpace(name))+"|") {
				if rest = strings.TrimLeft(rest, "- "); rest != "" {
					return "-----" + strings.TrimSpace(name) + "-----", rest, true
				}
			}
		}
	}
	if colon := strings.IndexByte(line, ':'); colon < 0 || colon+1 == len(line) { // with which each of the verbs ends
		return "", "", false
	}
	for _, verb := range [...]string{" wrote:", " schrieb:", " a écrit :", " escribió:", " ha scritto:", " escreveu:"} {
		if at := strings.Index(line, verb); at > 0 && at+len(verb) < len(line) {
			if end := at + len(verb); isAttribution(line[:end], false) && startsLikeDate(strings.TrimSpace(line)) {
				return line[:end], strings.TrimSpace(line[end:]), true
			}
		}
	}
	return "", "", false
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
	if groupwise(lines[i]) {
		return 1
	}
	if strings.TrimSpace(lines[i]) == "" || isQuoted(lines[i]) {
		return 0
	}
	if isForwardLine(lines, i) || headerBlock(lines, i) || notesBlock(lines, i) || leadsToHeader(lines, i) {
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

// leadsToHeader knows an attribution without its colon above a header block.
func leadsToHeader(lines []string, i int) bool {
	line := strings.TrimSpace(lines[i])
	if len(line) > 200 || !hasDate(line) || !startsLikeDate(line) || !hasWrote(line) {
		return false
	}
	next := nextText(lines, i+1)
	return next >= 0 && next <= i+2 && headerBlock(lines, next)
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
	own, quoted = make([]string, 0, len(lines)), make([]string, 0, len(lines))
	for i, line := range lines {
		switch n := len(own); {
		case marks[i]:
			quoted = append(quoted, line)
		case strings.TrimSpace(line) == "" && i > 0 && n > 0 && strings.TrimSpace(own[n-1]) == "" && (marks[i-1] || own[n-1] != lines[i-1]):
			// the empty lines on both sides of a quote become one
		default:
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

// markBars marks as quoted the lines that begin with a bar, as some clients
// quote, when they stand below the sentence that announces a quote. Bars also
// draw tables.
func markBars(lines []string) []string {
	for i, line := range lines {
		if i == 0 || !strings.HasPrefix(line, "| ") || strings.HasPrefix(lines[i-1], "|") {
			continue
		}
		for from := max(0, i-5); from < i; from++ {
			if n := attribution(lines[from:], 0); n == 0 || nextText(lines, from+n) != i {
				continue
			}
			out := append([]string{}, lines...)
			for j, l := range out[i:] {
				if bare, ok := strings.CutPrefix(l, "|"); ok {
					out[i+j] = ">" + bare
				}
			}
			return out
		}
	}
	return lines
}
