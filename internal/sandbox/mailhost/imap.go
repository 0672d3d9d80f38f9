package mailhost

import (
	"io"
	"log"
	"strings"
	"sync/atomic"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

func (h *Host) startIMAP(logger *log.Logger) {
	h.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &imapSession{host: h}, nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapESearch: {}, imap.CapSearchRes: {},
			imap.CapListExtended: {}, imap.CapListStatus: {}, imap.CapMove: {}, imap.CapStatusSize: {},
			imap.CapSpecialUse: {}, imap.CapLiteralPlus: {},
		},
		Logger: logger, TLSConfig: h.opt.TLS, InsecureAuth: !h.opt.RequireTLS,
	})
}

// imapSession is one client's connection. Only Idle and the command that ends
// it run at the same time.
type imapSession struct {
	host *Host
	user *user
	view atomic.Pointer[view] // the selected folder; Idle reads it from another goroutine
}

var _ interface {
	imapserver.SessionNamespace
	imapserver.SessionMove
} = (*imapSession)(nil)

func no(code imap.ResponseCode, text string) error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: code, Text: text}
}

func (s *imapSession) Close() error {
	if v := s.view.Swap(nil); v != nil {
		v.close()
	}
	return nil
}

func (s *imapSession) Login(username, password string) error {
	s.user = s.host.login(username, password)
	if s.user == nil {
		return imapserver.ErrAuthFailed
	}
	return nil
}

func (s *imapSession) find(name string, missing imap.ResponseCode) (*box, error) {
	if b := s.user.box(name); b != nil {
		return b, nil
	}
	return nil, no(missing, "There is no folder "+name)
}

func (s *imapSession) Select(name string, o *imap.SelectOptions) (*imap.SelectData, error) {
	_ = s.Close()
	b, err := s.find(name, imap.ResponseCodeNonExistent)
	if err != nil {
		return nil, err
	}
	v := newView(b, o.ReadOnly)
	s.view.Store(v)
	b.mu.Lock()
	defer b.mu.Unlock()
	flags := []imap.Flag{imap.FlagAnswered, imap.FlagFlagged, imap.FlagDeleted, imap.FlagSeen, imap.FlagDraft}
	d := &imap.SelectData{
		Flags: flags, PermanentFlags: append(flags[:len(flags):len(flags)], imap.FlagWildcard),
		NumMessages: uint32(len(v.known)), UIDNext: v.last + 1, UIDValidity: b.validity,
	}
	if b.unseen > 0 {
		for i, m := range v.known {
			if !m.has(imap.FlagSeen) {
				d.FirstUnseenSeqNum = uint32(i + 1)
				break
			}
		}
	}
	return d, nil
}

func (s *imapSession) Unselect() error { return s.Close() }

func (s *imapSession) Create(name string, _ *imap.CreateOptions) error {
	name = canonicalFolder(name)
	s.host.mu.Lock()
	validity := s.host.nextValidityLocked()
	s.host.mu.Unlock()
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	if s.user.boxes[name] != nil {
		return no(imap.ResponseCodeAlreadyExists, "The folder exists")
	}
	s.user.boxes[name] = newBox(name, "", validity)
	return nil
}

func (s *imapSession) Delete(name string) error {
	name = canonicalFolder(name)
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	if s.user.boxes[name] == nil {
		return no(imap.ResponseCodeNonExistent, "There is no such folder")
	}
	if name == "INBOX" {
		return no(imap.ResponseCodeCannot, "INBOX stays")
	}
	delete(s.user.boxes, name)
	return nil
}

func (s *imapSession) Rename(name, to string, _ *imap.RenameOptions) error {
	name, to = canonicalFolder(name), canonicalFolder(to)
	s.user.mu.Lock()
	defer s.user.mu.Unlock()
	b := s.user.boxes[name]
	if b == nil {
		return no(imap.ResponseCodeNonExistent, "There is no such folder")
	}
	if s.user.boxes[to] != nil || name == "INBOX" {
		return no(imap.ResponseCodeCannot, "That name cannot be used")
	}
	b.mu.Lock()
	b.name = to
	b.mu.Unlock()
	delete(s.user.boxes, name)
	s.user.boxes[to] = b
	return nil
}

func (s *imapSession) Subscribe(name string) error   { return s.subscribe(name, true) }
func (s *imapSession) Unsubscribe(name string) error { return s.subscribe(name, false) }

func (s *imapSession) subscribe(name string, on bool) error {
	b, err := s.find(name, imap.ResponseCodeNonExistent)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subscribed = on
	return nil
}

func (s *imapSession) List(w *imapserver.ListWriter, ref string, patterns []string, o *imap.ListOptions) error {
	if len(patterns) == 0 {
		return w.WriteList(&imap.ListData{Attrs: []imap.MailboxAttr{imap.MailboxAttrNoSelect}, Delim: '/'})
	}
	for _, b := range s.user.sorted() {
		match := false
		for _, p := range patterns {
			match = match || imapserver.MatchList(b.name, '/', ref, p)
		}
		if !match || o.SelectSpecialUse && b.use == "" || o.SelectSubscribed && !b.subscribed {
			continue
		}
		d := &imap.ListData{Mailbox: b.name, Delim: '/'}
		if b.use != "" {
			d.Attrs = append(d.Attrs, b.use)
		}
		if b.subscribed && (o.ReturnSubscribed || o.SelectSubscribed) {
			d.Attrs = append(d.Attrs, imap.MailboxAttrSubscribed)
		}
		if o.ReturnStatus != nil {
			d.Status = b.status(o.ReturnStatus)
		}
		if err := w.WriteList(d); err != nil {
			return err
		}
	}
	return nil
}

func (s *imapSession) Status(name string, o *imap.StatusOptions) (*imap.StatusData, error) {
	b, err := s.find(name, imap.ResponseCodeNonExistent)
	if err != nil {
		return nil, err
	}
	return b.status(o), nil
}

func (s *imapSession) Namespace() (*imap.NamespaceData, error) {
	return &imap.NamespaceData{Personal: []imap.NamespaceDescriptor{{Delim: '/'}}}, nil
}

func (s *imapSession) Append(name string, r imap.LiteralReader, o *imap.AppendOptions) (*imap.AppendData, error) {
	b, err := s.find(name, imap.ResponseCodeTryCreate)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	at := o.Time
	if at.IsZero() {
		at = s.host.clock.Now()
	}
	uid := b.append(raw, at, o.Flags)
	return &imap.AppendData{UIDValidity: b.validity, UID: uid}, nil
}

func (s *imapSession) Poll(w *imapserver.UpdateWriter, allowExpunge bool) error {
	if v := s.view.Load(); v != nil {
		return v.poll(w, allowExpunge)
	}
	return nil
}

func (s *imapSession) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	if v := s.view.Load(); v != nil {
		return v.idle(w, stop)
	}
	<-stop
	return nil
}

func (s *imapSession) Expunge(_ *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	if s.view.Load().readOnly {
		return no("", "The folder is open for reading only")
	}
	s.view.Load().box.expunge(func(m *message) bool {
		return m.has(imap.FlagDeleted) && (uids == nil || uids.Contains(m.uid))
	})
	return nil // the poll after the command writes them
}

func (s *imapSession) Store(w *imapserver.FetchWriter, set imap.NumSet, f *imap.StoreFlags, _ *imap.StoreOptions) error {
	if s.view.Load().readOnly {
		return no("", "The folder is open for reading only")
	}
	got := s.view.Load().pick(set)
	b := s.view.Load().box
	b.mu.Lock()
	for i, p := range got {
		seen := p.m.has(imap.FlagSeen)
		if f.Op == imap.StoreFlagsSet {
			p.m.flags = nil
		}
		for _, flag := range f.Flags {
			if f.Op == imap.StoreFlagsDel {
				p.m.clear(flag)
			} else {
				p.m.set(flag)
			}
		}
		b.countSeenLocked(seen, p.m)
		got[i].flags = p.m.flags
		s.view.Load().toldLocked(p.m)
	}
	b.mu.Unlock()
	if f.Silent {
		return nil
	}
	for _, p := range got {
		r := w.CreateMessage(p.seq)
		r.WriteUID(p.m.uid)
		r.WriteFlags(p.flags)
		if err := r.Close(); err != nil {
			return err
		}
	}
	return nil
}

func (b *box) countSeenLocked(before bool, m *message) {
	switch after := m.has(imap.FlagSeen); {
	case after && !before:
		b.unseen--
	case before && !after:
		b.unseen++
	}
}

func (s *imapSession) copyTo(set imap.NumSet, dest string) (*imap.CopyData, []picked, error) {
	b, err := s.find(dest, imap.ResponseCodeTryCreate)
	if err != nil {
		return nil, nil, err
	}
	if b == s.view.Load().box {
		return nil, nil, no(imap.ResponseCodeCannot, "Source and target are the same folder")
	}
	got := s.view.Load().pick(set)
	d := &imap.CopyData{UIDValidity: b.validity}
	for _, p := range got {
		uid := b.append(p.m.raw, p.m.at, p.flags)
		d.SourceUIDs.AddNum(p.m.uid)
		d.DestUIDs.AddNum(uid)
	}
	return d, got, nil
}

func (s *imapSession) Copy(set imap.NumSet, dest string) (*imap.CopyData, error) {
	d, _, err := s.copyTo(set, dest)
	return d, err
}

func (s *imapSession) Move(w *imapserver.MoveWriter, set imap.NumSet, dest string) error {
	if s.view.Load().readOnly {
		return no("", "The folder is open for reading only")
	}
	d, got, err := s.copyTo(set, dest)
	if err != nil {
		return err
	}
	if err := w.WriteCopyData(d); err != nil {
		return err
	}
	moved := make(map[*message]bool, len(got))
	for _, p := range got {
		moved[p.m] = true
	}
	s.view.Load().box.expunge(func(m *message) bool { return moved[m] })
	return nil
}

// bareID is a Message-ID in the form of the index.
func bareID(s string) string {
	return strings.ToLower(strings.Trim(strings.TrimSpace(s), "<> \t"))
}
