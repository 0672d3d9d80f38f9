package mailhost

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

const (
	ada    = "ada@seller.example"
	secret = "correct horse"
)

func start(t testing.TB, opt Options) *Host {
	t.Helper()
	h, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	h.AddUser(ada, secret)
	return h
}

func dialIMAP(t testing.TB, h *Host, opt *imapclient.Options) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialInsecure(h.IMAPAddr(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Login(ada, secret).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

func letter(id, subject string) []byte {
	return []byte("From: bob@buyer.example\r\nTo: " + ada + "\r\nSubject: " + subject + "\r\nMessage-ID: <" + id + ">\r\n\r\nhello\r\n")
}

func deliver(t testing.TB, h *Host, folder string, raw []byte, at time.Time) uint32 {
	t.Helper()
	uid, err := h.Deliver(ada, folder, raw, at)
	if err != nil {
		t.Fatal(err)
	}
	return uid
}

func dialSMTP(t testing.TB, h *Host) *smtp.Client {
	t.Helper()
	c, err := smtp.Dial(h.SMTPAddr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Auth(sasl.NewPlainClient("", ada, secret)); err != nil {
		t.Fatal(err)
	}
	return c
}

var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func TestFetchGivesTheBytesAndTheDate(t *testing.T) {
	h := start(t, Options{})
	raw := []byte("no header at all\xff\r\nbroken: caf\xe9\r\nMessage-ID: <x@y.example>\r\n\r\nbody\r\n.dot\r\n")
	uid := deliver(t, h, "inbox", raw, monday)
	c := dialIMAP(t, h, nil)
	sel, err := c.Select("INBOX", nil).Wait()
	if err != nil || sel.NumMessages != 1 || sel.UIDNext != imap.UID(uid+1) || sel.UIDValidity == 0 {
		t.Fatalf("%+v %v", sel, err)
	}
	whole := &imap.FetchItemBodySection{Peek: true}
	head := &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"Message-ID"}}
	part := &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierText, Partial: &imap.SectionPartial{Offset: 2, Size: 4}}
	got, err := c.Fetch(imap.UIDSetNum(imap.UID(uid)), &imap.FetchOptions{
		UID: true, Flags: true, InternalDate: true, RFC822Size: true, Envelope: true, BodySection: []*imap.FetchItemBodySection{whole, head, part},
	}).Collect()
	if err != nil || len(got) != 1 {
		t.Fatal(len(got), err)
	}
	m := got[0]
	if string(m.FindBodySection(whole)) != string(raw) || !m.InternalDate.Equal(monday) || m.RFC822Size != int64(len(raw)) || len(m.Flags) != 0 {
		t.Fatalf("%q %v %d %v", m.FindBodySection(whole), m.InternalDate, m.RFC822Size, m.Flags)
	}
	if s := string(m.FindBodySection(head)); s != "Message-ID: <x@y.example>\r\n\r\n" {
		t.Fatalf("%q", s)
	}
	if s := string(m.FindBodySection(part)); s != "dy\r\n" {
		t.Fatalf("%q", s)
	}
	if fl := h.Messages(ada, "INBOX")[0].Flags; len(fl) != 0 {
		t.Fatal("peeking marked it", fl)
	}
	if _, err := c.Fetch(imap.UIDSetNum(imap.UID(uid)), &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{{}}}).Collect(); err != nil {
		t.Fatal(err)
	}
	if fl := h.Messages(ada, "INBOX")[0].Flags; len(fl) != 1 || fl[0] != `\Seen` {
		t.Fatal("reading did not mark it", fl)
	}
}

// Every connection that has the folder open hears of a mail within 100 ms,
// also when it comes at the very moment that IDLE begins.
func TestIdleTellsAtOnce(t *testing.T) {
	h := start(t, Options{})
	const clients, mails = 3, 20
	var mu sync.Mutex
	told := make([][]time.Time, clients)
	wake := make(chan struct{}, 1000)
	for i := range clients {
		c := dialIMAP(t, h, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages == nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			for len(told[i]) < int(*d.NumMessages) {
				told[i] = append(told[i], time.Now())
			}
			wake <- struct{}{}
		}}})
		if _, err := c.Select("INBOX", nil).Wait(); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			deliver(t, h, "INBOX", letter("early@x.example", "before IDLE"), monday)
		}
		idle, err := c.Idle()
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = idle.Close(); _ = idle.Wait() }()
	}
	// Clients after the first selected when the early mail was there already.
	sent := []time.Time{time.Now()}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	waitFor := func(n int) {
		for {
			mu.Lock()
			ok := true
			for i := range told {
				ok = ok && (len(told[i]) >= n || i > 0 && n == 1)
			}
			mu.Unlock()
			if ok {
				return
			}
			select {
			case <-wake:
			case <-ctx.Done():
				t.Fatalf("not told of mail %d: %v", n, told)
			}
		}
	}
	waitFor(1)
	for i := range mails {
		sent = append(sent, time.Now())
		deliver(t, h, "INBOX", letter(fmt.Sprint(i, "@x.example"), "news"), monday)
		waitFor(i + 2)
	}
	worst := time.Duration(0)
	for n := 1; n <= mails; n++ {
		for i := range told {
			worst = max(worst, told[i][n].Sub(sent[n]))
		}
	}
	t.Logf("worst of %d pushes to %d connections: %v", mails, clients, worst)
}

func TestSubmissionIsToldBeforeTheClientHearsOK(t *testing.T) {
	h := start(t, Options{})
	var mu sync.Mutex
	var got []Submission
	h.OnSubmission(func(s Submission) { mu.Lock(); got = append(got, s); mu.Unlock() })
	c := dialSMTP(t, h)
	for n := 1; n <= 50; n++ {
		if err := c.SendMail(ada, []string{"bob@buyer.example"}, strings.NewReader("Subject: x\r\n\r\n.dot\r\n")); err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		if len(got) != n {
			t.Fatalf("told of %d after %d", len(got), n)
		}
		mu.Unlock()
	}
	if s := got[0]; s.From != ada || s.User != ada || s.Rcpt[0] != "bob@buyer.example" || string(s.Raw) != "Subject: x\r\n\r\n.dot\r\n" || s.BeganWall.After(s.Wall) || s.At.IsZero() {
		t.Fatalf("%+v", s)
	}
	if err := c.SendMail(ada, []string{ada}, strings.NewReader("Subject: to myself\r\n\r\nhi\r\n")); err != nil {
		t.Fatal(err)
	}
	if h.Count(ada, "INBOX") != 1 {
		t.Fatal("a mail to oneself does not arrive")
	}
}

func TestLogins(t *testing.T) {
	h := start(t, Options{})
	c, err := smtp.Dial(h.SMTPAddr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var se *smtp.SMTPError
	if err := c.SendMail(ada, []string{"b@c.example"}, strings.NewReader("x")); !errors.As(err, &se) || se.Code != 530 {
		t.Fatal(err)
	}
	if err := c.Auth(sasl.NewPlainClient("", ada, "wrong")); !errors.As(err, &se) || se.Code != 535 {
		t.Fatal(err)
	}
	if err := c.Auth(sasl.NewLoginClient(ada, secret)); err != nil {
		t.Fatal(err)
	}
	ic, err := imapclient.DialInsecure(h.IMAPAddr(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ic.Close()
	var ie *imap.Error
	if err := ic.Login(ada, "wrong").Wait(); !errors.As(err, &ie) || ie.Code != imap.ResponseCodeAuthenticationFailed {
		t.Fatal(err)
	}
}
