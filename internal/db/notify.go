package db

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"
)

// maxPending bounds the notices that one slow listener on SQLite lets pile up;
// beyond, they collapse into one empty payload: look for yourself.
const maxPending = 1024

// maxPayload is PostgreSQL's limit less one (NOTIFY: "shorter than 8000 bytes").
const maxPayload = 7999

// note is a notification that waits for its commit.
type note struct{ channel, payload string }

// Notify tells the listeners of channel after the commit, once for equal
// payloads in one transaction. A payload longer than 7,999 bytes arrives
// empty, so send ids, not contents. On SQLite it reaches listeners of the same
// DB only.
func (t *Tx) Notify(channel, payload string) {
	if len(payload) > maxPayload {
		payload = ""
	}
	n := note{channel, payload}
	for _, have := range t.notes {
		if have == n {
			return
		}
	}
	t.notes = append(t.notes, n)
}

// sendNotes hands the notes to PostgreSQL, which delivers them at commit.
func (t *Tx) sendNotes(ctx context.Context) error {
	if t.db.dialect != Postgres {
		return nil
	}
	for _, n := range t.notes {
		if _, err := t.Exec(ctx, "SELECT pg_notify(?, ?)", n.channel, n.payload); err != nil {
			return err
		}
	}
	return nil
}

// deliverNotes hands the notes to the listeners in this process.
func (t *Tx) deliverNotes() {
	if t.db.dialect == SQLite && len(t.notes) > 0 {
		t.db.notices.send(t.notes)
	}
}

// Listen calls fn, from one goroutine, for every notification on channel until
// ctx ends; it returns the error of ctx, or what made listening impossible. On
// PostgreSQL it holds a connection of its own and opens it again when it is
// lost. An empty payload may mean that notifications were lost: after a
// reconnect, and when fn was too slow.
func (d *DB) Listen(ctx context.Context, channel string, fn func(payload string)) error {
	if d.dialect == SQLite {
		return d.notices.listen(ctx, channel, fn)
	}
	for try := 1; ; try++ {
		started, err := d.listenOnce(ctx, channel, fn, try > 1)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if started {
			try = 1
		}
		d.log.Warn("lost the connection that listens; trying again", "channel", channel, "err", err)
		if err := pause(ctx, backoff(try+4)); err != nil {
			return err
		}
	}
}

// listenOnce listens until the connection or ctx ends. started tells that
// LISTEN succeeded.
func (d *DB) listenOnce(ctx context.Context, channel string, fn func(string), again bool) (started bool, err error) {
	conn, err := pgx.ConnectConfig(ctx, d.pool.Config().ConnConfig.Copy())
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // it is of no more use
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return false, err
	}
	if again {
		fn("")
	}
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return true, err
		}
		fn(n.Payload)
	}
}

// hub carries notifications within the process.
type hub struct {
	mu        sync.Mutex
	listeners map[*listener]struct{}
}

// listener is one running Listen.
type listener struct {
	channel string
	mu      sync.Mutex
	pending []string
	wake    chan struct{} // room for one
}

func (h *hub) send(notes []note) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.listeners {
		for _, n := range notes {
			if n.channel == l.channel {
				l.push(n.payload)
			}
		}
	}
}

func (l *listener) push(payload string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.pending) >= maxPending {
		l.pending, payload = l.pending[:0], ""
	}
	l.pending = append(l.pending, payload)
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *listener) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := l.pending
	l.pending = nil
	return out
}

func (h *hub) listen(ctx context.Context, channel string, fn func(string)) error {
	if channel == "" {
		return errors.New("db: a channel needs a name")
	}
	l := &listener{channel: channel, wake: make(chan struct{}, 1)}
	h.mu.Lock()
	if h.listeners == nil {
		h.listeners = make(map[*listener]struct{})
	}
	h.listeners[l] = struct{}{}
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.listeners, l)
		h.mu.Unlock()
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.wake:
			for _, p := range l.take() {
				fn(p)
			}
		}
	}
}
