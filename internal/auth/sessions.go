package auth

import (
	"context"
	"net/url"
	"strings"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// RevokeOthers ends all sessions of a user but one.
func (a *Auth) RevokeOthers(ctx context.Context, u sales.User, keep sales.Session) error {
	return a.Store.DeleteSessionsExcept(ctx, u.WorkspaceID, u.ID, keep.ID)
}

// LogOutUser ends all sessions of somebody else in the team, and the links of
// theirs that are open.
func (a *Auth) LogOutUser(ctx context.Context, by sales.User, id sales.ID) error {
	u, err := a.member(ctx, by, id)
	if err != nil {
		return err
	}
	return a.Store.DeleteSessionsExcept(ctx, u.WorkspaceID, u.ID, 0)
}

// ChangeProfile changes what users set for themselves: name, zone and the page
// where people can book a time with them ("" is none).
func (a *Auth) ChangeProfile(ctx context.Context, u sales.User, name, zone, calendar string) error {
	if name = strings.TrimSpace(name); name == "" || len(name) > 200 {
		return sales.Errorf(sales.Invalid, "Give your name, at most 200 characters.")
	}
	if zone = strings.TrimSpace(zone); zone != "" {
		if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
			return sales.Errorf(sales.Invalid, "%q is no time zone. Write it like Europe/Lisbon.", zone)
		}
	}
	if calendar = strings.TrimSpace(calendar); calendar != "" {
		if at, err := url.Parse(calendar); err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" || len(calendar) > 500 {
			return sales.Errorf(sales.Invalid, "The booking page should look like https://calendar.company.com/ana.")
		}
	}
	return a.Store.InTx(ctx, func(tx *store.Tx) error {
		now, err := tx.User(ctx, u.WorkspaceID, u.ID)
		if err != nil {
			return err
		}
		now.Name, now.Zone, now.CalendarURL = name, zone, calendar
		return tx.SaveUser(ctx, now)
	})
}
