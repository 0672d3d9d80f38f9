package bench

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"

	"ninetyten/internal/auth"
	"ninetyten/internal/desk"
	"ninetyten/internal/handoff"
	"ninetyten/internal/next"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/web"
)

// Of the bench serve.
const (
	serveSellers = 100
	serveRounds  = 20    // people that each of them deals with
	longLedger   = 5_000 // lines
	shortLedger  = 50
)

// Serve measures Next: N people, a tenth of whom wait for one of a hundred
// sellers. All of them ask for the next person at the same moment, deal with them,
// and ask again when everybody has. p99_ms is how long the slowest in a hundred waits
// for the person, without the outcome, which the others write meanwhile and which
// the CPU of each includes;
// page_p99_ms how long a whole page takes over HTTP, asked for one after another.
func Serve(ctx context.Context, o Options) (Result, error) {
	o.N = orElse(o.N, 200_000)
	res := Result{Bench: "serve", N: o.N, Figures: map[string]float64{}, Checks: map[string]int{}}
	began := time.Now()
	s, stop, err := newServing(ctx, o)
	if err != nil {
		return res, err
	}
	defer stop()
	res.Load = time.Since(began).Seconds()
	forgetPeak()
	stopProfile, err := profile(o.Profile)
	if err != nil {
		return res, err
	}
	err = s.rounds(ctx, &res)
	stopProfile()
	if err != nil {
		return res, err
	}
	if err := s.pages(ctx, &res); err != nil {
		return res, err
	}
	res.PeakMB = peakMB()
	res.Aims = []Aim{
		{What: "the person, milliseconds at the 99th in a hundred", Want: "under 50", Is: res.Figures["p99_ms"], Holds: res.Figures["p99_ms"] < 50},
		{What: "the page, milliseconds at the 99th in a hundred", Want: "under 100", Is: res.Figures["page_p99_ms"], Holds: res.Figures["page_p99_ms"] < 100},
		{What: "a record of 5,000 lines beside one of 50", Want: "at most 1.5", Is: res.Figures["long_ledger_ratio"], Holds: res.Figures["long_ledger_ratio"] <= 1.5},
		{What: "people who were served to two", Want: "0", Is: float64(res.Checks["served twice"]), Holds: res.Checks["served twice"] == 0},
	}
	return res, nil
}

// serving is the world of the bench.
type serving struct {
	*world
	queue   *next.Queue
	sellers []sales.Viewer
	users   []sales.User
	long    sales.ID // a person with a long ledger
	short   sales.ID
}

// newServing makes the world of o.N people; stop ends it.
func newServing(ctx context.Context, o Options) (*serving, func(), error) {
	list, stop, _, err := databases(ctx, cmp.Or(o.Database, "sqlite"))
	if err != nil {
		return nil, nil, err
	}
	w, err := list[0].newWorld(ctx)
	if err != nil {
		stop()
		return nil, nil, err
	}
	end := func() { w.close(); stop() }
	w.clock.set(benchNow())
	s := &serving{world: w, queue: &next.Queue{Store: w.store, Clock: w.clock, Wall: time.Now}}
	if err := w.found(ctx, Options{Boxes: 1, Size: 2048}, "127.0.0.1:1"); err != nil {
		end()
		return nil, nil, err
	}
	if err := s.fill(ctx, o.N); err != nil {
		end()
		return nil, nil, err
	}
	return s, end, nil
}

// fill makes sellers and people; every tenth waits with one task.
func (s *serving) fill(ctx context.Context, n int) error {
	team := min(serveSellers, max(1, n/20))
	for i := range team {
		u := sales.User{WorkspaceID: s.ws, ID: s.store.NewID(), Email: fmt.Sprintf("seller%d-%s@bench.example", i, s.ws), Name: fmt.Sprintf("Seller %d", i), Role: sales.RoleSeller, Zone: "UTC", CreatedAt: benchNow()}
		s.users = append(s.users, u)
		s.sellers = append(s.sellers, sales.Viewer{WorkspaceID: s.ws, UserID: u.ID, Role: sales.RoleSeller})
	}
	if err := s.store.InTx(ctx, func(tx *store.Tx) error {
		for _, u := range s.users {
			if err := tx.InsertUser(ctx, u); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for at := 0; at < n; at += 5000 {
		if err := s.store.InTx(ctx, func(tx *store.Tx) error {
			for i := at; i < min(at+5000, n); i++ {
				if err := s.person(ctx, tx, i); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// person is one of the people: with five lines of the ledger and a task when they
// wait. The first two have a long and a short ledger.
func (s *serving) person(ctx context.Context, tx *store.Tx, i int) error {
	owner := s.sellers[i/10%len(s.sellers)].UserID
	p := sales.Person{
		WorkspaceID: s.ws, ID: tx.NewID(), OwnerID: owner, Email: fmt.Sprintf("p%d@c%d.example", i, i%5000), FirstName: "Person", LastName: fmt.Sprint(i), Zone: "Europe/Lisbon",
		Phone: fmt.Sprintf("+3519%08d", i), CreatedAt: benchNow(), UpdatedAt: benchNow(),
	}
	lines := 0
	switch {
	case i == 1:
		s.long, lines = p.ID, longLedger
	case i == 2:
		s.short, lines = p.ID, shortLedger
	case i%10 == 0:
		lines = 5
	}
	if err := tx.InsertPerson(ctx, p, ""); err != nil {
		return err
	}
	var moves []sales.Move
	for j := range lines {
		m := sales.Move{WorkspaceID: s.ws, At: benchNow().AddDate(0, 0, j-lines), Actor: sales.BySystem, Kind: sales.MoveMailAuto, PersonID: p.ID, Minutes: 0.5, Asks: true, Text: "A mail of the sequence."}
		if j == lines-1 {
			m.Actor, m.Kind, m.Minutes, m.Text = sales.ByBuyer, sales.MoveReply, 5, "They answered."
		}
		moves = append(moves, m)
	}
	if err := tx.AppendMoves(ctx, moves); err != nil || i%10 != 0 {
		return err
	}
	t := sales.Task{WorkspaceID: s.ws, ID: tx.NewID(), Key: fmt.Sprintf("serve/%d", i), Kind: sales.TaskAnswer, PersonID: p.ID, UserID: owner, Title: "Answer", CreatedAt: benchNow().Add(-time.Duration(i%997) * time.Minute), DueAt: benchNow().Add(time.Duration(15-i%997) * time.Minute)}
	switch i / 10 / len(s.sellers) % 5 {
	case 0:
		t.Intent = sales.Interested
	case 1:
		t.Intent = sales.Question
	case 2:
		t.Kind, t.StepID = sales.TaskCall, 1
	case 3:
		t.Kind = sales.TaskApprove
	default:
		t.Kind = sales.TaskDo
	}
	_, err := tx.OpenTask(ctx, t)
	return err
}

// rounds lets everybody ask at once, deal with whom they got, and ask again.
func (s *serving) rounds(ctx context.Context, res *Result) error {
	var mu sync.Mutex
	var times []time.Duration
	done := map[sales.ID]sales.ID{} // the task that was served, and to whom
	used, began := cpu(), time.Now()
	for range serveRounds {
		start := make(chan struct{})
		errs := make(chan error, len(s.sellers))
		for _, v := range s.sellers {
			go func() {
				<-start
				one := time.Now()
				view, err := s.queue.Serve(ctx, v, 0)
				took := time.Since(one)
				if err == nil && view.Now == nil {
					err = sales.Errorf(sales.Internal, "nobody was served")
				}
				if err == nil {
					mu.Lock()
					times = append(times, took)
					if _, twice := done[view.Now.Task.ID]; twice {
						res.Checks["served twice"]++
					}
					done[view.Now.Task.ID] = v.UserID
					mu.Unlock()
					err = s.deal(ctx, v, view.Now)
				}
				errs <- err
			}()
		}
		close(start)
		for range s.sellers {
			if err := <-errs; err != nil {
				return err
			}
		}
	}
	slices.Sort(times)
	res.RatePerS = float64(len(times)) / time.Since(began).Seconds()
	res.CPUPerOp = float64((cpu() - used).Microseconds()) / float64(len(times))
	res.Checks["served"] = len(times)
	res.Figures["p50_ms"], res.Figures["p99_ms"] = ms(times[len(times)/2]), ms(times[len(times)*99/100])
	return nil
}

// deal ends the task of somebody who was served.
func (s *serving) deal(ctx context.Context, v sales.Viewer, x *next.Served) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.EndTask(ctx, s.ws, x.Task.ID, sales.TaskDone, s.clock.Now(), "done"); err != nil {
			return err
		}
		return tx.ReleasePerson(ctx, s.ws, v.UserID, x.Person.ID)
	})
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// site serves the pages of the world.
func (s *serving) site() (*httptest.Server, *auth.Auth, error) {
	quiet := slog.New(slog.DiscardHandler)
	hub := handoff.NewHub(s.store.DB, quiet)
	a := &auth.Auth{Store: s.store, Now: time.Now}
	h, err := web.New(web.Deps{Store: s.store, Desk: &desk.Desk{Store: s.store, Clock: s.clock, Notify: hub, Log: quiet}, Next: s.queue, Auth: a, Hub: hub, Clock: s.clock, Log: quiet})
	if err != nil {
		return nil, nil, err
	}
	return httptest.NewServer(h), a, nil
}

// pages opens whole pages over HTTP.
func (s *serving) pages(ctx context.Context, res *Result) error {
	srv, a, err := s.site()
	if err != nil {
		return err
	}
	defer srv.Close()
	boss, err := a.Begin(ctx, s.user, "127.0.0.1", "bench")
	if err != nil {
		return err
	}
	var next, long, short []time.Duration
	for i := range 300 {
		u := s.users[i%len(s.users)]
		token, err := a.Begin(ctx, u, "127.0.0.1", "bench")
		if err != nil {
			return err
		}
		for _, x := range []struct {
			times       *[]time.Duration
			path, token string
		}{{&next, "/next", token}, {&long, "/people/" + s.long.String(), boss}, {&short, "/people/" + s.short.String(), boss}} {
			began := time.Now()
			if err := get(ctx, srv.URL+x.path, x.token); err != nil {
				return err
			}
			*x.times = append(*x.times, time.Since(began))
		}
	}
	for _, list := range [][]time.Duration{next, long, short} {
		slices.Sort(list)
	}
	res.Figures["page_p50_ms"], res.Figures["page_p99_ms"] = ms(next[len(next)/2]), ms(next[len(next)*99/100])
	res.Figures["long_ledger_ms"], res.Figures["short_ledger_ms"] = ms(long[len(long)/2]), ms(short[len(short)/2])
	res.Figures["long_ledger_ratio"] = res.Figures["long_ledger_ms"] / res.Figures["short_ledger_ms"]
	return nil
}

// get opens a page as somebody who is logged in.
func get(ctx context.Context, url, token string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	r.AddCookie(&http.Cookie{Name: "ninetyten", Value: token})
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = a.Body.Close() }()
	if _, err := io.Copy(io.Discard, a.Body); err != nil {
		return err
	}
	if a.StatusCode != http.StatusOK {
		return sales.Errorf(sales.Internal, "the page %s answered %d", url, a.StatusCode)
	}
	return nil
}
