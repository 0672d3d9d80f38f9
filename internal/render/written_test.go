package render

import (
	"errors"
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

// TestFill: what a person wrote gets the values of who reads it, and no gap goes out.
func TestFill(t *testing.T) {
	values := map[string]string{"first_name": "Ada <b>", "company": "A & B"}
	snippets := Snippets{"proof": "Four minutes\nfor {{ company }}."}
	for _, c := range []struct {
		src  string
		html bool
		want string
	}{
		{"Hi {{ first_name }}.", false, "Hi Ada <b>."},
		{"<p>Hi {{ first_name }}.</p>", true, "<p>Hi Ada &lt;b&gt;.</p>"},
		{"<p>Hi {{\u00a0title | default: &#34;there&#34; }}.</p>", true, "<p>Hi there.</p>"},
		{"<p>{{ snippet.proof }}</p>", true, "<p>Four minutes<br>for A &amp; B.</p>"},
		{"no field", true, "no field"},
	} {
		if got, err := Fill(c.src, c.html, values, snippets); got != c.want || err != nil {
			t.Errorf("%q: %q, %v", c.src, got, err)
		}
	}
	for _, src := range []string{"Hi {{", "<p>{{ <b>first</b>_name }}</p>", "Hi {{ title }}", "Hi {{ nothing }}", "}} x", "{{ snippet.none }}"} {
		_, err := Fill(src, true, values, snippets)
		if err = Unfilled(err); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%q: %v", src, err)
		}
	}
	var missing *MissingError
	if _, err := Fill("{{ title }}", false, values, nil); !errors.As(err, &missing) {
		t.Error(err)
	}
	if got := Preview("{{ first_name }}, {{ title }}, {{ title | default: \"x\" }}", values, nil); got != "Ada <b>, {{ title }}, {{ title }}" && got != "Ada <b>, {{ title }}, x" {
		t.Errorf("%q", got)
	}
}

// TestWrittenPart: the words as they were written, the quote below as text.
func TestWrittenPart(t *testing.T) {
	got := Written("<p>Yes, <b>four</b>.</p>", "Yes, four.\n\n> 1 < 2?", "> 1 < 2?")
	if !strings.Contains(got, "<body>\n<p>Yes, <b>four</b>.</p>\n<p>&gt; 1 &lt; 2?</p>") || strings.Count(got, "four") != 1 {
		t.Errorf("%s", got)
	}
	if got = Written("", "plain", ""); !strings.Contains(got, "<p>plain</p>") {
		t.Errorf("%s", got)
	}
	out, err := LiteralHTML("S", "Yes, four.", "<p>Yes, <b>four</b>.</p>").Render(nil, Options{UnsubscribeURL: "https://a.example/u", PostalAddress: "Street 1"})
	if err != nil || !strings.Contains(out.HTML, "<b>four</b>") || !strings.Contains(out.HTML, "Street 1") || !strings.Contains(out.Text, "Yes, four.\n\nStreet 1") {
		t.Errorf("%+v, %v", out, err)
	}
}
