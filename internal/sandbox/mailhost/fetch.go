package mailhost

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-message/textproto"
)

func (s *imapSession) Fetch(w *imapserver.FetchWriter, set imap.NumSet, o *imap.FetchOptions) error {
	marks := false
	for _, bs := range o.BodySection {
		marks = marks || !bs.Peek
	}
	for _, bs := range o.BinarySection {
		marks = marks || !bs.Peek
	}
	got := s.view.Load().pick(set)
	if marks && !s.view.Load().readOnly {
		b := s.view.Load().box
		b.mu.Lock()
		for i, p := range got {
			if p.m.set(imap.FlagSeen) {
				b.unseen--
				got[i].flags = p.m.flags
				s.view.Load().toldLocked(p.m)
			}
		}
		b.mu.Unlock()
	}
	for _, p := range got {
		if err := writeMessage(w.CreateMessage(p.seq), p, o, marks); err != nil {
			return err
		}
	}
	return nil
}

func writeMessage(w *imapserver.FetchResponseWriter, p picked, o *imap.FetchOptions, marked bool) error {
	w.WriteUID(p.m.uid)
	if o.Flags || marked {
		w.WriteFlags(p.flags)
	}
	if o.InternalDate {
		w.WriteInternalDate(p.m.at)
	}
	if o.RFC822Size {
		w.WriteRFC822Size(int64(len(p.m.raw)))
	}
	if o.Envelope {
		w.WriteEnvelope(envelope(p.m.raw))
	}
	if o.BodyStructure != nil {
		w.WriteBodyStructure(imapserver.ExtractBodyStructure(bytes.NewReader(p.m.raw)))
	}
	for _, bs := range o.BodySection {
		part := section(p.m.raw, bs)
		wc := w.WriteBodySection(bs, int64(len(part)))
		_, err := wc.Write(part)
		if cerr := wc.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return err
		}
	}
	for _, bs := range o.BinarySection {
		part := imapserver.ExtractBinarySection(bytes.NewReader(p.m.raw), bs)
		wc := w.WriteBinarySection(bs, int64(len(part)))
		_, err := wc.Write(part)
		if cerr := wc.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return err
		}
	}
	for _, bs := range o.BinarySectionSize {
		w.WriteBinarySectionSize(bs, imapserver.ExtractBinarySectionSize(bytes.NewReader(p.m.raw), bs))
	}
	return w.Close()
}

func envelope(raw []byte) *imap.Envelope {
	h, err := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		h = textproto.Header{} // a mail that is no mail: an empty envelope
	}
	return imapserver.ExtractEnvelope(h)
}

// section gives a body section. Whole messages, headers and texts are cut from
// the bytes as they came, so that broken mail is given as broken as it is.
func section(raw []byte, bs *imap.FetchItemBodySection) []byte {
	if len(bs.Part) > 0 {
		return imapserver.ExtractBodySection(bytes.NewReader(raw), bs)
	}
	head, body := split(raw)
	var out []byte
	switch bs.Specifier {
	case imap.PartSpecifierHeader:
		out = head
		if len(bs.HeaderFields) > 0 || len(bs.HeaderFieldsNot) > 0 {
			out = filterHeader(head, bs.HeaderFields, bs.HeaderFieldsNot)
		}
	case imap.PartSpecifierText:
		out = body
	default:
		out = raw
	}
	if p := bs.Partial; p != nil {
		from := min(max(p.Offset, 0), int64(len(out)))
		out = out[from:min(from+p.Size, int64(len(out)))]
	}
	return out
}

// split cuts a mail behind the empty line that ends its header.
func split(raw []byte) (head, body []byte) {
	for i := 0; i < len(raw); {
		n := bytes.IndexByte(raw[i:], '\n')
		if n < 0 {
			return raw, nil
		}
		if line := bytes.TrimRight(raw[i:i+n], "\r"); len(line) == 0 {
			return raw[:i+n+1], raw[i+n+1:]
		}
		i += n + 1
	}
	return raw, nil
}

// eachField calls f with the name and the raw bytes of every header field,
// folded lines included, until it answers false.
func eachField(head []byte, f func(name string, field []byte) bool) {
	for len(head) > 0 {
		end := 0
		for {
			n := bytes.IndexByte(head[end:], '\n')
			if n < 0 {
				end = len(head)
				break
			}
			end += n + 1
			if end >= len(head) || head[end] != ' ' && head[end] != '\t' {
				break
			}
		}
		field := head[:end]
		head = head[end:]
		if i := bytes.IndexByte(field, ':'); i > 0 {
			if !f(string(bytes.TrimRight(field[:i], " \t")), field) {
				return
			}
		}
	}
}

func filterHeader(head []byte, only, not []string) []byte {
	in := func(list []string, name string) bool {
		for _, s := range list {
			if strings.EqualFold(s, name) {
				return true
			}
		}
		return false
	}
	var out []byte
	eachField(head, func(name string, field []byte) bool {
		if (len(only) == 0 || in(only, name)) && !in(not, name) {
			out = append(out, field...)
		}
		return true
	})
	return append(out, '\r', '\n')
}

// messageID is the Message-ID of a mail in the form of the index, or "".
func messageID(raw []byte) (id string) {
	head, _ := split(raw)
	eachField(head, func(name string, field []byte) bool {
		if !strings.EqualFold(name, "Message-ID") {
			return true
		}
		id = bareID(string(field[len(name)+1:]))
		return false
	})
	return id
}
