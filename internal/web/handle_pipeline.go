package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// getPipeline shows the stages of deals.
func (s *Server) getPipeline(w http.ResponseWriter, r *http.Request, v visit) error {
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	return s.pipeline(w, r, v, http.StatusOK, PipelinePage{Reasons: strings.Join(ws.Settings.Reasons(), "\n")}, ws.Settings.Pipeline())
}

func (s *Server) pipeline(w http.ResponseWriter, r *http.Request, v visit, status int, p PipelinePage, stages []sales.DealStage) error {
	var err error
	if p.Shell, err = s.shell(r, v, "Pipeline", "settings"); err != nil {
		return err
	}
	p.CanEdit = v.Role.AtLeast(sales.RoleManager)
	sums, err := s.Store.DealSums(r.Context(), v.Viewer, store.DealFilter{})
	if err != nil {
		return err
	}
	n := map[string]int{}
	for _, x := range sums {
		n[x.Stage] += x.N
	}
	for _, x := range stages {
		p.Rows = append(p.Rows, PipelineRow{ID: x.ID, Name: x.Name, Meaning: x.Meaning, Deals: n[x.ID]})
	}
	if p.CanEdit {
		p.Rows = append(p.Rows, PipelineRow{Meaning: sales.DealOpen})
	}
	return RenderStatus(w, r, status, p.Shell, PipelineView(p))
}

// postPipeline saves them.
func (s *Server) postPipeline(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := r.PostForm
	if len(f["name"]) > 100 || len(f["id"]) != len(f["name"]) || len(f["meaning"]) != len(f["name"]) || len(f["order"]) != len(f["name"]) {
		return sales.Errorf(sales.Invalid, "The form came broken. Reload the page and save again.")
	}
	type placed struct {
		sales.DealStage
		at int
	}
	var list []placed
	for i, name := range f["name"] {
		at, err := strconv.Atoi(strings.TrimSpace(f["order"][i]))
		if err != nil {
			at = i + 1
		}
		if strings.TrimSpace(name) != "" {
			list = append(list, placed{sales.DealStage{ID: f["id"][i], Name: name, Meaning: sales.Meaning(f["meaning"][i])}, at})
		}
	}
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	var stages []sales.DealStage
	for _, x := range list {
		stages = append(stages, x.DealStage)
	}
	reasons := strings.ReplaceAll(cut(f.Get("reasons"), 10_000), "\r\n", "\n")
	err := s.Desk.SavePipeline(r.Context(), v.Viewer, stages, strings.Split(reasons, "\n"))
	if inForm(err) || sales.CodeOf(err) == sales.Conflict {
		return s.pipeline(w, r, v, http.StatusUnprocessableEntity, PipelinePage{Reasons: reasons, Problem: sales.Explain(err)}, stages)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/pipeline", Toast{Text: "The pipeline is saved."})
}

// getWeights shows what moves weigh.
func (s *Server) getWeights(w http.ResponseWriter, r *http.Request, v visit) error {
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	return s.weightsPage(w, r, v, http.StatusOK, weightRows(balance.With(ws.Settings.Weights)), "")
}

func (s *Server) weightsPage(w http.ResponseWriter, r *http.Request, v visit, status int, rows []WeightRow, problem string) error {
	sh, err := s.shell(r, v, "Weights", "settings")
	if err != nil {
		return err
	}
	p := WeightsPage{Shell: sh, Rows: rows, CanEdit: v.Role.AtLeast(sales.RoleManager), Problem: problem}
	for _, x := range rows {
		if x.Usual != "" {
			p.Changed++
		}
	}
	return RenderStatus(w, r, status, sh, WeightsView(p))
}

func weightRows(x balance.Weights) []WeightRow {
	minutes := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	usual := balance.Table()
	var out []WeightRow
	for i, w := range x.Table() {
		row := WeightRow{Kind: w.Kind, Says: w.Says, Seller: minutes(w.Seller), Buyer: minutes(w.Buyer), Saved: minutes(w.Saved)}
		if x.Changed(w.Kind) {
			row.Usual = fmt.Sprintf("%s, %s and %s", minutes(usual[i].Seller), minutes(usual[i].Buyer), minutes(usual[i].Saved))
		}
		out = append(out, row)
	}
	return out
}

// postWeights saves them, or goes back to the table.
func (s *Server) postWeights(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	own := map[sales.MoveKind]sales.MoveWeight{}
	rows := weightRows(balance.Weights{})
	var problem string
	if r.PostForm.Get("reset") == "" {
		for i := range rows {
			x := &rows[i]
			var m sales.MoveWeight
			for name, to := range map[string]struct {
				text *string
				n    *float64
			}{"seller:": {&x.Seller, &m.Seller}, "buyer:": {&x.Buyer, &m.Buyer}, "saved:": {&x.Saved, &m.Saved}} {
				*to.text = cut(strings.TrimSpace(r.PostForm.Get(name+string(x.Kind))), 20)
				n, err := strconv.ParseFloat(strings.Replace(*to.text, ",", ".", 1), 64)
				if err != nil {
					problem = "“" + x.Says + "”: write minutes as a number, like 5 or 0.5."
				}
				*to.n = n
			}
			own[x.Kind] = m
		}
	}
	var err error
	if problem == "" {
		err = s.Desk.SaveWeights(r.Context(), v.Viewer, own)
		if inForm(err) {
			problem = sales.Explain(err)
		}
	}
	if problem != "" {
		return s.weightsPage(w, r, v, http.StatusUnprocessableEntity, rows, problem)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/weights", Toast{Text: "Saved. Every balance follows, the past too."})
}
