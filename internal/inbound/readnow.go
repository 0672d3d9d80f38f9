package inbound

import "context"

// ReadNow reads INBOX and Junk up to this moment, and returns when the Sink
// has it all. While Run runs it goes over its connection; else over one of its
// own. Its errors are *sales.Error: the mailbox could not be read up to now.
func (w *Watcher) ReadNow(ctx context.Context) error {
	w.mu.Lock()
	running := w.running
	w.mu.Unlock()
	if running == nil {
		return w.readOnce(ctx)
	}
	answer := make(chan error, 1)
	select {
	case w.asks <- answer:
	case <-running:
		return w.readOnce(ctx)
	case <-ctx.Done():
		return w.explain(ctx.Err())
	}
	select {
	case err := <-answer:
		return w.explain(err)
	case <-ctx.Done():
		return w.explain(ctx.Err())
	}
}

// readOnce reads INBOX and Junk over a connection of its own.
func (w *Watcher) readOnce(ctx context.Context) error {
	cn, err := dial(ctx, w.mb, w.opts)
	if err != nil {
		return w.explain(err)
	}
	defer cn.logout()
	run := &watch{Watcher: w, reader: newReader(w.mb, w.sink, w.opts)}
	fs, err := cn.folders(ctx, w.mb)
	if err != nil {
		return w.explain(err)
	}
	for _, f := range fs.list() {
		if f.Role == RoleSent {
			continue
		}
		if err := run.readOr(ctx, cn, f, &fs); err != nil {
			return w.explain(err)
		}
	}
	return nil
}

// explain is Explain as an error that may be nil.
func (w *Watcher) explain(err error) error {
	if err == nil {
		return nil
	}
	return Explain(err, w.mb)
}
