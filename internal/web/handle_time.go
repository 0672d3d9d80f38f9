package web

import (
	"cmp"
	"context"
	"net/http"
	"strconv"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// countsAs is the kind of page as which time on a page counts; "" is none.
func (s *Server) countsAs(r *http.Request, v visit) (string, error) {
	page, ok := balance.PageOf(r.URL.Path)
	if !ok || v.User.Uncounted {
		return "", nil
	}
	w, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil || w.Settings.TimeOff {
		return "", err
	}
	return page.Kind, nil
}

// postTime is a beat: seconds by kind of page. What else a form says is not read.
func (s *Server) postTime(w http.ResponseWriter, r *http.Request, v visit) error {
	r.Body = http.MaxBytesReader(w, r.Body, 4096)
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	used := map[string]int{}
	for _, p := range balance.Pages() {
		if n, err := strconv.Atoi(r.PostForm.Get(p.Kind)); err == nil {
			used[p.Kind] = n
		}
	}
	err := s.Desk.Beat(r.Context(), v.Viewer, used)
	if sales.CodeOf(err) == sales.Conflict {
		w.WriteHeader(http.StatusConflict) // the script stops; there is nobody to tell
		return nil
	}
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// postMyTime switches one's own counting.
func (s *Server) postMyTime(w http.ResponseWriter, r *http.Request, v visit) error {
	on := r.PostFormValue("count") == "yes"
	if err := s.Desk.CountMyTime(r.Context(), v.Viewer, on); err != nil {
		return err
	}
	return s.toastTo(w, r, "/ninety#time", Toast{Text: pick(on, "Your time is counted.", "Your time is counted no more, and what was stored is deleted.")})
}

// postForgetTime deletes what is stored of one's own.
func (s *Server) postForgetTime(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := s.Desk.ForgetMyTime(r.Context(), v.Viewer); err != nil {
		return err
	}
	return s.toastTo(w, r, "/ninety#time", Toast{Text: "What was stored of your time is deleted."})
}

// postAllTime switches it for the workspace.
func (s *Server) postAllTime(w http.ResponseWriter, r *http.Request, v visit) error {
	on := r.PostFormValue("count") == "yes"
	if err := s.Desk.CountTime(r.Context(), v.Viewer, on); err != nil {
		return err
	}
	return s.toastTo(w, r, "/ninety#time", Toast{Text: pick(on, "Time is counted in this workspace.", "Time is counted of nobody any more, and what was stored is deleted.")})
}

// timePart reads one's own time, and what leaders see.
func (c *scene) timePart(ctx context.Context) (TimePart, error) {
	t := TimePart{Off: c.User.Uncounted, AllOff: c.settings.TimeOff, MaySwitch: c.Role.AtLeast(sales.RoleAdmin), Leads: c.Role.AtLeast(sales.RoleManager)}
	if t.AllOff {
		return t, nil
	}
	own, err := c.Store.OwnPageTime(ctx, c.Viewer, store.Day(c.now().Add(-sales.PageTimeFor), c.sh.Zone))
	if err != nil {
		return t, err
	}
	t.Weeks, t.Stored = timeWeeksOf(own, store.Day(c.now(), c.sh.Zone)), storedOf(own)
	seen, err := c.Desk.TimeSeen(ctx, c.Viewer)
	if err != nil {
		return t, err
	}
	t.From, t.Last, t.Team, t.Few = seen.From, seen.Last, seen.Team, seen.Few
	for _, x := range seen.People {
		who := TimeWho{Name: cmp.Or(c.team[x.UserID].Name, "A former colleague"), Selling: x.Selling, Admin: x.Admin}
		if x.UserID == c.User.ID {
			t.Seen = who
		}
		if t.Leads {
			t.People = append(t.People, who)
		}
	}
	return t, nil
}

// timeWeeksOf are the weeks of what is stored, that of today first.
func timeWeeksOf(own []sales.PageTime, today int64) []TimeWeek {
	monday := today - int64(store.DateOf(today).Weekday()+6)%7
	var out []TimeWeek
	for i := range int64(ninetyWeeks) {
		var list []sales.PageTime
		for _, x := range own {
			if from := monday - 7*i; x.Day >= from && x.Day < from+7 {
				list = append(list, x)
			}
		}
		out = append(out, TimeWeek{store.DateOf(monday - 7*i), balance.SumTime(list)})
	}
	return out
}

// storedOf is what is stored by day, in the order in which it came.
func storedOf(own []sales.PageTime) (out []TimeDay) {
	for len(own) > 0 {
		n := 1
		for n < len(own) && own[n].Day == own[0].Day {
			n++
		}
		if sum := balance.SumTime(own[:n]); len(sum.Kinds) > 0 {
			out = append(out, TimeDay{store.DateOf(own[0].Day), sum.Kinds})
		}
		own = own[n:]
	}
	return out
}
