package web

import (
	"fmt"
	"net/http"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// tests puts what the tests between texts say on the cards of their steps.
func (s *Server) tests(r *http.Request, v visit, q sales.Sequence, steps []StepView) error {
	list, err := s.Desk.Tests(r.Context(), v.Viewer, q.ID)
	if err != nil {
		return err
	}
	for _, t := range list {
		for i := range steps {
			if steps[i].ID != t.Step.ID {
				continue
			}
			steps[i].Test = t.Verdict.Say
			for _, a := range t.Arms {
				n := func(name string) string { return number(a.Counts[name]) }
				steps[i].Arms = append(steps[i].Arms, fmt.Sprintf("%s%s: %s sent, %s answered, %s interested, %s stopped", a.Name, pick(a.Paused, " (paused)", ""),
					n(store.StatSent), n(store.StatAnswered), n(store.StatInterested), n(store.StatStopped)))
			}
		}
	}
	return nil
}
