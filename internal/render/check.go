package render

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// Severity is how bad a finding is.
type Severity string

// The severities.
const (
	Blocks Severity = "blocks" // the mail cannot be made, for anybody or for some
	Warns  Severity = "warns"  // it can go, but should be looked at
	Hints  Severity = "hints"  // it could be better
)

// Finding is something about a step to look at.
type Finding struct {
	Step     int // index in the steps that were checked, from 0
	Severity Severity
	Says     string // one or two sentences: what, and what to do
}

// Limits above which Check speaks. Short mails are answered more.
const (
	longSubject  = 60  // characters
	longBody     = 200 // words
	tooLongBody  = 600
	manyLinks    = 3
	manyImages   = 1
	manyShouting = 3 // words in capitals
)

// checker gathers the findings of one step.
type checker struct {
	step   int
	custom []string // nil: not known
	out    []Finding
}

func (c *checker) say(s Severity, format string, args ...any) {
	c.out = append(c.out, Finding{Step: c.step, Severity: s, Says: fmt.Sprintf(format, args...)})
}

// Check reads the mail steps of a sequence as a careful colleague would, before
// it starts. custom are the merge fields custom.NAME that people have; nil
// leaves them unchecked. Findings come in the order of the steps, the worst first.
func Check(steps []sales.Step, custom []string) []Finding {
	var out []Finding
	mails := 0
	for i, s := range steps {
		if !s.Kind.IsMail() {
			continue
		}
		c := checker{step: i, custom: custom}
		c.mail(s, mails == 0)
		mails++
		slices.SortStableFunc(c.out, func(a, b Finding) int { return severityOrder(a.Severity) - severityOrder(b.Severity) })
		out = append(out, c.out...)
	}
	return out
}

func severityOrder(s Severity) int { return slices.Index([]Severity{Blocks, Warns, Hints}, s) }

func (c *checker) mail(s sales.Step, first bool) {
	l, err := Compile(s)
	if err != nil {
		c.say(Blocks, "%s", sales.Explain(err))
		return
	}
	if first && l.sameThread {
		c.say(Blocks, "The first mail has no subject. Write one.")
	}
	if strings.TrimSpace(s.Body) == "" {
		c.say(Blocks, "The mail has no text. Write what it should say.")
		return
	}
	c.fields(l)
	values := exampleValues(l.Fields())
	subject, err1 := l.subject.Render(values)
	body, err2 := l.body.Render(values)
	if err1 != nil || err2 != nil {
		return // unknown fields, which were said
	}
	if first {
		c.subject(oneLine(subject))
	}
	c.placeholders(s.Subject + "\n" + s.Body)
	c.body(tidy(body))
}

// exampleValues are the examples of the known fields, and something for others.
func exampleValues(fields []string) map[string]string {
	v := make(map[string]string)
	for _, f := range KnownFields() {
		v[f.Name] = f.Example
	}
	for _, f := range fields {
		if strings.HasPrefix(f, "custom.") {
			v[f] = "Example"
		}
	}
	return v
}

func (c *checker) fields(l *Letter) {
	required := l.Required()
	for _, f := range l.Fields() {
		switch {
		case !known(f):
			c.say(Blocks, "There is no field %s. Choose one from the list of fields%s", f, didYouMean(f))
		case strings.HasPrefix(f, "custom.") && c.custom != nil && !slices.Contains(c.custom, f):
			if slices.Contains(required, f) {
				c.say(Blocks, "Nobody in this sequence has the custom field %s. Import it, or add a fallback: {{ %s | default: \"…\" }}.", f, f)
			} else {
				c.say(Hints, "Nobody in this sequence has the custom field %s, so its fallback is always used.", f)
			}
		case slices.Contains(required, f) && f != "email" && !strings.HasPrefix(f, "sender_"):
			c.say(Warns, "%s has no fallback: the mail waits for whoever has none. Add one: {{ %s | default: \"…\" }}.", f, f)
		}
	}
}

// didYouMean ends a sentence with the known field that is most like f.
func didYouMean(f string) string {
	flat := func(s string) string { return strings.NewReplacer("_", "", ".", "").Replace(s) }
	for _, k := range KnownFields() {
		if flat(k.Name) == flat(f) || len(f) > 3 && distance(k.Name, f) <= 2 {
			return "; did you mean " + k.Name + "?"
		}
	}
	return "."
}

// distance is the number of single changes that lead from a to b (Levenshtein),
// for short names.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 40
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func (c *checker) subject(s string) {
	if n := utf8.RuneCountInString(s); n > longSubject {
		c.say(Warns, "The subject is about %d characters long; phones show about 40. Use less than %d.", n, longSubject)
	}
	lower := strings.ToLower(s)
	for _, p := range []string{"re:", "fwd:", "fw:", "aw:", "wg:"} {
		if strings.HasPrefix(lower, p) {
			c.say(Warns, "The subject begins with %q although nothing came before. That deceives, and is against the law in some countries. Remove it.", s[:len(p)])
		}
	}
	if n := shouting(s); n >= 2 || n == 1 && len(strings.Fields(s)) == 1 {
		c.say(Warns, "The subject is written in capitals. Write it as you would speak.")
	}
}

// shouting counts the words of five letters and more that are all capitals.
func shouting(s string) (n int) {
	for w := range strings.FieldsSeq(s) {
		upper, other := 0, false
		for _, r := range w {
			switch {
			case unicode.IsUpper(r):
				upper++
			case unicode.IsLetter(r), r == '/', r == '@':
				other = true
			}
		}
		if upper >= 5 && !other {
			n++
		}
	}
	return n
}

func (c *checker) body(s string) {
	words := len(strings.Fields(s))
	switch {
	case words > tooLongBody:
		c.say(Warns, "The text has %d words. Few read more than %d; cut it, or put the rest behind a link.", words, longBody)
	case words > longBody:
		c.say(Hints, "The text has %d words. Mails under %d are answered more.", words, longBody)
	}
	if shouting(s) >= manyShouting {
		c.say(Warns, "Several words are written in capitals, which reads like shouting and like spam. Write them small.")
	}
	if strings.Count(s, "!") > 2 {
		c.say(Hints, "There are %d exclamation marks. One is enough.", strings.Count(s, "!"))
	}
	c.links(s)
}

func (c *checker) links(s string) {
	all := links(s)
	images := 0
	for _, l := range all {
		path, _, _ := strings.Cut(strings.ToLower(l), "?")
		if strings.HasSuffix(path, ".png") || strings.HasSuffix(path, ".jpg") || strings.HasSuffix(path, ".jpeg") || strings.HasSuffix(path, ".gif") || strings.HasSuffix(path, ".webp") {
			images++
		}
		if hasScheme(l) && !strings.EqualFold(l[:8], "https://") {
			c.say(Hints, "The link %s is not encrypted. Use https:// if the site has it.", clip(l))
		}
	}
	if len(all) > manyLinks {
		c.say(Warns, "There are %d links. Filters count them; keep to %d or fewer.", len(all), manyLinks)
	}
	if images > manyImages {
		c.say(Warns, "There are links to %d images. Filters count them; keep to %d.", images, manyImages)
	}
	for w := range strings.FieldsSeq(s) {
		if bad := brokenLink(strings.TrimLeft(w, "(<[\"'„“«")); bad != "" {
			c.say(Warns, "The link %s is broken: %s.", clip(w), bad)
		}
	}
}

// brokenLink says what is wrong with a word that looks like a web address.
func brokenLink(w string) string {
	l := strings.ToLower(w)
	switch {
	case hasScheme(w):
		if n := linkLen(w); n == 0 || !goodLink(w[:n]) {
			return "it has no proper host name such as www.company.com"
		}
	case hasWWW(w) && len(w) > 4:
		if n := linkLen(w); n == 0 || !goodLink(w[:n]) {
			return "it has no proper host name such as www.company.com"
		}
	default:
		for _, p := range []string{"http:", "https:", "http/", "https/", "htp:", "htps:", "htttp", "ttp:", "ttps:", "hhtp"} {
			if strings.HasPrefix(l, p) {
				return "it does not begin with https://"
			}
		}
	}
	return ""
}

// placeholders finds fields in the manner of other programs, and forgotten gaps.
func (c *checker) placeholders(src string) {
	lower := strings.ToLower(src)
	for _, p := range []string{"lorem ipsum", "xxxx", "todo:", "[name]", "[first name]", "[company]", "<name>", "<first name>", "%first_name%", "%firstname%", "*|fname|*", "<<first"} {
		if strings.Contains(lower, p) {
			c.say(Warns, "%q looks like something that is still to be filled in. Merge fields are written {{ first_name }}.", p)
		}
	}
	for _, f := range KnownFields() {
		for _, form := range []string{"{" + f.Name + "}", "[" + f.Name + "]", "${" + f.Name + "}"} {
			if i := strings.Index(lower, form); i >= 0 && (i == 0 || lower[i-1] != '{' && lower[i-1] != '$') {
				c.say(Warns, "%s is not a merge field. Write {{ %s }}.", form, f.Name)
			}
		}
	}
}
