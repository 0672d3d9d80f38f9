package render

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

// A value comes out as it is, wherever it stands and whatever it says.
func TestValuesAreData(t *testing.T) {
	tpl, err := Parse(`a {{ first_name }} b {{ company | default: "c" }} {% if title %}d{% else %}e{% endif %}`)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.StringOf(rapid.SampledFrom([]rune("{}%|\"'<>& \\\nabié日\x00"))).Draw(t, "value")
		if strings.TrimSpace(v) == "" {
			return
		}
		got, err := tpl.Render(map[string]string{"first_name": v, "company": v, "title": ""})
		if err != nil {
			t.Fatal(err)
		}
		if tagAt(got) >= 0 {
			t.Fatalf("a tag in %q", got)
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if squeeze(got) != squeeze("a "+v+" b "+v+" e") {
			t.Fatalf("%q came out as %q", v, got)
		}
	})
}

func FuzzRender(f *testing.F) {
	f.Add("Hi {{ first_name | default: \"x\" }}{% if company %}a{% else %}b{% endif %}", "Ada")
	f.Add("{{{%}}%}", "{{")
	f.Add("http://))))) {", "%\xff{\u2066{")
	f.Fuzz(func(t *testing.T, src, value string) {
		Check([]sales.Step{{Kind: sales.StepAutoMail, Subject: src, Body: src}}, []string{})
		tpl, err := Parse(src)
		if err != nil {
			if sales.CodeOf(err) != sales.Invalid || len(err.Error()) > 2000 {
				t.Fatalf("%v", err)
			}
			return
		}
		values := exampleValues(tpl.Fields())
		for k := range values {
			values[k] = value
		}
		m, err := Mail(sales.Step{Kind: sales.StepAutoMail, Subject: "x" + src, Body: src + "x"}, values, Options{Signature: value, UnsubscribeURL: "https://a.example/u"})
		if err != nil {
			return
		}
		if strings.ContainsAny(m.Subject, "\r\n\x00") || tagAt(m.Subject) >= 0 || tagAt(m.Text) >= 0 || tagAt(m.HTML) >= 0 {
			t.Fatalf("%+v", m)
		}
	})
}

// letter2K is a mail of about 2 KB with ten fields.
func letter2K() sales.Step {
	para := strings.Repeat("We looked at how teams like yours spend the day and found four things. ", 5)
	return sales.Step{Kind: sales.StepAutoMail, Subject: "A question for {{ company | default: \"you\" }}",
		Body: "Hi {{ first_name | default: \"there\" }},\n\n" + para + "\n\n{% if company %}At {{ company }}, as {{ title | default: \"somebody who decides\" }}, you see it.{% endif %}\n\n" +
			para + "https://engines.example/guide?x={{ custom.ref | default: \"0\" }}\n\n" + para + "{{ city | default: \"here\" }} {{ industry | default: \"it\" }}\n\n" + para + para + "\n\n{{ sender_first_name }}"}
}

func benchValues() map[string]string {
	return Values(sales.Person{FirstName: "Ada", Title: "Head of IT", Custom: map[string]string{"city": "London", "ref": "77"}}, sales.Account{Name: "Engines"}, sales.User{Name: "Sam W"}, sales.Mailbox{})
}

func BenchmarkTemplate(b *testing.B) {
	tpl, err := Parse(letter2K().Body)
	if err != nil {
		b.Fatal(err)
	}
	v := benchValues()
	out, _ := tpl.Render(v)
	b.ReportMetric(float64(len(out)), "bytes")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tpl.Render(v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src := letter2K().Body
	for b.Loop() {
		if _, err := Parse(src); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLetter(b *testing.B) {
	l, err := Compile(letter2K())
	if err != nil {
		b.Fatal(err)
	}
	v, o := benchValues(), Options{Signature: "Sam Weller\nEngines Ltd", UnsubscribeURL: "https://sales.example/u/abc", PostalAddress: "1 Main St, London"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Render(v, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValues(b *testing.B) {
	for b.Loop() {
		benchValues()
	}
}
