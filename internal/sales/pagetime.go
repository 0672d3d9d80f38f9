package sales

import "time"

// The rules by which time on pages is counted. A page counts while it is visible
// and used; the browser tells the server of it in beats.
const (
	BeatEvery   = 30 * time.Second       // a browser beats at most so often
	BeatMost    = 30 * time.Second       // a beat says at most so much
	BeatApart   = 10 * time.Second       // one that comes sooner after the last of the same user counts nothing
	IdleAfter   = time.Minute            // without a key, a pointer or a touch for so long a page is not used
	PageTimeFor = 8 * 7 * 24 * time.Hour // how long it is kept
	TeamTimeMin = 3                      // the sums of a team by kind of page show from so many people on
)

// PageTime is how long a user used pages of one kind on a day.
type PageTime struct {
	UserID  ID
	Day     int64  // days since 1970, of the user's zone; 0 in sums over days
	Page    string // a kind of package balance
	Seconds int
}
