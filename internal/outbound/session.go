package outbound

import (
	"bufio"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/mailconn"
)

const (
	maxLine       = 4096            // of a reply, bytes; RFC 5321 section 4.5.3.1.5 asks for 512
	maxLines      = 100             // of a reply
	healthTimeout = 5 * time.Second // for the NOOP of a connection that was idle
	staleAfter    = 10 * time.Second
	quitTimeout   = time.Second
	blockSize     = 256 << 10 // data is written in blocks, each with its own time
)

// errNoSMTP is the cause when a server answers with something else.
var errNoSMTP = errors.New("the answer is no SMTP reply")

// session is one logged-in connection. One goroutine uses it at a time.
type session struct {
	conn *mailconn.Conn
	r    *bufio.Reader
	opts Options

	pipelining, eightBit, utf8, hasSize bool
	size                                int // largest mail, bytes; 0 is unlimited

	out    []byte // what is written next; kept to save allocations
	broken bool   // of no use any more
	used   bool   // a mail went over it
	usedAt time.Time
	timer  *time.Timer // closes it when idle; guarded by Pool.mu
}

// bound runs f with every read and write bounded by ctx.
func (s *session) bound(ctx context.Context, f func() *Error) *Error {
	release := s.conn.Within(ctx)
	err := f()
	release()
	if ctx.Err() != nil {
		s.broken = true // its deadlines may be in the past
	}
	if err != nil && err.Err != nil {
		err.Err = because(ctx, err.Err)
	}
	return err
}

// stale tells whether s was idle for so long that it is tested before use.
func (s *session) stale() bool { return time.Since(s.usedAt) > staleAfter }

// reply is an answer of the server.
type reply struct {
	code int
	text string // of all lines, without the codes; only for wanted or failed replies
}

// read reads one reply within d. Without wantText the text is kept only when
// the code is not 2yz or 3yz.
func (s *session) read(d time.Duration, wantText bool) (reply, error) {
	_ = s.conn.SetDeadline(time.Now().Add(d))
	var texts []string
	for range maxLines {
		line, err := s.r.ReadSlice('\n')
		if err != nil {
			s.broken = true
			return reply{}, err
		}
		code, text, more, ok := parseLine(string(line))
		if !ok {
			s.broken = true
			return reply{}, errNoSMTP
		}
		if wantText || code >= 400 {
			texts = append(texts, text)
		}
		if more {
			continue
		}
		if code == 421 { // RFC 5321 section 3.8: the server closes
			s.broken = true
		}
		return reply{code, strings.Join(texts, "\n")}, nil
	}
	s.broken = true
	return reply{}, errNoSMTP
}

// write writes b within d for each block and tells how many bytes went.
func (s *session) write(b []byte, d time.Duration) (int, error) {
	done := 0
	for done < len(b) {
		end := min(done+blockSize, len(b))
		_ = s.conn.SetDeadline(time.Now().Add(d))
		n, err := s.conn.Write(b[done:end])
		done += n
		if err != nil {
			s.broken = true
			return done, err
		}
	}
	return done, nil
}

// command writes one line and reads its reply.
func (s *session) command(line string, d time.Duration) (reply, error) {
	if _, err := s.write([]byte(line+"\r\n"), d); err != nil {
		return reply{}, err
	}
	return s.read(d, false)
}

// noop asks whether the connection lives.
func (s *session) noop(d time.Duration) *Error {
	r, err := s.command("NOOP", d)
	if err != nil {
		return &Error{Stage: StageDial, Err: err}
	}
	if r.code/100 != 2 {
		s.broken = true
		return r.fail(StageDial)
	}
	return nil
}

// reset drops the transaction that was refused.
func (s *session) reset() {
	if s.broken {
		return
	}
	if r, err := s.command("RSET", s.opts.CommandTimeout); err != nil || r.code/100 != 2 {
		s.broken = true
	}
}

// quit takes leave and closes.
func (s *session) quit() {
	_, _ = s.command("QUIT", quitTimeout)
	_ = s.conn.Close()
}

// abort closes without a farewell.
func (s *session) abort() { s.conn.Abort() }

// fail makes an Error of a refusal.
func (r reply) fail(stage Stage) *Error {
	enhanced, text := splitEnhanced(r.text)
	return &Error{Stage: stage, Code: r.code, Enhanced: enhanced, Text: text}
}

// parseLine reads "250-text" or "250 text" (RFC 5321 section 4.2).
func parseLine(line string) (code int, text string, more, ok bool) {
	line = strings.TrimRight(line, "\r\n")
	if len(line) < 3 {
		return 0, "", false, false
	}
	code, err := strconv.Atoi(line[:3])
	if err != nil || code < 200 || code > 599 {
		return 0, "", false, false
	}
	if len(line) == 3 {
		return code, "", false, true
	}
	if line[3] != ' ' && line[3] != '-' {
		return 0, "", false, false
	}
	return code, line[4:], line[3] == '-', true
}

// splitEnhanced takes the enhanced code (RFC 2034) from the lines of a reply
// and joins them to one.
func splitEnhanced(text string) (enhanced, rest string) {
	text = strings.TrimSpace(text)
	first, _, _ := strings.Cut(text, "\n")
	word, _, _ := strings.Cut(first, " ")
	if isEnhanced(word) {
		enhanced = word
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			lines[i] = strings.TrimSpace(strings.TrimPrefix(l, word))
		}
		text = strings.Join(lines, "\n")
	}
	return enhanced, oneLine(text)
}

// isEnhanced tells whether s is an enhanced code: class, subject, detail.
func isEnhanced(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || (parts[0] != "2" && parts[0] != "4" && parts[0] != "5") {
		return false
	}
	for _, p := range parts[1:] {
		if n, err := strconv.Atoi(p); err != nil || n < 0 || len(p) > 3 {
			return false
		}
	}
	return true
}

// oneLine makes one readable line of what a server said.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "?")
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
