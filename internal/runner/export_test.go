package runner

import "context"

// Clean is what the hourly job does.
func Clean(ctx context.Context, r *Runner) error { return r.clean(ctx) }
