package render

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ninetyten/internal/sales"
)

func TestRender(t *testing.T) {
	values := map[string]string{
		"first_name": "Ada", "company": "", "title": "  ", "custom.größe": "40",
		"evil": "{{ first_name }}{% if x %}", "brace": "{", "html": "<b>&", "email": "ada@engines.example",
	}
	for _, tt := range []struct{ src, want string }{
		{"", ""},
		{"plain { text } 100 %", "plain { text } 100 %"},
		{"Hi {{first_name}}!", "Hi Ada!"},
		{"Hi {{  First_Name  }}!", "Hi Ada!"},
		{`{{ company | default: "your firm" }}`, "your firm"},
		{`{{ title|default:"x" }}`, "x"},
		{`{{ company | default: "" }}.`, "."},
		{`{{ company | default: “curly” }}`, "curly"},
		{`{{ company | default: 'it\'s' }}`, `it\'s`},
		{`{{ company | default: "say \"}}\" \\" }}`, `say "}}" \`},
		{"{{ custom.größe }}", "40"},
		{`{{ custom.absent | default: "none" }}`, "none"},
		{`{{ custom.2nd_line | default: "none" }}`, "none"},
		{"{% if company %}at {{ company }}{% else %}there{% endif %}", "there"},
		{"{% if first_name %}yes{% endif %}", "yes"},
		{"{%if first_name%}{%if company%}a{%else%}b{%endif%}c{%endif%}", "bc"},
		{"{% if company %}{{ last_name }}{% endif %}ok", "ok"},
		{"{{ evil }}", "{ { first_name }}{ % if x %}"},
		{"{{{ brace }}", ""}, // an error, below
		{"{{ brace }}{{ brace }}{{ brace }}%", "{ { { %"},
		{"{{ brace }}{ x", "{ { x"},
		{"{{ html }}", "<b>&"},
		{"{", "{"},
	} {
		tpl, err := Parse(tt.src)
		if err != nil {
			if tt.want != "" {
				t.Errorf("Parse(%q): %v", tt.src, err)
			}
			continue
		}
		got, err := tpl.Render(values)
		if err != nil || got != tt.want {
			t.Errorf("Render(%q) = %q, %v; want %q", tt.src, got, err, tt.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	deep := strings.Repeat("{% if email %}", 18) + strings.Repeat("{% endif %}", 18)
	for _, tt := range []struct{ src, says string }{
		{"a\nb\n{{ first_name", "Line 3: {{ is not closed. Add }} on the same line."},
		{"{{ first_name\n}}", "Line 1: {{ is not closed"},
		{"{{ }}", "Line 1: there is no field name"},
		{"{{ first name }}", `"first name" is not a field name. Write for example {{ first_name }}.`},
		{"{{ 1st }}", `"1st" is not a field name`},
		{"{{{ first_name }}", `"{ first_name" is not a field name`},
		{"{{ a..b }}", "is not a field name"},
		{"{{ first_name | upcase }}", `only a fallback may follow the |. Write {{ first_name | default: "there" }}.`},
		{"{{ first_name | default: there }}", "must stand in quotation marks"},
		{`{{ first_name | default: "there }}`, "a quotation mark is not closed"},
		{`{{ first_name | default: "` + "\n" + `" }}`, "a quotation mark is not closed"},
		{"x }} y", "Line 1: }} has no {{ before it"},
		{"x\n %} y", "Line 2: %} has no {% before it"},
		{"{% if company %}x", "Line 1: this {% if %} has no end. Add {% endif %}."},
		{"\n\n{% if company %}x{% else %}y{% else %}z{% endif %}", "Line 3: this {% if %} has two {% else %}"},
		{"a {% endif %}", "{% endif %} has no {% if %} before it"},
		{"a {% else %}", "{% else %} has no {% if %} before it"},
		{"{% for x in y %}", "{% for x in y %} is not known"},
		{"{% if %}", "a condition asks whether one field has a value"},
		{"{% if company == 1 %}", "a condition asks"},
		{"{% if a-b %}{% endif %}", `"a-b" is not a field name`},
		{"{% if company", "{% is not closed. Add %} on the same line."},
		{"{%%}", "is not known"},
		{deep, "more than 16 conditions inside each other"},
		{strings.Repeat("{{ email }}", maxTags+1), "more than 2000 merge fields"},
		{strings.Repeat("x", maxSource+1), "longer than 200000 characters"},
		{"{{ " + strings.Repeat("y", 5000) + " }}", "…\" is not a field name"},
	} {
		_, err := Parse(tt.src)
		if sales.CodeOf(err) != sales.Invalid || !strings.Contains(sales.Explain(err), tt.says) {
			t.Errorf("Parse(%.60q): %.200v; want %q", tt.src, err, tt.says)
		}
		if err != nil && len(err.Error()) > 400 {
			t.Errorf("Parse(%.60q): an error of %d bytes", tt.src, len(err.Error()))
		}
	}
}

func TestMissing(t *testing.T) {
	tpl, err := Parse(`{{ last_name }} {{ custom.x }} {{ frist_name | default: "a" }} {{ first_name }} {% if nmae %}{% endif %}{{ title | default: "" }}`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = tpl.Render(map[string]string{"first_name": "Ada", "last_name": " \n"})
	var m *MissingError
	if !errors.As(err, &m) {
		t.Fatalf("got %v", err)
	}
	if d := cmp.Diff(&MissingError{Fields: []string{"custom.x", "frist_name", "last_name", "nmae"}, Unknown: []string{"frist_name", "nmae"}}, m); d != "" {
		t.Error(d)
	}
	if want := `No value for custom.x, last_name. Fill it in for this person, or add a fallback such as {{ custom.x | default: "…" }}. There is no field frist_name, nmae. Choose one from the list of fields.`; sales.Explain(err) != want || sales.CodeOf(err) != sales.Invalid {
		t.Errorf("says %q", sales.Explain(err))
	}
}

func TestFields(t *testing.T) {
	tpl, err := Parse(`{{ email }}{% if company %}{{ company }}{{ title }}{% else %}{{ domain }}{{ Email }}{% endif %}{{ city | default: "x" }}`)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"city", "company", "domain", "email", "title"}, tpl.Fields()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"domain", "email", "title"}, tpl.Required()); d != "" {
		t.Error(d)
	}
	tpl.Fields()[0] = "changed"
	if tpl.Fields()[0] != "city" {
		t.Error("a template must not be changed from outside")
	}
}

func TestOutputCap(t *testing.T) {
	tpl, err := Parse(strings.Repeat("{{ custom.long }}", 100))
	if err != nil {
		t.Fatal(err)
	}
	_, err = tpl.Render(map[string]string{"custom.long": strings.Repeat("x", 10_000)})
	if sales.CodeOf(err) != sales.Limited {
		t.Errorf("got %v", err)
	}
}

func TestValues(t *testing.T) {
	p := sales.Person{
		FirstName: " Ada\r\nBcc: x@y.example ", LastName: "Love\x00lace\u202e", Email: "ada@engines.example", Title: "Head\tof\tIT",
		Custom: map[string]string{"City": "London", "Company size (FTE)": "40", "company-size-fte": "50", "Notes": "a\r\nb", "!!": "odd", "": ""},
	}
	got := Values(p, sales.Account{Name: "Engines", Domain: "engines.example"}, sales.User{Name: "Sam Weller", Email: "sam@us.example", CalendarURL: " https://us.example/meet/sam "}, sales.Mailbox{Address: "sam@mail.example"})
	want := map[string]string{
		"first_name": "Ada Bcc: x@y.example", "last_name": "Lovelace", "full_name": "Ada Bcc: x@y.example Lovelace",
		"email": "ada@engines.example", "title": "Head of IT", "phone": "", "linkedin": "", "city": "London", "industry": "",
		"company": "Engines", "domain": "engines.example", "sender_name": "Sam Weller", "sender_first_name": "Sam", "sender_email": "sam@mail.example",
		"custom.city": "London", "custom.company_size_fte": "40", "custom.notes": "a\nb", "custom._": "odd",
		"deal.name": "", "deal.stage": "", "deal.amount": "", "deal.close_date": "", "deal.next_step": "", "sender.calendar": "https://us.example/meet/sam",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got := Values(sales.Person{}, sales.Account{}, sales.User{Email: "u@us.example"}, sales.Mailbox{Name: "Kim"}); got["sender_name"] != "Kim" || got["sender_email"] != "u@us.example" {
		t.Errorf("fallbacks of the sender: %v", got)
	}
}

func TestKnownFieldsAgree(t *testing.T) {
	v := Values(sales.Person{}, sales.Account{}, sales.User{}, sales.Mailbox{})
	for _, f := range KnownFields() {
		if _, ok := v[f.Name]; !ok || !known(f.Name) || f.Label == "" || f.Example == "" || f.Says == "" || canonical(f.Name) != f.Name {
			t.Errorf("%s: not in Values, not known, or not documented", f.Name)
		}
	}
	for name := range v {
		if !slices.ContainsFunc(KnownFields(), func(f Field) bool { return f.Name == name }) {
			t.Errorf("%s is not documented", name)
		}
	}
}
