package sandbox

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"ninetyten/internal/sandbox/cast"
)

// Sites are the web sites of the companies of a world, all served at one port of
// this machine. Its methods may be called from everywhere.
type Sites struct {
	l   net.Listener
	srv *http.Server

	mu     sync.RWMutex
	byHost map[string]company
}

// OpenSites begins to serve, without a company. Close it when done.
func OpenSites() (*Sites, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Sites{l: l, byHost: map[string]company{}}
	s.srv = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 30 * time.Second}
	go func() { _ = s.srv.Serve(l) }() // it ends with Close, and says so
	return s, nil
}

// Close ends the serving.
func (s *Sites) Close() error {
	err := s.srv.Close()
	if e := s.l.Close(); e != nil && !errors.Is(e, net.ErrClosed) { // Serve had not begun
		err = errors.Join(err, e)
	}
	return err
}

// Put gives the companies of a world their sites. The same seed gives the same ones.
func (s *Sites) Put(seed uint64, accounts []cast.Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range accounts {
		s.byHost[a.Domain] = newCompany(seed, a)
	}
}

func (s *Sites) company(host string) (company, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c, ok := s.byHost[strings.TrimPrefix(strings.ToLower(host), "www.")]
	return c, ok
}

// Dial connects to the site of a company by its name and port 80. There is no other
// host and no other port: the error is that of a name that is not known.
func (s *Sites) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if _, ok := s.company(host); err != nil || !ok || port != "80" {
		return nil, &net.DNSError{Err: "no such host in the practice world", Name: address, IsNotFound: true}
	}
	var d net.Dialer
	return d.DialContext(ctx, network, s.l.Addr().String())
}

// LookupMX says who carries the mail of a company.
func (s *Sites) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if c, ok := s.company(name); ok {
		return []*net.MX{{Host: "mail." + c.Domain + ".", Pref: 10}}, nil
	}
	return nil, &net.DNSError{Err: "no such host in the practice world", Name: name, IsNotFound: true}
}

// ServeHTTP answers for the company that the request names.
func (s *Sites) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	c, ok := s.company(host)
	if !ok || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	if r.URL.Path == "/robots.txt" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("User-agent: *\nDisallow: /intern/\n")) // who went away needs no answer
		return
	}
	page, err := c.page(strings.TrimPrefix(r.URL.Path, "/"))
	switch {
	case err != nil:
		http.Error(w, "This page has a fault.", http.StatusInternalServerError)
	case page == nil:
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page) // who went away needs no answer
	}
}
