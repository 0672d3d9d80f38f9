//go:build servers

package testserver_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"testing"

	"ninetyten/internal/testserver"
)

// TestDovecot logs in over TLS and sees a delivered mail.
func TestDovecot(t *testing.T) {
	d := testserver.Dovecot(t, "ann")
	d.Deliver(t, "ann", "INBOX", 3, func(n int) []byte { return fmt.Appendf(nil, "Subject: %d\n\nhello\n", n) })
	c, err := tls.Dial("tcp", net.JoinHostPort(d.Host, fmt.Sprint(d.TLSPort)), &tls.Config{RootCAs: d.Roots})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := fmt.Fprintf(c, "a LOGIN ann %q\r\nb EXAMINE INBOX\r\nc LOGOUT\r\n", testserver.DovecotPassword("ann")); err != nil {
		t.Fatal(err)
	}
	seen := false
	for sc := bufio.NewScanner(c); sc.Scan(); {
		seen = seen || strings.HasPrefix(sc.Text(), "* 3 EXISTS")
	}
	if !seen {
		t.Fatalf("three mails were delivered, and not seen\n%s", d.Log())
	}
}
