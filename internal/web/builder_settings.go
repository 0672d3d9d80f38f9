package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// SequenceSettings are what a sequence uses and when it happens, for its form.
type SequenceSettings struct {
	Ruleset, Schedule string
	Rulesets          []Option
	Schedules         []Option
	Boxes             []FileChoice // mailboxes that the viewer may choose for the pool, and those in it
	Others            bool         // there are more, which a manager may choose
	AnchorField       string
	AnchorDay         string
}

// sequenceSettings fills the form.
func (s *Server) sequenceSettings(ctx context.Context, v visit, q sales.Sequence) (SequenceSettings, error) {
	f := SequenceSettings{
		Ruleset: q.RulesetID.String(), Schedule: q.ScheduleID.String(), AnchorField: q.Anchor.Field, AnchorDay: q.Anchor.Day,
		Rulesets: []Option{{Value: "0", Label: "Its own rules"}}, Schedules: []Option{{Value: "0", Label: "The hours of the workspace"}},
	}
	rules, err := s.Store.Rulesets(ctx, v.WorkspaceID)
	if err != nil {
		return f, err
	}
	for _, x := range rules {
		f.Rulesets = append(f.Rulesets, Option{Value: x.ID.String(), Label: x.Name})
	}
	hours, err := s.Store.Schedules(ctx, v.WorkspaceID)
	if err != nil {
		return f, err
	}
	for _, x := range hours {
		f.Schedules = append(f.Schedules, Option{Value: x.ID.String(), Label: x.Name})
	}
	boxes, err := s.Store.Mailboxes(ctx, v.WorkspaceID)
	for _, x := range boxes {
		on := slices.Contains(q.Pool, x.ID)
		if !on && x.UserID != v.UserID && !v.Role.AtLeast(sales.RoleManager) {
			f.Others = true
			continue
		}
		f.Boxes = append(f.Boxes, FileChoice{ID: x.ID.String(), Name: x.Address, On: on})
	}
	return f, err
}

// postSequenceSettings saves what a sequence uses.
func (s *Server) postSequenceSettings(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	q, err := s.buildable(r, v)
	if err != nil {
		return err
	}
	q.RulesetID, q.ScheduleID, q.Pool = 0, 0, nil
	if id, err := sales.ParseID(r.PostForm.Get("ruleset")); err == nil && id > 0 {
		x, err := s.Store.Ruleset(r.Context(), v.WorkspaceID, id)
		if err != nil {
			return err
		}
		q.RulesetID, q.Rules = id, x.Rules
	}
	if id, err := sales.ParseID(r.PostForm.Get("schedule")); err == nil && id > 0 {
		x, err := s.Store.Schedule(r.Context(), v.WorkspaceID, id)
		if err != nil {
			return err
		}
		q.ScheduleID, q.Schedule = id, &x
	}
	boxes, err := s.Store.Mailboxes(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	for _, x := range boxes {
		if slices.Contains(r.PostForm["box"], x.ID.String()) {
			q.Pool = append(q.Pool, x.ID)
		}
	}
	q.Anchor = sales.Anchor{Field: strings.TrimSpace(cut(r.PostForm.Get("anchor_field"), 100)), Day: strings.TrimSpace(r.PostForm.Get("anchor_day"))}
	if q.Anchor.Field != "" {
		q.Anchor.Day = ""
	} else if q.Anchor.Day != "" {
		if _, err := time.Parse(time.DateOnly, q.Anchor.Day); err != nil {
			return s.builder(w, r, v, q, BuilderPage{Problem: "Write the day of the sequence as 2027-03-31."}, http.StatusUnprocessableEntity)
		}
	}
	return s.saveSequence(w, r, v, q, BuilderPage{}, "Saved.")
}

// VersionsPage lists the states in which a sequence was saved.
type VersionsPage struct {
	Shell
	ID      sales.ID
	Name    string
	Rows    []VersionRow
	Shown   int // the version that is shown; 0 is none
	Steps   []StepView
	CanEdit bool
}

// VersionRow is one saved state.
type VersionRow struct {
	Version int
	At      time.Time
	By      string
	Says    string
}

// getVersions lists the versions of a sequence, and shows one with ?version=N.
func (s *Server) getVersions(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.sequence(r, v)
	if err != nil {
		return err
	}
	sh, err := s.shell(r, v, "Versions of "+q.Name, "sequences")
	if err != nil {
		return err
	}
	list, err := s.Store.SequenceVersions(r.Context(), v.WorkspaceID, q.ID)
	if err != nil {
		return err
	}
	users, err := s.Store.Users(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	names := map[sales.ID]string{}
	for _, u := range users {
		names[u.ID] = u.Name
	}
	p := VersionsPage{Shell: sh, ID: q.ID, Name: q.Name, CanEdit: mayBuild(v, q)}
	for _, x := range list {
		p.Rows = append(p.Rows, VersionRow{Version: x.Version, At: x.At, By: names[x.UserID], Says: upperFirst(x.Says)})
	}
	if n, err := strconv.Atoi(r.URL.Query().Get("version")); err == nil {
		old, err := s.Store.SequenceAt(r.Context(), v.WorkspaceID, q.ID, n)
		if err != nil {
			return err
		}
		p.Shown, p.Steps = n, stepViews(old)
	}
	return Render(w, r, sh, VersionsView(p))
}

// postUseVersion brings the steps of an earlier version back, as a new edit.
func (s *Server) postUseVersion(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.buildable(r, v)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("version"))
	if err != nil {
		return sales.Errorf(sales.NotFound, "There is no such version.")
	}
	old, err := s.Store.SequenceAt(r.Context(), v.WorkspaceID, q.ID, n)
	if err != nil {
		return err
	}
	q.Steps = old.Steps
	return s.saveSequence(w, r, v, q, BuilderPage{}, "The steps of version "+strconv.Itoa(n)+" are back.")
}
