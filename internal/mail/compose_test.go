package mail

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

func draft() Draft {
	return Draft{
		From: "sam@seller.example", FromName: "Sam Seller", To: "ann@buyer.example", ToName: "Ann, Buyer", Subject: "A question", Text: "Hello Ann,\n\nhow are you?\n",
		Date: time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC), HeaderID: "k1@seller.example",
	}
}

func TestComposePlain(t *testing.T) {
	d := draft()
	d.UnsubscribeURL = "https://go.seller.example/u/abcdefghij0123456789"
	d.InReplyTo, d.References, d.Ref, d.AutoSubmitted = "p@x.example", []string{"o@x.example", "p@x.example"}, "r-1", true
	got, err := Compose(d)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(`From: Sam Seller <sam@seller.example>
To: "Ann, Buyer" <ann@buyer.example>
Subject: A question
Date: Wed, 04 Mar 2026 09:30:00 +0000
Message-ID: <k1@seller.example>
In-Reply-To: <p@x.example>
References: <o@x.example> <p@x.example>
List-Unsubscribe: <https://go.seller.example/u/abcdefghij0123456789>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Auto-Submitted: auto-generated
X-Ninetyten-Ref: r-1
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii
Content-Transfer-Encoding: 7bit

Hello Ann,

how are you?
`, "\n", "\r\n")
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestComposeReadsBack(t *testing.T) {
	cases := map[string]func(*Draft){
		"plain": func(*Draft) {},
		"accents": func(d *Draft) {
			d.Subject, d.Text, d.FromName = "Größe für Zoë", "Grüße aus Köln\n", "Jörg Müller"
		},
		"japanese": func(d *Draft) {
			d.Subject, d.Text, d.ToName = strings.Repeat("日本語の件名", 20), "こんにちは\n", "山田 太郎"
		},
		"long line":  func(d *Draft) { d.Text = strings.Repeat("word ", 3000) + "\n" },
		"long word":  func(d *Draft) { d.Text, d.Subject = strings.Repeat("x", 5000)+"\n", strings.Repeat("y", 1500) },
		"from lines": func(d *Draft) { d.Text = "From here\n.\n..dots\nFrom there\n" },
		"blanks":     func(d *Draft) { d.Text = "trailing \n\ttab\t\n" },
		"both":       func(d *Draft) { d.HTML = "<p>Hello <b>Ann</b></p>" },
		"encoded":    func(d *Draft) { d.Subject = "=?utf-8?q?not=20a=20word?=" },
		"attachments": func(d *Draft) {
			d.Attachments = []File{{Name: "Preis–Liste.pdf", Type: "application/pdf", Data: bytes.Repeat([]byte{0, 255}, 999)}}
		},
		"boundary": func(d *Draft) { d.HTML, d.Text = "<p>--=_a</p>", "--=_aaaaaaaaaaaaaaaa\n=_\n" },
		"idn":      func(d *Draft) { d.To = "ann@bücher.example" },
		"references": func(d *Draft) {
			d.References = strings.Fields(strings.Repeat("abcdefghijklmnopqrstuvwxyz@x.example ", 40))
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			d := draft()
			change(&d)
			raw, err := Compose(d)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(string(raw), "\r\n") {
				if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
					t.Fatalf("bad line of %d bytes: %.60q", len(line), line)
				}
				if !isASCII(line) {
					t.Fatalf("eight-bit line %q", line)
				}
			}
			p := Parse(raw)
			if p.Subject != d.Subject || p.FromName != d.FromName || p.From != d.From || p.HeaderID != d.HeaderID || !p.Date.Equal(d.Date) {
				t.Errorf("headers: subject %q, from %q %q, id %q, date %v", p.Subject, p.FromName, p.From, p.HeaderID, p.Date)
			}
			if len(p.To) != 1 || p.To[0].Name != d.ToName {
				t.Errorf("to %+v", p.To)
			}
			if want := tidy(d.Text); p.Text != want {
				t.Errorf("text %.200q, want %.200q", p.Text, want)
			}
			if d.HTML != "" && p.HTML() == "" {
				t.Error("the HTML is lost")
			}
			if len(p.Attachments) != len(d.Attachments) {
				t.Fatalf("attachments %+v", p.Attachments)
			}
			for i, f := range d.Attachments {
				if got := p.Attachments[i]; got.Name != f.Name || got.Type != f.Type || got.Size != len(f.Data) {
					t.Errorf("attachment %+v", got)
				}
			}
			if again, _ := Compose(d); !bytes.Equal(raw, again) {
				t.Error("the same draft gave other bytes")
			}
		})
	}
}

func TestComposeRefusesInjection(t *testing.T) {
	evil := "x\r\nBcc: victim@other.example"
	cases := map[string]func(*Draft){
		"subject":     func(d *Draft) { d.Subject = evil },
		"from name":   func(d *Draft) { d.FromName = evil },
		"to name":     func(d *Draft) { d.ToName = evil },
		"to":          func(d *Draft) { d.To = "ann@buyer.example\nBcc: v@other.example" },
		"two to":      func(d *Draft) { d.To = "ann@buyer.example, v@other.example" },
		"from":        func(d *Draft) { d.From = "sam@seller.example>\r\n" },
		"id":          func(d *Draft) { d.HeaderID = "a@b>\r\nBcc: v@other.example" },
		"in reply to": func(d *Draft) { d.InReplyTo = "a@b\n c" },
		"references":  func(d *Draft) { d.References = []string{"a@b", "c@d\r\nX: y"} },
		"unsubscribe": func(d *Draft) { d.UnsubscribeURL = "https://x.example/>\r\nX: y" },
		"script url":  func(d *Draft) { d.UnsubscribeURL = "javascript:alert(1)" },
		"ref":         func(d *Draft) { d.Ref = "a\nb" },
		"file name":   func(d *Draft) { d.Attachments = []File{{Name: "a\r\nX: y.pdf"}} },
		"cc":          func(d *Draft) { d.Cc = []Address{{Name: evil, Addr: "c@buyer.example"}} },
		"no date":     func(d *Draft) { d.Date = time.Time{} },
		"no to":       func(d *Draft) { d.To = "" },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			d := draft()
			change(&d)
			raw, err := Compose(d)
			if sales.CodeOf(err) != sales.Invalid {
				t.Errorf("error %v, mail %q", err, raw)
			}
		})
	}
}

func BenchmarkCompose2KB(b *testing.B) {
	d := draft()
	d.Text = strings.Repeat("A line of text that a seller may well write.\n", 45)
	d.UnsubscribeURL = "https://go.seller.example/u/abcdefghij0123456789"
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compose(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompose2KBAccents(b *testing.B) {
	d := draft()
	d.Text = strings.Repeat("Eine Zeile, wie sie jemand für Käufer schreibt.\n", 42)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compose(d); err != nil {
			b.Fatal(err)
		}
	}
}
