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
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	d, err := draftIn(r, person)
	if err != nil {
		return err
	}
	rev, err := s.Desk.SaveDraft(r.Context(), v.Viewer, d)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(map[string]string{"rev": strconv.FormatInt(rev, 10)})
}

// draftIn reads what a form holds of a mail to a person.
func draftIn(r *http.Request, person sales.ID) (sales.Draft, error) {
	d := sales.Draft{PersonID: person, Subject: r.PostFormValue("subject"), Body: r.PostFormValue("body"), HTML: r.PostFormValue("html"), To: r.PostFormValue("to"), Cc: r.PostFormValue("cc"), Files: attachedTo(r)}
	var err error
	if text := r.PostFormValue("thread"); text != "0" {
		if d.ThreadID, err = optionalID(text); err != nil {
			return d, err
		}
	}
	if d.Rev, err = strconv.ParseInt(r.PostFormValue("rev"), 10, 64); err != nil {
		return d, sales.WrapError(sales.Invalid, err, "The form came broken. Reload the page.")
	}
	return d, nil
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
	f.HTML = d.HTML
	if d.Subject != "" {
		f.Subject = d.Subject
	}
	if d.To != "" {
		f.Recipient = d.To
	}
	if d.To != "" || d.Cc != "" {
		f.Cc = d.Cc
	}
	f.Files, err = c.chips(ctx, d.Files)
	return err
}
