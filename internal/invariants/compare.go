package invariants

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"ninetyten/internal/sales"
)

// comparePage is how many mailings are read at once.
const comparePage = 2000

// compare holds the books of the product against ours at the end: what reached
// somebody is on record as sent, or as unknown, and is in Sent once; nothing is on
// record as sent that reached nobody; nothing waits any more.
func (w *world) compare(ctx context.Context) error {
	for {
		before := len(w.filed)
		if err := w.fileAll(ctx); err != nil {
			return err
		}
		if len(w.filed) == before {
			break
		}
	}
	states := map[string]sales.MailingState{}
	for after := sales.ID(0); ; {
		list, err := w.st.MailingsAfter(ctx, w.ws, after, comparePage)
		if err != nil {
			return err
		}
		for _, m := range list {
			after = m.ID
			w.checks++
			if e := w.ofID[m.EnrollmentID]; e != nil {
				no := e.q.numbers[m.StepID]
				states[fmt.Sprint(e.id, no)] = m.State
				if _, reached := e.got[no]; m.State == sales.MailingSent && !reached {
					w.fail(e.p, "step %d is on record as sent, and reached nobody", no)
				}
			}
			if m.State == sales.MailingSending || m.State == sales.MailingQueued {
				w.fail(w.byPerson[m.PersonID], "the mail %s is %s at the end: %s", m.Key, m.State, m.HoldWhy)
			}
		}
		if len(list) < comparePage {
			break
		}
	}
	for _, q := range w.sequences {
		for _, e := range q.list {
			for _, no := range slices.Sorted(maps.Keys(e.got)) {
				x := e.got[no]
				state := states[fmt.Sprint(e.id, no)]
				switch {
				case state != sales.MailingSent && state != sales.MailingUnknown:
					w.fail(e.p, "step %d reached the person at %s, and is on record as %q", no, x.clock, state)
				case state == sales.MailingSent && !w.filed[x.id]:
					w.fail(e.p, "step %d is sent and not in Sent", no)
				}
			}
		}
	}
	return nil
}
