package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Bounds of what is done to many at once.
const (
	maxBulk   = 5000
	bulkChunk = 500
	// undoBulk is how long a bulk action can be taken back.
	undoBulk = time.Hour
)

// BulkKind is what is done to many enrollments at once.
type BulkKind string

// The kinds.
const (
	BulkPause  BulkKind = "pause"  // until Until, or until resumed
	BulkResume BulkKind = "resume" // those that are paused by hand or until a time, see skips
	BulkMove   BulkKind = "move"   // to the step StepID, but for those who wait because of an answer
	BulkStop   BulkKind = "stop"
	BulkRemove BulkKind = "remove"
)

// BulkCommand is one action on enrollments of a sequence.
type BulkCommand struct {
	Kind   BulkKind
	Until  time.Time
	StepID sales.ID
	IDs    []sales.ID         // which; or, when there are none,
	Filter store.InsideFilter // everybody whom it chooses
}

// event is what each enrollment hears.
func (c BulkCommand) event() (sales.Event, error) {
	switch c.Kind {
	case BulkPause:
		return sales.Event{Kind: sales.EvPause, Until: c.Until}, nil
	case BulkResume:
		return sales.Event{Kind: sales.EvResume}, nil
	case BulkMove:
		return sales.Event{Kind: sales.EvMove, StepID: c.StepID}, nil
	case BulkStop:
		return sales.Event{Kind: sales.EvStop}, nil
	case BulkRemove:
		return sales.Event{Kind: sales.EvRemove}, nil
	}
	return sales.Event{}, sales.Errorf(sales.Invalid, "Choose what to do with these people.")
}

// BulkResult is what an action did.
type BulkResult struct {
	Done    int
	Skipped int  // as they were: they had ended, say, or wait because of an answer
	Undo    Undo // its words say why some were skipped
}

// Bulk does one thing to many enrollments of a sequence, at most 5,000, of people
// whom the viewer may see. It can be taken back for an hour.
func (d *Desk) Bulk(ctx context.Context, v sales.Viewer, sequence sales.ID, c BulkCommand) (BulkResult, error) {
	var out BulkResult
	ev, list, err := d.commanded(ctx, v, sequence, c)
	if err != nil {
		return out, err
	}
	var actions []string
	why := map[skipWhy]int{}
	for at := 0; at < len(list); at += bulkChunk {
		part := list[at:min(at+bulkChunk, len(list))]
		id, n, skipped, err := d.bulkChunk(ctx, v, c.Kind, ev, part)
		if err != nil {
			return out, err
		}
		for k, n := range skipped {
			why[k] += n
		}
		out.Done, out.Skipped = out.Done+n, out.Skipped+len(part)-n
		if n > 0 {
			actions = append(actions, id.String())
		}
	}
	out.Undo.Say = fmt.Sprintf("%s: %s.", bulkWords(c.Kind), people(out.Done)) + skippedWords(out.Skipped, why)
	if len(actions) > 0 {
		out.Undo.Token = "bulk/" + strings.Join(actions, ",")
	}
	d.kick(v.WorkspaceID)
	d.Notify.Changed(ctx, casework.Change{WorkspaceID: v.WorkspaceID, Text: out.Undo.Say})
	return out, nil
}

// commanded tests a command and finds whom it is about: what each of them is to hear.
func (d *Desk) commanded(ctx context.Context, v sales.Viewer, sequence sales.ID, c BulkCommand) (sales.Event, []sales.Enrollment, error) {
	if err := need(v, sales.RoleSeller, "change sequences"); err != nil {
		return sales.Event{}, nil, err
	}
	ev, err := c.event()
	if err != nil {
		return ev, nil, err
	}
	if c.Kind == BulkMove {
		q, err := d.Store.Sequence(ctx, v.WorkspaceID, sequence)
		if err != nil {
			return ev, nil, err
		}
		if !hasStep(q, c.StepID) {
			return ev, nil, sales.Errorf(sales.Invalid, "Choose a step of this sequence to move to.")
		}
	}
	list, err := d.chosen(ctx, v, sequence, c)
	return ev, list, err
}

// people counts them in words.
func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func bulkWords(k BulkKind) string {
	switch k {
	case BulkPause:
		return "Paused"
	case BulkResume:
		return "Resumed"
	case BulkMove:
		return "Moved"
	case BulkStop:
		return "Stopped"
	}
	return "Removed"
}

func hasStep(q sales.Sequence, id sales.ID) bool {
	for _, s := range q.Steps {
		if s.ID == id {
			return true
		}
	}
	return false
}

// chosen gives the enrollments that a command is about and the viewer may see.
func (d *Desk) chosen(ctx context.Context, v sales.Viewer, sequence sales.ID, c BulkCommand) ([]sales.Enrollment, error) {
	if len(c.IDs) > maxBulk {
		return nil, sales.Errorf(sales.Limited, "At most 5,000 people at a time. Choose fewer.")
	}
	wanted := map[sales.ID]bool{}
	for _, id := range c.IDs {
		wanted[id] = true
	}
	f := c.Filter
	if len(c.IDs) > 0 {
		f = store.InsideFilter{Position: -1}
	}
	var out []sales.Enrollment
	page := store.Page{Limit: 500}
	for {
		list, next, err := d.Store.Inside(ctx, v, sequence, f, page)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			if len(wanted) == 0 || wanted[e.ID] {
				out = append(out, e)
			}
		}
		if len(out) > maxBulk {
			return nil, sales.Errorf(sales.Limited, "More than 5,000 people are chosen. Choose fewer: one state, or one step.")
		}
		if next == "" || len(wanted) > 0 && len(out) == len(wanted) {
			return out, nil
		}
		page.After = next
	}
}

// bulkChunk does it to some of them in one transaction, and keeps how they stood.
// skipped counts those who were left as they are for a reason.
func (d *Desk) bulkChunk(ctx context.Context, v sales.Viewer, kind BulkKind, ev sales.Event, list []sales.Enrollment) (action sales.ID, n int, skipped map[skipWhy]int, err error) {
	err = d.inTx(ctx, func(tx *store.Tx) error {
		skipped = map[skipWhy]int{}
		a := store.BulkAction{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), UserID: v.UserID, Kind: string(kind), At: d.now()}
		b := casework.New(tx, v.WorkspaceID)
		for _, x := range list {
			e, err := tx.Enrollment(ctx, v.WorkspaceID, x.ID)
			if err != nil {
				return err
			}
			why, err := skips(ctx, tx, b, kind, e)
			if err != nil {
				return err
			}
			if why != "" {
				skipped[why]++
			}
			if why != "" || kind == BulkResume && e.State != sales.Paused {
				continue
			}
			q, err := b.Sequence(ctx, e.SequenceID)
			if err != nil {
				return err
			}
			did, err := d.decideWith(ctx, tx, b, v, e, ev)
			if err != nil {
				return err
			}
			if did.Changed {
				a.Items = append(a.Items, store.BulkItem{Before: e, After: did.Next.Version, Plan: q.Version})
			}
		}
		action, n = a.ID, len(a.Items)
		if n == 0 {
			return nil
		}
		return tx.KeepBulk(ctx, a)
	})
	return action, n, skipped, err
}
