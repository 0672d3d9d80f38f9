package inbound_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
)

// slow is a Sink that stores nothing before it is told to.
type slow struct {
	*store
	begun chan int // the mails of each call
	free  chan error
}

func (s *slow) Receive(ctx context.Context, mb sales.Mailbox, f inbound.Folder, mails []inbound.Mail, cur sales.Cursor) error {
	if f.Role == inbound.RoleInbox && len(mails) > 0 {
		s.begun <- len(mails)
		if err := <-s.free; err != nil {
			return err
		}
	}
	return s.store.Receive(ctx, mb, f, mails, cur)
}

// TestAhead: batches come in order however slow the Sink is, mails bigger than a
// batch among them; a batch that could not be stored comes again, with those behind
// it.
func TestAhead(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	const n = 12
	var want []string
	for i := range n {
		text := mail(i) + strings.Repeat("x", 1000)
		if i%4 == 2 {
			text += strings.Repeat("0123456789abcdef\r\n", 1000)
		}
		want = append(want, text)
		m.put(t, "INBOX", time.Now(), text)
	}
	s := &slow{store: newStore(), begun: make(chan int), free: make(chan error)}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	w := inbound.NewWatcher(m.mailbox(), s, inbound.Options{BatchBytes: 5000})
	read := func(failAt int) error {
		ended := make(chan error, 1)
		go func() { ended <- w.ReadNow(ctx) }()
		for call := 1; ; call++ {
			select {
			case <-s.begun:
				var err error
				if call == failAt {
					err = sales.Errorf(sales.Unavailable, "The disk is full. Make room.")
				}
				s.free <- err
			case err := <-ended:
				return err
			}
		}
	}
	if err := read(3); err == nil {
		t.Fatal("a batch that was not stored counts as read")
	}
	before := s.count("INBOX")
	if err := read(0); err != nil || before == 0 || before == n {
		t.Fatal(before, err)
	}
	got := s.texts("INBOX")
	if len(got) != n || s.again != 0 {
		t.Fatalf("%d mails of %d, %d twice", len(got), n, s.again)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("mail %d is %.40q", i, got[i])
		}
	}
}
