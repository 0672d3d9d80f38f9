package httpx

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"ninetyten/internal/sales"
)

// Handler answers a request, or returns the error that happened before it
// wrote anything.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Errors turns the errors of handlers into answers.
type Errors struct {
	Log *slog.Logger
	// Page writes the body of an error for people. The status and the headers
	// are set already. For requests of htmx it writes a toast, see IsPartial.
	Page func(w http.ResponseWriter, r *http.Request, p Problem)
}

// Handle makes an http.Handler of h.
func (e *Errors) Handle(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			e.Answer(w, r, err)
		}
	})
}

// Answer writes err as the requester wants it: a page, a toast for htmx, or
// problem+json (RFC 9457). Nothing is written when the answer has begun.
func (e *Errors) Answer(w http.ResponseWriter, r *http.Request, err error) {
	p := ProblemOf(r, err)
	e.log(r, p, err)
	if rec, ok := w.(*recorder); ok && rec.wrote {
		return
	}
	h := w.Header()
	for _, name := range []string{"Content-Length", "Content-Encoding", "Content-Disposition", "ETag", "Last-Modified"} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
	if p.RetryAfter != "" {
		h.Set("Retry-After", p.RetryAfter)
	}
	if e.Page == nil || WantsJSON(r) {
		p.write(w)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	if IsPartial(r) {
		h.Set("HX-Retarget", "#toasts")
		h.Set("HX-Reswap", "beforeend")
	}
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		e.Page(w, r, p)
	}
}

func (e *Errors) log(r *http.Request, p Problem, err error) {
	if e.Log == nil {
		return
	}
	level := slog.LevelInfo
	if p.Status >= 500 {
		level = slog.LevelError
	}
	e.Log.LogAttrs(r.Context(), level, "request failed", slog.String("request", RequestID(r.Context())), slog.String("method", r.Method),
		slog.String("path", LogPath(r)), slog.Int("status", p.Status), slog.String("code", string(p.Code)), slog.String("error", cause(err)))
}

// cause is the message with everything that is wrapped.
func cause(err error) string {
	var s *sales.Error
	if errors.As(err, &s) && s.Err != nil && !strings.Contains(err.Error(), s.Err.Error()) {
		return err.Error() + ": " + s.Err.Error()
	}
	return err.Error()
}

// IsPartial tells whether htmx asks for a part of a page.
func IsPartial(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }

// WantsJSON tells whether the requester is a program: the path is below /api,
// or Accept names JSON and not HTML.
func WantsJSON(r *http.Request) bool {
	if r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/") {
		return true
	}
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "json") && !strings.Contains(accept, "text/html")
}

// SeeOther sends the browser to path after a form was taken (POST, then
// redirect, then GET). For htmx the whole page goes there too.
func SeeOther(w http.ResponseWriter, r *http.Request, path string) error {
	if IsPartial(r) {
		w.Header().Set("HX-Redirect", path)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// LocalPath gives s when it is a path on this site, else other. It keeps
// "back" fields of forms from sending anybody elsewhere.
func LocalPath(s, other string) string {
	if !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t") {
		return other
	}
	return s
}
