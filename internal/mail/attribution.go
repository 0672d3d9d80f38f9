package mail

import (
	"strings"
	"sync"
	"unicode"
)

// attribution tells whether lines begin, at byte at of the first one, with the
// sentence that a client puts above a quote ("On Monday, Ann wrote:"), and how
// many lines it takes; 0 when they do not.
func attribution(lines []string, at int) int {
	if len(lines) == 0 || at >= len(lines[0]) {
		return 0
	}
	first := strings.TrimSpace(lines[0][at:])
	if first == "" || len(first) > 400 || !hasDigit(first) && !startsDash(first) && !strings.ContainsAny(first[len(first)-1:], ":-*") && !strings.HasSuffix(first, "：") && !strings.Contains(first, "@") {
		return 0
	}
	if !mayAttribute(lines) {
		return 0
	}
	joined, texts := "", 0
	for n, line := range lines[:min(len(lines), 6)] {
		if n == 0 {
			line = line[at:]
		}
		t := strings.TrimSpace(line)
		if t == "" {
			// An empty line inside is tolerated only while an address is open.
			if !strings.Contains(joined, " ") || texts > 1 || !nextOpens(lines[n:]) {
				return 0
			}
			continue
		}
		if n > 0 && strings.HasPrefix(t, ">") && !strings.HasSuffix(t, ":") {
			return 0
		}
		joined = strings.TrimSpace(joined + " " + t)
		if texts++; len(joined) > 500 || texts > 4 {
			return 0
		}
		if isAttribution(joined, quotedNext(lines[n+1:])) {
			return n + 1
		}
		if strings.HasSuffix(t, ".") && wordCount(t) > 8 { // a sentence of the person
			return 0
		}
	}
	return 0
}

// mayAttribute tells cheaply whether one of the lines that attribution reads may
// end such a sentence: with a colon, a line of dashes or a mark of bold, or above
// a quote.
func mayAttribute(lines []string) bool {
	for n, line := range lines[:min(len(lines), 6)] {
		t := strings.TrimSpace(line)
		if t == "" {
			continue
		}
		switch t[len(t)-1] {
		case ':', '-', '=', '*', '_', '\x9a': // the last byte of the wide colon
			return true
		}
		if n > 0 && (isQuoted(line) || strings.HasPrefix(strings.TrimLeft(line, " \t"), "| ")) {
			return true
		}
	}
	return len(lines) > 6 && quotedNext(lines[6:])
}

func nextOpens(lines []string) bool {
	i := nextText(lines, 0)
	return i >= 0 && strings.HasPrefix(strings.TrimSpace(lines[i]), "<")
}

func quotedNext(lines []string) bool {
	i := nextText(lines, 0)
	if i >= 0 && strings.HasSuffix(lines[i], ":") && wroteEnd(lines[i]) { // "> wrote:" ends the sentence
		return false
	}
	return i >= 0 && (isQuoted(lines[i]) || strings.HasPrefix(strings.TrimSpace(lines[i]), "| "))
}

// isAttribution judges one joined sentence; quoted tells that a marked quote
// follows.
func isAttribution(s string, quoted bool) bool {
	if strings.Contains(s, "&lt;") {
		s = strings.NewReplacer("&lt;", "<", "&gt;", ">").Replace(s)
	}
	bare := strings.TrimSpace(strings.Trim(s, "-=*_ "))
	colon := strings.HasSuffix(bare, ":") || strings.HasSuffix(bare, "：")
	dashes := startsDash(s) && (strings.HasSuffix(s, "--") || colon)
	if !colon && !dashes && !quoted {
		return false
	}
	date, addr := hasDate(bare), hasAddr(bare)
	wrote := (colon || dashes) && hasWrote(bare)
	if wrote && !quoted && !addr && !dashes && wordCount(bare) > 9 && !strings.Contains(strings.TrimSuffix(bare, ":"), ":") { // no time of day: a person tells of somebody
		return false
	}
	switch {
	case dashes && wrote && (date || addr || wroteEnd(bare)):
		return true
	case colon && wrote && date && (startsLikeDate(bare) || addr && wordCount(bare) <= 30):
		return true
	case colon && wrote && addr && (quoted || wroteEnd(bare)) && wordCount(bare) <= 14:
		return true
	case colon && date && addr && startsLikeDate(bare) && strings.ContainsAny(bare, "<("):
		return true
	case colon && wroteEnd(bare) && quoted && wordCount(bare) <= 6:
		return true
	case quoted && date && addr && startsLikeDate(bare) && strings.HasSuffix(bare, ">"):
		return true
	}
	return false
}

// startsLikeDate tells whether a sentence begins with a date or with one of
// the words that lead to it.
func startsLikeDate(s string) bool {
	lead := strings.ToLower(s[:min(len(s), 40)])
	if strings.IndexFunc(lead, unicode.IsDigit) >= 0 {
		return true
	}
	word, _, _ := strings.Cut(lead, " ")
	return inList(" on am le el il em op den på dnia w kl. kl der dne na в vào tanggal في στις tarihinde pada ", word)
}

// inList tells whether word is one of the blank-separated words of list,
// which begins and ends with a blank.
func inList(list, word string) bool {
	return word != "" && strings.Contains(list, " "+word+" ")
}

func startsDash(s string) bool { return strings.HasPrefix(s, "--") }

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}

func wordCount(s string) int {
	n, blank := 0, true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 { // other scripts have blanks of their own
			n = 0
			for range strings.FieldsSeq(s) {
				n++
			}
			return n
		}
		now := c == ' ' || c >= '\t' && c <= '\r'
		if blank && !now {
			n++
		}
		blank = now
	}
	return n
}

func hasAddr(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at+3 < len(s) && s[at-1] != ' ' && s[at+1] != ' ' && strings.IndexByte(s[at:], '.') > 0
}

// wroteWords are the verbs of attributions, as they stand in the sentence.
const wroteWords = "wrote|writes|said the following|quoting|sent|zitat von|citando|citerar|missatge de|schrieb|geschrieben|a écrit|écrit|ecrit|escribió|escribio|ha scritto|scritto|scrisse|escreveu|schreef|geschreven|" +
	"skrev|skreiv|napisana przez|pisze|napisał|napisała|napisał(a)|napisal|napsal|napísal|kirjoitti|írta|вы писали|написал|написала|пишет|писал|написав|пише|написа|yazdı|viết|menulis|" +
	"έγραψε|a scris|scris|rašė|kirjutas|je napisao|je napisal|写道|寫道|写信|さんは書きました|書きました|のメッセージ|のメール|작성|نوشت|كتب|كتابة|כתב"

var wroteVerbs = sync.OnceValue(func() []string { return strings.Split(wroteWords, "|") })

// hasWrote tells whether a sentence has the verb of an attribution.
func hasWrote(s string) bool {
	low := strings.ToLower(s)
	for _, word := range wroteVerbs() {
		for from := 0; ; {
			i := strings.Index(low[from:], word)
			if i < 0 {
				break
			}
			i += from
			if boundedWord(low, i, i+len(word)) {
				return true
			}
			from = i + len(word)
		}
	}
	return false
}

// boundedWord tells whether low[i:j] is not part of a longer word, an address
// or a link. Scripts without blanks have no such bounds.
func boundedWord(low string, i, j int) bool {
	if low[i] >= 0xe3 {
		return true
	}
	if i > 0 && (isWordByte(low[i-1]) || low[i-1] == '-' || low[i-1] == '.' || low[i-1] == '@') {
		return false
	}
	return j >= len(low) || !isWordByte(low[j]) && low[j] != '-' && low[j] != '.' && low[j] != '@' || strings.HasPrefix(low[j:], "---")
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 || c == '_'
}

// wroteEnd tells whether a sentence ends with the verb.
func wroteEnd(s string) bool {
	low := strings.ToLower(strings.TrimRight(s, ":：-=* "))
	for _, word := range wroteVerbs() {
		if strings.HasSuffix(low, word) && boundedWord(low, len(low)-len(word), len(low)) && word != "sent" {
			return true
		}
	}
	return false
}

// arabicDigits turns the digits of Arabic and Persian into ours.
var arabicDigits = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
		"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9")
})

// hasDate tells whether a sentence has a date or a time of day: 16:32, 16.32
// klo, 2014-10-17, 12.12.2016, or a year with a day.
func hasDate(s string) bool {
	if strings.IndexByte(s, 0xd9) >= 0 || strings.IndexByte(s, 0xdb) >= 0 {
		s = arabicDigits().Replace(s)
	}
	nums, year := 0, false
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' {
			i++
			continue
		}
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		n := j - i
		if i > 0 && (isWordByte(s[i-1]) || s[i-1] == '@') || n > 4 { // part of a name or an address
			i = j
			continue
		}
		if j+1 < len(s) && n <= 2 && s[j] == ':' && s[j+1] >= '0' && s[j+1] <= '9' {
			return true
		}
		if n == 4 && (s[i] == '1' && s[i+1] == '9' || s[i] == '2' && s[i+1] == '0') {
			year = true
		}
		nums++
		i = j
	}
	return year && nums >= 2
}
