package runner

import (
	"context"

	"ninetyten/internal/sales"
)

// Clean is what the hourly job does.
func Clean(ctx context.Context, r *Runner) error { return r.clean(ctx) }

// HasPace tells whether the pace of a mailbox is remembered.
func HasPace(r *Runner, mailbox sales.ID) bool {
	_, ok := r.paces.Load(mailbox)
	return ok
}
