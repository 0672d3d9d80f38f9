package sales

import "time"

// SkipReason is why a seller passed somebody over in Next.
type SkipReason string

// The reasons.
const (
	SkipMoment   SkipReason = "moment"    // not the right moment
	SkipPrepare  SkipReason = "prepare"   // something must be found out first
	SkipNothing  SkipReason = "nothing"   // there is nothing to say to them
	SkipNotMine  SkipReason = "not_mine"  // somebody else should
	SkipWrong    SkipReason = "wrong"     // they should not be in the queue at all
	SkipOtherWhy SkipReason = "other_why" // as the note says
)

// SkipReasons are all of them, in the order in which they are offered.
func SkipReasons() []SkipReason {
	return []SkipReason{SkipMoment, SkipPrepare, SkipNothing, SkipNotMine, SkipWrong, SkipOtherWhy}
}

// Skip is somebody who was passed over.
type Skip struct {
	WorkspaceID ID
	ID          ID
	UserID      ID
	PersonID    ID
	TaskID      ID // the one that led; 0 is none
	Reason      SkipReason
	Note        string
	At          time.Time
	Until       time.Time // not served to the user before
}

// Why is the reason in words, with the note.
func (k Skip) Why() string {
	words := map[SkipReason]string{
		SkipMoment: "not the right moment", SkipPrepare: "something must be found out first", SkipNothing: "there is nothing to say to them",
		SkipNotMine: "somebody else should", SkipWrong: "they should not be in the queue", SkipOtherWhy: "",
	}[k.Reason]
	switch {
	case words == "":
		return k.Note
	case k.Note == "":
		return words
	}
	return words + ": " + k.Note
}

// Valid tells whether r is one of SkipReasons.
func (r SkipReason) Valid() bool {
	for _, x := range SkipReasons() {
		if x == r {
			return true
		}
	}
	return false
}
