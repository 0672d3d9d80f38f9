package voice

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	_ "github.com/emersion/go-message/charset"
	"github.com/emersion/go-message/mail"

	"ninetyten/internal/sandbox/dice"
)

var at = time.Date(2026, 3, 4, 15, 30, 0, 0, time.FixedZone("", 3600))

func library(t *testing.T) *Library {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func langs() []string { return []string{"en", "de", "fr", "es", "pt", "nl", "sv", "it", "ja"} }

func TestEveryPersonaHasManyTextsInEveryLanguage(t *testing.T) {
	l := library(t)
	for _, k := range Kinds() {
		all := l.texts[k]
		least, each := 15, 3
		if k == Meet || k == More {
			least, each = 12, 1
		}
		if len(all) < least {
			t.Errorf("%s: only %d texts", k, len(all))
		}
		seen := map[string]bool{}
		for _, x := range all {
			if x.Body == "" || seen[x.Body] {
				t.Errorf("%s: empty or twice: %q", k, x.Body)
			}
			seen[x.Body] = true
			if (x.Subject != "") != (k == OutOfOffice) {
				t.Errorf("%s: subject %q", k, x.Subject)
			}
			if k == NotNow && !strings.Contains(x.Body, "{month}") && !strings.Contains(x.Body, "{date}") {
				t.Errorf("%s names no time: %q", k, x.Body)
			}
			if k == WrongPerson && !strings.Contains(x.Body, "{colleague_mail}") {
				t.Errorf("%s names nobody: %q", k, x.Body)
			}
			if k == OutOfOffice && !strings.Contains(x.Body, "{date}") {
				t.Errorf("%s has no date: %q", k, x.Body)
			}
			filled := Fill(x.Subject+x.Body, map[string]string{"seller": "S", "phone": "P", "month": "M", "date": "D", "colleague": "C", "colleague_mail": "c@x.example", "cover": "C", "cover_mail": "c@x.example", "subject": "S"})
			if strings.ContainsAny(filled, "{}") {
				t.Errorf("%s: unknown placeholder in %q", k, filled)
			}
		}
		for _, lang := range langs() {
			n := 0
			for _, x := range all {
				if x.Lang == lang {
					n++
				}
			}
			if n < each {
				t.Errorf("%s: %d texts in %s", k, n, lang)
			}
		}
	}
}

// parts reads a mail with a strict reader and gives its texts by media type.
func parts(t *testing.T, raw []byte) (*mail.Header, map[string]string) {
	t.Helper()
	if bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\n")) {
		t.Fatalf("a bare line end in\n%s", raw)
	}
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 {
			t.Fatalf("a line of %d bytes", len(line))
		}
	}
	r, err := mail.CreateReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	out := map[string]string{}
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			return &r.Header, out
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		b, err := io.ReadAll(p.Body)
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		var h interface {
			ContentType() (string, map[string]string, error)
		}
		switch x := p.Header.(type) {
		case *mail.InlineHeader:
			h = x
		case *mail.AttachmentHeader:
			h = x
		}
		ct, _, _ := h.ContentType()
		out[ct] += string(b)
	}
}

func original() Original {
	return Original{
		From: "ada@seller.example", FromName: "Ada Lindqvist", To: "bob@buyer.example", ToName: "Bob", Subject: "A question about bills", MessageID: "1.2@seller.example",
		Date: at.Add(-2 * time.Hour), Text: "Hello Bob,\n\na short question.\n\nTo stop these mails: http://127.0.0.1/u/token", Header: "From: ada@seller.example\r\nMessage-ID: <1.2@seller.example>\r\n", Raw: []byte("From: ada@seller.example\r\nMessage-ID: <1.2@seller.example>\r\n\r\nHello Bob\r\n"),
	}
}

func TestEveryClientWritesMailThatCanBeRead(t *testing.T) {
	l := library(t)
	o := original()
	for _, c := range Clients() {
		for _, lang := range langs() {
			for i, x := range l.Of(Question, lang) {
				letter := Letter{
					From: "bob@buyer.example", FromName: "Björn 石川", To: o.From, ToName: o.FromName, Subject: ReSubject(c, lang, o.Subject), MessageID: "a@b.example",
					InReplyTo: o.MessageID, References: []string{"0@x.example", o.MessageID}, At: at, Lang: lang, Client: c, Body: x.Body, Signature: "Bob\nHead of Finance", Quote: &o,
					Inline: c == Thunderbird && i == 0,
				}
				h, got := parts(t, letter.Bytes())
				if ids, err := h.MsgIDList("References"); err != nil || len(ids) != 2 || ids[1] != o.MessageID {
					t.Fatalf("%s: references %v %v", c, ids, err)
				}
				if s, err := h.Subject(); err != nil || !strings.HasSuffix(s, o.Subject) {
					t.Fatalf("%s: subject %q %v", c, s, err)
				}
				text := strings.ReplaceAll(got["text/plain"]+got["text/html"], "\r\n", "\n")
				said, _, _ := strings.Cut(x.Body, "\n")
				if !strings.Contains(text, said) && !strings.Contains(text, strings.ReplaceAll(said, "'", "&#39;")) {
					t.Fatalf("%s %s: %q is not in\n%s", c, lang, said, text)
				}
				if quoted := strings.Contains(text, "http://127.0.0.1/u/token"); quoted == (c == Bare) {
					t.Fatalf("%s %s: footer quoted: %v\n%s", c, lang, quoted, text)
				}
				if (c == OutlookHTML) != (got["text/plain"] == "") {
					t.Fatalf("%s: text part %q", c, got["text/plain"])
				}
			}
		}
	}
}

func TestReSubject(t *testing.T) {
	for _, c := range []struct {
		client           Client
		lang, have, want string
	}{
		{Gmail, "de", "x", "Re: x"}, {Outlook, "de", "Re: x", "AW: x"}, {Outlook, "sv", "AW: RE: x", "SV: x"}, {Gmail, "en", "Note: x", "Re: Note: x"}, {Apple, "ja", "", "Re: "},
	} {
		if got := ReSubject(c.client, c.lang, c.have); got != c.want {
			t.Errorf("%s %s %q: %q", c.client, c.lang, c.have, got)
		}
	}
}

func TestReportsFollowTheirStandards(t *testing.T) {
	for style := range 3 {
		r := Report{Host: "mx.buyer.example", To: "ada@seller.example", MessageID: "r@mx.buyer.example", At: at, Recipient: "bob@buyer.example", Original: original(), Style: style}
		_, got := parts(t, r.Failure("5.1.1", "550 5.1.1 no such user"))
		status := got["message/delivery-status"]
		for _, want := range []string{"Reporting-MTA: dns; ", "Final-Recipient: rfc822; bob@buyer.example", "Action: failed", "Status: 5.1.1"} {
			if !strings.Contains(status, want) {
				t.Errorf("style %d: no %q in %q", style, want, status)
			}
		}
		if !strings.Contains(got["message/rfc822"]+got["text/rfc822-headers"], "1.2@seller.example") {
			t.Errorf("style %d does not return the original: %v", style, got)
		}
		if _, got = parts(t, r.Delay()); !strings.Contains(got["message/delivery-status"], "Action: delayed") {
			t.Errorf("%v", got)
		}
		if _, got = parts(t, r.Complaint()); !strings.Contains(got["message/feedback-report"], "Feedback-Type: abuse") || !strings.Contains(got["message/rfc822"], "1.2@seller.example") {
			t.Errorf("%v", got)
		}
		if _, got = parts(t, r.Words()); !strings.Contains(got["text/plain"], "bob@buyer.example") {
			t.Errorf("%v", got)
		}
	}
}

func TestAutomaticReplies(t *testing.T) {
	for style := range 3 {
		a := Auto{From: "bob@buyer.example", To: "ada@seller.example", Subject: "自動応答: x", MessageID: "a@b.example", InReplyTo: "1.2@seller.example", At: at, Lang: "ja", Body: "現在休暇", Marked: true, Style: style}
		h, got := parts(t, a.Bytes())
		if !strings.HasPrefix(h.Get("Auto-Submitted"), "auto-") || !strings.Contains(got["text/plain"], "現在休暇") {
			t.Errorf("style %d: %v %v", style, h, got)
		}
		a.Marked = false
		if h, _ := parts(t, a.Bytes()); h.Has("Auto-Submitted") || h.Has("Precedence") {
			t.Error("unmarked, but marked")
		}
	}
	parts(t, Challenge("a@b.example", "c@d.example", "0123456789abcdef@x.example", original(), at))
	parts(t, TicketReceipt("a@b.example", "c@d.example", "1@x.example", 7, original(), at))
	parts(t, Newsletter("a@b.example", "c@d.example", "1@x.example", "News", at))
}

func TestDates(t *testing.T) {
	d := dice.New(1)
	day := time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC)
	for _, lang := range langs() {
		for range 20 {
			s := Date(d, lang, day)
			if !strings.Contains(s, "9") || strings.ContainsAny(s, "MWY") && !strings.Contains(s, "Mar") && !strings.Contains(s, "Monday") && !strings.Contains(s, "März") {
				t.Errorf("%s: %q", lang, s)
			}
		}
		if m := Month(lang, day); m == "" {
			t.Error(lang)
		}
	}
}
