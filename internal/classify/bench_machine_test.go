package classify

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
)

// What a mail of 10 KiB costs, by what it is.
func BenchmarkTenKiB(b *testing.B) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	prose := strings.Repeat("We looked at the numbers of last year on 5 May and the team is happy with how it went, so nobody sees a need to change it until Monday. ", 75)
	head := "From: Ann <ann@buyer.example>\nTo: sam@seller.example\nDate: Tue, 3 Mar 2026 09:14:44 +0100\nMessage-ID: <x@buyer.example>\n"
	for name, raw := range map[string]string{
		"person":  head + "Subject: Re: Invoices\nIn-Reply-To: <k1@seller.example>\n\n" + prose,
		"absence": head + "Subject: Automatic reply: Invoices\nAuto-Submitted: auto-replied\n\nI am out of the office until 5 May. Please contact Bo Hale (bo@buyer.example).\n\n" + prose,
		"bounce":  "From: MAILER-DAEMON@mx.example\nTo: sam@seller.example\nSubject: Undelivered Mail Returned to Sender\n\n<ann@buyer.example>: 550 no such thing here\n\n" + prose,
	} {
		b.Run(name, func(b *testing.B) {
			p := mail.Parse([]byte(raw))
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				Classify(p, at)
			}
		})
	}
}
