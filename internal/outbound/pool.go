package outbound

import (
	"context"
	"crypto/x509"
	"errors"
	"sync"
	"time"

	"ninetyten/internal/mailconn"
	"ninetyten/internal/sales"
)

// Options are how a Pool works. The zero value of a field is its default.
type Options struct {
	DialTimeout    time.Duration  // TCP, TLS and greeting: 20 s
	CommandTimeout time.Duration  // the answer to one command, the writing of one block of data: 1 min
	ResultTimeout  time.Duration  // the answer to a whole mail: 5 min
	MaxConns       int            // connections of one mailbox at once, and kept: 4
	IdleClose      time.Duration  // a kept connection is closed after it: 30 s
	Roots          *x509.CertPool // who may sign the servers' certificates: the system's
	LocalName      string         // for EHLO: our address in brackets (RFC 5321 section 4.1.3)
}

// withDefaults fills in what was left out.
func (o Options) withDefaults() Options {
	def := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	def(&o.DialTimeout, 20*time.Second)
	def(&o.CommandTimeout, time.Minute)
	def(&o.ResultTimeout, 5*time.Minute)
	def(&o.IdleClose, 30*time.Second)
	if o.MaxConns <= 0 {
		o.MaxConns = 4
	}
	return o
}

// Envelope is one mail for one recipient and those who get a copy: all of them, or
// none, when the server refuses one. From, To and Also are bare addresses. Raw
// is the whole mail; its lines end in CRLF (others are mended on the way).
type Envelope struct {
	From, To string
	Also     []string
	Raw      []byte
	// NotAfter is when it is too late to begin: what was known of the person is
	// too old then. Zero is never. The error is ErrLate.
	NotAfter time.Time
}

// ErrLate is the cause when a mail was not handed over because it was too late.
// Nothing of it was sent.
var ErrLate = errors.New("the mail could not begin to go in time")

// Receipt is what the server said when it took the mail.
type Receipt struct {
	Code     int
	Enhanced string
	Text     string // often names the server's queue id
	Kept     bool   // it went over a connection that was open already
}

// Pool keeps the connections of all mailboxes. It is safe for use by many
// goroutines at once.
type Pool struct {
	opts Options

	mu     sync.Mutex
	boxes  map[boxKey]*box
	closed bool
}

// boxKey names the connections that may be used for a mailbox: changed
// settings are another key, so an old login is never used for them.
type boxKey struct {
	id   sales.ID
	smtp sales.Server
}

// box holds the connections of one mailbox.
type box struct {
	slots chan struct{} // one for each connection in use
	users int           // sends that hold or wait for a slot; guarded by Pool.mu
	idle  []*session    // the newest last; guarded by Pool.mu
}

// errClosed is the cause when the pool is closed.
var errClosed = errors.New("the pool is closed")

// New makes a Pool. Close it when done.
func New(o Options) *Pool {
	return &Pool{opts: o.withDefaults(), boxes: map[boxKey]*box{}}
}

// Send hands one mail to the server of mb and returns when the server has
// taken it, has refused it, or ctx is over. Its errors are *Error. A kept
// connection that turns out dead before the server asked for the data is
// replaced by a new one, once.
func (p *Pool) Send(ctx context.Context, mb sales.Mailbox, env Envelope) (Receipt, error) {
	m, bad := prepare(env)
	if bad != nil {
		return Receipt{}, bad
	}
	var rec Receipt
	err := p.with(ctx, mb, func(s *session) *Error {
		var err *Error
		rec, err = s.send(m)
		return err
	})
	if err != nil {
		return Receipt{}, err
	}
	return rec, nil
}

// Check connects and logs in, and sends nothing. Its errors are *Error.
func (p *Pool) Check(ctx context.Context, mb sales.Mailbox) error {
	if err := p.with(ctx, mb, func(s *session) *Error { return s.noop(p.opts.CommandTimeout) }); err != nil {
		return err
	}
	return nil
}

// with runs use on a connection of mb, kept or new.
func (p *Pool) with(ctx context.Context, mb sales.Mailbox, use func(*session) *Error) *Error {
	key := boxKey{mb.ID, mb.SMTP}
	b, err := p.enter(ctx, key)
	if err != nil {
		return err
	}
	defer p.leave(key, b)
	for mayKeep := true; ; mayKeep = false {
		var s *session
		if mayKeep {
			s = p.takeIdle(b)
		}
		kept := s != nil
		if !kept {
			if s, err = dial(ctx, mb, p.opts); err != nil {
				return err
			}
		}
		err = s.bound(ctx, func() *Error {
			if kept && s.stale() {
				if err := s.noop(healthTimeout); err != nil {
					return err
				}
			}
			return use(s)
		})
		if s.broken {
			s.abort()
		} else {
			p.keep(key, b, s)
		}
		if err == nil || !kept || !s.broken || !err.beforeData() || ctx.Err() != nil {
			return err
		}
		p.dropIdle(b) // the others are no younger: go on with a new one
	}
}

// enter waits for a slot of the mailbox.
func (p *Pool) enter(ctx context.Context, key boxKey) (*box, *Error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, &Error{Stage: StageDial, Err: errClosed}
	}
	b := p.boxes[key]
	if b == nil {
		b = &box{slots: make(chan struct{}, p.opts.MaxConns)}
		p.boxes[key] = b
	}
	b.users++
	p.mu.Unlock()
	select {
	case b.slots <- struct{}{}:
		return b, nil
	default:
	}
	select {
	case b.slots <- struct{}{}:
		return b, nil
	case <-ctx.Done():
		p.forget(key, b)
		return nil, &Error{Stage: StageDial, Err: ctx.Err()}
	}
}

// leave gives the slot back.
func (p *Pool) leave(key boxKey, b *box) {
	<-b.slots
	p.forget(key, b)
}

// forget counts one user less, and drops the box when it is of no use.
func (p *Pool) forget(key boxKey, b *box) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b.users--
	p.tidy(key, b)
}

// tidy drops an empty, unused box. p.mu is held.
func (p *Pool) tidy(key boxKey, b *box) {
	if b.users == 0 && len(b.idle) == 0 && p.boxes[key] == b {
		delete(p.boxes, key)
	}
}

// takeIdle gives the kept connection that was used last, or nil.
func (p *Pool) takeIdle(b *box) *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(b.idle)
	if n == 0 {
		return nil
	}
	s := b.idle[n-1]
	b.idle[n-1] = nil
	b.idle = b.idle[:n-1]
	s.timer.Stop() // when it fired already, expire finds the session gone
	return s
}

// keep puts a healthy connection aside for the next mail.
func (p *Pool) keep(key boxKey, b *box, s *session) {
	s.usedAt = time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		go s.quit()
		return
	}
	b.idle = append(b.idle, s)
	if s.timer == nil {
		s.timer = time.AfterFunc(p.opts.IdleClose, func() { p.expire(key, b, s) })
	} else {
		s.timer.Reset(p.opts.IdleClose)
	}
}

// expire closes s when it is still idle.
func (p *Pool) expire(key boxKey, b *box, s *session) {
	p.mu.Lock()
	found := false
	for i, o := range b.idle {
		if o == s && time.Since(s.usedAt) >= p.opts.IdleClose {
			b.idle = append(b.idle[:i], b.idle[i+1:]...)
			found = true
			break
		}
	}
	p.tidy(key, b)
	p.mu.Unlock()
	if found {
		s.quit()
	}
}

// dropIdle closes all kept connections of the box.
func (p *Pool) dropIdle(b *box) {
	p.mu.Lock()
	idle := b.idle
	b.idle = nil
	p.mu.Unlock()
	for _, s := range idle {
		s.timer.Stop()
		s.abort()
	}
}

// Close takes leave of the servers and closes the kept connections; those in
// use are closed when their mail is done. Send fails from now on.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	var idle []*session
	for _, b := range p.boxes {
		idle = append(idle, b.idle...)
		b.idle = nil
	}
	p.mu.Unlock()
	var wg sync.WaitGroup
	for _, s := range idle {
		s.timer.Stop()
		wg.Go(s.quit)
	}
	wg.Wait()
}

// connOptions are those for mailconn.
func (o Options) connOptions() mailconn.Options {
	return mailconn.Options{Timeout: o.DialTimeout, Roots: o.Roots}
}
