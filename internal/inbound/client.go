package inbound

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"ninetyten/internal/sales"
)

// Client is a connection for single tasks. One goroutine uses it at a time.
// The errors of its methods are *sales.Error.
type Client struct {
	cn    *conn
	mb    sales.Mailbox
	fs    *Folders // nil until they were asked for
	opts  Options
	lost  bool // of no use any more
	begun bool // an APPEND was begun whose end is not known
}

// Dial connects to the IMAP server of mb and logs in. Close the client when done.
func Dial(ctx context.Context, mb sales.Mailbox, o Options) (*Client, error) {
	o = o.withDefaults()
	cn, err := dial(ctx, mb, o)
	if err != nil {
		return nil, Explain(err, mb)
	}
	return &Client{cn: cn, mb: mb, opts: o}, nil
}

// fail makes a *sales.Error of err, and marks a connection that is out of step.
func (c *Client) fail(err error) error {
	if err == nil {
		return nil
	}
	if !isNo(err) || !c.cn.alive() {
		c.lost = true
	}
	return Explain(err, c.mb)
}

// Idle tells whether the server tells of new mail by itself.
func (c *Client) Idle() bool { return c.cn.canIdle() }

// Folders finds INBOX, Sent and Junk: those that the mailbox names, else by
// special use (RFC 6154), else by their names in many languages.
func (c *Client) Folders(ctx context.Context) (Folders, error) {
	if c.fs != nil {
		return *c.fs, nil
	}
	fs, err := c.cn.folders(ctx, c.mb)
	if err != nil {
		return fs, c.fail(err)
	}
	c.fs = &fs
	return fs, nil
}

// AppendSent files raw, the bytes as sent, in the Sent folder, marked as read;
// a mailbox without one gets a folder "Sent". Lines of raw end in CRLF.
func (c *Client) AppendSent(ctx context.Context, raw []byte, date time.Time) error {
	folder, err := c.sent(ctx)
	if err != nil {
		return err
	}
	return c.fail(c.append(ctx, folder, raw, date))
}

// sent gives the Sent folder and makes one where there is none.
func (c *Client) sent(ctx context.Context) (string, error) {
	fs, err := c.Folders(ctx)
	if err != nil || fs.Sent != "" {
		return fs.Sent, err
	}
	var failed error
	for _, name := range []string{"Sent", "INBOX.Sent", "INBOX/Sent"} { // some servers keep all below INBOX
		failed = c.cn.do(ctx, c.cn.timeout(0), func() error { return c.cn.c.Create(name, nil).Wait() })
		if failed == nil {
			c.fs.Sent = name
			return name, nil
		}
		if !isNo(failed) {
			break
		}
	}
	return "", c.fail(failed)
}

// append gives one APPEND.
func (c *Client) append(ctx context.Context, folder string, raw []byte, date time.Time) error {
	opts := &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}, Time: date}
	return c.cn.do(ctx, c.cn.timeout(int64(len(raw))), func() error {
		c.begun = true
		cmd := c.cn.c.Append(folder, int64(len(raw)), opts)
		if _, err := cmd.Write(raw); err != nil {
			// Refused before the bytes: the stream is out of step.
			c.lost = true
			c.cn.net.Abort()
			_ = cmd.Close()
			_, waited := cmd.Wait()
			c.begun = !isNo(err)
			return errors.Join(err, waited)
		}
		err := cmd.Close()
		_, waited := cmd.Wait()
		err = errors.Join(waited, err)
		c.begun = err != nil && !isNo(err)
		return err
	})
}

// FindByMessageID tells whether the folder has a mail with this Message-ID,
// given with or without brackets. An empty folder is the Sent folder.
func (c *Client) FindByMessageID(ctx context.Context, folder, id string) (bool, error) {
	id = strings.Trim(strings.TrimSpace(id), "<>")
	if id == "" {
		return false, sales.Errorf(sales.Invalid, "A mail without a Message-ID cannot be looked for.")
	}
	if folder == "" {
		fs, err := c.Folders(ctx)
		if err != nil || fs.Sent == "" {
			return false, err
		}
		folder = fs.Sent
	}
	if c.cn.folder == folder { // its view may be older than its mails
		if err := c.cn.do(ctx, c.cn.timeout(0), func() error { return c.cn.c.Noop().Wait() }); err != nil {
			return false, c.fail(err)
		}
	} else if err := c.cn.examine(ctx, folder); err != nil {
		return false, c.fail(err)
	}
	uids, err := c.cn.search(ctx, &imap.SearchCriteria{
		Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: "<" + id + ">"}},
	})
	if err != nil {
		return false, c.fail(err)
	}
	return len(uids) > 0, nil
}

// Close takes leave of the server.
func (c *Client) Close() error {
	if c.lost || !c.cn.alive() {
		c.cn.close()
		return nil
	}
	c.cn.logout()
	return nil
}

// messageID gives the Message-ID of a mail without brackets; "" when it has none.
func messageID(raw []byte) string {
	const name = "message-id:"
	for len(raw) > 0 {
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			return ""
		}
		if len(line) >= len(name) && strings.EqualFold(string(line[:len(name)]), name) {
			value := string(line[len(name):])
			for len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t') { // folded (RFC 5322 section 2.2.3)
				var more []byte
				more, rest, _ = bytes.Cut(rest, []byte("\n"))
				value += string(more)
			}
			return strings.Trim(strings.TrimSpace(value), "<>")
		}
		raw = rest
	}
	return ""
}
