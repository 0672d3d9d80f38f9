package web

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// taskDetails adds what the card of each kind of task needs.
func (c *scene) taskDetails(ctx context.Context, rec *record, t sales.Task, msg *sales.Message, n *NextPerson) error {
	switch t.Kind {
	case sales.TaskApprove:
		d, err := c.draftOf(ctx, rec, t)
		n.Draft = d
		return err
	case sales.TaskFix:
		return c.fixOf(ctx, rec, t, &n.Task)
	case sales.TaskMeeting:
		n.Task.MeetingOver = strings.HasPrefix(t.Title, "Did ")
	case sales.TaskReferral:
		n.Task.Named = referralOf(msg)
	case sales.TaskConfirm:
		view, err := c.confirmOf(ctx, t, msg, n.Acts.Back)
		n.Task.Confirm = view
		return err
	case sales.TaskDecide:
		n.Task.Decide = decideOf(t, rec)
	}
	return nil
}

// doTitle is what a card with something to do is called.
func doTitle(k sales.TaskKind) string {
	switch k {
	case sales.TaskCall:
		return "Call"
	case sales.TaskPromise:
		return "A promise"
	case sales.TaskMeeting:
		return "A meeting"
	}
	return "Task"
}

// draft is the mail of a step as it would go, before the signature and the last
// lines are put below.
type draft struct {
	step       sales.Step
	number, of int
	sequence   string
	mailbox    sales.Mailbox
	subject    string // as rendered or edited; of the thread when it answers one
	body       string
	problem    error  // why it cannot be made
	deal       string // which of several deals it speaks of
}

// readDraft renders the mail of an approval task, or takes what a person made of it.
func (c *scene) readDraft(ctx context.Context, p sales.Person, t sales.Task) (*draft, error) {
	e, err := c.Store.Enrollment(ctx, c.WorkspaceID, t.EnrollmentID)
	if err != nil {
		return nil, err
	}
	q, err := c.Store.Sequence(ctx, c.WorkspaceID, e.SequenceID)
	if err != nil {
		return nil, err
	}
	d := &draft{sequence: q.Name, of: len(q.Steps)}
	for i, st := range q.Steps {
		if st.ID == t.StepID {
			d.step, d.number = st, i+1
		}
	}
	if d.number == 0 {
		return nil, sales.Errorf(sales.NotFound, "The step of this mail was removed from the sequence.")
	}
	if d.mailbox, err = c.Store.Mailbox(ctx, c.WorkspaceID, e.MailboxID); err != nil && sales.CodeOf(err) != sales.NotFound {
		return nil, err
	}
	m, err := c.Store.DraftOf(ctx, c.WorkspaceID, e.ID, t.StepID)
	switch {
	case err != nil && sales.CodeOf(err) != sales.NotFound:
		return nil, err
	case err == nil && m.Body != "":
		d.subject, d.body = m.Subject, m.Body
	default:
		f, err := c.Desk.Fill(ctx, c.Viewer, p, d.mailbox, e.OwnerID)
		if err != nil {
			return nil, err
		}
		snippets, err := c.Store.Snippets(ctx, c.WorkspaceID)
		if err != nil {
			return nil, err
		}
		out, err := render.Mail(d.step.Text(m.VariantID), f.Values, render.Options{Snippets: render.SnippetsOf(snippets)})
		d.subject, d.body, d.problem = out.Subject, strings.TrimRight(out.Text, "\n"), err
		if strings.Contains(d.step.Text(m.VariantID).Subject+d.step.Text(m.VariantID).Body, "deal.") {
			d.deal = f.Says()
		}
		if err != nil {
			d.subject, d.body = d.step.Subject, d.step.Body
		}
	}
	if d.step.SameThread() && e.ThreadID != 0 {
		th, err := c.Store.Thread(ctx, c.WorkspaceID, e.ThreadID)
		if err != nil {
			return nil, err
		}
		d.subject = mail.ReplySubject(th.Subject) + ", in the same thread"
	}
	return d, nil
}

// draftOf is the card of a mail that waits for approval; nil when its step is gone.
func (c *scene) draftOf(ctx context.Context, rec *record, t sales.Task) (*DraftView, error) {
	d, err := c.readDraft(ctx, rec.person, t)
	if sales.CodeOf(err) == sales.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v := &DraftView{
		TaskID: t.ID, Sequence: d.sequence, Step: "step " + number(d.number) + " of " + number(d.of), From: d.mailbox.Address, To: rec.person.Email,
		Subject: d.subject, Body: d.body, SameThread: d.step.SameThread(),
	}
	if d.problem != nil {
		v.Findings = append(v.Findings, Finding{Tone: "bad", Text: sales.Explain(d.problem)})
	}
	if d.deal != "" {
		v.Findings = append(v.Findings, Finding{Text: d.deal})
	}
	if rec.suppressed != "" {
		v.Findings = append(v.Findings, Finding{Tone: "bad", Text: "Nobody may write to this address: " + rec.suppressed})
	}
	v.Findings = append(v.Findings, Finding{Text: "The signature and the unsubscribe line are put below when it goes."})
	return v, nil
}

// fixOf asks for what keeps a mail from being made or delivered.
func (c *scene) fixOf(ctx context.Context, rec *record, t sales.Task, v *TaskView) error {
	p := rec.person
	f := &FixView{Problem: t.Title}
	switch {
	case strings.HasSuffix(t.Key, "/number"):
		f.Fields = []Field{{Name: "phone", Label: "Phone number", Type: "tel", Value: p.Phone, Focus: true, Help: "With the country, as +351 22 555 0148. Empty takes the number away."}}
	case t.EnrollmentID == 0:
		return nil
	default:
		e, err := c.Store.Enrollment(ctx, c.WorkspaceID, t.EnrollmentID)
		if err != nil {
			return err
		}
		if e.Reason == sales.PausedBounce || p.Email == "" || p.Address == sales.AddressDead {
			f.Fields = []Field{{Name: "email", Label: "Mail address that works", Type: "email", Value: p.Email, Required: true}}
			break
		}
		if err := c.lacks(ctx, rec, e, f); err != nil {
			return err
		}
	}
	if len(f.Fields)+len(f.Links) == 0 {
		f.Fields = []Field{{Name: "email", Label: "Mail address", Type: "email", Value: p.Email, Required: true, Help: "Correct it, or leave it as it is to try again."}}
	}
	v.Fix = f
	return nil
}

// lacks asks for the merge fields that have no value in the step an enrollment
// stands at: those of the person are filled in here, those of a deal and of the
// sender where they belong.
func (c *scene) lacks(ctx context.Context, rec *record, e sales.Enrollment, f *FixView) error {
	q, err := c.Store.Sequence(ctx, c.WorkspaceID, e.SequenceID)
	if err != nil || e.Position >= len(q.Steps) {
		return err
	}
	mb, err := c.Store.Mailbox(ctx, c.WorkspaceID, e.MailboxID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return err
	}
	filled, err := c.Desk.Fill(ctx, c.Viewer, rec.person, mb, e.OwnerID)
	if err != nil {
		return err
	}
	snippets, err := c.Store.Snippets(ctx, c.WorkspaceID)
	if err != nil {
		return err
	}
	_, err = render.Mail(q.Steps[e.Position], filled.Values, render.Options{Signature: mb.Signature, Snippets: render.SnippetsOf(snippets)})
	var missing *render.MissingError
	if !errors.As(err, &missing) {
		return nil
	}
	deal, sender := false, false
	for _, name := range missing.Fields[:min(len(missing.Fields), 20)] {
		switch {
		case strings.HasPrefix(name, "deal."):
			deal = true
		case strings.HasPrefix(name, "sender"):
			sender = true
		default:
			f.Fields = append(f.Fields, fixField(rec.person, name))
		}
	}
	switch {
	case !deal:
	case filled.Deal.ID != 0:
		f.Links = append(f.Links, Action{Label: "Fill it in in the deal " + filled.Deal.Name, Href: path("/deals", filled.Deal.ID)})
	default:
		f.Links = append(f.Links, Action{Label: "Begin a deal with " + firstNameOf(rec.person), Href: "/deals/new?person=" + rec.person.ID.String()})
	}
	if sender {
		f.Links = append(f.Links, Action{Label: "Fill in your own profile", Href: "/settings/profile"})
	}
	return nil
}

// fixField is the field of a person that a merge field is filled from.
func fixField(p sales.Person, merge string) Field {
	label := capital(strings.ReplaceAll(merge, "_", " "))
	return Field{Name: "field:" + merge, ID: "fix-" + notID().ReplaceAllString(merge, "-"), Label: label, Value: p.Custom[merge], Required: true}
}

func notID() *regexp.Regexp { return regexp.MustCompile(`[^A-Za-z0-9_-]`) }

// referralOf is whom the person named.
func referralOf(m *sales.Message) *ReferralView {
	v := &ReferralView{}
	if m == nil {
		return v
	}
	if v.Said = m.Verdict.Referred; v.Said == "" && m.Verdict.Colleague != "" {
		v.Said, v.Answered = m.Verdict.Colleague, true
	}
	if address, err := sales.NormalAddress(v.Said); err == nil {
		v.Email = address
		return v
	}
	name, rest, found := strings.Cut(v.Said, "<")
	v.Name = strings.TrimSpace(name)
	if address, err := sales.NormalAddress(strings.TrimSuffix(strings.TrimSpace(rest), ">")); found && err == nil {
		v.Email = address
	}
	return v
}

// decideOf asks how it goes on after a mail that was refused or whose result is
// not known.
func decideOf(t sales.Task, rec *record) *DecideView {
	choice := func(label, answer string) Action {
		return Action{Label: label, Post: path("/tasks", t.ID, "decide"), Fields: []Hidden{{"answer", answer}, {"back", "/next"}}}
	}
	alive, expired := false, false
	for _, e := range rec.enrollments {
		if e.ID == t.EnrollmentID {
			alive, expired = e.State.Alive(), e.State == sales.Paused && e.Reason == sales.PausedExpired
		}
	}
	d := &DecideView{Question: "The sequence has stopped because of it. Write by hand if it matters, or leave it."}
	switch {
	case expired:
		d.Question = "The draft was taken back, and nothing goes out. How does it go on with " + firstNameOf(rec.person) + "?"
		d.Choices = append(d.Choices, choice("Put the draft before me again", "go_on"), choice("Let it rest for 60 days", "rest"), choice("End the sequence", "end"))
	case alive:
		d.Question = "The mail is never sent again by itself. How does it go on with " + firstNameOf(rec.person) + "?"
		d.Choices = append(d.Choices, choice("Go on with the next step", "go_on"), choice("Let it rest for 60 days", "rest"), choice("End the sequence", "end"))
	default:
		d.Choices = append(d.Choices, choice("It is settled", "done"), choice("Let it rest for 60 days", "rest"))
	}
	d.Choices[0].Main, d.Choices[0].Key = true, "Enter"
	d.Choices[len(d.Choices)-1].Quiet = true
	return d
}
