package render

import (
	"fmt"
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
		{"pretends to answer with a number", mail("Re[2]: our talk", good), Warns, `begins with "Re[2]:"`},
		{"pretends to answer in Chinese", mail("回复：你好", good), Warns, `begins with "回复:"`},
		{"a word that begins so", mail("Relay: a question", good), "", ""},
		{"short capitals", mail("BUY NOW", good), Warns, "written in capitals"},
		{"an abbreviation", mail("ISO 27001", good), "", ""},
		{"loud subject", mail("A question!", good), Hints, "exclamation mark in the subject"},
		{"capitals in the subject", mail("LAST CHANCE TODAY", good), Warns, "written in capitals"},
		{"capitals", mail("A question", good+"PLEASE ANSWER TODAY OTHERWISE"), Warns, "capitals"},
		{"as long as is read", mail("A question", good+strings.Repeat("word ", 110)), "", ""},
		{"long", mail("A question", good+strings.Repeat("word ", 130)), Hints, "words"},
		{"too long", mail("A question", good+strings.Repeat("word ", 310)), Warns, "words"},
		{"long in Chinese", mail("A question", good+strings.Repeat("我们", 150)), Hints, "words"},
		{"links", mail("A question", good+"www.b.example www.c.example www.d.example"), Warns, "There are 4 links"},
		{"one image", mail("A question", good+"https://b.example/a.png"), Hints, "leads to a picture"},
		{"image in HTML", mail("A question", good+`<img src="https://b.example/a">`), Warns, "Pictures are not put into the mail"},
		{"image in Markdown", mail("A question", good+`![logo](https://b.example/a)`), Warns, "Pictures are not put into the mail"},
		{"HTML", mail("A question", good+"<b>now</b>"), Warns, "<b> is sent as it stands"},
		{"an address in angles", mail("A question", good+"<https://b.example/a> <3"), "", ""},
		{"Markdown", mail("A question", good+"[our page](https://b.example)"), Warns, "is sent as it stands"},
		{"shows another address", mail("A question", good+"[www.bank.example](https://b.example)"), Warns, "shows bank.example and leads to b.example"},
		{"shows another address in HTML", mail("A question", good+`<a class="x" href='https://b.example/x'>bank.example</a>`), Warns, "shows bank.example and leads to b.example"},
		{"shortener", mail("A question", good+"https://www.bit.ly/3xYz"), Warns, "hides where it leads"},
		{"own machine", mail("A question", good+"http://localhost:8080/x"), Warns, "own machine"},
		{"number as a host", mail("A question", good+"https://192.0.2.7/x"), Warns, "number in place of a name"},
		{"tracking", mail("A question", good+"https://b.example/?a=1&UTM_source=x#y"), Hints, "tracking (utm_source)"},
		{"user name in a link", mail("A question", good+"https://bank.example@b.example/x"), Warns, "a trick of fraud"},
		{"user name in a link without a scheme", mail("A question", good+"www.bank@b.example//c"), Warns, "a trick of fraud"},
		{"an @ in a path", mail("A question", good+"https://b.example/@sam"), "", ""},
		{"booking page", mail("A question", good+`{{ sender.calendar | default: "" }}`), "", ""},
		{"deal without a fallback", mail("A question", good+"{{ deal.name }}"), Warns, "deal.name has no fallback"},
		{"unknown snippet", mail("A question", good+"{{ snippet.prof }}"), Blocks, "there is no snippet prof"},
		{"row of signs", mail("A question", good+"Only $$ today"), Warns, `"$$" reads like spam`},
		{"row of signs in a link", mail("A question", good+"https://b.example/?a=??&b=1"), "", ""},
		{"three questions", mail("A question", good+"Who? When? And https://b.example/?a=1"), "", ""},
		{"four questions", mail("A question", good+"Who? When? Why?"), Hints, "There are 4 questions"},
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

func TestCheckSaysWhere(t *testing.T) {
	step := sales.Step{Kind: sales.StepAutoMail, Subject: "RE: {{ compny }}", Body: "Hi"}
	bad := sales.Step{Kind: sales.StepAutoMail, Subject: "{{", Body: "Hi"}
	body := sales.Step{Kind: sales.StepAutoMail, Subject: "A question", Body: "See [bank.example](https://b.example/x) soon."}
	for _, tt := range []struct {
		step  sales.Step
		where Where
		quote string
	}{
		{step, InSubject, "{{ compny }}"}, {bad, InSubject, ""}, {body, InBody, "[bank.example](https://b.example/x)"},
	} {
		found := Check([]sales.Step{tt.step}, nil)
		if len(found) == 0 || found[0].Where != tt.where || found[0].Quote != tt.quote {
			t.Errorf("%+v: %+v", tt.step, found)
		}
	}
}

func TestCheckVariants(t *testing.T) {
	step := sales.Step{ID: 5, Kind: sales.StepAutoMail, Subject: "A question", Body: "Hello", Variants: []sales.Variant{
		{ID: 7, Subject: "WRITTEN LOUDLY", Body: "Hello", State: sales.VariantOn}, {ID: 8, Subject: "x", Body: "{{", State: sales.VariantPaused}, {ID: 9, Subject: "x", Body: "{{", State: sales.VariantArchived},
	}}
	found := Check([]sales.Step{step}, nil)
	if len(found) != 2 || found[0].Variant != 7 || found[0].Where != InSubject || found[1].Variant != 8 || found[1].Severity != Blocks || found[1].Step != 0 {
		t.Errorf("%+v", found)
	}
	step.Variants = nil
	again := sales.Step{Kind: sales.StepAutoMail, Subject: "Re: nothing", Body: "Hello"}
	if found := Check([]sales.Step{step, again}, nil); len(found) != 1 || found[0].Step != 1 {
		t.Errorf("a later mail with a subject of its own deceives, too: %+v", found)
	}
}

func TestCheckCounts(t *testing.T) {
	var counts Counts
	for i := range 40 {
		p := sales.Person{FirstName: "Ada", Custom: map[string]string{"size": "4"}}
		if i < 6 {
			p.FirstName = " "
		}
		if i < 30 {
			p.Custom["size"] = ""
		}
		counts.Add(Values(p, sales.Account{}, sales.User{}, sales.Mailbox{Name: "Sam"}))
	}
	check := func(body string) []Finding {
		return CheckWith([]sales.Step{{Kind: sales.StepAutoMail, Subject: "A question", Body: body}}, Checks{Counts: &counts, Custom: []string{"custom.size"}})
	}
	for _, tt := range []struct {
		body string
		sev  Severity
		says string
	}{
		{"{{ first_name }}", Warns, "6 of 40 people (15 %) have no value for first_name, and it has no fallback: their mail waits until somebody fills it in."},
		{"{{ company }}", Blocks, "Nobody has a value for company, and it has no fallback: no mail would go."},
		{`{{ custom.size | default: "x" }}`, Hints, "30 of 40 people (75 %) have no value for custom.size, so most read its fallback."},
		{"{{ custom.team }}", Blocks, "Nobody in this sequence has the custom field custom.team."},
		{`{{ first_name | default: "there" }}`, "", ""},
		{"{{ sender_name }}", "", ""},
	} {
		found := check(tt.body)
		if tt.says == "" && len(found) > 0 || tt.says != "" && (len(found) != 1 || found[0].Severity != tt.sev || !strings.HasPrefix(found[0].Says, tt.says) || found[0].Quote == "") {
			t.Errorf("%s: %+v", tt.body, found)
		}
	}
}

func TestCheckFooter(t *testing.T) {
	steps := []sales.Step{{Kind: sales.StepAutoMail, Subject: "A question", Body: "Hello"}, {Kind: sales.StepAutoMail, Body: "Hello again"}}
	for _, tt := range []struct {
		footer *Footer
		want   int
	}{
		{nil, 0}, {&Footer{PostalAddress: true, Unsubscribe: true}, 0}, {&Footer{Unsubscribe: true}, 1}, {&Footer{}, 2},
	} {
		found := CheckWith(steps, Checks{Footer: tt.footer})
		for _, f := range found {
			if f.Where != InMail || f.Severity != Warns || f.Step != 0 {
				t.Errorf("%+v", f)
			}
		}
		if len(found) != tt.want {
			t.Errorf("%+v: %+v", tt.footer, found)
		}
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
	var many strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&many, "http:%d ", i)
	}
	found = Check([]sales.Step{{Kind: sales.StepAutoMail, Subject: "x", Body: many.String() + "{{ nope }}"}}, nil)
	if len(found) == 0 || len(found) > maxFindings || found[0].Severity != Blocks {
		t.Errorf("%d findings, nobody reads them all", len(found))
	}
}
