package queue

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river/rivertype"
)

// maxRetry is the longest wait between two attempts: a mailbox whose server
// was down for a day is looked at within it.
const maxRetry = 15 * time.Minute

// retryPolicy waits n^4 seconds after failure n, as River does, but never
// longer than maxRetry, and up to a tenth more so that failures spread.
type retryPolicy struct{}

// NextRetry implements river.ClientRetryPolicy.
func (retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().UTC().Add(retryWait(len(job.Errors) + 1))
}

func retryWait(failures int) time.Duration {
	n := time.Duration(min(max(failures, 1), 10))
	d := min(n*n*n*n*time.Second, maxRetry)
	return d + rand.N(d/10)
}

// atLeastWarn drops what River tells about its daily life.
type atLeastWarn struct{ slog.Handler }

// Enabled implements slog.Handler.
func (h atLeastWarn) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}

// WithAttrs implements slog.Handler.
func (h atLeastWarn) WithAttrs(a []slog.Attr) slog.Handler {
	return atLeastWarn{h.Handler.WithAttrs(a)}
}

// WithGroup implements slog.Handler.
func (h atLeastWarn) WithGroup(name string) slog.Handler {
	return atLeastWarn{h.Handler.WithGroup(name)}
}
