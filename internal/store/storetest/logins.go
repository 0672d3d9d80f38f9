package storetest

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func testSessions(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws, user := t.Context(), x.Workspace.ID, x.Seller.ID
	if got := ok[sales.Session](t)(s.Session(ctx, store.SessionLogin, x.Token, Now)); got != x.Session {
		t.Errorf("%+v", got)
	}
	for name, get := range map[string]func() (sales.Session, error){
		"another token": func() (sales.Session, error) { return s.Session(ctx, store.SessionLogin, x.Token[1:], Now) },
		"no token":      func() (sales.Session, error) { return s.Session(ctx, store.SessionLogin, nil, Now) },
		"another kind":  func() (sales.Session, error) { return s.Session(ctx, store.SessionInvite, x.Token, Now) },
		"over":          func() (sales.Session, error) { return s.Session(ctx, store.SessionLogin, x.Token, wait(24)) },
	} {
		if got, err := get(); sales.CodeOf(err) != sales.NotFound {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	more := []sales.Session{x.Session}
	for i := range 3 {
		y := x.Session
		y.ID, y.SeenAt, y.ExpiresAt = s.NewID(), wait(float64(i+1)), wait(float64(i+1)*10)
		kind := store.SessionLogin
		if i == 2 {
			kind = store.SessionInvite
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertSession(ctx, y, kind, []byte{byte(i)}) })
		more = append(more, y)
	}
	if list := ok[[]sales.Session](t)(s.Sessions(ctx, ws, user, Now)); len(list) != 3 || list[0] != more[2] || list[2] != more[0] {
		t.Errorf("living logins, the latest first: %+v", list)
	}
	moved := more[1]
	moved.SeenAt, moved.ExpiresAt = wait(5), wait(50)
	if err := s.TouchSession(ctx, moved); err != nil {
		t.Fatal(err)
	}
	if got := ok[sales.Session](t)(s.Session(ctx, store.SessionLogin, []byte{0}, wait(40))); got != moved {
		t.Errorf("%+v", got)
	}
	if err := s.DeleteSession(ctx, ws, x.Owner.ID, moved.ID); err != nil { // somebody else's
		t.Fatal(err)
	}
	if err := s.DeleteOldSessions(ctx, wait(24)); err != nil {
		t.Fatal(err)
	}
	if n := value(t, s, "SELECT count(*) FROM sessions"); n != 2 {
		t.Error(n)
	}
	uses := []bool{}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		uses = uses[:0]
		once := moved
		once.ID = s.NewID()
		if err := tx.InsertSession(ctx, once, store.SessionInvite, []byte("used once")); err != nil {
			return err
		}
		for range 2 {
			was, err := tx.UseSession(ctx, once)
			if err != nil {
				return err
			}
			uses = append(uses, was)
		}
		return nil
	})
	if !uses[0] || uses[1] {
		t.Errorf("a session that is good once was used: %v", uses)
	}
	if err := s.DeleteSession(ctx, ws, user, moved.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteSessionsExcept(ctx, ws, user, more[3].ID); err != nil {
		t.Fatal(err)
	}
	if got := ok[sales.Session](t)(s.Session(ctx, store.SessionInvite, []byte{2}, Now)); got.ID != more[3].ID {
		t.Errorf("%+v", got)
	}
	if err := s.DeleteSessionsExcept(ctx, ws, user, 0); err != nil {
		t.Fatal(err)
	}
	if n := value(t, s, "SELECT count(*) FROM sessions"); n != 0 {
		t.Error(n)
	}
}

func testUsers(t *testing.T, s *store.Store) {
	ctx := t.Context()
	if some := ok[bool](t)(s.AnyUser(ctx)); some {
		t.Error("nobody is there")
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		some, err := tx.AnyUser(ctx)
		no(t, some)
		return err
	})
	w := NewWorld(t, s, 0)
	u := w.Seller
	u.Name, u.Role, u.Zone, u.PasswordHash, u.Disabled = "Zoë", sales.RoleManager, "UTC", "hash", true
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		some, err := tx.AnyUser(ctx)
		no(t, !some)
		if err != nil {
			return err
		}
		return tx.SaveUser(ctx, u)
	})
	if got := ok[sales.User](t)(s.UserByEmail(ctx, u.Email)); got != u {
		t.Errorf("wrote %+v\nread  %+v", u, got)
	}
	if _, err := s.UserByEmail(ctx, strings.ToUpper(u.Email)); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
	if list := ok[[]sales.User](t)(s.Users(ctx, u.WorkspaceID)); len(list) != 2 || list[1] != u {
		t.Errorf("by name: %+v", list)
	}
	ws := w.Workspace
	for range 2 {
		if got := ok[sales.Workspace](t)(s.KeptWorkspace(ctx, ws.ID)); !reflect.DeepEqual(got, ok[sales.Workspace](t)(s.Workspace(ctx, ws.ID))) {
			t.Errorf("kept %+v", got)
		}
	}
	if _, err := s.KeptWorkspace(ctx, ws.ID+1); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
	ws.Name, ws.Settings.RestDays, ws.Settings.Windows[0] = "Neu", 9, []sales.Window{{From: 1, To: 2}}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveWorkspace(ctx, ws); err != nil {
			return err
		}
		got := ok[sales.Workspace](t)(tx.Workspace(ctx, ws.ID))
		if !reflect.DeepEqual(got, ws) {
			t.Errorf("wrote %+v\nread  %+v", ws, got)
		}
		return nil
	})
	if list := ok[[]sales.Workspace](t)(s.Workspaces(ctx)); len(list) != 1 || !reflect.DeepEqual(list[0], ws) {
		t.Errorf("%+v", list)
	}
	if got := ok[sales.Workspace](t)(s.Workspace(ctx, ws.ID)); got.Name != "Neu" {
		t.Errorf("%+v", got)
	}
	if got := ok[sales.Workspace](t)(s.KeptWorkspace(ctx, ws.ID)); !reflect.DeepEqual(got, ws) {
		t.Errorf("what was kept is out of date: %+v", got)
	}
	if err := s.Migrate(ctx); err != nil {
		t.Error("a second time:", err)
	}
}

// testTasks: open, put off, done, opened again, counted.
func testTasks(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 3)
	ctx, ws, user := t.Context(), w.Workspace.ID, w.Seller.ID
	var list []sales.Task
	for i, k := range []sales.TaskKind{sales.TaskCall, sales.TaskAnswer, sales.TaskConfirm, sales.TaskFix} {
		x := sales.Task{
			WorkspaceID: ws, ID: s.NewID(), Key: string(k), Kind: k, State: sales.TaskOpen, PersonID: w.People[i%3].ID, UserID: user, EnrollmentID: 1, StepID: 2, MessageID: 3, MailingID: 4,
			Title: "T", Note: "N", Intent: sales.Question, CreatedAt: Now, DueAt: wait(float64(9 - i)),
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			opened, err := tx.OpenTask(ctx, x)
			no(t, !opened)
			return err
		})
		list = append(list, x)
	}
	if got := ok[sales.Task](t)(s.Task(ctx, ws, list[0].ID)); got != list[0] {
		t.Errorf("wrote %+v\nread  %+v", list[0], got)
	}
	if got := ok[[]sales.Task](t)(s.OpenTasks(ctx, ws, user, 9)); len(got) != 4 || got[0] != list[3] || got[3] != list[0] {
		t.Errorf("the first due first: %+v", got)
	}
	v := w.Viewer()
	nav := func(at float64, next, inbox int) {
		t.Helper()
		if n := ok[store.NavCounts](t)(s.Nav(ctx, v, wait(at))); n.Next != next || n.Inbox != inbox {
			t.Errorf("%+v, not %d and %d", n, next, inbox)
		}
	}
	nav(0, 3, 2)
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SnoozeTask(ctx, ws, list[1].ID, wait(5)) })
	nav(1, 2, 1)
	nav(5, 3, 2)
	if got := ok[[]sales.Task](t)(s.Handoffs(ctx, v, wait(1), 9)); len(got) != 1 || got[0].ID != list[2].ID {
		t.Errorf("%+v", got)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.EndTask(ctx, ws, list[0].ID, sales.TaskDone, wait(2), "did it"); err != nil {
			return err
		}
		return tx.EndTask(ctx, ws, list[1].ID, sales.TaskCanceled, wait(2), "off")
	})
	if got := ok[sales.Task](t)(s.Task(ctx, ws, list[0].ID)); got.State != sales.TaskDone || !got.DoneAt.Equal(wait(2)) || got.DoneWhy != "did it" {
		t.Errorf("%+v", got)
	}
	if n := ok[int](t)(s.DoneSince(ctx, ws, user, wait(2))); n != 1 {
		t.Error(n)
	}
	if n := ok[int](t)(s.DoneSince(ctx, ws, user, wait(2.1))); n != 0 {
		t.Error(n)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.ReopenTask(ctx, ws, list[1].ID) })
	if got := ok[sales.Task](t)(s.Task(ctx, ws, list[1].ID)); got != list[1] {
		t.Errorf("%+v", got)
	}
	if got := ok[[]sales.Task](t)(s.TasksOfKind(ctx, ws, sales.TaskCall)); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

// testRoundTrips: calls, and what has no test of its own, come back as they were.
func testRoundTrips(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	if got := ok[[]sales.Call](t)(s.CallsOf(ctx, ws, x.People[0].ID)); len(got) != 1 || got[0] != x.Call {
		t.Errorf("%+v", got)
	}
	if got := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, x.Enrollment.ID)); got != x.Enrollment {
		t.Errorf("wrote %+v\nread  %+v", x.Enrollment, got)
	}
	if got := ok[sales.Person](t)(s.PersonAny(ctx, ws, x.People[1].ID)); !reflect.DeepEqual(got, x.People[1]) {
		t.Errorf("wrote %+v\nread  %+v", x.People[1], got)
	}
	if got := ok[sales.Thread](t)(s.Thread(ctx, ws, x.Thread.ID)); got.ID != x.Thread.ID || !got.LastAt.Equal(wait(1)) || got.LastHeader != x.In.HeaderID {
		t.Errorf("%+v", got)
	}
	for name, raw := range map[string][]byte{"empty": {}, "big": []byte(noise(t, 3<<20)), "zeros": make([]byte, 1000)} {
		id := s.NewID()
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertRaw(ctx, ws, id, raw) })
		if got := ok[[]byte](t)(s.Raw(ctx, ws, id)); string(got) != string(raw) {
			t.Errorf("%s: %d bytes came back as %d", name, len(raw), len(got))
		}
	}
	if _, err := s.Raw(ctx, ws, 1); sales.CodeOf(err) != sales.NotFound || !strings.Contains(sales.Explain(err), "message") {
		t.Error(err)
	}
}

// testIDs: no ID is given twice, and they grow.
func testIDs(t *testing.T, s *store.Store) {
	var mu sync.Mutex
	seen := map[sales.ID]bool{}
	atOnce(t, 4, func(int) (bool, error) {
		last := sales.ID(0)
		mine := make([]sales.ID, 0, 20_000)
		for range 20_000 {
			id := s.NewID()
			if id <= last {
				t.Errorf("%d after %d", id, last)
			}
			last = id
			mine = append(mine, id)
		}
		mu.Lock()
		defer mu.Unlock()
		for _, id := range mine {
			if seen[id] {
				t.Errorf("%d twice", id)
			}
			seen[id] = true
		}
		return true, nil
	})
}
