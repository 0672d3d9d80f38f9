package classify

import (
	"slices"
	"strings"
	"unicode"
)

// token of a text: a word in lower case without accents, a mark of the end of
// a sentence ("." or "?"), or a comma, which patterns pass over.
type token string

func (t token) ends() bool { return t == "." || t == "?" }

// word tells whether t is a word.
func (t token) word() bool { return !t.ends() && t != "," }

// tokenize cuts a text into words: lower case, without accents, contractions
// written out ("don't" is "do not").
func tokenize(text string) []token {
	text = strings.ToLower(text)
	toks := make([]token, 0, len(text)/6+4)
	var word []rune // the word, once it differs from the text
	start := -1     // where a word of ASCII letters begins in the text
	flush := func(end int) {
		switch {
		case start >= 0:
			toks = append(toks, token(text[start:end]))
			start = -1
		case len(word) > 0:
			toks = appendWord(toks, string(word))
			word = word[:0]
		}
	}
	// spread goes over to the slow way: the word is more than ASCII letters.
	spread := func(end int) {
		if start >= 0 {
			word = append(word[:0], []rune(text[start:end])...)
			start = -1
		}
	}
	lastBreak := false
	for i, r := range text {
		if len(toks) > 4000 {
			break
		}
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if len(word) > 0 {
				word = append(word, r)
			} else if start < 0 {
				start = i
			}
		case r == '\'' || r == '’' || r == '`' || r == '´':
			spread(i)
			word = append(word, '\'')
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			spread(i)
			word = appendFolded(word, r)
		case r >= 0x300 && r < 0x370: // an accent that stands alone (NFD)
			spread(i)
		case r == '.' || r == '!' || r == ';' || r == '…' || r == '。' || r == '！':
			flush(i)
			toks = append(toks, ".")
		case r == ',' || r == '、' || r == '，' || r == ':':
			flush(i)
			toks = append(toks, ",")
		case r == '?' || r == '？' || r == '¿':
			flush(i)
			if r != '¿' {
				toks = append(toks, "?")
			}
		case r == '\n':
			flush(i)
			if lastBreak {
				toks = append(toks, ".")
			}
			lastBreak = true
			continue
		default:
			if r == '-' && start == i-1 && start >= 0 && text[start] == 'e' { // e-mail
				spread(i)
				continue
			}
			flush(i)
		}
		if !unicode.IsSpace(r) {
			lastBreak = false
		}
	}
	flush(min(len(text), textEnd(text, start)))
	return spellOut(toks)
}

// firstToken is the first token of a text, "" when it has none.
func firstToken(text string) string {
	n := 0
	for n < len(text) && (text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z' || isDigit(text[n])) {
		n++
	}
	if n > 0 && (n == len(text) || strings.IndexByte(".,!?;:", text[n]) >= 0) {
		switch w := strings.ToLower(text[:n]); w {
		case "cannot", "dont", "doesnt", "isnt", "didnt", "arent": // spellOut
		default:
			return w
		}
	}
	if toks := tokenize(text); len(toks) > 0 {
		return string(toks[0])
	}
	return ""
}

// textEnd is where a word of ASCII letters that begins at start ends.
func textEnd(text string, start int) int {
	if start < 0 {
		return len(text)
	}
	for i := start; i < len(text); i++ {
		if c := text[i]; (c < 'a' || c > 'z') && !isDigit(c) {
			return i
		}
	}
	return len(text)
}

// spellOut writes the contractions out that have no apostrophe.
func spellOut(toks []token) []token {
	for i := 0; i < len(toks); i++ {
		switch toks[i] {
		case "cannot", "dont", "doesnt", "isnt", "didnt", "arent":
			head := toks[i][:len(toks[i])-2]
			if toks[i] == "cannot" {
				head = "can"
			}
			toks = slices.Replace(toks, i, i+1, head, "not")
			i++
		}
	}
	return toks
}

// appendWord writes contractions out.
func appendWord(toks []token, w string) []token {
	w = strings.Trim(w, "'")
	if w == "" {
		return toks
	}
	i := strings.IndexByte(w, '\'')
	switch {
	case i < 0:
		return append(toks, token(w))
	}
	head, tail := w[:i], w[i+1:]
	switch tail {
	case "t":
		switch head {
		case "won":
			head = "will"
		case "can":
			head = "can"
		default:
			head = strings.TrimSuffix(head, "n")
		}
		if head == "" { // "could n't"
			return append(toks, "not")
		}
		return append(toks, token(head), "not")
	case "m":
		return append(toks, token(head), "am")
	case "re":
		return append(toks, token(head), "are")
	case "ve":
		return append(toks, token(head), "have")
	case "ll":
		return append(toks, token(head), "will")
	case "d":
		return append(toks, token(head), "would")
	case "s":
		if head == "let" {
			return append(toks, "let", "us")
		}
		return append(toks, token(head), "is")
	}
	if head != "" {
		toks = append(toks, token(head))
	}
	return appendWord(toks, tail) // l'entreprise, d'informations
}

// fold takes the accent off a lower-case Latin letter.
func fold(r rune) []rune { return appendFolded(nil, r) }

// appendFolded appends a lower-case letter without its accent.
func appendFolded(b []rune, r rune) []rune {
	switch {
	case r == 'ё':
		return append(b, 'е')
	case r == 'ș':
		return append(b, 's')
	case r == 'ț':
		return append(b, 't')
	case r < 0x80 || r > 'ž':
		return append(b, r)
	}
	switch r {
	case 'ß':
		return append(b, 's', 's')
	case 'æ':
		return append(b, 'a', 'e')
	case 'œ':
		return append(b, 'o', 'e')
	}
	return append(b, plainLetter(r))
}

func plainLetter(r rune) rune {
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą':
		return 'a'
	case 'è', 'é', 'ê', 'ë', 'ē', 'ę', 'ě':
		return 'e'
	case 'ì', 'í', 'î', 'ï', 'ī', 'ı':
		return 'i'
	case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ő':
		return 'o'
	case 'ù', 'ú', 'û', 'ü', 'ű', 'ů':
		return 'u'
	case 'ç', 'ć', 'č':
		return 'c'
	case 'ñ', 'ń', 'ň':
		return 'n'
	case 'ď', 'đ':
		return 'd'
	case 'ğ':
		return 'g'
	case 'ř':
		return 'r'
	case 'ť', 'ţ':
		return 't'
	case 'ś', 'š', 'ş':
		return 's'
	case 'ź', 'ż', 'ž':
		return 'z'
	case 'ł':
		return 'l'
	case 'ý', 'ÿ':
		return 'y'
	}
	return r
}
