package inbound

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/emersion/go-imap/v2"
)

// TestPick chooses Sent and Junk folders as providers and programs name them.
func TestPick(t *testing.T) {
	list := func(names ...string) []*imap.ListData {
		var l []*imap.ListData
		for _, n := range names {
			l = append(l, &imap.ListData{Mailbox: n, Delim: '/'})
		}
		return l
	}
	special := func(name string, attr imap.MailboxAttr) *imap.ListData {
		return &imap.ListData{Mailbox: name, Delim: '/', Attrs: []imap.MailboxAttr{attr}}
	}
	for _, tt := range []struct {
		found                    []*imap.ListData
		wantSent, wantJunk, name string // name is what the mailbox says of Sent
	}{
		{list("INBOX"), "", "", ""},
		{list("INBOX", "Sent", "Junk"), "Sent", "Junk", ""},
		{list("INBOX", "Sent Messages", "Sent", "Spam"), "Sent", "Spam", ""},
		{list("INBOX", "[Gmail]/Sent Mail", "[Gmail]/Spam"), "[Gmail]/Sent Mail", "[Gmail]/Spam", ""},
		{list("INBOX", "INBOX/Gesendete Objekte", "INBOX/Spamverdacht"), "INBOX/Gesendete Objekte", "INBOX/Spamverdacht", ""},
		{list("INBOX", "Éléments envoyés", "Courrier indésirable"), "Éléments envoyés", "Courrier indésirable", ""},
		{list("INBOX", "Enviados", "Lixo Eletrônico"), "Enviados", "Lixo Eletrônico", ""},
		{list("INBOX", "送信済みアイテム", "迷惑メール"), "送信済みアイテム", "迷惑メール", ""},
		{list("INBOX", "Sent Items", "Junk-E-Mail"), "Sent Items", "Junk-E-Mail", ""},
		{list("INBOX", "Sent", "Mine"), "Mine", "", "Mine"},
		{list("INBOX", "Sent"), "Sent", "", "Gone"},
		{append(list("INBOX", "Sent"), special("Weird", imap.MailboxAttrSent), special("Trap", imap.MailboxAttrJunk)), "Weird", "Trap", ""},
		{list("INBOX", "Sentinel", "Junkyard"), "", "", ""},
	} {
		if got := pick(tt.found, tt.name, imap.MailboxAttrSent, sentNames()); got != tt.wantSent {
			t.Errorf("%v: Sent is %q, want %q", tt.found, got, tt.wantSent)
		}
		if got := pick(tt.found, "", imap.MailboxAttrJunk, junkNames()); got != tt.wantJunk {
			t.Errorf("%v: Junk is %q, want %q", tt.found, got, tt.wantJunk)
		}
	}
	for _, names := range [][]string{sentNames(), junkNames()} {
		for i, n := range names {
			if foldName(n) != n || slices.Contains(names[:i], n) {
				t.Errorf("%q is not folded, or there twice", n)
			}
		}
	}
}

// TestUIDIterator: the chunks are all UIDs above the mark, in order, once.
func TestUIDIterator(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var set imap.UIDSet
		for range rng.IntN(20) {
			a := imap.UID(rng.IntN(200) + 1)
			set.AddRange(a, a+imap.UID(rng.IntN(10)))
		}
		above := uint32(rng.IntN(100))
		var want, got []uint32
		all, _ := set.Nums()
		for _, u := range all {
			if uint32(u) > above {
				want = append(want, uint32(u))
			}
		}
		n := rng.IntN(9) + 1
		for it := (uidIterator{set: set, above: above}); ; {
			chunk, top := it.next(n)
			nums, _ := chunk.Nums()
			if len(nums) == 0 {
				break
			}
			if len(nums) > n || uint32(nums[len(nums)-1]) != top {
				t.Fatalf("chunk %v of at most %d, top %d", nums, n, top)
			}
			for _, u := range nums {
				got = append(got, uint32(u))
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v above %d by %d: got %v, want %v", set, above, n, got, want)
		}
	}
}

// TestMessageID finds the header, also folded and in any case.
func TestMessageID(t *testing.T) {
	for raw, want := range map[string]string{
		"Message-ID: <a@b.example>\r\n\r\n":                        "a@b.example",
		"Subject: x\r\nmessage-id:\r\n <a@b.example>\r\nTo: y\r\n": "a@b.example",
		"Subject: x\r\n\r\nMessage-ID: <in@the.body>\r\n":          "",
		"": "",
	} {
		if got := messageID([]byte(raw)); got != want {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
}
