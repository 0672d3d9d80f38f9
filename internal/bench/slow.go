package bench

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// slowServer is an SMTP server that takes every mail, each answer after a while,
// as one far away does. It knows PIPELINING: what was asked together is answered
// together.
type slowServer struct {
	l     net.Listener
	after time.Duration
	n     atomic.Int64
	wg    sync.WaitGroup
	mu    sync.Mutex
	conns map[net.Conn]bool
}

func newSlowServer(after time.Duration) (*slowServer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once
	if err != nil {
		return nil, err
	}
	s := &slowServer{l: l, after: after, conns: map[net.Conn]bool{}}
	s.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns[c] = true
			s.mu.Unlock()
			s.wg.Go(func() { s.serve(c) })
		}
	})
	return s, nil
}

func (s *slowServer) addr() string { return s.l.Addr().String() }

func (s *slowServer) close() {
	_ = s.l.Close()
	s.mu.Lock()
	for c := range s.conns {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}

func (s *slowServer) serve(c net.Conn) {
	defer c.Close()
	in, out := bufio.NewReaderSize(c, 64<<10), bufio.NewWriter(c)
	say := func(text string) bool {
		_, _ = out.WriteString(text + "\r\n") // Flush says it
		if in.Buffered() > 0 {
			return true
		}
		time.Sleep(s.after)
		return out.Flush() == nil
	}
	data := false
	for ok := say("220 slow"); ok; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		switch verb, _, _ := strings.Cut(strings.ToUpper(line), " "); {
		case data && line == ".":
			data = false
			s.n.Add(1)
			ok = say("250 2.0.0 taken")
		case data:
		case verb == "EHLO":
			ok = say("250-slow\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES")
		case verb == "DATA":
			data = true
			ok = say("354 go on")
		case verb == "QUIT":
			say("221 2.0.0 bye")
			return
		default:
			ok = say("250 2.0.0 ok")
		}
	}
}
