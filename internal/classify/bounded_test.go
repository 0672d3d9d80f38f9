package classify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// TestHugeText: a megabyte of words is read as its beginning says.
func TestHugeText(t *testing.T) {
	p := mail.ParseText("Re: a question", "Please take me off your list.\n\n"+strings.Repeat("please unsubscribe me ", 50_000))
	v := Classify(p, time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC))
	if v.Kind != sales.KindUnsubscribe {
		t.Errorf("read as %s %s", v.Kind, v.Intent)
	}
	if short := bounded(p); len(short.Reply) > maxWords || len(short.Text) > maxWords {
		t.Errorf("%d bytes are looked at", len(short.Text))
	}
}

// A report on thousands of recipients is read soon: its words are taken apart
// once, not once a recipient.
func TestReportOnThousands(t *testing.T) {
	var words, fields strings.Builder
	const n = 2000
	for i := range n {
		fmt.Fprintf(&words, "p%d@a.example: no\n", i)
		fmt.Fprintf(&fields, "Final-Recipient: rfc822; p%d@a.example\nAction: failed\nStatus: 5.0.0\n\n", i)
	}
	p := mail.Parse([]byte("From: MAILER-DAEMON@x.example\nSubject: failed\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n" + words.String() +
		"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n" + fields.String() + "--b--\n"))
	start := time.Now()
	v := Classify(p, start)
	if v.Kind != sales.KindBounce || len(v.Recipients) < n/2 {
		t.Errorf("%s of %d recipients", v.Kind, len(v.Recipients))
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	t.Logf("%d recipients in %v", len(v.Recipients), time.Since(start))
}
