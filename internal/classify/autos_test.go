package classify

import (
	"os"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// testdata/autos.txt holds automatic replies without a header that says so,
// and people who speak of an absence: "auto" or "person", the day to be back,
// the language, the subject and the text of each. A person who is taken for a
// machine is never answered, so that none may be.
func TestAutos(t *testing.T) {
	raw, err := os.ReadFile("testdata/autos.txt")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	autos, heard, days := 0, 0, 0
	for line := range strings.Lines(string(raw)) {
		f := strings.SplitN(strings.TrimSpace(line), "\t", 5)
		if len(f) != 5 {
			t.Fatalf("%q", line)
		}
		v := Classify(mail.ParseText(f[3], strings.ReplaceAll(f[4], `\n`, "\n")), at)
		machine := v.Kind == sales.KindAutoReply || v.Kind == sales.KindOther
		if f[0] == "person" {
			if machine {
				t.Errorf("a person: %s %q %q", v.Kind, f[4], v.Reasons)
			}
			continue
		}
		autos++
		if machine {
			heard++
		}
		if v.Kind == sales.KindUnsubscribe {
			t.Errorf("no demand to stop: %q %q", f[4], v.Reasons)
		}
		until := "-"
		if !v.Until.IsZero() {
			until = v.Until.Format("2006-01-02")
		}
		if until == f[1] {
			days++
		}
	}
	t.Logf("%d of %d automatic replies heard, %d days right", heard, autos, days)
	if heard*100 < autos*95 || days*100 < autos*95 {
		t.Errorf("%d of %d automatic replies heard, %d days right", heard, autos, days)
	}
}
