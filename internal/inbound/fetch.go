package inbound

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// errAway is the cause when the server has no such mail any more.
var errAway = errors.New("the server does not give this mail")

// header is what is known of a mail before its bytes are fetched.
type header struct {
	uid  uint32
	at   time.Time
	size int64
}

// headers fetches UID, date and size of the mails, in order of UID. Mails that
// were deleted meanwhile are missing.
func (cn *conn) headers(ctx context.Context, uids imap.UIDSet) ([]header, error) {
	var out []header
	err := cn.do(ctx, cn.timeout(0), func() error {
		cmd := cn.c.Fetch(uids, &imap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true})
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			var h header
			for item := msg.Next(); item != nil; item = msg.Next() {
				switch item := item.(type) {
				case imapclient.FetchItemDataUID:
					h.uid = uint32(item.UID)
				case imapclient.FetchItemDataInternalDate:
					h.at = item.Time.UTC()
				case imapclient.FetchItemDataRFC822Size:
					h.size = item.Size
				}
			}
			if h.uid != 0 && uids.Contains(imap.UID(h.uid)) {
				out = append(out, h)
			}
		}
		return cmd.Close()
	})
	slices.SortFunc(out, func(a, b header) int { return int(int64(a.uid) - int64(b.uid)) })
	return out, err
}

// bodies fetches the bytes of the mails, at most limit of each, and gives them
// to take. partial asks the server for no more than that.
func (cn *conn) bodies(ctx context.Context, hs []header, limit int64, partial bool, take func(uid uint32, raw []byte, cut bool)) error {
	var set imap.UIDSet
	var total int64
	for _, h := range hs {
		set.AddNum(imap.UID(h.uid))
		total += min(h.size, limit)
	}
	section := &imap.FetchItemBodySection{Peek: true}
	if partial {
		section.Partial = &imap.SectionPartial{Offset: 0, Size: limit}
	}
	return cn.do(ctx, cn.timeout(total), func() error {
		cmd := cn.c.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		budget := cn.opts.BatchBytes + cn.opts.MaxSize // for servers that lie about sizes
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			var uid uint32
			for item := msg.Next(); item != nil; item = msg.Next() {
				switch item := item.(type) {
				case imapclient.FetchItemDataUID:
					uid = uint32(item.UID)
				case imapclient.FetchItemDataBodySection:
					if item.Literal == nil {
						continue
					}
					raw, cut, err := readLiteral(item.Literal, max(min(limit, budget), 0))
					budget -= int64(len(raw))
					if err != nil {
						// The library's reader goes on beside ours after a
						// failed literal: touch nothing of the command again.
						cn.net.Abort()
						return err
					}
					take(uid, raw, cut)
				}
			}
		}
		return cmd.Close()
	})
}

// readLiteral reads at most limit bytes, whatever the server announced. What
// is left is thrown away by the library when the next item is asked for.
func readLiteral(lit imap.LiteralReader, limit int64) (raw []byte, cut bool, err error) {
	size := int(min(lit.Size(), limit))
	room := size
	for room > 1<<20 {
		room = (room + 3) / 4 // so that the last one fits exactly, and the ones before are small
	}
	raw = make([]byte, 0, room)
	for len(raw) < size {
		if len(raw) == cap(raw) { // a lying size costs no more than four times what came, or 1 MiB
			raw = append(make([]byte, 0, min(size, 4*len(raw))), raw...)
		}
		n, err := lit.Read(raw[len(raw):cap(raw)])
		raw = raw[:len(raw)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, false, err
		}
	}
	return raw, lit.Size() > limit, nil
}

// mails fetches the bytes of hs, which are few enough for the memory. A mail
// above whole, and one that the server cannot give in full, is given in part; one
// that was deleted meanwhile is left out.
func (cn *conn) mails(ctx context.Context, hs []header, whole int64) ([]Mail, error) {
	var small, big []header
	for _, h := range hs {
		if h.size > whole {
			big = append(big, h)
		} else {
			small = append(small, h)
		}
	}
	got := make(map[uint32]Mail, len(hs))
	take := func(uid uint32, raw []byte, cut bool) { got[uid] = Mail{Raw: raw, Truncated: cut} }
	if len(small) > 0 {
		if err := cn.bodies(ctx, small, cn.opts.MaxSize, false, take); err != nil {
			if !isNo(err) || !cn.alive() {
				return nil, err
			}
			// One of them spoils the answer: ask for each alone.
			if err := cn.oneByOne(ctx, small, take); err != nil {
				return nil, err
			}
		}
	}
	part := func(uid uint32, raw []byte, _ bool) { got[uid] = Mail{Raw: raw, Truncated: true} }
	for _, h := range big {
		if err := cn.bodies(ctx, []header{h}, cn.opts.PartSize, true, part); err != nil && (!isNo(err) || !cn.alive()) {
			return nil, err
		}
	}
	out := make([]Mail, 0, len(hs))
	for _, h := range hs {
		m, ok := got[h.uid]
		if !ok {
			cn.opts.Logger.Warn("a mail could not be read", "folder", cn.folder, "uid", h.uid, "size", h.size, "err", errAway)
			continue
		}
		m.UID, m.ArrivedAt, m.Size = h.uid, h.at, h.size
		if m.ArrivedAt.IsZero() {
			m.ArrivedAt = cn.opts.Now().UTC()
		}
		out = append(out, m)
	}
	return out, nil
}

// oneByOne fetches mails that could not be fetched together. One that the
// server refuses in full is asked for in part.
func (cn *conn) oneByOne(ctx context.Context, hs []header, take func(uint32, []byte, bool)) error {
	for _, h := range hs {
		err := cn.bodies(ctx, []header{h}, cn.opts.MaxSize, false, take)
		if err != nil && isNo(err) && cn.alive() {
			err = cn.bodies(ctx, []header{h}, cn.opts.PartSize, true, func(uid uint32, raw []byte, _ bool) { take(uid, raw, true) })
		}
		if err != nil && (!isNo(err) || !cn.alive()) {
			return err
		}
	}
	return nil
}

// isNo tells whether the server answered NO or BAD, so that the connection is
// still in step.
func isNo(err error) bool {
	var no *imap.Error
	return errors.As(err, &no)
}
