// Package render turns a step's text with merge fields into a subject, a text
// and an HTML part. Values are data and are never read as template or markup.
package render

import "ninetyten/internal/sales"

// Template is a parsed text with merge fields; safe for concurrent use.
type Template struct{}

// Parse reads a template; a syntax error is an Invalid *sales.Error with the line.
func Parse(src string) (*Template, error) { return &Template{}, nil }

// Fields are all names used, sorted.
func (t *Template) Fields() []string { return nil }

// Required are the names that need a value: no fallback and no {% if %} around.
func (t *Template) Required() []string { return nil }

// Render fills in values. It returns *MissingError.
func (t *Template) Render(values map[string]string) (string, error) { return "", nil }

// MissingError lists fields without value and fallback. It unwraps to an Invalid *sales.Error.
type MissingError struct {
	Fields  []string // all, sorted
	Unknown []string // those of Fields that no person can have: a typing error
}

// Error says which.
func (e *MissingError) Error() string { return "" }

// Values are the merge fields of a person, keyed as in KnownFields and custom.NAME.
func Values(p sales.Person, a sales.Account, u sales.User, m sales.Mailbox) map[string]string {
	return nil
}

// Field is a documented merge field.
type Field struct{ Name, Example, Says string }

// KnownFields are the documented merge fields, in the order to show.
func KnownFields() []Field { return nil }

// CustomField is the merge field name of a custom column: "Company Size" is custom.company_size.
func CustomField(column string) string { return "custom." + column }

// Options are what a mail needs besides the step.
type Options struct {
	Signature      string // may use merge fields
	UnsubscribeURL string // empty: no line
	PostalAddress  string // empty: no line
	FooterLanguage string // BCP 47 of the person; unknown is English
}

// Rendered is a mail ready to be composed.
type Rendered struct {
	Subject string // empty on a follow-up in the same thread
	Text    string // LF line ends
	HTML    string // whole document
}

// Letter is a compiled mail step; safe for concurrent use.
type Letter struct{}

// Compile parses a mail step once, for many people.
func Compile(step sales.Step) (*Letter, error) { return &Letter{}, nil }

// Render makes the mail for one person.
func (l *Letter) Render(values map[string]string, o Options) (Rendered, error) {
	return Rendered{}, nil
}

// Mail is Compile and Render.
func Mail(step sales.Step, values map[string]string, o Options) (Rendered, error) {
	return Rendered{}, nil
}

// HTML makes the HTML part of a plain text (for mails that a seller writes).
func HTML(text string) string { return text }

// Severity is how bad a finding is.
type Severity string

// The severities.
const (
	Blocks Severity = "blocks" // mails cannot be made
	Warns  Severity = "warns"
	Hints  Severity = "hints"
)

// Finding is something about a step to look at.
type Finding struct {
	Step     int // index from 0
	Severity Severity
	Says     string
}

// Check reads the mails of a sequence before it starts. custom are the merge field names (custom.x) that people have; nil is not checked.
func Check(steps []sales.Step, custom []string) []Finding { return nil }
