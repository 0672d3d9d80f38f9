package web

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"ninetyten/internal/auth"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// plain is the frame of a page for somebody who is not logged in.
func (s *Server) plain(r *http.Request, title string) Shell {
	return Shell{Title: title, Now: s.Clock.Now(), Theme: themeOf(r), OwnClock: s.Practice}
}

// inForm tells whether err belongs beside the form that it comes from: the
// person can mend it there.
func inForm(err error) bool {
	switch sales.CodeOf(err) {
	case sales.Invalid, sales.Unauthorized, sales.Conflict, sales.Limited:
		return true
	}
	return false
}

// formStatus is the status of a form to correct. A wrong password is one too:
// 401 would ask the browser for another kind of login.
func formStatus(err error) int {
	switch sales.CodeOf(err) {
	case sales.Conflict:
		return http.StatusConflict
	case sales.Limited:
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

// getLogin shows the way in.
func (s *Server) getLogin(w http.ResponseWriter, r *http.Request) error {
	to := httpx.LocalPath(r.URL.Query().Get("to"), "/next")
	if _, err := s.visitor(r); err == nil {
		return httpx.SeeOther(w, r, to)
	}
	any, err := s.Store.AnyUser(r.Context())
	if err != nil {
		return err
	}
	if !any {
		return httpx.SeeOther(w, r, "/setup")
	}
	p := s.loginPage(r, to)
	return Render(w, r, p.Shell, LoginView(p))
}

func (s *Server) loginPage(r *http.Request, to string) LoginPage {
	p := LoginPage{Shell: s.plain(r, "Log in"), To: to}
	if s.Practice {
		p.Demo = "This is the practice world. Open the address that it printed when it started: it logs you in."
	}
	return p
}

// postLogin checks a password. A login always begins a session with a new
// token, and ends the one that the browser had.
func (s *Server) postLogin(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	email, ip := r.PostForm.Get("email"), s.Proxies.ClientIP(r)
	p := s.loginPage(r, httpx.LocalPath(r.PostForm.Get("to"), "/next"))
	p.Email = email
	token, err := s.login(r, email, r.PostForm.Get("password"), ip)
	if inForm(err) {
		p.Problem = sales.Explain(err)
		return RenderStatus(w, r, formStatus(err), p.Shell, LoginView(p))
	}
	if err != nil {
		return err
	}
	s.endSession(r)
	s.setCookie(w, r, token)
	return httpx.SeeOther(w, r, p.To)
}

func (s *Server) login(r *http.Request, email, password, ip string) (string, error) {
	if err := s.limits.Try(ip, email, s.Auth.Now()); err != nil {
		return "", err
	}
	_, token, err := s.Auth.Login(r.Context(), email, password, ip, r.UserAgent())
	if err == nil {
		s.limits.Right(ip, email)
	}
	return token, err
}

// endSession ends the session that the browser still has, if any.
func (s *Server) endSession(r *http.Request) {
	v, err := s.visitor(r)
	if err != nil {
		return
	}
	if err := s.Auth.Logout(r.Context(), v.Session); err != nil {
		s.Log.WarnContext(r.Context(), "an old session could not be ended", "err", err)
	}
}

// postLogout ends the session, at the server too.
func (s *Server) postLogout(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visitor(r)
	if err == nil {
		err = s.Auth.Logout(r.Context(), v.Session)
	}
	if err != nil && sales.CodeOf(err) != sales.Unauthorized {
		return err
	}
	s.dropCookie(w, r)
	return httpx.SeeOther(w, r, "/login")
}

func (s *Server) dropCookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Proxies.HTTPS(r), MaxAge: -1})
}

// getEnter lets the visitor of the practice world in with the token that it
// printed. Elsewhere there is no such page.
func (s *Server) getEnter(w http.ResponseWriter, r *http.Request) error {
	if !s.Practice {
		return sales.Errorf(sales.NotFound, "There is no such page. Log in instead.")
	}
	token := r.URL.Query().Get("token")
	if _, _, err := s.Auth.Who(r.Context(), token); err != nil {
		return err
	}
	s.setCookie(w, r, token)
	return httpx.SeeOther(w, r, "/next")
}

// direct tells whether a request was typed on this machine: from a loopback
// address, to a loopback name, and not passed on by a proxy.
func direct(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !peer.Addr().Unmap().IsLoopback() {
		return false
	}
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && a.Unmap().IsLoopback()
}

// needsCode tells whether the first visit must prove that it may read the log:
// everybody could be first where the server is reachable from outside.
func (s *Server) needsCode(r *http.Request) bool {
	return s.SetupCode != "" && (len(s.Proxies) > 0 || !direct(r))
}

// getSetup is the first visit of all.
func (s *Server) getSetup(w http.ResponseWriter, r *http.Request) error {
	if err := s.stillFresh(r); err != nil {
		return httpx.SeeOther(w, r, "/login")
	}
	p := OwnerPage{Shell: s.plain(r, "Welcome"), Values: map[string]string{"code": r.URL.Query().Get("code")}, Errors: map[string]string{}, NeedKey: s.needsCode(r)}
	return Render(w, r, p.Shell, OwnerView(p))
}

func (s *Server) stillFresh(r *http.Request) error {
	any, err := s.Store.AnyUser(r.Context())
	if err == nil && any {
		err = sales.Errorf(sales.Conflict, "This installation has an owner already. Log in, or ask the owner for an invitation.")
	}
	return err
}

// postSetup makes the owner and logs them in.
func (s *Server) postSetup(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	if err := s.stillFresh(r); err != nil {
		return err
	}
	p := OwnerPage{Shell: s.plain(r, "Welcome"), Values: values(r, "name", "email", "workspace", "zone", "code"), Errors: map[string]string{}, NeedKey: s.needsCode(r)}
	token, err := s.makeOwner(r, p)
	if inForm(err) {
		p.Problem = sales.Explain(err)
	}
	if inForm(err) || len(p.Errors) > 0 {
		return RenderStatus(w, r, http.StatusUnprocessableEntity, p.Shell, OwnerView(p))
	}
	if err != nil {
		return err
	}
	s.setCookie(w, r, token)
	return httpx.SeeOther(w, r, "/start")
}

// makeOwner checks the form, with what is wrong in p.Errors, and makes the owner.
func (s *Server) makeOwner(r *http.Request, p OwnerPage) (string, error) {
	ip, password := s.Proxies.ClientIP(r), r.PostForm.Get("password")
	if p.NeedKey {
		if err := s.limits.Try(ip, "setup", s.Auth.Now()); err != nil {
			return "", err
		}
		if subtle.ConstantTimeCompare([]byte(strings.TrimSpace(p.Values["code"])), []byte(s.SetupCode)) != 1 {
			p.Errors["code"] = "This is not the code. It stands in the log of the server, in the line with the address."
		}
	}
	for _, name := range []string{"name", "workspace"} {
		if v := p.Values[name]; v == "" || len(v) > 200 {
			p.Errors[name] = "Fill this in, with at most 200 characters."
		}
	}
	if _, err := sales.NormalAddress(p.Values["email"]); err != nil {
		p.Errors["email"] = sales.Explain(err)
	}
	if p.Values["zone"] != "" && !knownZone(p.Values["zone"]) {
		p.Errors["zone"] = "There is no such time zone. Write it like Europe/Lisbon."
	}
	if err := auth.CheckPassword(password); err != nil {
		p.Errors["password"] = sales.Explain(err)
	}
	if len(p.Errors) > 0 {
		return "", nil
	}
	u, err := s.Auth.SetUp(r.Context(), auth.NewOwner{Workspace: p.Values["workspace"], Name: p.Values["name"], Email: p.Values["email"], Password: password, Zone: p.Values["zone"]}, s.Clock.Now())
	if err != nil {
		return "", err
	}
	if s.PublicURL != "" {
		ws, err := s.Store.Workspace(r.Context(), u.WorkspaceID)
		if err != nil {
			return "", err
		}
		ws.Settings.PublicURL = s.PublicURL
		if err := s.Desk.SaveSettings(r.Context(), auth.ViewerOf(u), "", ws.Settings); err != nil {
			s.Log.WarnContext(r.Context(), "the public address could not be kept", "err", err)
		}
	}
	return s.Auth.Begin(r.Context(), u, ip, r.UserAgent())
}

// knownZone tells whether name is an IANA zone.
func knownZone(name string) bool {
	if name == "Local" || len(name) > 64 {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

// values are the fields of a form, trimmed.
func values(r *http.Request, names ...string) map[string]string {
	out := make(map[string]string, len(names))
	for _, name := range names {
		out[name] = strings.TrimSpace(r.PostForm.Get(name))
	}
	return out
}

// getInvite greets somebody invited.
func (s *Server) getInvite(w http.ResponseWriter, r *http.Request) error {
	return s.invite(w, r, nil)
}

// invite shows the page of an invitation, with the error of its form.
func (s *Server) invite(w http.ResponseWriter, r *http.Request, problem error) error {
	p := InvitePage{Shell: s.plain(r, "Welcome"), Token: r.PathValue("token")}
	u, err := s.Auth.Invited(r.Context(), p.Token)
	status := http.StatusOK
	switch {
	case sales.CodeOf(err) == sales.NotFound:
		p.Gone, status = true, http.StatusNotFound
	case err != nil:
		return err
	case problem != nil && sales.CodeOf(problem) == sales.Invalid: // only the password can be wrong
		p.Wrong, status = sales.Explain(problem), formStatus(problem)
	case problem != nil:
		p.Problem, status = sales.Explain(problem), formStatus(problem)
	}
	p.Name, p.Email = u.FirstName(), u.Email
	return RenderStatus(w, r, status, p.Shell, InviteView(p))
}

// postInvite sets the password of somebody invited and lets them in.
func (s *Server) postInvite(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	ip := s.Proxies.ClientIP(r)
	_, token, err := s.Auth.Accept(r.Context(), r.PathValue("token"), r.PostForm.Get("password"), ip, r.UserAgent())
	if sales.CodeOf(err) == sales.NotFound || inForm(err) {
		return s.invite(w, r, err)
	}
	if err != nil {
		return err
	}
	s.endSession(r)
	s.setCookie(w, r, token)
	return httpx.SeeOther(w, r, "/start")
}

// getUnsubscribe shows the page behind the link in a mail. It changes nothing:
// scanners of mail follow links (RFC 8058 section 1).
func (s *Server) getUnsubscribe(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Desk.UnsubscribeInfo(r.Context(), r.PathValue("token"))
	return s.unsubscribePage(w, r, UnsubscribePage{Address: t.Address, Sender: t.Workspace, Done: t.Done}, err)
}

// postUnsubscribe does it, for the button on the page and for mail programs,
// which post List-Unsubscribe=One-Click without cookies and expect no redirect
// (RFC 8058 section 3.1). Whatever the body holds, a POST to the link is a demand
// to stop; once more changes nothing.
func (s *Server) postUnsubscribe(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Desk.Unsubscribe(r.Context(), r.PathValue("token"))
	return s.unsubscribePage(w, r, UnsubscribePage{Address: t.Address, Sender: t.Workspace, Done: t.Done}, err)
}

func (s *Server) unsubscribePage(w http.ResponseWriter, r *http.Request, p UnsubscribePage, err error) error {
	p.Shell, p.Token = s.plain(r, "No more mail"), r.PathValue("token")
	status := http.StatusOK
	if code := sales.CodeOf(err); code == sales.NotFound || code == sales.Invalid {
		p.Unknown, status = true, http.StatusNotFound
	} else if err != nil {
		return err
	}
	return RenderStatus(w, r, status, p.Shell, UnsubscribeView(p))
}
