package classify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token of a text: a word in lower case without accents, a mark of the end of
// a sentence ("." or "?"), or a comma, which patterns pass over.
type token string

func (t token) ends() bool { return t == "." || t == "?" }

// word tells whether t is a word.
func (t token) word() bool { return !t.ends() && t != "," }

// lowered is a text in lower case, as strings.ToLower gives it; placed tells
// that each character stands where it stood.
func lowered(text string) (low string, placed bool) {
	ascii, upper := true, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		ascii, upper = ascii && c < 0x80, upper || c >= 'A' && c <= 'Z'
	}
	if ascii {
		if !upper {
			return text, true
		}
		var b strings.Builder
		b.Grow(len(text))
		from := 0
		for i := 0; i < len(text); i++ {
			if c := text[i]; c >= 'A' && c <= 'Z' {
				b.WriteString(text[from:i])
				b.WriteByte(c + 'a' - 'A')
				from = i + 1
			}
		}
		b.WriteString(text[from:])
		return b.String(), true
	}
	placed = true
	out := make([]byte, 0, len(text)+8)
	for i := 0; i < len(text); {
		c := text[i]
		if c < 0x80 {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		out = utf8.AppendRune(out, unicode.ToLower(r))
		i += size
		placed = placed && len(out) == i
	}
	return string(out), placed
}

// tokenizer is a text on its way into words.
type tokenizer struct {
	toks  []token
	word  []rune // the word, once it differs from the text
	start int    // where a word of ASCII letters begins in the text, else -1

	ends   []int32 // behind which byte of the text each token ends
	placed bool    // ends are wanted
}

// flush ends the word at end.
func (z *tokenizer) flush(text string, end int) {
	switch {
	case z.start >= 0:
		z.toks = append(z.toks, token(text[z.start:end]))
		z.start = -1
	case len(z.word) > 0:
		z.toks = appendWord(z.toks, string(z.word))
		z.word = z.word[:0]
	}
	z.note(end)
}

// note notes where the tokens end that were added last.
func (z *tokenizer) note(end int) {
	for z.placed && len(z.ends) < len(z.toks) {
		z.ends = append(z.ends, int32(end)) //nolint:gosec // a text has at most maxWords bytes
	}
}

// spread goes over to the slow way: the word is more than ASCII letters.
func (z *tokenizer) spread(text string, end int) {
	if z.start >= 0 {
		z.word = z.word[:0]
		for i := z.start; i < end; i++ {
			z.word = append(z.word, rune(text[i]))
		}
		z.start = -1
	}
}

// tokenize cuts a text into words: lower case, without accents, contractions
// written out ("don't" is "do not").
func tokenize(text string) []token {
	toks, _ := tokenizeWithEnds(text, false)
	return toks
}

// tokenizeWithEnds is tokenize that also gives behind which byte of the text
// each token ends, when that is wanted; nil when a character is longer in
// lower case.
func tokenizeWithEnds(text string, wanted bool) ([]token, []int32) {
	text, placed := lowered(text)
	var room [48]rune
	z := tokenizer{toks: make([]token, 0, len(text)/6+4), word: room[:0], start: -1, placed: wanted && placed}
	if z.placed {
		z.ends = make([]int32, 0, cap(z.toks))
	}
	lastBreak := false
	for i, r := range text {
		if len(z.toks) > 4000 {
			break
		}
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if len(z.word) > 0 {
				z.word = append(z.word, r)
			} else if z.start < 0 {
				z.start = i
			}
			lastBreak = false
			continue
		case r == ' ':
			z.flush(text, i)
			continue
		case r == '\'' || r == '’' || r == '`' || r == '´':
			z.spread(text, i)
			z.word = append(z.word, '\'')
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			z.spread(text, i)
			z.word = appendFolded(z.word, r)
		case r >= 0x300 && r < 0x370: // an accent that stands alone (NFD)
			z.spread(text, i)
		case r == '.' || r == '!' || r == ';' || r == '…' || r == '。' || r == '！':
			z.flush(text, i)
			z.toks = append(z.toks, ".")
			z.note(i + 1)
		case r == ',' || r == '、' || r == '，' || r == ':':
			z.flush(text, i)
			z.toks = append(z.toks, ",")
			z.note(i + 1)
		case r == '?' || r == '？' || r == '¿':
			z.flush(text, i)
			if r != '¿' {
				z.toks = append(z.toks, "?")
				z.note(i + 1)
			}
		case r == '\n':
			z.flush(text, i)
			if lastBreak {
				z.toks = append(z.toks, ".")
				z.note(i + 1)
			}
			lastBreak = true
			continue
		default:
			if r == '-' && z.start == i-1 && z.start >= 0 && text[z.start] == 'e' { // e-mail
				z.spread(text, i)
				continue
			}
			z.flush(text, i)
		}
		if lastBreak && !unicode.IsSpace(r) {
			lastBreak = false
		}
	}
	z.flush(text, min(len(text), textEnd(text, z.start)))
	return spellOut(z.toks, z.ends)
}

// firstToken is the first token of a text, "" when it has none.
func firstToken(text string) string {
	n := 0
	for n < len(text) && (text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z' || isDigit(text[n])) {
		n++
	}
	if n > 0 && (n == len(text) || text[n] < 0x80 && text[n] != '\'' && text[n] != '`' && text[n] != '-') {
		switch w := strings.ToLower(text[:n]); w {
		case "cannot", "dont", "doesnt", "isnt", "didnt", "arent": // spellOut
		default:
			return w
		}
	}
	for i, r := range text { // what ends every word
		if i > 0 && (r == ' ' || r == ',' || r == '.' || r == '\n' || r == '。' || r == '、' || r == '，' || r == '！' || r == '？') {
			if toks := tokenize(text[:i]); len(toks) > 0 {
				return string(toks[0])
			}
			break
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
func spellOut(toks []token, ends []int32) ([]token, []int32) {
	for i := 0; i < len(toks); i++ {
		if n := len(toks[i]); n < 4 || n > 6 || toks[i][n-1] != 't' {
			continue
		}
		switch toks[i] {
		case "cannot", "dont", "doesnt", "isnt", "didnt", "arent":
			head := toks[i][:len(toks[i])-2]
			if toks[i] == "cannot" {
				head = "can"
			}
			toks = slices.Replace(toks, i, i+1, head, "not")
			if ends != nil {
				ends = slices.Insert(ends, i, ends[i])
			}
			i++
		}
	}
	return toks, ends
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
