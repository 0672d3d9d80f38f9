package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/sink"
	"ninetyten/internal/store"
)

// Send measures durable sends: for each mail the attempt is committed before,
// the result after, the gate is applied, the ledger written. The server is a
// sink on loopback that speaks real SMTP. Peers: a bare loop over the same
// connections without a database, and smtp-source into the same sink and into
// smtp-sink. Without choices it is done for each database, for small and larger
// mails, for one mailbox and for fifty.
func Send(ctx context.Context, o Options) (Result, error) {
	o.N, o.Runs = orElse(o.N, 50_000), orElse(o.Runs, 5)
	list, stop, notes, err := databases(ctx, o.Database)
	if err != nil {
		return Result{}, err
	}
	defer stop()
	var cases []Result
	for _, x := range sendCases(o) {
		at := len(cases)
		for _, d := range list {
			cases = append(cases, Result{Case: fmt.Sprintf("%s, %d bytes, %d mailboxes", d.name, x.Size, x.Boxes), N: o.N, Checks: map[string]int{}})
		}
		said, err := sendSide(ctx, x, list, cases[at:])
		if err != nil {
			return Result{}, err
		}
		notes = append(notes, said...)
	}
	top := headline(cases)
	top.Notes = append(notes, fmt.Sprintf("%d connections in all, sender and sink share this machine; first mails and follow-ups in threads, mailboxes without caps", o.connsInAll()))
	if _, ok := postfixTool("smtp-source"); !ok {
		top.Notes = append(top.Notes, "smtp-source is not installed: package postfix")
	}
	for _, c := range cases {
		if len(c.Peers) > 1 {
			top.Aims = append(top.Aims, Aim{What: c.Case + " beside smtp-source", Want: "at least 0.50", Is: c.Peers[1].Ratio, Holds: c.Peers[1].Ratio >= 0.50})
		}
	}
	top.Aims = append(top.Aims, Aim{What: "peak MB", Want: "under 200", Is: top.PeakMB, Holds: top.PeakMB < 200})
	return top, nil
}

// connsInAll is over how many connections mail goes at a time.
func (o Options) connsInAll() int { return orElse(o.Conns, 50) }

// sendCases are the choices, or all of them.
func sendCases(o Options) []Options {
	sizes, boxes := []int{2048, 8192}, []int{1, 50}
	if o.Size > 0 {
		sizes = []int{o.Size}
	}
	if o.Boxes > 0 {
		boxes = []int{o.Boxes}
	}
	var out []Options
	for _, size := range sizes {
		for _, n := range boxes {
			x := o
			x.Size, x.Boxes = size, n
			out = append(out, x)
		}
	}
	return out
}

// sendSide measures one case on each database, side by side with the peers, and
// says how far from the floor it is.
func sendSide(ctx context.Context, o Options, list []*database, res []Result) ([]string, error) {
	floors := make([][]floor, len(list))
	ours := make([]samples, len(list))
	peer := o
	peer.Conns = o.connsInAll()
	var loop, source, both []float64
	for run := range o.Runs {
		for i, d := range list {
			if run > 0 {
				o.Profile = "" // the first run is as good as any
			}
			s, f, err := d.sendOnce(ctx, o, &res[i])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", res[i].Case, err)
			}
			ours[i], floors[i] = append(ours[i], s), append(floors[i], f)
		}
		b, err := bareLoop(ctx, peer)
		if err != nil {
			return nil, err
		}
		loop = append(loop, b)
		if s, ok := smtpSource(ctx, peer, false); ok {
			source = append(source, s)
		}
		if s, ok := smtpSource(ctx, peer, true); ok {
			both = append(both, s)
		}
	}
	var notes []string
	for i := range res {
		ours[i].into(&res[i])
		slices.SortFunc(floors[i], func(a, b floor) int { return cmp.Compare(a.rate, b.rate) })
		notes = append(notes, floors[i][len(floors[i])/2].note(res[i].Case, res[i].RatePerS))
		res[i].Peers = append(res[i].Peers, peerOf("bare loop, no database", res[i].Runs, loop))
		if len(source) > 0 {
			res[i].Peers = append(res[i].Peers, peerOf("smtp-source into the same sink", res[i].Runs, source))
		}
		if len(both) > 0 {
			res[i].Peers = append(res[i].Peers, peerOf("smtp-source into smtp-sink", res[i].Runs, both))
		}
	}
	return notes, nil
}

// sendOnce fills an outbox and sends it.
func (d *database) sendOnce(ctx context.Context, o Options, res *Result) (sample, floor, error) {
	sk, err := sink.New(sink.Options{})
	if err != nil {
		return sample{}, floor{}, err
	}
	defer func() { _ = sk.Close() }()
	w, err := d.newWorld(ctx)
	if err != nil {
		return sample{}, floor{}, err
	}
	defer w.close()
	o.Conns = max(1, o.connsInAll()/o.Boxes)
	if o.Boxes > 1 {
		o.Conns = max(o.Conns, 4)
	}
	if err := w.found(ctx, o, sk.Addr()); err != nil {
		return sample{}, floor{}, err
	}
	if _, err := w.load(ctx, o.N, 1, 1); err != nil {
		return sample{}, floor{}, err
	}
	pool := outbound.New(outbound.Options{MaxConns: o.Conns})
	defer pool.Close()
	r := w.node("bench", w.store, pool, o)
	before, err := w.sent(ctx)
	if err != nil {
		return sample{}, floor{}, err
	}
	w.clock.set(benchNow().Add(15 * time.Minute))
	if _, err := r.Advance(ctx, w.ws); err != nil {
		return sample{}, floor{}, err
	}
	stop, err := profile(o.Profile)
	if err != nil {
		return sample{}, floor{}, err
	}
	forgetPeak()
	m := d.begin()
	err = drainAll(ctx, r.Drain, w.boxes)
	s := m.end(o.N)
	stop()
	if err != nil {
		return s, floor{}, err
	}
	res.PeakMB = max(res.PeakMB, peakMB())
	after, err := w.sent(ctx)
	if err != nil {
		return s, floor{}, err
	}
	res.Checks["accepted by the sink"], res.Checks["recorded as sent"] = int(sk.Count()), after-before
	res.Checks["duplicates"] += int(sk.Duplicates())
	if int(sk.Count()) != o.N || after-before != o.N || sk.Duplicates() != 0 {
		return s, floor{}, sales.Errorf(sales.Internal, "the sink took %d mails and %d are recorded, of %d; %d came twice", sk.Count(), after-before, o.N, sk.Duplicates())
	}
	f, err := floorOf(ctx, w.store.DB, o.N, o.Size)
	return s, f, err
}

// drainAll sends every mailbox at once, and gives the first error.
func drainAll(ctx context.Context, drain func(context.Context, store.MailboxRef) (int, error), boxes []store.MailboxRef) error {
	var wg sync.WaitGroup
	errs := make(chan error, len(boxes))
	for _, b := range boxes {
		wg.Go(func() {
			_, err := drain(ctx, b)
			errs <- err
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
