package mailhost

import (
	"bytes"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

func (s *imapSession) Search(kind imapserver.NumKind, c *imap.SearchCriteria, o *imap.SearchOptions) (*imap.SearchData, error) {
	v := s.view.Load()
	b := v.box
	b.mu.Lock()
	defer b.mu.Unlock()
	var (
		data imap.SearchData
		seqs imap.SeqSet
		uids imap.UIDSet
	)
	match := v.matcher(c)
	for _, i := range v.candidates(c) {
		m := v.known[i]
		seq := uint32(i + 1)
		if m.gone || !match(seq, m) {
			continue
		}
		uids.AddNum(m.uid)
		num := uint32(m.uid)
		if kind == imapserver.NumKindSeq {
			seqs.AddNum(seq)
			num = seq
		}
		if data.Min == 0 {
			data.Min = num
		}
		data.Max = num
		data.Count++
	}
	data.All = uids
	if kind == imapserver.NumKindSeq {
		data.All = seqs
	}
	if o.ReturnSave {
		v.saved = uids
	}
	return &data, nil
}

// candidates are the positions worth looking at: those under the Message-ID or
// in the UID ranges of the criteria, else all.
func (v *view) candidates(c *imap.SearchCriteria) []int {
	for _, h := range c.Header {
		// A whole Message-ID is looked up; a piece of one is searched for.
		if !strings.EqualFold(h.Key, "Message-ID") || !strings.HasPrefix(h.Value, "<") || !strings.HasSuffix(h.Value, ">") {
			continue
		}
		var out []int
		for _, m := range v.box.byID[bareID(h.Value)] {
			if i, ok := v.index(m.uid); ok {
				out = append(out, i)
			}
		}
		return out
	}
	from, to := 0, len(v.known)
	if len(c.UID) == 1 && len(c.UID[0]) == 1 && !imap.IsSearchRes(c.UID[0]) {
		r := v.staticUIDs(c.UID[0])[0]
		from, _ = v.index(r.Start)
		to, _ = v.index(r.Stop)
		to = min(to+1, len(v.known))
	}
	out := make([]int, 0, max(to-from, 0))
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

type matchFunc func(seq uint32, m *message) bool

// matcher makes the test of RFC 9051 section 6.4.4 out of the criteria.
func (v *view) matcher(c *imap.SearchCriteria) matchFunc {
	var seqs []imap.SeqSet
	for _, s := range c.SeqNum {
		seqs = append(seqs, v.staticSeqs(s))
	}
	var uids []imap.UIDSet
	for _, s := range c.UID {
		if imap.IsSearchRes(s) {
			s = v.saved
		}
		uids = append(uids, v.staticUIDs(s))
	}
	var not []matchFunc
	for i := range c.Not {
		not = append(not, v.matcher(&c.Not[i]))
	}
	var or [][2]matchFunc
	for i := range c.Or {
		or = append(or, [2]matchFunc{v.matcher(&c.Or[i][0]), v.matcher(&c.Or[i][1])})
	}
	return func(seq uint32, m *message) bool {
		for _, s := range seqs {
			if !s.Contains(seq) {
				return false
			}
		}
		for _, s := range uids {
			if !s.Contains(m.uid) {
				return false
			}
		}
		if !m.matches(c) {
			return false
		}
		for _, f := range not {
			if f(seq, m) {
				return false
			}
		}
		for _, f := range or {
			if !f[0](seq, m) && !f[1](seq, m) {
				return false
			}
		}
		return true
	}
}

// matches tests what depends on the message alone, cheap tests first.
func (m *message) matches(c *imap.SearchCriteria) bool {
	if !inDays(m.at, c.Since, c.Before) ||
		slices.ContainsFunc(c.Flag, func(f imap.Flag) bool { return !m.has(f) }) || slices.ContainsFunc(c.NotFlag, m.has) ||
		c.Larger != 0 && int64(len(m.raw)) <= c.Larger || c.Smaller != 0 && int64(len(m.raw)) >= c.Smaller {
		return false
	}
	head, body := split(m.raw)
	for _, h := range c.Header {
		if !headerHas(head, h.Key, h.Value) {
			return false
		}
	}
	if !c.SentSince.IsZero() || !c.SentBefore.IsZero() {
		t, err := mail.ParseDate(headerValue(head, "Date"))
		if err != nil || !inDays(t, c.SentSince, c.SentBefore) {
			return false
		}
	}
	for _, t := range c.Text {
		if !containsFold(m.raw, t) {
			return false
		}
	}
	for _, t := range c.Body {
		if !containsFold(body, t) {
			return false
		}
	}
	return true
}

// inDays compares by the day alone, zone aside (RFC 9051 section 6.4.4, SINCE).
func inDays(t, since, before time.Time) bool {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return (since.IsZero() || !day.Before(since)) && (before.IsZero() || day.Before(before))
}

func containsFold(b []byte, s string) bool {
	return bytes.Contains(bytes.ToLower(b), bytes.ToLower([]byte(s)))
}

func headerValue(head []byte, key string) (value string) {
	eachField(head, func(name string, field []byte) bool {
		if !strings.EqualFold(name, key) {
			return true
		}
		value = strings.TrimSpace(string(field[len(name)+1:]))
		return false
	})
	return value
}

// headerHas tells whether a field of that name contains value, without regard
// to case, encoded words decoded.
func headerHas(head []byte, key, value string) (found bool) {
	value = strings.ToLower(value)
	dec := mime.WordDecoder{}
	eachField(head, func(name string, field []byte) bool {
		if !strings.EqualFold(name, key) {
			return true
		}
		text := strings.TrimSpace(string(field[len(name)+1:]))
		if strings.Contains(text, "=?") {
			if d, err := dec.DecodeHeader(text); err == nil {
				text = d
			}
		}
		found = strings.Contains(strings.ToLower(text), value)
		return !found
	})
	return found
}
