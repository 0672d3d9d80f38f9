package invariants

import (
	"time"

	"ninetyten/internal/sales"
)

// box is a mailbox: its settings as they were last saved, what left it, and what
// lies in it at the mail server.
type box struct {
	sales.Mailbox
	seller  *seller
	out     []stamp // what left, by us or by another program; the newest last
	stopped string  // why nothing of a sequence may go until a person lets it
	stops   string  // the same, as the round that is being sent has found
	counts  guardBook

	inbox, junk, filed folder
	readAt             time.Time // the true time at which it was last read up to now
	deaf               bool      // nobody hears of new mail until it is asked for
	down               bool      // it cannot be read
	lost               bool      // its Sent folder cannot be looked into
}

// folder is a folder at the mail server.
type folder struct {
	mails []*letter
	read  int // how many of them were read
}

// letter is a mail in a folder.
type letter struct {
	raw  []byte
	at   time.Time // on the clock
	id   string    // Message-ID
	from *person   // nil: nobody of ours
	to   string    // of one that the seller wrote
	mean meaning
}

// left keeps that something left the mailbox.
func (b *box) left(s stamp) {
	b.out = append(b.out, s)
	if len(b.out) > 64 && s.truth.Sub(b.out[0].truth) > 9*24*time.Hour {
		i := 0
		for i < len(b.out) && s.truth.Sub(b.out[i].truth) > 9*24*time.Hour {
			i++
		}
		b.out = append(b.out[:0], b.out[i:]...)
	}
}

// within counts what left in the time before s, when it did so by the clock and
// by the truth: a clock that was set wrong is nobody's fault.
func (b *box) within(s stamp, d time.Duration) int {
	shown, true_ := 0, 0
	for _, x := range b.out {
		if x.clock.After(s.clock.Add(-d)) {
			shown++
		}
		if x.truth.After(s.truth.Add(-d)) {
			true_++
		}
	}
	return min(shown, true_)
}

// onDay counts what left on the local day of s.
func (b *box) onDay(s stamp, loc *time.Location) int {
	n, day := 0, s.clock.In(loc).Format(time.DateOnly)
	for i := len(b.out) - 1; i >= 0; i-- {
		if b.out[i].clock.In(loc).Format(time.DateOnly) == day {
			n++
		} else if s.truth.Sub(b.out[i].truth) > 50*time.Hour {
			break
		}
	}
	return n
}

// guardBook is what came of the mails of a mailbox, by day of the workspace.
type guardBook struct {
	days map[string]*[4]int // sent, bounced, complained, and what may have been sent
}

const (
	countSent = iota
	countBounced
	countComplained
	countMaybe
)

// add counts n of a kind on a day.
func (g *guardBook) add(day string, kind, n int) {
	if g.days == nil {
		g.days = map[string]*[4]int{}
	}
	if g.days[day] == nil {
		g.days[day] = &[4]int{}
	}
	g.days[day][kind] += n
}

// sums adds up the seven days that end with the day of now.
func (g *guardBook) sums(now time.Time, loc *time.Location) (sum [4]int) {
	for i := range 7 {
		if x := g.days[now.In(loc).AddDate(0, 0, -i).Format(time.DateOnly)]; x != nil {
			for k, n := range x {
				sum[k] += n
			}
		}
	}
	return sum
}
