package classify

import (
	"strings"
	"sync"
	"unicode"
)

// greetings begin a letter, folded.
const greetings = " hi hello hey dear good greetings morning afternoon evening guten hallo liebe lieber sehr moin servus gruezi grussgott bonjour bonsoir salut cher chere madame monsieur buongiorno buonasera salve ciao gentile egregio egregia caro cara hola buenos buenas estimado estimada querido querida apreciado ola bom boa prezado prezada caro oi exmo goedemorgen goedemiddag goedenavond goedendag beste geachte dag hoi hej hejsan god goddag kaere hei heisann kjaere dzien witam szanowny szanowna czesc drogi droga "

// greetingWords are those of greetings.
var greetingWords = sync.OnceValue(func() map[string]bool { return setOf(greetings) })

// setOf gives the words of lists parted by blanks.
func setOf(lists ...string) map[string]bool {
	out := map[string]bool{}
	for _, list := range lists {
		for w := range strings.FieldsSeq(list) {
			out[w] = true
		}
	}
	return out
}

// withoutGreeting is a text without the words that open a letter: a greeting
// on a line of its own or before the first comma, or a name alone with a
// comma. A text that is nothing else stays.
func withoutGreeting(text string) string {
	text = strings.TrimSpace(text)
	line, rest, _ := strings.Cut(text, "\n")
	if len(line) > 400 {
		return text
	}
	if isGreeting(strings.TrimSpace(line)) && strings.TrimSpace(rest) != "" {
		return strings.TrimSpace(rest)
	}
	if !greets(text) {
		return text
	}
	for _, mark := range [...]string{",", "!", " - ", " – ", ":"} {
		if head, tail, ok := strings.Cut(text, mark); ok && opens(head) && len(strings.Fields(head)) <= 4 && strings.TrimSpace(tail) != "" {
			return strings.TrimSpace(tail)
		}
	}
	return text
}

// opens tells whether words begin as a greeting does.
func opens(words string) bool {
	return greets(words) && !strings.ContainsAny(words, ".?\n")
}

// namesReader tells whether a line ends as one does that only names the reader.
func namesReader(line string) bool {
	return strings.HasSuffix(line, ",") || strings.HasSuffix(line, ":") || strings.HasSuffix(line, "様") || strings.HasSuffix(line, "様、") || strings.HasSuffix(line, "您好")
}

// greets tells whether the first word is one of a greeting.
func greets(words string) bool {
	if len(words) > 0 && words[0] >= 0xE3 { // a script without blanks
		return false
	}
	return greetingWords()[firstToken(words)]
}

func isGreeting(line string) bool {
	if !greets(line) && !namesReader(line) {
		return false
	}
	bare := strings.TrimRight(line, " ,!:;.、，。")
	n := 0
	for range strings.FieldsSeq(bare) {
		if n++; n > 6 {
			return false
		}
	}
	if n == 0 || strings.Contains(line, "?") {
		return false
	}
	words := strings.Fields(bare)
	if opens(line) && (len(words) <= 2 || strings.ContainsRune(",!:", rune(line[len(line)-1]))) {
		return true
	}
	if !namesReader(line) {
		return false
	}
	for _, w := range words { // "Ann," and "Ann Lee,"
		if r := []rune(w); !unicode.IsUpper(r[0]) && r[0] < 0x2E80 {
			return false
		}
	}
	return len(words) <= 3
}

// withoutLinks leaves the addresses of pages out of a text: what stands in
// them nobody wrote.
func withoutLinks(text string) string {
	if !strings.Contains(text, "://") && !strings.Contains(text, "www.") {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		at := strings.Index(text, "://")
		if w := strings.Index(text, "www."); at < 0 || w >= 0 && w < at {
			at = w
		}
		if at < 0 {
			break
		}
		start := strings.LastIndexFunc(text[:at], func(r rune) bool { return !unicode.IsLetter(r) }) + 1
		if text[at] == 'w' {
			start = at
		}
		end := strings.IndexFunc(text[at:], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>\")]|", r) || r >= 0x2E80 })
		b.WriteString(text[:start])
		if end < 0 {
			return b.String()
		}
		text = text[at+end:]
	}
	b.WriteString(text)
	return b.String()
}
