package classify

import (
	"os"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// testdata/absences.txt holds bodies without any header of a machine: "o" what
// a responder writes of an absence, "p" what a person writes around one.
func TestAbsences(t *testing.T) {
	raw, err := os.ReadFile("testdata/absences.txt")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for line := range strings.Lines(string(raw)) {
		want, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		v := Classify(mail.ParseText("Re: Invoices", text), at)
		if auto := v.Kind == sales.KindAutoReply; auto != (want == "o") {
			t.Errorf("%s: %s %s (%.2f): %s %q", want, v.Kind, v.Intent, v.Confidence, text, v.Reasons)
		}
	}
}
