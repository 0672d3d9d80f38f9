package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// maxTries bounds how often a write transaction runs whose rivals won; with the
// waits between them that is about two seconds on top of the work. awayFor is how
// long it waits for a server that is away: PostgreSQL that restarts is back by then.
const (
	maxTries = 10
	awayFor  = 15 * time.Second
)

// IsUnique tells that err is a violated unique index or primary key.
func IsUnique(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	return sqliteUnique(err)
}

// retryable tells that the transaction did not happen and may succeed when run
// again: a lock held elsewhere, a lost race, a deadlock, or a server that is
// restarting or full. (PostgreSQL appendix A: 25P03 idle_in_transaction_timeout,
// 40001 serialization_failure, 40P01 deadlock_detected, 55P03 lock_not_available.)
func retryable(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "25P03", "40001", "40P01", "55P03":
			return true
		}
		return turnedAway(pg.Code)
	}
	return sqliteBusy(err)
}

// turnedAway tells that the server takes nobody for now. (PostgreSQL appendix A:
// 53300 too_many_connections, 57P0x shutdown and cannot_connect_now.)
func turnedAway(code string) bool {
	return code == "53300" || code == "57P01" || code == "57P02" || code == "57P03"
}

// away tells that there was no server to ask, or one that takes nobody for now.
func away(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return turnedAway(pg.Code)
	}
	return lostConn(err)
}

// lostConn tells that the connection broke. Before COMMIT was sent that is as
// good as a rollback; afterwards nobody knows.
func lostConn(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var connect *pgconn.ConnectError
	return errors.Is(err, driver.ErrBadConn) || errors.As(err, &connect) || pgconn.SafeToRetry(err) ||
		strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "unexpected EOF") ||
		strings.Contains(err.Error(), "connection reset by peer") || strings.Contains(err.Error(), "broken pipe")
}

// backoff is the wait before try n (from 1): 2 ms doubling to 800 ms, with
// half of it random so that rivals part.
func backoff(n int) time.Duration {
	d := 2 * time.Millisecond << min(n-1, 9)
	d = min(d, 800*time.Millisecond)
	return d/2 + rand.N(d/2+1)
}

// pause waits for d or for the end of ctx.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
