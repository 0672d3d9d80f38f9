// Package sink is a lean SMTP server that takes every mail and keeps none, for
// measuring senders. It owns its counters: how many mails, how many bytes, and
// how often each Message-ID came.
//
// It speaks real SMTP (RFC 5321) with PIPELINING (RFC 2920) and AUTH, so that a
// sender does to it what it does to a provider. It must not know anything of
// the product. What always holds: a mail is counted before its 250 is written,
// so a count is never behind what a client was told.
package sink

import (
	"hash/maphash"
	"net"
	"sync"
	"sync/atomic"
)

// Options are the choices of a Sink.
type Options struct {
	// NoIDs leaves Message-IDs uncounted: Duplicates and Times answer 0.
	NoIDs bool
	// Addr is where to listen; "" is a free port of 127.0.0.1.
	Addr string
}

// Sink is one running server. Its methods may be called from everywhere.
type Sink struct {
	opt  Options
	l    net.Listener
	wg   sync.WaitGroup
	seed maphash.Seed

	count, bytes, rcpts, duplicates, noID atomic.Int64

	mu    sync.Mutex
	conns map[net.Conn]struct{}
	times map[uint64]uint32 // by hash of the Message-ID
	done  bool
}

// New starts a sink. Close it when done.
func New(opt Options) (*Sink, error) {
	addr := opt.Addr
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &Sink{opt: opt, l: l, seed: maphash.MakeSeed(), conns: map[net.Conn]struct{}{}, times: map[uint64]uint32{}}
	s.wg.Go(s.accept)
	return s, nil
}

// Addr is host:port.
func (s *Sink) Addr() string { return s.l.Addr().String() }

// Count is how many mails were taken.
func (s *Sink) Count() int64 { return s.count.Load() }

// Bytes is how many bytes of mail were taken.
func (s *Sink) Bytes() int64 { return s.bytes.Load() }

// Recipients is how many recipients the mails had in all.
func (s *Sink) Recipients() int64 { return s.rcpts.Load() }

// Duplicates is how many mails came with a Message-ID that had come before.
func (s *Sink) Duplicates() int64 { return s.duplicates.Load() }

// WithoutID is how many mails had no Message-ID.
func (s *Sink) WithoutID() int64 { return s.noID.Load() }

// Times is how often a mail with that Message-ID was taken, with or without
// angle brackets.
func (s *Sink) Times(messageID string) int {
	h := maphash.Bytes(s.seed, bare([]byte(messageID)))
	s.mu.Lock()
	defer s.mu.Unlock()
	return int(s.times[h])
}

// Distinct is how many different Message-IDs came.
func (s *Sink) Distinct() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.times)
}

// Reset sets every counter to nought.
func (s *Sink) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.times)
	for _, c := range []*atomic.Int64{&s.count, &s.bytes, &s.rcpts, &s.duplicates, &s.noID} {
		c.Store(0)
	}
}

// Close ends every connection and frees the port. It may be called twice.
func (s *Sink) Close() error {
	s.mu.Lock()
	if s.done {
		s.mu.Unlock()
		return nil
	}
	s.done = true
	err := s.l.Close()
	for c := range s.conns {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
	return err
}

func (s *Sink) accept() {
	for {
		c, err := s.l.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		if s.done {
			s.mu.Unlock()
			_ = c.Close()
			return
		}
		s.conns[c] = struct{}{}
		s.mu.Unlock()
		s.wg.Go(func() {
			newConn(s, c).serve()
			_ = c.Close()
			s.mu.Lock()
			delete(s.conns, c)
			s.mu.Unlock()
		})
	}
}

// took counts one mail.
func (s *Sink) took(id []byte, size, rcpts int) {
	if !s.opt.NoIDs {
		if len(id) == 0 {
			s.noID.Add(1)
		} else {
			h := maphash.Bytes(s.seed, id)
			s.mu.Lock()
			s.times[h]++
			again := s.times[h] > 1
			s.mu.Unlock()
			if again {
				s.duplicates.Add(1)
			}
		}
	}
	s.bytes.Add(int64(size))
	s.rcpts.Add(int64(rcpts))
	s.count.Add(1)
}
