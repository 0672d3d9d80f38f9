package runner

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/dossier"
	"ninetyten/internal/importer"
	"ninetyten/internal/llm"
	"ninetyten/internal/research"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// ResearchJob makes dossiers ready: it writes briefs of new handoffs, reads the web sites
// of accounts that wait for it, and the news.
type ResearchJob struct {
	Workspace sales.ID `json:"workspace"`
	Slot      int64    `json:"slot"`
}

// Kind implements queue.Job.
func (ResearchJob) Kind() string { return "research" }

// Sites reads web sites and feeds; *research.Reader is one.
type Sites interface {
	Account(ctx context.Context, domain string) research.Site
	Feed(ctx context.Context, address string) (string, []research.News, error)
}

const (
	researchFor   = 45 * time.Second // a pass begins nothing more after it; a site takes 75 s at most
	researchLease = 4 * time.Minute  // how long the claim on an account outlives a node that died
	researchTries = 3                // of nodes that died over it
	prepareSince  = 48 * time.Hour   // handoffs of longer ago are made ready when they are opened
	feedEvery     = time.Hour        // of the machine
)

// Research makes the dossiers of a workspace ready, and says how many things it did.
func (r *Runner) Research(ctx context.Context, ws sales.ID) (int, error) {
	v, _ := r.researching.LoadOrStore(ws, &sync.Mutex{})
	mu := v.(*sync.Mutex)
	if !mu.TryLock() {
		return 0, nil
	}
	defer mu.Unlock()
	began := time.Now()
	n, err := r.Prepare(ctx, ws)
	if err != nil || r.Sites == nil {
		return n, err
	}
	for ctx.Err() == nil && !r.ending.Load() && time.Since(began) < researchFor {
		list, err := r.Store.ResearchWaiting(ctx, ws, r.wall(), 1)
		if err != nil {
			return n, err
		}
		if len(list) == 0 {
			break
		}
		if err := r.researchOne(ctx, list[0]); err != nil {
			return n, err
		}
		n++
	}
	read, err := r.readFeeds(ctx, ws, began)
	return n + read, err
}

// Prepare writes the briefs of new handoffs, and lets their accounts be researched when
// the workspace wants that.
func (r *Runner) Prepare(ctx context.Context, ws sales.ID) (int, error) {
	w, err := r.Store.Workspace(ctx, ws)
	if err != nil {
		return 0, err
	}
	list, err := r.Store.ToPrepare(ctx, ws, r.Clock.Now().Add(-prepareSince), 20)
	if err != nil {
		return 0, err
	}
	for _, t := range list {
		p, err := r.Store.PersonAny(ctx, ws, t.PersonID)
		if err != nil {
			return 0, err
		}
		if err := r.writeBrief(ctx, p); err != nil {
			return 0, err
		}
		if w.Settings.Research != sales.ResearchHandoffs || p.AccountID == 0 {
			continue
		}
		a, err := r.Store.Account(ctx, ws, p.AccountID)
		if err != nil || a.Domain == "" || importer.FreeMail(a.Domain) {
			continue // no account, or none with a site of its own
		}
		now := r.Clock.Now()
		if err := r.Store.InTx(ctx, func(tx *store.Tx) error {
			_, err := tx.AskResearch(ctx, sales.Research{WorkspaceID: ws, AccountID: a.ID, AskedAt: now}, now.Add(-sales.ResearchStale), now.Add(-research.Again))
			return err
		}); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// researchOne reads the site of one account, and writes the briefs of those who wait
// there anew.
func (r *Runner) researchOne(ctx context.Context, x sales.Research) error {
	a, err := r.Store.Account(ctx, x.WorkspaceID, x.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return err
	}
	if err := r.Store.InTx(ctx, func(tx *store.Tx) (err error) {
		x.Tries, err = tx.ClaimResearch(ctx, x.WorkspaceID, x.AccountID, r.wall().Add(researchLease), r.wall())
		return err
	}); err != nil || x.Tries == 0 {
		return err
	}
	site := research.Site{State: sales.ResearchRefused, Says: "This account has no domain of its own, so there is no site to read. Enter it at the account."}
	switch {
	case x.Tries > researchTries:
		site = research.Site{State: sales.ResearchFailed, Says: "The program stopped three times while it read the site."}
	case a.Domain != "" && !importer.FreeMail(a.Domain):
		site = r.Sites.Account(ctx, a.Domain)
	}
	if ctx.Err() != nil {
		return ctx.Err() // the program stops: the claim runs out, and it is read again
	}
	x.State, x.EndedAt, x.Says, x.Pages = site.State, r.Clock.Now(), site.Says, site.Pages
	rec, cancel := r.recording(ctx)
	defer cancel()
	if err := r.Store.InTx(rec, func(tx *store.Tx) error {
		_, err := tx.EndResearch(rec, x, site.Facts)
		return err
	}); err != nil {
		return err
	}
	return r.briefsAt(ctx, x)
}

// briefsAt writes the briefs anew of those at an account who have one.
func (r *Runner) briefsAt(ctx context.Context, x sales.Research) error {
	people, err := r.Store.PeopleAt(ctx, sales.Viewer{WorkspaceID: x.WorkspaceID, Role: sales.RoleOwner}, x.AccountID)
	if err != nil {
		return err
	}
	for _, p := range people {
		b, err := r.Store.BriefOf(ctx, x.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		if b.PersonID != 0 {
			if err := r.writeBrief(ctx, p); err != nil {
				return err
			}
		}
		r.Notify.Changed(ctx, casework.Change{WorkspaceID: x.WorkspaceID, PersonID: p.ID})
	}
	return nil
}

// writeBrief makes the brief of a person: by rules, and by the language model when its
// owner lets it and what it writes holds.
func (r *Runner) writeBrief(ctx context.Context, p sales.Person) error {
	in, err := casework.Gather(ctx, r.Store, p, r.Clock.Now(), importer.FreeMail)
	if err != nil {
		return err
	}
	b := dossier.ByRules(in, r.Clock.Now())
	if err := r.saveBrief(ctx, b); err != nil {
		return err
	}
	e, err := r.Store.ModelEndpoint(ctx, p.WorkspaceID)
	if err != nil || r.Model == nil || !e.On() || !e.Briefs || e.WaitUntil.After(r.wall()) {
		return err
	}
	return r.askBrief(ctx, e, in, b)
}

func (r *Runner) saveBrief(ctx context.Context, b sales.Brief) error {
	rec, cancel := r.recording(ctx)
	defer cancel()
	return r.Store.InTx(rec, func(tx *store.Tx) error { return tx.SaveBrief(rec, b) })
}

// askBrief asks the model for a brief of the same lines. What is about to leave is
// committed before; what comes back counts as a whole or not at all.
func (r *Runner) askBrief(ctx context.Context, e sales.ModelEndpoint, in dossier.Input, b sales.Brief) error {
	veil := dossier.NewVeil(in)
	lines := make([]string, len(b.Lines))
	for i, l := range b.Lines {
		lines[i] = llm.Outgoing(veil.Hide(l.Text))
	}
	q := llm.Briefing(lines)
	a := sales.ModelAsk{
		WorkspaceID: b.WorkspaceID, MessageID: r.Store.NewID(), PersonID: b.PersonID, About: sales.AboutBrief, At: r.Clock.Now(), FreeAt: r.wall().Add(askLease),
		Host: hostOf(e.URL), Model: e.Model, Sent: string(llm.Body(e.Model, q, false)),
	}
	if err := r.Store.InTx(ctx, func(tx *store.Tx) (err error) {
		a.Tries, err = tx.ClaimAsk(ctx, a, r.wall())
		return err
	}); err != nil {
		return err
	}
	answer, err := r.Model.Ask(ctx, llm.Endpoint{URL: e.URL, Model: e.Model, Key: llm.Secret(e.Key)}, q)
	a.Requests, a.Out, a.In, a.Took, a.Answer = answer.Requests, answer.Out, answer.In, answer.Took, strings.ToValidUTF8(clip(answer.Text), "")
	if len(answer.Sent) > 0 {
		a.Sent = string(answer.Sent)
	}
	if err != nil {
		a.State, a.Why = sales.AskFailed, sales.Explain(err)
		if ctx.Err() == nil {
			if err := r.Store.SetModelTrouble(ctx, e, a.Why, r.wall().Add(10*time.Minute)); err != nil {
				return err
			}
		}
		return r.endAsk(ctx, a)
	}
	list, err := llm.ReadBrief(answer.Text)
	if err == nil {
		err = dossier.Check(list, lines)
	}
	if err != nil {
		b.Refused = "What " + e.Model + " wrote was not taken: " + sales.Explain(err) + "."
		a.State, a.Why = sales.AskRefused, "The brief does not count: "+sales.Explain(err)+"."
	} else {
		b.Model, b.Sentences = e.Model, veil.Lift(list)
		a.State, a.Why = sales.AskApplied, "Its brief stands on the dossier: every sentence names its lines."
	}
	if err := r.saveBrief(ctx, b); err != nil {
		return err
	}
	return r.endAsk(ctx, a)
}

// readFeeds reads the feeds that are due, and gives how many.
func (r *Runner) readFeeds(ctx context.Context, ws sales.ID, began time.Time) (int, error) {
	feeds, err := r.Store.Feeds(ctx, ws)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, f := range feeds {
		if f.FreeAt.After(r.wall()) || ctx.Err() != nil || r.ending.Load() || time.Since(began) > researchFor {
			continue
		}
		ours := false
		if err := r.Store.InTx(ctx, func(tx *store.Tx) (err error) {
			ours, err = tx.ClaimFeed(ctx, ws, f.ID, r.wall().Add(feedEvery), r.wall())
			return err
		}); err != nil {
			return n, err
		}
		if !ours {
			continue
		}
		if err := r.readFeed(ctx, f); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// readFeed reads one feed, and gives its news to the accounts that they name.
func (r *Runner) readFeed(ctx context.Context, f sales.Feed) error {
	title, news, err := r.Sites.Feed(ctx, f.URL)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	f.ReadAt, f.Problem, f.Found = r.Clock.Now(), "", 0
	if err != nil {
		f.Problem = sales.Explain(err)
	}
	if title != "" {
		f.Title = title
	}
	about, err := r.newsAbout(ctx, f, news)
	if err != nil {
		return err
	}
	return r.Store.InTx(ctx, func(tx *store.Tx) error {
		f.Found = 0
		for _, account := range slices.Sorted(maps.Keys(about)) {
			if _, err := tx.AddNews(ctx, f.WorkspaceID, account, about[account]); err != nil {
				return err
			}
			f.Found += len(about[account])
		}
		return tx.EndFeed(ctx, f)
	})
}

// newsAbout finds the accounts that news is about: those whose name stands in it, or to
// whose domain it links.
func (r *Runner) newsAbout(ctx context.Context, f sales.Feed, news []research.News) (map[sales.ID][]sales.Fact, error) {
	out := map[sales.ID][]sales.Fact{}
	for _, n := range news {
		accounts, err := r.Store.AccountsNamed(ctx, f.WorkspaceID, n.Names(), n.Links)
		if err != nil {
			return nil, err
		}
		at := n.At
		if now := r.Clock.Now(); at.IsZero() || at.After(now) {
			at = now
		}
		for _, a := range accounts {
			out[a.ID] = append(out[a.ID], sales.Fact{Value: n.Title, URL: n.URL, At: at})
		}
	}
	return out, nil
}
