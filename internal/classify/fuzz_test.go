package classify

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ninetyten/internal/mail"
)

// Whatever a text says, the day that is read from it lies within reach, at a
// midnight of the zone that it was read in.
func FuzzDates(f *testing.F) {
	for _, text := range []string{
		"back on Monday 12 Jan", "bis einschließlich 5.1.", "du 3 au 17 août", "1月5日まで", "3月9日から13日まで", "来週月曜日", "vom 2.-13.3.", "until 2026-02-30",
		"back in week 53", "in 24 months back", "regresso no dia 31", "on the 31st back", "8/17より順次回答", "2026/8/11～2026/8/16", "Ende Februar zurück", "9/9/9 - 9/9", "- 5 -", "24/24", "until May", "５月５日まで",
	} {
		f.Add(text, int64(1772528400), 9)
	}
	f.Fuzz(func(t *testing.T, text string, unix int64, zone int) {
		at := time.Unix(unix%4e9, 0).In(time.FixedZone("", zone%14*3600))
		for _, read := range []func(string, time.Time) (time.Time, string){awayUntil, returnDate} {
			day, words := read(text, at)
			if day.IsZero() {
				continue
			}
			if days := day.Sub(at).Hours() / 24; days < -3 || days > 402 {
				t.Errorf("%q at %v: %v", text, at, day)
			}
			if h, m, s := day.Clock(); h+m+s != 0 || day.Location() != at.Location() || words == "" {
				t.Errorf("%q at %v: %v from %q", text, at, day, words)
			}
		}
		datesIn(text, at)
		newDateReader(text, at).spanIn()
	})
}

// The readers of broken reports take any text.
func FuzzReportWords(f *testing.F) {
	f.Add("<ann@buyer.example>: 550 5.1.1 user unknown\n>>> RCPT TO\n<<< 550 no", "utf-8; j\\x{FC}rgen@buyer.example")
	f.Add("Feedback-Type: abuse\nUser-Agent: x\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed", "rfc822; a+2Bb@c.example")
	f.Add("联系李娜（li.na@buyer.example）は存在しません", "rfc822; \\x{110000}@x.example")
	f.Fuzz(func(t *testing.T, text, field string) {
		mail.ReadFeedback(text)
		mail.ReadDeliveryStatus(text)
		if addr := recipientField(field); !utf8.ValidString(addr) && utf8.ValidString(field) {
			t.Errorf("%q became %q", field, addr)
		}
		p := mail.ParseText("Undelivered", text)
		for _, n := range namedRecipients(p, text, "") {
			if n.addr != "" && !strings.Contains(n.addr, "@") {
				t.Errorf("recipient %q", n.addr)
			}
		}
		for _, line := range strings.Split(text, "\n") {
			for _, a := range addressesIn(line) {
				if a.at < 0 || a.at >= len(line) {
					t.Errorf("%q: %+v", line, a)
				}
			}
		}
		standIn(p, text, true)
		class, why := failureOf("failed", "", text)
		if class == "" || why == "" {
			t.Errorf("%q has no class", text)
		}
		undelivered(plain(text))
		if got := plain(text); strings.Contains(got, "  ") || strings.ToLower(got) != got && utf8.ValidString(text) && isASCII(text) {
			t.Errorf("plain %q", got)
		}
	})
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
