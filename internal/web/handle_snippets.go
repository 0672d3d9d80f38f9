package web

import (
	"cmp"
	"net/http"
	"strings"

	"ninetyten/internal/desk"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// getSnippets lists the snippets and what uses each.
func (s *Server) getSnippets(w http.ResponseWriter, r *http.Request, v visit) error {
	sh, err := s.shell(r, v, "Snippets", "settings")
	if err != nil {
		return err
	}
	list, err := s.Store.Snippets(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	uses, err := s.Desk.SnippetUses(r.Context(), v.Viewer)
	if err != nil {
		return err
	}
	p := SnippetsPage{Shell: sh, CanEdit: v.Role.AtLeast(sales.RoleManager)}
	for _, x := range list {
		p.Rows = append(p.Rows, SnippetRow{ID: x.ID, Name: x.Name, Text: clipText(strings.Join(strings.Fields(x.Body), " "), 140), Uses: textUses(uses[strings.ToLower(x.Name)])})
	}
	return Render(w, r, sh, SnippetsView(p))
}

// textUses shows the places that use a snippet or a file.
func textUses(list []desk.TextUse) []Use {
	var out []Use
	for _, u := range list {
		if u.Snippet != "" {
			out = append(out, Use{Label: "Snippet " + u.Snippet})
			continue
		}
		out = append(out, Use{Label: u.Sequence + ", step " + number(u.Step), Href: path("/sequences", u.SequenceID)})
	}
	return out
}

// getNewSnippet begins one.
func (s *Server) getNewSnippet(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.snippet(w, r, v, http.StatusOK, SnippetPage{})
}

// getSnippet shows one: to change it, or to read it.
func (s *Server) getSnippet(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	x, err := s.snippetOf(r, v, id)
	if err != nil {
		return err
	}
	return s.snippet(w, r, v, http.StatusOK, SnippetPage{ID: id, Name: x.Name, Body: x.Body, Stored: x.Name})
}

func (s *Server) snippetOf(r *http.Request, v visit, id sales.ID) (sales.Snippet, error) {
	list, err := s.Store.Snippets(r.Context(), v.WorkspaceID)
	if err != nil {
		return sales.Snippet{}, err
	}
	for _, x := range list {
		if x.ID == id {
			return x, nil
		}
	}
	return sales.Snippet{}, sales.Errorf(sales.NotFound, "This snippet is not there any more.")
}

func (s *Server) snippet(w http.ResponseWriter, r *http.Request, v visit, status int, p SnippetPage) error {
	sh, err := s.shell(r, v, p.title(), "settings")
	if err != nil {
		return err
	}
	if p.Errors == nil {
		p.Errors = map[string]string{}
	}
	p.Shell, p.CanEdit = sh, v.Role.AtLeast(sales.RoleManager)
	for _, f := range render.KnownFields() {
		p.Fields = append(p.Fields, Option{Value: f.Name, Label: f.Label})
	}
	if p.ID > 0 {
		uses, err := s.Desk.SnippetUses(r.Context(), v.Viewer)
		if err != nil {
			return err
		}
		p.Uses = textUses(uses[strings.ToLower(p.Stored)])
	}
	return RenderStatus(w, r, status, sh, SnippetView(p))
}

// postSnippet saves one, or shows how it reads.
func (s *Server) postSnippet(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	p := SnippetPage{Name: strings.TrimSpace(r.PostForm.Get("name")), Body: strings.ReplaceAll(r.PostForm.Get("body"), "\r\n", "\n"), Errors: map[string]string{}}
	if r.PathValue("id") != "" {
		id, err := sales.ParseID(r.PathValue("id"))
		if err != nil {
			return err
		}
		x, err := s.snippetOf(r, v, id)
		if err != nil {
			return err
		}
		p.ID, p.Stored = id, x.Name
	}
	if err := (sales.Snippet{Name: p.Name, Body: "x"}).Validate(); err != nil && r.PostForm.Get("do") != "preview" {
		p.Errors["name"] = sales.Explain(err)
	}
	shown, err := s.snippetShown(r, v, p)
	switch {
	case strings.TrimSpace(p.Body) == "" || len(p.Body) > 20_000:
		p.Errors["body"] = "A snippet needs a text of at most 20,000 characters."
	case inForm(err):
		p.Errors["body"] = sales.Explain(err)
	case err != nil:
		return err
	}
	if len(p.Errors) > 0 {
		return s.snippet(w, r, v, http.StatusUnprocessableEntity, p)
	}
	if r.PostForm.Get("do") == "preview" {
		p.Shown = shown
		return s.snippet(w, r, v, http.StatusOK, p)
	}
	x, err := s.Desk.SaveSnippet(r.Context(), v.Viewer, sales.Snippet{ID: p.ID, Name: p.Name, Body: p.Body})
	if inForm(err) {
		p.Problem = sales.Explain(err)
		return s.snippet(w, r, v, formStatus(err), p)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/snippets", Toast{Text: "The snippet " + x.Name + " is saved. Mails that have not gone yet have the new text."})
}

// snippetShown is how a snippet reads for an invented person, every field of whom
// has a value.
func (s *Server) snippetShown(r *http.Request, v visit, p SnippetPage) (string, error) {
	list, err := s.Store.Snippets(r.Context(), v.WorkspaceID)
	if err != nil {
		return "", err
	}
	known := render.SnippetsOf(list)
	known[strings.ToLower(p.Name)] = p.Body
	t, err := render.ParseWith(p.Body, known)
	if err != nil {
		return "", err
	}
	values := map[string]string{}
	for _, f := range render.KnownFields() {
		values[f.Name] = f.Example
	}
	for _, f := range t.Fields() {
		values[f] = cmp.Or(values[f], "["+f+"]")
	}
	text, err := t.Render(values)
	return text, err
}

// postDeleteSnippet removes one that nothing uses.
func (s *Server) postDeleteSnippet(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.deleteOne(w, r, "/settings/snippets", "The snippet is gone.", func(id sales.ID) error { return s.Desk.DeleteSnippet(r.Context(), v.Viewer, id) })
}
