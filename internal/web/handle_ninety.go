package web

import (
	"cmp"
	"context"
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/calendar"
	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
)

// ninetyWeeks is how many weeks the page shows, this one among them.
const ninetyWeeks = 5

// mondays are the first moments of the weeks in the zone, this one first.
func mondays(now time.Time, zone *time.Location) (out [ninetyWeeks]time.Time) {
	t := now.In(zone)
	back := (int(t.Weekday()) + 6) % 7
	for i := range out {
		// Noon exists on every day, also where a clock change leaves midnight out.
		out[i] = calendar.DayStart(time.Date(t.Year(), t.Month(), t.Day()-back-7*i, 12, 0, 0, 0, zone), zone)
	}
	return out
}

// ninety reads the weeks, each on its own: sums[i] belongs to out[i].
func (c *scene) ninety(ctx context.Context) (out []NinetyWeek, sums [][]sales.MoveSum, err error) {
	weights := balance.With(c.settings.Weights)
	until := c.now().Add(time.Microsecond)
	for _, from := range mondays(c.now(), c.sh.Zone) {
		list, err := c.Store.MoveSums(ctx, c.Viewer, from, until)
		if err != nil {
			return nil, nil, err
		}
		out, sums = append(out, NinetyWeek{From: from, Work: weights.Work(list)}), append(sums, list)
		until = from
	}
	return out, sums, nil
}

// getNinety shows who carried how much.
func (s *Server) getNinety(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "90/10", "ninety")
	if err != nil {
		return err
	}
	p := NinetyPage{Shell: c.sh, Formula: balance.With(c.settings.Weights).Formula()}
	weeks, sums, err := c.ninety(r.Context())
	if err != nil {
		return err
	}
	p.Weeks = weeks
	if p.leads() {
		p.People = c.ninetyPeople(sums[0])
	}
	if p.Time, err = c.timePart(r.Context()); err != nil {
		return err
	}
	return Render(w, r, p.Shell, NinetyView(p))
}

// ninetyPeople are those whom lines name, the most minutes first; what names nobody comes last.
func (c *scene) ninetyPeople(sums []sales.MoveSum) (out []NinetyWho) {
	for id, work := range balance.With(c.settings.Weights).WorkByUser(sums) {
		if len(work.Kinds) > 0 {
			out = append(out, NinetyWho{ID: id, Name: c.ninetyName(id), Work: work})
		}
	}
	slices.SortFunc(out, func(a, b NinetyWho) int {
		if (a.ID == 0) != (b.ID == 0) {
			return cmp.Compare(b.ID, a.ID)
		}
		return cmp.Or(cmp.Compare(b.System+b.Human, a.System+a.Human), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (c *scene) ninetyName(id sales.ID) string {
	if id == 0 {
		return "Names nobody"
	}
	return cmp.Or(c.team[id].Name, "A former colleague")
}

// getNinetyCSV is the same numbers, a line a week, colleague and kind of move.
func (s *Server) getNinetyCSV(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "90/10", "ninety")
	if err != nil {
		return err
	}
	weeks, sums, err := c.ninety(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="ninety-ten.csv"`)
	out := csv.NewWriter(w)
	_ = out.Write([]string{"week from", "who", "kind", "what", "by the system", "minutes saved", "by people", "minutes spent"})
	minutes := func(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
	for i, week := range weeks {
		for _, who := range c.ninetyPeople(sums[i]) {
			for _, k := range who.Kinds {
				_ = out.Write([]string{week.From.In(c.sh.Zone).Format(time.DateOnly), importer.SafeCell(who.Name), string(k.Move), k.Says,
					strconv.Itoa(k.N), minutes(k.Saved), strconv.Itoa(k.HumanN), minutes(k.Human)})
			}
		}
	}
	out.Flush()
	return out.Error()
}
