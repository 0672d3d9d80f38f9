package mailhost

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
)

// user is one account. boxes is guarded by mu.
type user struct {
	address, password string // password is guarded by Host.mu

	mu    sync.Mutex
	boxes map[string]*box
}

// canonicalFolder is the name under which a folder is kept: INBOX in any case.
func canonicalFolder(name string) string {
	name = strings.TrimRight(name, "/")
	if strings.EqualFold(name, "INBOX") {
		return "INBOX"
	}
	return name
}

func (u *user) box(name string) *box {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.boxes[canonicalFolder(name)]
}

// sorted gives the folders by name.
func (u *user) sorted() []*box {
	u.mu.Lock()
	defer u.mu.Unlock()
	var out []*box
	for _, b := range u.boxes {
		out = append(out, b)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

// message is one mail of a folder. Flags and gone are guarded by box.mu.
type message struct {
	uid   imap.UID
	at    time.Time
	raw   []byte
	flags []imap.Flag
	gone  bool
}

func (m *message) has(f imap.Flag) bool {
	return slices.ContainsFunc(m.flags, func(g imap.Flag) bool { return strings.EqualFold(string(f), string(g)) })
}

// set adds the flag unless it is there; it makes a new slice, so that flags
// given out before stay as they were.
func (m *message) set(f imap.Flag) bool {
	if m.has(f) {
		return false
	}
	m.flags = append(slices.Clone(m.flags), f)
	return true
}

func (m *message) clear(f imap.Flag) {
	m.flags = slices.DeleteFunc(slices.Clone(m.flags), func(g imap.Flag) bool { return strings.EqualFold(string(f), string(g)) })
}

// box is one folder: messages by growing UID, and the connections that have it
// open.
type box struct {
	use imap.MailboxAttr

	mu         sync.Mutex
	name       string
	validity   uint32
	next       imap.UID
	msgs       []*message            // never changed in place: views share it
	byID       map[string][]*message // Message-ID, lower case, without brackets
	views      map[*view]struct{}
	expunges   int // how often something went
	unseen     int
	subscribed bool
}

func newBox(name string, use imap.MailboxAttr, validity uint32) *box {
	return &box{name: name, use: use, validity: validity, next: 1, byID: map[string][]*message{}, views: map[*view]struct{}{}, subscribed: true}
}

// append takes raw in and wakes every view.
func (b *box) append(raw []byte, at time.Time, flags []imap.Flag) imap.UID {
	id := messageID(raw)
	b.mu.Lock()
	defer b.mu.Unlock()
	m := &message{uid: b.next, at: at, raw: raw, flags: flags}
	b.next++
	b.msgs = append(b.msgs, m)
	if id != "" {
		b.byID[id] = append(b.byID[id], m)
	}
	if !m.has(imap.FlagSeen) {
		b.unseen++
	}
	b.wakeLocked()
	return m.uid
}

func (b *box) wakeLocked() {
	for v := range b.views {
		v.wake()
	}
}

// expunge takes the messages away for which gone answers true, and gives their
// UIDs.
func (b *box) expunge(gone func(*message) bool) (uids imap.UIDSet) {
	b.mu.Lock()
	defer b.mu.Unlock()
	left := make([]*message, 0, len(b.msgs))
	for _, m := range b.msgs {
		if !gone(m) {
			left = append(left, m)
			continue
		}
		m.gone = true
		uids.AddNum(m.uid)
		if !m.has(imap.FlagSeen) {
			b.unseen--
		}
		if id := messageID(m.raw); id != "" {
			b.byID[id] = slices.DeleteFunc(b.byID[id], func(o *message) bool { return o == m })
		}
	}
	if len(left) != len(b.msgs) {
		b.msgs = left
		b.expunges++
		b.wakeLocked()
	}
	return uids
}

// renumber gives new UIDs, 1 upwards, under a new UIDVALIDITY.
func (b *box) renumber(validity uint32) {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.msgs
	b.validity, b.next, b.msgs, b.byID = validity, 1, nil, map[string][]*message{}
	for _, m := range old {
		n := &message{uid: b.next, at: m.at, raw: m.raw, flags: m.flags}
		b.next++
		b.msgs = append(b.msgs, n)
		if id := messageID(m.raw); id != "" {
			b.byID[id] = append(b.byID[id], n)
		}
	}
}

func (b *box) list() []Stored {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]Stored, 0, len(b.msgs))
	for _, m := range b.msgs {
		s := Stored{UID: uint32(m.uid), At: m.at, Raw: m.raw}
		for _, f := range m.flags {
			s.Flags = append(s.Flags, string(f))
		}
		out = append(out, s)
	}
	return out
}

func (b *box) status(o *imap.StatusOptions) *imap.StatusData {
	b.mu.Lock()
	defer b.mu.Unlock()
	d := &imap.StatusData{Mailbox: b.name}
	if o.NumMessages {
		n := uint32(len(b.msgs))
		d.NumMessages = &n
	}
	if o.UIDNext {
		d.UIDNext = b.next
	}
	if o.UIDValidity {
		d.UIDValidity = b.validity
	}
	if o.NumUnseen {
		n := uint32(b.unseen)
		d.NumUnseen = &n
	}
	if o.NumRecent {
		d.NumRecent = new(uint32)
	}
	if o.NumDeleted || o.Size {
		var deleted uint32
		var size int64
		for _, m := range b.msgs {
			size += int64(len(m.raw))
			if m.has(imap.FlagDeleted) {
				deleted++
			}
		}
		if o.NumDeleted {
			d.NumDeleted = &deleted
		}
		if o.Size {
			d.Size = &size
		}
	}
	return d
}
