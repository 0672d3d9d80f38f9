package inbound

import (
	"context"
	"errors"
	"sync"
	"time"

	"ninetyten/internal/sales"
)

// Appender files sent mails in the Sent folders of many mailboxes over kept
// connections, one a mailbox, so that a mail does not cost a login. It is safe
// for use by many goroutines at once.
type Appender struct {
	opts Options

	mu     sync.Mutex
	boxes  map[appendKey]*appendBox
	closed bool
}

// appendKey names a kept connection: changed settings are another key.
type appendKey struct {
	id   sales.ID
	imap sales.Server
	sent string
}

// appendBox is the connection of one mailbox.
type appendBox struct {
	lock  chan struct{} // held by who uses client
	users int           // who hold or wait for lock; guarded by Appender.mu
	cl    *Client       // nil when not connected
	timer *time.Timer   // closes it when idle
}

// errAppenderClosed is the cause when the Appender is closed.
var errAppenderClosed = errors.New("the appender is closed")

// NewAppender makes an Appender. Close it when done.
func NewAppender(o Options) *Appender {
	return &Appender{opts: o.withDefaults(), boxes: map[appendKey]*appendBox{}}
}

// Append files raw in the Sent folder of mb. When a kept connection dies, it is
// replaced once, and a mail whose filing may have worked is looked for by its
// Message-ID first. Its errors are *sales.Error.
func (a *Appender) Append(ctx context.Context, mb sales.Mailbox, raw []byte, date time.Time) error {
	return a.with(ctx, mb, func(c *Client, again bool) error {
		if id := messageID(raw); again && id != "" {
			if there, err := c.FindByMessageID(ctx, "", id); err != nil || there {
				return err
			}
		}
		return c.AppendSent(ctx, raw, date)
	})
}

// with runs use on the connection of mb; again is true when an APPEND was
// begun before on a connection that died.
func (a *Appender) with(ctx context.Context, mb sales.Mailbox, use func(c *Client, again bool) error) error {
	key := appendKey{mb.ID, mb.IMAP, mb.SentFolder}
	b, err := a.enter(ctx, key)
	if err != nil {
		return Explain(err, mb)
	}
	defer a.leave(key, b)
	again := false
	for {
		kept := b.cl != nil
		if !kept {
			if b.cl, err = Dial(ctx, mb, a.opts); err != nil {
				b.cl = nil
				return err
			}
		}
		c := b.cl
		err := use(c, again)
		if !c.lost && c.cn.alive() {
			return err
		}
		b.cl = nil
		_ = c.Close()
		again = again || c.begun
		if err == nil || !kept || ctx.Err() != nil || isNo(err) {
			return err
		}
	}
}

// enter waits for the connection of the mailbox.
func (a *Appender) enter(ctx context.Context, key appendKey) (*appendBox, error) {
	a.mu.Lock()
	if a.closed {
		a.mu.Unlock()
		return nil, errAppenderClosed
	}
	b := a.boxes[key]
	if b == nil {
		b = &appendBox{lock: make(chan struct{}, 1)}
		b.timer = time.AfterFunc(time.Hour, func() { a.expire(key, b) })
		b.timer.Stop()
		a.boxes[key] = b
	}
	b.users++
	a.mu.Unlock()
	select {
	case b.lock <- struct{}{}:
		b.timer.Stop()
		return b, nil
	case <-ctx.Done():
		a.mu.Lock()
		b.users--
		a.mu.Unlock()
		return nil, ctx.Err()
	}
}

// leave gives the connection back.
func (a *Appender) leave(key appendKey, b *appendBox) {
	a.mu.Lock()
	b.users--
	closed := a.closed
	if b.users == 0 && b.cl == nil {
		delete(a.boxes, key)
	}
	a.mu.Unlock()
	if closed {
		b.drop()
	} else if b.cl != nil {
		b.timer.Reset(a.opts.IdleClose)
	}
	<-b.lock
}

// expire closes the connection of b when nobody uses it.
func (a *Appender) expire(key appendKey, b *appendBox) {
	a.mu.Lock()
	select {
	case b.lock <- struct{}{}:
	default:
		a.mu.Unlock()
		return
	}
	if b.users == 0 && a.boxes[key] == b {
		delete(a.boxes, key)
	}
	a.mu.Unlock()
	b.drop()
	<-b.lock
}

// drop closes the connection. The lock is held.
func (b *appendBox) drop() {
	if b.cl != nil {
		_ = b.cl.Close()
		b.cl = nil
	}
}

// Close closes the kept connections; one in use is closed when it is free.
func (a *Appender) Close() {
	a.mu.Lock()
	a.closed = true
	boxes := a.boxes
	a.boxes = map[appendKey]*appendBox{}
	a.mu.Unlock()
	var wg sync.WaitGroup
	for _, b := range boxes {
		wg.Go(func() {
			b.timer.Stop()
			select {
			case b.lock <- struct{}{}:
				b.drop()
				<-b.lock
			default: // in use: leave closes it
			}
		})
	}
	wg.Wait()
}
