package bench

import (
	"bytes"
	"testing"

	"ninetyten/internal/mail"
)

// TestLetters: every shape is a mail of about the size that was asked for, which
// go-message reads, from whom it says; none is twice there, and each is made
// again as it was.
func TestLetters(t *testing.T) {
	list := letters(3*len(shapes()), 10<<10)
	again := letters(len(list), 10<<10)
	ids := map[string]bool{}
	for i, raw := range list {
		name := shapes()[i%len(shapes())].name
		if len(raw) < 7<<10 || len(raw) > 14<<10 {
			t.Errorf("%s has %d bytes", name, len(raw))
		}
		p := mail.Parse(raw)
		if p.Via != "go-message" || p.Text == "" || p.From == "" || ids[p.HeaderID] {
			t.Errorf("%s: %+v", name, p)
		}
		ids[p.HeaderID] = true
		if !bytes.Equal(raw, again[i]) {
			t.Errorf("%s is another one each time", name)
		}
	}
	big := mail.Parse(writeBig(1, correspondent{name: "Ann", addr: "ann@buyer.example", to: "a@b.example"}))
	if big.Size < bigMail-1<<10 || big.Size > bigMail || len(big.Attachments) != 1 {
		t.Errorf("%d bytes, %v", big.Size, big.Attachments)
	}
}
