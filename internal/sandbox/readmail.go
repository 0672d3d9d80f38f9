package sandbox

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"regexp"
	"strings"

	"ninetyten/internal/sandbox/voice"
)

// received is a mail of ours as it lies in a buyer's mailbox.
type received struct {
	voice.Original
	Kind   string // X-Ninetyten-Kind: auto, approved, manual
	Ref    string // X-Ninetyten-Ref
	Button string // the https or http address of List-Unsubscribe, when one click is offered
	Links  []string
	Seller string // whose mailbox it came from
	N      int    // the how many-th of this kind (sequence or manual) for the person, from 1
}

// readMail reads what we sent. It never fails: what cannot be read is empty.
func readMail(raw []byte) received {
	r := received{}
	r.Raw = raw
	head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	r.Header = string(head) + "\r\n"
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return r
	}
	h := m.Header
	dec := mime.WordDecoder{}
	r.Subject, _ = dec.DecodeHeader(h.Get("Subject"))
	r.MessageID = strings.Trim(h.Get("Message-Id"), "<> ")
	for id := range strings.FieldsSeq(h.Get("References")) {
		r.References = append(r.References, strings.Trim(id, "<>"))
	}
	r.Date, _ = h.Date()
	r.From, r.FromName = firstAddress(h, "From")
	r.To, r.ToName = firstAddress(h, "To")
	r.Ref = h.Get("X-Ninetyten-Ref")
	r.Kind = strings.ToLower(strings.TrimSpace(h.Get("X-Ninetyten-Kind")))
	if strings.EqualFold(strings.ReplaceAll(h.Get("List-Unsubscribe-Post"), " ", ""), "List-Unsubscribe=One-Click") {
		for part := range strings.SplitSeq(h.Get("List-Unsubscribe"), ",") {
			if u := strings.Trim(part, "<> \t"); strings.HasPrefix(u, "http") {
				r.Button = u
				break
			}
		}
	}
	if r.Kind == "" { // a product that does not say: mail to lists offers a way out, letters do not
		r.Kind = "manual"
		if h.Get("List-Unsubscribe") != "" {
			r.Kind = "auto"
		}
	}
	r.Text = plainText(h.Get("Content-Type"), h.Get("Content-Transfer-Encoding"), m.Body, 0)
	r.Links = linkPattern().FindAllString(r.Text, 10)
	return r
}

func firstAddress(h mail.Header, field string) (addr, name string) {
	list, err := h.AddressList(field)
	if err != nil || len(list) == 0 {
		return "", ""
	}
	return strings.ToLower(list[0].Address), list[0].Name
}

// plainText finds the first text/plain part, LF line ends.
func plainText(contentType, encoding string, body io.Reader, depth int) string {
	mediaType, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		mediaType = "text/plain"
	}
	if strings.HasPrefix(mediaType, "multipart/") && depth < 5 {
		mr := multipart.NewReader(body, params["boundary"])
		for {
			p, err := mr.NextRawPart()
			if err != nil {
				return ""
			}
			if s := plainText(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1); s != "" {
				return s
			}
		}
	}
	if mediaType != "text/plain" {
		return ""
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, _ := io.ReadAll(io.LimitReader(body, 1<<20)) // what could be read of it
	return strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n"))
}

func linkPattern() *regexp.Regexp { return regexp.MustCompile(`https?://[^\s<>"')\]]+`) }

// fingerprint is a mail's text without what differs between two sendings of the
// same step: addresses of pages.
func (r received) fingerprint() string {
	text := linkPattern().ReplaceAllString(r.Text, "")
	return strings.Join(strings.Fields(r.Subject+"\n"+text), " ")
}

// onLoopback tells whether an address of a page is on this machine: the world
// never calls anybody else.
func onLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := u.Hostname()
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}
