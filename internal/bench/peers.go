package bench

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/sink"
)

// bareLoop sends mails of the same size over the same pool without anything of
// ours around it, and gives the rate.
func bareLoop(ctx context.Context, o Options) (float64, error) {
	sk, err := sink.New(sink.Options{})
	if err != nil {
		return 0, err
	}
	defer func() { _ = sk.Close() }()
	host, port, _ := net.SplitHostPort(sk.Addr())
	n, _ := strconv.Atoi(port)
	pool := outbound.New(outbound.Options{MaxConns: o.Conns})
	defer pool.Close()
	mb := sales.Mailbox{ID: 1, SMTP: sales.Server{Host: host, Port: n, Security: sales.SecurityNone}}
	body := strings.Repeat("who notices first when a plan breaks?\r\n", o.Size/39)
	next := make(chan int)
	errs := make(chan error, o.Conns)
	began := time.Now()
	for range o.Conns {
		go func() {
			var err error
			for i := range next {
				raw := fmt.Sprintf("From: a@bench.example\r\nTo: b@buyer.example\r\nSubject: x\r\nMessage-ID: <%d@bench.example>\r\n\r\n%s", i, body)
				if _, e := pool.Send(ctx, mb, outbound.Envelope{From: "a@bench.example", To: "b@buyer.example", Raw: []byte(raw)}); e != nil {
					err = e
				}
			}
			errs <- err
		}()
	}
	for i := range o.N {
		next <- i
	}
	close(next)
	for range o.Conns {
		if err := <-errs; err != nil {
			return 0, err
		}
	}
	return float64(o.N) / time.Since(began).Seconds(), nil
}

// smtpSource runs Postfix's load generator against our sink, or against
// Postfix's own, with o.Conns sessions, and gives the rate.
func smtpSource(ctx context.Context, o Options, theirSink bool) (float64, bool) {
	source, ok := postfixTool("smtp-source")
	if !ok {
		return 0, false
	}
	addr, stop, ok := sinkFor(ctx, theirSink)
	if !ok {
		return 0, false
	}
	defer stop()
	began := time.Now()
	cmd := exec.CommandContext(ctx, source, "-d", "-s", strconv.Itoa(o.Conns), "-l", strconv.Itoa(o.Size), "-m", strconv.Itoa(o.N), "-f", "a@bench.example", "-t", "b@buyer.example", addr) //nolint:gosec // found by name
	out, err := cmd.CombinedOutput()
	took := time.Since(began)
	if err != nil || regexp.MustCompile("fatal").Match(out) {
		return 0, false
	}
	return float64(o.N) / took.Seconds(), true
}

// postfixTool finds a program of Postfix.
func postfixTool(name string) (string, bool) {
	if path, err := exec.LookPath(name); err == nil {
		return path, true
	}
	path := "/usr/sbin/" + name
	return path, exists(path)
}

// sinkFor starts a server that takes every mail: ours, or smtp-sink.
func sinkFor(ctx context.Context, theirs bool) (addr string, stop func(), ok bool) {
	if !theirs {
		sk, err := sink.New(sink.Options{NoIDs: true})
		if err != nil {
			return "", nil, false
		}
		return sk.Addr(), func() { _ = sk.Close() }, true
	}
	path, ok := postfixTool("smtp-sink")
	if !ok {
		return "", nil, false
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once
	if err != nil {
		return "", nil, false
	}
	addr = l.Addr().String()
	_ = l.Close()                                            // smtp-sink takes the port
	cmd := exec.CommandContext(ctx, path, "-c", addr, "256") //nolint:gosec // found by name
	cred, err := notRoot()
	if err != nil {
		return "", nil, false
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred}
	if err := cmd.Start(); err != nil {
		return "", nil, false
	}
	stop = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() } // it has no state
	if err := answers(ctx, addr); err != nil {
		stop()
		return "", nil, false
	}
	return addr, stop, true
}

// answers waits until somebody accepts connections.
func answers(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var d net.Dialer
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		c, err := d.DialContext(ctx, "tcp", addr)
		if err == nil {
			return c.Close()
		}
		select {
		case <-ctx.Done():
			return err
		case <-tick.C:
		}
	}
}
