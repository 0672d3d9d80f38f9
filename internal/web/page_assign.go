package web

import (
	"context"
	"net/http"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// AssignView says who answers in a thread, and lets it be given to somebody else.
type AssignView struct {
	ThreadID  sales.ID
	FirstName string   // of the person
	Say       string   // that it was given to somebody; "" is whose the person is
	Undo      string   // the path that takes it back; "" is too late, or not the viewer's
	Options   []Option // colleagues it can be given to; empty: the viewer may not
	To        string   // chosen before it was refused
	Walls     bool     // some of them may not see the person
	With      bool     // the person was to go along when it was refused
}

// assignOf reads who answers in a thread. task is what waits in it.
func (c *scene) assignOf(ctx context.Context, r *http.Request, thread sales.ID, p sales.Person, task sales.Task) (AssignView, error) {
	out := AssignView{ThreadID: thread, FirstName: firstNameOf(p), To: r.PostFormValue("to"), With: r.PostFormValue("with") != ""}
	holder := p.OwnerID
	a, err := c.Store.Assignment(ctx, c.WorkspaceID, thread)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return out, err
	}
	if err == nil && a.UserID != 0 && c.team[a.UserID].Sees(p) {
		holder = a.UserID
		who := pick(a.UserID == c.UserID, "You answer", c.team[a.UserID].Name+" answers")
		out.Say = who + " in this thread, given by " + c.nameOf(a.ByID) + " " + when(c.words(ctx), a.At) + "."
		if a.ByID == c.UserID && c.now().Sub(a.At) < desk.TakeBackFor && !p.LastOutAt.After(a.At) {
			out.Undo = "/undo/assign/" + thread.String() + "?back=" + escapeQuery(path("/inbox", thread))
		}
	}
	if task.ID != 0 && task.Kind != sales.TaskConfirm {
		holder = task.UserID
	}
	if c.UserID != holder && c.UserID != p.OwnerID && !c.Role.AtLeast(sales.RoleManager) {
		return out, nil
	}
	for _, u := range c.sortedTeam() {
		if u.ID == holder || u.Disabled || c.sh.away[u.ID].ID != 0 {
			continue
		}
		o := Option{Value: u.ID.String(), Label: u.Name}
		if !u.Sees(p) {
			out.Walls = true
			o.Label += ", may not see " + firstNameOf(p) + " yet"
		}
		out.Options = append(out.Options, o)
	}
	return out, nil
}

// assignThread gives a thread to a colleague.
func (s *Server) assignThread(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	id, err := pathID(r)
	if err != nil {
		return err
	}
	f := desk.Assign{ThreadID: id, WithPerson: r.PostFormValue("with") != ""}
	if f.To, err = formID(r, "to"); err != nil {
		return err
	}
	th, err := s.Store.Thread(r.Context(), v.WorkspaceID, id)
	if err != nil {
		return err
	}
	u, err := s.Desk.Assign(r.Context(), v.Viewer, f)
	if err != nil {
		return s.refuse(w, r, v, th.PersonID, "act-assign", err, nil)
	}
	back := httpx.LocalPath(r.PostFormValue("back"), path("/inbox", id))
	if _, err := s.Store.Person(r.Context(), v.Viewer, th.PersonID); err != nil {
		if sales.CodeOf(err) != sales.NotFound {
			return err
		}
		back = "/inbox" // the person went along
	}
	return s.done(w, r, back, u)
}
