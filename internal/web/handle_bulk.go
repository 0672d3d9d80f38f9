package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// postBulk does one thing to many people of a sequence: those whose box is
// ticked, or everybody whom the view shows. What it would do is shown first; done it
// is to those who were a yes then.
func (s *Server) postBulk(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.sequence(r, v)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	back := path("/sequences", q.ID, "people") + "?" + r.URL.RawQuery
	if to := r.PostFormValue("step"); r.PostFormValue("what") == string(desk.BulkMove) && to == "" {
		return s.toastTo(w, r, back, Toast{Text: "Choose the step to move them to.", Bad: true})
	}
	c, err := s.bulkOf(r, v)
	if inForm(err) {
		return s.toastTo(w, r, back, Toast{Text: sales.Explain(err), Bad: true})
	}
	if err != nil {
		return err
	}
	confirmed := r.PostFormValue("confirmed") != ""
	if len(c.IDs) == 0 && r.PostFormValue("all") != "on" {
		return s.toastTo(w, r, back, Toast{Text: "Choose people first: tick their boxes, or “all of them”.", Bad: true})
	}
	if !confirmed {
		return s.showBulk(w, r, v, q, c, back)
	}
	done, err := s.Desk.Bulk(r.Context(), v.Viewer, q.ID, c)
	if inForm(err) {
		return s.toastTo(w, r, back, Toast{Text: sales.Explain(err), Bad: true})
	}
	if err != nil {
		return err
	}
	return s.done(w, r, back, done.Undo)
}

// showBulk asks before it is done.
func (s *Server) showBulk(w http.ResponseWriter, r *http.Request, v visit, q sales.Sequence, c desk.BulkCommand, back string) error {
	checks, err := s.Desk.PreviewBulk(r.Context(), v.Viewer, q.ID, c)
	if err == nil && len(checks) == 0 {
		err = sales.Errorf(sales.Invalid, "Nobody of those is in the sequence any more. Choose again.")
	}
	if inForm(err) {
		return s.toastTo(w, r, back, Toast{Text: sales.Explain(err), Bad: true})
	}
	if err != nil {
		return err
	}
	sh, err := s.shell(r, v, "Before it is done", "sequences")
	if err != nil {
		return err
	}
	p := BulkPage{Shell: sh, ID: q.ID, Name: q.Name, Post: back, Back: back}
	for _, name := range []string{"until", "step"} {
		if x := r.PostFormValue(name); x != "" {
			p.Fields = append(p.Fields, Hidden{name, x})
		}
	}
	if err := s.bulkPage(withShell(r.Context(), sh), v, q, c, checks, &p); err != nil {
		return err
	}
	return Render(w, r, sh, BulkView(p))
}

// bulkOf reads what is to be done, and to whom.
func (s *Server) bulkOf(r *http.Request, v visit) (desk.BulkCommand, error) {
	c := desk.BulkCommand{Kind: desk.BulkKind(r.PostFormValue("what"))}
	if id, err := sales.ParseID(r.PostFormValue("step")); err == nil {
		c.StepID = id
	}
	if day := r.PostFormValue("until"); day != "" && c.Kind == desk.BulkPause {
		at, err := time.ParseInLocation(time.DateOnly, day, zoneOf(v.User.Zone))
		if err != nil || !at.After(s.Clock.Now()) {
			return c, sales.Errorf(sales.Invalid, "Choose a day to come until which they are paused, or leave it empty.")
		}
		c.Until = at
	}
	now, step := insideChoice(r)
	c.Filter = store.InsideFilter{States: now.states, Position: step}
	if r.PostFormValue("all") == "on" {
		return c, nil
	}
	ticked := r.PostForm["enrollment"]
	if list := r.PostFormValue("people"); list != "" { // as the page before named them
		ticked = strings.Split(list, ",")
	}
	for _, x := range ticked {
		if n, err := strconv.ParseInt(x, 10, 64); err == nil && n > 0 {
			c.IDs = append(c.IDs, sales.ID(n))
		}
	}
	return c, nil
}
