package mailhost

import (
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// try sends one mail on a new connection.
func try(h *Host) error {
	c, err := smtp.Dial(h.SMTPAddr())
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Auth(sasl.NewPlainClient("", ada, secret)); err != nil {
		return err
	}
	return c.SendMail(ada, []string{"bob@buyer.example"}, strings.NewReader("Subject: x\r\n\r\n"+strings.Repeat("a line of text\r\n", 500)))
}

func TestFaultsAtEveryStage(t *testing.T) {
	for _, stage := range []Stage{StageConnect, StageHello, StageAuth, StageMail, StageRcpt, StageData, StageBody, StageDone, StageTaken} {
		for _, code := range []int{451, 550} {
			t.Run(string(stage), func(t *testing.T) {
				h := start(t, Options{})
				var took atomic.Int32
				h.OnSubmission(func(Submission) { took.Add(1) })
				struck, remove := h.FailNext(stage, "", 1, Fault{Code: code, Text: "planted here"})
				defer remove()
				err := try(h)
				var se *smtp.SMTPError
				if !errors.As(err, &se) || se.Code != code || !strings.Contains(se.Message, "planted here") {
					t.Fatalf("%v", err)
				}
				if want := stage == StageTaken; (took.Load() == 1) != want || struck() != 1 {
					t.Fatal("taken:", took.Load(), "struck:", struck())
				}
				if err := try(h); err != nil {
					t.Fatal("only once was planted:", err)
				}
			})
		}
		t.Run(string(stage)+" dropped", func(t *testing.T) {
			h := start(t, Options{})
			var took atomic.Int32
			h.OnSubmission(func(Submission) { took.Add(1) })
			_, remove := h.FailNext(stage, "", 1, Fault{Drop: true})
			defer remove()
			err := try(h)
			var se *smtp.SMTPError
			if err == nil || errors.As(err, &se) {
				t.Fatalf("an answer came: %v", err)
			}
			if want := stage == StageTaken; (took.Load() == 1) != want {
				t.Fatal("taken:", took.Load())
			}
			if err := try(h); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// After a refused DATA the same connection goes on.
func TestConnectionLivesAfterRefusedData(t *testing.T) {
	h := start(t, Options{})
	_, remove := h.FailNext(StageData, "", 1, Fault{Code: 452})
	defer remove()
	c := dialSMTP(t, h)
	send := func() error {
		return c.SendMail(ada, []string{"bob@buyer.example"}, strings.NewReader("Subject: x\r\n\r\ny\r\n"))
	}
	if err := send(); err == nil {
		t.Fatal("taken")
	}
	if err := c.Reset(); err != nil {
		t.Fatal(err)
	}
	if err := send(); err != nil {
		t.Fatal(err)
	}
}

func TestOneRecipientOfTwo(t *testing.T) {
	h := start(t, Options{})
	var got Submission
	h.OnSubmission(func(s Submission) { got = s })
	defer h.AddFault(func(t Try) *Fault {
		if t.Stage == StageRcpt && t.Rcpt == "gone@buyer.example" {
			return &Fault{Code: 550, Enhanced: [3]int{5, 1, 1}}
		}
		return nil
	})()
	c := dialSMTP(t, h)
	if err := c.Mail(ada, nil); err != nil {
		t.Fatal(err)
	}
	var se *smtp.SMTPError
	if err := c.Rcpt("gone@buyer.example", nil); !errors.As(err, &se) || se.EnhancedCode != (smtp.EnhancedCode{5, 1, 1}) {
		t.Fatal(err)
	}
	if err := c.Rcpt("bob@buyer.example", nil); err != nil {
		t.Fatal(err)
	}
	w, err := c.Data()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("Subject: x\r\n\r\ny\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if len(got.Rcpt) != 1 || got.Rcpt[0] != "bob@buyer.example" {
		t.Fatal(got.Rcpt)
	}
}

func TestHangEndsWhenTheFaultIsRemoved(t *testing.T) {
	h := start(t, Options{})
	asked := make(chan struct{}, 1)
	remove := h.AddFault(func(t Try) *Fault {
		if t.Stage != StageDone {
			return nil
		}
		asked <- struct{}{}
		return &Fault{Hang: true}
	})
	done := make(chan error, 1)
	go func() { done <- try(h) }()
	<-asked
	select {
	case err := <-done:
		t.Fatal("it answered:", err)
	case <-time.After(30 * time.Millisecond):
	}
	remove()
	if err := <-done; err == nil {
		t.Fatal("taken after a hang")
	}
	remove()
}

func TestCloseFreesWhatHangs(t *testing.T) {
	h := start(t, Options{})
	asked := make(chan struct{}, 1)
	h.AddFault(func(t Try) *Fault { asked <- struct{}{}; return &Fault{Hang: true} })
	done := make(chan error, 1)
	go func() { done <- try(h) }()
	<-asked
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err == nil {
		t.Fatal("sent")
	}
}

func TestTLS(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		name   string
		until  time.Time
		wantOK bool
	}{{"good", now.Add(time.Hour), true}, {"expired", now.Add(-time.Minute), false}} {
		t.Run(c.name, func(t *testing.T) {
			conf, pool, err := SelfSigned(now.Add(-time.Hour), c.until)
			if err != nil {
				t.Fatal(err)
			}
			h := start(t, Options{TLS: conf, RequireTLS: true})
			client := &tls.Config{RootCAs: pool, ServerName: "localhost"}
			check := func(what string, err error) {
				t.Helper()
				if (err == nil) != c.wantOK {
					t.Errorf("%s: %v", what, err)
				}
			}
			sc, err := smtp.DialStartTLS(h.SMTPAddr(), client)
			if err == nil {
				err = sc.Noop() // the handshake happens with the first words
			}
			check("SMTP STARTTLS", err)
			sc, err = smtp.DialTLS(h.SMTPSAddr(), client)
			if err == nil {
				err = sc.Noop()
			}
			check("SMTP TLS", err)
			if c.wantOK {
				if err := sc.Auth(sasl.NewPlainClient("", ada, secret)); err != nil {
					t.Error(err)
				}
			}
			ic, err := imapclient.DialStartTLS(h.IMAPAddr(), &imapclient.Options{TLSConfig: client})
			check("IMAP STARTTLS", err)
			if err == nil {
				check("IMAP login", ic.Login(ada, secret).Wait())
			}
			_, err = imapclient.DialTLS(h.IMAPSAddr(), &imapclient.Options{TLSConfig: client})
			check("IMAP TLS", err)
			plain, err := imapclient.DialInsecure(h.IMAPAddr(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer plain.Close()
			if err := plain.Login(ada, secret).Wait(); err == nil {
				t.Error("logged in without TLS")
			}
		})
	}
}

func TestPortsAreOnLoopback(t *testing.T) {
	h := start(t, Options{})
	for _, a := range []string{h.SMTPAddr(), h.IMAPAddr()} {
		host, _, err := net.SplitHostPort(a)
		if err != nil || !net.ParseIP(host).IsLoopback() {
			t.Error(a, err)
		}
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
}
