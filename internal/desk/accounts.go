package desk

import (
	"context"
	"net/url"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// SaveAccount adds an account (ID 0) or changes one. A Conflict error means that
// there is one with the domain already.
func (d *Desk) SaveAccount(ctx context.Context, v sales.Viewer, a sales.Account) (sales.Account, error) {
	if err := need(v, sales.RoleSeller, "change accounts"); err != nil {
		return a, err
	}
	was := sales.Account{WorkspaceID: v.WorkspaceID}
	var err error
	if a.ID != 0 {
		if was, err = d.Store.SeeAccount(ctx, v, a.ID); err != nil {
			return a, err
		}
	}
	if a, err = cleanAccount(a); err != nil {
		return a, err
	}
	if a.OwnerID, err = d.ownerFor(ctx, v, was.OwnerID, a.OwnerID, was.ID == 0); err != nil {
		return a, err
	}
	a.WorkspaceID, a.CreatedAt, a.ArchivedAt = v.WorkspaceID, was.CreatedAt, was.ArchivedAt
	if a.Custom == nil {
		a.Custom = was.Custom
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if was.ID != 0 {
			return tx.SaveAccount(ctx, a)
		}
		if twin, err := tx.FindAccount(ctx, v.WorkspaceID, a.Domain, a.Name); err == nil {
			return sales.Errorf(sales.Conflict, "There is an account called %s already, with that domain or name.", twin.Name)
		} else if sales.CodeOf(err) != sales.NotFound {
			return err
		}
		a.ID, a.CreatedAt = tx.NewID(), d.now()
		return tx.InsertAccount(ctx, a)
	})
	return a, err
}

// cleanAccount tidies what was typed.
func cleanAccount(a sales.Account) (sales.Account, error) {
	a.Name = strings.Join(strings.Fields(a.Name), " ")
	a.Domain = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(a.Domain)), "www.")
	a.Zone, a.Country, a.Website, a.Notes = strings.TrimSpace(a.Zone), strings.ToUpper(strings.TrimSpace(a.Country)), strings.TrimSpace(a.Website), strings.TrimSpace(a.Notes)
	a.Subdivision = strings.ToUpper(strings.TrimSpace(a.Subdivision))
	switch {
	case a.Name == "":
		return a, sales.Errorf(sales.Invalid, "An account needs a name.")
	case len(a.Name) > 300 || len(a.Notes) > 20_000 || len(a.Website) > 500:
		return a, sales.Errorf(sales.Invalid, "The name has at most 300 characters, the web site 500 and the notes 20,000.")
	case a.Domain != "" && (!strings.Contains(a.Domain, ".") || strings.ContainsAny(a.Domain, " /@:") || len(a.Domain) > 253):
		return a, sales.Errorf(sales.Invalid, "%q is no domain. Write what stands behind the @ of their addresses, as company.com.", a.Domain)
	case a.Country != "" && len(a.Country) != 2:
		return a, sales.Errorf(sales.Invalid, "Write the country with two letters, as PT.")
	}
	if a.Website != "" {
		if !strings.Contains(a.Website, "://") {
			a.Website = "https://" + a.Website
		}
		u, err := url.Parse(a.Website)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
			return a, sales.Errorf(sales.Invalid, "%q is no web address. Write it like https://company.com.", a.Website)
		}
	}
	var zones calendar.Zones
	if a.Zone != "" && zones.Load(a.Zone) == nil {
		return a, sales.Errorf(sales.Invalid, "%q is no time zone. Write it like Europe/Lisbon.", a.Zone)
	}
	return a, nil
}

// ArchiveAccount puts an account away: it is in no list until it is brought back.
// Its people, deals and sequences stay as they are.
func (d *Desk) ArchiveAccount(ctx context.Context, v sales.Viewer, id sales.ID, away bool) (Undo, error) {
	if err := need(v, sales.RoleSeller, "change accounts"); err != nil {
		return Undo{}, err
	}
	a, err := d.Store.SeeAccount(ctx, v, id)
	if err != nil {
		return Undo{}, err
	}
	if a.OwnerID != 0 && a.OwnerID != v.UserID && !v.Role.AtLeast(sales.RoleManager) {
		return Undo{}, sales.Errorf(sales.Forbidden, "%s belongs to a colleague. Only they or a manager may put it away.", a.Name)
	}
	a.ArchivedAt = time.Time{}
	say := a.Name + " is in the lists again."
	if away {
		a.ArchivedAt, say = d.now(), a.Name+" is put away."
	}
	return Undo{Say: say}, d.inTx(ctx, func(tx *store.Tx) error { return tx.SaveAccount(ctx, a) })
}
