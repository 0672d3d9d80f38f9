package sales

import "time"

// Assignment is that somebody else answers in a thread than whose the person is.
type Assignment struct {
	WorkspaceID ID
	ThreadID    ID
	UserID      ID // who answers
	FromID      ID // who did before
	ByID        ID // who gave it
	OwnerID     ID // whose the person was, when the person went along; 0 is they did not
	At          time.Time
}

// Sees tells whether a user of the team may see a person.
func (u User) Sees(p Person) bool {
	return !u.Disabled && (u.Role.AtLeast(RoleManager) || u.Role.Valid() && (p.OwnerID == 0 || p.OwnerID == u.ID))
}
