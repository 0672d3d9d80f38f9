package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"ninetyten/internal/sales"
)

// saveDraft keeps what is being written, as the script of the page sends it.
func (s *Server) saveDraft(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := pathID(r)
	if err != nil {
		return err
	}
	var thread sales.ID
	if text := r.PostFormValue("thread"); text != "0" {
		if thread, err = optionalID(text); err != nil {
			return err
		}
	}
	rev, err := strconv.ParseInt(r.PostFormValue("rev"), 10, 64)
	if err != nil {
		return sales.WrapError(sales.Invalid, err, "The form came broken. Reload the page.")
	}
	rev, err = s.Desk.SaveDraft(r.Context(), v.Viewer, sales.Draft{PersonID: person, ThreadID: thread, Subject: r.PostFormValue("subject"), Body: r.PostFormValue("body"), Rev: rev})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(map[string]string{"rev": strconv.FormatInt(rev, 10)})
}

// begun puts the draft that the user has begun into the form.
func (c *scene) begun(ctx context.Context, f *WriteForm, person sales.ID, msg *sales.Message) error {
	if msg != nil && msg.Direction == sales.Incoming {
		f.ThreadID = msg.ThreadID
	}
	d, err := c.Store.Draft(ctx, c.Viewer, person, f.ThreadID)
	if err != nil || d.Rev == 0 {
		return err
	}
	f.Rev, f.Body, f.DraftNote = d.Rev, d.Body, "Your draft of "+when(c.words(ctx), d.At)+"."
	if d.Subject != "" {
		f.Subject = d.Subject
	}
	return nil
}
