package mailhost

import (
	"strings"
	"sync"

	"github.com/emersion/go-smtp"
)

// Stage is a point of an SMTP conversation at which a fault can be planted.
type Stage string

// The stages in their order.
const (
	StageConnect Stage = "connect" // instead of the greeting; on ports without TLS from the first byte
	StageHello   Stage = "hello"   // the answer to EHLO
	StageAuth    Stage = "auth"    // the answer to AUTH
	StageMail    Stage = "mail"    // the answer to MAIL FROM
	StageRcpt    Stage = "rcpt"    // the answer to RCPT TO; Rcpt is this one
	StageData    Stage = "data"    // the answer to DATA; on connections in clear
	StageBody    Stage = "body"    // while the body is read: Drop closes in the middle of it
	StageDone    Stage = "done"    // the answer to the final dot, nothing was taken
	StageTaken   Stage = "taken"   // the same, but the mail was taken and told: the ambiguous case
)

// Try is what a fault function is asked about.
type Try struct {
	Stage Stage
	User  string
	From  string
	Rcpt  string   // at StageRcpt this recipient, later the first one
	Rcpts []string // accepted so far
	Raw   []byte   // at StageDone and StageTaken
}

// Fault is what goes wrong. Hang wins over Drop, Drop over a code.
type Fault struct {
	Code     int    // SMTP reply code, 4xx or 5xx; 0 is 451
	Enhanced [3]int // RFC 3463; zero writes X.0.0
	Text     string
	Hang     bool // no answer until the fault is removed or the host closes; then the connection is closed
	Drop     bool // the connection is closed without an answer

	freed <-chan struct{}
}

type faultFunc struct {
	f     func(Try) *Fault
	freed chan struct{}
}

// AddFault adds a function that is asked at every stage and answers nil or what
// goes wrong. The first answer that is not nil counts. remove takes it away and
// frees whatever hangs by it; it may be called twice.
func (h *Host) AddFault(f func(Try) *Fault) (remove func()) {
	entry := &faultFunc{f, make(chan struct{})}
	h.mu.Lock()
	h.faults = append(h.faults[:len(h.faults):len(h.faults)], entry)
	h.mu.Unlock()
	return sync.OnceFunc(func() {
		close(entry.freed)
		h.mu.Lock()
		defer h.mu.Unlock()
		var left []*faultFunc
		for _, e := range h.faults {
			if e != entry {
				left = append(left, e)
			}
		}
		h.faults = left
	})
}

// FailNext plants fault for the next n tries at the stage. rcpt "" is every
// recipient. struck tells how often it has happened so far.
func (h *Host) FailNext(stage Stage, rcpt string, n int, fault Fault) (struck func() int, remove func()) {
	var mu sync.Mutex
	done := 0
	remove = h.AddFault(func(t Try) *Fault {
		if t.Stage != stage || rcpt != "" && !strings.EqualFold(rcpt, t.Rcpt) {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		if done >= n {
			return nil
		}
		done++
		f := fault
		return &f
	})
	return func() int { mu.Lock(); defer mu.Unlock(); return done }, remove
}

func (h *Host) ask(t Try) *Fault {
	h.mu.Lock()
	fs := h.faults
	h.mu.Unlock()
	for _, e := range fs {
		if got := e.f(t); got != nil {
			f := *got
			f.freed = e.freed
			return &f
		}
	}
	return nil
}

// err is the refusal as go-smtp wants it.
func (f *Fault) err() *smtp.SMTPError {
	code, text := f.Code, f.Text
	if code == 0 {
		code = 451
	}
	if text == "" {
		text = "planted fault"
	}
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode(f.Enhanced), Message: text}
}

// play does what the fault says to a connection and gives the refusal to
// answer with. After a hang or a drop the connection is closed.
func (h *Host) play(f *Fault, hangUp func()) error {
	if f.Hang {
		select {
		case <-f.freed:
		case <-h.done:
		}
	}
	if f.Hang || f.Drop {
		hangUp()
	}
	return f.err()
}
