package inbound

import (
	"context"
	"fmt"
	"runtime"

	"github.com/emersion/go-imap/v2"

	"ninetyten/internal/sales"
)

// While the Sink stores a batch of mails, the next one is fetched: one batch ahead
// and not more, and only when both together stay under Options.BatchBytes. A mail
// that is bigger than that is alone in the memory.

// fetched is a batch of mails, or why there is none.
type fetched struct {
	mails []Mail
	bytes int64  // of the mails together
	last  uint32 // the UID that the cursor moves to
	end   bool   // there are no more
	err   error
}

// puller fetches the mails of a folder batch by batch, in order of UID.
type puller struct {
	r    *reader
	cn   *conn
	f    Folder
	uids uidIterator
	left []header // of the chunk at hand
	top  uint32   // the highest UID of the chunk
}

// next fetches the next batch. held is how many bytes the batch before has, which
// is in the memory until stored is closed.
func (p *puller) next(ctx context.Context, held int64, stored <-chan struct{}) fetched {
	for len(p.left) == 0 {
		chunk, top := p.uids.next(p.r.opts.BatchCount)
		if len(chunk) == 0 {
			return fetched{end: true}
		}
		hs, err := p.cn.headers(ctx, chunk)
		if err != nil {
			return p.failed(err)
		}
		if p.left, p.top = hs, top; len(hs) == 0 {
			// All were deleted: nothing is to be stored, and the cursor goes past
			// them with the next that are there.
			continue
		}
	}
	whole := p.r.opts.whole(p.f)
	n, bytes := batch(p.left, whole, p.r.opts)
	if held > 0 && held+bytes > p.r.opts.BatchBytes {
		select {
		case <-stored:
		case <-ctx.Done():
			return p.failed(ctx.Err())
		}
	}
	if bytes > p.r.opts.BatchBytes {
		runtime.GC() // the room of a big mail before this one is used again
	}
	mails, err := p.cn.mails(ctx, p.left[:n], whole)
	if err != nil {
		return p.failed(err)
	}
	out := fetched{mails: mails, last: p.left[n-1].uid}
	for _, m := range mails {
		out.bytes += int64(len(m.Raw)) // whatever the server had announced
	}
	if n == len(p.left) {
		out.last = p.top // also past those that were deleted
	}
	p.left = p.left[n:]
	return out
}

func (p *puller) failed(err error) fetched {
	return fetched{err: fmt.Errorf("folder %s: %w", p.f.Name, err)}
}

// begin fetches the next batch in a goroutine of its own. Nobody else uses the
// connection until the channel gives it.
func (p *puller) begin(ctx context.Context, held int64, stored <-chan struct{}) <-chan fetched {
	out := make(chan fetched, 1)
	go func() { out <- p.next(ctx, held, stored) }()
	return out
}

// take fetches the mails of uids above the cursor in batches, hands each to
// the Sink with the cursor it leads to, and gives the last UID.
func (r *reader) take(ctx context.Context, cn *conn, f Folder, uids imap.UIDSet, cur sales.Cursor) (uint32, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := &puller{r: r, cn: cn, f: f, uids: uidIterator{set: uids, above: cur.LastUID}}
	last := cur.LastUID
	coming := p.begin(ctx, 0, nil)
	for {
		b := <-coming
		if b.err != nil || b.end {
			return last, b.err
		}
		stored := make(chan struct{})
		coming = p.begin(ctx, b.bytes, stored)
		mails := b.mails
		b.mails = nil // once they are stored, nothing holds them
		err := r.receive(ctx, f, mails, sales.Cursor{UIDValidity: cn.validity, LastUID: b.last})
		close(stored)
		if err != nil {
			cancel() // also when the server is in the middle of an answer: the connection ends
			<-coming
			return last, err
		}
		last = b.last
	}
}
