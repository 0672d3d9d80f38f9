package render

import (
	"fmt"
	"slices"
	"strings"

	"ninetyten/internal/sales"
)

// Severity is how bad a finding is.
type Severity string

// The severities.
const (
	Blocks Severity = "blocks" // an error: the mail cannot be made, for anybody or for some
	Warns  Severity = "warns"  // it can go, but should be looked at
	Hints  Severity = "hints"  // a note: it could be better
)

// Where is the part of a mail that a finding is about.
type Where string

// The parts.
const (
	InMail    Where = "mail" // all of it, or what comes below the text
	InSubject Where = "subject"
	InBody    Where = "body"
)

// Finding is something about a step to look at.
type Finding struct {
	Step     int      // index in the steps that were checked, from 0
	Variant  sales.ID // whose text it is; 0 is that of the step itself
	Severity Severity
	Where    Where
	Quote    string // the words it is about, at most 120 characters; empty when it is about no words
	Says     string // one or two sentences: what, and what to do
	Alone    bool   // value is stated without a connection; Quote is the sentence
}

// Counts tell how many people have no value for a field.
type Counts struct {
	People  int
	Without map[string]int // by field name, see Values
}

// Add counts one person by their values.
func (c *Counts) Add(values map[string]string) {
	if c.Without == nil {
		c.Without = map[string]int{}
	}
	c.People++
	for field, v := range values {
		if strings.TrimSpace(v) == "" {
			c.Without[field]++
		}
	}
}

// without is how many people lack a field, and whether that is known. A custom
// column that nobody has is in nobody's values.
func (c *Counts) without(field string) (int, bool) {
	if c == nil || c.People == 0 {
		return 0, false
	}
	return c.Without[field], true
}

// Checks are what is known beside the texts. All of it is optional.
type Checks struct {
	Custom   []string // merge fields custom.NAME that people have; nil leaves them unchecked
	Counts   *Counts  // of the people who are to get the mails; nil is not known
	Snippets Snippets
	Footer   *Footer  // what stands below every mail; nil leaves it unchecked
	Ours     []string // names of our company and products, for statements about them
	Values   []string // sentences that say what we bring, from the playbook: whoever uses one claims it
}

// Footer is what stands below every mail.
type Footer struct {
	PostalAddress bool
	Unsubscribe   bool
}

// maxFindings are how many things are said of one text; what blocks comes first.
const maxFindings = 50

// checker gathers the findings of one text.
type checker struct {
	Checks
	step    int
	variant sales.ID
	out     []Finding
}

func (c *checker) say(s Severity, where Where, quote, format string, args ...any) {
	f := Finding{Step: c.step, Variant: c.variant, Severity: s, Where: where, Quote: clipTo(oneLine(quote), 120), Says: fmt.Sprintf(format, args...)}
	if len(c.out) < maxFindings && !slices.Contains(c.out, f) {
		c.out = append(c.out, f)
	}
}

// Check is CheckWith where nothing but the custom fields is known.
func Check(steps []sales.Step, custom []string) []Finding {
	return CheckWith(steps, Checks{Custom: custom})
}

// CheckWith reads the mail steps of a sequence, and the variants that people
// still get, as a careful colleague would before it starts. Findings come in the
// order of the steps and their variants, the worst first.
func CheckWith(steps []sales.Step, known Checks) []Finding {
	var out []Finding
	mails := 0
	for i, s := range steps {
		if !s.Kind.IsMail() {
			continue
		}
		c := checker{Checks: known, step: i}
		c.mail(s, mails == 0)
		if mails == 0 {
			c.footer()
		}
		out = append(out, c.sorted()...)
		for _, v := range s.Variants {
			if v.State == sales.VariantArchived {
				continue
			}
			c := checker{Checks: known, step: i, variant: v.ID}
			c.mail(s.Text(v.ID), mails == 0)
			out = append(out, c.sorted()...)
		}
		mails++
	}
	return out
}

func (c *checker) sorted() []Finding {
	slices.SortStableFunc(c.out, func(a, b Finding) int { return severityOrder(a.Severity) - severityOrder(b.Severity) })
	return c.out
}

func severityOrder(s Severity) int { return slices.Index([]Severity{Blocks, Warns, Hints}, s) }

func (c *checker) mail(s sales.Step, first bool) {
	l, err := CompileWith(s, c.Snippets)
	if err != nil {
		where := InBody
		if strings.HasPrefix(sales.Explain(err), inSubject) {
			where = InSubject
		}
		c.say(Blocks, where, "", "%s", sales.Explain(err))
		return
	}
	if first && l.sameThread {
		c.say(Blocks, InSubject, "", "The first mail has no subject. Write one.")
	}
	if strings.TrimSpace(s.Body) == "" {
		c.say(Blocks, InBody, "", "The mail has no text. Write what it should say.")
		return
	}
	c.fields(l)
	values := exampleValues(l.Fields())
	subject, err1 := l.subject.Render(values)
	body, err2 := l.body.Render(values)
	if err1 != nil || err2 != nil {
		return // unknown fields, which were said
	}
	if !l.sameThread {
		c.subject(oneLine(subject))
	}
	c.placeholders(InSubject, s.Subject)
	c.placeholders(InBody, s.Body)
	body = tidy(body)
	c.body(body)
	c.links(body)
	c.markup(body)
	c.value(l, body)
}

// footer looks at what the law asks for below a mail.
func (c *checker) footer() {
	if c.Footer == nil {
		return
	}
	if !c.Footer.PostalAddress {
		c.say(Warns, InMail, "", "The mails have no postal address below them, which the law asks for in the United States (CAN-SPAM Act, 15 U.S.C. 7704(a)(5)) and elsewhere. Write it in the settings.")
	}
	if !c.Footer.Unsubscribe {
		c.say(Warns, InMail, "", "The mails have no line to unsubscribe, which the law asks for in many countries, and mail providers do. Switch it on in the rules, and set the public address of this installation.")
	}
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
