package web

// LoginPage is the way in.
type LoginPage struct {
	Shell
	Email   string
	To      string // where to go afterwards, a path
	Problem string
	Demo    string // how to log in to the practice world; "" is a real one
}

// OwnerPage is the first visit of all: it makes the owner.
type OwnerPage struct {
	Shell
	Values  map[string]string // name, email, workspace, zone, code
	Errors  map[string]string
	NeedKey bool // the code that the server printed is asked for: it is reachable from outside
	Problem string
}

func (p OwnerPage) field(name, label string) Field {
	return Field{Name: name, Label: label, Value: p.Values[name], Error: p.Errors[name], Required: true}
}

// InvitePage lets somebody invited choose a password.
type InvitePage struct {
	Shell
	Token, Name, Email, By string
	Gone                   bool // used already, or too old
	Problem                string
	Wrong                  string // with the password typed
}

// StartPage is the first-run path of five steps.
type StartPage struct {
	Shell
	Steps []StartStep
}

// StartStep is one step of the path.
type StartStep struct {
	Title, Text string
	Done        bool
	Detail      string // what was done: "ana@brightmail.example"
	Action      Action
}

// now is the index of the first step that is not done; len when all are.
func (p StartPage) now() int {
	for i, s := range p.Steps {
		if !s.Done {
			return i
		}
	}
	return len(p.Steps)
}

// UnsubscribePage is the public page behind the link in a mail. GET changes
// nothing: scanners of mail follow links (RFC 8058 section 1).
type UnsubscribePage struct {
	Shell
	Token   string
	Address string // partly hidden: "m…a@brightwater.example"
	Sender  string // the company that wrote
	Done    bool
	Unknown bool // the link is not ours, or was cut
}

// FoundItem is one hit of the palette.
type FoundItem struct {
	Label, Detail, Href string
}

func (p OwnerPage) with(name, label, kind, autocomplete, help string) Field {
	f := p.field(name, label)
	f.Type, f.Autocomplete, f.Help = kind, autocomplete, help
	return f
}
