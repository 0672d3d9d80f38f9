package web

import (
	"context"
	"net/http"
	"strings"

	"ninetyten/internal/calendar"
	"ninetyten/internal/httpx"
	"ninetyten/internal/next"
	"ninetyten/internal/rank"
	"ninetyten/internal/sales"
)

// maxAfter is how many of those who come next are shown.
const maxAfter = 12

// home is the bare address of the server: it leads to the day's work.
func (s *Server) home(w http.ResponseWriter, r *http.Request, _ visit) error {
	return httpx.SeeOther(w, r, "/next")
}

// next shows the person to deal with now; ?person= asks for somebody in the queue.
func (s *Server) next(w http.ResponseWriter, r *http.Request, v visit) error {
	want, err := optionalID(r.URL.Query().Get("person"))
	if err != nil {
		return err
	}
	if httpx.IsPartial(r) { // something arrived while nobody waited: the whole page comes anew
		return httpx.SeeOther(w, r, "/next")
	}
	p, err := s.nextPage(r, v, want)
	if err != nil {
		return err
	}
	if want != 0 && (p.Person == nil || p.Person.Head.ID != want) {
		// Not in this queue, or with a colleague: the record tells who they are.
		s.carryToast(w, r, Toast{Text: s.notServed(r.Context(), v, want), Bad: true})
		return httpx.SeeOther(w, r, path("/people", want))
	}
	return Render(w, r, p.Shell, NextView(*p))
}

// notServed says why somebody is not served.
func (s *Server) notServed(ctx context.Context, v visit, person sales.ID) string {
	leases, err := s.Store.PersonLeases(ctx, v.WorkspaceID, s.Next.Wall())
	if l, ok := leases[person]; err == nil && ok && l.UserID != v.UserID {
		if u, err := s.Store.User(ctx, v.WorkspaceID, l.UserID); err == nil {
			return u.Name + " is dealing with them at the moment."
		}
	}
	return "They wait for nothing in your queue."
}

// optionalID reads an ID of a query; 0 is none.
func optionalID(s string) (sales.ID, error) {
	if s == "" {
		return 0, nil
	}
	return sales.ParseID(s)
}

func (s *Server) nextPage(r *http.Request, v visit, want sales.ID) (*NextPage, error) {
	ctx := r.Context()
	view, err := s.Next.Serve(ctx, v.Viewer, want)
	if err != nil {
		return nil, err
	}
	c, err := s.scene(r, v, "Next", "next")
	if err != nil {
		return nil, err
	}
	p := &NextPage{}
	if view.Now != nil {
		if p.Person, err = c.servedOf(ctx, view.Now); err != nil {
			return nil, err
		}
		c.sh.Title = p.Person.Head.Name
	} else if p.NothingYet, err = s.nothingYet(ctx, v); err != nil {
		return nil, err
	}
	p.Day = dayOf(view, c.sh.NextCount)
	if view.Now == nil && len(view.Held) > 0 && !view.Held[0].NotBefore.IsZero() {
		p.NextAt, p.NextWho = view.Held[0].NotBefore, view.Held[0].Person.Name()
	}
	if p.After, err = c.afterOf(ctx, view); err != nil {
		return nil, err
	}
	if p.Meanwhile, err = c.meanwhile(ctx); err != nil {
		return nil, err
	}
	p.Shell = c.sh
	return p, nil
}

// nothingYet tells whether no sequence was ever started.
func (s *Server) nothingYet(ctx context.Context, v visit) (bool, error) {
	list, err := s.Store.Sequences(ctx, v.WorkspaceID)
	for _, q := range list {
		if !q.StartedAt.IsZero() {
			return false, err
		}
	}
	return true, err
}

// afterOf lists who comes after, the first ones.
func (c *scene) afterOf(ctx context.Context, view next.View) ([]QueueRow, error) {
	var out []QueueRow
	words := c.words(ctx)
	for _, x := range view.Next[:min(len(view.Next), maxAfter)] {
		row := QueueRow{ID: x.Person.ID, Name: x.Person.Name(), Initials: x.Person.Initials(), Side: c.moveMark(words, x.Person)}
		if len(x.Reasons) > 0 {
			row.Why = x.Reasons[0]
		}
		out = append(out, row)
	}
	return out, c.queueBars(ctx, out)
}

// servedOf is everything that the conversation with a served person needs.
func (c *scene) servedOf(ctx context.Context, x *next.Served) (*NextPerson, error) {
	rec, err := c.recordOf(ctx, x.Person)
	if err != nil {
		return nil, err
	}
	n := &NextPerson{
		Head: c.headOf(c.words(ctx), rec.person, rec.account, rec.suppressed), Why: reasonsOf(x.Ranked), Balance: c.balanceOf(rec.person, rec.moves),
		Task: c.taskOf(ctx, x.Task), Story: c.aside(rec.moves), Order: orderLines(x.Ranked), Pinned: !x.Pinned.IsZero(), Dialed: x.Dialed,
	}
	if n.Head.Notes, err = c.awayNotesOf(ctx, rec.person, "/next"); err != nil {
		return nil, err
	}
	if !c.Practice { // the clock of leases is not that of the practice world
		n.LeaseUntil = x.LeaseUntil
	}
	msg, err := c.conversation(ctx, rec, x.Task, n)
	if err != nil {
		return nil, err
	}
	n.Why = withoutEcho(n.Why, n.Task, n.Message)
	if n.Task.Kind == sales.TaskAnswer && !n.Task.DueAt.IsZero() {
		n.Why = untilWhen(c.words(ctx), n.Why, n.Task)
	}
	if n.Acts, err = c.actsOf(ctx, rec, x.Task, msg, "/next"); err != nil {
		return nil, err
	}
	if n.Talk, err = c.talkOf(ctx, rec, "/next"); err != nil {
		return nil, err
	}
	n.Acts.withTalk(n.Talk)
	if n.Running, err = c.enrollmentsOf(ctx, rec.enrollments, "/next", 2); err != nil {
		return nil, err
	}
	if n.Colleagues, err = c.colleaguesOf(ctx, rec.person); err != nil {
		return nil, err
	}
	if n.Dossier, err = c.dossierOf(ctx, rec.person); err != nil {
		return nil, err
	}
	facts, custom := factsOf(rec.person, rec.account, rec.place)
	n.Facts = append(facts, custom...)
	return n, c.taskDetails(ctx, rec, x.Task, msg, n)
}

// reasonsOf are the reasons of the order as heads and texts.
func reasonsOf(x rank.Ranked) []Reason {
	var out []Reason
	for _, s := range x.Reasons {
		r := Reason{Head: s}
		for _, cut := range []string{": “", "; "} {
			if head, text, ok := strings.Cut(s, cut); ok {
				r = Reason{Head: head + cut[:1], Text: strings.TrimPrefix(cut[1:], " ") + text}
				break
			}
		}
		out = append(out, r)
	}
	return out
}

// withoutEcho leaves out of the reasons the words that stand below them in full:
// those of the message, and of the task where its card shows them.
func withoutEcho(reasons []Reason, t TaskView, m *MessageView) []Reason {
	said, title := "", ""
	if m != nil {
		said = strings.Join(strings.Fields(m.Text), " ")
	}
	switch t.Kind {
	case sales.TaskFix, sales.TaskDo, sales.TaskCall, sales.TaskDecide, sales.TaskPromise, sales.TaskMeeting:
		title = strings.Join(strings.Fields(t.Title), " ")
	}
	for i, r := range reasons {
		quote := strings.TrimRight(strings.Trim(r.Text, "“”"), "…. ")
		if strings.HasPrefix(r.Text, "“") && quote != "" && (strings.HasPrefix(said, quote) || strings.HasPrefix(title, quote)) {
			reasons[i] = Reason{Head: strings.TrimSuffix(r.Head, ":") + "."}
		}
	}
	return reasons
}

// untilWhen makes of the goal, a length of time, the moment that it means for
// this task, and says from when it counts.
func untilWhen(ctx context.Context, reasons []Reason, t TaskView) []Reason {
	for i, r := range reasons {
		if strings.HasPrefix(r.Text, "the goal is ") {
			past := t.DueAt.Before(shellOf(ctx).Now)
			reasons[i].Text = pick(past, "an answer was due ", "an answer is due ") + when(ctx, t.DueAt) + pick(t.Counts != "", ": it "+t.Counts, "") + "."
		}
	}
	return reasons
}

// conversation finds the message that the task is about, else what they wrote
// last, and the thread before it.
func (c *scene) conversation(ctx context.Context, rec *record, t sales.Task, n *NextPerson) (*sales.Message, error) {
	var msg *sales.Message
	if t.MessageID != 0 {
		m, err := c.Store.MessageAny(ctx, c.WorkspaceID, t.MessageID)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return nil, err
		}
		if err == nil {
			msg = &m
		}
	}
	if msg == nil {
		list, err := c.Store.MessagesOf(ctx, c.WorkspaceID, rec.person.ID, 10)
		if err != nil {
			return nil, err
		}
		for i := range list {
			if list[i].Direction == sales.Incoming && list[i].Verdict.Kind == sales.KindReply {
				msg = &list[i]
				break
			}
		}
	}
	if msg == nil {
		return nil, nil
	}
	shown := c.messageOf(*msg, rec.kinds)
	var err error
	if shown.Lesson, err = c.lessonOf(ctx, shown.Verdict); err != nil {
		return nil, err
	}
	n.Message = &shown
	thread, err := c.Store.MessagesIn(ctx, c.WorkspaceID, msg.ThreadID)
	if err != nil {
		return nil, err
	}
	for i := len(thread) - 1; i >= 0 && len(n.Earlier) < 20; i-- {
		if thread[i].ID != msg.ID {
			n.Earlier = append(n.Earlier, c.messageOf(thread[i], rec.kinds))
		}
	}
	return msg, nil
}

// meanwhile says what the system did today by itself for this seller.
func (c *scene) meanwhile(ctx context.Context) (string, error) {
	boxes, err := c.Store.Mailboxes(ctx, c.WorkspaceID)
	if err != nil {
		return "", err
	}
	since := c.midnight()
	sent, own := 0, 0
	var nextAt, none = c.now(), true
	for _, mb := range boxes {
		if mb.UserID != c.User.ID {
			continue
		}
		own++
		n, err := c.Store.SentSince(ctx, c.WorkspaceID, mb.ID, since)
		if err != nil {
			return "", err
		}
		sent += n
		at, err := c.Store.NextMailing(ctx, c.WorkspaceID, mb.ID)
		if err != nil {
			return "", err
		}
		if !at.IsZero() && (none || at.Before(nextAt)) {
			nextAt, none = at, false
		}
	}
	if own == 0 {
		return "No mailbox of yours is connected, so nothing goes out in your name.", nil
	}
	mine := c.Viewer
	mine.Role = sales.RoleSeller // the sentence is about one's own people, whatever else one may see
	heard, err := c.Store.HeardSince(ctx, mine, since)
	if err != nil {
		return "", err
	}
	text := todayWords(sent, heard)
	switch {
	case none:
		text += " Nothing more is in the outbox."
	default:
		place := c.zones.Resolve("", "", "", "", c.User.Zone, c.settings.Zone)
		if nextAt.Before(c.now()) {
			nextAt = c.now()
		}
		if at, _ := calendar.For(c.settings).Next(nextAt, place); at.After(c.now()) {
			text += " The next mail goes " + day(c.words(ctx), at) + " at " + local(c.words(ctx), at).Format("15:04") + " at the earliest."
		} else {
			text += " The next one goes within moments."
		}
	}
	return text, nil
}

// todayWords says what went out of a mailbox today and what came back.
func todayWords(sent, heard int) string {
	back := many(heard, "answer or report", "answers and reports") + " came back."
	switch {
	case sent == 0 && heard == 0:
		return "Nothing went out from your mailbox today."
	case sent == 0:
		return "Nothing went out from your mailbox today; " + back
	case heard == 0:
		return many(sent, "mail", "mails") + " went out from your mailbox today; nothing came back yet."
	}
	return many(sent, "mail", "mails") + " went out from your mailbox today, and " + back
}

// nextAfter answers the list of who comes after, when something arrived.
func (s *Server) nextAfter(w http.ResponseWriter, r *http.Request, v visit) error {
	view, err := s.Next.Look(r.Context(), v.Viewer)
	if err != nil {
		return err
	}
	leases, err := s.Store.PersonLeases(r.Context(), v.WorkspaceID, s.Next.Wall())
	if err != nil {
		return err
	}
	kept := view.Next[:0]
	for _, x := range view.Next {
		if leases[x.Person.ID].UserID != v.UserID {
			kept = append(kept, x)
		}
	}
	view.Next = kept
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	rows, err := c.afterOf(r.Context(), view)
	if err != nil {
		return err
	}
	return Render(w, r, c.sh, NextAfterInside(rows))
}

// nextRelease lets go of a person, so that a colleague may have them.
func (s *Server) nextRelease(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := sales.ParseID(r.PostFormValue("person"))
	if err != nil {
		return err
	}
	if err := s.Next.Release(r.Context(), v.Viewer, id); err != nil {
		return err
	}
	s.carryToast(w, r, Toast{Text: "They are free for a colleague again."})
	return httpx.SeeOther(w, r, "/inbox")
}
