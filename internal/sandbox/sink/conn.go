package sink

import (
	"bytes"
	"net"
)

const (
	readSize  = 32 << 10
	maxLine   = 8 << 10
	maxHeader = 64 << 10 // how far a Message-ID is looked for
)

// conn is one client's conversation. Answers are gathered and written when
// nothing more is there to be read, which is what makes PIPELINING pay.
type conn struct {
	s   *Sink
	c   net.Conn
	in  []byte // read and not used yet: buf[from:to]
	buf []byte
	out []byte

	from  bool
	rcpts int
	left  bool // QUIT was said
}

func newConn(s *Sink, c net.Conn) *conn {
	return &conn{s: s, c: c, buf: make([]byte, readSize), out: make([]byte, 0, 1024)}
}

func (c *conn) serve() {
	c.say("220 sink ESMTP\r\n")
	for !c.left {
		line, ok := c.line()
		if !ok {
			return
		}
		c.command(line)
	}
	c.flush()
}

func (c *conn) say(s string) { c.out = append(c.out, s...) }

func (c *conn) flush() bool {
	if len(c.out) == 0 {
		return true
	}
	_, err := c.c.Write(c.out)
	c.out = c.out[:0]
	return err == nil
}

// more reads more input behind what is left of it. It writes the answers first:
// the client may be waiting for them.
func (c *conn) more() bool {
	if !c.flush() {
		return false
	}
	if len(c.in) == cap(c.buf) {
		c.buf = append(make([]byte, 0, 2*cap(c.buf)), c.in...)[:2*cap(c.buf)]
	} else if len(c.in) > 0 {
		copy(c.buf, c.in)
	}
	n, err := c.c.Read(c.buf[len(c.in):])
	c.in = c.buf[:len(c.in)+n]
	return err == nil && n > 0
}

// line takes one line off the input, without its end.
func (c *conn) line() ([]byte, bool) {
	for {
		if i := bytes.IndexByte(c.in, '\n'); i >= 0 {
			line := c.in[:i]
			c.in = c.in[i+1:]
			return bytes.TrimSuffix(line, []byte("\r")), true
		}
		if len(c.in) > maxLine || !c.more() {
			return nil, false
		}
	}
}

// verb is the first four letters of a command in capitals.
func verb(line []byte) (v [4]byte) {
	for i := 0; i < 4 && i < len(line); i++ {
		b := line[i]
		if 'a' <= b && b <= 'z' {
			b -= 'a' - 'A'
		}
		v[i] = b
	}
	return v
}

func (c *conn) command(line []byte) {
	switch v := verb(line); string(v[:]) {
	case "EHLO":
		c.reset()
		c.say("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE\r\n")
	case "HELO":
		c.reset()
		c.say("250 sink\r\n")
	case "AUTH":
		c.auth(line)
	case "MAIL":
		if c.from {
			c.say("503 5.5.1 nested MAIL\r\n")
			return
		}
		c.from = true
		c.say("250 2.1.0 ok\r\n")
	case "RCPT":
		if !c.from {
			c.say("503 5.5.1 MAIL first\r\n")
			return
		}
		c.rcpts++
		c.say("250 2.1.5 ok\r\n")
	case "DATA":
		if c.rcpts == 0 {
			c.say("503 5.5.1 RCPT first\r\n")
			return
		}
		c.say("354 go ahead\r\n")
		c.data()
	case "RSET":
		c.reset()
		c.say("250 2.0.0 ok\r\n")
	case "NOOP":
		c.say("250 2.0.0 ok\r\n")
	case "QUIT":
		c.say("221 2.0.0 bye\r\n")
		c.left = true
	default:
		c.say("500 5.5.2 unknown command\r\n")
	}
}

func (c *conn) reset() { c.from, c.rcpts = false, 0 }

// auth lets everybody in. Answers that the mechanism still wants are read.
func (c *conn) auth(line []byte) {
	words := bytes.Fields(line)
	want := 0
	switch {
	case len(words) < 2:
		c.say("501 5.5.4 which mechanism?\r\n")
		return
	case bytes.EqualFold(words[1], []byte("PLAIN")) && len(words) == 2:
		want = 1
	case bytes.EqualFold(words[1], []byte("LOGIN")):
		want = 4 - len(words)
	}
	for range want {
		c.say("334 \r\n")
		if _, ok := c.line(); !ok {
			c.left = true
			return
		}
	}
	c.say("235 2.7.0 ok\r\n")
}

// data reads a mail up to its final dot and counts it. Only the header is
// looked at; a body of any size passes through the same buffer.
func (c *conn) data() {
	var id []byte
	size, inHeader := 0, true
	for at := 0; ; {
		if inHeader {
			if end := headerEnd(c.in); end >= 0 || len(c.in) > maxHeader {
				id = append(id, findID(c.in)...) // copied: the buffer moves on
				inHeader = false
			}
		}
		if end, next := finalDot(c.in, at, size == 0); end >= 0 {
			if inHeader {
				id = findID(c.in[:end])
			}
			c.s.took(id, size+end, c.rcpts)
			c.in = c.in[next:]
			c.reset()
			c.say("250 2.0.0 taken\r\n")
			return
		}
		if at = max(0, len(c.in)-4); !inHeader && at > readSize/2 { // the last bytes may begin the end
			size += at
			c.in = c.in[at:]
			at = 0
		}
		if !c.more() {
			c.left = true
			return
		}
	}
}

// finalDot finds the end of a mail: the position behind its last line end, and
// that behind the dot line; -1 when it is not there yet. first tells that in
// begins with the first line.
func finalDot(in []byte, at int, first bool) (end, next int) {
	if first && at == 0 && bytes.HasPrefix(in, []byte(".\r\n")) {
		return 0, 3
	}
	if i := bytes.Index(in[at:], []byte("\r\n.\r\n")); i >= 0 {
		return at + i + 2, at + i + 5
	}
	return -1, -1
}

func headerEnd(in []byte) int { return bytes.Index(in, []byte("\r\n\r\n")) }

// findID gives the Message-ID of a header, without brackets; nil when there is
// none.
func findID(head []byte) []byte {
	if end := headerEnd(head); end >= 0 {
		head = head[:end]
	}
	for len(head) > 0 {
		line := head
		if i := bytes.IndexByte(head, '\n'); i >= 0 {
			line, head = head[:i], head[i+1:]
		} else {
			head = nil
		}
		const name = "message-id:"
		if len(line) < len(name) || (line[0] != 'M' && line[0] != 'm') || !bytes.EqualFold(line[:len(name)], []byte(name)) {
			continue
		}
		v := line[len(name):]
		if len(bytes.TrimSpace(v)) == 0 && len(head) > 0 { // folded (RFC 5322 section 2.2.3)
			v, _, _ = bytes.Cut(head, []byte("\n"))
		}
		return bare(v)
	}
	return nil
}

func bare(id []byte) []byte {
	return bytes.Trim(id, "<> \t\r\n")
}
