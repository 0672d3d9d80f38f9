package classify

import (
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
