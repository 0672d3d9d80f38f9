package db

import (
	"container/list"
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
)

// maxStmts bounds the prepared statements that one SQLite connection keeps;
// the one unused longest goes first.
const maxStmts = 256

// rawConn is what both SQLite drivers offer.
type rawConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
}

// cachedConn is a SQLite connection that keeps its statements prepared by
// their text. It sits under database/sql, so whoever uses the pool gains:
// transactions, the job queue, migrations. database/sql calls it from one
// goroutine at a time.
type cachedConn struct {
	rawConn
	stmts map[string]*cachedStmt
	order *list.List // *cachedStmt, latest use first
}

// cachedStmt is one prepared statement.
type cachedStmt struct {
	text string
	stmt driver.Stmt
	exec driver.StmtExecContext
	rows driver.StmtQueryContext
	elem *list.Element
	// busy says that its rows are being read: running it again now would
	// restart them.
	busy bool
	// returns says that it gives rows. Executed by mattn, such a statement is
	// left at its first row, and when it is kept, it stays active and holds
	// its transaction.
	returns bool
}

func newCachedConn(raw rawConn) *cachedConn {
	return &cachedConn{rawConn: raw, stmts: make(map[string]*cachedStmt), order: list.New()}
}

// ExecContext implements driver.ExecerContext.
func (c *cachedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.stmt(ctx, query, len(args))
	if err != nil {
		return nil, err
	}
	if s == nil || s.returns {
		return c.rawConn.ExecContext(ctx, query, args)
	}
	return s.exec.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext.
func (c *cachedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.stmt(ctx, query, len(args))
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.rawConn.QueryContext(ctx, query, args)
	}
	rows, err := s.rows.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &cachedRows{rows, s}, nil
}

// stmt gives the prepared statement for query, or nil when it must run
// uncached: a PRAGMA acts while it is prepared, a script has several
// statements, and a busy statement cannot serve twice.
func (c *cachedConn) stmt(ctx context.Context, query string, args int) (*cachedStmt, error) {
	if s, ok := c.stmts[query]; ok {
		if s.busy {
			return nil, nil
		}
		c.order.MoveToFront(s.elem)
		return s, s.check(args)
	}
	if !cacheable(query) {
		return nil, nil
	}
	stmt, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	exec, ok1 := stmt.(driver.StmtExecContext)
	rows, ok2 := stmt.(driver.StmtQueryContext)
	if !ok1 || !ok2 {
		return nil, stmt.Close()
	}
	c.evict()
	s := &cachedStmt{text: query, stmt: stmt, exec: exec, rows: rows, returns: returnsRows(query)}
	s.elem = c.order.PushFront(s)
	c.stmts[query] = s
	return s, s.check(args)
}

// check refuses a wrong number of arguments: with too few, mattn would run the
// statement with NULL for the rest. A driver that says -1 checks by itself.
func (s *cachedStmt) check(args int) error {
	if n := s.stmt.NumInput(); n >= 0 && n != args {
		return fmt.Errorf("db: %d arguments for %d placeholders", args, n)
	}
	return nil
}

// evict makes room for one statement.
func (c *cachedConn) evict() {
	for e := c.order.Back(); e != nil && len(c.stmts) >= maxStmts; {
		s, prev := e.Value.(*cachedStmt), e.Prev()
		if !s.busy {
			_ = s.stmt.Close()
			c.order.Remove(e)
			delete(c.stmts, s.text)
		}
		e = prev
	}
}

// Close finalizes the statements and closes the connection.
func (c *cachedConn) Close() error {
	for _, s := range c.stmts {
		_ = s.stmt.Close()
	}
	c.stmts = nil
	return c.rawConn.Close()
}

// CheckNamedValue implements driver.NamedValueChecker: the kinds that plain
// leaves need no reflection.
func (c *cachedConn) CheckNamedValue(v *driver.NamedValue) error {
	switch v.Value.(type) {
	case int64, string, []byte, nil, bool, float64:
		return nil
	}
	var err error
	v.Value, err = driver.DefaultParameterConverter.ConvertValue(v.Value)
	return err
}

// ResetSession implements driver.SessionResetter.
func (c *cachedConn) ResetSession(ctx context.Context) error {
	if r, ok := c.rawConn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

// IsValid implements driver.Validator.
func (c *cachedConn) IsValid() bool {
	v, ok := c.rawConn.(driver.Validator)
	return !ok || v.IsValid()
}

// cachedRows frees its statement for the next use when it is closed.
type cachedRows struct {
	driver.Rows
	stmt *cachedStmt
}

// Close implements driver.Rows.
func (r *cachedRows) Close() error {
	err := r.Rows.Close()
	r.stmt.busy = false
	return err
}

// returnsRows tells that query may give rows; it may say so once too often.
func returnsRows(query string) bool {
	verb, _ := verbOf(query)
	return verb == "SELECT" || verb == "WITH" || strings.Contains(strings.ToUpper(query), "RETURNING")
}

// cacheable tells that query is one statement that reads or changes rows.
func cacheable(query string) bool {
	verb, rest := verbOf(query)
	if i := strings.IndexByte(rest, ';'); i >= 0 && strings.TrimSpace(rest[i+1:]) != "" {
		return false
	}
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE":
		return true
	}
	return false
}

// verbOf gives the first word of query in capitals, and query from there,
// without leading blanks and comments.
func verbOf(query string) (verb, rest string) {
	q := query
	for q != "" {
		if end := skipQuoted(q, 0); end > 0 && (q[0] == '-' || q[0] == '/') {
			q = q[end:]
		} else if q[0] <= ' ' {
			q = q[1:]
		} else {
			break
		}
	}
	verb = q
	if i := strings.IndexAny(q, " \t\r\n("); i >= 0 {
		verb = q[:i]
	}
	return strings.ToUpper(verb), q
}
