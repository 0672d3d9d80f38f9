package desk

import (
	"context"
	"strings"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// optOut suppresses a person and ends every sequence of theirs.
func (d *Desk) optOut(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, r sales.Reason, source string) error {
	now := d.now()
	ev := sales.Event{Kind: sales.EvUnsubscribe, At: now, Actor: sales.BySeller, UserID: v.UserID, Text: source}
	if v.UserID == 0 {
		ev.Actor = sales.ByBuyer
	}
	line := sales.Move{WorkspaceID: v.WorkspaceID, At: now, Actor: ev.Actor, Kind: sales.MoveUnsubscribe, PersonID: p.ID, AccountID: p.AccountID, UserID: v.UserID, Text: "No more contact: " + source + "."}
	fx := []sales.Effect{{Kind: sales.FxSuppress, Reason: r, Title: source}}
	done, err := tx.ApplyPerson(ctx, fx, nil, store.Subject{Person: p}, now)
	if err != nil {
		return err
	}
	if done.Suppressed || p.Email == "" { // without an address it stands in the ledger alone
		if err := write(ctx, tx, line); err != nil {
			return err
		}
	}
	return tellAll(ctx, tx, p, ev, now)
}

// SuppressPerson puts a person on the list by hand.
func (d *Desk) SuppressPerson(ctx context.Context, v sales.Viewer, person sales.ID, why string) error {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" {
		why = "put on the list by hand"
	}
	err = d.inDurableTx(ctx, func(tx *store.Tx) error { return d.optOut(ctx, tx, v, p, sales.EndSuppressed, clip(why, 300)) })
	d.changed(ctx, p, "On the suppression list")
	return err
}

// Suppress puts an address or a whole domain on the list, and ends the
// sequences of the person with that address.
func (d *Desk) Suppress(ctx context.Context, v sales.Viewer, value, why string) error {
	if err := need(v, sales.RoleManager, "change the suppression list"); err != nil {
		return err
	}
	value = strings.ToLower(strings.TrimSpace(value))
	kind := sales.SuppressDomain
	if strings.Contains(strings.TrimPrefix(value, "@"), "@") {
		kind = sales.SuppressAddress
		address, err := sales.NormalAddress(value)
		if err != nil {
			return err
		}
		value = address
	} else if value = strings.TrimPrefix(value, "@"); !strings.Contains(value, ".") || strings.ContainsAny(value, " /<>") || len(value) > 253 {
		return sales.Errorf(sales.Invalid, "%q is neither a mail address nor a domain. Write name@company.com or company.com.", value)
	}
	if why = strings.TrimSpace(why); why == "" {
		why = "put on the list by hand"
	}
	return d.inDurableTx(ctx, func(tx *store.Tx) error {
		if kind == sales.SuppressAddress {
			p, err := tx.PersonByEmail(ctx, v.WorkspaceID, value)
			if err == nil {
				return d.optOut(ctx, tx, v, p, sales.EndSuppressed, clip(why, 300))
			}
			if sales.CodeOf(err) != sales.NotFound {
				return err
			}
		}
		// The send gate holds every mail to a domain.
		_, err := tx.Suppress(ctx, sales.Suppression{
			WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Kind: kind, Value: value, Reason: sales.EndSuppressed, Source: clip(why, 300), At: d.now(),
		})
		return err
	})
}

// Unsuppress takes something off the list. It lets nothing go on by itself.
func (d *Desk) Unsuppress(ctx context.Context, v sales.Viewer, id sales.ID) error {
	if err := need(v, sales.RoleAdmin, "take something off the suppression list"); err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error { return tx.Unsuppress(ctx, v.WorkspaceID, id) })
}

// UnsubscribeTarget is what the page behind an unsubscribe link shows.
type UnsubscribeTarget struct {
	Workspace string
	Address   string // with the middle hidden
	Done      bool   // on the list already
}

// UnsubscribeInfo reads an unsubscribe link and changes nothing.
func (d *Desk) UnsubscribeInfo(ctx context.Context, token string) (UnsubscribeTarget, error) {
	w, p, _, err := d.byToken(ctx, token)
	if err != nil {
		return UnsubscribeTarget{}, err
	}
	_, done, err := d.Store.Suppressed(ctx, w.ID, p.Email)
	return UnsubscribeTarget{Workspace: w.Name, Address: masked(p.Email), Done: done}, err
}

// Unsubscribe does what an unsubscribe link promises, for whoever has it, as
// often as it is asked (RFC 8058 section 3.2).
func (d *Desk) Unsubscribe(ctx context.Context, token string) (UnsubscribeTarget, error) {
	w, p, m, err := d.byToken(ctx, token)
	if err != nil {
		return UnsubscribeTarget{}, err
	}
	v := sales.Viewer{WorkspaceID: w.ID}
	why := "pressed unsubscribe on " + d.now().Format("2 Jan 2006")
	err = d.inDurableTx(ctx, func(tx *store.Tx) error {
		if to, err := sales.NormalAddress(m.To); err == nil && to != p.Email {
			// They have another address by now: that to which the mail went is meant too.
			if _, err := tx.Suppress(ctx, sales.Suppression{
				WorkspaceID: w.ID, ID: tx.NewID(), Kind: sales.SuppressAddress, Value: to, Reason: sales.EndUnsubscribe, Source: why, At: d.now(),
			}); err != nil {
				return err
			}
		}
		return d.optOut(ctx, tx, v, p, sales.EndUnsubscribe, why)
	})
	if err != nil {
		return UnsubscribeTarget{}, err
	}
	d.changed(ctx, p, p.Name()+" unsubscribed")
	return UnsubscribeTarget{Workspace: w.Name, Address: masked(p.Email), Done: true}, nil
}

// byToken gives the mail whose link it is, and whom it was for.
func (d *Desk) byToken(ctx context.Context, token string) (w sales.Workspace, p sales.Person, m sales.Mailing, err error) {
	ws, id, err := d.Store.Keys.ParseToken(token)
	if err != nil {
		return w, p, m, err
	}
	if m, err = d.Store.Mailing(ctx, ws, id); err != nil {
		return w, p, m, err
	}
	if w, err = d.Store.Workspace(ctx, ws); err != nil {
		return w, p, m, err
	}
	p, err = d.Store.PersonAny(ctx, ws, m.PersonID)
	return w, p, m, err
}

// masked hides the middle of an address: a link may be forwarded.
func masked(address string) string {
	local, domain, ok := strings.Cut(address, "@")
	if !ok || local == "" {
		return ""
	}
	return string([]rune(local)[:1]) + "…@" + domain
}
