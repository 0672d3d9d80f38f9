package bench

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Shards computes what one hundred thousand sellers would ask of PostgreSQL when
// each workspace lives on one of 8 to 64 shards, by a hash of its ID. What one
// piece of work costs is measured first, on a PostgreSQL of this machine; the
// rest is arithmetic that gives the same answer each time (model.go).
func Shards(ctx context.Context, o Options) (Result, error) {
	o.N, o.Size, o.Boxes, o.Runs = orElse(o.N, 100_000), orElse(o.Size, 2048), orElse(o.Boxes, 50), min(orElse(o.Runs, 3), dueEvery-1)
	if o.Database == "" {
		o.Database = "postgres"
	}
	list, stop, notes, err := databases(ctx, o.Database)
	if err != nil {
		return Result{}, err
	}
	defer stop()
	m := newModel(sellersInAll)
	c, err := list[0].costs(ctx, o, len(m.spaces)/fewest)
	if err != nil {
		return Result{}, err
	}
	var cases []Result
	for _, n := range []int{fewest, 16, 32, 64} {
		cases = append(cases, m.onShards(n, c))
	}
	top := headline(cases)
	top.Figures = map[string]float64{
		"sellers": float64(m.sellers), "workspaces": float64(len(m.spaces)), "sellers of the largest workspace": float64(m.spaces[0].sellers),
		"µs of PostgreSQL a mail": c.mail, "µs a renewed lease": c.lease, "µs a look for due work, a workspace of ten": c.look, "µs a look of a node at the shares": c.keep,
	}
	top.Notes = append(notes, m.describe()...)
	return top, nil
}

// costs is what pieces of work cost PostgreSQL, in microseconds of CPU.
type costs struct{ mail, lease, look, keep float64 }

// fewest is how many shards there are at least, and lookedAt of how many workspaces
// one look is measured.
const fewest, lookedAt = 8, 100

// costs measures, the shares with so many workspaces as a shard has. When the database was not started by the bench its CPU is
// unknown, and wall time with one client stands for it.
func (d *database) costs(ctx context.Context, o Options, spaces int) (costs, error) {
	var c costs
	w, err := d.newWorld(ctx)
	if err != nil {
		return c, err
	}
	defer w.close()
	if err := w.found(ctx, o, "127.0.0.1:1"); err != nil {
		return c, err
	}
	if _, err := w.load(ctx, o.N, dueEvery, o.Runs); err != nil {
		return c, err
	}
	var runs samples
	for day := range o.Runs {
		s, _, err := w.pickDay(ctx, o, day)
		if err != nil {
			return c, err
		}
		runs = append(runs, s)
	}
	dbOf := func(s sample) float64 {
		if d.cluster == nil {
			return 1e6 / s.rate
		}
		return s.dbs
	}
	c.mail = median(runs.each(dbOf))
	one := func(n int, do func(i int) error) (float64, error) {
		m := d.begin()
		for i := range n {
			if err := do(i); err != nil {
				return 0, err
			}
		}
		return dbOf(m.end(n)), nil
	}
	if c.lease, err = one(3000, func(i int) error {
		now := time.Now()
		_, err := w.store.TakeLease(ctx, store.LeaseWatch, w.ws, w.boxes[i%len(w.boxes)].MailboxID, "bench", now, now.Add(15*time.Second))
		return err
	}); err != nil {
		return c, err
	}
	team, err := d.newWorld(ctx)
	if err != nil {
		return c, err
	}
	defer team.close()
	if err := team.teams(ctx); err != nil {
		return c, err
	}
	if c.look, err = one(300, func(int) error {
		_, _, err := team.store.DueIn(ctx, store.Looking{Node: "bench", Limit: 500, Now: team.clock.Now(), Wall: time.Now()})
		return err
	}); err != nil {
		return c, err
	}
	c.look /= lookedAt
	if err := team.store.InTx(ctx, func(tx *store.Tx) error {
		for range spaces - lookedAt {
			if err := tx.InsertWorkspace(ctx, sales.Workspace{ID: tx.NewID(), Name: "Bench", Settings: sales.DefaultSettings(), CreatedAt: benchNow()}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return c, err
	}
	share := &runner.Share{Store: team.store, Node: "bench", Log: slog.New(slog.DiscardHandler)}
	if err := share.Keep(ctx); err != nil { // takes all
		return c, err
	}
	c.keep, err = one(500, func(int) error { return share.Keep(ctx) })
	return c, err
}

// teams makes workspaces of one node with ten mailboxes each: one has people whose
// timers come later, and every mailbox has a mail in its queue that is not due.
func (w *world) teams(ctx context.Context) error {
	for i := range lookedAt {
		w.ws = w.store.NewID()
		if err := w.found(ctx, Options{Boxes: 10, Size: 2048}, "127.0.0.1:1"); err != nil {
			return err
		}
		if i == 0 {
			if _, err := w.load(ctx, 10_000, dueEvery, 1); err != nil {
				return err
			}
		}
		w.clock.set(benchNow().AddDate(0, 0, -1))
		if err := w.store.InTx(ctx, func(tx *store.Tx) error {
			for _, b := range w.boxes {
				m := sales.Mailing{WorkspaceID: w.ws, ID: tx.NewID(), Key: "bench/" + b.MailboxID.String(), PersonID: b.MailboxID, MailboxID: b.MailboxID, Kind: sales.MailingAuto, State: sales.MailingQueued, DueAt: later(), CreatedAt: benchNow()}
				if err := tx.QueueMailing(ctx, m); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	if p := w.store.DB.Pool(); p != nil {
		if _, err := p.Exec(ctx, "VACUUM ANALYZE"); err != nil {
			return err
		}
	}
	_, err := w.store.TakeShare(ctx, "bench", "", lookedAt)
	return err
}

func (m model) describe() []string {
	return []string{
		fmt.Sprintf("%d sellers in %d workspaces, the largest with %d; a third in America, half in Europe, the rest in Asia", m.sellers, len(m.spaces), m.spaces[0].sellers),
		fmt.Sprintf("a seller: %d automatic mails a day at %d an hour while the window is open, %.0f by hand, an answer or a report for %.0f in 100, a page every %v", mailsADay, mailsAnHour, handADay, heardOf*100, pageEvery),
		fmt.Sprintf("leases are renewed every %.0f s a mailbox, and each workspace is looked at every second by one node; a node for %d sellers", leaseEvery, nodeSellers),
	}
}
