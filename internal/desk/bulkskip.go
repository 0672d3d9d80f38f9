package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// skipWhy is why a command for many leaves somebody as they are, in words that
// follow "3 wait"; "" leaves nobody.
type skipWhy string

const (
	skipAnswer  skipWhy = "because of an answer"
	skipMeeting skipWhy = "because a meeting is booked"
	skipAddress skipWhy = "because their address does not work"
	skipBlocked skipWhy = "because a mail cannot be made as it is"
	skipUnknown skipWhy = "because it is not known whether a mail went out"
	skipAway    skipWhy = "because the seller is away"
)

// skips says why a command for many leaves an enrollment as it is: what waits
// because somebody said something is for a person to look at, one by one. No
// command for many counts as a word about an answer.
func skips(ctx context.Context, r hearer, b *casework.Batch, kind BulkKind, e sales.Enrollment) (skipWhy, error) {
	if !e.State.Alive() {
		return "", nil
	}
	switch kind {
	case BulkPause:
		if e.Asked() {
			return skipAnswer, nil
		}
		return "", nil
	case BulkResume, BulkMove:
	default:
		return "", nil
	}
	if e.State == sales.WaitingHuman && e.Reason == sales.WaitAnswer {
		return skipAnswer, nil
	}
	p, err := b.Person(ctx, e.PersonID)
	if err != nil {
		return "", err
	}
	if engine.Heard(e, p) {
		return skipAnswer, nil
	}
	if why, err := said(ctx, r, p); err != nil || why != "" {
		return skipAnswer, err
	}
	if e.State != sales.Paused {
		return "", nil
	}
	switch e.Reason {
	case sales.PausedColleague:
		return skipAnswer, nil
	case sales.PausedMeeting:
		return skipMeeting, nil
	case sales.PausedBounce:
		return skipAddress, nil
	}
	if kind == BulkMove {
		return "", nil // it stays paused
	}
	return map[sales.Reason]skipWhy{sales.PausedBlocked: skipBlocked, sales.PausedUnknown: skipUnknown, sales.PausedOwnerAway: skipAway}[e.Reason], nil
}

// skippedWords are for the toast: "3 wait because of an answer." in the order of
// how many, and how many had nothing to be done.
func skippedWords(all int, why map[skipWhy]int) string {
	var kinds []skipWhy
	for k, n := range why {
		kinds = append(kinds, k)
		all -= n
	}
	slices.SortFunc(kinds, func(a, b skipWhy) int {
		if n := why[b] - why[a]; n != 0 {
			return n
		}
		return strings.Compare(string(a), string(b))
	})
	var out strings.Builder
	for _, k := range kinds {
		verb := "wait"
		if why[k] == 1 {
			verb = "waits"
		}
		fmt.Fprintf(&out, " %d %s %s.", why[k], verb, k)
	}
	if all > 0 {
		fmt.Fprintf(&out, " Nothing to do for %d.", all)
	}
	return out.String()
}
