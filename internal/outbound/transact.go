package outbound

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// message is an Envelope made ready for the wire.
type message struct {
	from     string
	to       []string // each once
	raw      []byte   // lines end in CRLF and dots are doubled; without the final dot
	notAfter time.Time
	eightBit bool // has bytes above 127
	utf8     bool // an address has, before the @
}

// prepare checks the addresses and makes the bytes ready. What it refuses has
// the codes that a server would give.
func prepare(env Envelope) (message, *Error) {
	m := message{notAfter: env.NotAfter}
	var ok bool
	if m.from, ok = wireAddress(env.From); !ok {
		return m, &Error{Stage: StageMail, Code: 553, Enhanced: "5.1.7", Text: "the sender's address cannot be used"}
	}
	m.utf8 = !ascii(m.from)
	for _, a := range append([]string{env.To}, env.Also...) {
		to, ok := wireAddress(a)
		if !ok {
			return m, &Error{Stage: StageRcpt, Code: 553, Enhanced: "5.1.3", Text: "the address cannot be used", Rcpt: a}
		}
		if !slices.Contains(m.to, to) {
			m.to, m.utf8 = append(m.to, to), m.utf8 || !ascii(to)
		}
	}
	if len(env.Raw) == 0 {
		return m, &Error{Stage: StageData, Code: 554, Enhanced: "5.6.0", Text: "the mail is empty"}
	}
	m.raw, m.eightBit = wireData(env.Raw)
	return m, nil
}

// wireAddress checks an address for MAIL and RCPT, and writes its domain in
// ASCII (RFC 5891).
func wireAddress(a string) (string, bool) {
	at := strings.LastIndexByte(a, '@')
	if at < 1 || at == len(a)-1 || len(a) > 320 {
		return "", false
	}
	for i := range len(a) {
		switch c := a[i]; {
		case c <= ' ', c == '<', c == '>', c == 0x7f:
			return "", false
		}
	}
	if domain := a[at+1:]; !ascii(domain) {
		d, err := idna.Lookup.ToASCII(domain)
		if err != nil {
			return "", false
		}
		a = a[:at+1] + d
	}
	return a, true
}

// ascii tells whether all bytes of s are below 128.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// wireData gives raw with every line ended by CRLF and every leading dot
// doubled (RFC 5321 section 4.5.2), and whether it has bytes above 127. A raw
// that is right already is given back as it is.
func wireData(raw []byte) (wire []byte, eightBit bool) {
	for _, c := range raw {
		if c >= 0x80 {
			eightBit = true
			break
		}
	}
	if clean(raw) {
		return raw, eightBit
	}
	wire = make([]byte, 0, len(raw)+len(raw)/32+16)
	start := true
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if start && c == '.' {
			wire = append(wire, '.')
		}
		switch c {
		case '\r': // alone or before \n, it ends the line: servers disagree on lone ones
			wire = append(wire, '\r', '\n')
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
			start = true
		case '\n':
			wire = append(wire, '\r', '\n')
			start = true
		default:
			wire = append(wire, c)
			start = false
		}
	}
	if !start {
		wire = append(wire, '\r', '\n')
	}
	return wire, eightBit
}

// clean tells whether raw can go as it is.
func clean(raw []byte) bool {
	if raw[0] == '.' || !bytes.HasSuffix(raw, []byte("\r\n")) {
		return false
	}
	crs, rest := 0, raw
	for {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			break
		}
		if i == 0 || rest[i-1] != '\r' || (i+1 < len(rest) && rest[i+1] == '.') {
			return false
		}
		crs++
		rest = rest[i+1:]
	}
	return bytes.Count(raw, []byte{'\r'}) == crs
}

// send hands one mail over. On return the session is ready for the next mail,
// or broken.
func (s *session) send(m message) (Receipt, *Error) {
	if s.hasSize && s.size > 0 && len(m.raw) > s.size {
		return Receipt{}, &Error{Stage: StageMail, Code: 552, Enhanced: "5.3.4",
			Text: "the mail has " + strconv.Itoa(len(m.raw)) + " bytes, the server takes " + strconv.Itoa(s.size)}
	}
	if m.utf8 && !s.utf8 {
		return Receipt{}, &Error{Stage: StageRcpt, Code: 553, Enhanced: "5.6.7", Text: "the server cannot take such an address (SMTPUTF8)"}
	}
	if !m.notAfter.IsZero() && time.Now().After(m.notAfter) {
		return Receipt{}, &Error{Stage: StageMail, Err: ErrLate}
	}
	kept := s.used
	s.used = true
	open := s.openPlain
	if s.pipelining {
		open = s.openPipelined
	}
	if err := open(m); err != nil {
		s.reset()
		return Receipt{}, err
	}
	rec, err := s.data(m.raw)
	rec.Kept = kept
	return rec, err
}

// mailLine is the MAIL command for m.
func (s *session) mailLine(b []byte, m message) []byte {
	b = append(append(append(b, "MAIL FROM:<"...), m.from...), '>')
	if s.hasSize { // RFC 1870
		b = strconv.AppendInt(append(b, " SIZE="...), int64(len(m.raw)), 10)
	}
	if m.eightBit && s.eightBit { // RFC 6152
		b = append(b, " BODY=8BITMIME"...)
	}
	if m.utf8 { // RFC 6531
		b = append(b, " SMTPUTF8"...)
	}
	return append(b, "\r\n"...)
}

// openPlain gives the commands one by one.
func (s *session) openPlain(m message) *Error {
	d := s.opts.CommandTimeout
	for _, c := range s.opening(m) {
		if _, err := s.write(c.line, d); err != nil {
			return s.lost(c.stage, err)
		}
		r, err := s.read(d, false)
		if err != nil {
			return s.lost(c.stage, err)
		}
		if !opened(c.stage, r.code) {
			return s.refused(r, c)
		}
	}
	return nil
}

// openPipelined gives the commands in one packet (RFC 2920).
func (s *session) openPipelined(m message) *Error {
	d := s.opts.CommandTimeout
	steps := s.opening(m)
	b := s.out[:0]
	for _, c := range steps {
		b = append(b, c.line...)
	}
	s.out = b
	if _, err := s.write(b, d); err != nil {
		return s.lost(StageMail, err)
	}
	var first *Error
	for _, c := range steps {
		r, err := s.read(d, false)
		switch {
		case err != nil && first != nil:
			return first
		case err != nil:
			return s.lost(c.stage, err)
		case first == nil && !opened(c.stage, r.code):
			first = s.refused(r, c)
		case first != nil && r.code == 354:
			s.broken = true // it waits for the data of a mail that is not to go: hang up
		}
		if s.broken {
			return first
		}
	}
	return first
}

// command is one line before the data.
type command struct {
	stage Stage
	line  []byte
	rcpt  string
}

// opening are the commands before the data, one RCPT for each recipient.
func (s *session) opening(m message) []command {
	out := make([]command, 0, len(m.to)+2)
	out = append(out, command{stage: StageMail, line: s.mailLine(nil, m)})
	for _, to := range m.to {
		out = append(out, command{StageRcpt, []byte("RCPT TO:<" + to + ">\r\n"), to})
	}
	return append(out, command{stage: StageData, line: []byte("DATA\r\n")})
}

// opened tells whether the server went along with the step.
func opened(stage Stage, code int) bool {
	if stage == StageData {
		return code == 354
	}
	return code/100 == 2
}

// refused makes an Error of an unwanted reply before the data. One that fits
// no rule (a 2yz or 3yz out of place) breaks the session.
func (s *session) refused(r reply, c command) *Error {
	if r.code < 400 {
		s.broken = true
		return &Error{Stage: c.stage, Err: errNoSMTP}
	}
	e := r.fail(c.stage)
	e.Rcpt = c.rcpt
	return e
}

// lost makes an Error of a connection that failed before the data.
func (s *session) lost(stage Stage, err error) *Error {
	s.broken = true
	return &Error{Stage: stage, Err: err}
}

// beforeData tells that the server had not asked for the data when its
// connection failed: nothing of the mail is there.
func (e *Error) beforeData() bool {
	switch e.Stage {
	case StageDial, StageMail, StageRcpt:
		return e.Code == 0 || e.Code == 421
	case StageData:
		return e.Code == 421 || (e.Code == 0 && !errors.Is(e, errMidData))
	}
	return false
}

// errMidData is among the causes when the mail itself was being written.
var errMidData = errors.New("the connection broke while the mail was written")

// data writes the mail and its final dot, and reads the result.
func (s *session) data(raw []byte) (Receipt, *Error) {
	b := raw
	if len(raw) < blockSize { // one packet with its end
		b = append(append(s.out[:0], raw...), ".\r\n"...)
		s.out = b
	}
	n, err := s.write(b, s.opts.CommandTimeout)
	if err == nil && len(raw) >= blockSize {
		var end int
		end, err = s.write([]byte(".\r\n"), s.opts.CommandTimeout)
		n += end
	}
	if err != nil {
		if n > len(raw) {
			return Receipt{}, &Error{Stage: StageResult, Err: err}
		}
		return Receipt{}, s.midData(err)
	}
	r, err := s.read(s.opts.ResultTimeout, true)
	switch {
	case err != nil:
		return Receipt{}, &Error{Stage: StageResult, Err: err}
	case r.code/100 == 2:
		enhanced, text := splitEnhanced(r.text)
		return Receipt{Code: r.code, Enhanced: enhanced, Text: text}, nil
	case r.code < 400:
		s.broken = true
		return Receipt{}, &Error{Stage: StageResult, Err: errNoSMTP}
	}
	return Receipt{}, r.fail(StageResult)
}

// midData makes an Error of a connection that broke before the mail was
// written to its end: the server cannot have taken it. A server that closes
// early may have said why.
func (s *session) midData(cause error) *Error {
	if r, err := s.read(min(2*time.Second, s.opts.CommandTimeout), true); err == nil && r.code >= 400 {
		s.broken = true
		return r.fail(StageData)
	}
	return &Error{Stage: StageData, Err: errors.Join(errMidData, cause)}
}
