package render

import (
	"strings"

	"ninetyten/internal/sales"
)

// maxSubject bounds a subject with its values, in bytes: one header line of
// RFC 5322 section 2.1.1, with room for its name.
const maxSubject = 900

// Options are what a mail needs besides its step and the person.
type Options struct {
	Signature      string   // plain text; may use merge fields; empty is none
	UnsubscribeURL string   // http or https; empty is no line
	PostalAddress  string   // one or more lines; empty is none
	FooterLanguage string   // BCP 47 tag of the person; an unknown one is English
	Snippets       Snippets // for the signature, and for the text in Mail
}

// Rendered is a mail to be composed. Text and HTML say the same.
type Rendered struct {
	Subject string // one line; empty on a follow-up in the same thread
	Text    string // LF line ends, one at the end
	HTML    string // a whole document
}

// Letter is a mail step made ready to be rendered for many people. It is never
// changed and is safe for concurrent use.
type Letter struct {
	subject, body *Template
	sameThread    bool
	piece         string // the body as HTML, of LiteralHTML
}

// Compile parses the subject and the body of a mail step that has no snippets.
// A syntax error is an Invalid *sales.Error that names the part and the line.
func Compile(step sales.Step) (*Letter, error) { return CompileWith(step, nil) }

// CompileWith parses the subject and the body of a mail step and puts snippets
// in their places. An unknown snippet is an Invalid error, too.
func CompileWith(step sales.Step, snippets Snippets) (*Letter, error) {
	subject, err := ParseWith(step.Subject, snippets)
	if err != nil {
		return nil, within(inSubject, err)
	}
	body, err := ParseWith(step.Body, snippets)
	if err != nil {
		return nil, within("In the text", err)
	}
	return &Letter{subject: subject, body: body, sameThread: strings.TrimSpace(step.Subject) == ""}, nil
}

// Literal is a mail whose subject and text stand as they are: a person wrote
// them, and nothing in them is a merge field.
func Literal(subject, body string) *Letter {
	fixed := func(s string) *Template {
		s = strings.ToValidUTF8(s, "\uFFFD")
		return &Template{nodes: []node{{text: s}}, size: len(s)}
	}
	return &Letter{subject: fixed(subject), body: fixed(body), sameThread: strings.TrimSpace(subject) == ""}
}

// inSubject begins the errors of a subject.
const inSubject = "In the subject"

// within says where an error is.
func within(part string, err error) error {
	return sales.WrapError(sales.CodeOf(err), nil, part+": "+sales.Explain(err))
}

// Fields are all names that the mail uses, sorted.
func (l *Letter) Fields() []string { return union(l.subject.fields, l.body.fields) }

// Required are the names that may need a value, see Template.Required.
func (l *Letter) Required() []string { return union(l.subject.required, l.body.required) }

// Snippets are the names of all snippets that the mail uses, sorted.
func (l *Letter) Snippets() []string { return union(l.subject.snippets, l.body.snippets) }

func union(a, b []string) []string {
	set := make(map[string]bool, len(a)+len(b))
	for _, s := range a {
		set[s] = true
	}
	for _, s := range b {
		set[s] = true
	}
	return sorted(set)
}

// Render makes the mail for one person. It returns *MissingError with the
// fields of subject, body and signature that have no value, and an Invalid
// error when the subject or the text comes out empty.
func (l *Letter) Render(values map[string]string, o Options) (Rendered, error) {
	sig := &Template{nodes: []node{{text: o.Signature}}, size: len(o.Signature)}
	if tagAt(o.Signature) >= 0 {
		var err error
		if sig, err = ParseWith(o.Signature, o.Snippets); err != nil {
			return Rendered{}, within("In the signature of the mailbox", err)
		}
	}
	var miss missings
	subject := miss.render(l.subject, values)
	body := miss.render(l.body, values)
	signature := miss.render(sig, values)
	if miss.err != nil {
		return Rendered{}, miss.err
	}
	if len(miss.fields) > 0 {
		return Rendered{}, &MissingError{Fields: sorted(miss.fields), Unknown: sorted(miss.unknown)}
	}
	// Cleaning can bring braces together, so it is followed by parting them.
	subject, body, signature = part(oneLine(subject)), part(tidy(body)), part(tidy(signature))
	switch {
	case subject == "" && !l.sameThread:
		return Rendered{}, sales.Errorf(sales.Invalid, "The subject comes out empty for this person. Add an {%% else %%} or a fallback.")
	case len(subject) > maxSubject:
		return Rendered{}, sales.Errorf(sales.Invalid, "The subject becomes longer than %d characters with the values filled in. Shorten it.", maxSubject)
	case body == "":
		return Rendered{}, sales.Errorf(sales.Invalid, "The text comes out empty for this person. Add an {%% else %%} or a fallback.")
	}
	foot, err := footerOf(o)
	if err != nil {
		return Rendered{}, err
	}
	out := Rendered{Subject: subject, Text: textPart(body, signature, foot), HTML: htmlPart(body, signature, foot)}
	if l.piece != "" {
		out.HTML = document(l.piece, "", signature, foot)
	}
	return out, nil
}

// Mail is CompileWith, by the snippets of o, and Render in one.
func Mail(step sales.Step, values map[string]string, o Options) (Rendered, error) {
	l, err := CompileWith(step, o.Snippets)
	if err != nil {
		return Rendered{}, err
	}
	return l.Render(values, o)
}

// missings gathers what several templates lack.
type missings struct {
	fields, unknown map[string]bool
	err             error
}

func (m *missings) render(t *Template, values map[string]string) string {
	s, err := t.Render(values)
	if err == nil {
		return s
	}
	lack, ok := err.(*MissingError)
	if !ok {
		m.err = err
		return ""
	}
	if m.fields == nil {
		m.fields, m.unknown = map[string]bool{}, map[string]bool{}
	}
	for _, f := range lack.Fields {
		m.fields[f] = true
	}
	for _, f := range lack.Unknown {
		m.unknown[f] = true
	}
	return ""
}

// tidy makes LF line ends, no space at the ends of lines, and no more than one
// blank line in a row, which conditions leave behind.
func tidy(s string) string {
	s = clean(s)
	if !strings.Contains(s, " \n") && !strings.Contains(s, "\t\n") && !strings.Contains(s, "\n\n\n") {
		return strings.Trim(s, " \t\n")
	}
	out := make([]byte, 0, len(s))
	blank := 0
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimRight(line, " \t")
		if line == "" {
			if blank++; blank > 1 {
				continue
			}
		} else {
			blank = 0
		}
		out = append(append(out, line...), '\n')
	}
	return strings.Trim(string(out), " \t\n")
}

// textPart puts the parts together. The signature is set off as in RFC 3676 section 4.3.
func textPart(body, signature string, f footer) string {
	var b strings.Builder
	b.Grow(len(body) + len(signature) + len(f.address) + len(f.url) + 160)
	b.WriteString(body)
	if signature != "" {
		b.WriteString("\n\n-- \n")
		b.WriteString(signature)
	}
	if f.address != "" {
		b.WriteString("\n\n")
		b.WriteString(f.address)
	}
	if f.url != "" {
		b.WriteString("\n\n")
		b.WriteString(f.words)
		b.WriteString(": ")
		b.WriteString(f.url)
	}
	b.WriteByte('\n')
	return b.String()
}
