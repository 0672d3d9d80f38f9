package sales

import "time"

// SuppressionKind is what is on the list.
type SuppressionKind string

// The kinds of a suppression.
const (
	SuppressAddress SuppressionKind = "address"
	SuppressDomain  SuppressionKind = "domain"
	SuppressNumber  SuppressionKind = "number"
)

// Suppression is something that must not be touched.
type Suppression struct {
	WorkspaceID ID
	ID          ID
	Kind        SuppressionKind
	Value       string // in clear; empty after erasure, when only the keyed hash is left
	Reason      Reason
	Source      string // in words: "button in the mail of 3 Nov"
	At          time.Time
}
