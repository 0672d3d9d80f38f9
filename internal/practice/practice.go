// Package practice joins the practice world of package sandbox to the product:
// it loads the world's people and sequences, plays its sellers through the same
// commands that pages use, and tells the world what the product knows, so that
// the world can count what went wrong. The demo, the tests of the whole and the
// crash tests are built on it.
package practice

import (
	"context"
	"errors"
	"net"
	"strconv"
	"sync"
	"time"

	"ninetyten/internal/app"
	"ninetyten/internal/auth"
	"ninetyten/internal/casework"
	"ninetyten/internal/config"
	"ninetyten/internal/research"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox"
	"ninetyten/internal/store"
)

// Options are the choices of a practice run.
type Options struct {
	Config config.Config
	Seed   uint64
	Speed  float64 // world seconds a second; 0 is lockstep, as fast as the machine can
	Start  time.Time
	// Alone lets the simulated sellers do everything; otherwise the first seller
	// is left to whoever looks at the pages.
	Alone bool
	// People, Accounts are the size of the world; 0 is 240 and 60.
	People, Accounts int
	App              app.Options
}

// Practice is a world and the product in it.
type Practice struct {
	World *sandbox.World
	App   *app.App
	Clock *sandbox.Clock
	Login string // path that logs the visitor in

	opt     Options
	ws      sales.Workspace
	sellers map[string]sales.User // by mailbox address
	sites   *sandbox.Sites
	l       net.Listener

	mu   sync.Mutex
	seen map[sales.ID]time.Time // message -> when it was recorded, wall time
}

// Open makes the world and the product, and loads the one into the other.
func Open(ctx context.Context, o Options) (*Practice, error) {
	if o.Start.IsZero() {
		o.Start = sandbox.DefaultStart()
	}
	p := &Practice{opt: o, Clock: sandbox.NewClock(o.Start, o.Speed), sellers: map[string]sales.User{}, seen: map[sales.ID]time.Time{}}
	ao := o.App
	ao.Clock, ao.Notify, ao.Practice = p.Clock, p, true
	undo := time.Duration(5*o.Speed) * time.Second // five seconds of the visitor's
	ao.UndoFor = &undo
	ao.Inbound.Poll = max(ao.Inbound.Poll, time.Second)
	if ao.Watch == 0 {
		ao.Watch = 500 * time.Millisecond
	}
	if o.Speed > 0 && o.Config.Pulse == 0 {
		o.Config.Pulse = 50 * time.Millisecond
	}
	var err error
	if p.sites, err = sandbox.OpenSites(); err != nil {
		return nil, err
	}
	ao.Research = reading(p.sites)
	a, err := app.Open(ctx, o.Config, ao)
	if err != nil {
		_ = p.sites.Close() // the first error counts
		return nil, err
	}
	p.App = a
	if p.l, err = a.Listen(); err != nil {
		_ = p.sites.Close() // the first error counts
		_ = a.Close()
		return nil, err
	}
	p.World, err = sandbox.NewWorld(sandbox.Options{Seed: o.Seed, Clock: p.Clock, People: o.People, Accounts: o.Accounts, Desk: desk{p}, Grace: grace(o.Speed)})
	if err == nil {
		p.sites.Put(o.Seed, p.World.Accounts())
		err = p.load(ctx)
	}
	if err != nil {
		_ = p.Close() // the first error counts
		return nil, err
	}
	return p, nil
}

// grace is how long before MAIL FROM an answer may have come without anybody
// being able to see it: in real time the mailbox is read some milliseconds
// before the mail goes. In lockstep there is none.
func grace(speed float64) time.Duration {
	if speed == 0 {
		return 0
	}
	return 100 * time.Millisecond
}

// reading is how the product reads the sites of a practice world, and no others. They
// are on this machine, so it pauses only for a moment between two pages.
func reading(s *sandbox.Sites) research.Options {
	return research.Options{Dial: s.Dial, Resolver: s, Plain: true, Pause: 20 * time.Millisecond}
}

// Close closes the world and the product.
func (p *Practice) Close() error {
	var world error
	if p.World != nil {
		world = p.World.Close()
	}
	if err := p.l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		world = errors.Join(world, err)
	}
	return errors.Join(world, p.App.Close(), p.sites.Close())
}

// URL is the address of the pages.
func (p *Practice) URL() string { return "http://" + p.l.Addr().String() }

// Changed implements casework.Notifier: it notes when something was recorded, and
// lets the simulated sellers look at their queues.
func (p *Practice) Changed(_ context.Context, c casework.Change) {
	if c.MessageID != 0 {
		p.mu.Lock()
		p.seen[c.MessageID] = time.Now()
		p.mu.Unlock()
	}
	if len(c.Tasks) > 0 && p.World != nil {
		p.World.Poke()
	}
}

// password is that of every user of the practice world.
const password = "practice makes it easy"

// load writes the world's list into the product, as an import would, and starts
// the sequences.
func (p *Practice) load(ctx context.Context) error {
	now := p.Clock.Now()
	st := p.App.Store
	hash, err := p.App.Auth.Hash(password)
	if err != nil {
		return err
	}
	s := sales.DefaultSettings()
	s.PublicURL, s.Zone, s.PostalAddress = p.URL(), "Europe/Berlin", "Brightmail, 1 Harbour Street, Lisbon"
	// The people of this world are drawn so that everything happens within days: more
	// addresses are dead and more people complain than of any list that is worth
	// writing to. The guard would be right to stop each mailbox on its first day, and
	// nothing else would happen any more.
	s.GuardBounces, s.GuardComplaints = 200, 100
	p.ws = sales.Workspace{ID: 1, Name: "Practice world", Settings: s, CreatedAt: now}
	var sequences []sales.Sequence
	if err := st.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertWorkspace(ctx, p.ws); err != nil {
			return err
		}
		for i, x := range p.World.Sellers() {
			u := sales.User{WorkspaceID: p.ws.ID, ID: tx.NewID(), Email: x.Address, Name: x.Name, Role: sales.RoleSeller, Zone: x.Zone, PasswordHash: hash, CreatedAt: now}
			if i == 0 {
				u.Role = sales.RoleOwner
			}
			if err := tx.InsertUser(ctx, u); err != nil {
				return err
			}
			p.sellers[x.Address] = u
			if err := tx.InsertMailbox(ctx, p.mailbox(tx, u, x.Password, x.Signature, now)); err != nil {
				return err
			}
		}
		sequences = sequences[:0]
		for _, q := range sandbox.Sequences() {
			q.WorkspaceID, q.ID, q.OwnerID, q.CreatedAt, q.Version = p.ws.ID, tx.NewID(), p.user(0).ID, now, 1
			for i := range q.Steps {
				q.Steps[i].ID = tx.NewID()
			}
			if err := tx.InsertSequence(ctx, q); err != nil {
				return err
			}
			sequences = append(sequences, q)
		}
		return nil
	}); err != nil {
		return err
	}
	people, err := p.loadPeople(ctx, now)
	if err != nil {
		return err
	}
	members := map[int][]sales.ID{}
	for i, x := range p.World.People() {
		if x.Sequence >= 0 {
			members[x.Sequence] = append(members[x.Sequence], people[i])
		}
	}
	v := auth.ViewerOf(p.user(0))
	for i, q := range sequences {
		if err := p.App.Desk.StartSequence(ctx, v, q.ID); err != nil {
			return err
		}
		if _, err := p.App.Desk.Enroll(ctx, v, q.ID, members[i]); err != nil {
			return err
		}
	}
	if err := p.loadDeals(ctx, now); err != nil {
		return err
	}
	if err := p.loadTalks(ctx, people); err != nil {
		return err
	}
	if err := p.loadTime(ctx, now); err != nil {
		return err
	}
	token, err := p.App.Auth.Begin(ctx, p.user(0), "127.0.0.1", "practice world")
	p.Login = "/enter?token=" + token
	return err
}

// user is the i-th seller.
func (p *Practice) user(i int) sales.User { return p.sellers[p.World.Sellers()[i].Address] }

func (p *Practice) mailbox(tx *store.Tx, u sales.User, password, signature string, now time.Time) sales.Mailbox {
	server := func(addr string) sales.Server {
		host, port, _ := net.SplitHostPort(addr)
		n, _ := strconv.Atoi(port)
		return sales.Server{Host: host, Port: n, Security: sales.SecurityNone, Username: u.Email, Password: password}
	}
	h := p.World.Host()
	return sales.Mailbox{
		WorkspaceID: p.ws.ID, ID: tx.NewID(), UserID: u.ID, Address: u.Email, Name: u.Name, Signature: signature, SMTP: server(h.SMTPAddr()), IMAP: server(h.IMAPAddr()),
		SentFolder: "Sent", JunkFolder: "Junk", State: sales.MailboxOK, Limits: sandbox.MailboxLimits(), RampFrom: now, CreatedAt: now,
	}
}

// loadPeople writes accounts and people, and gives the IDs of the people, in the
// order of the world.
func (p *Practice) loadPeople(ctx context.Context, now time.Time) ([]sales.ID, error) {
	var people []sales.ID
	err := p.App.Store.InTx(ctx, func(tx *store.Tx) error {
		people = people[:0]
		var ids []sales.ID
		var names []string
		for _, a := range p.World.Accounts() {
			row := sales.Account{WorkspaceID: p.ws.ID, ID: tx.NewID(), OwnerID: p.user(a.Owner).ID, Name: a.Name, Domain: a.Domain, Zone: a.Zone, Country: a.Country, CreatedAt: now}
			if err := tx.InsertAccount(ctx, row); err != nil {
				return err
			}
			ids, names = append(ids, row.ID), append(names, a.Name)
		}
		for _, x := range p.World.People() {
			row := x.Person
			row.WorkspaceID, row.ID, row.AccountID, row.OwnerID = p.ws.ID, tx.NewID(), ids[x.Account], p.user(x.Owner).ID
			row.CreatedAt, row.UpdatedAt = now, now
			if err := tx.InsertPerson(ctx, row, names[x.Account]); err != nil {
				return err
			}
			if err := tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: p.ws.ID, At: now, Actor: sales.BySeller, Kind: sales.MoveImported, PersonID: row.ID, AccountID: row.AccountID, UserID: row.OwnerID, Text: "Came in with the list of the practice world."}}); err != nil {
				return err
			}
			people = append(people, row.ID)
		}
		return nil
	})
	return people, err
}

// View gathers what the product knows, for the world to compare with its truth.
func (p *Practice) View(ctx context.Context) (sandbox.View, error) {
	st, ws := p.App.Store, p.ws.ID
	v := sandbox.View{Incoming: map[string]sandbox.Read{}}
	p.mu.Lock()
	seen := make(map[sales.ID]time.Time, len(p.seen))
	for k, t := range p.seen {
		seen[k] = t
	}
	p.mu.Unlock()
	msgs, err := st.IncomingAfter(ctx, ws, 0, 1_000_000)
	if err != nil {
		return v, err
	}
	header := map[sales.ID]string{}
	for _, m := range msgs {
		header[m.ID] = m.HeaderID
		v.Incoming[m.HeaderID] = sandbox.Read{Kind: m.Verdict.Kind, Intent: m.Verdict.Intent, Until: m.Verdict.Until, Recorded: seen[m.ID]}
	}
	for _, kind := range []sales.TaskKind{sales.TaskAnswer, sales.TaskReferral, sales.TaskConfirm} {
		tasks, err := st.TasksOfKind(ctx, ws, kind)
		if err != nil {
			return v, err
		}
		for _, t := range tasks {
			if h := header[t.MessageID]; h != "" {
				v.Handoffs = append(v.Handoffs, sandbox.HandoffSeen{MessageID: h, Created: seen[t.MessageID]})
			}
		}
	}
	mailings, err := st.MailingsAfter(ctx, ws, 0, 1_000_000)
	if err != nil {
		return v, err
	}
	for _, m := range mailings {
		if m.HeaderID != "" {
			v.Mailings = append(v.Mailings, sandbox.MailingSeen{MessageID: m.HeaderID, State: m.State})
		}
	}
	if err := p.counts(ctx, &v); err != nil {
		return v, err
	}
	return v, nil
}

func (p *Practice) counts(ctx context.Context, v *sandbox.View) error {
	page := store.Page{Limit: 200}
	for {
		list, after, err := p.App.Store.Suppressions(ctx, p.ws.ID, page)
		if err != nil {
			return err
		}
		for _, x := range list {
			v.Suppressed = append(v.Suppressed, x.Value)
		}
		if page.After = after; after == "" {
			break
		}
	}
	states, err := p.App.Store.SequenceCounts(ctx, p.ws.ID)
	if err != nil {
		return err
	}
	for _, c := range states {
		v.Enrolled += c.N
	}
	v.People = len(p.World.People())
	return nil
}

// Seller is the name of the visitor.
func (p *Practice) Seller() string { return p.user(0).Name }
