package httpx

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Stream is an answer of server-sent events (text/event-stream, HTML Living
// Standard section 9.2). One goroutine at a time may write to it.
type Stream struct {
	w  http.ResponseWriter
	rc *http.ResponseController
}

// writeFor is how long a browser may take to accept one event.
const writeFor = 15 * time.Second

// NewStream begins a stream: it lifts the deadline of the whole answer, and
// tells proxies not to collect it. It returns an error when the connection
// cannot stream.
func NewStream(w http.ResponseWriter) (*Stream, error) {
	s := &Stream{w: w, rc: http.NewResponseController(w)}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	if err := s.rc.SetReadDeadline(time.Time{}); err != nil {
		return nil, fmt.Errorf("event stream: %w", err)
	}
	return s, s.write(": hello\n\n")
}

// Send writes one event. Without a name htmx swaps data in; with one it becomes
// a DOM event. An id comes back as Last-Event-ID after a reconnect.
func (s *Stream) Send(name, id, data string) error {
	var b strings.Builder
	if name != "" {
		b.WriteString("event: " + oneLine(name) + "\n")
	}
	if id != "" {
		b.WriteString("id: " + oneLine(id) + "\n")
	}
	data = strings.ReplaceAll(strings.ReplaceAll(data, "\r\n", "\n"), "\r", "\n")
	for line := range strings.SplitSeq(data, "\n") {
		b.WriteString("data: " + line + "\n")
	}
	b.WriteString("\n")
	return s.write(b.String())
}

// Beat writes a comment, so that proxies and browsers keep the line open.
func (s *Stream) Beat() error { return s.write(": .\n\n") }

func (s *Stream) write(text string) error {
	if err := s.rc.SetWriteDeadline(time.Now().Add(writeFor)); err != nil {
		return fmt.Errorf("event stream: %w", err)
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return fmt.Errorf("event stream: %w", err)
	}
	if err := s.rc.Flush(); err != nil {
		return fmt.Errorf("event stream: %w", err)
	}
	return nil
}

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == 0 {
			return -1
		}
		return r
	}, s)
}
