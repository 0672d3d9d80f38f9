package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// On SQLite, transactions that wait for the writer are committed together: a
// commit costs a write of every page that it changed, and a durable one a wait for
// the disk. Who comes first leads: it opens the transaction, runs its own
// function, lets those who wait run theirs one after the other, each in a
// savepoint and in its own goroutine, and commits. One that fails is taken back
// alone.

// groupMost bounds how many go together, and groupFor how long the first of them
// waits for the others.
const (
	groupMost = 32
	groupFor  = 100 * time.Millisecond
)

// group is who wants to write.
type group struct {
	mu      sync.Mutex
	led     bool // somebody leads
	waiting []*ticket
}

// ticket is one who waits.
type ticket struct {
	durable bool
	lead    chan struct{} // closed: lead the next group
	start   chan *Tx      // run your function on this
	ended   chan error    // of the function
	result  chan outcome
}

type outcome struct {
	committing, changed bool
	err                 error
}

// errAgain is the end of a transaction that is to run again, because of another
// one that it went together with.
var errAgain = errors.New("db: the transaction is to run again")

// together runs fn alone or with others, and says what once says.
func (d *DB) together(ctx context.Context, fn func(*Tx) error, durable bool) (committing, changed bool, err error) {
	t := &ticket{durable: durable, lead: make(chan struct{}), start: make(chan *Tx), ended: make(chan error, 1), result: make(chan outcome, 1)}
	g := &d.writers
	g.mu.Lock()
	if g.led {
		g.waiting = append(g.waiting, t)
		g.mu.Unlock()
		if o, mine := d.follow(ctx, t, fn); !mine {
			return o.committing, o.changed, o.err
		}
	} else {
		g.led = true
		g.mu.Unlock()
	}
	defer g.handOver()
	return d.leadGroup(ctx, t, fn)
}

// follow waits for the turn of t. mine tells that t is to lead.
func (d *DB) follow(ctx context.Context, t *ticket, fn func(*Tx) error) (o outcome, mine bool) {
	wait := time.NewTimer(d.writerWait)
	defer wait.Stop()
	over := ctx.Done()
	for {
		select {
		case <-t.lead:
			return o, true
		case tx := <-t.start:
			t.run(ctx, tx, fn)
			return <-t.result, false
		case o := <-t.result: // it was not begun
			return o, false
		case <-over:
			if d.writers.leave(t) {
				return outcome{err: ctx.Err()}, false
			}
			over = nil // its turn has come
		case <-wait.C:
			if d.writers.leave(t) {
				return outcome{err: errWriterWait(d.writerWait)}, false
			}
		}
	}
}

func errWriterWait(d time.Duration) error {
	return fmt.Errorf("db: waited %v for the writer; a long transaction, or one opened inside another?", d)
}

// run runs fn, also when it panics or ends its goroutine.
func (t *ticket) run(ctx context.Context, tx *Tx, fn func(*Tx) error) {
	err := errors.New("db: the function of a transaction did not return")
	defer func() { t.ended <- err }()
	if err = fn(tx); err == nil {
		err = ctx.Err()
	}
}

// leave takes a ticket off the list; false means that it is off already.
func (g *group) leave(t *ticket) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, x := range g.waiting {
		if x == t {
			g.waiting = append(g.waiting[:i], g.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// handOver lets the first who waits lead.
func (g *group) handOver() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.led = len(g.waiting) > 0; g.led {
		close(g.waiting[0].lead)
		g.waiting = g.waiting[1:]
	}
}

// next takes the first who may join.
func (g *group) next(durable bool) *ticket {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, t := range g.waiting {
		if durable || !t.durable {
			g.waiting = append(g.waiting[:i:i], g.waiting[i+1:]...)
			return t
		}
	}
	return nil
}

// anyDurable tells whether one who waits wants the disk waited for.
func (g *group) anyDurable() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, t := range g.waiting {
		if t.durable {
			return true
		}
	}
	return false
}

// member is one whose function ran well.
type member struct {
	t  *ticket
	tx *Tx
}

// leadGroup runs fn and the functions of those who wait in one transaction.
func (d *DB) leadGroup(ctx context.Context, own *ticket, fn func(*Tx) error) (committing, changed bool, err error) {
	conn, err := d.writer(ctx)
	if err != nil {
		return false, false, err
	}
	defer conn.Close()
	durable := own.durable || d.writers.anyDurable()
	if durable {
		// It cannot change inside a transaction, so it is set around it.
		if _, err := conn.ExecContext(context.Background(), "PRAGMA synchronous=FULL"); err != nil {
			return false, false, err
		}
		defer func() { _, _ = conn.ExecContext(context.Background(), "PRAGMA synchronous=NORMAL") }() // staying FULL is only slower
	}
	sqlTx, err := conn.BeginTx(context.Background(), nil)
	if err != nil {
		return false, false, err
	}
	done := false
	defer func() {
		if !done { // also when fn panics
			_ = sqlTx.Rollback()
		}
	}()
	first := &Tx{db: d, tx: sqlTx, conn: conn, alone: true}
	if err := fn(first); err != nil {
		return false, false, err
	}
	if err := ctx.Err(); err != nil {
		return false, false, err
	}
	list := []member{{own, first}}
	tell := func(o outcome) {
		for _, m := range list[1:] {
			one := o
			one.changed = o.err == nil && m.tx.changed
			m.t.result <- one
		}
	}
	if !d.gather(sqlTx, conn, durable, &list) {
		tell(outcome{err: errAgain})
		return false, false, errAgain
	}
	done = true
	if err := sqlTx.Commit(); err != nil {
		_, _ = conn.ExecContext(context.Background(), "ROLLBACK") // a commit without room leaves the transaction open
		tell(outcome{committing: true, err: err})
		return true, false, err
	}
	for _, m := range list {
		m.tx.deliverNotes()
	}
	tell(outcome{})
	return false, first.changed, nil
}

// gather lets those who wait run their functions in the open transaction. False
// means that the transaction is lost.
func (d *DB) gather(sqlTx *sql.Tx, conn *sql.Conn, durable bool, list *[]member) bool {
	exec := func(q string) error {
		_, err := sqlTx.ExecContext(context.Background(), q)
		return err
	}
	for began := time.Now(); len(*list) < groupMost && time.Since(began) < groupFor; {
		t := d.writers.next(durable)
		if t == nil {
			return true
		}
		if exec("SAVEPOINT member") != nil {
			t.result <- outcome{err: errAgain}
			return false
		}
		tx := &Tx{db: d, tx: sqlTx, conn: conn, alone: true}
		t.start <- tx
		err := <-t.ended
		if err == nil {
			*list = append(*list, member{t, tx})
			err = exec("RELEASE SAVEPOINT member")
			if err != nil {
				return false
			}
			continue
		}
		lost := exec("ROLLBACK TO SAVEPOINT member") != nil || exec("RELEASE SAVEPOINT member") != nil
		t.result <- outcome{err: err}
		if lost {
			return false
		}
	}
	return true
}
