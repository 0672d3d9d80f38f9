package db

import "context"

// laterMost bounds how many statements wait.
const laterMost = 500

// deferred is a statement that waits.
type deferred struct {
	query string
	args  []any
	check func(changed int64) error
	must  bool // check fails for no row, and for nothing else
}

// Later runs a statement whose result is not needed at once: before the next one
// that is, and before the commit. On PostgreSQL the waiting ones go together, in
// one round trip, and those of one text as one statement where that does the same;
// those about one table keep the order of the calls. On SQLite, which has no round
// trips, each runs at once. What fails may be told by a call that comes after.
func (t *Tx) Later(ctx context.Context, query string, args ...any) error {
	return t.wait(ctx, query, nil, false, args)
}

// LaterOr is Later for a statement that must change something: when it does not,
// the transaction fails with err.
func (t *Tx) LaterOr(ctx context.Context, err error, query string, args ...any) error {
	check := func(n int64) error {
		if n == 0 {
			return err
		}
		return nil
	}
	return t.wait(ctx, query, check, true, args)
}

// wait puts a statement off. check, when it is not nil, is given the number of
// changed rows; its error fails the transaction.
func (t *Tx) wait(ctx context.Context, query string, check func(changed int64) error, must bool, args []any) error {
	if t.db.dialect == SQLite {
		n, err := t.Exec(ctx, query, args...)
		if err != nil || check == nil {
			return err
		}
		return check(n)
	}
	t.later = append(t.later, deferred{t.db.text(query), plain(args), check, must})
	if len(t.later) >= laterMost {
		return t.flush(ctx)
	}
	return nil
}
