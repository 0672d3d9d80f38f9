package inbound

import (
	"context"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"ninetyten/internal/sales"
)

// Sought is a mail of ours that is looked for in a Sent folder.
type Sought struct {
	HeaderID string    // its Message-ID, as we gave it to the server
	Ref      string    // what its X-Ninetyten-Ref says, which no server changes; "" is not known
	To       string    // the address it went to
	At       time.Time // when it was handed over
}

const (
	// alikeMost is how many mails to the same address are looked at, the newest.
	alikeMost = 200
	// alikeSince reaches back further than any time zone and any clock that goes
	// wrong: a search knows days alone (RFC 3501 section 6.4.4).
	alikeSince = 48 * time.Hour
	// refBytes is more than the header of a Ref takes.
	refBytes = 4 << 10
)

// FindSent tells whether the Sent folder of mb has a mail. It settles an attempt to
// send whose result is not known. Servers that file what is sent by themselves may
// give it a Message-ID of their own (Gmail and Exchange do); so the mails that went to
// the same address about that day are looked at too.
func (a *Appender) FindSent(ctx context.Context, mb sales.Mailbox, x Sought) (bool, error) {
	found := false
	err := a.with(ctx, mb, func(c *Client, _ bool) (err error) {
		if found, err = c.FindByMessageID(ctx, "", x.HeaderID); err != nil || found {
			return err
		}
		found, err = c.findByRef(ctx, x)
		return err
	})
	return found, err
}

// findByRef looks through the mails to an address for one with a Ref. The folder is
// the one that was looked into last.
func (c *Client) findByRef(ctx context.Context, x Sought) (bool, error) {
	if x.Ref == "" || x.To == "" || c.cn.folder == "" {
		return false, nil
	}
	uids, err := c.cn.search(ctx, &imap.SearchCriteria{
		Since:  x.At.Add(-alikeSince),
		Header: []imap.SearchCriteriaHeaderField{{Key: "To", Value: x.To}},
	})
	if err != nil {
		return false, c.fail(err)
	}
	newest := newestOf(uids, alikeMost)
	if len(newest) == 0 {
		return false, nil
	}
	refs, err := c.cn.refs(ctx, newest)
	if err != nil {
		return false, c.fail(err)
	}
	for _, ref := range refs {
		if ref == x.Ref {
			return true, nil
		}
	}
	return false, nil
}

// newestOf gives the n highest of some UIDs that are in order.
func newestOf(set imap.UIDSet, n int) imap.UIDSet {
	var out imap.UIDSet
	for i := len(set) - 1; i >= 0 && n > 0; i-- {
		first, last := set[i].Start, set[i].Stop
		if int64(last)-int64(first) >= int64(n) {
			first = last - imap.UID(n) + 1
		}
		n -= int(last-first) + 1
		out.AddRange(first, last)
	}
	return out
}

// refs fetches what the X-Ninetyten-Ref of each mail says; without a mark that it was
// read.
func (cn *conn) refs(ctx context.Context, uids imap.UIDSet) ([]string, error) {
	var out []string
	section := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"X-Ninetyten-Ref"}, Peek: true}
	err := cn.do(ctx, cn.timeout(alikeMost*refBytes), func() error {
		cmd := cn.c.Fetch(uids, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			for item := msg.Next(); item != nil; item = msg.Next() {
				body, ok := item.(imapclient.FetchItemDataBodySection)
				if !ok || body.Literal == nil {
					continue
				}
				raw, _, err := readLiteral(body.Literal, refBytes)
				if err != nil {
					cn.net.Abort() // as bodies does
					return err
				}
				if ref := refOf(string(raw)); ref != "" && len(out) < alikeMost {
					out = append(out, ref)
				}
			}
		}
		return cmd.Close()
	})
	return out, err
}

// refOf is the value of the header, unfolded (RFC 5322 section 2.2.3).
func refOf(raw string) string {
	name, value, ok := strings.Cut(strings.NewReplacer("\r\n ", " ", "\r\n\t", " ").Replace(raw), ":")
	if !ok || !strings.EqualFold(strings.TrimSpace(name), "X-Ninetyten-Ref") {
		return ""
	}
	value, _, _ = strings.Cut(value, "\n")
	return strings.TrimSpace(value)
}
