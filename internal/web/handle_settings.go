package web

import (
	"net/http"
	"strings"

	"ninetyten/internal/auth"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// getProfile shows what one user sets for themselves.
func (s *Server) getProfile(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.profile(w, r, v, ProfilePage{Zone: v.User.Zone}, nil)
}

// profile shows the profile, with the error of one of its forms. Values typed
// are in p.
func (s *Server) profile(w http.ResponseWriter, r *http.Request, v visit, p ProfilePage, problem error) error {
	sh, err := s.shell(r, v, "Settings", "settings")
	if err != nil {
		return err
	}
	p.Shell, p.Email = sh, v.User.Email
	if p.Errors == nil {
		p.Errors = map[string]string{}
	}
	if p.Name == "" {
		p.Name, p.Calendar = v.User.Name, v.User.CalendarURL
	}
	list, err := s.Auth.Sessions(r.Context(), v.User)
	if err != nil {
		return err
	}
	for _, x := range list {
		p.Sessions = append(p.Sessions, SessionRow{ID: x.ID, Agent: browserName(x.Agent), IP: x.IP, SeenAt: x.SeenAt, Current: x.ID == v.Session.ID})
	}
	// Logins are seen on the wall's clock, whatever clock the business runs on.
	p.Shell.Now = s.Auth.Now()
	status := http.StatusOK
	if problem != nil {
		status = formStatus(problem)
	}
	return RenderStatus(w, r, status, p.Shell, ProfileView(p))
}

// postProfile saves name and zone, and in the browser the colours and whether
// single letters are keys.
func (s *Server) postProfile(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f := values(r, "name", "zone", "calendar", "theme", "letters")
	err := s.Auth.ChangeProfile(r.Context(), v.User, f["name"], f["zone"], f["calendar"])
	if inForm(err) {
		return s.profile(w, r, v, ProfilePage{Name: f["name"], Zone: f["zone"], Calendar: f["calendar"], Problem: sales.Explain(err)}, err)
	}
	if err != nil {
		return err
	}
	s.keepChoice(w, r, "theme", pick(f["theme"] == "light" || f["theme"] == "dark", f["theme"], ""))
	s.keepChoice(w, r, "letters", pick(f["letters"] == "on", "", "off"))
	return s.toastTo(w, r, "/settings/profile", Toast{Text: "Saved."})
}

// keepChoice keeps a choice of looks in the browser for a year; "" forgets it.
// The script reads and writes it too.
func (s *Server) keepChoice(w http.ResponseWriter, r *http.Request, name, value string) {
	c := &http.Cookie{Name: name, Value: value, Path: "/", SameSite: http.SameSiteLaxMode, Secure: s.Proxies.HTTPS(r), MaxAge: 365 * 24 * 3600}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// postPassword changes the password; every other session ends.
func (s *Server) postPassword(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	ip, field := s.Proxies.ClientIP(r), "new"
	err := auth.CheckPassword(r.PostForm.Get("new"))
	if err == nil {
		field, err = "old", s.limits.Try(ip, v.User.Email, s.Auth.Now())
	}
	if err == nil {
		err = s.Auth.ChangePassword(r.Context(), v.User, v.Session, r.PostForm.Get("old"), r.PostForm.Get("new"))
	}
	if inForm(err) {
		return s.profile(w, r, v, ProfilePage{Zone: v.User.Zone, Errors: map[string]string{field: sales.Explain(err)}}, err)
	}
	if err != nil {
		return err
	}
	s.limits.Right(ip, v.User.Email)
	return s.toastTo(w, r, "/settings/profile", Toast{Text: "The password is changed, and you are logged out everywhere else."})
}

// postEndSession ends one session of one's own.
func (s *Server) postEndSession(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := s.Auth.Revoke(r.Context(), v.User, id); err != nil {
		return err
	}
	if id == v.Session.ID {
		s.dropCookie(w, r)
		return httpx.SeeOther(w, r, "/login")
	}
	return s.toastTo(w, r, "/settings/profile", Toast{Text: "Logged out there."})
}

// postEndOthers ends every other session of one's own.
func (s *Server) postEndOthers(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := s.Auth.RevokeOthers(r.Context(), v.User, v.Session); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/profile", Toast{Text: "Logged out everywhere else."})
}

// browserName says which browser a User-Agent header is of, as people know it:
// "Firefox on Linux".
func browserName(agent string) string {
	find := func(of [][2]string) string {
		for _, x := range of {
			if strings.Contains(agent, x[0]) {
				return x[1]
			}
		}
		return ""
	}
	browser := find([][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chromium", "Chromium"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}})
	system := find([][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}})
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser+system != "":
		return browser + system
	}
	return "Another program"
}
