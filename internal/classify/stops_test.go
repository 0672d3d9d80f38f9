package classify

import (
	"os"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// testdata/demands.txt holds plain demands to stop, as people write them: each
// is heard.
func TestDemands(t *testing.T) {
	raw, err := os.ReadFile("testdata/demands.txt")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for line := range strings.Lines(string(raw)) {
		text := strings.TrimSpace(line)
		if v := Classify(mail.ParseText("Re: Invoices", text), at); v.Kind != sales.KindUnsubscribe {
			t.Errorf("%s %s (%.2f): %s %q", v.Kind, v.Intent, v.Confidence, text, v.Reasons)
		}
	}
}
