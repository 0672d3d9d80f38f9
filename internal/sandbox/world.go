package sandbox

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/cast"
	"ninetyten/internal/sandbox/dice"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/sandbox/voice"
)

// Options are the choices of a World. Zero numbers are the defaults: 240
// people at 60 accounts and 3 sellers.
type Options struct {
	Seed                      uint64
	Clock                     sales.Clock // nil: a Clock that stands at DefaultStart
	Host                      *mailhost.Host
	People, Accounts, Sellers int
	HTTP                      *http.Client  // for the unsubscribe button; nil: one that waits 10 s
	Desk                      SellerDesk    // nil: nobody plays the sellers
	DeskEvery                 time.Duration // how often they look at their queues, world time; 0 is 15 min
	// Grace is the wall time between the arrival of an answer and a MAIL FROM
	// that no sender can close: the mailbox was read before, the answer came, the
	// mail went. Mail within it is counted apart. 0 is none.
	Grace time.Duration
}

// World is the practice world. Its methods may be called from everywhere.
type World struct {
	opt     Options
	clock   sales.Clock
	host    *mailhost.Host
	ownHost bool
	remove  func() // takes the world's faults off the host
	cast    cast.Cast
	lib     *voice.Library
	truth   *Truth
	http    *http.Client

	running sync.Mutex // held by RunDue

	mu      sync.Mutex
	queue   queue
	changed chan struct{}     // closed and made anew when something nearer was planned
	buyers  map[string]*buyer // by each of their addresses
	sellers map[string]*cast.Seller
	named   map[string]bool // colleagues that were named
	tasks   map[string]bool // tasks that a simulated seller has seen
	nth     map[string]int  // how many tasks of a sort a person gave
	poked   map[string]bool // sellers who are about to look
}

// buyer is a person with what happened to them so far, guarded by World.mu.
type buyer struct {
	*cast.Person
	zone   *time.Location
	client voice.Client
	from   string // the address that they answer from

	trigger   int         // which mail of a sequence makes them act
	sequence  []*received // mails of a sequence that they have
	manual    []*received // letters of a seller that they have
	old       *received   // a letter of before the world began
	acted     bool
	rounds    int // answers to a seller's letters
	letters   int // mails written, for Message-IDs
	rcptTries int
	awayUntil time.Time
	autoAt    time.Time // last automatic reply
}

// NewWorld makes the world of a seed and connects it to a mail host. Close it
// when done.
func NewWorld(opt Options) (*World, error) {
	opt = opt.withDefaults()
	lib, err := voice.Load()
	if err != nil {
		return nil, err
	}
	w := &World{
		opt: opt, clock: opt.Clock, host: opt.Host, http: opt.HTTP, lib: lib,
		cast:   cast.New(opt.Seed, cast.Size{Accounts: opt.Accounts, People: opt.People, Sellers: opt.Sellers}),
		buyers: map[string]*buyer{}, sellers: map[string]*cast.Seller{}, named: map[string]bool{}, tasks: map[string]bool{}, nth: map[string]int{}, poked: map[string]bool{},
		changed: make(chan struct{}),
	}
	w.truth = newTruth()
	if w.host == nil {
		if w.host, err = mailhost.New(mailhost.Options{Clock: w.clock}); err != nil {
			return nil, err
		}
		w.ownHost = true
	}
	for i := range w.cast.Sellers {
		s := &w.cast.Sellers[i]
		w.sellers[s.Address] = s
		w.host.AddUser(s.Address, s.Password)
	}
	for i := range w.cast.People {
		w.newBuyer(&w.cast.People[i])
	}
	w.mu.Lock()
	w.planNoise()
	w.planDesk()
	w.mu.Unlock()
	w.remove = w.host.AddFault(w.refuse)
	w.host.OnSubmission(w.submitted)
	return w, nil
}

func (o Options) withDefaults() Options {
	if o.People <= 0 {
		o.People = 240
	}
	if o.Accounts <= 0 {
		o.Accounts = max(o.People/4, 1)
	}
	if o.Sellers <= 0 {
		o.Sellers = 3
	}
	if o.Clock == nil {
		o.Clock = NewClock(DefaultStart(), 0)
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	if o.DeskEvery <= 0 {
		o.DeskEvery = 15 * time.Minute
	}
	return o
}

func (w *World) newBuyer(p *cast.Person) {
	d := dice.New(w.opt.Seed, "buyer", p.Email)
	b := &buyer{Person: p, zone: zoneOf(p.Home), client: dice.Pick(d, voice.Clients()), from: p.Email}
	switch r := d.Float(); {
	case r < 0.62:
		b.trigger = 1
	case r < 0.87:
		b.trigger = 2
	default:
		b.trigger = 3
	}
	switch p.Persona {
	case cast.OtherAddress, cast.LostThread:
		b.from = p.Private
		if b.client == voice.Bare { // without thread and quote nobody could know
			b.client = voice.Gmail
		}
	case cast.OutOfOffice, cast.LateOld, cast.LateFirst, cast.SoftRefused, cast.SoftDelayed, cast.Challenge, cast.TicketReceipt, cast.HardReported, cast.HardText:
		b.trigger = 1
	case cast.QuotesFooter:
		b.client = voice.Thunderbird
	}
	if p.Persona == cast.LateOld {
		w.writeOld(b, d)
	}
	w.buyers[p.Email], w.buyers[p.Private] = b, b
}

// writeOld files a letter that the seller wrote weeks ago in another program.
func (w *World) writeOld(b *buyer, d *dice.Dice) {
	s := w.cast.Sellers[b.Owner]
	at := w.clock.Now().Add(-d.Between(15*24*time.Hour, 27*24*time.Hour)).In(zoneOf(s.Zone))
	l := voice.Letter{
		From: s.Address, FromName: s.Name, To: b.Email, ToName: b.Name(), Subject: "Following up on the trade fair", At: at, Lang: "en", Client: voice.Bare,
		MessageID: fmt.Sprintf("%016x@brightledger.example", d.Uint64()),
		Body:      "Hi " + b.FirstName + ",\n\nit was good to meet you at the stand. You asked how others handle supplier bills without an order number; I promised an example and will bring one when we speak.\n\nWhen would suit you?",
		Signature: s.Signature,
	}
	raw := l.Bytes()
	if _, err := w.host.Deliver(s.Address, "Sent", raw, at); err != nil {
		return // a host of one's own without a Sent folder: then there is no old letter
	}
	m := readMail(raw)
	m.Seller = s.Address
	b.old = &m
}

// Close lets go of the host, and closes it when the world had opened it.
func (w *World) Close() error {
	w.remove()
	if w.ownHost {
		return w.host.Close()
	}
	return nil
}

// Host is the mail host of the sellers.
func (w *World) Host() *mailhost.Host { return w.host }

// Clock is the clock that the world goes by.
func (w *World) Clock() sales.Clock { return w.clock }

// Truth is the world's own record.
func (w *World) Truth() *Truth { return w.truth }

// Accounts, People and Sellers describe the world for the product to load. The
// fields about persona, home and habits are the world's own: do not load them.
func (w *World) Accounts() []cast.Account { return w.cast.Accounts }

// People are the buyers.
func (w *World) People() []cast.Person { return w.cast.People }

// Sellers are ours, with the passwords of their mailboxes.
func (w *World) Sellers() []cast.Seller { return w.cast.Sellers }
