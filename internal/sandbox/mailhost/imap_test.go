package mailhost

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/google/go-cmp/cmp"
)

func uidsOf(t *testing.T, c *imapclient.Client, cr *imap.SearchCriteria) []imap.UID {
	t.Helper()
	d, err := c.UIDSearch(cr, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	return d.AllUIDs()
}

func TestSearch(t *testing.T) {
	h := start(t, Options{})
	deliver(t, h, "INBOX", letter("one@x.example", "first"), monday.AddDate(0, 0, -40))
	deliver(t, h, "INBOX", letter("two@x.example", "second"), monday.AddDate(0, 0, -1))
	deliver(t, h, "INBOX", letter("TWO@x.example", "=?utf-8?q?zweite_Gr=C3=BC=C3=9Fe?="), monday)
	deliver(t, h, "INBOX", []byte("Subject: no id\n\nbare lines and HELLO\n"), monday)
	c := dialIMAP(t, h, nil)
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	header := func(k, v string) *imap.SearchCriteria {
		return &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: k, Value: v}}}
	}
	for _, x := range []struct {
		name string
		cr   *imap.SearchCriteria
		want []imap.UID
	}{
		{"all", &imap.SearchCriteria{}, []imap.UID{1, 2, 3, 4}},
		{"since the day before", &imap.SearchCriteria{Since: monday.AddDate(0, 0, -1)}, []imap.UID{2, 3, 4}},
		{"since 30 days", &imap.SearchCriteria{Since: monday.AddDate(0, 0, -30)}, []imap.UID{2, 3, 4}},
		{"before", &imap.SearchCriteria{Before: monday.AddDate(0, 0, -1)}, []imap.UID{1}},
		{"whole Message-ID", header("Message-ID", "<one@x.example>"), []imap.UID{1}},
		{"Message-ID in any case", header("message-id", "<two@X.example>"), []imap.UID{2, 3}},
		{"piece of a Message-ID", header("Message-ID", "two@x"), []imap.UID{2, 3}},
		{"no such Message-ID", header("Message-ID", "<three@x.example>"), nil},
		{"has a Message-ID", header("Message-ID", ""), []imap.UID{1, 2, 3}},
		{"encoded subject", header("Subject", "grüße"), []imap.UID{3}},
		{"body", &imap.SearchCriteria{Body: []string{"hello"}}, []imap.UID{1, 2, 3, 4}},
		{"text", &imap.SearchCriteria{Text: []string{"no id"}}, []imap.UID{4}},
		{"UID range", &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: 3, Stop: 0}}}}, []imap.UID{3, 4}},
		{"UID beyond the last", &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: 9, Stop: 0}}}}, []imap.UID{4}},
		{"not", &imap.SearchCriteria{Not: []imap.SearchCriteria{*header("Subject", "first")}}, []imap.UID{2, 3, 4}},
		{"or", &imap.SearchCriteria{Or: [][2]imap.SearchCriteria{{*header("Subject", "first"), *header("Subject", "second")}}}, []imap.UID{1, 2}},
		{"unseen", &imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}}, []imap.UID{1, 2, 3, 4}},
		{"seen", &imap.SearchCriteria{Flag: []imap.Flag{imap.FlagSeen}}, nil},
		{"larger", &imap.SearchCriteria{Larger: 60}, []imap.UID{1, 2, 3}},
	} {
		if d := cmp.Diff(x.want, uidsOf(t, c, x.cr)); d != "" {
			t.Errorf("%s: %s", x.name, d)
		}
	}
}

func TestAppendListStatus(t *testing.T) {
	h := start(t, Options{Clock: fixed(monday)})
	c := dialIMAP(t, h, nil)
	add := func(folder string, o *imap.AppendOptions) imap.UID {
		t.Helper()
		raw := letter("a@x.example", "kept")
		cmd := c.Append(folder, int64(len(raw)), o)
		if _, err := cmd.Write(raw); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Close(); err != nil {
			t.Fatal(err)
		}
		d, err := cmd.Wait()
		if err != nil {
			t.Fatal(err)
		}
		return d.UID
	}
	if uid := add("Sent", &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}}); uid != 1 {
		t.Fatal(uid)
	}
	day := monday.AddDate(0, 0, -3)
	add("Sent", &imap.AppendOptions{Time: day})
	got := h.Messages(ada, "Sent")
	if !got[0].At.Equal(monday) || !got[1].At.Equal(day) || got[0].Flags[0] != `\Seen` {
		t.Fatalf("%+v", got)
	}
	st, err := c.Status("Sent", &imap.StatusOptions{NumMessages: true, UIDNext: true, UIDValidity: true, NumUnseen: true}).Wait()
	if err != nil || *st.NumMessages != 2 || *st.NumUnseen != 1 || st.UIDNext != 3 || st.UIDValidity == 0 {
		t.Fatalf("%+v %v", st, err)
	}
	list, err := c.List("", "*", &imap.ListOptions{ReturnSpecialUse: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	use := map[string]string{}
	for _, l := range list {
		use[l.Mailbox] = fmt.Sprint(l.Attrs)
	}
	if use["Sent"] != `[\Sent]` || use["Junk"] != `[\Junk]` || use["INBOX"] != "[]" || len(use) != 6 {
		t.Fatal(use)
	}
	var ie *imap.Error
	if _, err := c.Select("Nowhere", nil).Wait(); !errors.As(err, &ie) || ie.Code != imap.ResponseCodeNonExistent {
		t.Fatal(err)
	}
	h.AddUser("eva@seller.example", "x", Folder{"Gesendet", imap.MailboxAttrSent})
	if h.Count("eva@seller.example", "Gesendet") != 0 || h.Messages("eva@seller.example", "Sent") != nil || h.Messages("eva@seller.example", "INBOX") == nil {
		t.Fatal("own folders")
	}
}

type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

// Two clients on one folder: what one does, the other is told, and sequence
// numbers mean to each what it was told.
func TestTwoClients(t *testing.T) {
	h := start(t, Options{})
	for i := range 5 {
		deliver(t, h, "INBOX", letter(fmt.Sprint(i, "@x.example"), "x"), monday)
	}
	var expunged []uint32
	a := dialIMAP(t, h, nil)
	b := dialIMAP(t, h, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{Expunge: func(n uint32) { expunged = append(expunged, n) }}})
	for _, c := range []*imapclient.Client{a, b} {
		if _, err := c.Select("INBOX", nil).Wait(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Store(imap.UIDSetNum(2, 4), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Collect(); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Expunge().Collect(); err != nil {
		t.Fatal(err)
	}
	deliver(t, h, "INBOX", letter("new@x.example", "x"), monday)
	// b was not told yet: its number 5 is still UID 5.
	got, err := b.Fetch(imap.SeqSetNum(5), &imap.FetchOptions{UID: true}).Collect()
	if err != nil || len(got) != 1 || got[0].UID != 5 {
		t.Fatal(got, err)
	}
	if err := b.Noop().Wait(); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]uint32{4, 2}, expunged); d != "" {
		t.Fatal(d)
	}
	got, err = b.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true}).Collect()
	if err != nil || len(got) != 4 || got[1].UID != 3 || got[3].UID != 6 {
		t.Fatal(got, err)
	}
	if _, err := b.Move(imap.UIDSetNum(6), "Archive").Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Copy(imap.UIDSetNum(5), "Archive").Wait(); err != nil {
		t.Fatal(err)
	}
	if h.Count(ada, "Archive") != 2 || h.Count(ada, "INBOX") != 3 {
		t.Fatal(h.Count(ada, "Archive"), h.Count(ada, "INBOX"))
	}
}

func TestFiftyThousandMessages(t *testing.T) {
	h := start(t, Options{})
	const n = 50_000
	began := time.Now()
	for i := range n {
		deliver(t, h, "INBOX", letter(fmt.Sprint("big", i, "@x.example"), "old news"), monday.Add(time.Duration(i-n)*10*time.Minute))
	}
	c := dialIMAP(t, h, nil)
	step := func(what string, limit time.Duration, f func() error) {
		t.Helper()
		began := time.Now()
		if err := f(); err != nil {
			t.Fatal(what, err)
		}
		took := time.Since(began)
		t.Logf("%-32s %v", what, took)
		if took > limit {
			t.Errorf("%s took %v", what, took)
		}
	}
	t.Logf("%-32s %v", "deliver", time.Since(began))
	step("select", time.Minute, func() error { _, err := c.Select("INBOX", nil).Wait(); return err })
	step("search SINCE 30 days", time.Minute, func() error {
		if got := len(uidsOf(t, c, &imap.SearchCriteria{Since: monday.AddDate(0, 0, -30)})); got != 30*144+48 {
			return fmt.Errorf("%d messages", got)
		}
		return nil
	})
	step("search HEADER Message-ID", time.Minute, func() error {
		if got := uidsOf(t, c, &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: "<big31415@x.example>"}}}); len(got) != 1 || got[0] != 31416 {
			return fmt.Errorf("%v", got)
		}
		return nil
	})
	step("search a piece of a Message-ID", time.Minute, func() error {
		if got := uidsOf(t, c, &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: "big31415"}}}); len(got) != 1 {
			return fmt.Errorf("%v", got)
		}
		return nil
	})
	section := &imap.FetchItemBodySection{Peek: true}
	step("fetch the last 1,000 whole", time.Minute, func() error {
		got, err := c.Fetch(imap.UIDSet{{Start: n - 999, Stop: 0}}, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}}).Collect()
		if len(got) != 1000 {
			return fmt.Errorf("%d %v", len(got), err)
		}
		return err
	})
	step("fetch what is new: nothing", time.Minute, func() error {
		got, err := c.Fetch(imap.UIDSet{{Start: n + 1, Stop: 0}}, &imap.FetchOptions{UID: true}).Collect()
		if len(got) != 0 { // the server gives the last one, for that is the star (RFC 9051); this client drops it
			return fmt.Errorf("%v %v", got, err)
		}
		return err
	})
	step("status", time.Minute, func() error {
		_, err := c.Status("Sent", &imap.StatusOptions{UIDNext: true}).Wait()
		return err
	})
}

func TestOutages(t *testing.T) {
	h := start(t, Options{})
	deliver(t, h, "INBOX", letter("1@x.example", "x"), monday)
	c := dialIMAP(t, h, nil)
	h.DropIMAP()
	if err := c.Noop().Wait(); err == nil {
		t.Fatal("still there")
	}
	h.RefuseIMAP(true)
	if c, err := imapclient.DialInsecure(h.IMAPAddr(), nil); err == nil {
		if err := c.WaitGreeting(); err == nil {
			t.Fatal("let in")
		}
		_ = c.Close()
	}
	h.RefuseIMAP(false)
	c = dialIMAP(t, h, nil)
	before := h.Messages(ada, "INBOX")[0].UID
	sel, err := c.Select("INBOX", nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	deliver(t, h, "INBOX", letter("2@x.example", "x"), monday)
	if err := h.Renumber(ada, "INBOX"); err != nil {
		t.Fatal(err)
	}
	c = dialIMAP(t, h, nil)
	again, err := c.Select("INBOX", nil).Wait()
	if err != nil || again.UIDValidity <= sel.UIDValidity || before != 1 || again.NumMessages != 2 {
		t.Fatal(again, err)
	}
	h.HangIMAP(true)
	answered := make(chan error, 1)
	go func() { answered <- c.Noop().Wait() }()
	select {
	case err := <-answered:
		t.Fatal("it answered:", err)
	case <-time.After(50 * time.Millisecond):
	}
	h.HangIMAP(false)
	if err := <-answered; err == nil {
		t.Fatal("a hung connection went on")
	}
}

// Many connections and deliveries at once, for the race detector.
func TestAtOnce(t *testing.T) {
	h := start(t, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const clients, each = 4, 50
	done := make(chan error, 2*clients)
	for i := range clients {
		go func() {
			for n := range each {
				if _, err := h.Deliver(ada, "INBOX", letter(fmt.Sprint(i, ".", n, "@x.example"), "x"), monday); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
		c := dialIMAP(t, h, nil)
		go func() {
			done <- func() error {
				if _, err := c.Select("INBOX", nil).Wait(); err != nil {
					return err
				}
				for ctx.Err() == nil {
					got, err := c.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true, BodySection: []*imap.FetchItemBodySection{{}}}).Collect()
					if err != nil {
						return err
					}
					if len(got) == clients*each {
						return nil
					}
					idle, err := c.Idle()
					if err != nil {
						return err
					}
					if err := idle.Close(); err != nil {
						return err
					}
					if err := idle.Wait(); err != nil {
						return err
					}
				}
				return ctx.Err()
			}()
		}()
	}
	for range 2 * clients {
		if err := <-done; err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
	}
	if st := h.Messages(ada, "INBOX"); len(st) != clients*each || !strings.Contains(string(st[0].Raw), "Message-ID") {
		t.Fatal(len(st))
	}
}
