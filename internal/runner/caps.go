package runner

import (
	"context"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
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

// count takes a place under the shared caps for a mail, in the transaction that
// records its attempt: of two mailboxes or nodes that want the last place, one
// gets it. The mail that gets none is held until the next day.
func (r *Runner) count(ctx context.Context, tx *store.Tx, c caps, x parcel, now time.Time) (bool, error) {
	if x.m.EnrollmentID == 0 {
		return true, nil
	}
	for i, scope := range capScopes() {
		ok, err := tx.Count(ctx, x.m.WorkspaceID, c.day, scope, about(scope, x.p), c.limit(scope))
		if err != nil {
			return false, err
		}
		if ok {
			continue
		}
		for _, taken := range capScopes()[:i] {
			if err := tx.Uncount(ctx, x.m.WorkspaceID, c.day, taken, about(taken, x.p)); err != nil {
				return false, err
			}
		}
		until := calendar.NextDay(now, c.loc)
		return false, tx.HoldMailing(ctx, x.m, sales.GateLimits, "the cap of mails a day to one "+scope+" is reached", until)
	}
	return true, nil
}

// uncount gives the places back of a mail that did not go.
func (r *Runner) uncount(ctx context.Context, tx *store.Tx, b *casework.Batch, m sales.Mailing, p sales.Person) error {
	if m.EnrollmentID == 0 {
		return nil
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return err
	}
	place, err := b.SellerPlace(ctx, 0)
	if err != nil {
		return err
	}
	c := caps{perDomain: w.Settings.PerDomainDay, perAccount: w.Settings.PerAccountDay}
	for _, scope := range capScopes() {
		if x := about(scope, p); c.limit(scope) > 0 && x != "" {
			if err := tx.Uncount(ctx, m.WorkspaceID, store.Day(m.AttemptAt, place.Loc), scope, x); err != nil {
				return err
			}
		}
	}
	return nil
}
