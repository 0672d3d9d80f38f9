package desk

import (
	"context"
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// SaveDraft keeps what a user has begun to write, over the revision that they saw
// last, and gives the new one; an empty text drops it. A Conflict error means that
// another window has saved another text meanwhile: nothing was kept.
func (d *Desk) SaveDraft(ctx context.Context, v sales.Viewer, x sales.Draft) (rev int64, err error) {
	p, err := d.person(ctx, v, x.PersonID)
	if err != nil {
		return 0, err
	}
	if len(x.Body) > maxLetter || len(x.HTML) > 2*maxLetter || len(x.Subject) > 900 || len(x.To)+len(x.Cc) > 4000 {
		return 0, sales.Errorf(sales.Invalid, "The mail is too long to be kept: at most 900 characters of subject and 200,000 of text.")
	}
	x.WorkspaceID, x.UserID, x.PersonID, x.At = v.WorkspaceID, v.UserID, p.ID, d.now()
	x.Body = strings.ReplaceAll(x.Body, "\r\n", "\n")
	if x.HTML != "" {
		x.HTML, x.Body = mail.Written(x.HTML)
	}
	if x.Files, err = d.carried(ctx, v, x.Files); err != nil {
		return 0, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if strings.TrimSpace(x.Body) == "" && len(x.Files) == 0 {
			rev = 0
			return tx.DropDraft(ctx, x.WorkspaceID, x.UserID, x.PersonID, x.ThreadID)
		}
		if rev, err = tx.SaveDraft(ctx, x); err == nil && rev == 0 {
			return sales.Errorf(sales.Conflict, "Another window has saved another text of this mail. Copy yours, and reload the page.")
		}
		return err
	})
	return rev, err
}
