package testserver

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

// TestProxy: what is said while it is cut arrives when it heals, or the
// connection is closed.
func TestProxy(t *testing.T) {
	echo, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer echo.Close()
	go func() {
		for {
			c, err := echo.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(c, c)
				_ = c.Close()
			}()
		}
	}()
	p := NewProxy(t, echo.Addr().String())
	c, err := net.Dial("tcp", p.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	hear := func(d time.Duration) (string, error) {
		_ = c.SetReadDeadline(time.Now().Add(d))
		b := make([]byte, 10)
		n, err := c.Read(b)
		return string(b[:n]), err
	}
	say := func(s string) {
		t.Helper()
		if _, err := io.WriteString(c, s); err != nil {
			t.Fatal(err)
		}
	}
	say("one")
	if s, err := hear(time.Minute); s != "one" || err != nil {
		t.Fatal(s, err)
	}
	p.Cut()
	say("two")
	if s, err := hear(100 * time.Millisecond); s != "" || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("cut, and %q came, %v", s, err)
	}
	p.Heal(false)
	if s, err := hear(time.Minute); s != "two" || err != nil {
		t.Error(s, err)
	}
	p.Cut()
	p.Heal(true)
	if s, err := hear(time.Minute); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("dropped, and %q came, %v", s, err)
	}
}
