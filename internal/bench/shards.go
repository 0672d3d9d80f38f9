package bench

import (
	"context"
	"fmt"
	"time"

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
	c, err := list[0].costs(ctx, o)
	if err != nil {
		return Result{}, err
	}
	m := newModel(sellersInAll)
	var cases []Result
	for _, n := range []int{8, 16, 32, 64} {
		cases = append(cases, m.onShards(n, c))
	}
	top := headline(cases)
	top.Figures = map[string]float64{
		"sellers": float64(m.sellers), "workspaces": float64(len(m.spaces)), "sellers of the largest workspace": float64(m.spaces[0].sellers),
		"µs of PostgreSQL a mail": c.mail, "µs a renewed lease": c.lease, "µs a look for due work of one workspace": c.look,
	}
	top.Notes = append(notes, m.describe()...)
	return top, nil
}

// costs is what pieces of work cost PostgreSQL, in microseconds of CPU.
type costs struct{ mail, lease, look float64 }

// costs measures. When the database was not started by the bench its CPU is
// unknown, and wall time with one client stands for it.
func (d *database) costs(ctx context.Context, o Options) (costs, error) {
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
	// One mailbox a seller, and a team of ten.
	small := w.boxes[:min(10, len(w.boxes))]
	team, err := d.newWorld(ctx)
	if err != nil {
		return c, err
	}
	defer team.close()
	if err := team.found(ctx, Options{Boxes: len(small), Size: 2048}, "127.0.0.1:1"); err != nil {
		return c, err
	}
	if _, err := team.load(ctx, 10_000, dueEvery, 1); err != nil {
		return c, err
	}
	c.look, err = one(2000, func(int) error { return lookOnce(ctx, team.store, team.ws, team.clock.Now()) })
	return c, err
}

// lookOnce asks what the pulse of a node asks for one workspace (runner.Pulse).
func lookOnce(ctx context.Context, s *store.Store, ws sales.ID, now time.Time) error {
	_, err := s.NextTimer(ctx, ws)
	if err == nil {
		_, err = s.MailboxesWithDue(ctx, ws, now)
	}
	if err == nil {
		_, err = s.MailboxesWithOpen(ctx, ws, time.Now())
	}
	if err == nil {
		_, err = s.MailboxesToAppend(ctx, ws)
	}
	return err
}

func (m model) describe() []string {
	return []string{
		fmt.Sprintf("%d sellers in %d workspaces, the largest with %d; a third in America, half in Europe, the rest in Asia", m.sellers, len(m.spaces), m.spaces[0].sellers),
		fmt.Sprintf("a seller: %d automatic mails a day at %d an hour while the window is open, %.0f by hand, an answer or a report for %.0f in 100, a page every %v", mailsADay, mailsAnHour, handADay, heardOf*100, pageEvery),
		"leases are renewed every 5 s a mailbox, and every node looks every second at every workspace; a node for 2,000 sellers",
	}
}
