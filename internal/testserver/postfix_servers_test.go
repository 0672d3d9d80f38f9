//go:build servers

package testserver_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/testserver"
)

// TestPostfix sends a mail after a login, which Dovecot then has.
func TestPostfix(t *testing.T) {
	d := testserver.Dovecot(t, "ann", "bob")
	p := testserver.Postfix(t, d, "ann", "bob")
	c, err := smtp.Dial(net.JoinHostPort(p.Host, fmt.Sprint(p.Port)))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.StartTLS(&tls.Config{ServerName: p.Host, RootCAs: p.Roots}); err != nil {
		t.Fatal(err)
	}
	if err := c.Auth(smtp.PlainAuth("", "ann", testserver.DovecotPassword("ann"), p.Host)); err != nil {
		t.Fatalf("%v\n%s\n%s", err, p.Log(), d.Log())
	}
	if err := c.Mail("ann@practice.example"); err != nil {
		t.Fatal(err)
	}
	if err := c.Rcpt("nobody@practice.example"); err == nil || !strings.Contains(err.Error(), "5.1.1") {
		t.Errorf("an unknown name gave %v, want a refusal with 5.1.1", err)
	}
	if err := c.Rcpt("bob@practice.example"); err != nil {
		t.Fatal(err)
	}
	w, err := c.Data()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("Subject: hello\r\n\r\nhi\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for tick := time.NewTicker(20 * time.Millisecond); len(d.Files(t, "bob", "INBOX")) == 0; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("the mail did not arrive\n%s", p.Log())
		}
	}
}
