package auth_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"ninetyten/internal/auth"
	"ninetyten/internal/sales"
	"ninetyten/internal/store/storetest"
)

const secret = "four words to remember"

// door is an installation without users, and its wall clock.
type door struct {
	*auth.Auth
	t  *testing.T
	mu sync.Mutex
	at time.Time
}

func newDoor(t *testing.T) *door {
	t.Helper()
	d := &door{t: t, at: storetest.Now}
	d.Auth = &auth.Auth{Store: storetest.Open(t), Params: &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}, Now: func() time.Time {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.at
	}}
	return d
}

func (d *door) pass(t time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at = d.at.Add(t)
}

// owner sets the installation up.
func (d *door) owner() sales.User {
	d.t.Helper()
	u, err := d.SetUp(d.t.Context(), auth.NewOwner{Workspace: "Brightmail", Name: "Olga Owner", Email: "Olga@Brightmail.example", Password: secret, Zone: "Europe/Lisbon"}, storetest.Now)
	if err != nil {
		d.t.Fatal(err)
	}
	return u
}

// member invites somebody, who accepts.
func (d *door) member(by sales.User, email string, role sales.Role) (sales.User, string) {
	d.t.Helper()
	_, link, err := d.Invite(d.t.Context(), by, "Somebody", email, role, "", storetest.Now)
	if err != nil {
		d.t.Fatal(err)
	}
	u, token, err := d.Accept(d.t.Context(), link, secret, "127.0.0.1", "test")
	if err != nil {
		d.t.Fatal(err)
	}
	return u, token
}

func wantCode(t *testing.T, what string, err error, code sales.Code) {
	t.Helper()
	if sales.CodeOf(err) != code {
		t.Errorf("%s: want %q, have %v", what, code, err)
	}
}

// TestSetUpRace: of two first visits at once one makes the owner.
func TestSetUpRace(t *testing.T) {
	d := newDoor(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for i := range 6 {
		wg.Go(func() {
			_, err := d.SetUp(context.Background(), auth.NewOwner{Workspace: "W", Name: "N", Email: string(rune('a'+i)) + "@x.example", Password: secret}, storetest.Now)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				made++
			} else if sales.CodeOf(err) != sales.Conflict {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	all, err := d.Store.Workspaces(t.Context())
	if made != 1 || err != nil || len(all) != 1 {
		t.Fatalf("%d owners, %d workspaces, %v", made, len(all), err)
	}
	if team, err := d.Store.Users(t.Context(), all[0].ID); err != nil || len(team) != 1 {
		t.Errorf("%d users, %v", len(team), err)
	}
}

func TestSetUpRefused(t *testing.T) {
	d := newDoor(t)
	for name, o := range map[string]auth.NewOwner{
		"no address":       {Workspace: "W", Name: "N", Email: "nobody", Password: secret},
		"no name":          {Workspace: "W", Name: " ", Email: "a@x.example", Password: secret},
		"no company":       {Name: "N", Email: "a@x.example", Password: secret},
		"a short password": {Workspace: "W", Name: "N", Email: "a@x.example", Password: "äöüäöüäöü"},
		"a long password":  {Workspace: "W", Name: "N", Email: "a@x.example", Password: strings.Repeat("x", 201)},
	} {
		_, err := d.SetUp(t.Context(), o, storetest.Now)
		wantCode(t, name, err, sales.Invalid)
	}
	if u := d.owner(); u.Email != "olga@brightmail.example" || u.Role != sales.RoleOwner || u.Zone != "Europe/Lisbon" {
		t.Errorf("%+v", u)
	}
}

// TestLogin: wrong, unknown, invited and closed all sound the same.
func TestLogin(t *testing.T) {
	d := newDoor(t)
	owner := d.owner()
	closed, _ := d.member(owner, "closed@x.example", sales.RoleSeller)
	if err := d.ChangeUser(t.Context(), owner, closed.ID, "Closed", sales.RoleSeller, "", true); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Invite(t.Context(), owner, "Invited", "invited@x.example", sales.RoleSeller, "", storetest.Now); err != nil {
		t.Fatal(err)
	}
	var say string
	for _, c := range [][2]string{
		{owner.Email, "wrong"}, {owner.Email, ""}, {owner.Email, secret + strings.Repeat("x", 500)}, {"unknown@x.example", secret}, {"no address", secret}, {"", ""},
		{"closed@x.example", secret}, {"invited@x.example", ""}, {"invited@x.example", secret}, {"x' OR 1=1 --@x.example", secret},
	} {
		u, token, err := d.Login(t.Context(), c[0], c[1], "", "")
		wantCode(t, c[0], err, sales.Unauthorized)
		if say == "" && err != nil {
			say = err.Error()
		}
		if err == nil || err.Error() != say || token != "" || u.ID != 0 {
			t.Errorf("%s / %s: %v, %q, %+v", c[0], c[1], err, token, u)
		}
	}
	u, token, err := d.Login(t.Context(), " OLGA@brightmail.example ", secret, "192.0.2.1", "a browser")
	if err != nil || u.ID != owner.ID {
		t.Fatal(err)
	}
	who, x, err := d.Who(t.Context(), token)
	if err != nil || who.ID != owner.ID || x.IP != "192.0.2.1" || x.Agent != "a browser" {
		t.Errorf("%+v %+v %v", who, x, err)
	}
	for _, bad := range []string{"", "x", token + "x", strings.Repeat("x", 10_000)} {
		_, _, err := d.Who(t.Context(), bad)
		wantCode(t, bad[:min(9, len(bad))], err, sales.Unauthorized)
	}
}

// TestInviteOnce: a link is good once, also for two at once, and for a week.
func TestInviteOnce(t *testing.T) {
	d := newDoor(t)
	owner := d.owner()
	u, link, err := d.Invite(t.Context(), owner, "Tomás", "tomas@x.example", sales.RoleSeller, "", storetest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Who(t.Context(), link); err == nil {
		t.Error("an invitation is a login")
	}
	if got, err := d.Invited(t.Context(), link); err != nil || got.ID != u.ID {
		t.Error(err)
	}
	if _, _, err := d.Accept(t.Context(), link, "short", "", ""); sales.CodeOf(err) != sales.Invalid {
		t.Error(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	good := 0
	for range 4 {
		wg.Go(func() {
			_, _, err := d.Accept(context.Background(), link, secret, "", "")
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				good++
			} else if sales.CodeOf(err) != sales.NotFound {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if good != 1 {
		t.Errorf("accepted %d times", good)
	}
	_, err = d.Invited(t.Context(), link)
	wantCode(t, "used", err, sales.NotFound)
	again, err := d.InviteLink(t.Context(), owner, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	d.pass(7*24*time.Hour + time.Second)
	_, _, err = d.Accept(t.Context(), again, secret, "", "")
	wantCode(t, "too old", err, sales.NotFound)
	_, _, err = d.Invite(t.Context(), owner, "Tomás again", "TOMAS@x.example", sales.RoleSeller, "", storetest.Now)
	wantCode(t, "the address is taken", err, sales.Conflict)
}

// TestRoles: nobody gives or takes rights that they do not have.
func TestRoles(t *testing.T) {
	d := newDoor(t)
	owner := d.owner()
	admin, _ := d.member(owner, "admin@x.example", sales.RoleAdmin)
	manager, _ := d.member(owner, "manager@x.example", sales.RoleManager)
	seller, _ := d.member(owner, "seller@x.example", sales.RoleSeller)
	for _, x := range []struct {
		by   sales.User
		on   sales.User
		role sales.Role
		code sales.Code
	}{
		{seller, seller, sales.RoleManager, sales.Forbidden}, {seller, seller, sales.RoleSeller, sales.Forbidden}, {manager, seller, sales.RoleSeller, sales.Forbidden},
		{manager, manager, sales.RoleAdmin, sales.Forbidden}, {admin, admin, sales.RoleOwner, sales.Forbidden}, {admin, seller, sales.RoleOwner, sales.Forbidden},
		{admin, owner, sales.RoleSeller, sales.Forbidden}, {admin, owner, sales.RoleOwner, sales.Forbidden}, {owner, seller, "king", sales.Invalid},
		{admin, seller, sales.RoleAdmin, ""}, {owner, seller, sales.RoleOwner, ""},
	} {
		wantCode(t, string(x.by.Role)+" makes "+string(x.on.Role)+" "+string(x.role), d.ChangeUser(t.Context(), x.by, x.on.ID, "Name", x.role, "", false), x.code)
		if x.code == sales.Forbidden {
			_, _, err := d.Invite(t.Context(), x.by, "X", "x-"+string(x.role)+"@x.example", x.role, "", storetest.Now)
			if x.on.ID != owner.ID || x.role == sales.RoleOwner {
				wantCode(t, string(x.by.Role)+" invites "+string(x.role), err, sales.Forbidden)
			}
			_, err = d.InviteLink(t.Context(), x.by, owner.ID)
			wantCode(t, "a link for the owner", err, sales.Forbidden)
			wantCode(t, "log the owner out", d.LogOutUser(t.Context(), x.by, owner.ID), sales.Forbidden)
		}
	}
	wantCode(t, "of another workspace", d.ChangeUser(t.Context(), sales.User{WorkspaceID: 99, Role: sales.RoleOwner}, seller.ID, "N", sales.RoleSeller, "", false), sales.NotFound)
	wantCode(t, "a zone", d.ChangeUser(t.Context(), owner, seller.ID, "N", sales.RoleSeller, "Mars/Olympus", false), sales.Invalid)
	wantCode(t, "no name", d.ChangeUser(t.Context(), owner, seller.ID, " ", sales.RoleSeller, "", false), sales.Invalid)
}

// TestLastOwner: there is always one, also when two step down at once.
func TestLastOwner(t *testing.T) { testLastOwner(t, newDoor(t)) }

func testLastOwner(t *testing.T, d *door) {
	owner := d.owner()
	wantCode(t, "the last steps down", d.ChangeUser(t.Context(), owner, owner.ID, "Olga", sales.RoleAdmin, "", false), sales.Conflict)
	wantCode(t, "the last is closed", d.ChangeUser(t.Context(), owner, owner.ID, "Olga", sales.RoleOwner, "", true), sales.Conflict)
	second, _ := d.member(owner, "second@x.example", sales.RoleOwner)
	var wg sync.WaitGroup
	for _, u := range []sales.User{owner, second} {
		wg.Go(func() {
			if err := d.ChangeUser(context.Background(), u, u.ID, u.Name, sales.RoleSeller, "", false); err != nil && sales.CodeOf(err) != sales.Conflict {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	owners := 0
	team, err := d.Store.Users(t.Context(), owner.WorkspaceID)
	for _, u := range team {
		if u.Role == sales.RoleOwner {
			owners++
		}
	}
	if err != nil || owners != 1 {
		t.Errorf("%d owners, %v", owners, err)
	}
}

// TestSessions: they are listed, end by hand, by time, by a new password, and
// with the login itself.
func TestSessions(t *testing.T) {
	d := newDoor(t)
	owner := d.owner()
	u, first := d.member(owner, "ana@x.example", sales.RoleSeller)
	login := func() string {
		t.Helper()
		_, token, err := d.Login(t.Context(), u.Email, secret, "", "")
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	alive := func(token string, want bool) sales.Session {
		t.Helper()
		_, x, err := d.Who(t.Context(), token)
		if (err == nil) != want || err != nil && sales.CodeOf(err) != sales.Unauthorized {
			t.Errorf("want alive %v, have %v", want, err)
		}
		return x
	}
	second := login()
	x := alive(second, true)
	if list, err := d.Sessions(t.Context(), u); err != nil || len(list) != 2 {
		t.Errorf("%d sessions, %v", len(list), err)
	}
	if err := d.Revoke(t.Context(), owner, x.ID); err != nil {
		t.Fatal(err)
	}
	alive(second, true) // it is not the owner's
	if err := d.Logout(t.Context(), x); err != nil {
		t.Fatal(err)
	}
	alive(second, false)
	// Used, it lives on; unused, it ends after thirty days.
	d.pass(20 * 24 * time.Hour)
	alive(first, true)
	d.pass(20 * 24 * time.Hour)
	alive(first, true)
	d.pass(30*24*time.Hour + time.Second)
	alive(first, false)
	// A new password ends the others.
	third, fourth := login(), login()
	keep := alive(fourth, true)
	now, _, err := d.Who(t.Context(), fourth)
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, "the old password is wrong", d.ChangePassword(t.Context(), now, keep, "wrong", "another secret of mine"), sales.Invalid)
	wantCode(t, "the new one is short", d.ChangePassword(t.Context(), now, keep, secret, "short"), sales.Invalid)
	alive(third, true)
	if err := d.ChangePassword(t.Context(), now, keep, secret, "another secret of mine"); err != nil {
		t.Fatal(err)
	}
	alive(third, false)
	alive(fourth, true)
	if _, _, err := d.Login(t.Context(), u.Email, secret, "", ""); sales.CodeOf(err) != sales.Unauthorized {
		t.Error("the old password still works:", err)
	}
	// A login that is closed ends at once, also one that was just begun.
	if err := d.ChangeUser(t.Context(), owner, u.ID, "Ana", sales.RoleSeller, "", true); err != nil {
		t.Fatal(err)
	}
	alive(fourth, false)
	token, err := d.Begin(t.Context(), u, "", "")
	if err != nil {
		t.Fatal(err)
	}
	alive(token, false)
	if link, err := d.InviteLink(t.Context(), owner, u.ID); err == nil {
		_, _, err = d.Accept(t.Context(), link, secret, "", "")
		wantCode(t, "an invitation of a closed login", err, sales.Forbidden)
	}
}

// TestTokensAreHashed: whoever reads the database cannot log in with what is there.
func TestTokensAreHashed(t *testing.T) {
	d := newDoor(t)
	owner := d.owner()
	_, token, err := d.Login(t.Context(), owner.Email, secret, strings.Repeat("9", 500), "\xff"+strings.Repeat("x", 5000))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := d.Store.DB.Query(t.Context(), "SELECT token_hash FROM sessions")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil || strings.Contains(token, string(b)) || len(b) != 32 {
			t.Errorf("%d bytes, %v", len(b), err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	u, err := d.Store.User(t.Context(), owner.WorkspaceID, owner.ID)
	if err != nil || !strings.HasPrefix(u.PasswordHash, "$argon2id$") || strings.Contains(u.PasswordHash, secret) {
		t.Errorf("%s, %v", u.PasswordHash, err)
	}
}
