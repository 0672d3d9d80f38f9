package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/httpx"
	"ninetyten/internal/next"
	"ninetyten/internal/rank"
	"ninetyten/internal/sales"
)

// points writes a number of points.
func points(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (p OrderPage) canChange() bool { return p.Role.AtLeast(sales.RoleManager) }

func (p OrderPage) rows(person bool) (out []OrderRow) {
	for _, r := range p.Rows {
		if r.Person == person {
			out = append(out, r)
		}
	}
	return out
}

// skipNext passes somebody over in one's own queue.
func (s *Server) skipNext(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := formID(r, "person")
	if err != nil {
		return err
	}
	task, err := formID(r, "task")
	if err != nil {
		return err
	}
	k := sales.Skip{PersonID: person, TaskID: task, Reason: sales.SkipReason(r.PostFormValue("reason")), Note: r.PostFormValue("note")}
	u, err := s.Desk.Skip(r.Context(), v.Viewer, k)
	return s.over(w, r, "/next", u, err, person)
}

// pinNext puts somebody on top of one's own queue, unpinNext takes them away.
func (s *Server) pinNext(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := formID(r, "person")
	if err != nil {
		return err
	}
	u, err := s.Desk.Pin(r.Context(), v.Viewer, person)
	return s.over(w, r, httpx.LocalPath(r.PostFormValue("back"), "/next"), u, err)
}

func (s *Server) unpinNext(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := formID(r, "person")
	if err != nil {
		return err
	}
	u, err := s.Desk.Unpin(r.Context(), v.Viewer, person)
	return s.over(w, r, httpx.LocalPath(r.PostFormValue("back"), "/next"), u, err)
}

// dialed keeps the person whose number was pressed until the outcome is logged. The
// phone rings whatever it answers.
func (s *Server) dialed(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := formID(r, "person")
	if err != nil {
		return err
	}
	if _, err := s.Store.Person(r.Context(), v.Viewer, person); err != nil {
		return err
	}
	if _, err := s.Next.Dialed(r.Context(), v.Viewer, person); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// dayOf is the day's list of a queue. Of a long one only the head was read: of the
// rest as many are today's as the hours have room for, eight minutes each.
func dayOf(view next.View, waiting int) NextDay {
	d := NextDay{Done: view.Done, Today: view.Today, Waiting: max(waiting, view.Today), Minutes: view.Minutes, Left: view.Left}
	if read := len(view.Next); view.More && d.Today >= read {
		long := rank.Minutes(sales.Task{Kind: sales.TaskCall})
		more := max(0, min(d.Waiting-d.Today, (int(view.Left/time.Minute)-d.Minutes)/long))
		d.Today, d.Minutes = d.Today+more, d.Minutes+more*long
	}
	return d
}

// getOrder shows how Next is ordered.
func (s *Server) getOrder(w http.ResponseWriter, r *http.Request, v visit) error {
	p, err := s.orderPage(r, v)
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, OrderView(*p))
}

// postOrder changes the points.
func (s *Server) postOrder(w http.ResponseWriter, r *http.Request, v visit) error {
	own := map[string]float64{}
	bad := map[string]bool{}
	for _, x := range rank.Weights() {
		text := strings.TrimSpace(r.PostFormValue(x.Name))
		if text == "" || r.PostFormValue("reset") == "yes" {
			continue
		}
		f, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
		if err != nil || !(f >= 0 && f <= rank.MaxPoints) {
			bad[x.Name] = true
			continue
		}
		own[x.Name] = f
	}
	if len(bad) > 0 {
		p, err := s.orderPage(r, v)
		if err != nil {
			return err
		}
		p.Problem = fmt.Sprintf("Points are numbers from 0 to %.0f. Nothing was changed.", rank.MaxPoints)
		for i := range p.Rows {
			p.Rows[i].Value = r.PostFormValue(p.Rows[i].Name)
			if bad[p.Rows[i].Name] {
				p.Rows[i].Error = p.Problem
			}
		}
		return RenderStatus(w, r, http.StatusUnprocessableEntity, p.Shell, OrderView(*p))
	}
	if err := s.Desk.SetRankWeights(r.Context(), v.Viewer, own); err != nil {
		return err
	}
	say := "The points are saved. They hold from the next look at a queue on."
	if r.PostFormValue("reset") == "yes" {
		say = "The order goes by the table again."
	}
	return s.toastTo(w, r, "/settings/next", Toast{Text: say})
}

// maxQueues is how many queues the page looks at to say what a line does.
const maxQueues = 20

func (s *Server) orderPage(r *http.Request, v visit) (*OrderPage, error) {
	ctx := r.Context()
	c, err := s.scene(r, v, "Next", "settings")
	if err != nil {
		return nil, err
	}
	p := &OrderPage{Shell: c.sh, Own: len(c.settings.RankWeights) > 0}
	leads, sums, people, err := c.orderInQueues(ctx)
	if err != nil {
		return nil, err
	}
	p.Leads = people
	now := rank.PointsOf(c.settings)
	for _, x := range rank.Weights() {
		row := OrderRow{Name: x.Name, Says: x.Says, Person: x.Person, Table: x.Points, Value: points(now[x.Name])}
		switch n := leads[x.Name]; {
		case n == 0:
			row.Did = "nobody"
		case x.Person:
			row.Did = fmt.Sprintf("%s, %.1f each", many(n, "person", "people"), sums[x.Name]/float64(n))
		default:
			row.Did = many(n, "person", "people")
		}
		p.Rows = append(p.Rows, row)
	}
	return p, c.skipsOf(ctx, p)
}

// orderInQueues counts for how many of those who come first a line of the table
// counts, and how much it adds: in one's own queue, for managers in those of the team.
func (c *scene) orderInQueues(ctx context.Context) (leads map[string]int, sums map[string]float64, people int, err error) {
	viewers := []sales.Viewer{c.Viewer}
	if c.Role.AtLeast(sales.RoleManager) {
		for _, u := range c.team {
			if u.ID != c.User.ID && !u.Disabled && len(viewers) < maxQueues {
				viewers = append(viewers, sales.Viewer{WorkspaceID: c.WorkspaceID, UserID: u.ID, Role: u.Role})
			}
		}
	}
	leads, sums = map[string]int{}, map[string]float64{}
	for _, v := range viewers {
		view, err := c.Next.Look(ctx, v)
		if err != nil {
			return nil, nil, 0, err
		}
		for _, x := range view.Next {
			people++
			for _, part := range x.Points {
				leads[part.Name]++
				sums[part.Name] += part.Points
			}
		}
	}
	return leads, sums, people, nil
}

// skipsOf lists who was passed over lately.
func (c *scene) skipsOf(ctx context.Context, p *OrderPage) error {
	list, err := c.Store.Skips(ctx, c.Viewer, c.now().AddDate(0, 0, -30), 200)
	if err != nil {
		return err
	}
	var ids []sales.ID
	counts := map[sales.SkipReason]int{}
	for _, k := range list {
		ids = append(ids, k.PersonID)
		counts[k.Reason]++
	}
	people, err := c.Store.PeopleByID(ctx, c.WorkspaceID, ids)
	if err != nil {
		return err
	}
	for _, r := range sales.SkipReasons() {
		if counts[r] > 0 {
			p.Reasons = append(p.Reasons, Option{Label: skipLabel(r), Value: number(counts[r])})
		}
	}
	for _, k := range list[:min(len(list), 50)] {
		who := people[k.PersonID]
		p.Skips = append(p.Skips, SkipRow{PersonID: k.PersonID, Name: who.Name(), By: c.nameOf(k.UserID), Why: skipLabel(k.Reason), Note: k.Note, At: k.At, Until: k.Until})
	}
	return nil
}
