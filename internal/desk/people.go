package desk

import (
	"context"
	"io"
	"strconv"
	"strings"

	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// SavePerson adds a person (ID 0) or changes one. account is the name of the
// organisation; it is found by the domain of the address or by name, else made.
// A new address of somebody whose old one bounced lets them be written to again.
// With another owner go what is open about them: tasks, and what runs, which goes on
// from its mailbox.
func (d *Desk) SavePerson(ctx context.Context, v sales.Viewer, p sales.Person, account string) (sales.Person, error) {
	if err := need(v, sales.RoleSeller, "change people"); err != nil {
		return p, err
	}
	p.WorkspaceID = v.WorkspaceID
	p.Email = strings.ToLower(strings.TrimSpace(p.Email))
	if err := p.Validate(); err != nil {
		return p, err
	}
	var was sales.Person
	if p.ID != 0 {
		var err error
		if was, err = d.Store.Person(ctx, v, p.ID); err != nil {
			return p, err
		}
	}
	now, fresh := d.now(), p.ID == 0
	err := d.inTx(ctx, func(tx *store.Tx) error { // runs again after a lost race: fresh says what p.ID no longer does
		a, err := d.accountFor(ctx, tx, v, was, account, p.Email)
		if err != nil {
			return err
		}
		p.AccountID, p.UpdatedAt = a.ID, now
		if fresh {
			p.ID, p.CreatedAt = tx.NewID(), now
			if p.OwnerID == 0 {
				p.OwnerID = v.UserID
			}
			if err := tx.InsertPerson(ctx, p, a.Name); err != nil {
				return err
			}
			return write(ctx, tx, d.move(v, p, sales.MoveOpen, "Added by hand."))
		}
		p.Address = was.Address
		if p.Email != was.Email {
			p.Address = sales.AddressOK
		}
		if err := tx.SavePerson(ctx, p, a.Name); err != nil {
			return err
		}
		if err := d.follow(ctx, tx, v, was, p); err != nil {
			return err
		}
		if err := tellAll(ctx, tx, p, sales.Event{Kind: sales.EvData, At: now, Actor: sales.BySeller, UserID: v.UserID}, now); err != nil || p.Email == was.Email {
			return err
		}
		if err := write(ctx, tx, d.move(v, p, sales.MoveNote, "The address was changed from "+orNone(was.Email)+" to "+orNone(p.Email)+".")); err != nil {
			return err
		}
		if err := d.keepNo(ctx, tx, v, was, p); err != nil || p.Email == "" {
			return err
		}
		return d.resumeBounced(ctx, tx, v, p)
	})
	if err != nil {
		return p, err
	}
	d.changed(ctx, p, p.Name()+" changed")
	d.kick(v.WorkspaceID)
	return p, nil
}

// follow lets what is open about a person go to their new owner. When they are to be
// nobody's it stays with whoever has it, for somebody has to do it.
func (d *Desk) follow(ctx context.Context, tx *store.Tx, v sales.Viewer, was, p sales.Person) error {
	if p.OwnerID == was.OwnerID || p.OwnerID == 0 {
		return nil
	}
	tasks, running, err := tx.GiveAway(ctx, v.WorkspaceID, p.ID, was.OwnerID, p.OwnerID)
	if err != nil {
		return err
	}
	u, err := tx.User(ctx, v.WorkspaceID, p.OwnerID)
	if err != nil {
		return err
	}
	says := "Belongs to " + u.Name + " now"
	var with []string
	if tasks > 0 {
		with = append(with, several(tasks, "open task"))
	}
	if running > 0 {
		with = append(with, several(running, "running sequence"))
	}
	if len(with) > 0 {
		says += ", with " + strings.Join(with, " and ")
	}
	return write(ctx, tx, d.move(v, p, sales.MoveNote, says+"."))
}

// several is a number with what it counts.
func several(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// keepNo lets a no survive a change of address: who asked not to be contacted
// meant themselves and not an address. A bounce was about the address alone. Of
// somebody without an address the ledger knows.
func (d *Desk) keepNo(ctx context.Context, tx *store.Tx, v sales.Viewer, was, p sales.Person) error {
	x := sales.Suppression{Kind: sales.SuppressAddress, Reason: sales.EndUnsubscribe, Source: "asked not to be contacted"}
	var yes bool
	var err error
	if was.Email == "" {
		yes, err = tx.SaidNo(ctx, v.WorkspaceID, p.ID)
	} else {
		x, yes, err = tx.Suppressed(ctx, v.WorkspaceID, was.Email)
	}
	if err != nil || !yes || x.Kind != sales.SuppressAddress || x.Reason == sales.EndBounced {
		return err
	}
	if p.Email == "" {
		return write(ctx, tx, d.move(v, p, sales.MoveUnsubscribe, "No more contact: "+x.Source+"."))
	}
	_, err = tx.Suppress(ctx, sales.Suppression{
		WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Kind: sales.SuppressAddress, Value: p.Email, Reason: x.Reason, Source: x.Source + ", at an earlier address", At: d.now(),
	})
	return err
}

func orNone(address string) string {
	if address == "" {
		return "none"
	}
	return address
}

// accountFor is account, but leaves a person where they are when the name of
// their organisation was not changed.
func (d *Desk) accountFor(ctx context.Context, tx *store.Tx, v sales.Viewer, was sales.Person, name, email string) (sales.Account, error) {
	if was.AccountID != 0 {
		a, err := tx.Account(ctx, v.WorkspaceID, was.AccountID)
		if err == nil && a.Name == strings.TrimSpace(name) {
			return a, nil
		}
	}
	return d.account(ctx, tx, v, name, email)
}

// resumeBounced lets enrollments go on that a dead address had paused, and
// closes the to-do to fix it.
func (d *Desk) resumeBounced(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person) error {
	tasks, err := tx.OpenTasksOf(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Kind == sales.TaskFix && t.EnrollmentID != 0 {
			if err := tx.EndTask(ctx, v.WorkspaceID, t.ID, sales.TaskDone, d.now(), "the address was changed"); err != nil {
				return err
			}
		}
	}
	// Nothing goes on by itself while a mail waits that may be their answer.
	if asked, err := tx.AskedAbout(ctx, v.WorkspaceID, p.ID); err != nil || asked {
		return err
	}
	live, err := tx.LiveEnrollments(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	for _, e := range live {
		ev := sales.Event{Kind: sales.EvMended}
		if e.Reason == sales.PausedBlocked {
			ev.Kind = sales.EvResume
		}
		if e.State == sales.Paused && (e.Reason == sales.PausedBounce || e.Reason == sales.PausedBlocked) {
			if err := d.decide(ctx, tx, v, e, ev); err != nil {
				return err
			}
		}
	}
	return nil
}

// account finds the organisation of a person, or makes it.
func (d *Desk) account(ctx context.Context, tx *store.Tx, v sales.Viewer, name, email string) (sales.Account, error) {
	domain := sales.DomainOf(email)
	if email == "" || importer.FreeMail(domain) {
		domain = ""
	}
	name = strings.TrimSpace(name)
	a, err := tx.FindAccount(ctx, v.WorkspaceID, domain, name)
	if err == nil || sales.CodeOf(err) != sales.NotFound {
		return a, err
	}
	if name == "" && domain == "" {
		return sales.Account{}, nil
	}
	if name == "" {
		name = domain
	}
	a = sales.Account{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), OwnerID: v.UserID, Name: clip(name, 300), Domain: domain, CreatedAt: d.now()}
	return a, tx.InsertAccount(ctx, a)
}

// existing looks up who is there for an import.
type existing struct {
	s *store.Store
	v sales.Viewer
}

// OfOthers implements importer.ExistingOfOthers: the wall between sellers.
func (x existing) OfOthers(p sales.Person) bool {
	scope := x.v.OwnerScope()
	return scope != 0 && p.OwnerID != 0 && p.OwnerID != scope
}

// ByEmails implements importer.Existing.
func (x existing) ByEmails(ctx context.Context, emails []string) (map[string]sales.Person, error) {
	return x.s.PeopleByEmail(ctx, x.v.WorkspaceID, emails)
}

// ByReach implements importer.ExistingByReach.
func (x existing) ByReach(ctx context.Context, phones, linkedins []string) ([]sales.Person, error) {
	return x.s.PeopleByReach(ctx, x.v.WorkspaceID, phones, linkedins)
}

// PreviewRows tells what the first limit rows of a file would do, and gives the
// first keep of them. It writes nothing.
func (d *Desk) PreviewRows(ctx context.Context, v sales.Viewer, r io.Reader, m importer.Mapping, limit, keep int) (importer.Sample, error) {
	if err := need(v, sales.RoleSeller, "import people"); err != nil {
		return importer.Sample{}, err
	}
	return importer.Preview(ctx, r, m, existing{d.Store, v}, limit, keep)
}

// PreviewImport tells what an import would do and writes nothing.
func (d *Desk) PreviewImport(ctx context.Context, v sales.Viewer, r io.Reader, m importer.Mapping) (importer.Result, error) {
	if err := need(v, sales.RoleSeller, "import people"); err != nil {
		return importer.Result{}, err
	}
	return importer.Run(ctx, r, m, existing{d.Store, v}, nil, nil)
}

// Import reads people from a file; they belong to owner. It may be repeated on
// the same file: what is there already stays.
func (d *Desk) Import(ctx context.Context, v sales.Viewer, r io.Reader, m importer.Mapping, owner sales.ID, progress func(importer.Progress)) (importer.Result, error) {
	if err := need(v, sales.RoleSeller, "import people"); err != nil {
		return importer.Result{}, err
	}
	if owner == 0 || !v.Role.AtLeast(sales.RoleManager) {
		owner = v.UserID
	}
	commit := func(ctx context.Context, batch []importer.Planned) error {
		return d.inTx(ctx, func(tx *store.Tx) error {
			accounts := map[string]sales.Account{}
			for _, row := range batch {
				if err := d.importRow(ctx, tx, v, row, owner, accounts); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return importer.Run(ctx, r, m, existing{d.Store, v}, commit, progress)
}

func (d *Desk) importRow(ctx context.Context, tx *store.Tx, v sales.Viewer, row importer.Planned, owner sales.ID, accounts map[string]sales.Account) error {
	p := row.Person
	now := d.now()
	key := row.Account.Name + "\x00" + row.Account.Domain
	a, ok := accounts[key]
	if !ok {
		var err error
		email := p.Email
		if row.Account.Domain != "" {
			email = "any@" + row.Account.Domain
		}
		if a, err = d.account(ctx, tx, v, row.Account.Name, email); err != nil {
			return err
		}
		accounts[key] = a
	}
	p.WorkspaceID, p.UpdatedAt = v.WorkspaceID, now
	if p.AccountID == 0 {
		p.AccountID = a.ID
	}
	if row.Action == importer.Update {
		if err := tx.SavePerson(ctx, p, a.Name); err != nil {
			return err
		}
		return tellAll(ctx, tx, p, sales.Event{Kind: sales.EvData, At: now, Actor: sales.BySeller, UserID: v.UserID}, now)
	}
	p.ID, p.CreatedAt, p.OwnerID = tx.NewID(), now, owner
	if err := tx.InsertPerson(ctx, p, a.Name); err != nil {
		return err
	}
	return write(ctx, tx, d.move(v, p, sales.MoveImported, "Came in by an import."))
}
