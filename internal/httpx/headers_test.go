package httpx

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

var testProxies = Proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}

func TestSecurityHeaders(t *testing.T) {
	h := SecurityHeaders(testProxies)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	get := func(remote, proto string) http.Header {
		r := httptest.NewRequest("GET", "/next", nil)
		r.RemoteAddr = remote
		r.Header.Set("X-Forwarded-Proto", proto)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Header()
	}
	head := get("192.0.2.1:5", "https")
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store"} {
		if head.Get(name) != want {
			t.Errorf("%s: %q", name, head.Get(name))
		}
	}
	policy := head.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %q: %s", want, policy)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is weak: %s", policy)
	}
	if head.Get("Strict-Transport-Security") != "" {
		t.Error("a stranger's X-Forwarded-Proto was believed")
	}
	if get("127.0.0.1:5", "https").Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS behind our proxy on https")
	}
	if get("127.0.0.1:5", "http").Get("Strict-Transport-Security") != "" {
		t.Error("HSTS on plain http")
	}
}

func TestMailIsShownClosed(t *testing.T) {
	w := httptest.NewRecorder()
	MailHeaders(w)
	policy := w.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "sandbox", "img-src data:", "frame-ancestors 'self'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy of a mail lacks %q", want)
		}
	}
	for _, bad := range []string{"allow-scripts", "allow-same-origin", "http:", "https:"} {
		if strings.Contains(policy, bad) {
			t.Errorf("the policy of a mail has %q", bad)
		}
	}
}

func TestSameOrigin(t *testing.T) {
	h := SameOrigin(testErrors(io.Discard), sales.Errorf(sales.Forbidden, "This came from another site."), "/u/")(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }))
	for _, c := range []struct {
		method, path, site, origin string
		want                       int
	}{
		{"POST", "/people", "cross-site", "", 403},
		{"POST", "/people", "same-site", "", 403},
		{"POST", "/people", "same-origin", "", 204},
		{"POST", "/people", "none", "", 204},
		{"POST", "/people", "", "https://evil.example", 403},
		{"POST", "/people", "", "http://example.com", 204},
		{"POST", "/people", "", "", 204}, // no browser
		{"DELETE", "/people", "cross-site", "", 403},
		{"GET", "/people", "cross-site", "", 204},
		{"POST", "/u/token", "cross-site", "https://mail.example", 204},
		{"POST", "/users", "cross-site", "", 403},
	} {
		r := httptest.NewRequest(c.method, "http://example.com"+c.path, nil)
		if c.site != "" {
			r.Header.Set("Sec-Fetch-Site", c.site)
		}
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%+v: %d", c, w.Code)
		}
	}
}

func TestClientIP(t *testing.T) {
	for _, c := range []struct {
		remote, forwarded, want string
	}{
		{"192.0.2.1:5", "203.0.113.9", "192.0.2.1"},             // a stranger says what he likes
		{"127.0.0.1:5", "203.0.113.9", "203.0.113.9"},           // our proxy
		{"127.0.0.1:5", "1.2.3.4, 203.0.113.9", "203.0.113.9"},  // the client wrote the first one itself
		{"127.0.0.1:5", "203.0.113.9, 10.0.0.7", "203.0.113.9"}, // two proxies of ours
		{"127.0.0.1:5", "garbage", "127.0.0.1"},
		{"127.0.0.1:5", "", "127.0.0.1"},
		{"[::1]:5", "203.0.113.9", "::1"},
		{"[::ffff:127.0.0.1]:5", "203.0.113.9", "203.0.113.9"},
		{"[fe80::1%eth0]:5", "", "fe80::1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := testProxies.ClientIP(r); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestMaxBody(t *testing.T) {
	errs := testErrors(io.Discard)
	h := MaxBody(10, 100, "/import")(errs.Handle(func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.Copy(io.Discard, r.Body)
		return err
	}))
	for _, c := range []struct {
		path string
		n    int
		want int
	}{{"/people", 10, 200}, {"/people", 11, 413}, {"/import", 100, 200}, {"/import", 101, 413}} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("POST", c.path, strings.NewReader(strings.Repeat("x", c.n))))
		if w.Code != c.want {
			t.Errorf("%+v: %d", c, w.Code)
		}
	}
}
