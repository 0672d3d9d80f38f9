// Package auth is who logs in and as whom: the first owner, passwords, sessions
// that can be listed and revoked, invitations, roles. It owns cookies' tokens,
// which are kept only as their SHA-256; it knows no page.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Auth answers who somebody is.
type Auth struct {
	Store *store.Store
	// Now is the wall clock: a login lasts real days, whatever clock the business
	// runs on.
	Now func() time.Time
	// Params are those of argon2id; nil is 19 MiB, 2 passes, 1 lane (OWASP's
	// first choice). Tests make them cheap.
	Params *argon2id.Params

	once  sync.Once
	slots chan struct{} // logins that compute a hash at this moment
}

const (
	sessionFor  = 30 * 24 * time.Hour // a session ends after this long without use
	touchAfter  = 10 * time.Minute    // how often use is written down
	inviteFor   = 7 * 24 * time.Hour
	minPassword = 10  // characters
	maxPassword = 200 // bytes: more is an attack on the hash
	maxHashes   = 4   // logins at once: each hash takes 19 MiB and a core
)

func (a *Auth) params() *argon2id.Params {
	if a.Params != nil {
		return a.Params
	}
	return &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// PasswordAdvice says what a password must be, and how to find one; pages show
// it beside the field.
const PasswordAdvice = "At least 10 characters. " + easyPassword

const easyPassword = "A short sentence is easy to remember."

// CheckPassword returns an Invalid error when a password is too short or too long.
func CheckPassword(password string) error {
	if utf8.RuneCountInString(password) < minPassword {
		return sales.Errorf(sales.Invalid, "A password needs at least %d characters. %s", minPassword, easyPassword)
	}
	if len(password) > maxPassword {
		return sales.Errorf(sales.Invalid, "A password has at most %d characters.", maxPassword)
	}
	return nil
}

// Hash makes the form of a password that is stored, after checking it.
func (a *Auth) Hash(password string) (string, error) {
	if err := CheckPassword(password); err != nil {
		return "", err
	}
	return argon2id.CreateHash(password, a.params())
}

// NewOwner is what the first visit asks for.
type NewOwner struct {
	Workspace, Name, Email, Password, Zone string
	PublicURL                              string // fills the setting; may be empty
}

// SetUp makes the first workspace and its owner. A Conflict error means that
// the installation has an owner already.
func (a *Auth) SetUp(ctx context.Context, o NewOwner, now time.Time) (sales.User, error) {
	email, err := sales.NormalAddress(o.Email)
	if err != nil {
		return sales.User{}, err
	}
	name, workspace := strings.TrimSpace(o.Name), strings.TrimSpace(o.Workspace)
	if name == "" || workspace == "" || len(name) > 200 || len(workspace) > 200 {
		return sales.User{}, sales.Errorf(sales.Invalid, "Give your name and the name of your company, each at most 200 characters.")
	}
	hash, err := a.Hash(o.Password)
	if err != nil {
		return sales.User{}, err
	}
	s := sales.DefaultSettings()
	if _, err := time.LoadLocation(o.Zone); err == nil && o.Zone != "" {
		s.Zone = o.Zone
	}
	s.PublicURL = strings.TrimRight(o.PublicURL, "/")
	// The first workspace has a fixed ID, so that two first visits at once cannot
	// both make one.
	w := sales.Workspace{ID: firstWorkspace, Name: workspace, Settings: s, CreatedAt: now}
	u := sales.User{WorkspaceID: w.ID, ID: a.Store.NewID(), Email: email, Name: name, Role: sales.RoleOwner, Zone: s.Zone, PasswordHash: hash, CreatedAt: now}
	err = a.Store.InTx(ctx, func(tx *store.Tx) error {
		any, err := tx.AnyUser(ctx)
		if err != nil {
			return err
		}
		if any {
			return sales.Errorf(sales.Conflict, "This installation has an owner already. Log in, or ask the owner for an invitation.")
		}
		if err := tx.InsertWorkspace(ctx, w); err != nil {
			return err
		}
		return tx.InsertUser(ctx, u)
	})
	return u, err
}

// firstWorkspace is the ID of the workspace that the first visit makes.
const firstWorkspace sales.ID = 1

// wrongLogin never says which of the two was wrong.
func wrongLogin() error {
	return sales.Errorf(sales.Unauthorized, "Address or password is not right.")
}

// Login checks a password and begins a session. token goes into the cookie and
// is kept nowhere else.
func (a *Auth) Login(ctx context.Context, email, password, ip, agent string) (u sales.User, token string, err error) {
	leave, err := a.enter(ctx)
	if err != nil {
		return sales.User{}, "", err
	}
	defer leave()
	address, aerr := sales.NormalAddress(email)
	if aerr == nil {
		u, err = a.Store.UserByEmail(ctx, address)
	}
	if aerr != nil || sales.CodeOf(err) == sales.NotFound || err == nil && u.PasswordHash == "" {
		// The same work as for a right address, so that time tells nothing.
		_, _ = argon2id.CreateHash(clip(password), a.params())
		return sales.User{}, "", wrongLogin()
	}
	if err != nil {
		return sales.User{}, "", err
	}
	ok, err := argon2id.ComparePasswordAndHash(clip(password), u.PasswordHash)
	if err != nil {
		return sales.User{}, "", sales.WrapError(sales.Internal, err, "the stored password cannot be read")
	}
	if !ok || u.Disabled {
		return sales.User{}, "", wrongLogin()
	}
	token, err = a.Begin(ctx, u, ip, agent)
	return u, token, err
}

// enter waits for a place among the logins that compute a hash, so that a flood
// of them takes neither the memory nor all cores. leave gives it back.
func (a *Auth) enter(ctx context.Context) (leave func(), err error) {
	a.once.Do(func() { a.slots = make(chan struct{}, maxHashes) })
	wait, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	select {
	case a.slots <- struct{}{}:
		return func() { <-a.slots }, nil
	case <-wait.Done():
		return nil, sales.Errorf(sales.Limited, "Too many people are logging in at this moment. Try again in a minute.")
	}
}

func clip(password string) string {
	if len(password) > maxPassword {
		return password[:maxPassword]
	}
	return password
}

// Begin begins a session for a user who has proved who they are.
func (a *Auth) Begin(ctx context.Context, u sales.User, ip, agent string) (string, error) {
	return a.issue(ctx, u, store.SessionLogin, sessionFor, ip, agent)
}

func (a *Auth) issue(ctx context.Context, u sales.User, kind string, life time.Duration, ip, agent string) (string, error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	token := base64.RawURLEncoding.EncodeToString(raw)
	now := a.Now()
	x := sales.Session{WorkspaceID: u.WorkspaceID, ID: a.Store.NewID(), UserID: u.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(life), IP: short(ip, 64), Agent: short(agent, 300)}
	err := a.Store.InTx(ctx, func(tx *store.Tx) error { return tx.InsertSession(ctx, x, kind, hashToken(token)) })
	return token, err
}

func short(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	if len(s) > n {
		return s[:n]
	}
	return s
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Who gives the user and the session of a cookie's token. An Unauthorized error
// means to log in again.
func (a *Auth) Who(ctx context.Context, token string) (sales.User, sales.Session, error) {
	if token == "" || len(token) > 200 {
		return sales.User{}, sales.Session{}, sales.Errorf(sales.Unauthorized, "Log in first.")
	}
	now := a.Now()
	x, err := a.Store.Session(ctx, store.SessionLogin, hashToken(token), now)
	if err != nil {
		return sales.User{}, x, gone(err)
	}
	u, err := a.Store.User(ctx, x.WorkspaceID, x.UserID)
	if err != nil {
		return u, x, gone(err)
	}
	if u.Disabled {
		return sales.User{}, x, sales.Errorf(sales.Unauthorized, "This login was closed. Ask an admin.")
	}
	if now.Sub(x.SeenAt) > touchAfter {
		x.SeenAt, x.ExpiresAt = now, now.Add(sessionFor)
		if err := a.Store.TouchSession(ctx, x); err != nil {
			return u, x, err
		}
	}
	return u, x, nil
}

// gone turns the absence of a session into "log in again".
func gone(err error) error {
	if sales.CodeOf(err) == sales.NotFound {
		return sales.Errorf(sales.Unauthorized, "Your login has ended. Log in again.")
	}
	return err
}

// ViewerOf is the user as reading methods want it.
func ViewerOf(u sales.User) sales.Viewer {
	return sales.Viewer{WorkspaceID: u.WorkspaceID, UserID: u.ID, Role: u.Role}
}

// Logout ends one session.
func (a *Auth) Logout(ctx context.Context, x sales.Session) error {
	return a.Store.DeleteSession(ctx, x.WorkspaceID, x.UserID, x.ID)
}

// Sessions lists where a user is logged in.
func (a *Auth) Sessions(ctx context.Context, u sales.User) ([]sales.Session, error) {
	return a.Store.Sessions(ctx, u.WorkspaceID, u.ID, a.Now())
}

// Revoke ends a session of one's own by its ID.
func (a *Auth) Revoke(ctx context.Context, u sales.User, id sales.ID) error {
	return a.Store.DeleteSession(ctx, u.WorkspaceID, u.ID, id)
}

// ChangePassword sets a new password after the old one was proved, and ends all
// other sessions of the user.
func (a *Auth) ChangePassword(ctx context.Context, u sales.User, keep sales.Session, old, fresh string) error {
	ok, err := argon2id.ComparePasswordAndHash(clip(old), u.PasswordHash)
	if err != nil || !ok {
		return sales.Errorf(sales.Invalid, "The old password is not right.")
	}
	hash, err := a.Hash(fresh)
	if err != nil {
		return err
	}
	if err := a.Store.InTx(ctx, func(tx *store.Tx) error {
		now, err := tx.User(ctx, u.WorkspaceID, u.ID)
		if err != nil {
			return err
		}
		now.PasswordHash = hash
		return tx.SaveUser(ctx, now)
	}); err != nil {
		return err
	}
	return a.Store.DeleteSessionsExcept(ctx, u.WorkspaceID, u.ID, keep.ID)
}
