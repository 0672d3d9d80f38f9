package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"ninetyten/internal/auth"
	"ninetyten/internal/config"
	"ninetyten/internal/db"
	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
	"ninetyten/internal/secret"
	"ninetyten/internal/store"
)

// FirstOwner gives the owner on whose behalf the command line acts.
func (a *App) FirstOwner(ctx context.Context) (sales.User, error) {
	all, err := a.Store.Workspaces(ctx)
	if err != nil {
		return sales.User{}, err
	}
	for _, w := range all {
		team, err := a.Store.Users(ctx, w.ID)
		if err != nil {
			return sales.User{}, err
		}
		for _, u := range team {
			if u.Role == sales.RoleOwner && !u.Disabled {
				return u, nil
			}
		}
	}
	return sales.User{}, sales.Errorf(sales.NotFound, "There is no owner yet. Make one with: ninetyten user add EMAIL --name NAME --password …")
}

// URL is the address under which people reach the pages, as well as is known.
func (a *App) URL(ctx context.Context) string {
	if all, err := a.Store.Workspaces(ctx); err == nil {
		for _, w := range all {
			if w.Settings.PublicURL != "" {
				return w.Settings.PublicURL
			}
		}
	}
	if a.Config.PublicURL != "" {
		return strings.TrimRight(a.Config.PublicURL, "/")
	}
	return "http://" + a.Config.Listen
}

// ImportFile imports a CSV file for the owner or the user with an address.
// columns are "COLUMN=field" corrections of what was guessed.
func (a *App) ImportFile(ctx context.Context, path, owner string, columns []string, dry bool, progress func(importer.Progress)) (importer.Result, error) {
	by, err := a.FirstOwner(ctx)
	if err != nil {
		return importer.Result{}, err
	}
	to := by.ID
	if owner != "" {
		u, err := a.Store.UserByEmail(ctx, strings.ToLower(owner))
		if err != nil {
			return importer.Result{}, err
		}
		to = u.ID
	}
	f, err := seekable(path)
	if err != nil {
		return importer.Result{}, err
	}
	defer f.Close()
	sheet, err := importer.Inspect(f)
	if err != nil {
		return importer.Result{}, err
	}
	m := sheet.Mapping()
	if err := correct(&m, sheet, columns); err != nil {
		return importer.Result{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return importer.Result{}, err
	}
	v := auth.ViewerOf(by)
	if dry {
		return a.Desk.PreviewImport(ctx, v, f, m)
	}
	return a.Desk.Import(ctx, v, f, m, to, progress)
}

// seekable opens a file; standard input is copied to one first, because the
// columns are looked at before the rows are read.
func seekable(path string) (*os.File, error) {
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, sales.WrapError(sales.Invalid, err, "The file "+path+" cannot be opened.")
		}
		return f, nil
	}
	f, err := os.CreateTemp("", "ninetyten-import-")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, err
	}
	if _, err := io.Copy(f, os.Stdin); err != nil {
		return nil, err
	}
	_, err = f.Seek(0, io.SeekStart)
	return f, err
}

// correct applies "COLUMN=field".
func correct(m *importer.Mapping, sheet *importer.Sheet, columns []string) error {
	for _, c := range columns {
		name, field, ok := strings.Cut(c, "=")
		found := false
		for i, col := range sheet.Columns {
			if ok && strings.EqualFold(strings.TrimSpace(col.Name), strings.TrimSpace(name)) {
				m.Fields[i], found = importer.Field(strings.TrimSpace(field)), true
			}
		}
		if !found {
			return sales.Errorf(sales.Invalid, "There is no column %q in the file. Write it as in the header: 'Work mail=email'.", name)
		}
	}
	return m.Validate()
}

// CopyDatabase copies an installation into an empty PostgreSQL database.
func CopyDatabase(ctx context.Context, c config.Config, to string, progress func(table string, rows int)) error {
	a, err := Open(ctx, c, Options{Log: Logger("warn")})
	if err != nil {
		return err
	}
	defer a.closed()
	d, err := db.Open(ctx, to)
	if err != nil {
		return sales.WrapError(sales.Unavailable, err, "The target database cannot be opened: "+err.Error())
	}
	defer d.Close()
	target := store.New(d, a.Store.Keys)
	if err := target.Migrate(ctx); err != nil {
		return err
	}
	return store.Copy(ctx, a.Store, target, progress)
}

// Doctor looks at an installation and prints what is fine and what is not. It
// returns an error when something has to be done.
func Doctor(ctx context.Context, c config.Config, w io.Writer, mailboxes bool) error {
	d := &doctor{w: w}
	d.check("The data folder "+c.Data+" can be written to.", writable(c.Data))
	_, err := secret.Load(c.SecretPath(), c.Secret)
	d.check("The secret key is there. Keep a copy of it apart from the database.", err)
	a, err := Open(ctx, c, Options{Log: Logger("error")})
	d.check("The database opens and its schema is up to date.", err)
	if err != nil {
		return d.end()
	}
	defer a.closed()
	all, err := a.Store.Workspaces(ctx)
	d.check(fmt.Sprintf("%d workspaces.", len(all)), err)
	for _, ws := range all {
		if ws.Settings.PublicURL == "" {
			d.check("", sales.Errorf(sales.Invalid, "%s has no public address: mails go without an unsubscribe link. Set it under Settings, General.", ws.Name))
		}
		boxes, err := a.Store.Mailboxes(ctx, ws.ID)
		d.check(fmt.Sprintf("%s: %d mailboxes.", ws.Name, len(boxes)), err)
		for _, mb := range boxes {
			d.mailbox(ctx, a, mb, mailboxes)
		}
		if err := d.unknown(ctx, a, ws); err != nil {
			return err
		}
	}
	return d.end()
}

type doctor struct {
	w   io.Writer
	bad int
}

func (d *doctor) check(fine string, err error) {
	if err == nil {
		if fine != "" {
			fmt.Fprintln(d.w, "ok   ", fine)
		}
		return
	}
	d.bad++
	msg := err.Error()
	if sales.CodeOf(err) != sales.Internal {
		msg = sales.Explain(err)
	}
	fmt.Fprintln(d.w, "WRONG", msg)
}

func (d *doctor) end() error {
	if d.bad > 0 {
		return sales.Errorf(sales.Unavailable, "%d things are to be mended, see above.", d.bad)
	}
	return nil
}

func (d *doctor) mailbox(ctx context.Context, a *App, mb sales.Mailbox, try bool) {
	if mb.State != sales.MailboxOK {
		d.check("", sales.Errorf(sales.Unavailable, "%s is %s: %s", mb.Address, mb.State, mb.StateWhy))
	}
	if !try {
		return
	}
	inner, cancel := context.WithTimeout(ctx, 90*time.Second)
	defer cancel()
	for _, s := range a.probe(inner, mb).Steps {
		if s.OK {
			d.check(mb.Address+": "+s.Say, nil)
		} else {
			d.check("", sales.Errorf(sales.Unavailable, "%s: %s", mb.Address, s.Say))
		}
	}
}

// unknown reports mails of which nobody knows whether they went.
func (d *doctor) unknown(ctx context.Context, a *App, ws sales.Workspace) error {
	states, err := a.Store.MailingStates(ctx, ws.ID)
	if err != nil {
		return err
	}
	if n := states[sales.MailingUnknown]; n > 0 {
		d.check("", sales.Errorf(sales.Unavailable, "%s: of %d mails it is not known whether they went. Each is a task in Next of its seller.", ws.Name, n))
	}
	d.check(fmt.Sprintf("%s: %d mails sent, %d in the queue, %d refused.", ws.Name, states[sales.MailingSent], states[sales.MailingQueued], states[sales.MailingFailed]), nil)
	return nil
}

func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return sales.WrapError(sales.Unavailable, err, "The data folder "+dir+" cannot be made.")
	}
	f, err := os.CreateTemp(dir, ".doctor-")
	if err != nil {
		return sales.WrapError(sales.Unavailable, err, "The data folder "+dir+" cannot be written to. Mend its rights or free some space.")
	}
	f.Close()
	return os.Remove(f.Name())
}
