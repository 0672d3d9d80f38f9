package importer

import (
	"context"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"slices"

	"ninetyten/internal/sales"
)

const (
	chunkRows   = 1_000     // rows decided and committed at once
	maxProblems = 1_000     // problems listed in a Result
	maxSeen     = 2_000_000 // people remembered to tell rows of the same person, about 60 MB
)

// Commit stores a chunk of at most 1,000 rows, all of them Create or Update,
// in one transaction. Rows of an earlier chunk are seen by Existing afterwards.
type Commit func(ctx context.Context, batch []Planned) error

// Progress is how far an import is.
type Progress struct {
	Rows  int   // records read, without the header and empty lines
	Bytes int64 // of the file
}

// Problem is a sentence on one row.
type Problem struct {
	Line    int    `json:"line"`
	Text    string `json:"text"`
	Refused bool   `json:"refused,omitempty"` // the row was not imported
}

// Result is what an import did.
type Result struct {
	Rows         int       `json:"rows"` // Created + Updated + Same + Refused
	Created      int       `json:"created"`
	Updated      int       `json:"updated"`
	Same         int       `json:"same"`       // nothing to do, Duplicates included
	Duplicates   int       `json:"duplicates"` // rows with a person of an earlier row
	Refused      int       `json:"refused"`
	Bytes        int64     `json:"bytes"`
	Problems     []Problem `json:"problems"`      // the first 1,000, by line
	MoreProblems int       `json:"more_problems"` // not listed
}

// Run reads people from r and has them committed in chunks of 1,000 rows. With
// a nil commit it tells what an import would do. progress is called after each
// chunk and may be nil.
//
// Run may be repeated on the same file, after an error too: what was
// committed is found again and counts as Same. It returns what was done so far
// together with an error: that of r, of existing or commit, of ctx, or an
// Invalid one for a mapping that cannot work.
func Run(ctx context.Context, r io.Reader, m Mapping, existing Existing, commit Commit, progress func(Progress)) (Result, error) {
	res := Result{Problems: []Problem{}}
	if err := m.Validate(); err != nil {
		return res, err
	}
	counted := &countingReader{r: r}
	seen := newSeen()
	chunk := make([]Row, 0, chunkRows)
	flush := func() error {
		err := res.commitChunk(ctx, chunk, existing, commit)
		clear(chunk)
		chunk, res.Bytes = chunk[:0], counted.n
		if progress != nil {
			progress(Progress{Rows: res.Rows, Bytes: counted.n})
		}
		return err
	}
	for row, err := range Rows(counted, m) {
		if err != nil {
			return res, err
		}
		if err := ctx.Err(); err != nil {
			return res, err
		}
		if row.Refused == "" {
			if row.SameAs = seen.earlier(row.key(), row.Line); row.SameAs != 0 {
				row.Problems = append(row.Problems, sameAs(row.SameAs))
			}
		}
		if chunk = append(chunk, row); len(chunk) == chunkRows {
			if err := flush(); err != nil {
				return res, err
			}
		}
	}
	if len(chunk) > 0 || res.Rows == 0 {
		if err := flush(); err != nil {
			return res, err
		}
	}
	res.Bytes = counted.n
	return res, nil
}

// commitChunk decides, commits, and only then counts.
func (res *Result) commitChunk(ctx context.Context, rows []Row, existing Existing, commit Commit) error {
	if len(rows) == 0 {
		return nil
	}
	found, err := lookUp(ctx, existing, rows)
	if err != nil {
		return err
	}
	planned := Plan(rows, found)
	var batch []Planned
	for _, p := range planned {
		if p.Action == Create || p.Action == Update {
			batch = append(batch, p)
		}
	}
	if commit != nil && len(batch) > 0 {
		if err := commit(ctx, batch); err != nil {
			return err
		}
	}
	for _, p := range planned {
		res.count(p)
	}
	return nil
}

func (res *Result) count(p Planned) {
	res.Rows++
	switch p.Action {
	case Create:
		res.Created++
	case Update:
		res.Updated++
	case Same:
		res.Same++
	case Refuse:
		res.Refused++
		res.problem(Problem{Line: p.Line, Text: p.Why, Refused: true})
	}
	if p.SameAs != 0 {
		res.Duplicates++
	}
	for _, text := range p.Problems {
		res.problem(Problem{Line: p.Line, Text: text})
	}
}

func (res *Result) problem(p Problem) {
	if len(res.Problems) == maxProblems {
		res.MoreProblems++
		return
	}
	res.Problems = append(res.Problems, p)
}

// seen remembers which line first had a person, by hash. Beyond maxSeen people
// it forgets the new ones; Existing still finds those that were committed.
type seen struct {
	seed  maphash.Seed
	lines map[uint64]int32
}

func newSeen() *seen { return &seen{seed: maphash.MakeSeed(), lines: make(map[uint64]int32)} }

// earlier gives the line that had key before, or 0 and remembers line for it.
func (s *seen) earlier(key string, line int) int {
	if key == "" {
		return 0
	}
	h := maphash.String(s.seed, key)
	if was, ok := s.lines[h]; ok {
		return int(was)
	}
	if len(s.lines) < maxSeen {
		s.lines[h] = int32(min(line, 1<<31-1))
	}
	return 0
}

func sameAs(line int) string { return fmt.Sprintf("Same person as line %d.", line) }

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// readError makes what a reader says readable; an error for people stays as it is.
func readError(err error) error {
	if sales.CodeOf(err) != sales.Internal {
		return err
	}
	return sales.WrapError(sales.Unavailable, err, "The file could not be read to its end. Upload it again.")
}
