package testserver

import (
	"net"
	"sync"
	"testing"
)

// Proxy passes connections on to a server, as the network between two machines
// does, until it is cut.
type Proxy struct {
	Addr string

	target string
	ln     net.Listener
	wg     sync.WaitGroup

	mu    sync.Mutex
	open  *sync.Cond // not cut, or closed
	cut   bool
	ended bool
	conns map[net.Conn]bool
}

// NewProxy starts a Proxy on a free port of this machine. It ends with t.
func NewProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Addr: ln.Addr().String(), target: target, ln: ln, conns: map[net.Conn]bool{}}
	p.open = sync.NewCond(&p.mu)
	p.wg.Go(p.accept)
	t.Cleanup(func() {
		_ = ln.Close()
		p.mu.Lock()
		p.ended = true
		p.mu.Unlock()
		p.Heal(true)
		p.wg.Wait()
	})
	return p
}

// Cut lets nothing through any more, and says so to nobody: connections stay open
// and are silent, and new ones are taken and silent too.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = true
}

// Heal lets through again what was held, or with drop closes every connection.
func (p *Proxy) Heal(drop bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if drop {
		for c := range p.conns {
			_ = c.Close()
		}
	}
	p.cut = false
	p.open.Broadcast()
}

// wait returns when the network is not cut.
func (p *Proxy) wait() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.cut && !p.ended {
		p.open.Wait()
	}
}

func (p *Proxy) accept() {
	for {
		c, err := p.ln.Accept()
		if err != nil {
			return
		}
		p.keep(c)
		p.wg.Go(func() { p.serve(c) })
	}
}

func (p *Proxy) keep(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[c] = true
}

// serve passes one connection on until either side ends it.
func (p *Proxy) serve(c net.Conn) {
	defer p.end(c)
	p.wait()
	s, err := net.Dial("tcp", p.target) //nolint:noctx // on this machine
	if err != nil {
		return
	}
	p.keep(s)
	defer p.end(s)
	var both sync.WaitGroup
	both.Go(func() { p.pass(s, c) })
	both.Go(func() { p.pass(c, s) })
	both.Wait()
}

func (p *Proxy) end(c net.Conn) {
	_ = c.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, c)
}

// pass copies what one side says to the other, and the end of it.
func (p *Proxy) pass(to, from net.Conn) {
	defer to.Close()
	defer from.Close()
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		p.wait()
		if n > 0 {
			if _, werr := to.Write(b[:n]); werr != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
