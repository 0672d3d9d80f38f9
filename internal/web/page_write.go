package web

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/engine"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// stoppedFor is how long a mail that an answer stopped is shown.
const stoppedFor = 14 * 24 * time.Hour

// addressing fills in whom a mail goes to, when, and what can be put into it.
func (c *scene) addressing(ctx context.Context, f *WriteForm, p sales.Person, mb sales.Mailbox, msg *sales.Message) error {
	f.Recipient, f.Cc = desk.Recipients(p, msg)
	switch {
	case f.Cc != "":
		f.ToNote = pick(msg.FromName != "", msg.FromName, msg.From) + " wrote this mail; " + firstNameOf(p) + " gets a copy."
	case f.Recipient != p.Email:
		f.ToNote = firstNameOf(p) + " wrote from this address."
	}
	f.MaxFiles = fmt.Sprintf("At most %d files, %d MB together.", desk.MaxCarried, desk.MaxFile>>20)
	words := c.words(ctx)
	f.Earliest = local(words, c.now()).Format("2006-01-02T15:04")
	m, err := c.Desk.Morning(ctx, c.Viewer, p)
	switch {
	case sales.CodeOf(err) == sales.Invalid:
	case err != nil:
		return err
	default:
		f.Morning = when(words, m.At) + " for you"
		if m.Zone.String() != c.sh.Zone.String() {
			f.Morning += ", " + m.At.In(m.Zone).Format("15:04") + " in " + m.Zone.String()
		}
		if m.From != "person" && m.From != "" {
			f.Morning += ". Their zone is not known: that of the " + m.From + " counts"
		}
		f.Morning += "."
	}
	snippets, err := c.Store.Snippets(ctx, c.WorkspaceID)
	if err != nil || len(snippets) == 0 {
		return err
	}
	fill, err := c.Desk.Fill(ctx, c.Viewer, p, mb, 0)
	if err != nil {
		return err
	}
	all := render.SnippetsOf(snippets)
	for _, x := range snippets[:min(len(snippets), 100)] {
		f.Snippets = append(f.Snippets, Insert{Label: "/" + x.Name, Text: render.Preview(x.Body, fill.Values, all), Kind: "snippet"})
	}
	return nil
}

// chips are the files of a mail that are there.
func (c *scene) chips(ctx context.Context, ids []sales.ID) ([]FileChip, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	known, err := c.Store.Files(ctx, c.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	var out []FileChip
	for _, id := range ids {
		if f, ok := known[id]; ok && (!f.Private || f.UserID == c.UserID) {
			out = append(out, FileChip{ID: f.ID, Name: f.Name, Size: bytesText(f.Size)})
		}
	}
	return out, nil
}

// waitingOf are the mails by hand to a person that have not gone.
func (c *scene) waitingOf(p sales.Person, mailings []sales.Mailing) []WaitingMail {
	now := c.now()
	var out []WaitingMail
	for _, m := range mailings {
		if m.Kind != sales.MailingManual {
			continue
		}
		words, _ := ownWords(m.Body)
		w := WaitingMail{ID: m.ID, Subject: m.Subject, Text: cut(oneLine(words, 240), 240), To: pick(m.To != "", m.To, p.Email), At: m.DueAt, Mine: m.UserID == c.UserID}
		switch {
		case m.State == sales.MailingQueued && (m.DueAt.After(now.Add(time.Minute)) || m.HoldWhy != ""):
			if m.HoldWhy != "" {
				w.Why = capital(strings.TrimRight(m.HoldWhy, ".")) + "."
			}
		case m.State == sales.MailingCanceled && m.LastError == engine.WhyStopped && now.Sub(m.DueAt) < stoppedFor && !p.LastOutAt.After(p.LastInAt):
			w.Stopped = true
		default:
			continue
		}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b WaitingMail) int { return a.At.Compare(b.At) })
	return out
}
