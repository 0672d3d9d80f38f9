package runner

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"

	"ninetyten/internal/casework"
	"ninetyten/internal/mail"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// letters renders mail; it remembers compiled steps by sequence version for the
// length of one pass.
type letters struct {
	mu       sync.Mutex
	snippets render.Snippets
	text     map[[2]sales.ID]*render.Letter // by step and variant
	files    map[sales.ID]mail.File
	threads  map[sales.ID]thread // of the round
}

// thread is what a mail that answers in it needs.
type thread struct {
	sales.Thread
	headers []string // Message-IDs, the oldest first
}

// threads reads the threads that the next mails of some enrollments may answer.
func (r *Runner) threads(ctx context.Context, ws sales.ID, list []parcel) (map[sales.ID]thread, error) {
	var ids []sales.ID
	for _, x := range list {
		ids = append(ids, x.e.ThreadID)
	}
	known, err := r.Store.ThreadsByID(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	headers, err := r.Store.HeadersIn(ctx, ws, ids)
	out := make(map[sales.ID]thread, len(known))
	for id, t := range known {
		out[id] = thread{t, headers[id]}
	}
	return out, err
}

// of gives the text of a step, or of one of its variants.
func (l *letters) of(s sales.Step, variant sales.ID) (*render.Letter, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := [2]sales.ID{s.ID, variant}
	if x, ok := l.text[key]; ok {
		return x, nil
	}
	x, err := render.CompileWith(s.Text(variant), l.snippets)
	if err != nil {
		return nil, err
	}
	if l.text == nil {
		l.text = map[[2]sales.ID]*render.Letter{}
	}
	l.text[key] = x
	return x, nil
}

// attached gives the files that a step carries. One that is gone blocks the mail:
// its text may speak of it.
func (r *Runner) attached(ctx context.Context, ls *letters, ws sales.ID, ids []sales.ID) ([]mail.File, string, error) {
	var out []mail.File
	for _, id := range ids {
		f, ok := ls.files[id]
		if !ok {
			known, err := r.Store.Files(ctx, ws, []sales.ID{id})
			if err != nil {
				return nil, "", err
			}
			x, there := known[id]
			if !there {
				return nil, "A file that this mail should carry is gone. Attach it to the step again.", nil
			}
			b, err := r.Store.FileBytes(ctx, ws, id)
			if err != nil {
				return nil, "", err
			}
			f = mail.File{Name: x.Name, Type: x.MediaType, Data: b}
			if ls.files == nil {
				ls.files = map[sales.ID]mail.File{}
			}
			ls.files[id] = f
		}
		out = append(out, f)
	}
	return out, "", nil
}

// parcel is a mailing made ready to go.
type parcel struct {
	m   sales.Mailing
	e   sales.Enrollment
	p   sales.Person
	l   sales.Letter // what a person wrote in it; zero is none
	raw []byte
	// beside is how many people of the account may be written to at once, for a
	// first mail; 0 is any number.
	beside int
	// blocked says why it cannot be made, in words for the seller.
	blocked string
}

// stepOf finds the step of a mailing; false means that it was removed.
func stepOf(q sales.Sequence, id sales.ID) (sales.Step, bool) {
	for _, s := range q.Steps {
		if s.ID == id {
			return s, true
		}
	}
	return sales.Step{}, false
}

// compose renders a mailing for its person and writes its bytes. What cannot be
// made comes back with the reason in blocked.
func (r *Runner) compose(ctx context.Context, b *casework.Batch, ls *letters, mb sales.Mailbox, x parcel) (parcel, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return x, err
	}
	x.m.To = x.p.Email
	if x.l.To != "" {
		x.m.To = x.l.To
	}
	if x.m.RawID != 0 { // an attempt before failed for now: the very same bytes go again
		x.raw, err = r.Store.Raw(ctx, x.m.WorkspaceID, x.m.RawID)
		return x, err
	}
	x.m.RawID = r.Store.NewID()
	html, unsubscribe := "", ""
	var files []mail.File
	if x.m.EnrollmentID != 0 {
		q, err := b.Sequence(ctx, x.e.SequenceID)
		if err != nil {
			return x, err
		}
		if q.Rules.Unsubscribe && w.Settings.PublicURL != "" {
			unsubscribe = w.Settings.PublicURL + "/u/" + r.Store.Keys.Token(x.m.WorkspaceID, x.m.ID)
		}
		if html, err = r.renderStep(ctx, b, ls, mb, q, unsubscribe, w, &x); err != nil || x.blocked != "" {
			return x, err
		}
		if step, ok := stepOf(q, x.m.StepID); ok && len(step.Attachments) > 0 {
			if files, x.blocked, err = r.attached(ctx, ls, x.m.WorkspaceID, step.Attachments); err != nil || x.blocked != "" {
				return x, err
			}
		}
	} else {
		html = render.Written(x.l.HTML, x.m.Body, x.l.Quote)
	}
	if len(x.l.Files) > 0 {
		own, blocked, err := r.attached(ctx, ls, x.m.WorkspaceID, x.l.Files)
		if err != nil || blocked != "" {
			x.blocked = blocked
			return x, err
		}
		files = append(files, own...)
	}
	if x.m.ThreadID == 0 {
		x.m.ThreadID = r.Store.NewID()
	}
	// It begins with a number that grows: in the order of sending, an index of
	// Message-IDs is written at its end and not all over.
	x.m.HeaderID = strconv.FormatInt(int64(x.m.ID), 36) + "." + mail.HeaderID(x.m.WorkspaceID.String()+"/"+x.m.Key, sales.DomainOf(mb.Address), r.Store.Keys.HeaderKey())
	toName := x.l.ToName
	if x.m.To == x.p.Email {
		toName = strings.TrimSpace(x.p.FirstName + " " + x.p.LastName)
	}
	x.raw, err = mail.Compose(mail.Draft{
		From: mb.Address, FromName: mb.Name, To: x.m.To, ToName: toName, Cc: copies(x), Subject: x.m.Subject, Text: x.m.Body, HTML: html,
		Date: r.Clock.Now(), HeaderID: x.m.HeaderID, InReplyTo: x.m.InReplyTo, References: x.m.References, UnsubscribeURL: unsubscribe,
		Ref: r.Store.Keys.Token(x.m.WorkspaceID, x.m.ID), Kind: string(x.m.Kind), Attachments: files,
	})
	if err != nil {
		x.blocked = "The mail cannot be written: " + sales.Explain(err)
	}
	return x, nil
}

// copies are those who get a copy, with the name of the person when they are one.
func copies(x parcel) []mail.Address {
	out := make([]mail.Address, len(x.l.Cc))
	for i, a := range x.l.Cc {
		out[i] = mail.Address{Addr: a}
		if a == x.p.Email {
			out[i].Name = strings.TrimSpace(x.p.FirstName + " " + x.p.LastName)
		}
	}
	return out
}

// written gives what people wrote in some mailings; of those that a sequence made
// alone there is nothing to look for.
func (r *Runner) written(ctx context.Context, ws sales.ID, due []sales.Mailing) (map[sales.ID]sales.Letter, error) {
	var ids []sales.ID
	for _, m := range due {
		if m.Kind != sales.MailingAuto {
			ids = append(ids, m.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return r.Store.Letters(ctx, r.Store.DB, ws, ids)
}

// renderStep fills subject and body of a sequence mail, and its place in the
// thread, and gives the HTML part.
func (r *Runner) renderStep(ctx context.Context, b *casework.Batch, ls *letters, mb sales.Mailbox, q sales.Sequence, unsubscribe string, w sales.Workspace, x *parcel) (string, error) {
	step, ok := stepOf(q, x.m.StepID)
	if !ok {
		x.blocked = "The step of this mail was removed from the sequence."
		return "", nil
	}
	letter, err := letterOf(ls, step, *x)
	if err != nil {
		x.blocked = sales.Explain(err)
		return "", nil
	}
	f, err := b.Fill(ctx, x.p, mb, mb.UserID, x.e.OwnerID, casework.UsesDeal(letter.Fields()))
	if err != nil {
		return "", err
	}
	out, err := letter.Render(f.Values, render.Options{
		Signature: mb.Signature, UnsubscribeURL: unsubscribe, PostalAddress: w.Settings.PostalAddress, FooterLanguage: x.p.Language,
	})
	var missing *render.MissingError
	if errors.As(err, &missing) {
		x.blocked = missing.Error()
		return "", nil
	}
	if err != nil {
		x.blocked = sales.Explain(err)
		return "", nil
	}
	x.m.Subject, x.m.Body = out.Subject, out.Text
	if x.m.Subject == "" {
		if err := answerThread(ls, x); err != nil {
			return "", err
		}
	}
	return out.HTML, nil
}

// readDeals reads ahead the open deals that the mails of a round speak of.
func readDeals(ctx context.Context, b *casework.Batch, ls *letters, list []parcel) error {
	var accounts []sales.ID
	for _, x := range list {
		if x.m.EnrollmentID == 0 || x.p.AccountID == 0 || x.m.RawID != 0 {
			continue
		}
		q, err := b.Sequence(ctx, x.e.SequenceID)
		if err != nil {
			return err
		}
		step, ok := stepOf(q, x.m.StepID)
		if !ok {
			continue
		}
		if l, err := letterOf(ls, step, x); err == nil && casework.UsesDeal(l.Fields()) {
			accounts = append(accounts, x.p.AccountID)
		}
	}
	return b.ReadDeals(ctx, accounts)
}

// letterOf is the text of the step, or what a person made of its draft.
func letterOf(ls *letters, step sales.Step, x parcel) (*render.Letter, error) {
	if x.m.Body != "" {
		return render.LiteralHTML(x.m.Subject, x.m.Body, x.l.HTML), nil
	}
	return ls.of(step, x.m.VariantID)
}

// answerThread makes a mailing answer the newest mail of its thread.
func answerThread(ls *letters, x *parcel) error {
	if x.e.ThreadID == 0 {
		if x.m.Subject == "" {
			x.blocked = "This step answers a thread, but no mail with a subject went out before it. Give the step a subject."
		}
		return nil
	}
	t, ok := ls.threads[x.e.ThreadID]
	if !ok {
		return sales.Errorf(sales.NotFound, "The thread that this mail answers is gone.")
	}
	var refs []string
	for _, id := range t.headers {
		refs = mail.References(refs, id)
	}
	x.m.ThreadID, x.m.InReplyTo, x.m.References = t.ID, t.LastHeader, refs
	x.m.Subject = mail.ReplySubject(t.Subject)
	return nil
}
