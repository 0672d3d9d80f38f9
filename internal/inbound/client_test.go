package inbound_test

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"ninetyten/internal/inbound"
	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// dial connects a Client that is closed with t.
func dial(t *testing.T, mb sales.Mailbox, o inbound.Options) *inbound.Client {
	t.Helper()
	c, err := inbound.Dial(t.Context(), mb, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// TestAppendAndFind files a mail, in a folder that is made when missing, and
// finds it by its Message-ID.
func TestAppendAndFind(t *testing.T) {
	for _, sent := range []string{"Éléments envoyés", "-"} {
		t.Run(sent, func(t *testing.T) {
			m := newMemory(t, memoryOptions{sent: sent})
			c := dial(t, m.mailbox(), inbound.Options{})
			date := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
			for i := range 3 {
				if err := c.AppendSent(t.Context(), []byte(mail(i)), date); err != nil {
					t.Fatal(err)
				}
				for _, id := range []string{"<" + string(rune('0'+i)) + "@buyer.example>", string(rune('0'+i)) + "@buyer.example"} {
					if found, err := c.FindByMessageID(t.Context(), "", id); err != nil || !found {
						t.Errorf("%s: found %v, %v", id, found, err)
					}
				}
			}
			folder := sent
			if sent == "-" {
				folder = "Sent"
			}
			if n := m.unseen(t, folder); n != 0 {
				t.Errorf("%d of the filed mails are unread", n)
			}
			if found, err := c.FindByMessageID(t.Context(), "", "none@buyer.example"); err != nil || found {
				t.Errorf("found %v, %v", found, err)
			}
			if _, err := c.FindByMessageID(t.Context(), "", "<>"); err == nil {
				t.Error("an empty Message-ID was looked for")
			}
			if found, err := c.FindByMessageID(t.Context(), "No such folder", "1@buyer.example"); err == nil || found {
				t.Errorf("a folder that is not there: %v, %v", found, err)
			}
			if err := c.AppendSent(t.Context(), []byte(mail(9)), date); err != nil {
				t.Errorf("after a refusal: %v", err)
			}
		})
	}
}

// TestAppender files many mails over one login, also from many goroutines and
// after the connection died.
func TestAppender(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	a := inbound.NewAppender(inbound.Options{})
	defer a.Close()
	mb := m.mailbox()
	var wg sync.WaitGroup
	for g := range 5 {
		wg.Go(func() {
			for i := range 10 {
				if err := a.Append(t.Context(), mb, []byte(mail(100*g+i)), time.Now()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := m.logins.Load(); n != 1 {
		t.Errorf("%d logins for 50 mails, want 1", n)
	}
	m.drop()
	if err := a.Append(t.Context(), mb, []byte(mail(999)), time.Now()); err != nil {
		t.Fatal(err)
	}
	if found, err := a.FindSent(t.Context(), mb, inbound.Sought{HeaderID: "999@buyer.example"}); err != nil || !found {
		t.Errorf("found %v, %v", found, err)
	}
	st, err := m.user.Status("Sent", &imap.StatusOptions{NumMessages: true})
	if err != nil || *st.NumMessages != 51 {
		t.Errorf("%d mails filed (%v), want 51", *st.NumMessages, err)
	}
	a.Close()
	if err := a.Append(t.Context(), mb, []byte(mail(1)), time.Now()); err == nil {
		t.Error("a closed Appender files mail")
	}
}

// TestAppenderIdle closes what nobody uses.
func TestAppenderIdle(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	a := inbound.NewAppender(inbound.Options{IdleClose: time.Millisecond})
	defer a.Close()
	s := newStore()
	s.await(t, "a second login", func() bool {
		if err := a.Append(t.Context(), m.mailbox(), []byte(mail(1)), time.Now()); err != nil {
			t.Fatal(err)
		}
		return m.logins.Load() > 1
	})
}

// TestInWords: what is wrong with a mailbox is said in words that say what to do.
func TestInWords(t *testing.T) {
	certs := testserver.Certs(t)
	with := func(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }
	good := newMemory(t, memoryOptions{tls: with(certs.Good)})
	upgrade := newMemory(t, memoryOptions{start: with(certs.Good)})
	old := newMemory(t, memoryOptions{tls: with(certs.Expired)})
	oldUpgrade := newMemory(t, memoryOptions{start: with(certs.Expired)})
	plain := newMemory(t, memoryOptions{})
	at := func(m *memory, sec sales.Security) sales.Mailbox {
		mb := m.mailbox()
		mb.IMAP.Security = sec
		return mb
	}
	wrong := at(good, sales.SecurityTLS)
	wrong.IMAP.Password = "wrong"
	nowhere := at(plain, sales.SecurityTLS)
	nowhere.IMAP.Host = "no-such-host.invalid"
	away := at(plain, sales.SecurityNone)
	away.IMAP.Host = "192.0.2.1"
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := at(plain, sales.SecurityNone)
	refused.IMAP.Port = ln.Addr().(*net.TCPAddr).Port
	_ = ln.Close()
	o := inbound.Options{Roots: certs.Roots, DialTimeout: time.Minute}
	for _, tt := range []struct {
		name, want string
		mb         sales.Mailbox
		code       sales.Code
	}{
		{"wrong password", "does not accept the user name \"ann\" with this password", wrong, sales.Invalid},
		{"expired", "is expired", at(old, sales.SecurityTLS), sales.Unavailable},
		{"expired after STARTTLS", "is expired", at(oldUpgrade, sales.SecurityStartTLS), sales.Unavailable},
		{"no STARTTLS", "does not offer STARTTLS", at(plain, sales.SecurityStartTLS), sales.Invalid},
		{"TLS to a plain port", "does not speak TLS from the first byte", at(plain, sales.SecurityTLS), sales.Invalid},
		{"unknown host", "There is no incoming (IMAP) server", nowhere, sales.Invalid},
		{"refused", "refuses connections", refused, sales.Unavailable},
		{"plain to another machine", "must not go there unprotected", away, sales.Invalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := inbound.Dial(t.Context(), tt.mb, o)
			if x := said(t, err); x.Code != tt.code || !strings.Contains(x.Msg, tt.want) {
				t.Errorf("%v\nexplained as %q (%s)\nwant        %q (%s)", err, x.Msg, x.Code, tt.want, tt.code)
			}
		})
	}
	for _, mb := range []sales.Mailbox{at(good, sales.SecurityTLS), at(upgrade, sales.SecurityStartTLS)} {
		if _, err := dial(t, mb, o).Folders(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// delivery is an SMTP server that delivers into a memory.
type delivery struct {
	m      *memory
	folder string
	sent   bool // files a copy in Sent, as some providers do
}

func (d *delivery) start(t *testing.T) int {
	t.Helper()
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &deliverySession{d: d}, nil }))
	srv.AllowInsecureAuth = true
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { _ = srv.Serve(ln); close(done) }()
	t.Cleanup(func() { _ = srv.Close(); _ = ln.Close(); <-done })
	return ln.Addr().(*net.TCPAddr).Port
}

type deliverySession struct{ d *delivery }

func (*deliverySession) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *deliverySession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, pass string) error {
		if s.d.m.user.Login(user, pass) != nil {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "no"}
		}
		return nil
	}), nil
}
func (*deliverySession) Mail(string, *smtp.MailOptions) error { return nil }
func (*deliverySession) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (*deliverySession) Reset()                               {}
func (*deliverySession) Logout() error                        { return nil }
func (s *deliverySession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	folders := []string{s.d.folder}
	if s.d.sent {
		folders = append(folders, "Sent")
	}
	for _, f := range folders {
		if f == "" {
			continue
		}
		if _, err := s.d.m.user.Append(f, literal{bytes.NewReader(b)}, &imap.AppendOptions{}); err != nil {
			return err
		}
	}
	return nil
}

// TestProbe tries good and bad mailboxes out.
func TestProbe(t *testing.T) {
	pool := outbound.New(outbound.Options{})
	defer pool.Close()
	for _, tt := range []struct {
		name  string
		d     delivery
		bend  func(*sales.Mailbox)
		ok    bool
		steps int
		say   string // in the last step, or the one before
	}{
		{"good", delivery{folder: "INBOX"}, nil, true, 6, "It arrived."},
		{"files by itself", delivery{folder: "INBOX", sent: true}, nil, true, 6, "files sent mail by itself"},
		{"junk", delivery{folder: "Junk"}, nil, true, 6, "It arrived, but in \"Junk\""},
		{"wrong to send", delivery{folder: "INBOX"}, func(mb *sales.Mailbox) { mb.SMTP.Password = "wrong" }, false, 1, "with this password"},
		{"wrong to read", delivery{folder: "INBOX"}, func(mb *sales.Mailbox) { mb.IMAP.Password = "wrong" }, false, 2, "with this password"},
		{"no host", delivery{folder: "INBOX"}, func(mb *sales.Mailbox) { mb.SMTP.Host = "" }, false, 1, "needs a host name"},
		{"lost", delivery{}, nil, false, 5, "did not arrive"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMemory(t, memoryOptions{})
			tt.d.m = m
			mb := m.mailbox()
			mb.SMTP = sales.Server{Host: "localhost", Port: tt.d.start(t), Security: sales.SecurityNone, Username: "ann", Password: "right"}
			if tt.bend != nil {
				tt.bend(&mb)
			}
			ctx, cancel := contextFor(t, tt.name == "lost")
			defer cancel()
			rep := inbound.Probe(ctx, mb, pool, inbound.Options{})
			var all []string
			for i, s := range rep.Steps {
				if s.OK != (tt.ok || i < len(rep.Steps)-1) || s.Say == "" {
					t.Errorf("step %+v", s)
				}
				all = append(all, s.Say)
			}
			if rep.OK != tt.ok || len(rep.Steps) != tt.steps || !strings.Contains(strings.Join(all, "|"), tt.say) {
				t.Errorf("ok %v, %d steps: %q", rep.OK, len(rep.Steps), all)
			}
			if tt.ok && (rep.Sent != "Sent" || rep.Junk != "Junk" || !rep.Idle || rep.SavesSent != tt.d.sent) {
				t.Errorf("report %+v", rep)
			}
		})
	}
}
