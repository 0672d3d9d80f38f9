package runner

import (
	"context"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// caps are the limits that all mailboxes of a workspace share, and how much of
// them is used today.
type caps struct {
	perDomain, perAccount int
	day                   int64
	loc                   *time.Location
	counted               map[string]map[string]int // by scope and about
}

// limit is the cap of a scope.
func (c caps) limit(scope string) int {
	if scope == store.ScopeDomain {
		return c.perDomain
	}
	return c.perAccount
}

// about names what of a person is counted under a scope; "" is nothing.
func about(scope string, p sales.Person) string {
	switch {
	case scope == store.ScopeDomain:
		return sales.DomainOf(p.Email)
	case p.AccountID == 0:
		return ""
	}
	return p.AccountID.String()
}

// capScopes are the scopes, in the order in which rows are locked.
func capScopes() []string { return []string{store.ScopeAccount, store.ScopeDomain} }

// capsOf reads how much of the shared caps is used today, for some people.
func (r *Runner) capsOf(ctx context.Context, b *casework.Batch, people map[sales.ID]sales.Person, now time.Time) (caps, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return caps{}, err
	}
	place, err := b.SellerPlace(ctx, 0)
	if err != nil {
		return caps{}, err
	}
	c := caps{perDomain: w.Settings.PerDomainDay, perAccount: w.Settings.PerAccountDay, day: store.Day(now, place.Loc), loc: place.Loc, counted: map[string]map[string]int{}}
	for _, scope := range capScopes() {
		if c.limit(scope) <= 0 {
			continue
		}
		seen := map[string]bool{}
		var names []string
		for _, p := range people {
			if x := about(scope, p); x != "" && !seen[x] {
				seen[x], names = true, append(names, x)
			}
		}
		if c.counted[scope], err = r.Store.Counted(ctx, w.ID, c.day, scope, names); err != nil {
			return c, err
		}
	}
	return c, nil
}

// more counts a mail that is about to go, so that the next of the same round
// sees it. What a person wrote by hand is under no cap.
func (c caps) more(m sales.Mailing, p sales.Person) {
	if m.EnrollmentID == 0 {
		return
	}
	for _, scope := range capScopes() {
		if x := about(scope, p); x != "" && c.counted[scope] != nil {
			c.counted[scope][x]++
		}
	}
}

// countAll takes a place under the shared caps for each mail, in the transaction
// that records the attempts: of two mailboxes or nodes that want the last place,
// one gets it. Those that get none are held until the next day, and left out.
func (r *Runner) countAll(ctx context.Context, tx *store.Tx, c caps, list []parcel, now time.Time) ([]parcel, error) {
	for i, scope := range capScopes() {
		if c.limit(scope) <= 0 || len(list) == 0 {
			continue
		}
		order := slices.Clone(list) // in one order everywhere, so that two transactions never wait in a circle
		slices.SortStableFunc(order, func(a, b parcel) int { return strings.Compare(about(scope, a.p), about(scope, b.p)) })
		names := make([]string, len(order))
		for k, x := range order {
			if x.m.EnrollmentID != 0 { // what a person wrote by hand is under no cap
				names[k] = about(scope, x.p)
			}
		}
		ok, err := tx.CountEach(ctx, order[0].m.WorkspaceID, c.day, scope, names, c.limit(scope))
		if err != nil {
			return nil, err
		}
		over := map[sales.ID]bool{}
		for k, x := range order {
			if ok[k] {
				continue
			}
			over[x.m.ID] = true
			if err := r.overCap(ctx, tx, c, x, capScopes()[:i], scope, now); err != nil {
				return nil, err
			}
		}
		list = slices.DeleteFunc(list, func(x parcel) bool { return over[x.m.ID] })
	}
	return list, nil
}

// overCap holds a mail that got no place, and gives those back that it took.
func (r *Runner) overCap(ctx context.Context, tx *store.Tx, c caps, x parcel, taken []string, scope string, now time.Time) error {
	for _, t := range taken {
		if c.limit(t) <= 0 {
			continue
		}
		if err := tx.Uncount(ctx, x.m.WorkspaceID, c.day, t, about(t, x.p)); err != nil {
			return err
		}
	}
	return tx.HoldMailing(ctx, x.m, sales.GateLimits, "the cap of mails a day to one "+scope+" is reached", calendar.NextDay(now, c.loc))
}

// besides leaves out and holds the first mails for which there is no room at the
// account of their person, in the transaction that records the attempts: of two
// mailboxes or nodes that want the last place, one gets it. The place is taken by
// the mail that is on the wire, and kept by the enrollment that counts it.
func (r *Runner) besides(ctx context.Context, tx *store.Tx, list []parcel, now time.Time) ([]parcel, error) {
	var accounts []sales.ID
	for _, x := range list {
		if x.beside > 0 {
			accounts = append(accounts, x.p.AccountID)
		}
	}
	if len(accounts) == 0 {
		return list, nil
	}
	active, err := tx.LockActive(ctx, list[0].m.WorkspaceID, accounts)
	if err != nil {
		return nil, err
	}
	out := make([]parcel, 0, len(list))
	for _, x := range list {
		if x.beside > 0 {
			there := active[x.p.AccountID]
			mine := slices.Contains(there, x.p.ID)
			others := len(there)
			if mine {
				others--
			}
			if others >= x.beside {
				h := engine.ColleaguesHold(others, now)
				if err := tx.HoldMailing(ctx, x.m, h.Gate, h.Why, h.Until); err != nil {
					return nil, err
				}
				continue
			}
			if !mine {
				active[x.p.AccountID] = append(there, x.p.ID)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// uncount gives the places back of a mail that did not go, on the day on which its
// attempt began.
func (r *Runner) uncount(ctx context.Context, tx *store.Tx, b *casework.Batch, m sales.Mailing, p sales.Person) error {
	w, err := b.Workspace(ctx)
	if err != nil {
		return err
	}
	place, err := b.SellerPlace(ctx, 0)
	if err != nil {
		return err
	}
	c := caps{perDomain: w.Settings.PerDomainDay, perAccount: w.Settings.PerAccountDay, day: store.Day(m.AttemptAt, place.Loc)}
	return c.giveBack(ctx, tx, m, p)
}

// giveBack gives the places back that a mail took of the day of c.
func (c caps) giveBack(ctx context.Context, tx *store.Tx, m sales.Mailing, p sales.Person) error {
	if m.EnrollmentID == 0 {
		return nil
	}
	for _, scope := range capScopes() {
		if x := about(scope, p); c.limit(scope) > 0 && x != "" {
			if err := tx.Uncount(ctx, m.WorkspaceID, c.day, scope, x); err != nil {
				return err
			}
		}
	}
	return nil
}
