package bench

import (
	"context"
	"fmt"
	"log/slog"

	"ninetyten/internal/db"
	"ninetyten/internal/inbound"
	"ninetyten/internal/intake"
	"ninetyten/internal/sales"
)

// storeMails measures how a whole mailbox comes in: fetched from Dovecot,
// parsed, classified, matched and stored with all that follows from it, beside
// mbsync, which copies the same mails into files. Every mail is of somebody who
// was written to, so none is left out.
func storeMails(ctx context.Context, o Options, d *database, imap *dovecot) (Result, error) {
	res := Result{Case: fmt.Sprintf("fetch, classify and store, %s, %d bytes", d.name, o.Size), N: o.N, Checks: map[string]int{}}
	var ours samples
	var theirs []float64
	for run := range o.Runs {
		x := o
		x.Profile = firstOnly(o.Profile, run)
		s, err := storeOnce(ctx, x, d, imap, &res)
		if err != nil {
			return res, err
		}
		ours = append(ours, s)
		if err := imap.forget(); err != nil {
			return res, err
		}
		rate, err := mbsync(ctx, imap, o.N)
		if err != nil {
			return res, err
		}
		theirs = append(theirs, rate)
	}
	ours.into(&res)
	res.Peers = []Peer{peerOf("mbsync into a Maildir", res.Runs, theirs)}
	return res, nil
}

// storeOnce fills a mailbox for a new world and reads it.
func storeOnce(ctx context.Context, o Options, d *database, imap *dovecot, res *Result) (sample, error) {
	w, err := d.newWorld(ctx)
	if err != nil {
		return sample{}, err
	}
	defer w.close()
	who, err := w.correspondents(ctx, o)
	if err != nil {
		return sample{}, err
	}
	if err := imap.empty(); err != nil {
		return sample{}, err
	}
	err = imap.deliver(o.N, benchNow(), func(i int) []byte { return writeLetter(1, i, o.Size, who[i%len(who)]) })
	if err != nil {
		return sample{}, err
	}
	s, peak, err := w.readBox(ctx, o, imap)
	if err != nil {
		return s, err
	}
	res.PeakMB = max(res.PeakMB, peak)
	kept, err := w.kept(ctx)
	res.Checks["mails stored"] = kept
	if err == nil && kept != o.N {
		err = sales.Errorf(sales.Internal, "%d mails of %d are stored", kept, o.N)
	}
	return s, err
}

// correspondents fills the world with people and gives those who were written
// to, each with the mail that they may answer.
func (w *world) correspondents(ctx context.Context, o Options) ([]correspondent, error) {
	o.Boxes, o.Size = 1, 2048
	if err := w.found(ctx, o, "127.0.0.1:1"); err != nil {
		return nil, err
	}
	if _, err := w.load(ctx, max(o.N, 20), dueEvery, 1); err != nil {
		return nil, err
	}
	w.clock.set(benchNow())
	return db.All(ctx, w.store.DB, func(r db.Scanner) (correspondent, error) {
		c := correspondent{to: "seller0@bench.example"}
		var last string
		err := r.Scan(&c.name, &last, &c.addr, &c.about)
		c.name += " " + last
		return c, err
	}, "SELECT p.first_name, p.last_name, p.email, m.header_id FROM mailings m JOIN people p ON p.workspace_id = m.workspace_id AND p.id = m.person_id WHERE m.workspace_id = ? AND m.header_id <> '' ORDER BY m.id", w.ws)
}

// readBox reads the mailbox once, up to now, and gives what a mail cost and the
// peak of memory.
func (w *world) readBox(ctx context.Context, o Options, imap *dovecot) (sample, float64, error) {
	mb, err := w.store.Mailbox(ctx, w.ws, w.boxes[0].MailboxID)
	if err != nil {
		return sample{}, 0, err
	}
	mb.IMAP = imap.server()
	in := &intake.Intake{Store: w.store, Clock: w.clock, Notify: quiet{}, Log: slog.New(slog.DiscardHandler)}
	watcher := inbound.NewWatcher(mb, in, inbound.Options{Now: w.clock.Now})
	stop, err := profile(o.Profile)
	if err != nil {
		return sample{}, 0, err
	}
	forgetPeak()
	m := w.base.begin()
	err = watcher.ReadNow(ctx)
	s := m.end(o.N)
	stop()
	return s, peakMB(), err
}

// kept counts the mails that came in.
func (w *world) kept(ctx context.Context) (int, error) {
	return db.One(ctx, w.store.DB, db.Value[int], "SELECT count(*) FROM messages WHERE workspace_id = ? AND direction = 'in'", w.ws)
}
