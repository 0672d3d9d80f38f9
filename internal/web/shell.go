package web

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"ninetyten/internal/sales"
)

// Shell is what the frame of every page shows around it.
type Shell struct {
	Title      string // of the browser tab
	Place      string // the place that is current: next, inbox, people, sequences, settings, start
	User       Badge
	Role       sales.Role
	NextCount  int    // people who wait in Next
	InboxCount int    // threads that a person must see
	StepsLeft  int    // of the first-run path; 0 hides it
	Theme      string // "light", "dark"; "" follows the system
	LettersOff bool   // single letters do nothing (WCAG 2.2, 2.1.4)
	Now        time.Time
	Zone       *time.Location // of the user; nil is UTC
	OwnClock   bool           // the clock is not the wall's: nothing counts down in the browser
	Practice   string         // one line about the practice world; "" is the real one
	Toasts     []Toast
	Notes      []AwayNote // that the viewer is away, or stands in for somebody
	Live       bool       // connect to /live
	Counts     string     // the kind of page whose time is counted (package balance); "" counts nothing
	Open       string     // the panel that is open from the start: a form to correct

	away map[sales.ID]sales.Absence // who of the team is away now, by user
}

// Badge names somebody: a person, a user.
type Badge struct {
	ID       sales.ID
	Name     string
	Initials string
	Detail   string // title, role, account
}

// Toast says what was done, with its undo.
type Toast struct {
	Text string
	Undo string // the path to post to; "" is none
	Bad  bool
	Stay bool // until it is closed
}

// Frame says how a page is laid out.
type Frame struct {
	Aside  templ.Component // beside the page; nil is none
	Bar    templ.Component // what can be done, at the bottom; nil is none
	Narrow bool            // without Aside: keep the measure of text
}

type shellKey struct{}

// withShell lets components know the clock and the zone of the page.
func withShell(ctx context.Context, s Shell) context.Context {
	return context.WithValue(ctx, shellKey{}, s)
}

func shellOf(ctx context.Context) Shell {
	s, _ := ctx.Value(shellKey{}).(Shell)
	return s
}

// Render writes component c with status 200 in the frame of s.
func Render(w http.ResponseWriter, r *http.Request, s Shell, c templ.Component) error {
	return RenderStatus(w, r, http.StatusOK, s, c)
}

// RenderStatus is Render with another status: 422 for a form to correct.
// The page is rendered before anything is written, so that an error can still
// be answered properly.
func RenderStatus(w http.ResponseWriter, r *http.Request, status int, s Shell, c templ.Component) error {
	b := templ.GetBuffer()
	defer templ.ReleaseBuffer(b)
	if err := c.Render(withShell(r.Context(), s), b); err != nil {
		return err
	}
	if len(s.Toasts) > 0 {
		forgetToast(w, r)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}
