package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ninetyten/internal/sales"
)

func TestSnippets(t *testing.T) {
	snippets := SnippetsOf([]sales.Snippet{
		{Name: "Proof", Body: "\nThe mill of {{ company | default: \"somebody\" }} saved\r\n40 %.\n\n"},
		{Name: "hello-2", Body: "{% if first_name %}Hi {{ first_name }}{% else %}Hello{% endif %}"},
		{Name: "all", Body: "{{ snippet.hello-2 }}: {{ Snippet.PROOF }}"},
		{Name: "outer", Body: "<{{ snippet.all }}>"},
		{Name: "too-deep", Body: "{{ snippet.outer }}"},
		{Name: "self", Body: "{{ snippet.self }}"},
		{Name: "ping", Body: "{{ snippet.pong }}"}, {Name: "pong", Body: "{{ snippet.ping }}"},
		{Name: "broken", Body: "one\ntwo {{ first_name"},
		{Name: "wraps-broken", Body: "{{ snippet.broken }}"},
		{Name: "half", Body: "{% if company %}"},
		{Name: "value", Body: "{{ custom.x }}"},
	})
	for _, tt := range []struct{ src, want, says string }{
		{"{{ snippet.hello-2 }},", "Hi Ada,", ""},
		{"a {{snippet.Proof}} b", "a The mill of somebody saved\n40 %. b", ""},
		{"{{ snippet.all }}{{ snippet.all }}", "Hi Ada: The mill of somebody saved\n40 %.Hi Ada: The mill of somebody saved\n40 %.", ""},
		{"{% if company %}{{ snippet.all }}{% else %}{{ snippet.outer }}{% endif %}", "<Hi Ada: The mill of somebody saved\n40 %.>", ""},
		{"{{ snippet.value }}", "{ { snippet.proof }}", ""}, // a value is data
		{"{{ snippet.too-deep }}", "", "In the snippet too-deep: In the snippet outer: In the snippet all: Line 1: snippets stand more than 3 deep in each other: too-deep, outer, all, hello-2. Take one out."},
		{"x\n{{ snippet.self }}", "", "snippets stand more than 3 deep in each other: self, self, self, self."},
		{"{{ snippet.ping }}", "", "ping, pong, ping, pong"},
		{"x\n\n{{ snippet.prof }}", "", "Line 3: there is no snippet prof. Choose one from the list, or write one with that name."},
		{"{{ snippet.wraps-broken }}", "", "In the snippet wraps-broken: In the snippet broken: Line 2: {{ is not closed."},
		{"{{ snippet.half }}x{% endif %}", "", "In the snippet half: Line 1: this {% if %} has no end."},
		{`{{ snippet.proof | default: "x" }}`, "", "a snippet has no fallback"},
		{"{{ snippet. }}", "", "is not the name of a snippet"},
		{"{{ snippet.a.b }}", "", `"a.b" is not the name of a snippet`},
		{"{% if snippet.proof %}x{% endif %}", "", "a condition asks for a field; a snippet is no field"},
	} {
		tpl, err := ParseWith(tt.src, snippets)
		if tt.says != "" {
			if sales.CodeOf(err) != sales.Invalid || !strings.Contains(sales.Explain(err), tt.says) {
				t.Errorf("%s: %v; want %q", tt.src, err, tt.says)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.src, err)
			continue
		}
		got, err := tpl.Render(map[string]string{"first_name": "Ada", "company": "", "custom.x": "{{ snippet.proof }}"})
		if err != nil || got != tt.want {
			t.Errorf("%s: %q, %v; want %q", tt.src, got, err, tt.want)
		}
	}
	if _, err := Parse("{{ snippet.proof }}"); !strings.Contains(sales.Explain(err), "there is no snippet proof") {
		t.Errorf("without snippets: %v", err)
	}

	l, err := CompileWith(sales.Step{Kind: sales.StepAutoMail, Subject: "{{ snippet.hello-2 }}", Body: "{{ snippet.all }} {{ custom.y }}"}, snippets)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"all", "hello-2", "proof"}, l.Snippets()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"company", "custom.y", "first_name"}, l.Fields()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"custom.y"}, l.Required()); d != "" {
		t.Error(d)
	}
	m, err := Mail(sales.Step{Kind: sales.StepAutoMail, Subject: "{{ snippet.proof }}", Body: "x"}, map[string]string{"first_name": "Ada"}, Options{Snippets: snippets, Signature: "{{ snippet.hello-2 }}"})
	if err != nil || m.Subject != "The mill of somebody saved 40 %." || !strings.HasSuffix(m.Text, "-- \nHi Ada\n") {
		t.Errorf("%+v, %v", m, err)
	}
}

// A few snippets that name each other many times end in an error, soon.
func TestSnippetsAreBounded(t *testing.T) {
	s := Snippets{
		"a": strings.Repeat("{{ snippet.b }}", 1500), "b": strings.Repeat("{{ snippet.c }}", 1500), "c": strings.Repeat("{{ email }}", 1500),
		"long": strings.Repeat("x", 20_000),
	}
	for src, says := range map[string]string{
		"{{ snippet.a }}":                        "more than 2000 merge fields",
		strings.Repeat("{{ snippet.long }}", 30): "longer than 200000 characters with its snippets",
	} {
		if _, err := ParseWith(src, s); sales.CodeOf(err) != sales.Invalid || !strings.Contains(sales.Explain(err), says) || len(err.Error()) > 500 {
			t.Errorf("%.30s: %.300v", src, err)
		}
	}
}
