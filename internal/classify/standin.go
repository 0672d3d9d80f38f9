package classify

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/mail"
)

// standStems are stems of the words by which an absent person names another:
// to turn to somebody, who stands in, in my absence; folded.
const standStems = "contact kontakt wend vertret vertrit stellvertret turn reach write email mail$ call$ urgent urgence urgencia urgenz dringend dringlich eilig notfall emergency immediate assist absence absenc abwesenheit cover replac ersetz ersatt deputy delegate colleague kolleg collegu colleg colega sustitu suplent sostitu substitu vervang waarnem waarneem terecht vikar stedfortr stedfor zastep zastap pilnych pilne adress rivolg scriv escrib dirij diriz hable fale procur encaminh forward successor nachfolg succed succede suced opvolg efterfoljer aftercomer etterfolg nastepc instead ansprechpartn interlocut disposition spoed dringende brads brattande haster akut henvend taken$ ubern assum overtaget tog$ tagit przej replaces handl"

var standSet = sync.OnceValue(func() *stemSet { return newStemSet(standStems) })

// standIn finds whom an automatic reply names instead of the person: an
// address and a name, either of which may be missing. A successor is named in
// any sentence, a stand-in in one that says so.
func standIn(p *mail.Parsed, text string, successor bool) (name, addr string) {
	own := map[string]bool{p.From: true, p.ReplyTo: true, p.Sender: true}
	for _, a := range p.To {
		own[a.Addr] = true
	}
	sentences := standSentences(text)
	for _, s := range sentences {
		for _, a := range addressesIn(s) {
			if own[a.addr] || !successor && !standsFor(s) {
				continue
			}
			return nameBeside(p, s, a), a.addr
		}
	}
	for _, s := range sentences {
		if !standsFor(s) {
			continue
		}
		if name = personIn(p, s); name != "" {
			return name, ""
		}
	}
	return "", ""
}

// standsFor tells whether a sentence speaks of somebody to turn to.
func standsFor(s string) bool {
	return standsInWords(s) || firstIn(s, "ご連絡|連絡先|緊急|お急ぎ|代理|後任|担当|联系|聯繫|联络|聯絡|紧急|緊急|急事|后任|接手|接替|找") != ""
}

// standsInWords tells whether one of the words has one of the stems. Words of
// ASCII letters are looked at where they stand.
func standsInWords(s string) bool {
	set := standSet()
	var room [24]byte
	word := room[:0]
	for i := 0; i <= len(s); i++ {
		c := byte(' ')
		if i < len(s) {
			c = s[i]
		}
		switch {
		case c >= 0x80:
			return slices.ContainsFunc(tokenize(s), func(t token) bool { return set.has(string(t)) })
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c):
			if len(word) < len(room) { // no stem is longer
				if c <= 'Z' && c >= 'A' {
					c |= 0x20
				}
				word = append(word, c)
			}
			continue
		}
		if len(word) > 0 && set.has(string(word)) {
			return true
		}
		word = room[:0]
	}
	return false
}

// standSentences cuts a text into sentences that keep "j. doe@x.example" and
// initials whole, and takes a line that only wraps with the next one.
func standSentences(text string) []string {
	var out []string
	for _, s := range sentencesOf(text) {
		s = strings.Join(strings.Fields(s), " ")
		if n := len(out); n > 0 && glued(out[n-1], s) {
			out[n-1] += s
			continue
		}
		out = append(out, s)
	}
	return out
}

// glued tells whether the dot between two pieces ended no sentence: it stands
// inside an address, or behind a title or an initial.
func glued(before, after string) bool {
	if !strings.HasSuffix(before, ".") || after == "" {
		return false
	}
	last := before[strings.LastIndexByte(before, ' ')+1:]
	r, _ := utf8.DecodeRuneInString(after)
	return strings.Contains(last, "@") && unicode.IsLower(r) || strings.ContainsRune(after[:min(len(after), 40)], '@') && !strings.Contains(after[:strings.IndexByte(after, '@')], " ") && !strings.HasSuffix(last, "..") && unicode.IsLower(r) && len(last) > 1
}

// nameBeside finds the name of the owner of an address in its sentence: the
// nearest one before it, else one in brackets right behind it.
func nameBeside(p *mail.Parsed, s string, a placed) string {
	if name := wideName(s[:a.at]); name != "" {
		return name
	}
	before := strings.Fields(s[:a.at])
	name, end := "", 0
	for i := max(0, len(before)-10); i < len(before); i++ {
		if n := nameRun(before[i:]); n > 0 {
			if found := namedBy(p, before[i:i+n], i > 0 && isTitle(before[i-1])); found != "" {
				name, end = found, i+n
			}
			i += n - 1
		}
	}
	if name != "" && len(before)-end <= 6 {
		return name
	}
	behind := strings.Fields(strings.TrimLeft(afterAddress(s[a.at:]), " >)(,-–/"))
	if n := nameRun(behind); n > 0 && strings.HasPrefix(strings.TrimLeft(afterAddress(s[a.at:]), " >"), "(") {
		return namedBy(p, behind[:n], false)
	}
	return ""
}

func afterAddress(s string) string {
	at := strings.IndexByte(s, '@')
	if at < 0 {
		return ""
	}
	return s[domainEnd(s, at+1):]
}

// namedBy turns a run of words into a name; one word is a name beside a title
// alone, or where it stands before an address.
func namedBy(p *mail.Parsed, run []string, titled bool) string {
	parts := make([]string, 0, len(run))
	for _, w := range run {
		if len(parts) > 0 && strings.HasPrefix(w, "(") {
			break
		}
		if bare := strings.Trim(w, nameMarks+"[]"); bare != "" {
			parts = append(parts, bare)
		}
	}
	for len(parts) > 1 && isTitle(parts[0]) {
		parts, titled = parts[1:], true
	}
	if len(parts) == 0 || len(parts) == 1 && !titled && len(parts[0]) < 3 || ours(p, parts) || sameName(p.FromName, parts) {
		return ""
	}
	return strings.Join(parts, " ")
}

// sameName tells whether a name is that of the absent person.
func sameName(from string, parts []string) bool {
	low := strings.ToLower(from)
	for _, part := range parts {
		if !strings.Contains(low, strings.ToLower(part)) {
			return false
		}
	}
	return low != ""
}

// personIn finds a full name in a sentence, or one behind a title.
func personIn(p *mail.Parsed, s string) string {
	words := strings.Fields(s)
	for i := 0; i < min(len(words), 60); i++ {
		n := nameRun(words[i:])
		if n == 0 {
			continue
		}
		titled := i > 0 && isTitle(words[i-1]) || isTitle(words[i])
		if name := namedBy(p, words[i:i+n], titled); name != "" && (titled || strings.Contains(name, " ")) && !isGone(words[i+n:]) {
			return name
		}
		i += n - 1
	}
	return wideName(s)
}

// wideName finds a name in Japanese or Chinese at the end of what stands
// before an address, or before a form of address.
func wideName(s string) string {
	for _, end := range [...]string{"さん", "様", "先生", "女士", "小姐", "经理", "經理"} {
		if i := strings.Index(s, end); i > 0 {
			s = s[:i]
			break
		}
	}
	s = strings.TrimRight(s, " 　（(<：:「【，,、")
	for _, label := range [...]string{"邮箱", "郵箱", "邮件", "电邮", "電郵", "メールアドレス", "メール", "E-mail", "e-mail", "Email", "email"} {
		if before, ok := strings.CutSuffix(s, label); ok {
			s = strings.TrimRight(before, " 　（(：:，,、の")
		}
	}
	start, n := len(s), 0
	for start > 0 && n < 5 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !unicode.Is(unicode.Han, r) && !unicode.Is(unicode.Katakana, r) {
			break
		}
		start -= size
		n++
	}
	name := s[start:]
	for _, verb := range [...]string{"联系人", "联系", "聯繫", "联络", "聯絡", "咨询", "同事", "后任", "後任", "代理", "担当", "上司", "找"} {
		if _, after, ok := strings.Cut(name, verb); ok {
			name = after
		}
	}
	if n := utf8.RuneCountInString(name); n < 2 || n > 4 || firstIn(name, "場合|连絡|連絡|緊急|请|請|邮件|郵件|至急|部|课|課|窓口|先") != "" {
		return ""
	}
	return name
}
