package web

import (
	"net/http"
	"strconv"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// postBulk does one thing to many people of a sequence: those whose box is
// ticked, or everybody whom the view shows.
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
	if len(c.IDs) == 0 && r.PostFormValue("all") != "on" {
		return s.toastTo(w, r, back, Toast{Text: "Choose people first: tick their boxes, or “all of them”.", Bad: true})
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
	for _, x := range r.PostForm["enrollment"] {
		if n, err := strconv.ParseInt(x, 10, 64); err == nil && n > 0 {
			c.IDs = append(c.IDs, sales.ID(n))
		}
	}
	return c, nil
}
