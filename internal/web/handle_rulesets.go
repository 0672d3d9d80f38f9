package web

import (
	"net/http"
	"slices"

	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// getRulesets lists the rulesets and who uses each.
func (s *Server) getRulesets(w http.ResponseWriter, r *http.Request, v visit) error {
	sh, err := s.shell(r, v, "Rulesets", "settings")
	if err != nil {
		return err
	}
	list, err := s.Store.Rulesets(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	uses, err := s.sequenceUses(r, v, func(q sales.Sequence) sales.ID { return q.RulesetID })
	if err != nil {
		return err
	}
	p := RulesetsPage{Shell: sh, CanEdit: v.Role.AtLeast(sales.RoleManager)}
	for _, x := range list {
		p.Rows = append(p.Rows, RulesetRow{ID: x.ID, Name: x.Name, Short: rulesShort(x.Rules), Uses: uses[x.ID]})
	}
	return Render(w, r, sh, RulesetsView(p))
}

// sequenceUses lists the sequences by what they use.
func (s *Server) sequenceUses(r *http.Request, v visit, of func(sales.Sequence) sales.ID) (map[sales.ID][]Use, error) {
	list, err := s.Store.Sequences(r.Context(), v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	out := map[sales.ID][]Use{}
	for _, q := range slices.Backward(list) {
		if id := of(q); id != 0 {
			out[id] = append(out[id], Use{Label: q.Name, Href: path("/sequences", q.ID)})
		}
	}
	return out, nil
}

// getNewRuleset begins a ruleset: with the defaults, or with the rules of another.
func (s *Server) getNewRuleset(w http.ResponseWriter, r *http.Request, v visit) error {
	form := rulesetForm("", sales.DefaultRules())
	if from, err := sales.ParseID(r.URL.Query().Get("from")); err == nil {
		x, err := s.Store.Ruleset(r.Context(), v.WorkspaceID, from)
		if err != nil {
			return err
		}
		form = rulesetForm(clipText("Copy of "+x.Name, 90), x.Rules)
	}
	return s.ruleset(w, r, v, http.StatusOK, RulesetPage{Form: form})
}

// getRuleset shows a ruleset: to change it, or to read it.
func (s *Server) getRuleset(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	x, err := s.Store.Ruleset(r.Context(), v.WorkspaceID, id)
	if err != nil {
		return err
	}
	return s.ruleset(w, r, v, http.StatusOK, RulesetPage{ID: id, Version: x.Version, Form: rulesetForm(x.Name, x.Rules), Rules: x.Rules})
}

// ruleset fills in what the form needs and shows the page.
func (s *Server) ruleset(w http.ResponseWriter, r *http.Request, v visit, status int, p RulesetPage) error {
	sh, err := s.shell(r, v, pick(p.ID > 0, p.Form.Name, "New ruleset"), "settings")
	if err != nil {
		return err
	}
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	p.Shell, p.CanEdit, p.Stages = sh, v.Role.AtLeast(sales.RoleManager), ws.Settings.Stages
	p.Fields = conditionFields()
	if p.ID > 0 {
		uses, err := s.sequenceUses(r, v, func(q sales.Sequence) sales.ID { return q.RulesetID })
		if err != nil {
			return err
		}
		p.Uses = uses[p.ID]
	}
	return RenderStatus(w, r, status, sh, RulesetView(p))
}

// postRuleset saves a ruleset; a button inside the form changes its rows first.
func (s *Server) postRuleset(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	p := RulesetPage{Form: readRulesetForm(r), Version: atoi(r.PostForm.Get("version"))}
	if r.PathValue("id") != "" {
		id, err := sales.ParseID(r.PathValue("id"))
		if err != nil {
			return err
		}
		if _, err := s.Store.Ruleset(r.Context(), v.WorkspaceID, id); err != nil {
			return err
		}
		p.ID = id
	}
	if do := r.PostForm.Get("do"); do != "" {
		p.Form = p.Form.act(do).withBlanks()
		return s.ruleset(w, r, v, http.StatusOK, p)
	}
	rules, ok := p.Form.rules()
	if !ok {
		p.Form = p.Form.withBlanks()
		return s.ruleset(w, r, v, http.StatusUnprocessableEntity, p)
	}
	x, err := s.Desk.SaveRuleset(r.Context(), v.Viewer, sales.Ruleset{ID: p.ID, Name: p.Form.Name, Rules: rules, Version: p.Version})
	if inForm(err) {
		p.Form, p.Problem = p.Form.withBlanks(), sales.Explain(err)
		return s.ruleset(w, r, v, formStatus(err), p)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/rulesets", Toast{Text: "“" + clipText(x.Name, 60) + "” is saved. The sequences that use it go by it from now on."})
}

// postDeleteRuleset removes a ruleset that nothing uses.
func (s *Server) postDeleteRuleset(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.deleteOne(w, r, "/settings/rulesets", "The ruleset is gone.", func(id sales.ID) error { return s.Desk.DeleteRuleset(r.Context(), v.Viewer, id) })
}

// deleteOne deletes the thing of the path and goes back to its list, which says so,
// or says why not.
func (s *Server) deleteOne(w http.ResponseWriter, r *http.Request, list, done string, del func(sales.ID) error) error {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := del(id); err != nil {
		if inForm(err) && !httpx.IsPartial(r) {
			return s.toastTo(w, r, list, Toast{Text: sales.Explain(err), Bad: true})
		}
		return err
	}
	return s.toastTo(w, r, list, Toast{Text: done})
}

// atoi is the number that s is, or 0.
func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<30 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}
