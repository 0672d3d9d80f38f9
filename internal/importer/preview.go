package importer

import (
	"context"
	"io"
)

// Sample is what the first rows of a file would do.
type Sample struct {
	Rows   []Planned // the first of them, in order
	Result Result    // of all rows that were looked at
	Whole  bool      // these were all rows of the file
}

// Preview decides about the first limit rows of a file, writes nothing and gives
// the first keep of them. Errors are those of Run.
func Preview(ctx context.Context, r io.Reader, m Mapping, existing Existing, limit, keep int) (Sample, error) {
	out := Sample{Result: Result{Problems: []Problem{}}, Whole: true}
	seen := newSeen()
	var chunk []Row
	flush := func() error {
		found, err := lookUp(ctx, existing, chunk)
		if err != nil {
			return err
		}
		for _, p := range Plan(chunk, found) {
			out.Result.count(p)
			if len(out.Rows) < keep {
				out.Rows = append(out.Rows, p)
			}
		}
		chunk = chunk[:0]
		return nil
	}
	n := 0
	for row, err := range Rows(r, m) {
		if err != nil {
			return out, err
		}
		if n == limit {
			out.Whole = false
			break
		}
		n++
		if row.Refused == "" {
			if row.SameAs = seen.earlier(row.key(), row.Line); row.SameAs != 0 {
				row.Problems = append(row.Problems, sameAs(row.SameAs))
			}
		}
		if chunk = append(chunk, row); len(chunk) == chunkRows {
			if err := flush(); err != nil {
				return out, err
			}
		}
	}
	return out, flush()
}
