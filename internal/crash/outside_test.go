package crash

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/mail"
	"strings"
	"sync"
	"time"

	"ninetyten/internal/sandbox/mailhost"
)

// mood is how a buyer behaves; the number of their address decides.
type mood int

const (
	silent mood = iota
	answersAtOnce
	answersLater
	unsubscribes
)

func moodOf(address string) mood {
	h := fnv.New32a()
	_, _ = h.Write([]byte(address))
	switch h.Sum32() % 10 {
	case 0:
		return answersAtOnce
	case 1:
		return answersLater
	case 2:
		return unsubscribes
	}
	return silent
}

// accepted is a mail that the server took.
type accepted struct {
	person, id, ref string
	step            int
	mailbox         string
	began, at       time.Time
}

// word is a mail of a buyer.
type word struct {
	person, id string
	mood       mood
	at         time.Time // since when it has been in the mailbox
}

// outside is the world of one site: the mail servers and the buyers.
type outside struct {
	host  *mailhost.Host
	saves map[string]bool // mailboxes whose provider files sent mail by itself

	mu      sync.Mutex
	rng     *rand.Rand
	mails   []accepted
	words   []word
	broken  []string // what should never come
	pending int      // answers that will come
	delay   int      // the server takes up to so many milliseconds for a mail
}

func newOutside(seed uint64) (*outside, error) {
	o := &outside{delay: 60, saves: map[string]bool{}, rng: rand.New(rand.NewPCG(seed, 1))}
	var err error
	o.host, err = mailhost.New(mailhost.Options{})
	if err == nil {
		o.host.OnSubmission(o.take)
		o.host.AddFault(o.slow)
	}
	return o, err
}

// take counts a mail before the client hears that it was accepted.
func (o *outside) take(s mailhost.Submission) {
	m, err := mail.ReadMessage(bytes.NewReader(s.Raw))
	if err != nil || len(s.Rcpt) != 1 {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.broken = append(o.broken, fmt.Sprintf("to %v: %v", s.Rcpt, err))
		return
	}
	body, _ := io.ReadAll(m.Body)
	a := accepted{person: s.Rcpt[0], id: strings.Trim(m.Header.Get("Message-ID"), "<>"), ref: m.Header.Get("X-Ninetyten-Ref"), mailbox: s.From, began: s.BeganWall, at: time.Now()}
	switch {
	case bytes.Contains(body, []byte("letter one")):
		a.step = 1
	case bytes.Contains(body, []byte("letter two")):
		a.step = 2
	}
	o.mu.Lock()
	o.mails = append(o.mails, a)
	after := time.Duration(o.rng.IntN(1500)) * time.Millisecond
	k := moodOf(a.person)
	if a.step == 1 && (k == answersLater || k == unsubscribes) {
		o.pending++
	}
	o.mu.Unlock()
	if o.saves[s.From] {
		_, _ = o.host.Deliver(s.From, "Sent", s.Raw, time.Time{})
	}
	switch {
	case a.step != 1:
	case k == answersAtOnce:
		o.say(a, k, m.Header.Get("Subject"))
	case k != silent:
		time.AfterFunc(after, func() {
			o.say(a, k, m.Header.Get("Subject"))
			o.mu.Lock()
			defer o.mu.Unlock()
			o.pending--
		})
	}
}

// slow makes the server take a random time for each mail.
func (o *outside) slow(t mailhost.Try) *mailhost.Fault {
	o.mu.Lock()
	d := 0
	if t.Stage == mailhost.StageDone && o.delay > 0 {
		d = o.rng.IntN(o.delay)
	}
	o.mu.Unlock()
	if d > 0 {
		<-time.After(time.Duration(d) * time.Millisecond)
	}
	return nil
}

func (o *outside) waiting() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.pending
}

// say lets a buyer answer a mail.
func (o *outside) say(a accepted, k mood, subject string) {
	text := "Yes, that is interesting. Please call me tomorrow."
	if k == unsubscribes {
		text = "Please remove me from your list and do not write to me again."
	}
	id := "answer." + a.id
	raw := strings.NewReplacer("\n", "\r\n").Replace(fmt.Sprintf("From: %s\nTo: %s\nSubject: Re: %s\nMessage-ID: <%s>\nIn-Reply-To: <%s>\nReferences: <%s>\nDate: %s\nContent-Type: text/plain; charset=utf-8\n\n%s\n",
		a.person, a.mailbox, subject, id, a.id, a.id, time.Now().Format(time.RFC1123Z), text))
	if _, err := o.host.Deliver(a.mailbox, "INBOX", []byte(raw), time.Time{}); err != nil {
		return // the test is over
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.words = append(o.words, word{person: a.person, id: id, mood: k, at: time.Now()})
}

// count is how many mails were accepted so far.
func (o *outside) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.mails)
}

// since gives the mails that were accepted after the first n.
func (o *outside) since(n int) []accepted {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]accepted(nil), o.mails[n:]...)
}

// seen is a copy of what happened so far.
func (o *outside) seen() ([]accepted, []word) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]accepted(nil), o.mails...), append([]word(nil), o.words...)
}
