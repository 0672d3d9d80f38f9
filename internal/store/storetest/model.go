package storetest

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// model lets a world have a language model, and a reply that was asked about.
func (x *Filled) model(ctx context.Context, tx *store.Tx) error {
	ws := x.Workspace.ID
	x.Model = sales.ModelEndpoint{WorkspaceID: ws, URL: "https://models.example/v1", Model: "little", Key: "sk-0123456789", Unclear: true, Briefs: true, OnSince: Now, Problem: "née", WaitUntil: wait(-1), ChangedAt: Now, ChangedBy: x.Owner.ID}
	if err := tx.SaveModelEndpoint(ctx, x.Model); err != nil {
		return err
	}
	x.Asked = sales.ModelAsk{WorkspaceID: ws, MessageID: x.In.ID, PersonID: x.People[0].ID, At: wait(1), State: sales.AskOpen, Tries: 1, FreeAt: wait(2), Host: "models.example", Model: "little", Sent: `{"é":1}`, About: "née"}
	if n, err := tx.ClaimAsk(ctx, x.Asked, Now); err != nil || n != 1 {
		return sales.Errorf(sales.Internal, "try %d, %v", n, err)
	}
	return nil
}

// vague lets an unclear reply come in that waits for the model, with its handoff.
func (x *Filled) vague(t testing.TB, s *store.Store) {
	t.Helper()
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		x.Vague = x.In
		x.Vague.ID, x.Vague.HeaderID, x.Vague.Text = tx.NewID(), "vague@brightwater.example", "Hm, well"
		x.Vague.Verdict = sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear, Confidence: 0.3, Second: sales.SecondReading{Model: "little", Intent: sales.OptOut, Quote: "well"}}
		if _, err := tx.InsertMessage(ctx, x.Vague); err != nil {
			return err
		}
		t := x.Task
		t.ID, t.Key, t.MessageID, t.Intent = tx.NewID(), "vague", x.Vague.ID, sales.Unclear
		if _, err := tx.OpenTask(ctx, t); err != nil {
			return err
		}
		x.VagueTask = t
		return nil
	})
}

// readingsModel are the methods that read them, see readings.
func readingsModel(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error)), x *Filled) {
	add("ModelEndpoint", func(ctx context.Context, v sales.Viewer) (int, error) {
		e, err := s.ModelEndpoint(ctx, v.WorkspaceID)
		return flag(e.URL != ""), err
	})
	add("Ask", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Ask(ctx, v.WorkspaceID, x.In.ID))
	})
	add("AskLog", func(ctx context.Context, v sales.Viewer) (int, error) {
		return page(s.AskLog(ctx, v.WorkspaceID, store.Page{}))
	})
	addTx("ModelEndpoint", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		e, err := tx.ModelEndpoint(ctx, ws)
		return flag(e.URL != ""), err
	})
}

// strangersModel are the methods that write, called for another workspace.
func strangersModel(ctx context.Context, t testing.TB, x *Filled, ws sales.ID) map[string]func(tx *store.Tx) error {
	e, a := x.Model, x.Asked
	e.WorkspaceID, e.URL, a.WorkspaceID, a.State = ws, "https://thief.example", ws, sales.AskApplied
	return map[string]func(tx *store.Tx) error{
		"SaveModelEndpoint": func(tx *store.Tx) error { return tx.SaveModelEndpoint(ctx, e) },
		"EndAsk":            func(tx *store.Tx) error { yes, err := tx.EndAsk(ctx, a); no(t, yes); return err },
		"ClaimAsk": func(tx *store.Tx) error {
			b := a
			b.MessageID = x.Vague.ID
			_, err := tx.ClaimAsk(ctx, b, wait(99))
			return err
		},
		"RaiseTask": func(tx *store.Tx) error { return tx.RaiseTask(ctx, ws, x.Task.ID, "mine", Now) },
	}
}

// testModel: the endpoint is kept with its key sealed, and replies come up for it
// as long as they are to be asked about.
func testModel(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	x.vague(t, s)
	ws := x.Workspace.ID
	if got := ok[sales.ModelEndpoint](t)(s.ModelEndpoint(t.Context(), ws)); got != x.Model {
		t.Errorf("%+v", got)
	}
	if n := value(t, s, `SELECT count(*) FROM model_endpoints WHERE workspace_id = ? AND CAST(key_sealed AS TEXT) LIKE '%sk-0123%'`, ws); s.DB.Dialect() == db.SQLite && n != 0 {
		t.Error("the key is readable in the database")
	}
	due := func(since, wall time.Time) []sales.Message {
		return ok[[]sales.Message](t)(s.UnclearDue(t.Context(), ws, since, wall, 9))
	}
	is := func(what string, list []sales.Message, want int) {
		t.Helper()
		if len(list) != want || want > 0 && list[0].ID != x.Vague.ID {
			t.Errorf("%s: %d messages", what, len(list))
		}
	}
	is("one waits", due(Now, Now), 1)
	stranger := Stranger(t, s)
	is("for strangers", ok[[]sales.Message](t)(s.UnclearDue(t.Context(), stranger.WorkspaceID, Now, Now, 9)), 0)
	is("to strangers", ok[[]sales.Message](t)(s.RecentUnclear(t.Context(), stranger, Now, 9)), 0)
	is("too old", due(wait(2), Now), 0)
	is("it waits itself", due(Now, wait(-2)), 0)
	save := func(edit func(*sales.ModelEndpoint)) {
		e := x.Model
		edit(&e)
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveModelEndpoint(ctx, e) })
	}
	save(func(e *sales.ModelEndpoint) { e.OnSince = time.Time{} })
	is("switched off", due(Now, Now), 0)
	save(func(e *sales.ModelEndpoint) { e.Unclear = false })
	is("not about these", due(Now, Now), 0)
	save(func(e *sales.ModelEndpoint) { e.OnSince = wait(2) })
	is("switched on later", due(Now, Now), 0)
	save(func(*sales.ModelEndpoint) {})
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.SnoozeTask(ctx, ws, x.VagueTask.ID, wait(9))
	})
	is("put off by a person", due(Now, Now), 0)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.SnoozeTask(ctx, ws, x.VagueTask.ID, time.Time{})
	})
	is("and not any more", due(Now, Now), 1)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.RaiseTask(ctx, ws, x.VagueTask.ID, "Read it", wait(0.5)); err != nil {
			return err
		}
		return tx.RaiseTask(ctx, ws, x.VagueTask.ID, "Read it now", wait(0.7))
	})
	if got := ok[sales.Task](t)(s.Task(t.Context(), ws, x.VagueTask.ID)); got.Title != "Read it now" || !got.DueAt.Equal(wait(0.5)) {
		t.Errorf("%q, due %v", got.Title, got.DueAt)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.EndTask(ctx, ws, x.VagueTask.ID, sales.TaskDone, Now, "done")
	})
	is("dealt with", due(Now, Now), 0)

	// Trouble is that of the endpoint as it was asked.
	old := x.Model
	old.ChangedAt = wait(-5)
	for _, c := range []struct {
		e       sales.ModelEndpoint
		problem string
	}{{old, "née"}, {x.Model, "slow"}} {
		if err := s.SetModelTrouble(t.Context(), c.e, "slow", wait(3)); err != nil {
			t.Fatal(err)
		}
		if got := ok[sales.ModelEndpoint](t)(s.ModelEndpoint(t.Context(), ws)); got.Problem != c.problem {
			t.Errorf("%+v", got)
		}
	}
	if got := ok[[]sales.Message](t)(s.RecentUnclear(t.Context(), x.Viewer(), wait(1), 9)); len(got) != 1 || got[0].Verdict.Second != x.Vague.Verdict.Second {
		t.Errorf("%+v", got)
	}
	other := x.Viewer()
	other.UserID = 9
	is("long ago", ok[[]sales.Message](t)(s.RecentUnclear(t.Context(), x.Viewer(), wait(2), 9)), 0)
	is("of another seller", ok[[]sales.Message](t)(s.RecentUnclear(t.Context(), other, wait(1), 9)), 0)
}

// testAsks: a message is asked about by one at a time, and each try is written down.
func testAsks(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	x.vague(t, s)
	ws := x.Workspace.ID
	claim := func(a sales.ModelAsk, wall time.Time) (n int) {
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) { n, err = tx.ClaimAsk(ctx, a, wall); return err })
		return n
	}
	a := x.Asked
	a.MessageID = x.Vague.ID
	if n := atOnce(t, 8, func(int) (bool, error) {
		won := false
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			n, err := tx.ClaimAsk(t.Context(), a, Now)
			won = n == 1
			return err
		})
		return won, err
	}); n != 1 {
		t.Errorf("%d ask at once", n)
	}
	if n := len(ok[[]sales.Message](t)(s.UnclearDue(t.Context(), ws, Now, Now, 9))); n != 0 {
		t.Error("it comes up while it is asked about")
	}
	if n := claim(a, wait(1.9)); n != 0 {
		t.Errorf("try %d", n)
	}
	if n := len(ok[[]sales.Message](t)(s.UnclearDue(t.Context(), ws, Now, wait(3), 9))); n != 1 {
		t.Error("it does not come up when the one who asked is gone")
	}
	again := a
	again.FreeAt, again.At = wait(5), wait(4)
	if n := claim(again, wait(3)); n != 2 {
		t.Errorf("try %d", n)
	}
	end := func(a sales.ModelAsk) (yes bool) {
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) { yes, err = tx.EndAsk(ctx, a); return err })
		return yes
	}
	a.State, a.Requests, a.Out, a.In, a.Took, a.Answer, a.Intent, a.Quote, a.Why = sales.AskLater, 2, 100, 50, 1500*time.Millisecond, "{}", sales.NotNow, "wéll", "slow"
	a.FreeAt = wait(6)
	if end(a) {
		t.Error("the first try ended the second")
	}
	a.Tries = 2
	if !end(a) || end(a) {
		t.Error("the second try ends once")
	}
	a.At = wait(4)
	if got := ok[sales.ModelAsk](t)(s.Ask(t.Context(), ws, x.Vague.ID)); got != a {
		t.Errorf("%+v\n%+v", got, a)
	}
	if claim(again, wait(5.9)) != 0 || claim(again, wait(6)) != 3 {
		t.Error("it is asked again at its time")
	}
	a.Tries, a.State = 3, sales.AskApplied
	if !end(a) || claim(again, wait(99)) != 0 {
		t.Error("what was answered is asked again")
	}
	if got := ok[sales.ModelAsk](t)(s.Ask(t.Context(), ws, x.Vague.ID)); got.Requests != 4 || got.Out != 200 || got.In != 100 {
		t.Errorf("%+v", got)
	}
	first, after, err := s.AskLog(t.Context(), ws, store.Page{Limit: 1})
	if err != nil || len(first) != 1 || first[0].MessageID != x.Vague.ID || after == "" {
		t.Fatalf("%+v, %q, %v", first, after, err)
	}
	second, end2, err := s.AskLog(t.Context(), ws, store.Page{Limit: 1, After: after})
	if err != nil || len(second) != 1 || second[0] != x.Asked || end2 != "" {
		t.Errorf("%+v, %q, %v", second, end2, err)
	}
	if err := s.ForgetAsks(t.Context(), ws, wait(2)); err != nil {
		t.Fatal(err)
	}
	if list, _, err := s.AskLog(t.Context(), ws, store.Page{}); err != nil || len(list) != 1 {
		t.Errorf("%d are left: %v", len(list), err)
	}
}
