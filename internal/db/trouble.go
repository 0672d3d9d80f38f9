package db

import (
	"errors"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Codes of SQLite (https://www.sqlite.org/rescode.html).
const (
	sqliteReadOnly = 8
	sqliteIOError  = 10
	sqliteFull     = 13
	sqliteCantOpen = 14
)

// Trouble is an error whose cause is the database itself: full, read-only, away.
type Trouble struct {
	Why string // in words for whoever runs the program: what is wrong and what to do
	Err error
}

// Error gives the words and the cause.
func (t *Trouble) Error() string { return t.Why + " (" + t.Err.Error() + ")" }

// Unwrap gives the cause.
func (t *Trouble) Unwrap() error { return t.Err }

// Outage gives the words: it makes a Trouble a sales.Outage.
func (t *Trouble) Outage() string { return t.Why }

// Explain makes a Trouble of err when it is one, for libraries that use the
// database by themselves. Any other stays as it is.
func Explain(err error) error { return explain(err) }

func explain(err error) error {
	var said *Trouble
	if err == nil || errors.As(err, &said) {
		return err
	}
	if words := troubleOf(err); words != "" {
		return &Trouble{words, err}
	}
	return err
}

// troubleOf says in words for whoever runs the program why the database took no
// change, and is empty when the reason is none of its own. (PostgreSQL appendix A:
// 25006 read_only_sql_transaction, 53100 disk_full, 58030 io_error.)
func troubleOf(err error) string {
	const (
		full     = "The disk of the database is full. Nothing was lost, and nothing is sent until there is room again: free some space."
		readOnly = "The database takes no changes, only questions. Nothing was lost, and nothing is sent until it takes them again: see whether it is a standby, or its disk was mounted read-only."
		disk     = "The database cannot read or write its disk. Nothing is sent until it can: look into its log and at the disk."
		gone     = "The database does not answer. Nothing was lost, and nothing is sent until it does: see whether it runs and can be reached."
	)
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "25006":
			return readOnly
		case "53100":
			return full
		case "58030":
			return disk
		}
	}
	switch sqliteCode(err) & 0xff {
	case sqliteReadOnly:
		return readOnly
	case sqliteFull:
		return full
	case sqliteIOError, sqliteCantOpen:
		return disk
	}
	switch {
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return full
	case errors.Is(err, syscall.EROFS):
		return readOnly
	case away(err):
		return gone
	}
	return ""
}

// worry is the last trouble of a database with changes.
type worry struct {
	mu    sync.Mutex
	err   error
	since time.Time // of the first
	at    time.Time // of the last
}

// worriedFor is how long a trouble counts when nothing is written any more. One
// change that succeeds ends it only after calmFor: a full disk takes small ones
// now and then.
const (
	worriedFor = time.Minute
	calmFor    = 10 * time.Second
)

// Trouble is why the database takes no changes at present, a *Trouble or nil: it
// looks at what writing met lately, and asks nothing.
func (d *DB) Trouble() error {
	d.worry.mu.Lock()
	defer d.worry.mu.Unlock()
	if d.worry.err == nil || time.Since(d.worry.at) > worriedFor {
		return nil
	}
	return d.worry.err
}

// wrote notes what came of a write transaction: changed tells that it changed
// something. The log hears of the beginning and the end of a trouble.
func (d *DB) wrote(changed bool, err error) {
	trouble := err != nil && troubleOf(err) != ""
	d.worry.mu.Lock()
	defer d.worry.mu.Unlock()
	switch {
	case trouble:
		if now := time.Now(); d.worry.err == nil || now.Sub(d.worry.at) > worriedFor {
			d.worry.since = now
			d.log.Error("the database takes no changes", "why", troubleOf(err), "err", err)
		}
		d.worry.err, d.worry.at = explain(err), time.Now()
	case err == nil && changed && d.worry.err != nil && time.Since(d.worry.at) > calmFor:
		d.log.Warn("the database takes changes again", "after", time.Since(d.worry.since).Round(time.Second))
		d.worry.err = nil
	}
}
