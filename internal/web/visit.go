package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/calendar"
	"ninetyten/internal/httpx"
)

// escapeQuery writes s as the value of a query.
func escapeQuery(s string) string { return url.QueryEscape(s) }

// zoneOf gives the location of an IANA name, UTC when it is none.
func zoneOf(name string) *time.Location {
	var z *calendar.Zones
	if loc := z.Load(name); loc != nil {
		return loc
	}
	return time.UTC
}

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	words := strings.Fields(name)
	if len(words) > 2 {
		words = []string{words[0], words[len(words)-1]}
	}
	var out []rune
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) || unicode.IsNumber(r) {
			out = append(out, unicode.ToUpper(r))
		}
	}
	return string(out)
}

// themeOf reads the choice of colours; "" follows the system.
func themeOf(r *http.Request) string {
	c, err := r.Cookie("theme")
	if err != nil || c.Value != "light" && c.Value != "dark" {
		return ""
	}
	return c.Value
}

// lettersOff tells whether single letters do nothing (WCAG 2.2, 2.1.4).
func lettersOff(r *http.Request) bool {
	c, err := r.Cookie(lettersCookie)
	return err == nil && c.Value == "off"
}

// The cookies that pages keep besides the session.
const (
	lettersCookie = "letters" // "off" turns single letters off
	toastCookie   = "toast"   // one toast on its way over a redirect
)

// carried is a toast in its cookie.
type carried struct {
	Text string `json:"t"`
	Undo string `json:"u,omitempty"`
	Bad  bool   `json:"b,omitempty"`
}

// maxToast bounds the text of a toast in its cookie, in bytes.
const maxToast = 600

// carryToast shows t on the next page of this browser, once.
func (s *Server) carryToast(w http.ResponseWriter, r *http.Request, t Toast) {
	if len(t.Text) > maxToast {
		t.Text = strings.ToValidUTF8(t.Text[:maxToast], "") + "…"
	}
	b, err := json.Marshal(carried{t.Text, t.Undo, t.Bad})
	if err != nil {
		return // a struct of strings has a JSON form
	}
	http.SetCookie(w, &http.Cookie{
		Name: toastCookie, Value: base64.RawURLEncoding.EncodeToString(b), Path: "/", MaxAge: 30, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Proxies.HTTPS(r),
	})
}

// takeToast reads the toast that a redirect carried; nil is none. The page that
// shows it forgets the cookie, see RenderStatus. The cookie proves nothing: its
// text is escaped, and its undo may only be a path of ours.
func takeToast(r *http.Request) *Toast {
	c, err := r.Cookie(toastCookie)
	if err != nil || httpx.IsPartial(r) {
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	var t carried
	if err != nil || json.Unmarshal(b, &t) != nil || t.Text == "" {
		return nil
	}
	if !strings.HasPrefix(t.Undo, "/undo/") || httpx.LocalPath(t.Undo, "") == "" {
		t.Undo = ""
	}
	return &Toast{Text: t.Text, Undo: t.Undo, Bad: t.Bad, Stay: t.Bad}
}

// forgetToast drops the cookie of a toast that is being shown.
func forgetToast(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie(toastCookie); err == nil && !httpx.IsPartial(r) {
		http.SetCookie(w, &http.Cookie{Name: toastCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
}

// problemOf writes an error for people, with the way on.
func problemOf(p httpx.Problem, r *http.Request) Problem {
	out := Problem{Status: p.Status, Title: p.Title, Text: p.Detail, Request: p.Request, Back: "/next", BackTo: "To Next"}
	switch {
	case p.Status == http.StatusUnauthorized:
		out.Back, out.BackTo = "/login", "Log in"
	case p.Status < 500 && cameFrom(r) != "":
		out.Back, out.BackTo = cameFrom(r), "Back"
	}
	return out
}

// cameFrom is the page of this site that the request came from, or "".
func cameFrom(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host {
		return ""
	}
	back := httpx.LocalPath(u.RequestURI(), "")
	if back == r.URL.RequestURI() {
		return ""
	}
	return back
}

// toastTo goes to another page, which shows t.
func (s *Server) toastTo(w http.ResponseWriter, r *http.Request, to string, t Toast) error {
	s.carryToast(w, r, t)
	return httpx.SeeOther(w, r, to)
}
