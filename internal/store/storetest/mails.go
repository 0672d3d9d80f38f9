package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func testMessages(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	if got := ok[sales.Message](t)(s.MessageAny(ctx, ws, x.In.ID)); !reflect.DeepEqual(got, x.In) {
		t.Errorf("wrote %+v\nread  %+v", x.In, got)
	}
	again, elsewhere := x.In, x.In
	again.ID, again.Folder = s.NewID(), "Archive"
	elsewhere.ID, elsewhere.MailboxID, elsewhere.ThreadID, elsewhere.PersonID = s.NewID(), s.NewID(), 0, x.People[1].ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for m, want := range map[*sales.Message]bool{&again: false, &elsewhere: true} {
			fresh, err := tx.InsertMessage(ctx, *m)
			if err != nil || fresh != want {
				return fmt.Errorf("%+v: %v %w", m, fresh, err)
			}
		}
		if list := ok[[]sales.Message](t)(tx.MessagesByHeader(ctx, ws, []string{x.In.HeaderID, x.Out.HeaderID})); len(list) != 3 {
			t.Errorf("%d messages by header", len(list))
		}
		list, err := tx.MessagesByHeader(ctx, ws, make([]string, 500))
		no(t, len(list) > 0)
		if list, err := tx.MessagesByHeader(ctx, ws, nil); len(list) != 0 || err != nil {
			t.Error(list, err)
		}
		return err
	})
	if list := ok[[]sales.Message](t)(s.MessagesIn(ctx, ws, x.Thread.ID)); len(list) != 2 || list[0].ID != x.Out.ID {
		t.Errorf("the oldest first: %+v", list)
	}
	if list := ok[[]sales.Message](t)(s.MessagesIn(ctx, ws, 0)); len(list) != 0 {
		t.Errorf("no thread is no thread: %+v", list)
	}
	if list := ok[[]sales.Message](t)(s.MessagesOf(ctx, ws, x.People[0].ID, 1)); len(list) != 1 || list[0].ID != x.In.ID {
		t.Errorf("the newest first: %+v", list)
	}
	if list := ok[[]sales.Message](t)(s.MessagesOf(ctx, ws, 0, 9)); len(list) != 0 {
		t.Errorf("nobody's: %+v", list)
	}
	if list := ok[[]sales.Message](t)(s.IncomingAfter(ctx, ws, x.In.ID, 9)); len(list) != 2 || list[0].PersonID != 0 || list[1].ID != elsewhere.ID {
		t.Errorf("%+v", list)
	}
	v := sales.Verdict{Kind: sales.KindAutoReply, Confidence: 1, Until: wait(99), Recipients: []sales.ReportedRecipient{{Address: "a@x.example", Status: "5.1.1"}}}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SetMessagePerson(ctx, ws, x.In.ID, x.People[1].ID, x.Thread.ID, "by hand"); err != nil {
			return err
		}
		return tx.SaveVerdict(ctx, ws, x.In.ID, v)
	})
	got := ok[sales.Message](t)(s.LastIncoming(ctx, ws, x.Thread.ID))
	if !reflect.DeepEqual(got.Verdict, v) || got.PersonID != x.People[1].ID || got.Matched != "by hand" {
		t.Errorf("%+v", got)
	}
	counts := ok[[]store.VerdictCount](t)(s.VerdictCounts(ctx, ws))
	if len(counts) != 3 {
		t.Errorf("%+v", counts)
	}
	head := ok[map[sales.ID]store.MessageHead](t)(s.MessageHeads(ctx, ws, []sales.ID{x.In.ID}))[x.In.ID]
	if head.Text != x.In.Text || head.From != x.In.From || !head.At.Equal(x.In.ArrivedAt) || !reflect.DeepEqual(head.Verdict, v) {
		t.Errorf("%+v", head)
	}
	if len(ok[map[sales.ID]sales.Message](t)(s.MessagesByID(ctx, ws, []sales.ID{x.In.ID, x.In.ID, 0, x.Out.ID, 9}))) != 2 {
		t.Error("two of them exist")
	}
}

// testMatching: the person at a company with the newest thread of a subject.
func testMatching(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws, mb := t.Context(), x.Workspace.ID, x.Mailbox.ID
	long := strings.Repeat("a very long subject ", 100)
	threads := []sales.Thread{
		{PersonID: x.People[1].ID, Subject: "A QUESTION", LastAt: wait(5)},
		{PersonID: x.People[2].ID, Subject: "50%_off!", LastAt: wait(1)},
		{PersonID: x.People[2].ID, Subject: long + "one", LastAt: wait(1)},
		{PersonID: x.People[3].ID, Subject: long + "two", LastAt: wait(2)},
	}
	for i := range threads {
		threads[i].WorkspaceID, threads[i].ID, threads[i].MailboxID = ws, s.NewID(), mb
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertThread(ctx, threads[i]) })
	}
	for _, c := range []struct {
		domain, subject string
		mailbox         sales.ID
		want            int // index of the person, -1 is none
	}{
		{"brightwater.example", "a question", mb, 1}, {"brightwater.example", "50%_off!", mb, 2}, {"brightwater.example", "50xxoff!", mb, -1},
		{"brightwater.example", long + "ONE", mb, 2}, {"brightwater.example", long + "two", mb, 3}, {"brightwater.example", long, mb, -1},
		{"water.example", "a question", mb, -1}, {"%", "a question", mb, -1}, {"brightwater_example", "a question", mb, -1},
		{"", "a question", mb, -1}, {"brightwater.example", "", mb, -1}, {"brightwater.example", "a question", 1, -1},
	} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, err := tx.SubjectThreads(ctx, ws, c.mailbox, c.subject, c.domain, "", 1)
			if c.want < 0 && len(list) > 0 || c.want >= 0 && (len(list) != 1 || list[0].Person.ID != x.People[c.want].ID || list[0].PersonID != x.People[c.want].ID) {
				t.Errorf("%s %.30q: %+v", c.domain, c.subject, list)
			}
			return err
		})
	}
	_ = ctx
}

func testInbox(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	var want []sales.ID
	for i := range 5 { // two pairs came in the same moment
		th := sales.Thread{WorkspaceID: ws, ID: s.NewID(), PersonID: x.People[i%4].ID, MailboxID: x.Mailbox.ID, Subject: fmt.Sprint(i)}
		m := x.In
		m.ID, m.ThreadID, m.HeaderID, m.ArrivedAt, m.PersonID = s.NewID(), th.ID, fmt.Sprintf("%d@x.example", i), wait(float64(10+i/2)), th.PersonID
		if i == 4 {
			m.Verdict = sales.Verdict{Kind: sales.KindAutoReply}
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.ContinueThread(ctx, th, Now); err != nil {
				return err
			}
			if _, err := tx.InsertMessage(ctx, m); err != nil {
				return err
			}
			return tx.TouchThread(ctx, m)
		})
		want = append([]sales.ID{th.ID}, want...)
	}
	want = append(want, x.Thread.ID)
	var got, lines []sales.ID
	for after := ""; ; {
		list, next, err := s.Inbox(ctx, x.Viewer(), store.Page{After: after, Limit: 2})
		if err != nil || len(list) > 2 {
			t.Fatal(list, err)
		}
		for _, l := range list {
			got = append(got, l.ID)
			if l.Person.ID != l.PersonID || l.LastInAt.IsZero() {
				t.Errorf("%+v", l)
			}
		}
		if after = next; next == "" {
			break
		}
	}
	for after := ""; ; {
		list, next, err := s.InboxLines(ctx, x.Viewer(), store.InboxAll, store.Page{After: after, Limit: 4})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list {
			lines = append(lines, l.ID)
			if l.Last.ThreadID != l.ID || l.Last.Text != x.In.Text {
				t.Errorf("%+v", l)
			}
		}
		if after = next; next == "" {
			break
		}
	}
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(lines, want) {
		t.Errorf("have %v\nand  %v\nwant %v", got, lines, want)
	}
	for kind, n := range map[store.InboxKind]int{store.InboxPeople: 5, store.InboxAutomatic: 1} {
		if list, _, err := s.InboxLines(ctx, x.Viewer(), kind, store.Page{}); len(list) != n || err != nil {
			t.Error(kind, len(list), err)
		}
	}
	findsThreads(t, s, x, want)
	for _, junk := range []string{"x", "1", "1.", ".1", "9e9.1", "1.2.3", "'; DROP TABLE threads; --"} {
		if list, _, err := s.Inbox(ctx, x.Viewer(), store.Page{After: junk}); len(list) != 6 || err != nil {
			t.Errorf("after %q: %d %v", junk, len(list), err)
		}
	}
	out := x.Out
	out.ArrivedAt, out.ThreadID, out.HeaderID = wait(50), want[5], "newest@x.example"
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.TouchThread(ctx, out) })
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.TouchThread(ctx, sales.Message{WorkspaceID: ws})
	})
	if th := ok[sales.Thread](t)(s.Thread(ctx, ws, want[5])); !th.LastAt.Equal(wait(50)) || th.LastHeader != "newest@x.example" {
		t.Errorf("%+v", th)
	}
	if list, _, _ := s.Inbox(ctx, x.Viewer(), store.Page{Limit: 1}); list[0].ID != want[0] {
		t.Error("what we wrote moved the inbox")
	}
	// An answer that came while a mail was on its way stays what is answered next.
	for _, c := range []struct {
		began time.Time
		want  string
	}{{wait(1), "newest@x.example"}, {wait(1.5), "slow@x.example"}} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			th := x.Thread
			th.LastAt, th.LastHeader = wait(2), "slow@x.example"
			if err := tx.ContinueThread(ctx, th, c.began); err != nil {
				return err
			}
			th.Subject = "another"
			return tx.InsertThread(ctx, th) // it is there: nothing happens
		})
		if th := ok[sales.Thread](t)(s.Thread(ctx, ws, x.Thread.ID)); th.LastHeader != c.want || th.Subject != x.Thread.Subject || !th.LastAt.Equal(wait(2)) {
			t.Errorf("%+v", th)
		}
	}
	if n := ok[int](t)(s.HeardSince(ctx, x.Viewer(), wait(10))); n != 3 {
		t.Error(n)
	}
}

// noise is text that does not compress, longer than an index entry may be.
func noise(t testing.TB, n int) string {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	return strings.ToValidUTF8(fmt.Sprintf("%x", b), "")
}

// testHostile: what strangers may send is kept, however long and odd.
func testHostile(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	for i, subject := range []string{"", noise(t, 100_000), strings.Repeat("ß", 50_000), "\x00\xff\xfe", "'; DROP TABLE people; --", "\u202e\u202e", strings.Repeat("?", 3000)} {
		m := x.In
		m.ID, m.HeaderID, m.Subject, m.Text, m.FromName, m.ThreadID = s.NewID(), fmt.Sprintf("%d-%s", i, noise(t, 490)), subject, subject, subject, s.NewID()
		m.RawID, m.Verdict.Reasons, m.Verdict.Referred = s.NewID(), []string{subject}, subject
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: ws, ID: m.ThreadID, PersonID: m.PersonID, MailboxID: m.MailboxID, Subject: subject, LastHeader: m.HeaderID}); err != nil {
				return err
			}
			if err := tx.InsertRaw(ctx, ws, m.RawID, []byte(subject)); err != nil {
				return err
			}
			fresh, err := tx.InsertMessage(ctx, m)
			no(t, !fresh)
			return err
		})
		got := ok[sales.Message](t)(s.MessageAny(ctx, ws, m.ID))
		clean := strings.ReplaceAll(strings.ToValidUTF8(subject, "\uFFFD"), "\x00", "")
		if got.Subject != clean || got.Text != clean || got.HeaderID != m.HeaderID {
			t.Errorf("%.40q came back as %.40q", subject, got.Subject)
		}
		if raw := ok[[]byte](t)(s.Raw(ctx, ws, m.RawID)); string(raw) != subject {
			t.Errorf("the bytes of %.40q changed", subject)
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.SubjectThreads(ctx, ws, m.MailboxID, clean, "brightwater.example", clean, 5)
			return err
		})
		if _, _, err := s.People(ctx, x.Viewer(), store.PeopleFilter{Search: subject}, store.Page{After: subject}); err != nil {
			t.Errorf("search for %.40q: %v", subject, err)
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertAccount(ctx, sales.Account{WorkspaceID: ws, ID: s.NewID(), Name: subject, CreatedAt: Now})
		})
	}
	if _, _, err := s.People(ctx, x.Viewer(), store.PeopleFilter{Search: strings.Repeat("a b ", 10_000)}, store.Page{}); err != nil {
		t.Error("ten thousand words:", err)
	}
}
