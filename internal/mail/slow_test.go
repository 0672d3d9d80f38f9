package mail

import (
	"strings"
	"testing"
	"time"
)

// TestNothingIsQuadratic: mails that would make a careless reader look at the same
// bytes again and again, for minutes; they take milliseconds.
func TestNothingIsQuadratic(t *testing.T) {
	const head = "From: ann@b.example\r\nMessage-ID: <x@y>\r\n"
	for name, raw := range map[string]string{
		"folded lines":       head + "Subject: a\r\n" + strings.Repeat(" b\r\n", 1_000_000) + "\r\nhi",
		"quotes":             head + "Cc: " + strings.Repeat(`"`, 1_000_000) + "\r\n\r\nhi",
		"letters":            head + "Cc: " + strings.Repeat("a", 1_000_000) + "\r\n\r\nhi",
		"comments":           head + "Cc: " + strings.Repeat("(a)", 350_000) + "\r\n\r\nhi",
		"message-id in text": head + "\r\n" + strings.Repeat("message-id: \n", 400_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p := Parse([]byte(raw))
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("reading %d bytes took %v", len(raw), took)
			}
			if p.From != "ann@b.example" || p.HeaderID != "x@y" {
				t.Errorf("read as %q, %q", p.From, p.HeaderID)
			}
		})
	}
}
