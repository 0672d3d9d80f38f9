package classify

import (
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// Classify tells what p is. at is when it arrived; dates that the text names
// are read relative to it.
func Classify(p *mail.Parsed, at time.Time) sales.Verdict {
	return sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear}
}
