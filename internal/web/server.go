package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"ninetyten/internal/auth"
	"ninetyten/internal/desk"
	"ninetyten/internal/handoff"
	"ninetyten/internal/httpx"
	"ninetyten/internal/next"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Deps are what the pages are made from.
type Deps struct {
	Store     *store.Store // read only; commands go through Desk
	Desk      *desk.Desk
	Next      *next.Queue
	Auth      *auth.Auth
	Hub       *handoff.Hub
	Clock     sales.Clock
	Log       *slog.Logger
	Proxies   httpx.Proxies
	Probe     func(ctx context.Context, mb sales.Mailbox) sales.ProbeReport // tries a mailbox out
	PublicURL string                                                        // fills the setting of a new installation
	DataDir   string                                                        // for uploads that wait for their mapping
	MaxUpload int64                                                         // bytes of a file; 0 is 1 GB
	Practice  bool                                                          // it is the practice world
	SetupCode string                                                        // asked for at the first visit from another machine; empty: never
}

// Server answers the requests of browsers.
type Server struct {
	Deps
	errs   *httpx.Errors
	limits *httpx.LoginLimits
	checks checks // tests of mailboxes
	files  files  // imports
	ready  ready  // who is through with the first run
}

// New gives the handler of all pages. See routes.go for what it answers.
func New(d Deps) (http.Handler, error) {
	s := &Server{Deps: d, limits: httpx.NewLoginLimits()}
	s.errs = &httpx.Errors{Log: d.Log, Page: s.errorPage}
	assets, err := Assets()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/assets/", assets)
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.errs.Handle(r.h))
	}
	mux.Handle("/", s.errs.Handle(func(http.ResponseWriter, *http.Request) error {
		return sales.Errorf(sales.NotFound, "There is no such page. Use the menu, or go back.")
	}))
	refused := sales.Errorf(sales.Forbidden, "This came from another site and was refused. Open the page again and repeat it here.")
	return httpx.Chain(mux, httpx.Trace(s.errs), httpx.SecurityHeaders(d.Proxies), httpx.SameOrigin(s.errs, refused, "/u/", "/hooks/"),
		httpx.MaxBody(1<<20, 4*s.maxUpload(), "/import", "/settings/days-off/import", "/settings/files", "/write/files/")), nil
}

// route is one line of the table in routes.go.
type route struct {
	pattern string
	h       httpx.Handler
}

// visit is one request of somebody who is logged in.
type visit struct {
	User    sales.User
	Session sales.Session
	sales.Viewer
}

// cookieName names the session cookie.
const cookieName = "ninetyten"

// in is a handler for those who are logged in and have at least a role.
func (s *Server) in(least sales.Role, h func(w http.ResponseWriter, r *http.Request, v visit) error) httpx.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := s.visitor(r)
		if sales.CodeOf(err) == sales.Unauthorized && r.Method == http.MethodGet && !httpx.IsPartial(r) && !httpx.WantsJSON(r) {
			any, err := s.Store.AnyUser(r.Context())
			if err != nil {
				return err
			}
			if !any {
				return httpx.SeeOther(w, r, "/setup")
			}
			return httpx.SeeOther(w, r, "/login?to="+escapeQuery(r.URL.RequestURI()))
		}
		if err != nil {
			return err
		}
		if !v.Role.AtLeast(least) {
			return sales.Errorf(sales.Forbidden, "This needs the role %s or higher. Ask somebody who has it, or to be given it.", strings.ToLower(labelOf(roleChoices(), string(least))))
		}
		return h(w, r, v)
	}
}

// visitor reads who asks from the session cookie.
func (s *Server) visitor(r *http.Request) (visit, error) {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return visit{}, sales.Errorf(sales.Unauthorized, "Log in first.")
	}
	u, x, err := s.Auth.Who(r.Context(), c.Value)
	if err != nil {
		return visit{}, err
	}
	return visit{User: u, Session: x, Viewer: auth.ViewerOf(u)}, nil
}

// setCookie keeps a session token in the browser: not readable by scripts, sent
// to this site only, over HTTPS only where the page came that way.
func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, token string) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Proxies.HTTPS(r),
		MaxAge: int((30 * 24 * time.Hour).Seconds()),
	})
}

// shell is the frame of a page for a visitor.
func (s *Server) shell(r *http.Request, v visit, title, place string) (Shell, error) {
	now := s.Clock.Now()
	n, err := s.Store.Nav(r.Context(), v.Viewer, now)
	if err != nil {
		return Shell{}, err
	}
	left, err := s.stepsLeft(r.Context(), v)
	if err != nil {
		return Shell{}, err
	}
	sh := Shell{
		StepsLeft: left,
		Title:     title, Place: place, Role: v.Role, NextCount: n.Next, InboxCount: n.Inbox, Now: now, Zone: zoneOf(v.User.Zone), OwnClock: s.Practice, Live: true,
		User: Badge{ID: v.User.ID, Name: v.User.Name, Initials: initials(v.User.Name), Detail: string(v.Role)}, Theme: themeOf(r), LettersOff: lettersOff(r),
	}
	if sh.away, err = s.awayNow(r.Context(), v.WorkspaceID, now); err != nil {
		return Shell{}, err
	}
	if sh.Notes, err = s.ownNotes(r.Context(), v, sh.away, now); err != nil {
		return Shell{}, err
	}
	if sh.Counts, err = s.countsAs(r, v); err != nil {
		return Shell{}, err
	}
	if s.Practice {
		sh.Practice = "Practice world: the people are invented, the clock runs fast."
	}
	if t := takeToast(r); t != nil {
		sh.Toasts = append(sh.Toasts, *t)
	}
	return sh, nil
}

// errorPage writes an error for people: a toast for htmx, else a page.
func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, p httpx.Problem) {
	sh := Shell{Title: p.Title, Now: s.Clock.Now(), Theme: themeOf(r)}
	if v, err := s.visitor(r); err == nil {
		if full, err := s.shell(r, v, p.Title, ""); err == nil {
			sh = full
		}
	}
	c := ErrorView(sh, problemOf(p, r))
	if httpx.IsPartial(r) {
		c = ToastView(Toast{Text: p.Detail, Bad: true, Stay: true})
	}
	if err := c.Render(withShell(r.Context(), sh), w); err != nil {
		s.Log.WarnContext(r.Context(), "an error page could not be written", "err", err)
	}
}
