package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// previewRows is how many people a preview shows.
const previewRows = 50

// getPreview shows who would get what and when.
func (s *Server) getPreview(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.sequence(r, v)
	if err != nil {
		return err
	}
	p, err := s.preview(r, v, q)
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, PreviewView(p))
}

// postStart starts a sequence, unless a check keeps it from running.
func (s *Server) postStart(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.buildable(r, v)
	if err != nil {
		return err
	}
	found, err := s.findings(r.Context(), v, q)
	if err != nil {
		return err
	}
	if err := q.Validate(); err != nil || blocked(found) {
		p, perr := s.preview(r, v, q)
		if perr != nil {
			return perr
		}
		return RenderStatus(w, r, http.StatusUnprocessableEntity, p.Shell, PreviewView(p))
	}
	return s.changeState(w, r, v, s.Desk.StartSequence, "It runs. The first mails go as soon as each person’s hours allow.")
}

func (s *Server) preview(r *http.Request, v visit, q sales.Sequence) (PreviewPage, error) {
	sh, err := s.shell(r, v, "Preview of "+q.Name, "sequences")
	if err != nil {
		return PreviewPage{}, err
	}
	ctx := r.Context()
	p := PreviewPage{Shell: sh, ID: q.ID, Name: q.Name, State: q.State, Steps: stepViews(q), CanEdit: mayBuild(v, q)}
	boxes, err := s.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return p, err
	}
	found, err := s.findings(ctx, v, q)
	if err != nil {
		return p, err
	}
	p.Findings = startFindings(q, boxes, found)
	if p.Total, err = s.countAlive(ctx, v, q.ID); err != nil {
		return p, err
	}
	list, _, err := s.Store.Inside(ctx, v.Viewer, q.ID, store.InsideFilter{States: insideTabs()[0].states, Position: -1}, store.Page{Limit: previewRows})
	if err != nil {
		return p, err
	}
	if err := s.fillPreview(ctx, v, q, list, boxes, &p); err != nil || len(p.Rows) == 0 {
		return p, err
	}
	shown := 0
	if id, err := sales.ParseID(r.URL.Query().Get("person")); err == nil {
		for i, row := range p.Rows {
			if row.PersonID == id {
				shown = i
			}
		}
	}
	p.Rows[shown].Current = true
	mails, err := s.mailPreviews(ctx, v, q, p.Rows[shown].PersonID)
	for _, m := range mails {
		p.Mails = append(p.Mails, m.MailPreview)
	}
	return p, err
}

// startFindings are what keeps the sequence from starting, and what to know.
func startFindings(q sales.Sequence, boxes []sales.Mailbox, list []Finding) []Finding {
	var out []Finding
	if len(boxes) == 0 {
		out = append(out, Finding{Tone: "bad", Text: "No mailbox is connected yet, so nothing could go. Connect one under Settings, Mailboxes."})
	}
	if err := q.Validate(); err != nil && !blocked(list) {
		out = append(out, Finding{Tone: "bad", Text: sales.Explain(err)})
	}
	return append(out, list...)
}

func (s *Server) countAlive(ctx context.Context, v visit, id sales.ID) (int, error) {
	waits, err := s.Store.StepWaits(ctx, v.WorkspaceID, id)
	n := 0
	for _, x := range waits {
		if x.State.Alive() {
			n += x.N
		}
	}
	return n, err
}

// fillPreview makes a row for each enrollment and says how long the first mails take.
func (s *Server) fillPreview(ctx context.Context, v visit, q sales.Sequence, list []sales.Enrollment, boxes []sales.Mailbox, p *PreviewPage) error {
	people, accounts, err := s.whoIsIn(ctx, v, list)
	if err != nil {
		return err
	}
	ws, err := s.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	users, err := s.Store.Users(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	zones := map[sales.ID]string{}
	for _, u := range users {
		zones[u.ID] = u.Zone
	}
	var addresses []string
	for _, x := range people {
		addresses = append(addresses, x.Email)
	}
	suppressed, err := s.Store.SuppressedAmong(ctx, s.Store.DB, v.WorkspaceID, addresses)
	if err != nil {
		return err
	}
	known := &calendar.Zones{}
	used := map[sales.ID]bool{}
	for _, e := range list {
		x, a := people[e.PersonID], accounts[e.AccountID]
		place := known.Resolve(x.Zone, x.Country, a.Zone, a.Country, zones[e.OwnerID], ws.Settings.Zone)
		row := PreviewRow{PersonID: x.ID, Name: x.Name(), Account: a.Name, Zone: zoneCity(place)}
		switch why, no := suppressed[x.Email]; {
		case no:
			row.Problem = "Must not be written to: " + why.Why()
		case x.Email == "" || x.Address == sales.AddressDead:
			row.Problem = "Has no working mail address."
		case e.State == sales.Paused:
			row.Problem = insideWhy(withShell(ctx, p.Shell), e)
		default:
			row.Done = e.Position
			row.Moments = moments(q.Steps, e, s.Clock.Now(), ws.Settings, place)
		}
		used[e.MailboxID] = true
		p.Rows = append(p.Rows, row)
	}
	p.Capacity = s.capacity(boxes, used, p.Total, ws.Settings, zones)
	return nil
}

// zoneCity names a zone by its city: Europe/Lisbon is Lisbon.
func zoneCity(p calendar.Place) string {
	if p.From == "utc" {
		return ""
	}
	return strings.ReplaceAll(p.Zone[strings.LastIndexByte(p.Zone, '/')+1:], "_", " ")
}

// moments foretells when each step comes if nobody answers and whoever is to do
// something does it at once. Steps that are over, and those after one that only
// they can complete, have the zero time.
func moments(steps []sales.Step, e sales.Enrollment, now time.Time, set sales.Settings, place calendar.Place) []time.Time {
	cal := calendar.For(set)
	calls := set
	for d := range calls.Windows {
		if len(calls.Windows[d]) > 0 {
			calls.Windows[d] = []sales.Window{set.CallWindow}
		}
	}
	callCal := calendar.For(calls)
	out := make([]time.Time, len(steps))
	at := now
	for i, st := range steps {
		if i < e.Position {
			continue
		}
		if i == e.Position && (!e.NextAt.IsZero() || e.Awaiting) {
			at = later(later(e.NextAt, e.HoldUntil), now)
		} else if i > e.Position || e.State == sales.Pending {
			at = cal.AddDelay(at, st.Delay, place)
		}
		switch {
		case st.Kind.IsMail():
			at, _ = cal.Next(at, place)
		case st.Kind == sales.StepCall:
			at, _ = callCal.Next(at, place)
		}
		if at.IsZero() {
			return out // no hours are open
		}
		out[i] = at
		if st.Kind == sales.StepTheirMove {
			return out
		}
	}
	return out
}

// capacity says how many working days the mailboxes need for one mail to each of
// n people.
func (s *Server) capacity(boxes []sales.Mailbox, used map[sales.ID]bool, n int, set sales.Settings, zones map[sales.ID]string) string {
	now, cal := s.Clock.Now(), calendar.For(set)
	today, full, count := 0, 0, 0
	var ramps []sales.Limits
	var caps []int
	for _, m := range boxes {
		if !used[m.ID] || m.State != sales.MailboxOK {
			continue
		}
		c := calendar.RampCap(m.Limits, m.RampFrom, now, calendar.Resolve("", "", "", "", zones[m.UserID], set.Zone), cal)
		today, full, count = today+c, full+m.Limits.PerDay, count+1
		ramps, caps = append(ramps, m.Limits), append(caps, c)
	}
	if count == 0 || n == 0 {
		return ""
	}
	days, left := 0, n
	for left > 0 && days < 1000 {
		days++
		for i := range caps {
			left -= caps[i]
			caps[i] = min(caps[i]+ramps[i].RampStep, ramps[i].PerDay)
		}
	}
	from := pick(count == 1, "one mailbox", number(count)+" mailboxes")
	if today < full {
		return fmt.Sprintf("%s today from %s, growing to %s a day: the first mails take about %s.", number(today), from, number(full), workingDays(days))
	}
	return fmt.Sprintf("%s a day from %s: the first mails take about %s.", number(full), from, workingDays(days))
}

// stepMail is the mail of the step at a position.
type stepMail struct {
	MailPreview
	position int
}

// mailPreviews shows the mails of a sequence as one person would get them.
func (s *Server) mailPreviews(ctx context.Context, v visit, q sales.Sequence, person sales.ID) ([]stepMail, error) {
	p, err := s.Store.Person(ctx, v.Viewer, person)
	if err != nil {
		return nil, err
	}
	list, err := s.Desk.PreviewMail(ctx, v.Viewer, q, person)
	if err != nil {
		return nil, err
	}
	from := "your mailbox"
	boxes, err := s.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	for _, m := range boxes {
		if m.UserID == p.OwnerID || p.OwnerID == 0 && m.UserID == v.UserID {
			from = m.Name + " <" + m.Address + ">"
			break
		}
	}
	var out []stepMail
	for _, x := range list {
		if !x.Step.Kind.IsMail() {
			continue
		}
		subject := pick(x.Step.SameThread(), "In the same thread", x.Subject)
		out = append(out, stepMail{MailPreview{For: p.Name(), Step: x.Position + 1, From: from, To: p.Email, Subject: subject, Text: x.Text, Problem: x.Problem, Note: x.Deal}, x.Position})
	}
	return out, nil
}
