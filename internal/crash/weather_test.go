//go:build servers

package crash

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"ninetyten/internal/sandbox/mailhost"
)

// sky is how the mail servers behave for a while.
type sky string

const (
	calm    sky = "calm"
	refuses sky = "refuses" // 4xx at any stage
	drops   sky = "drops"   // closes at any stage, also amid DATA
	stalls  sky = "stalls"  // takes seconds to answer
	hangs   sky = "hangs"   // says nothing more, until it closes
	shut    sky = "shut"    // takes no connection
)

// mostFaults is how many faults a person gets at most: a mail that is refused
// often enough counts as failed, and should.
const mostFaults = 3

// weather makes the mail servers fail, in another way every few seconds.
type weather struct {
	mu     sync.Mutex
	rng    *rand.Rand
	now    sky
	struck map[string]int
	lost   map[string]bool // people of whose mail the client cannot know whether it went
	got    map[string]int  // faults by person
}

func newWeather(seed uint64) *weather {
	return &weather{rng: rand.New(rand.NewPCG(seed, 3)), now: calm, struck: map[string]int{}, lost: map[string]bool{}, got: map[string]int{}}
}

// blow changes the weather of host until ctx ends, and leaves it calm.
func (w *weather) blow(ctx context.Context, host *mailhost.Host) {
	var deck []sky
	for ctx.Err() == nil {
		w.mu.Lock()
		if len(deck) == 0 {
			deck = []sky{calm, refuses, drops, stalls, hangs, shut}
			w.rng.Shuffle(len(deck), func(i, k int) { deck[i], deck[k] = deck[k], deck[i] })
		}
		w.now, deck = deck[0], deck[1:]
		long := time.Duration(1500+w.rng.IntN(3000)) * time.Millisecond
		unread, dropped := w.rng.IntN(8) == 0, w.rng.IntN(3) == 0
		if unread {
			w.struck["IMAP takes no connection"]++
		} else if dropped {
			w.struck["IMAP closes its connections"]++
		}
		w.mu.Unlock()
		if unread {
			host.RefuseIMAP(true)
		} else if dropped {
			host.DropIMAP()
		}
		turn, end := context.WithTimeout(ctx, long)
		remove := host.AddFault(func(t mailhost.Try) *mailhost.Fault { return w.strike(turn, t) })
		<-turn.Done()
		end()
		remove()
		if unread {
			host.RefuseIMAP(false)
		}
	}
}

// strike is asked at every stage; turn ends with the weather.
func (w *weather) strike(turn context.Context, t mailhost.Try) *mailhost.Fault {
	p, pause := w.choose(t)
	if pause > 0 {
		late := time.NewTimer(pause)
		defer late.Stop()
		select {
		case <-late.C:
		case <-turn.Done():
		}
		return nil
	}
	if p.name == "" {
		return nil
	}
	f := p.fault
	return &f
}

// choose says what happens at a stage: a fault, a pause, or nothing.
func (w *weather) choose(t mailhost.Try) (p plan, pause time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	oneIn := map[sky]int{refuses: 6, drops: 10, stalls: 2, hangs: 6, shut: 1}[w.now]
	if w.now == calm || w.rng.IntN(oneIn) > 0 || t.Rcpt != "" && w.got[t.Rcpt] >= mostFaults {
		return plan{}, 0
	}
	late := t.Stage == mailhost.StageBody || t.Stage == mailhost.StageDone || t.Stage == mailhost.StageTaken
	switch w.now {
	case stalls:
		if t.Stage == mailhost.StageBody {
			return plan{}, 0
		}
		w.struck["stalls at "+string(t.Stage)]++
		return plan{}, time.Duration(500+w.rng.IntN(3500)) * time.Millisecond
	case hangs:
		p = plan{"hangs at " + string(t.Stage), t.Stage, mailhost.Fault{Hang: true}, late}
	case shut:
		if t.Stage == mailhost.StageConnect || t.Stage == mailhost.StageMail {
			p = plan{"takes no connection", t.Stage, mailhost.Fault{Drop: true}, false}
		}
	default:
		var fit []plan
		for _, x := range plans() {
			if x.stage == t.Stage && x.fault.Drop == (w.now == drops) {
				fit = append(fit, x)
			}
		}
		if len(fit) > 0 {
			p = fit[w.rng.IntN(len(fit))]
		}
	}
	if p.name != "" {
		w.struck[p.name]++
		w.got[t.Rcpt]++
		if p.open {
			w.lost[t.Rcpt] = true
		}
	}
	return p, 0
}

func (w *weather) caught(person string, _ int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lost[person]
}
