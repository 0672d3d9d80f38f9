package httpx

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"
)

// Middleware wraps a handler.
type Middleware func(http.Handler) http.Handler

// Chain wraps h in ms; the first is the outermost.
func Chain(h http.Handler, ms ...Middleware) http.Handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

type contextKey int

const requestIDKey contextKey = iota

// RequestID is the id of the request in ctx, "" outside of one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}

// Trace gives each request an id, answers it in X-Request-ID, writes one line of
// access log, and turns a panic into an Internal error.
func Trace(errs *Errors) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			id := rand.Text()[:16]
			r = r.WithContext(context.WithValue(r.Context(), requestIDKey, id))
			w.Header().Set("X-Request-ID", id)
			rec := &recorder{ResponseWriter: w}
			start := time.Now()
			defer func() {
				if v := recover(); v != nil {
					if v == http.ErrAbortHandler { // the way to drop a connection on purpose
						panic(v)
					}
					errs.Answer(rec, r, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
				}
				if errs.Log == nil || strings.HasPrefix(r.URL.Path, "/assets/") {
					return
				}
				errs.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("request", id), slog.String("method", r.Method), slog.String("path", LogPath(r)),
					slog.Int("status", rec.code()), slog.Int64("bytes", rec.bytes), slog.Duration("took", time.Since(start)))
			}()
			next.ServeHTTP(rec, r)
		})
	}
}

// LogPath is the path as it may be logged: without the query, and without the
// token of links that work without a login.
func LogPath(r *http.Request) string {
	for _, prefix := range []string{"/u/", "/invite/"} {
		if strings.HasPrefix(r.URL.Path, prefix) {
			return prefix + "…"
		}
	}
	return r.URL.Path
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
	wrote  bool
}

func (w *recorder) WriteHeader(status int) {
	if status >= 200 && !w.wrote {
		w.status, w.wrote = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if !w.wrote {
		w.status, w.wrote = http.StatusOK, true
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

// Proxies are the addresses of reverse proxies whose X-Forwarded-For and
// X-Forwarded-Proto are believed. Nobody else's are.
type Proxies []netip.Prefix

func (p Proxies) contains(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

func peer(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}

// ClientIP is the address of the requester: the peer, or the last address in
// X-Forwarded-For that is not one of ours when the peer is.
func (p Proxies) ClientIP(r *http.Request) string {
	addr := peer(r)
	if !p.contains(addr) {
		return addr.String()
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		if addr = a.Unmap(); !p.contains(addr) {
			break
		}
	}
	return addr.String()
}

// HTTPS tells whether the browser came over TLS, to us or to a proxy of ours.
func (p Proxies) HTTPS(r *http.Request) bool {
	return r.TLS != nil || (p.contains(peer(r)) && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"))
}
