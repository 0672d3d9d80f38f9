package inbound_test

import (
	"fmt"
	"testing"
	"time"

	"ninetyten/internal/inbound"
)

// filed is a mail as it is in a Sent folder.
func filed(id, to, ref string) []byte {
	if ref != "" {
		ref = "X-Ninetyten-Ref:\r\n " + ref + "\r\n"
	}
	return fmt.Appendf(nil, "Subject: A question\r\nTo: %s\r\nMessage-ID: <%s>\r\n%s\r\nhello\r\n", to, id, ref)
}

// TestFindSent: a mail is found under its Message-ID, and under the one that the
// server gave it; another to the same person, one to somebody else and one of long
// ago are not it. Looking marks nothing as read.
func TestFindSent(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	a := inbound.NewAppender(inbound.Options{})
	defer a.Close()
	at := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	put := func(raw []byte, at time.Time) {
		t.Helper()
		if err := a.Append(t.Context(), m.mailbox(), raw, at); err != nil {
			t.Fatal(err)
		}
	}
	put(filed("theirs-1@server.example", "Rui <rui@brightwater.example>", "one"), at)
	put(filed("ours-2@brightmail.example", "rui@brightwater.example", "two"), at)
	put(filed("by-hand@server.example", "rui@brightwater.example", ""), at)
	put(filed("theirs-3@server.example", "marta@brightwater.example", "three"), at)
	put(filed("theirs-4@server.example", "rui@brightwater.example", "old"), at.AddDate(0, 0, -30))
	for i := range 250 {
		put(filed(fmt.Sprintf("many-%d@server.example", i), "many@brightwater.example", fmt.Sprintf("many-%d", i)), at)
	}
	for _, x := range []struct {
		name string
		what inbound.Sought
		want bool
	}{
		{"under a Message-ID of the server", inbound.Sought{HeaderID: "ours-1@brightmail.example", Ref: "one", To: "rui@brightwater.example", At: at}, true},
		{"under its own", inbound.Sought{HeaderID: "ours-2@brightmail.example", Ref: "?", To: "rui@brightwater.example", At: at}, true},
		{"another to the same person", inbound.Sought{HeaderID: "ours-5@brightmail.example", Ref: "five", To: "rui@brightwater.example", At: at}, false},
		{"to somebody else", inbound.Sought{HeaderID: "ours-3@brightmail.example", Ref: "three", To: "rui@brightwater.example", At: at}, false},
		{"of long ago", inbound.Sought{HeaderID: "ours-4@brightmail.example", Ref: "old", To: "rui@brightwater.example", At: at}, false},
		{"nobody's", inbound.Sought{HeaderID: "x@brightmail.example", Ref: "x", To: "nobody@brightwater.example", At: at}, false},
		{"no token", inbound.Sought{HeaderID: "x@brightmail.example", To: "rui@brightwater.example", At: at}, false},
		{"the newest of many", inbound.Sought{HeaderID: "x@brightmail.example", Ref: "many-249", To: "many@brightwater.example", At: at}, true},
	} {
		t.Run(x.name, func(t *testing.T) {
			found, err := a.FindSent(t.Context(), m.mailbox(), x.what)
			if err != nil || found != x.want {
				t.Errorf("found %v, %v", found, err)
			}
		})
	}
	if n := m.unseen(t, "Sent"); n != 0 {
		t.Errorf("%d mails are unread", n)
	}
}
