package inbound

import (
	"context"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// idle begins IDLE where the server can, and gives the function that ends it
// and waits for its end; no command may be given before.
func (cn *conn) idle(ctx context.Context) (stop func() error, err error) {
	nothing := func() error { return nil }
	if !cn.canIdle() {
		return nothing, nil
	}
	var cmd *imapclient.IdleCommand
	err = cn.do(ctx, cn.timeout(0), func() (err error) {
		cmd, err = cn.c.Idle()
		return err
	})
	if err != nil && isNo(err) && cn.alive() {
		delete(cn.caps, imap.CapIdle) // it says so and cannot: poll
		return nothing, nil
	}
	if err != nil {
		return nil, err
	}
	return func() error {
		d := cn.timeout(0)
		if ctx.Err() != nil {
			d = min(d, time.Second) // on the way out: be polite, not patient
		}
		return cn.do(context.WithoutCancel(ctx), d, func() error {
			if err := cmd.Close(); err != nil {
				return err
			}
			return cmd.Wait()
		})
	}, nil
}
