package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxHandoffs is how many of what waits is shown on top of the inbox.
const maxHandoffs = 50

// inbox shows what people wrote, with what needs the user on top.
func (s *Server) inbox(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "Inbox", "inbox")
	if err != nil {
		return err
	}
	p, err := c.inboxPage(r, pick(queryOf(r) != "", r.URL.Query().Get("after"), ""))
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, InboxView(*p))
}

// inboxRows answers the next rows of the list, or the whole list anew.
func (s *Server) inboxRows(w http.ResponseWriter, r *http.Request, v visit) error {
	after := r.URL.Query().Get("after")
	if !httpx.IsPartial(r) && after == "" {
		return httpx.SeeOther(w, r, "/inbox?view="+url.QueryEscape(viewOf(r))+pick(queryOf(r) != "", "&q="+url.QueryEscape(queryOf(r)), ""))
	}
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	p, err := c.inboxPage(r, after)
	if err != nil {
		return err
	}
	if after != "" && p.Query != "" {
		return Render(w, r, p.Shell, FoundRows(*p))
	}
	if after != "" {
		return Render(w, r, p.Shell, ThreadRows(p.Threads, p.NextHref))
	}
	return Render(w, r, p.Shell, InboxInside(*p))
}

// queryOf is what is searched for; "" is no search.
func queryOf(r *http.Request) string {
	return strings.TrimSpace(cut(r.URL.Query().Get("q"), 400))
}

// viewOf is the tab of the inbox that is asked for.
func viewOf(r *http.Request) string {
	switch view := r.URL.Query().Get("view"); view {
	case "all", "automatic":
		return view
	}
	return "waiting"
}

func (c *scene) inboxPage(r *http.Request, after string) (*InboxPage, error) {
	ctx := r.Context()
	p := &InboxPage{Shell: c.sh, View: viewOf(r), Leads: c.Role.AtLeast(sales.RoleManager), Counts: map[string]int{}}
	waiting, err := c.Store.Handoffs(ctx, c.Viewer, c.now(), maxHandoffs)
	if err != nil {
		return nil, err
	}
	p.Counts["waiting"] = len(waiting)
	if p.Query = queryOf(r); p.Query != "" {
		return p, c.findThreads(ctx, p, waiting, after)
	}
	if after == "" {
		if p.Away, err = c.inboxNotes(ctx); err != nil {
			return nil, err
		}
	}
	due := map[sales.ID]bool{}
	if p.View != "automatic" {
		rows, err := c.handoffRows(ctx, waiting, due)
		if err != nil {
			return nil, err
		}
		if after == "" {
			p.Handoffs = rows
		}
	}
	kind := map[string]store.InboxKind{"waiting": store.InboxPeople, "automatic": store.InboxAutomatic}[p.View]
	lines, next, err := c.Store.InboxLines(ctx, c.Viewer, kind, store.Page{After: after, Limit: 40})
	if err != nil {
		return nil, err
	}
	if next != "" {
		p.NextHref = "/inbox/rows?view=" + p.View + "&after=" + url.QueryEscape(next)
	}
	if p.Threads, err = c.lineRows(ctx, lines, due); err != nil {
		return nil, err
	}
	if err := c.barsOf(ctx, p.Handoffs, p.Threads); err != nil {
		return nil, err
	}
	boxes, err := c.Store.Mailboxes(ctx, c.WorkspaceID)
	for _, mb := range boxes {
		p.Mailbox = p.Mailbox || mb.UserID == c.User.ID || c.Role.AtLeast(sales.RoleManager)
	}
	return p, err
}

// findThreads puts what a search found into the page. What waits has its clock.
func (c *scene) findThreads(ctx context.Context, p *InboxPage, waiting []sales.Task, after string) error {
	p.After = after
	found, err := c.Store.FindThreads(ctx, c.Viewer, p.Query, store.Page{After: after, Limit: 40})
	if err != nil {
		return err
	}
	clocks, err := c.handoffRows(ctx, waiting, map[sales.ID]bool{})
	if err != nil {
		return err
	}
	lines := make([]store.InboxLine, len(found.List))
	for i, f := range found.List {
		lines[i] = f.InboxLine
	}
	if p.Threads, err = c.lineRows(ctx, lines, nil); err != nil {
		return err
	}
	for i, f := range found.List {
		row := &p.Threads[i]
		row.Subject = oneLine(f.Subject, 120)
		if f.Said != "" {
			row.Text = oneLine(f.Said, 220)
		}
		for _, w := range clocks {
			if w.ID == row.ID {
				row.Clock, row.Seen = w.Clock, false
			}
		}
	}
	if err := c.barsOf(ctx, p.Threads); err != nil {
		return err
	}
	if p.Until = found.Until; !p.Until.IsZero() {
		p.Further = found.Next
	} else if found.Next != "" {
		p.NextHref = "/inbox/rows?view=" + p.View + "&q=" + url.QueryEscape(p.Query) + "&after=" + url.QueryEscape(found.Next)
	}
	return nil
}

// handoffRows are the tasks that wait for an answer, as rows; due gets their threads.
func (c *scene) handoffRows(ctx context.Context, tasks []sales.Task, due map[sales.ID]bool) ([]ThreadRow, error) {
	var people, messages []sales.ID
	for _, t := range tasks {
		people, messages = append(people, t.PersonID), append(messages, t.MessageID)
	}
	byID, err := c.Store.PeopleByID(ctx, c.WorkspaceID, people)
	if err != nil {
		return nil, err
	}
	heads, err := c.Store.MessageHeads(ctx, c.WorkspaceID, messages)
	if err != nil {
		return nil, err
	}
	companies, err := c.companiesOf(ctx, byID)
	if err != nil {
		return nil, err
	}
	var out []ThreadRow
	for _, t := range tasks {
		p, ok := byID[t.PersonID]
		m, known := heads[t.MessageID]
		if !ok || !known || m.ThreadID == 0 || due[m.ThreadID] {
			continue
		}
		due[m.ThreadID] = true
		row := c.rowOf(ctx, p, companies[p.AccountID].Name, m)
		row.Clock, row.Seen = c.clockOf(ctx, t), false
		if t.Kind == sales.TaskConfirm {
			row.MessageID = 0 // whose it is comes first
		}
		out = append(out, row)
	}
	return out, nil
}

// companiesOf reads the accounts of some people at once.
func (c *scene) companiesOf(ctx context.Context, people map[sales.ID]sales.Person) (map[sales.ID]sales.Account, error) {
	ids := make([]sales.ID, 0, len(people))
	for _, p := range people {
		ids = append(ids, p.AccountID)
	}
	return c.Store.Accounts(ctx, c.WorkspaceID, ids)
}

// rowOf is a thread in a list.
func (c *scene) rowOf(ctx context.Context, p sales.Person, company string, m store.MessageHead) ThreadRow {
	text := m.Text
	if kind := m.Verdict.Kind; (kind == sales.KindBounce || kind == sales.KindDelay) && len(m.Verdict.Recipients) > 0 && m.Verdict.Recipients[0].Reason != "" {
		text = m.Verdict.Recipients[0].Address + ": " + m.Verdict.Recipients[0].Reason
	}
	away := c.awayText(p.OwnerID)
	if away != "" {
		away = firstWord(c.team[p.OwnerID].Name) + " is " + away
	}
	var message sales.ID
	if m.Verdict.Kind != "" {
		message = m.ID
	}
	return ThreadRow{
		MessageID: message,
		Away:      away, ID: m.ThreadID, PersonID: p.ID, Name: p.Name(), Initials: p.Initials(), Account: company, Text: oneLine(text, 220), At: m.At, Verdict: m.Verdict,
		HasVerdict: m.Verdict.Kind != "", Move: c.moveMark(c.words(ctx), p), Seen: true,
	}
}

// lineRows are threads as rows, without those that are on top already.
func (c *scene) lineRows(ctx context.Context, lines []store.InboxLine, due map[sales.ID]bool) ([]ThreadRow, error) {
	people := map[sales.ID]sales.Person{}
	for _, l := range lines {
		people[l.Person.ID] = l.Person
	}
	companies, err := c.companiesOf(ctx, people)
	if err != nil {
		return nil, err
	}
	var out []ThreadRow
	for _, l := range lines {
		if !due[l.Thread.ID] {
			out = append(out, c.rowOf(ctx, l.Person, companies[l.Person.AccountID].Name, l.Last))
		}
	}
	return out, nil
}

// thread shows one thread with the person beside it.
func (s *Server) thread(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	p, err := s.threadPage(r, v, id)
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, ThreadView(*p))
}

func (s *Server) threadPage(r *http.Request, v visit, id sales.ID) (*ThreadPage, error) {
	ctx := r.Context()
	t, err := s.Store.Thread(ctx, v.WorkspaceID, id)
	if err != nil {
		return nil, err
	}
	person, err := s.Store.Person(ctx, v.Viewer, t.PersonID)
	if err != nil {
		return nil, err
	}
	c, err := s.scene(r, v, t.Subject, "inbox")
	if err != nil {
		return nil, err
	}
	rec, err := c.recordOf(ctx, person)
	if err != nil {
		return nil, err
	}
	msgs, err := s.Store.MessagesIn(ctx, v.WorkspaceID, t.ID)
	if err != nil {
		return nil, err
	}
	p := &ThreadPage{ID: t.ID, Subject: pick(t.Subject != "", oneLine(t.Subject, 200), "Without a subject"), Head: c.headOf(c.words(ctx), person, rec.account, rec.suppressed)}
	if p.Head.Notes, err = c.awayNotesOf(ctx, person, path("/inbox", t.ID)); err != nil {
		return nil, err
	}
	var last *sales.Message
	for i, m := range msgs {
		p.Messages = append(p.Messages, c.messageOf(m, rec.kinds))
		if m.Direction == sales.Incoming {
			last = &msgs[i]
		}
	}
	if shown := p.last(); shown != nil {
		if shown.Lesson, err = c.lessonOf(ctx, shown.Verdict); err != nil {
			return nil, err
		}
	}
	task, err := c.taskIn(ctx, person.ID, msgs)
	if err != nil {
		return nil, err
	}
	if task.ID != 0 {
		p.Task = c.taskOf(ctx, task)
	}
	if p.Assign, err = c.assignOf(ctx, r, t.ID, person, task); err != nil {
		return nil, err
	}
	back := path("/inbox", t.ID)
	if p.Acts, err = c.actsOf(ctx, rec, task, last, back); err != nil {
		return nil, err
	}
	talk, err := c.talkOf(ctx, rec, back)
	if err != nil {
		return nil, err
	}
	p.Acts.withTalk(talk)
	if p.Running, err = c.enrollmentsOf(ctx, rec.enrollments, back, 2); err != nil {
		return nil, err
	}
	facts, custom := factsOf(rec.person, rec.account, rec.place)
	p.Balance, p.Story, p.Facts = c.balanceOf(person, rec.moves), c.aside(rec.moves), append(facts, custom...)
	p.Shell = c.sh
	p.Title = p.Subject
	return p, nil
}

// taskIn is the open task about a message of a thread; ID 0 is none.
func (c *scene) taskIn(ctx context.Context, person sales.ID, msgs []sales.Message) (sales.Task, error) {
	open, err := c.Store.OpenTasksOf(ctx, c.WorkspaceID, person)
	if err != nil {
		return sales.Task{}, err
	}
	for _, t := range open {
		for _, m := range msgs {
			if t.MessageID == m.ID {
				return t, nil
			}
		}
	}
	return sales.Task{}, nil
}

// messageThread goes to the place of a message in its thread.
func (s *Server) messageThread(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	m, err := s.Store.Message(r.Context(), v.Viewer, id)
	if err != nil {
		return err
	}
	if m.ThreadID == 0 {
		return httpx.SeeOther(w, r, path("/people", m.PersonID))
	}
	return httpx.SeeOther(w, r, path("/inbox", m.ThreadID)+"#m"+m.ID.String())
}

// messageHTML gives a mail as it was sent, cleaned, for the sandboxed frame of
// its page.
func (s *Server) messageHTML(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	m, err := s.Store.Message(r.Context(), v.Viewer, id)
	if err != nil {
		return err
	}
	if m.HTML == "" {
		return sales.Errorf(sales.NotFound, "This mail has no HTML. Its text is on the page of the thread.")
	}
	httpx.MailHeaders(w)
	return MailDocument(m.HTML).Render(r.Context(), w)
}
