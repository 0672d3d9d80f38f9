package classify

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/mail"
)

// turnStems are verbs for turning to somebody, turnLeads what may stand
// between them and the name, folded.
const (
	turnStems = "talk$ speak$ contact$ ask$ reach$ write$ need$ sprechen$ reden$ wenden$ fragen$ kontaktieren$ contacter$ contactez voir$ voyez$ parler$ adresser hablar$ hable$ contactar pregunt parlare$ parli$ chieder rivolg contattar sentire$ falar$ fale$ procur praten$ spreken$ terecht$ bellen$ prata$ tala$ kontakta$ tale$ snakke$ tal$ snak$ kontakte$ rozmawiac$ porozmawiac$ zwrocic$ zapytac$"
	turnLeads = " to with out mit mich sich sie an bitte avec a au con al com o a bij met med do z ze pana panem pania in touch "
	turnMine  = " i we ich wir je nous yo io eu ik wij jag vi jeg lass lassen let lad la would glad happy like gern gerne "
	titles    = " mr mrs ms miss dr herr herrn frau monsieur madame mme m senor senora sr sra don dona signor signora dottor dottoressa dott senhor senhora meneer mevrouw pan pana pani panem pania "
)

var turnSet = sync.OnceValue(func() *stemSet { return newStemSet(turnStems) })

// namedColleague finds "talk to Ann Lee", "wenden Sie sich an Herrn Ott": a
// verb for turning to somebody with a title or a full name behind it, which is
// neither the seller's nor said of oneself.
func namedColleague(p *mail.Parsed, text string) string {
	words := strings.Fields(text)
	for i, w := range words[:min(len(words), 400)] {
		if !turnSet().has(firstToken(w)) || mine(words[:i]) {
			continue
		}
		j := i + 1
		for j < len(words) && j <= i+4 && !strings.ContainsAny(words[j-1], ".?!;:") && isLead(words[j]) {
			j++
		}
		if j >= len(words) || strings.ContainsAny(words[j-1], ".?!;:") {
			continue
		}
		name := nameAt(words[j:])
		parts := strings.Fields(name)
		titled := isTitle(words[j]) || j > i+1 && isTitle(words[j-1])
		if name == "" || len(parts) < 2 && !titled || ours(p, parts) {
			continue
		}
		return strings.Join(words[i:min(len(words), j+len(parts))], " ")
	}
	return ""
}

// isLead tells whether a word may stand before a name and is no name.
func isLead(w string) bool {
	first := firstToken(w)
	return leadSet()[first] || !startsUpper(w) && isTitle(w)
}

func isTitle(w string) bool {
	first := firstToken(w)
	return titleSet()[first]
}

func startsUpper(w string) bool {
	for _, r := range w {
		return unicode.IsUpper(r)
	}
	return false
}

// mine tells whether the verb behind words is the writer's own: "I would like
// to talk".
func mine(words []string) bool {
	for k := len(words) - 1; k >= 0 && k >= len(words)-4; k-- {
		if strings.ContainsAny(words[k], ".?!;") {
			return false
		}
		if first := firstToken(words[k]); first != "" && strings.Contains(turnMine, " "+first+" ") {
			return true
		}
	}
	return false
}

// ours tells whether a name is one that the mail was sent to.
func ours(p *mail.Parsed, parts []string) bool {
	for _, a := range p.To {
		for _, part := range parts {
			if a.Name != "" && strings.Contains(strings.ToLower(a.Name), strings.ToLower(part)) {
				return true
			}
		}
	}
	return false
}

// Words with a capital letter that are no name: beginnings of sentences, and
// what is written so in some language; folded.
const noNames = " ihre ihren meine unsere nachricht anfrage vielen herzlichen besten danke dank muchas muito molte tack tak mange dziekuje bonjour hallo hola ciao buongiorno guten ask talk try speak contact please write call mail reach hi hello hey dear thanks thank yes no not sorry he she it this that they who we you our my the there for in at on if as best regards kind i ihnen ihm contact contacter contactez contacta kontakt kontakta kontaktieren skriv schreiben bitte veuillez merci gracias grazie obrigado neem neemt " +
	"bitte fragen sprechen wenden kontaktieren besser danke hallo guten tag das dies dafur hier da der die sie er ich wir unser unsere mein meine bei mit freundlichen grussen liebe sehr geehrte abteilung firma einkauf " +
	"voyez contactez adressez parlez demandez bonjour merci il elle ce cela c nous notre mon ma pour cordialement hable contacte escriba pregunte hola gracias para eso el la lo mi nuestro aqui parli scriva chieda salve grazie per questo lui lei non qui buongiorno " +
	"fale escreva ola obrigado quem ele ela o a isso esse nao praat bel vraag hoi bedankt dat dit hij zij ik wij onze mijn voor prata kontakta fraga hej tack det han hon jag min vi tal sporg tak snakk sporr hei takk jeg prosze dzien dobry dziekuje on ona ja moim to w tej sprawie it hr cfo ceo cto coo vp "

// particles stand inside names.
const particles = " de van von der den da di du del la le ten ter zu dos das "

// gone is said of people who are not there any more, as parts, folded.
const gone = "left |has left|retired|resigned|no longer|does not work|doesn't work|passed away|nicht mehr|verlassen|im ruhestand|ne travaille plus|n'est plus|a quitte|ya no |dejo |ha dejado|non lavora|non e piu|ha lasciato|ja nao|nao trabalha|saiu|deixou|werkt niet|is weg|verlaten|jobbar inte|arbetar inte|har slutat|lamnat|arbejder ikke|er stoppet|forladt|jobber ikke|har sluttet|forlatt|nie pracuje|odszedl|odeszla"

// namedIn finds the person whom a text names: with a title ("Frau Lang"), else
// by a full name ("Ann Lee"). One who has left and those it was sent to do not
// count.
func namedIn(p *mail.Parsed, text string, m *memory) string {
	full := ""
	for _, sentence := range m.sentences(text) {
		switch who := m.person(p, sentence); {
		case who.titled:
			return who.name
		case full == "":
			full = who.name
		}
	}
	return full
}

// person is personOf.
func (m *memory) person(p *mail.Parsed, sentence string) personNamed {
	if m == nil {
		return personOf(p, sentence)
	}
	who, ok := m.names[sentence]
	if !ok {
		who = personOf(p, sentence)
		if len(m.names) < mostRemembered {
			m.names[sentence] = who
		}
	}
	return who
}

// personOf finds the person whom a sentence names.
func personOf(p *mail.Parsed, sentence string) personNamed {
	full := ""
	words := strings.Fields(sentence)
	for i := 0; i < min(len(words), 400); i++ {
		n := nameRun(words[i:])
		if n == 0 {
			continue
		}
		parts := make([]string, 0, n)
		for _, w := range words[i : i+n] {
			parts = append(parts, strings.Trim(w, nameMarks))
		}
		lead := ""
		if i > 0 && isTitle(words[i-1]) && !isTitle(parts[0]) {
			lead = strings.Trim(words[i-1], nameMarks) + " "
		}
		titled := lead != "" || n > 1 && isTitle(parts[0])
		i += n - 1
		switch {
		case n < 2 && !titled, ours(p, parts), isGone(words[i+1:]):
		case titled:
			return personNamed{lead + strings.Join(parts, " "), true}
		case full == "":
			full = strings.Join(parts, " ")
		}
	}
	return personNamed{full, false}
}

const nameMarks = ".,;:()<>\"'!?…"

// nameRun is how many of words, from the first, make a name.
func nameRun(words []string) int {
	n := 0
	for n < len(words) && n < 5 {
		w := words[n]
		bare := strings.Trim(w, nameMarks)
		if n == 0 && !startsUpper(bare) { // neither a name nor inside one
			break
		}
		low, more := oneWord(bare)
		if low == "" {
			break
		}
		inside := n > 0 && strings.Contains(particles, " "+low+" ") && n+1 < len(words) && startsUpper(words[n+1])
		if !inside && (more || noNameSet()[low] || !isName(bare) || weekdayOf(low) >= 0 || monthOf(low) > 0 && n == 0 && (len(words) < 2 || !startsUpper(words[1]))) {
			break
		}
		n++
		if strings.ContainsAny(w[len(w)-1:], ",;:.!?)") && !(isTitle(w) && strings.HasSuffix(w, ".")) {
			break
		}
	}
	return n
}

// oneWord is the first token of a word, and whether it has more.
func oneWord(w string) (first string, more bool) {
	plain := len(w) > 0 && w[len(w)-1] != 't' && w[len(w)-1] != 'T' // "cannot" is two
	for i := 0; i < len(w) && plain; i++ {
		plain = w[i]|0x20 >= 'a' && w[i]|0x20 <= 'z' || isDigit(w[i])
	}
	if plain {
		return strings.ToLower(w), false
	}
	toks := tokenize(w)
	if len(toks) == 0 {
		return "", false
	}
	return string(toks[0]), len(toks) > 1
}

var (
	noNameSet = sync.OnceValue(func() map[string]bool { return setOf(noNames) })
	titleSet  = sync.OnceValue(func() map[string]bool { return setOf(titles) })
	leadSet   = sync.OnceValue(func() map[string]bool { return setOf(turnLeads) })
)

// isName tells whether a word is written as a name is.
func isName(w string) bool {
	return startsUpper(w) && utf8.RuneCountInString(w) > 1 && !strings.ContainsAny(w, "@/0123456789") && w != strings.ToUpper(w)
}

func isGone(after []string) bool {
	var b []rune
	for _, r := range strings.ToLower(strings.Join(after[:min(len(after), 6)], " ")) {
		b = append(b, fold(r)...)
	}
	return firstIn(string(b)+" ", gone) != ""
}
