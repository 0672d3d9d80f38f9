package classify

import (
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
	var toks []token
	var word []rune
	flush := func() {
		if len(word) > 0 {
			toks = appendWord(toks, string(word))
			word = word[:0]
		}
	}
	lastBreak := false
	for _, r := range text {
		if len(toks) > 4000 {
			break
		}
		switch {
		case r == '\'' || r == '’' || r == '`' || r == '´':
			word = append(word, '\'')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word = append(word, fold(unicode.ToLower(r))...)
		case r == '.' || r == '!' || r == ';' || r == '…' || r == '。' || r == '！':
			flush()
			toks = append(toks, ".")
		case r == ',' || r == '、' || r == '，' || r == ':':
			flush()
			toks = append(toks, ",")
		case r == '?' || r == '？' || r == '¿':
			flush()
			if r != '¿' {
				toks = append(toks, "?")
			}
		case r == '\n':
			flush()
			if lastBreak {
				toks = append(toks, ".")
			}
			lastBreak = true
			continue
		default:
			if r == '-' && len(word) == 1 && word[0] == 'e' { // e-mail
				continue
			}
			flush()
		}
		if !unicode.IsSpace(r) {
			lastBreak = false
		}
	}
	flush()
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
	case w == "cannot":
		return append(toks, "can", "not")
	case w == "dont" || w == "doesnt" || w == "isnt" || w == "didnt" || w == "arent":
		return append(toks, token(w[:len(w)-2]), "not")
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
func fold(r rune) []rune {
	if r < 0x80 {
		return []rune{r}
	}
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą':
		return []rune{'a'}
	case 'è', 'é', 'ê', 'ë', 'ē', 'ę', 'ě':
		return []rune{'e'}
	case 'ì', 'í', 'î', 'ï', 'ī', 'ı':
		return []rune{'i'}
	case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ő':
		return []rune{'o'}
	case 'ù', 'ú', 'û', 'ü', 'ű', 'ů':
		return []rune{'u'}
	case 'ç', 'ć', 'č':
		return []rune{'c'}
	case 'ñ', 'ń', 'ň':
		return []rune{'n'}
	case 'ś', 'š':
		return []rune{'s'}
	case 'ź', 'ż', 'ž':
		return []rune{'z'}
	case 'ł':
		return []rune{'l'}
	case 'ý', 'ÿ':
		return []rune{'y'}
	case 'ß':
		return []rune{'s', 's'}
	case 'æ':
		return []rune{'a', 'e'}
	case 'œ':
		return []rune{'o', 'e'}
	}
	return []rune{r}
}
