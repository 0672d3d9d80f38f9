package web

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"ninetyten/internal/httpx"
	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
)

// postRunImport starts it in the background.
func (s *Server) postRunImport(w http.ResponseWriter, r *http.Request, v visit) error {
	u, err := s.fileOf(r, v)
	if err != nil {
		return err
	}
	if !u.Done && u.Mapped && !u.Runs {
		if err := s.runUpload(r.Context(), v, u); err != nil && sales.CodeOf(err) != sales.Conflict {
			return err
		}
	}
	return httpx.SeeOther(w, r, path("/import", u.ID))
}

// getImportProgress gives the part of the page that reloads itself.
func (s *Server) getImportProgress(w http.ResponseWriter, r *http.Request, v visit) error {
	u, err := s.fileOf(r, v)
	if err != nil {
		return err
	}
	sh := s.part(v)
	left, err := s.stepsLeft(r.Context(), v)
	if err != nil {
		return err
	}
	p := s.resultPage(sh, u)
	p.GoOn = left > 0
	return Render(w, r, sh, ImportResultInside(p))
}

func (s *Server) resultPage(sh Shell, u *upload) ImportResultPage {
	res := u.Result
	p := ImportResultPage{Shell: sh, ID: u.ID, File: u.Name, Added: res.Created, Changed: res.Updated, Same: res.Same, LeftOf: res.Refused, Problem: u.Problem, ProblemsHref: path("/import", u.ID, "problems.csv")}
	if u.Runs {
		p.Running, p.Rows, p.Done, p.Total = true, u.SoFar.Rows, int(u.SoFar.Bytes), int(u.Size)
		return p
	}
	if u.Running && p.Problem == "" {
		p.Problem = "The server stopped while this import ran."
	}
	p.Problems = problemRows(res)
	if p.More = res.MoreProblems; len(p.Problems) > 100 {
		p.More += len(p.Problems) - 100
		p.Problems = p.Problems[:100]
	}
	return p
}

// problemRows puts the remarks of a line together: it was left out, or it came
// in and something of it was left out or kept as it was.
func problemRows(res importer.Result) []ImportProblem {
	var out []ImportProblem
	for _, x := range res.Problems {
		if n := len(out); n == 0 || out[n-1].Line != x.Line {
			out = append(out, ImportProblem{Line: x.Line, What: "Came in"})
		}
		row := &out[len(out)-1]
		row.Text = strings.TrimSpace(row.Text + " " + x.Text)
		if x.Refused {
			row.Left, row.What = true, "Left out"
		}
	}
	return out
}

// getImportProblems gives the remarks on rows as CSV. What a spreadsheet would
// run as a formula is made text.
func (s *Server) getImportProblems(w http.ResponseWriter, r *http.Request, v visit) error {
	u, err := s.fileOf(r, v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="problems.csv"`)
	out := csv.NewWriter(w)
	_ = out.Write([]string{"line", "what", "why"})
	for _, x := range problemRows(u.Result) {
		_ = out.Write([]string{strconv.Itoa(x.Line), strings.ToLower(x.What), importer.SafeCell(x.Text)})
	}
	out.Flush()
	return out.Error()
}
