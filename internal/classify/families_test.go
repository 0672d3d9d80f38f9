package classify

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// families are folders of mails of one kind each, laid out as those of
// TestMails are: what mail systems, machines and people who want no more
// write, in many forms and languages, and what only sounds so.
var families = [...]string{"bounce", "auto", "stop", "complaint", "person"}

func TestFamilies(t *testing.T) {
	for _, family := range families {
		t.Run(family, func(t *testing.T) { testFamily(t, filepath.Join("testdata", family)) })
	}
}

func testFamily(t *testing.T, dir string) {
	mails, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil || len(mails) == 0 {
		t.Fatalf("%d mails in %s, %v", len(mails), dir, err)
	}
	right := 0
	for _, path := range mails {
		ok := t.Run(strings.TrimSuffix(filepath.Base(path), ".eml"), func(t *testing.T) { checkMail(t, path) })
		if ok {
			right++
		}
	}
	t.Logf("%s: %d of %d", filepath.Base(dir), right, len(mails))
}

func checkMail(t *testing.T, path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(strings.TrimSuffix(path, ".eml") + ".want")
	if err != nil {
		t.Fatal(err)
	}
	p := mail.Parse(raw)
	v := Classify(p, p.Date)
	for line := range strings.SplitSeq(strings.TrimSpace(string(want)), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		checkVerdict(t, p, v, key, strings.ReplaceAll(value, `\n`, "\n"))
	}
	if v.Confidence <= 0 || v.Confidence > 1 || len(v.Reasons) == 0 {
		t.Errorf("confidence %v, reasons %q", v.Confidence, v.Reasons)
	}
	if t.Failed() {
		t.Logf("verdict %+v\nreply %q", v, p.Reply)
	}
}

// checkVerdict knows the keys that only mails of machines have; checkWant knows
// the others.
func checkVerdict(t *testing.T, p *mail.Parsed, v sales.Verdict, key, want string) {
	t.Helper()
	got := want
	switch key {
	case "original":
		got = v.OriginalID
	case "standin":
		got = v.StandIn
	case "standin-address":
		got = v.StandInAddress
	case "no-until":
		if !v.Until.IsZero() {
			got = v.Until.Format("2006-01-02")
		}
	case "class":
		got = ""
		if len(v.Recipients) > 0 {
			got = string(v.Recipients[0].Class)
		}
	case "recipients":
		got = strconv.Itoa(len(v.Recipients))
	case "reason":
		addr, _, _ := strings.Cut(want, ": ")
		got = ""
		for _, r := range v.Recipients {
			if r.Address == addr {
				got = addr + ": " + r.Reason
			}
		}
	case "not-hard":
		for _, r := range v.Recipients {
			if r.Address == want && r.Class == sales.FailHard {
				got = "hard"
			}
		}
	default:
		checkWant(t, p, v, key, want)
	}
	if got != want {
		t.Errorf("%s: got %q, want %q", key, got, want)
	}
}
