package mailconn_test

import (
	"bufio"
	"context"
	"errors"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mailconn"
	"ninetyten/internal/sales"
)

// listen accepts one connection and gives it to serve.
func listen(t *testing.T, serve func(net.Conn)) sales.Server {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c, err := ln.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		serve(c)
	}()
	t.Cleanup(func() { _ = ln.Close(); <-done })
	return sales.Server{Host: "127.0.0.1", Port: ln.Addr().(*net.TCPAddr).Port, Security: sales.SecurityNone}
}

// TestWithin: a deadline never reaches beyond the bound of the context, and a
// canceled context ends a read that has no deadline.
func TestWithin(t *testing.T) {
	release := make(chan struct{})
	srv := listen(t, func(net.Conn) { <-release })
	defer close(release)
	c, err := mailconn.Dial(t.Context(), srv, mailconn.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Abort()
	if c.Protected() {
		t.Error("a plain connection says it is protected")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	done := c.Within(ctx)
	_ = c.SetDeadline(time.Now().Add(time.Hour))
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	done()
	ctx, stop := context.WithCancel(t.Context())
	done = c.Within(ctx)
	defer time.AfterFunc(20*time.Millisecond, stop).Stop()
	_ = c.SetDeadline(time.Time{})
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	_ = c.SetReadDeadline(time.Now().Add(time.Hour)) // it is over: no deadline brings it back
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	done()
}

// TestLines: ReadLine takes no byte behind its line, Replay comes first, and a
// line without an end is an error.
func TestLines(t *testing.T) {
	srv := listen(t, func(c net.Conn) {
		_, _ = c.Write([]byte("one\r\ntwo\nthree" + strings.Repeat("x", 10_000)))
	})
	c, err := mailconn.Dial(t.Context(), srv, mailconn.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Abort()
	if line, err := c.ReadLine(); line != "one" || err != nil {
		t.Errorf("got %q, %v", line, err)
	}
	c.Replay([]byte("zero\r\n"))
	for _, want := range []string{"zero", "two"} {
		if line, err := c.ReadLine(); line != want || err != nil {
			t.Errorf("got %q, %v; want %q", line, err, want)
		}
	}
	if _, err := c.ReadLine(); err == nil {
		t.Error("an endless line was read")
	}
	if b, err := bufio.NewReader(c).ReadByte(); b != 'x' || err != nil {
		t.Errorf("got %q, %v", b, err)
	}
}

// TestPlainOnlyHere: no unprotected connection to another machine is tried,
// and settings that mean nothing are refused.
func TestPlainOnlyHere(t *testing.T) {
	for host, sec := range map[string]sales.Security{"192.0.2.1": sales.SecurityNone, "::ffff:192.0.2.1": sales.SecurityNone, "127.0.0.1": "other"} {
		start := time.Now()
		_, err := mailconn.Dial(t.Context(), sales.Server{Host: host, Port: 9, Security: sec}, mailconn.Options{})
		var e *mailconn.Error
		if !errors.As(err, &e) || e.Op != mailconn.OpDial || (sec == sales.SecurityNone) != errors.Is(err, mailconn.ErrPlain) {
			t.Errorf("%s: got %v", host, err)
		}
		if time.Since(start) > 20*time.Second {
			t.Errorf("%s was tried", host)
		}
	}
	if x := mailconn.Explain(errors.New("something else"), sales.Server{}, "outgoing (SMTP)"); x != nil {
		t.Errorf("explained as %v", x)
	}
}
