package classify

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

func TestDetails(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text   string
		intent sales.Intent
		detail sales.Detail
		named  string // Until or Referred
	}{
		{"Sure, Thursday at 10 works for me. Send an invite.", sales.Interested, sales.WantsMeeting, ""},
		{"Please send me your brochure and a price list.", sales.Interested, sales.WantsInformation, ""},
		{"Thanks, but we already use another tool and are happy with it.", sales.NotInterested, sales.HasSolution, ""},
		{"This is far too expensive for us, we have no budget.", sales.NotInterested, sales.NoMoney, ""},
		{"No thanks, not interested.", sales.NotInterested, sales.NoReason, ""},
		{"Wir haben bereits eine Lösung im Einsatz, danke.", sales.NotInterested, sales.HasSolution, ""},
		{"C'est trop cher pour nous.", sales.NotInterested, sales.NoMoney, ""},
		{"I'm not the right person, please contact dana@buyer.example.", sales.WrongPerson, sales.Referral, "dana@buyer.example"},
		{"I have nothing to do with purchasing here.", sales.WrongPerson, sales.NotMe, ""},
		{"Mr Hall left the company in May.", sales.WrongPerson, sales.HasLeft, ""},
		{"Not now, please write again in September.", sales.NotNow, "", "2026-09-01"},
		{"How much is it per user?", sales.Question, "", ""},
	} {
		v := Classify(mail.ParseText("Re: Q", c.text), at)
		named := v.Referred
		if !v.Until.IsZero() {
			named = v.Until.Format("2006-01-02")
		}
		if v.Intent != c.intent || v.Detail != c.detail || named != c.named {
			t.Errorf("%q: %s %s %q, want %s %s %q (%q)", c.text, v.Intent, v.Detail, named, c.intent, c.detail, c.named, v.Reasons)
		}
	}
}

// Below the threshold no intent is said: a person decides, and is told what it
// might be.
func TestAbstains(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	said, unsaid := 0, 0
	for _, e := range freshLines(t) {
		v := Classify(mail.ParseText("Re: Q", e.Text), at)
		switch {
		case v.Kind != sales.KindReply:
		case v.Intent == sales.Unclear && v.Confidence < unsure:
			unsaid++
			if !strings.Contains(strings.Join(v.Reasons, "|"), "perhaps ") {
				t.Errorf("%q: %q", e.Text, v.Reasons)
			}
		case v.Confidence < unsure:
			t.Errorf("%q: %s said at %.2f", e.Text, v.Intent, v.Confidence)
		default:
			said++
		}
	}
	t.Logf("said %d, unsaid %d", said, unsaid)
}
