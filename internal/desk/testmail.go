package desk

import (
	"context"
	"errors"

	"ninetyten/internal/casework"
	"ninetyten/internal/mail"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// TestMail sends the mail of a step as a person would get it, to the viewer's own
// mailbox and to nobody else, and says where it went. q may be unsaved; variant 0
// is the step's own text. Nothing is counted and nothing is kept.
func (d *Desk) TestMail(ctx context.Context, v sales.Viewer, q sales.Sequence, step int, variant, person sales.ID) (string, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return "", err
	}
	if step < 0 || step >= len(q.Steps) || !q.Steps[step].Kind.IsMail() {
		return "", sales.Errorf(sales.Invalid, "Choose a mail step to test.")
	}
	if d.SendTest == nil {
		return "", sales.Errorf(sales.Unavailable, "Test mails cannot be sent here.")
	}
	boxes, err := d.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return "", err
	}
	mb := pickMailbox(boxes, sales.Person{}, v)
	if mb == nil {
		return "", sales.Errorf(sales.Invalid, "Connect a mailbox of your own first: the test goes from it to itself.")
	}
	full, err := d.Store.Mailbox(ctx, v.WorkspaceID, mb.ID)
	if err != nil {
		return "", err
	}
	draft, err := d.testDraft(ctx, v, q, q.Steps[step].Text(variant), p, full)
	if err != nil {
		return "", err
	}
	raw, err := mail.Compose(draft)
	if err != nil {
		return "", err
	}
	if err := d.SendTest(ctx, full, raw); err != nil {
		var says *sales.Error
		if errors.As(err, &says) {
			return "", err
		}
		return "", sales.WrapError(sales.Unavailable, err, "The test mail did not go. Test the mailbox on its page.")
	}
	return full.Address, nil
}

func (d *Desk) testDraft(ctx context.Context, v sales.Viewer, q sales.Sequence, s sales.Step, p sales.Person, mb sales.Mailbox) (mail.Draft, error) {
	b := casework.New(d.Store, v.WorkspaceID)
	f, err := b.Fill(ctx, p, mb, v.UserID, ownerOf(p, mb), true, v)
	if err != nil {
		return mail.Draft{}, err
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return mail.Draft{}, err
	}
	snippets, err := d.Store.Snippets(ctx, v.WorkspaceID)
	if err != nil {
		return mail.Draft{}, err
	}
	o := render.Options{Signature: mb.Signature, PostalAddress: w.Settings.PostalAddress, FooterLanguage: p.Language, Snippets: render.SnippetsOf(snippets)}
	if q.Rules.Unsubscribe && w.Settings.PublicURL != "" {
		o.UnsubscribeURL = w.Settings.PublicURL + "/u/the-link-of-this-mail"
	}
	out, err := render.Mail(s, f.Values, o)
	if err != nil {
		return mail.Draft{}, err
	}
	subject := out.Subject
	if subject == "" {
		subject = "(in the thread of the mail before)"
	}
	draft := mail.Draft{
		From: mb.Address, FromName: mb.Name, To: mb.Address, Subject: "Test: " + subject, Text: out.Text, HTML: out.HTML, Date: d.now(),
		HeaderID: mail.HeaderID("test/"+d.Store.NewID().String(), sales.DomainOf(mb.Address), d.Store.Keys.HeaderKey()), Kind: "test",
	}
	files, err := d.Store.Files(ctx, v.WorkspaceID, s.Attachments)
	if err != nil {
		return draft, err
	}
	for _, id := range s.Attachments {
		f, ok := files[id]
		if !ok {
			return draft, sales.Errorf(sales.NotFound, "A file that this mail should carry is gone. Attach it again.")
		}
		data, err := d.Store.FileBytes(ctx, v.WorkspaceID, id)
		if err != nil {
			return draft, err
		}
		draft.Attachments = append(draft.Attachments, mail.File{Name: f.Name, Type: f.MediaType, Data: data})
	}
	return draft, nil
}
