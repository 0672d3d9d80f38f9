package mailhost

import (
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// view is what one connection was told of an open folder. Sequence numbers are
// positions in known, so they mean what the client thinks they mean.
type view struct {
	box      *box
	readOnly bool
	signal   chan struct{} // capacity 1: something changed
	saved    imap.UIDSet   // the result of the last SEARCH RETURN (SAVE)

	// Guarded by box.mu.
	known    []*message
	last     imap.UID // highest UID told
	expunges int
	flags    map[*message]bool // changed by others, not yet told
}

// newView opens a view of the folder as it is now; close it.
func newView(b *box, readOnly bool) *view {
	b.mu.Lock()
	defer b.mu.Unlock()
	v := &view{box: b, readOnly: readOnly, signal: make(chan struct{}, 1), known: b.msgs[:len(b.msgs):len(b.msgs)], last: b.next - 1, expunges: b.expunges, flags: map[*message]bool{}}
	b.views[v] = struct{}{}
	return v
}

func (v *view) close() {
	v.box.mu.Lock()
	defer v.box.mu.Unlock()
	delete(v.box.views, v)
}

// wake may be called with box.mu held.
func (v *view) wake() {
	select {
	case v.signal <- struct{}{}:
	default:
	}
}

// news takes what the client was not told yet: sequence numbers that went, in
// the order to write them; the new count, 0 when it did not grow; flag changes.
func (v *view) news(allowExpunge bool) (gone []uint32, exists uint32, changed []flagNews) {
	b := v.box
	b.mu.Lock()
	defer b.mu.Unlock()
	if allowExpunge && v.expunges != b.expunges {
		v.expunges = b.expunges
		kept := make([]*message, 0, len(v.known))
		for i := len(v.known) - 1; i >= 0; i-- {
			if v.known[i].gone {
				gone = append(gone, uint32(i+1))
			} else {
				kept = append(kept, v.known[i])
			}
		}
		slices.Reverse(kept)
		v.known = kept
	}
	if v.last < b.next-1 {
		at, _ := slices.BinarySearchFunc(b.msgs, v.last+1, func(m *message, uid imap.UID) int { return int(int64(m.uid) - int64(uid)) })
		v.last = b.next - 1
		if fresh := b.msgs[at:]; len(fresh) > 0 {
			v.known = append(v.known[:len(v.known):len(v.known)], fresh...)
			exists = uint32(len(v.known))
		}
	}
	for m := range v.flags {
		if i, ok := v.index(m.uid); ok && !m.gone {
			changed = append(changed, flagNews{uint32(i + 1), m.uid, m.flags})
		}
	}
	clear(v.flags)
	slices.SortFunc(changed, func(a, c flagNews) int { return int(a.seq) - int(c.seq) })
	return gone, exists, changed
}

type flagNews struct {
	seq   uint32
	uid   imap.UID
	flags []imap.Flag
}

// index finds the position of uid in known; call it with box.mu held.
func (v *view) index(uid imap.UID) (int, bool) {
	return slices.BinarySearchFunc(v.known, uid, func(m *message, uid imap.UID) int { return int(int64(m.uid) - int64(uid)) })
}

// poll writes the news.
func (v *view) poll(w *imapserver.UpdateWriter, allowExpunge bool) error {
	gone, exists, changed := v.news(allowExpunge)
	for _, n := range gone {
		if err := w.WriteExpunge(n); err != nil {
			return err
		}
	}
	if exists > 0 {
		if err := w.WriteNumMessages(exists); err != nil {
			return err
		}
	}
	for _, c := range changed {
		if err := w.WriteMessageFlags(c.seq, c.uid, c.flags); err != nil {
			return err
		}
	}
	return nil
}

// idle writes news as they come until stop is closed. What came before it was
// called is written first, so nothing can fall between two commands.
func (v *view) idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	for {
		if err := v.poll(w, true); err != nil {
			return err
		}
		select {
		case <-v.signal:
		case <-stop:
			return nil
		}
	}
}

// picked is one message of a command with its number and flags as they were.
type picked struct {
	seq   uint32
	m     *message
	flags []imap.Flag
}

// pick gives the messages of a set, in order. Messages that others expunged
// meanwhile are left out.
func (v *view) pick(set imap.NumSet) []picked {
	b := v.box
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []picked
	add := func(i int) {
		if m := v.known[i]; !m.gone {
			out = append(out, picked{uint32(i + 1), m, m.flags})
		}
	}
	if imap.IsSearchRes(set) {
		set = v.saved
	}
	switch s := set.(type) {
	case imap.UIDSet:
		for _, r := range v.staticUIDs(s) {
			i, _ := v.index(r.Start)
			for ; i < len(v.known) && v.known[i].uid <= r.Stop; i++ {
				add(i)
			}
		}
	case imap.SeqSet:
		for _, r := range v.staticSeqs(s) {
			for n := max(r.Start, 1); n <= r.Stop && int(n) <= len(v.known); n++ {
				add(int(n - 1))
			}
		}
	}
	return out
}

// staticUIDs replaces * by the highest UID known (RFC 9051 section 9, seq-number).
func (v *view) staticUIDs(s imap.UIDSet) imap.UIDSet {
	var highest imap.UID
	if len(v.known) > 0 {
		highest = v.known[len(v.known)-1].uid
	}
	out := slices.Clone(s)
	for i := range out {
		out[i].Start, out[i].Stop = static(out[i].Start, out[i].Stop, highest)
	}
	return out
}

func (v *view) staticSeqs(s imap.SeqSet) imap.SeqSet {
	out := slices.Clone(s)
	for i := range out {
		out[i].Start, out[i].Stop = static(out[i].Start, out[i].Stop, uint32(len(v.known)))
	}
	return out
}

func static[N ~uint32](start, stop, highest N) (N, N) {
	if start == 0 {
		start = highest
	}
	if stop == 0 {
		stop = highest
	}
	return min(start, stop), max(start, stop)
}

// told marks the messages as changed for every other view; call it with box.mu
// held.
func (v *view) toldLocked(m *message) {
	for o := range v.box.views {
		if o != v {
			o.flags[m] = true
			o.wake()
		}
	}
}
