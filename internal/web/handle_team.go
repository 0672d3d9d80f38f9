package web

import (
	"net/http"

	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// getTeam lists the users.
func (s *Server) getTeam(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.team(w, r, v, TeamPage{Values: map[string]string{}}, nil)
}

// team shows the team, with a link just made or the error of a form in p.
func (s *Server) team(w http.ResponseWriter, r *http.Request, v visit, p TeamPage, problem error) error {
	sh, err := s.shell(r, v, "Settings", "settings")
	if err != nil {
		return err
	}
	p.Shell = sh
	p.Shell.Now = s.Auth.Now() // logins are seen on the wall's clock
	for _, o := range roleChoices() {
		if v.Role.AtLeast(sales.Role(o.Value)) {
			p.Roles = append(p.Roles, o)
		}
	}
	users, err := s.Store.Users(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	for _, u := range users {
		row := UserRow{ID: u.ID, Name: u.Name, Email: u.Email, Role: u.Role, Initials: initials(u.Name), CanChange: v.Role.AtLeast(u.Role), IsMyself: u.ID == v.UserID, IsDisabled: u.Disabled}
		switch {
		case u.Disabled:
			row.State = Tag{Text: "shut out", Tone: "bad"}
		case sh.away[u.ID].ID != 0:
			zone, err := s.zoneOfUser(r.Context(), u)
			if err != nil {
				return err
			}
			row.State = Tag{Text: "away until " + dayIn(s.Clock.Now(), sh.away[u.ID].To, zone), Icon: "coffee"}
		case u.PasswordHash == "":
			row.State = Tag{Text: "invited", Tone: "mark"}
		}
		list, err := s.Auth.Sessions(r.Context(), u)
		if err != nil {
			return err
		}
		if row.Sessions = len(list); row.Sessions > 0 {
			row.SeenAt = list[0].SeenAt
		}
		p.Rows = append(p.Rows, row)
	}
	status := http.StatusOK
	if problem != nil {
		p.Problem, status = sales.Explain(problem), formStatus(problem)
	}
	return RenderStatus(w, r, status, p.Shell, TeamView(p))
}

// postTeam invites somebody. The link is shown on the answer, and never again.
func (s *Server) postTeam(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	p := TeamPage{Values: values(r, "name", "email", "role")}
	u, token, err := s.Auth.Invite(r.Context(), v.User, p.Values["name"], p.Values["email"], sales.Role(p.Values["role"]), "", s.Auth.Now())
	if inForm(err) {
		return s.team(w, r, v, p, err)
	}
	if err != nil {
		return err
	}
	return s.showLink(w, r, v, u.Name, token)
}

func (s *Server) showLink(w http.ResponseWriter, r *http.Request, v visit, name, token string) error {
	base, err := s.baseURL(r, v)
	if err != nil {
		return err
	}
	return s.team(w, r, v, TeamPage{Values: map[string]string{}, Link: base + "/invite/" + token, LinkFor: name}, nil)
}

// baseURL is the address of this server for links to hand on: the public one,
// else the one that the browser came by.
func (s *Server) baseURL(r *http.Request, v visit) (string, error) {
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return "", err
	}
	if ws.Settings.PublicURL != "" {
		return ws.Settings.PublicURL, nil
	}
	return pick(s.Proxies.HTTPS(r), "https://", "http://") + r.Host, nil
}

// member gives the user of the team that the path names.
func (s *Server) member(r *http.Request, v visit) (sales.User, error) {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return sales.User{}, err
	}
	return s.Store.User(r.Context(), v.WorkspaceID, id)
}

// postTeamLink makes a new link for somebody who lost theirs, or the password.
func (s *Server) postTeamLink(w http.ResponseWriter, r *http.Request, v visit) error {
	u, err := s.member(r, v)
	if err != nil {
		return err
	}
	if u.ID == v.UserID {
		return sales.Errorf(sales.Invalid, "This would log you out. Change your own password under Settings, You.")
	}
	token, err := s.Auth.InviteLink(r.Context(), v.User, u.ID)
	if err != nil {
		return err
	}
	return s.showLink(w, r, v, u.Name, token)
}

// postTeamRole gives somebody another role.
func (s *Server) postTeamRole(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	return s.changeMember(w, r, v, func(u *sales.User) string {
		u.Role = sales.Role(r.PostForm.Get("role"))
		return u.Name + " is " + labelOf(roleChoices(), string(u.Role)) + " now."
	})
}

// postTeamDisable shuts somebody out: every session ends, nothing is deleted.
func (s *Server) postTeamDisable(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.changeMember(w, r, v, func(u *sales.User) string {
		u.Disabled = true
		return u.Name + " is shut out. What they did stays."
	})
}

// postTeamEnable lets somebody in again.
func (s *Server) postTeamEnable(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.changeMember(w, r, v, func(u *sales.User) string {
		u.Disabled = false
		return u.Name + " may log in again."
	})
}

func (s *Server) changeMember(w http.ResponseWriter, r *http.Request, v visit, change func(u *sales.User) string) error {
	u, err := s.member(r, v)
	if err != nil {
		return err
	}
	if u.ID == v.UserID {
		return sales.Errorf(sales.Invalid, "You cannot do this to yourself. Ask another administrator.")
	}
	say := change(&u)
	err = s.Auth.ChangeUser(r.Context(), v.User, u.ID, u.Name, u.Role, u.Zone, u.Disabled)
	if inForm(err) {
		return s.team(w, r, v, TeamPage{Values: map[string]string{}}, err)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/team", Toast{Text: say})
}

// postTeamLogout ends every session of somebody.
func (s *Server) postTeamLogout(w http.ResponseWriter, r *http.Request, v visit) error {
	u, err := s.member(r, v)
	if err != nil {
		return err
	}
	if u.ID == v.UserID {
		return httpx.SeeOther(w, r, "/settings/profile")
	}
	if err := s.Auth.LogOutUser(r.Context(), v.User, u.ID); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/team", Toast{Text: u.Name + " is logged out everywhere."})
}
