package inbound

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/emersion/go-imap/v2"

	"ninetyten/internal/sales"
)

// reader brings folders of one mailbox up to now, over one connection. It
// remembers the cursors between readings. One goroutine uses it at a time.
type reader struct {
	mb   sales.Mailbox
	sink Sink
	opts Options
	curs map[string]sales.Cursor
}

// sinkError is a failure of the Sink: the connection is fine.
type sinkError struct{ err error }

func (e *sinkError) Error() string { return "storing mail: " + e.err.Error() }
func (e *sinkError) Unwrap() error { return e.err }

// cursor gives how far the folder was read.
func (r *reader) cursor(ctx context.Context, folder string) (sales.Cursor, error) {
	if cur, ok := r.curs[folder]; ok {
		return cur, nil
	}
	cur, err := r.sink.Cursor(ctx, r.mb, folder)
	if err != nil {
		return cur, &sinkError{err}
	}
	r.curs[folder] = cur
	return cur, nil
}

// receive hands mails and cursor to the Sink and remembers the cursor.
func (r *reader) receive(ctx context.Context, f Folder, mails []Mail, cur sales.Cursor) error {
	if err := r.sink.Receive(ctx, r.mb, f, mails, cur); err != nil {
		delete(r.curs, f.Name) // what is stored is not known
		return &sinkError{err}
	}
	r.curs[f.Name] = cur
	return nil
}

// read brings one folder up to now.
func (r *reader) read(ctx context.Context, cn *conn, f Folder) error {
	cur, err := r.cursor(ctx, f.Name)
	if err != nil {
		return err
	}
	fresh := cn.folder != f.Name
	if err := cn.examine(ctx, f.Name); err != nil {
		return fmt.Errorf("folder %s: %w", f.Name, err)
	}
	if cur == (sales.Cursor{}) && f.Role == RoleSent {
		return r.fromNow(ctx, cn, f)
	}
	if cur.UIDValidity != cn.validity || cur == (sales.Cursor{}) {
		return r.first(ctx, cn, f)
	}
	uids, err := cn.above(ctx, cur.LastUID, !fresh)
	if err != nil {
		return fmt.Errorf("folder %s: %w", f.Name, err)
	}
	if _, err := r.take(ctx, cn, f, uids, cur); err != nil {
		return err
	}
	if cur = r.curs[f.Name]; fresh && cn.next > cur.LastUID+1 {
		// The highest mails were deleted: no reason to look again.
		r.curs[f.Name] = sales.Cursor{UIDValidity: cur.UIDValidity, LastUID: cn.next - 1}
	}
	return nil
}

// behind tells whether the folder that was just selected may have mails above
// the cursor.
func (r *reader) behind(cn *conn) bool {
	cur, ok := r.curs[cn.folder]
	return !ok || cur.UIDValidity != cn.validity || cn.next == 0 || cn.next > cur.LastUID+1
}

// changed tells by STATUS, without leaving the selected folder, whether there
// may be something new in f.
func (r *reader) changed(ctx context.Context, cn *conn, f Folder) (bool, error) {
	cur, err := r.cursor(ctx, f.Name)
	if err != nil {
		return false, err
	}
	var st *imap.StatusData
	err = cn.do(ctx, cn.timeout(0), func() (err error) {
		st, err = cn.c.Status(f.Name, &imap.StatusOptions{UIDNext: true, UIDValidity: true}).Wait()
		return err
	})
	if err != nil {
		return false, fmt.Errorf("folder %s: %w", f.Name, err)
	}
	return st.UIDValidity != cur.UIDValidity || st.UIDNext == 0 || uint32(st.UIDNext) > cur.LastUID+1, nil
}

// first reads a folder that was never read, or whose UIDs are worth nothing
// any more (RFC 9051 section 2.3.1.1): what came since the look back.
func (r *reader) first(ctx context.Context, cn *conn, f Folder) error {
	since := r.opts.Now().Add(-r.opts.FirstLookBack)
	uids, err := cn.search(ctx, &imap.SearchCriteria{Since: since})
	if err != nil {
		return fmt.Errorf("folder %s: %w", f.Name, err)
	}
	last, err := r.take(ctx, cn, f, uids, sales.Cursor{UIDValidity: cn.validity})
	if err != nil {
		return err
	}
	top, err := cn.top(ctx)
	if err != nil {
		return fmt.Errorf("folder %s: %w", f.Name, err)
	}
	// Older mails are never read: the cursor goes past them.
	cur := sales.Cursor{UIDValidity: cn.validity, LastUID: max(top, last)}
	if last == cur.LastUID && last > 0 {
		return nil
	}
	return r.receive(ctx, f, nil, cur)
}

// fromNow begins to read the Sent folder: what the seller wrote before the
// mailbox was handed to us is not ours to count.
func (r *reader) fromNow(ctx context.Context, cn *conn, f Folder) error {
	top, err := cn.top(ctx)
	if err != nil {
		return fmt.Errorf("folder %s: %w", f.Name, err)
	}
	return r.receive(ctx, f, nil, sales.Cursor{UIDValidity: cn.validity, LastUID: top})
}

// top is the highest UID that the selected folder ever gave, 0 when it is none.
func (cn *conn) top(ctx context.Context) (uint32, error) {
	if cn.next > 0 {
		return cn.next - 1, nil
	}
	// The server did not say: ask for the newest.
	all, err := cn.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: 0, Stop: 0}}}})
	top := uint32(0)
	for _, rg := range all {
		top = max(top, uint32(rg.Stop))
	}
	return top, err
}

// whole is up to which size a mail of a folder is read in full. Of mail that the
// seller sent the words are wanted, not the files that it carries.
func (o Options) whole(f Folder) int64 {
	if f.Role == RoleSent {
		return min(o.PartSize, o.MaxSize)
	}
	return o.MaxSize
}

// batch tells how many of hs are fetched together, and how many bytes they have:
// as many as stay under BatchBytes, at least one. Those above whole are read in
// part.
func batch(hs []header, whole int64, o Options) (n int, bytes int64) {
	for i, h := range hs {
		size := h.size
		if size > whole {
			size = o.PartSize
		}
		if i > 0 && bytes+size > o.BatchBytes {
			return i, bytes
		}
		bytes += size
	}
	return len(hs), bytes
}

// above searches for the UIDs above last. A folder that was selected before is
// brought up to now first: its view may be older than its mails.
func (cn *conn) above(ctx context.Context, last uint32, refresh bool) (imap.UIDSet, error) {
	if refresh {
		if err := cn.do(ctx, cn.timeout(0), func() error { return cn.c.Noop().Wait() }); err != nil {
			return nil, err
		}
		select { // what it told of until here is found by the search
		case <-cn.wake:
		default:
		}
	}
	if last == ^uint32(0) {
		return nil, nil
	}
	return cn.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: imap.UID(last + 1), Stop: 0}}}})
}

// search gives the UIDs that match, as ranges in order.
func (cn *conn) search(ctx context.Context, what *imap.SearchCriteria) (imap.UIDSet, error) {
	opts := &imap.SearchOptions{}
	if cn.caps.Has(imap.CapESearch) || cn.caps.Has(imap.CapIMAP4rev2) {
		opts.ReturnAll = true // ranges instead of a list
	}
	var data *imap.SearchData
	err := cn.do(ctx, cn.timeout(0)*2, func() (err error) {
		data, err = cn.c.UIDSearch(what, opts).Wait()
		return err
	})
	if err != nil {
		return nil, err
	}
	set, ok := data.All.(imap.UIDSet)
	if data.All != nil && !ok {
		return nil, errors.Join(errNoIMAP, errors.New("SEARCH gave no UIDs"))
	}
	set = slices.Clone(set)
	slices.SortFunc(set, func(a, b imap.UIDRange) int { return int(int64(a.Start) - int64(b.Start)) })
	return set, nil
}

// uidIterator walks through ranges of UIDs without spelling them all out.
type uidIterator struct {
	set   imap.UIDSet
	above uint32
}

// next gives up to n UIDs above the last ones, and the highest of them.
func (it *uidIterator) next(n int) (chunk imap.UIDSet, top uint32) {
	for n > 0 && len(it.set) > 0 {
		start, stop := uint32(it.set[0].Start), uint32(it.set[0].Stop)
		if start <= it.above {
			if it.above == ^uint32(0) {
				return chunk, top
			}
			start = it.above + 1
		}
		if stop < start { // all known; also "*", which no answer contains
			it.set = it.set[1:]
			continue
		}
		if uint64(stop)-uint64(start) >= uint64(n) {
			stop = start + uint32(n) - 1
		}
		chunk.AddRange(imap.UID(start), imap.UID(stop))
		n -= int(stop-start) + 1
		it.above, top = stop, stop
	}
	return chunk, top
}
