package classify

import (
	"os"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// training/phrases/plain.txt holds answers as people write them: what was
// taught is known.
func TestIntents(t *testing.T) {
	raw, err := os.ReadFile("training/phrases/plain.txt")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for _, e := range ReadExamples(string(raw), true) {
		v := Classify(mail.ParseText("", e.Text), at)
		if got := intentOf(v); got != e.Label {
			t.Errorf("want %s got %s (%.2f): %s %q", e.Label, got, v.Confidence, e.Text, v.Reasons)
		}
	}
}

// testdata/notstop.txt holds what sounds like a demand to stop and is none: one
// who is wrongly taken at these words is never written to again.
func TestNoDemand(t *testing.T) {
	raw, err := os.ReadFile("testdata/notstop.txt")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for line := range strings.Lines(string(raw)) {
		if v := Classify(mail.ParseText("", strings.TrimSpace(line)), at); v.Kind == sales.KindUnsubscribe {
			t.Errorf("%s: %q", strings.TrimSpace(line), v.Reasons)
		}
	}
}

// The words that decide never come from the quote, whatever it says.
func TestQuoteDecidesNothing(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for _, quoted := range []string{"Please unsubscribe me.", "I am out of the office until 5 May.", "Not interested.", "Wrong person."} {
		for _, lead := range []string{"On Tue, 3 Mar 2026 at 09:12, Sam <sam@seller.example> wrote:\n\n> ", "Am 03.03.2026 um 09:12 schrieb Sam:\n> ", "-----Original Message-----\nFrom: Sam\nSent: Tuesday\nSubject: A question\n\n", "________________________________\nVon: Sam <sam@seller.example>\nGesendet: Dienstag\nAn: Ann\nBetreff: Frage\n\n"} {
			v := Classify(mail.ParseText("Re: A question", "Sounds great, let us talk.\n\n"+lead+quoted+"\n"), at)
			if v.Kind != sales.KindReply || v.Intent != sales.Interested {
				t.Errorf("%q below %q: %s %s %q", quoted, lead, v.Kind, v.Intent, v.Reasons)
			}
		}
	}
}

// intentOf is the label of training that a verdict stands for.
func intentOf(v sales.Verdict) string {
	switch v.Kind {
	case sales.KindUnsubscribe:
		return "unsubscribe"
	case sales.KindAutoReply:
		return "away"
	case sales.KindReply:
		return string(v.Intent)
	}
	return string(v.Kind)
}
