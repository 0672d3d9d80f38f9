package classify

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// Each NAME.eml has a NAME.want with lines "key: value"; only what stands
// there is checked. A misread mail is mended by adding two files.
func TestMails(t *testing.T) {
	mails, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(mails) < 40 {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	for _, path := range mails {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".eml"), func(t *testing.T) {
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
				checkWant(t, p, v, key, strings.ReplaceAll(value, `\n`, "\n"))
			}
			if v.Confidence <= 0 || v.Confidence > 1 || len(v.Reasons) == 0 {
				t.Errorf("confidence %v, reasons %q", v.Confidence, v.Reasons)
			}
			if t.Failed() {
				t.Logf("verdict %+v\nreply %q\nsignature %q", v, p.Reply, p.Signature)
			}
		})
	}
}

func checkWant(t *testing.T, p *mail.Parsed, v sales.Verdict, key, want string) {
	t.Helper()
	got := ""
	switch key {
	case "kind":
		got = string(v.Kind)
	case "intent":
		got = string(v.Intent)
	case "referred":
		got = v.Referred
	case "reply":
		got = p.Reply
	case "signature":
		got = p.Signature
	case "until":
		got = v.Until.Format("2006-01-02")
	case "about":
		if slices.Contains(p.OurIDs, want) {
			got = want
		}
	case "token":
		if slices.Contains(p.Tokens, want) {
			got = want
		}
	case "id":
		if strings.HasSuffix(p.HeaderID, "@"+mail.NoIDDomain) && !p.HasID {
			got = "derived"
		}
	case "recipient":
		for _, r := range v.Recipients {
			full := strings.TrimSpace(r.Address + " " + string(r.Class) + " " + r.Status)
			if full == want || strings.HasPrefix(full, want+" ") {
				got = want
			}
		}
	default:
		t.Fatalf("unknown key %q", key)
	}
	if got != want {
		t.Errorf("%s: got %q, want %q", key, got, want)
	}
}

func TestClassifyNeverPanicsOnNothing(t *testing.T) {
	for _, raw := range []string{"", "\n", "x", "From: \n\n", "Content-Type: multipart/report\n\n"} {
		v := Classify(mail.Parse([]byte(raw)), time.Time{})
		if v.Kind == "" {
			t.Errorf("%q has no kind", raw)
		}
	}
}

func FuzzClassify(f *testing.F) {
	mails, _ := filepath.Glob("testdata/*.eml")
	for _, path := range mails {
		if raw, err := os.ReadFile(path); err == nil {
			f.Add(raw)
		}
	}
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, raw []byte) {
		p := mail.Parse(raw)
		v := Classify(p, at)
		if v.Kind == "" || v.Confidence < 0 || v.Confidence > 1 {
			t.Fatalf("verdict %+v", v)
		}
		if p.Report != nil && p.Report.Kind == mail.ReportFeedback && v.Kind != sales.KindComplaint {
			t.Fatalf("a complaint was taken for %s", v.Kind)
		}
		if p.Report != nil && p.Report.Kind == mail.ReportDelivery && len(p.Report.Recipients) > 0 && v.Kind == sales.KindReply {
			t.Fatal("a report was counted as a reply")
		}
		for _, r := range v.Recipients {
			if strings.HasPrefix(r.Status, "5.7.") && r.Class == sales.FailHard {
				t.Fatalf("a policy was called hard: %+v", r)
			}
		}
	})
}

// A huge or shapeless text is judged soon.
func TestClassifyHostile(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for name, text := range map[string]string{
		"words":     strings.Repeat("please remove me from no list and not more mail ", 40000),
		"one word":  strings.Repeat("x", 1<<20),
		"dates":     strings.Repeat("until 5 May 2026, back on 6/7 ", 30000),
		"addresses": "Subject: Undelivered\nFrom: MAILER-DAEMON@x.example\n\ncould not be delivered\n" + strings.Repeat("<a@b.example>: unknown user\n", 30000),
		"at signs":  strings.Repeat("@", 1<<20),
	} {
		start := time.Now()
		for _, p := range []*mail.Parsed{mail.ParseText("", text), mail.Parse([]byte(text)), mail.Parse([]byte("From: MAILER-DAEMON@x.example\nSubject: Undelivered Mail\n\n" + text))} {
			if v := Classify(p, at); v.Kind == "" {
				t.Errorf("%s: no kind", name)
			}
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func BenchmarkClassify(b *testing.B) {
	p := mail.ParseText("", "Hi Sam,\n\nthanks for the note. We are in the middle of a merger, so this is not a good time. Please reach out again in September.\n\nBest,\nAnn")
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		Classify(p, at)
	}
}
