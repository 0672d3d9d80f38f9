package sales

import (
	"strings"
	"time"
)

// Role is what a user may do. Each role includes what the later ones may do.
type Role string

// The roles.
const (
	RoleOwner   Role = "owner"   // everything, and the only one who can make owners
	RoleAdmin   Role = "admin"   // sets up: team, mailboxes of others, settings
	RoleManager Role = "manager" // sees and steers everybody's people and sequences
	RoleSeller  Role = "seller"  // own people, own mailbox, own queue
)

// rank orders the roles by rights; 0 is no role.
func (r Role) rank() int {
	switch r {
	case RoleOwner:
		return 4
	case RoleAdmin:
		return 3
	case RoleManager:
		return 2
	case RoleSeller:
		return 1
	}
	return 0
}

// Valid tells whether r is one of the four roles.
func (r Role) Valid() bool { return r.rank() > 0 }

// AtLeast tells whether r includes the rights of least.
func (r Role) AtLeast(least Role) bool { return r.Valid() && r.rank() >= least.rank() }

// Workspace is a tenant.
type Workspace struct {
	ID        ID
	Name      string
	Settings  Settings
	CreatedAt time.Time
}

// User is somebody who logs in.
type User struct {
	WorkspaceID  ID
	ID           ID
	Email        string // lower case
	Name         string
	Role         Role
	Zone         string // IANA name; the last fallback for windows
	CalendarURL  string // where a buyer can book a time with them, or empty
	PasswordHash string
	Disabled     bool
	Uncounted    bool // they switched off that their time on pages is counted
	CreatedAt    time.Time
}

// FirstName is the first word of the name.
func (u User) FirstName() string {
	first, _, _ := strings.Cut(strings.TrimSpace(u.Name), " ")
	return first
}

// Viewer is the user on whose behalf something is read or done. Every reading
// method of the store takes one: it is the wall between workspaces and between
// sellers.
type Viewer struct {
	WorkspaceID ID
	UserID      ID
	Role        Role
}

// OwnerScope is the user whose people may be seen, or 0 for everybody's:
// sellers see their own and unowned people, managers and above see all.
func (v Viewer) OwnerScope() ID {
	if v.Role.AtLeast(RoleManager) {
		return 0
	}
	return v.UserID
}

// Session is one login of one user.
type Session struct {
	WorkspaceID ID
	ID          ID
	UserID      ID
	CreatedAt   time.Time
	SeenAt      time.Time
	ExpiresAt   time.Time
	IP          string
	Agent       string
}
