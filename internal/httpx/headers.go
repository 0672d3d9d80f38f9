package httpx

import (
	"net/http"
	"strings"
)

// pagePolicy is the Content-Security-Policy of every page: only our own files,
// nothing inline, in nobody's frame.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"frame-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// mailPolicy is that of a shown mail: no script, no request to anywhere (a
// picture from outside would tell the sender that it was read), its own origin,
// and only in a frame of ours.
const mailPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; " +
	"sandbox allow-popups allow-popups-to-escape-sandbox"

// SecurityHeaders sets what every answer carries. An answer may replace single ones.
func SecurityHeaders(proxies Proxies) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", pagePolicy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
			if !strings.HasPrefix(r.URL.Path, "/assets/") {
				h.Set("Cache-Control", "no-store")
			}
			if proxies.HTTPS(r) {
				h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
			}
			next.ServeHTTP(w, r)
		})
	}
}

// MailHeaders replaces the policy for an answer that is the HTML of a mail.
func MailHeaders(w http.ResponseWriter) {
	w.Header().Set("Content-Security-Policy", mailPolicy)
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
}

// SameOrigin refuses unsafe requests that a browser says come from another
// site. Paths that begin with one of open are let through: the one-click
// unsubscribe is posted by mail programs, without any proof of a browser
// (RFC 8058 section 3.1). A program without a browser sends no such header and passes.
func SameOrigin(errs *Errors, refuse error, open ...string) Middleware {
	guard := http.NewCrossOriginProtection()
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, prefix := range open {
				if strings.HasPrefix(r.URL.Path, prefix) {
					next.ServeHTTP(w, r)
					return
				}
			}
			if err := guard.Check(r); err != nil {
				errs.Answer(w, r, refuse)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// MaxBody bounds the body of every request to n bytes, and to large bytes on
// the paths that begin with one of the prefixes.
func MaxBody(n, large int64, prefixes ...string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			limit := n
			for _, prefix := range prefixes {
				if strings.HasPrefix(r.URL.Path, prefix) {
					limit = large
				}
			}
			r.Body = http.MaxBytesReader(w, r.Body, limit)
			next.ServeHTTP(w, r)
		})
	}
}
