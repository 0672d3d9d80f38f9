package render

import (
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

func TestCheck(t *testing.T) {
	good := "Hi {{ first_name | default: \"there\" }},\n\n{% if company %}How does {{ company }} do it?{% endif %}\n\nhttps://engines.example/guide\n"
	mail := func(subject, body string) []sales.Step {
		return []sales.Step{{Kind: sales.StepCall}, {Kind: sales.StepAutoMail, Subject: subject, Body: body}}
	}
	for _, tt := range []struct {
		name  string
		steps []sales.Step
		sev   Severity
		says  string // "" is no finding
	}{
		{"good", mail("A question", good), "", ""},
		{"good follow-up", append(mail("A question", good), sales.Step{Kind: sales.StepApproveMail, Body: good}), "", ""},
		{"none", nil, "", ""},
		{"syntax", mail("{{", good), Blocks, "In the subject: Line 1"},
		{"no subject", mail("", good), Blocks, "has no subject"},
		{"no text", mail("A question", " \n"), Blocks, "has no text"},
		{"typing error", mail("A question", good+"{{ frist_name }}"), Blocks, "There is no field frist_name. Choose one from the list of fields; did you mean first_name?"},
		{"typing error with a fallback", mail("A question", good+`{{ firstname | default: "x" }}`), Blocks, "did you mean first_name?"},
		{"no fallback", mail("For {{ company }}", good), Warns, "company has no fallback"},
		{"custom without anybody", mail("A question", good+"{{ custom.team }}"), Blocks, "Nobody in this sequence has the custom field custom.team"},
		{"custom with a fallback", mail("A question", good+`{{ custom.team | default: "x" }}`), Hints, "its fallback is always used"},
		{"custom that people have", mail("A question", good+`{{ custom.size | default: "x" }}`), "", ""},
		{"long subject", mail("A very long subject that goes on and on and on until nobody can read it", good), Warns, "characters long"},
		{"pretends to answer", mail("RE: our talk", good), Warns, `begins with "RE:"`},
		{"capitals in the subject", mail("LAST CHANCE TODAY", good), Warns, "written in capitals"},
		{"capitals", mail("A question", good+"PLEASE ANSWER TODAY OTHERWISE"), Warns, "capitals"},
		{"long", mail("A question", good+strings.Repeat("word ", 250)), Hints, "words"},
		{"too long", mail("A question", good+strings.Repeat("word ", 700)), Warns, "words"},
		{"links", mail("A question", good+"www.b.example www.c.example www.d.example"), Warns, "There are 4 links"},
		{"images", mail("A question", good+"https://b.example/a.png https://b.example/b.JPG?x=1"), Warns, "links to 2 images"},
		{"not encrypted", mail("A question", good+"http://b.example"), Hints, "not encrypted"},
		{"broken host", mail("A question", good+"https://b"), Warns, "no proper host name"},
		{"broken scheme", mail("A question", good+"https:/b.example/x"), Warns, "does not begin with https://"},
		{"single braces", mail("A question", good+"{first_name}"), Warns, "{first_name} is not a merge field. Write {{ first_name }}."},
		{"gap", mail("A question", good+"[First Name]"), Warns, "still to be filled in"},
		{"exclamation", mail("A question", good+"Hey! Now! Go!"), Hints, "exclamation marks"},
	} {
		found := Check(tt.steps, []string{"custom.size"})
		if tt.says == "" {
			if len(found) > 0 {
				t.Errorf("%s: %v", tt.name, found)
			}
			continue
		}
		ok := false
		for _, f := range found {
			ok = ok || f.Step == 1 && f.Severity == tt.sev && strings.Contains(f.Says, tt.says)
		}
		if !ok {
			t.Errorf("%s: %v; want %s %q", tt.name, found, tt.sev, tt.says)
		}
	}
	if found := Check(mail("A question", "{{ custom.anything | default: \"x\" }}"), nil); len(found) > 0 {
		t.Errorf("custom fields that are not known are not checked: %v", found)
	}
}

func TestCheckWorstFirst(t *testing.T) {
	found := Check([]sales.Step{{Kind: sales.StepAutoMail, Subject: "", Body: "Hey! You! There! {{ company }} {{ nope }}"}}, nil)
	for i := 1; i < len(found); i++ {
		if severityOrder(found[i].Severity) < severityOrder(found[i-1].Severity) {
			t.Errorf("order: %v", found)
		}
	}
	if len(found) < 3 {
		t.Errorf("findings: %v", found)
	}
}
