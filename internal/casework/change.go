package casework

import (
	"context"

	"ninetyten/internal/sales"
)

// Notifier hears of what was committed.
type Notifier interface {
	Changed(ctx context.Context, c Change)
}

// Change is something that pages may want to show.
type Change struct {
	WorkspaceID sales.ID
	PersonID    sales.ID
	MessageID   sales.ID     // what was read, when that made the change
	Tasks       []sales.Task // opened
	Text        string
	Urgent      bool
}
