package auth

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Invite adds a user and gives the token of a link with which they choose their
// password, good for a week and once. Admins invite up to admin, owners anybody.
func (a *Auth) Invite(ctx context.Context, by sales.User, name, email string, role sales.Role, zone string, now time.Time) (sales.User, string, error) {
	if err := mayGive(by, role); err != nil {
		return sales.User{}, "", err
	}
	address, err := sales.NormalAddress(email)
	if err != nil {
		return sales.User{}, "", err
	}
	if name = strings.TrimSpace(name); name == "" || len(name) > 200 {
		return sales.User{}, "", sales.Errorf(sales.Invalid, "Give the name of the new user, at most 200 characters.")
	}
	if zone == "" {
		zone = by.Zone
	}
	u := sales.User{WorkspaceID: by.WorkspaceID, ID: a.Store.NewID(), Email: address, Name: name, Role: role, Zone: zone, CreatedAt: now}
	if err := a.Store.InTx(ctx, func(tx *store.Tx) error { return tx.InsertUser(ctx, u) }); err != nil {
		return sales.User{}, "", err
	}
	token, err := a.issue(ctx, u, store.SessionInvite, inviteFor, "", "")
	return u, token, err
}

// mayGive: nobody gives rights that they do not have.
func mayGive(by sales.User, role sales.Role) error {
	if !role.Valid() {
		return sales.Errorf(sales.Invalid, "Choose one of the roles owner, admin, manager, seller.")
	}
	if !by.Role.AtLeast(sales.RoleAdmin) || !by.Role.AtLeast(role) {
		return sales.Errorf(sales.Forbidden, "Only an admin may change the team, and only an owner may make owners.")
	}
	return nil
}

// InviteLink makes a new link for a user who lost theirs, or their password;
// all their sessions end.
func (a *Auth) InviteLink(ctx context.Context, by sales.User, id sales.ID) (string, error) {
	u, err := a.member(ctx, by, id)
	if err != nil {
		return "", err
	}
	if err := a.Store.DeleteSessionsExcept(ctx, u.WorkspaceID, u.ID, 0); err != nil {
		return "", err
	}
	return a.issue(ctx, u, store.SessionInvite, inviteFor, "", "")
}

// member gives a user of the team whom by may change.
func (a *Auth) member(ctx context.Context, by sales.User, id sales.ID) (sales.User, error) {
	u, err := a.Store.User(ctx, by.WorkspaceID, id)
	if err != nil {
		return u, err
	}
	return u, mayGive(by, u.Role)
}

// Invited gives whom an invitation is for.
func (a *Auth) Invited(ctx context.Context, token string) (sales.User, error) {
	u, _, err := a.invited(ctx, token)
	return u, err
}

func (a *Auth) invited(ctx context.Context, token string) (sales.User, sales.Session, error) {
	x, err := a.Store.Session(ctx, store.SessionInvite, hashToken(token), a.Now())
	if sales.CodeOf(err) == sales.NotFound {
		return sales.User{}, x, usedInvite()
	}
	if err != nil {
		return sales.User{}, x, err
	}
	u, err := a.Store.User(ctx, x.WorkspaceID, x.UserID)
	return u, x, err
}

func usedInvite() error {
	return sales.Errorf(sales.NotFound, "This invitation was used or is too old. Ask for a new one.")
}

// Accept sets the password of an invited user and begins a session.
func (a *Auth) Accept(ctx context.Context, token, password, ip, agent string) (sales.User, string, error) {
	u, x, err := a.invited(ctx, token)
	if err != nil {
		return u, "", err
	}
	if u.Disabled {
		return u, "", sales.Errorf(sales.Forbidden, "This login was closed. Ask an admin.")
	}
	hash, err := a.Hash(password)
	if err != nil {
		return u, "", err
	}
	err = a.Store.InTx(ctx, func(tx *store.Tx) error {
		fresh, err := tx.UseSession(ctx, x)
		if err != nil {
			return err
		}
		if !fresh {
			return usedInvite()
		}
		if u, err = tx.User(ctx, x.WorkspaceID, x.UserID); err != nil {
			return err
		}
		u.PasswordHash = hash
		return tx.SaveUser(ctx, u)
	})
	if err != nil {
		return u, "", err
	}
	out, err := a.Begin(ctx, u, ip, agent)
	return u, out, err
}

// ChangeUser changes name, role, zone, or closes a login. The last owner stays
// an owner.
func (a *Auth) ChangeUser(ctx context.Context, by sales.User, id sales.ID, name string, role sales.Role, zone string, disabled bool) error {
	u, err := a.member(ctx, by, id)
	if err != nil {
		return err
	}
	if err := mayGive(by, role); err != nil {
		return err
	}
	if name = strings.TrimSpace(name); name == "" || len(name) > 200 {
		return sales.Errorf(sales.Invalid, "A user needs a name of at most 200 characters.")
	}
	if zone != "" {
		if _, err := time.LoadLocation(zone); err != nil {
			return sales.Errorf(sales.Invalid, "%q is no time zone. Write it like Europe/Lisbon.", zone)
		}
	}
	err = a.Store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.LockOwners(ctx, by.WorkspaceID); err != nil {
			return err
		}
		if u, err = tx.User(ctx, by.WorkspaceID, id); err != nil {
			return err
		}
		was := u.Role
		if err := mayGive(by, was); err != nil {
			return err
		}
		u.Name, u.Role, u.Zone, u.Disabled = name, role, zone, disabled
		if was == sales.RoleOwner && (role != sales.RoleOwner || disabled) {
			team, err := tx.UsersIn(ctx, by.WorkspaceID)
			if err != nil {
				return err
			}
			owners := 0
			for _, x := range team {
				if x.Role == sales.RoleOwner && !x.Disabled && x.ID != id {
					owners++
				}
			}
			if owners == 0 {
				return sales.Errorf(sales.Conflict, "This is the last owner. Make somebody else an owner first.")
			}
		}
		return tx.SaveUser(ctx, u)
	})
	if err != nil || !disabled {
		return err
	}
	return a.Store.DeleteSessionsExcept(ctx, u.WorkspaceID, u.ID, 0)
}
