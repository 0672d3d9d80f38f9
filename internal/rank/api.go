// Package rank puts candidates into the order of Next, with reasons.
package rank

import (
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Candidate is a person who might be served, and what is known for the order.
type Candidate struct {
	Person  sales.Person
	Company string         // name of the account, or empty
	Tasks   []sales.Task   // the open ones
	Place   calendar.Place // where the person is
	Said    string         // words of their last answer, or empty
	Share   float64        // buyer's share of the effort, 0..1
	Known   bool           // whether Share is known (balance.Band is not unknown)

	CallNotBefore time.Time // limits on calls (spacing, a day, a person); zero is none
	CallWhy       string    // in words
}

// Ranked is a candidate in its place.
type Ranked struct {
	Candidate
	Task         sales.Task // the one that leads; zero when there is none
	Score        float64
	Reasons      []string  // 2 or 3, most important first
	Held         bool      // not to be served now
	NotBefore    time.Time // for held ones; zero is open
	NotBeforeWhy string
}

// Order is the order of Next.
func Order(cs []Candidate, now time.Time, s sales.Settings) []Ranked { return nil }

// Weight is one line of the table.
type Weight struct {
	Name   string
	Points float64
	Says   string
}

// Weights is the table.
func Weights() []Weight { return nil }
