package render

import (
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

// Sentences as sellers write them, with what a careful reader says of each.
func TestClaims(t *testing.T) {
	c := checker{Checks: Checks{Ours: []string{"Ninetyten", "Engine Works"}}}
	for s, want := range map[string]bool{
		"We help companies like yours reduce the cost of shipping.":        true,
		"Our platform automates invoicing.":                                true,
		"We've helped 400 teams grow faster.":                              true,
		"With Ninetyten your team saves ten hours a week.":                 true,
		"Engine Works cuts downtime in half.":                              true,
		"I wanted to reach out because our solution streamlines approval.": true,
		"We’re improving how mills work.":                                  true,
		"Our customers doubled their output.":                              true,
		"Wir helfen Mühlen, Kosten zu senken.":                             true,
		"Unsere Software spart Ihnen viel Zeit.":                           true,
		"Nous aidons les moulins à réduire leurs coûts.":                   true,
		"Notre solution améliore la production.":                           true,
		"Ayudamos a molinos a ahorrar energía.":                            true,
		"Nuestra plataforma reduce los errores.":                           true,

		"How do we help?":                     false,
		"Would it help if we talked?":         false,
		"We talked on Tuesday.":               false,
		"Your team saves ten hours a week.":   false,
		"You help people.":                    false,
		"I saw that you cut the night shift.": false,
		"We are a team of twelve.":            false,
		"Our helpful clerk called.":           false,
		"NinetytenX saves time.":              false,
		"We met in the spring, as you may well remember, when the mill had a fire and the owner could save little.": false,
		"Wir haben am Dienstag gesprochen.": false,
		"Können wir Ihnen helfen?":          false,
		"":                                  false,
	} {
		if got := c.claims(s); got != want {
			t.Errorf("claims(%q) = %v", s, got)
		}
	}
}

func TestAboutThem(t *testing.T) {
	for s, want := range map[string]bool{
		"You said that the third shift is always late.": true,
		"You wrote about late deliveries in May.":       true,
		"Your post on night shifts made me think.":      true,
		"Your recent article about mills is right.":     true,
		"How much time do you lose on retyping orders?": true,
		"Is chasing invoices a problem for your team?":  true,
		"Sie schrieben, dass die Frachtbriefe fehlen.":  true,
		"Ihr Beitrag über Mühlen hat mir gefallen.":     true,
		"Vous avez dit que les retards coûtent cher.":   true,
		"Su equipo pierde horas cada semana.":           true,

		"Do you have time to talk on Tuesday?":   false,
		"Would your team like a demo?":           false,
		"I hope that this finds you well.":       false,
		"Companies lose money on late invoices.": false,
		"Haben Sie am Dienstag Zeit?":            false,
		"":                                       false,
	} {
		if got := aboutThem(s); got != want {
			t.Errorf("aboutThem(%q) = %v", s, got)
		}
	}
}

func TestValueWithoutConnection(t *testing.T) {
	claim := "We help mills reduce the cost of grinding by 20 %."
	for _, tt := range []struct {
		name, body, quote string
	}{
		{"claim alone", "Hi {{ first_name | default: \"there\" }},\n\nI am Sam. " + claim + "\n\nDo you have time to talk?", claim},
		{"claim and a company", "Hello {{ company | default: \"you\" }}. " + claim, claim},
		{"claim and a city", "Hello from {{ custom.city | default: \"here\" }}. " + claim, claim},
		{"two claims", claim + " Our engines save coal.", claim},
		{"claim with a link", "Hello. We improve (https://engines.example/a?b=c!d) mills.", "We improve (…) mills."},
		{"their pain by a field", "You told us: {{ custom.pain | default: \"x\" }}. " + claim, ""},
		{"their deal", "As for {{ deal.name | default: \"it\" }}: " + claim, ""},
		{"their pain in words", "You wrote that the third shift is always late. " + claim, ""},
		{"no claim", "Do you have time to talk?", ""},
	} {
		found := Check([]sales.Step{{Kind: sales.StepApproveMail, Subject: "A question", Body: tt.body}}, nil)
		got := ""
		for _, f := range found {
			if strings.HasPrefix(f.Says, "This says what we do") && f.Severity == Hints && f.Where == InBody {
				got += f.Quote
			}
		}
		if got != tt.quote {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.quote)
		}
	}
}

func TestSentences(t *testing.T) {
	for s, want := range map[string]string{
		"One. Two? Three!":       "One.|Two?|Three!",
		"It costs 3.50 now. Yes": "It costs 3.50 now.|Yes",
		"Who?! Me.":              "Who?!|Me.",
		"(Really?) Yes.":         "(Really?|) Yes.",
		"a\nb\n\n":               "a|b",
		"谁？我。":                   "谁？|我。",
		"Wait... what?":          "Wait...|what?",
		"":                       "",
	} {
		if got := strings.Join(sentences(s), "|"); got != want {
			t.Errorf("sentences(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestCountWords(t *testing.T) {
	for s, want := range map[string]int{"": 0, "one two": 2, "- one – two …": 2, "我们帮助": 2, "one 我们": 2, "สวัสดี": 2, "한국어 단어": 2, "שלום עולם": 2} {
		if got := countWords(s); got != want {
			t.Errorf("countWords(%q) = %d, want %d", s, got, want)
		}
	}
}
