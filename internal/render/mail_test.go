package render

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ninetyten/internal/sales"
)

func TestMail(t *testing.T) {
	step := sales.Step{Kind: sales.StepAutoMail, Subject: "A question for {{ company }}",
		Body: "Hi {{ first_name }},\r\n\r\n{% if title %}As {{ title }} you know.{% endif %}\r\n\r\n\r\nSee https://engines.example/a?b=1&c=2, (www.engines.example/x_(y)).\r\n- one  two\r\n  - three\r\n"}
	values := map[string]string{"first_name": "<Ada>", "company": "Engines\r\nBcc: all@x.example", "title": ""}
	got, err := Mail(step, values, Options{
		Signature: "{{ first_name }}'s friend Sam", UnsubscribeURL: "https://sales.example/u/ab_-c_", PostalAddress: "1 Main St\nLondon", FooterLanguage: "de-AT",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Rendered{
		Subject: "A question for Engines Bcc: all@x.example",
		Text: "Hi <Ada>,\n\nSee https://engines.example/a?b=1&c=2, (www.engines.example/x_(y)).\n- one  two\n  - three\n\n-- \n<Ada>'s friend Sam\n\n1 Main St\nLondon\n\n" +
			"Wenn Sie keine weiteren Mails von mir möchten, können Sie sich hier abmelden: https://sales.example/u/ab_-c_\n",
		HTML: "<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body>\n<p>Hi &lt;Ada&gt;,</p>\n" +
			"<p>See <a href=\"https://engines.example/a?b=1&amp;c=2\">https://engines.example/a?b=1&amp;c=2</a>, (<a href=\"https://www.engines.example/x_(y)\">www.engines.example/x_(y)</a>).<br>\n" +
			"- one&nbsp; two<br>\n&nbsp;&nbsp;- three</p>\n<p>-- <br>\n&lt;Ada&gt;&#39;s friend Sam</p>\n<p>1 Main St<br>\nLondon</p>\n" +
			"<p><a href=\"https://sales.example/u/ab_-c_\">Wenn Sie keine weiteren Mails von mir möchten, können Sie sich hier abmelden</a></p>\n</body>\n</html>\n",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestMailErrors(t *testing.T) {
	v := map[string]string{"first_name": "Ada", "company": ""}
	mail := func(subject, body string) sales.Step {
		return sales.Step{Kind: sales.StepAutoMail, Subject: subject, Body: body}
	}
	for _, tt := range []struct {
		name string
		step sales.Step
		o    Options
		says string
	}{
		{"subject syntax", mail("{{", "x"), Options{}, "In the subject: Line 1: {{ is not closed"},
		{"text syntax", mail("x", "\n{% if"), Options{}, "In the text: Line 2: {% is not closed"},
		{"signature syntax", mail("x", "y"), Options{Signature: "{{ }}"}, "In the signature of the mailbox: Line 1"},
		{"missing everywhere", mail("{{ company }}", "{{ title }}"), Options{Signature: "{{ city }}"}, "No value for city, company, title."},
		{"empty subject", mail("{% if company %}x{% endif %}", "y"), Options{}, "The subject comes out empty"},
		{"empty text", mail("x", "{% if company %}x{% endif %}\n"), Options{}, "The text comes out empty"},
		{"subject too long", mail("{{ custom.long }}", "y"), Options{}, "The subject becomes longer than 900"},
		{"unsubscribe address", mail("x", "y"), Options{UnsubscribeURL: "javascript:alert(1)"}, "is no web address"},
		{"unsubscribe address with a break", mail("x", "y"), Options{UnsubscribeURL: "https://a.example/\nx"}, "is no web address"},
		{"unsubscribe address with a quote", mail("x", "y"), Options{UnsubscribeURL: `https://a.example/"x`}, "is no web address"},
	} {
		v["custom.long"] = strings.Repeat("é", 500)
		_, err := Mail(tt.step, v, tt.o)
		if err == nil || !strings.Contains(sales.Explain(err), tt.says) {
			t.Errorf("%s: %v; want %q", tt.name, err, tt.says)
		}
	}
	var m *MissingError
	if _, err := Mail(mail("{{ company }}", "{{ oops }}"), v, Options{}); !errors.As(err, &m) || len(m.Unknown) != 1 {
		t.Errorf("missing fields of a mail are a MissingError: %v", err)
	}
	got, err := Mail(mail(" ", "again"), v, Options{})
	if err != nil || got.Subject != "" || got.Text != "again\n" {
		t.Errorf("a follow-up in the thread has no subject of its own: %+v, %v", got, err)
	}
}

// Cleaning removes characters; what it brings together is not a template again.
func TestBracesStayApart(t *testing.T) {
	step := sales.Step{Kind: sales.StepAutoMail, Subject: "{{ first_name }}", Body: "{{ first_name }}"}
	got, err := Mail(step, map[string]string{"first_name": "{\x00{ email }} {\u202e% if x %}"}, Options{PostalAddress: "{\x00{x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{got.Subject, got.Text, got.HTML} {
		if strings.Contains(s, "{{") || strings.Contains(s, "{%") {
			t.Errorf("braces: %q", s)
		}
	}
}

func TestFooterLanguages(t *testing.T) {
	seen := map[string]string{}
	for _, l := range FooterLanguages() {
		w := UnsubscribeWords(l)
		if other, twice := seen[w]; twice {
			t.Errorf("%s and %s say the same", l, other)
		}
		seen[w] = l
	}
	for tag, want := range map[string]string{"pt-BR": "pt", "ZH_Hant": "zh", "": "en", "tlh": "en", " fr ": "fr"} {
		if UnsubscribeWords(tag) != UnsubscribeWords(want) {
			t.Errorf("%q is not read as %s", tag, want)
		}
	}
}

func TestLinks(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"see https://a.example.", "https://a.example"},
		{"(https://a.example/x)", "https://a.example/x"},
		{"https://a.example/x_(y)", "https://a.example/x_(y)"},
		{"HTTPS://A.example/?q=1&r=2!", "HTTPS://A.example/?q=1&r=2"},
		{"<https://a.example>", "https://a.example"},
		{"„https://a.example“", "https://a.example"},
		{"www.a.example, and www.", "www.a.example"},
		{"mail x@www.a.example", ""},
		{"https://user:pass@a.example", ""},
		{"https://nodots/x https:// http://", ""},
		{"https://a.example:8080/x https://b.example:x/", "https://a.example:8080/x"},
		{"https://münchen.example/straße", "https://münchen.example/straße"},
		{"http://localhost:8025/u/1", "http://localhost:8025/u/1"},
		{"http://127.0.0.1:8025/u/1", "http://127.0.0.1:8025/u/1"},
		{"javascript:alert(1) data:text/html,x", ""},
	} {
		if got := strings.Join(links(tt.text), " "); got != tt.want {
			t.Errorf("links(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestHTML(t *testing.T) {
	got := HTML("a\x00 <script>alert('x')</script>\n\nb \"https://a.example/'onclick\" {{ x }}\n")
	if strings.Contains(got, "<script") || strings.Contains(got, "\x00") || strings.Contains(got, "{{") || !strings.Contains(got, `<a href="https://a.example/&#39;onclick">`) {
		t.Errorf("HTML: %s", got)
	}
}

// Text made to be slow is read in a time that grows with its length.
func TestHostileTextIsNotSlow(t *testing.T) {
	for name, text := range map[string]string{
		"addresses": strings.Repeat("http://", 14_000), "brackets": "http://a.example/" + strings.Repeat(")", 100_000),
		"HTML": strings.Repeat("<a href=x ", 9_000), "Markdown": strings.Repeat("[a](", 20_000), "sentences": strings.Repeat("we. ", 25_000), "broken": strings.Repeat("http:1 http:2", 7_000),
		"breaks": strings.Repeat("\n \n", 30_000), "spaces": strings.Repeat("  x", 30_000), "open": strings.Repeat("{", 100_000), "www": strings.Repeat(".www.", 20_000),
	} {
		began := time.Now()
		HTML(text)
		Check([]sales.Step{{Kind: sales.StepAutoMail, Subject: "x", Body: strings.ReplaceAll(text, "{{", "")}}, nil)
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%s: %s", name, took)
		}
	}
}
