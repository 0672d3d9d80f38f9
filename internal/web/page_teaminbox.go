package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/waiting"
)

// maxTeamRows is how much of what waits for one colleague is listed, and
// maxTeamTasks how much of it, and of what they answered this week, is counted.
const (
	maxTeamRows  = 20
	maxTeamTasks = 200
)

// TeamInboxPage is who of the team has what to answer.
type TeamInboxPage struct {
	InboxPage
	Rows []TeamInboxRow // who has most over the alarm first
	Sums TeamInboxRow   // of the team
}

// TeamInboxRow is what waits for one colleague, and how fast they answer.
type TeamInboxRow struct {
	ID       sales.ID
	Name     string
	Away     string // until when they are away, or that they cannot log in
	Open     int
	Late     int           // over the alarm
	Longest  time.Duration // that waits longest, in working hours
	Waits    string        // Longest in words
	Answered int           // this week
	Reply    string        // the median of what those waited, in words
	Full     bool          // there may be more open
	Threads  []ThreadRow   // what waits longest first
}

// teamInbox shows who of the team has what to answer.
func (s *Server) teamInbox(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "Inbox of the team", "inbox")
	if err != nil {
		return err
	}
	p, err := c.teamInboxPage(r.Context())
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, TeamInboxView(*p))
}

// teamInboxRows gives the lists anew.
func (s *Server) teamInboxRows(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	p, err := c.teamInboxPage(r.Context())
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, TeamInboxInside(*p))
}

func (c *scene) teamInboxPage(ctx context.Context) (*TeamInboxPage, error) {
	p := &TeamInboxPage{InboxPage: InboxPage{Shell: c.sh, View: "team", Leads: true, Counts: map[string]int{}}}
	since := mondays(c.now(), c.sh.Zone)[0]
	var all []time.Duration
	seen := map[sales.ID]bool{} // threads
	for _, u := range c.sortedTeam() {
		row, replies, err := c.teamInboxRow(ctx, u, since, seen)
		if err != nil {
			return nil, err
		}
		if u.ID == c.UserID {
			p.Counts["waiting"] = row.Open
		}
		all = append(all, replies...)
		p.Sums.Open, p.Sums.Late, p.Sums.Answered = p.Sums.Open+row.Open, p.Sums.Late+row.Late, p.Sums.Answered+row.Answered
		p.Sums.Longest, p.Sums.Full = max(p.Sums.Longest, row.Longest), p.Sums.Full || row.Full
		if row.Open > 0 || row.Answered > 0 || !u.Disabled {
			p.Rows = append(p.Rows, row)
		}
	}
	p.Sums.Waits, p.Sums.Reply = c.workSpan(p.Sums.Longest), c.replyWords(all)
	slices.SortStableFunc(p.Rows, func(a, b TeamInboxRow) int {
		return cmp.Or(cmp.Compare(b.Late, a.Late), cmp.Compare(b.Open, a.Open), cmp.Compare(b.Longest, a.Longest))
	})
	return p, nil
}

// teamInboxRow is what waits for one colleague, with how long each of their answers
// of this week took.
func (c *scene) teamInboxRow(ctx context.Context, u sales.User, since time.Time, seen map[sales.ID]bool) (TeamInboxRow, []time.Duration, error) {
	row := TeamInboxRow{ID: u.ID, Name: pick(u.ID == c.UserID, u.Name+" (you)", u.Name), Away: pick(u.Disabled, "cannot log in", c.awayText(u.ID))}
	of := c.Viewer
	of.UserID = u.ID // with the role of who looks: who leads sees everybody's
	tasks, err := c.Store.Handoffs(ctx, of, c.now(), maxTeamTasks)
	if err != nil {
		return row, nil, err
	}
	clock := c.clock(u.ID)
	row.Open, row.Full = len(tasks), len(tasks) == maxTeamTasks
	for _, t := range tasks {
		x := clock.Read(t, c.now())
		if row.Longest = max(row.Longest, x.Waited); x.Alarm {
			row.Late++
		}
	}
	row.Waits = c.workSpan(row.Longest)
	if row.Threads, err = c.handoffRows(ctx, tasks[:min(len(tasks), maxTeamRows)], seen); err != nil {
		return row, nil, err
	}
	for i := range row.Threads {
		row.Threads[i].Away = "" // said beside the name
	}
	done, err := c.Store.Answered(ctx, c.WorkspaceID, u.ID, since, maxTeamTasks)
	if err != nil {
		return row, nil, err
	}
	var replies []time.Duration
	for _, t := range done {
		replies = append(replies, clock.Hours.Between(t.CreatedAt, t.DoneAt))
	}
	row.Answered, row.Reply = len(done), c.replyWords(replies)
	return row, replies, nil
}

// replyWords is the median of reply times, "–" of none.
func (c *scene) replyWords(list []time.Duration) string {
	if len(list) == 0 {
		return "–"
	}
	return c.workSpan(waiting.Median(list))
}

// sortedTeam are the users by name.
func (c *scene) sortedTeam() []sales.User {
	var out []sales.User
	for _, u := range c.team {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b sales.User) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out
}

// openWords is how much is open, "200+" when more may be.
func openWords(r TeamInboxRow) string { return number(r.Open) + pick(r.Full, "+", "") }
