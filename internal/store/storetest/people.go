package storetest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func testPeople(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 7)
	ctx, ws, v := t.Context(), w.Workspace.ID, w.Viewer()
	var got []sales.ID
	for after, pages := "", 0; ; pages++ {
		list, next, err := s.People(ctx, v, store.PeopleFilter{}, store.Page{After: after, Limit: 3})
		if err != nil || len(list) > 3 || pages > 3 {
			t.Fatal(list, err)
		}
		for _, p := range list {
			got = append(got, p.ID)
		}
		if after = next; next == "" {
			break
		}
	}
	if len(got) != 7 || got[0] != w.People[6].ID || got[6] != w.People[0].ID {
		t.Errorf("every person once, the newest first: %v", got)
	}
	if list, next, err := s.People(ctx, v, store.PeopleFilter{}, store.Page{Limit: 7}); len(list) != 7 || next != "" || err != nil {
		t.Error("a full last page has no next:", next, err)
	}
	p := w.People[0]
	p.Email, p.FirstName, p.Custom, p.Address, p.OwnerID, p.AccountID = "new@x.example", "Zoë", map[string]string{"fleet": "40", "q": `"\'?`}, sales.AddressSoft, w.Owner.ID, 0
	p.Title, p.Phone, p.Zone, p.Country, p.Language, p.LinkedIn, p.UpdatedAt = "CEO", "+1", "UTC", "US", "en", "l", wait(3)
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SavePerson(ctx, p, "Acme") })
	if got := ok[sales.Person](t)(s.PersonAny(ctx, ws, p.ID)); !reflect.DeepEqual(got, p) {
		t.Errorf("wrote %+v\nread  %+v", p, got)
	}
	manager := sales.Viewer{WorkspaceID: ws, UserID: 1, Role: sales.RoleManager}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: ws, At: Now, Kind: sales.MoveReply, PersonID: w.People[1].ID}})
	})
	w.Enroll(t, 2)
	for name, c := range map[string]struct {
		f    store.PeopleFilter
		want int
	}{
		"all": {store.PeopleFilter{}, 7}, "owner": {store.PeopleFilter{Owner: w.Owner.ID}, 1}, "account": {store.PeopleFilter{Account: w.Account.ID}, 6},
		"move": {store.PeopleFilter{Move: sales.OurMove}, 1}, "idle": {store.PeopleFilter{Idle: true}, 6}, "sequence": {store.PeopleFilter{Sequence: w.Sequence.ID}, 1},
		"together": {store.PeopleFilter{Search: "marta", Owner: w.Seller.ID, Account: w.Account.ID, Idle: true, Move: sales.OurMove}, 1}, "none": {store.PeopleFilter{Owner: 12}, 0},
	} {
		if list, _, err := s.People(ctx, manager, c.f, store.Page{}); len(list) != c.want || err != nil {
			t.Errorf("%s: %d %v", name, len(list), err)
		}
	}
	many := map[string]bool{}
	var emails []string
	for i := range 1300 {
		emails = append(emails, fmt.Sprintf("nobody%d@x.example", i))
	}
	for e := range ok[map[string]sales.Person](t)(s.PeopleByEmail(ctx, ws, append(emails, Address(1), "new@x.example"))) {
		many[e] = true
	}
	if len(many) != 2 || !many[Address(1)] {
		t.Error(many)
	}
}

// testSearch: without case and accents, all words, nothing is a wildcard.
func testSearch(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx := t.Context()
	for _, n := range []string{"Zoë|Müller", "Łukasz|Żółć", "René|D'Arc", "Ngô|Đình", "50%|Off", "a_b|c!d", "İlker|Çelik", `back\slash|"quote"`, "ＦＵＬＬ|width", "李|小龙", "Ana|Ångström"} {
		first, last, _ := strings.Cut(n, "|")
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertPerson(ctx, sales.Person{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), FirstName: first, LastName: last, Title: "Chief", CreatedAt: Now, UpdatedAt: Now}, "Große Firma")
		})
	}
	for search, want := range map[string]int{
		"zoe": 1, "ZOË": 1, "muller zoe": 1, "müller": 1, "rene": 1, "d'arc": 1, "'": 1, "%": 1, "50%": 1, "_": 1, "a_b": 1, "axb": 0, "c!d": 1, "!": 1, "celik": 1,
		`\`: 1, `"`: 1, "full": 1, "李": 1, "angstrom": 1, "chief": 11, "firma": 11, "große": 11, "zoe rene": 0, "": 11, "   ": 11, "zol": 0, "ngo": 1,
		strings.Repeat("chief ", 50): 11,
	} {
		list, _, err := s.People(ctx, w.Viewer(), store.PeopleFilter{Search: search}, store.Page{})
		if len(list) != want || err != nil {
			t.Errorf("%.30q finds %d, not %d: %v", search, len(list), want, err)
		}
	}
	long := strings.Repeat("é", 300) + " zoe" // cut in the middle of a letter, not of the search
	if _, _, err := s.People(ctx, w.Viewer(), store.PeopleFilter{Search: "x" + long}, store.Page{}); err != nil {
		t.Error(err)
	}
}

// testTouch: the counters of a person follow the ledger.
func testTouch(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	p := w.People[0]
	at := 0.0
	for _, c := range []struct {
		m    sales.Move
		want string
	}{
		{sales.Move{Kind: sales.MoveNote}, " 0 in=0 out=0 since=0 until=0"},
		{sales.Move{Kind: sales.MoveMailAuto}, "theirs 1 in=0 out=2 since=2 until=0"},
		{sales.Move{Kind: sales.MoveCall}, "theirs 2 in=0 out=3 since=2 until=0"},
		{sales.Move{Kind: sales.MoveAutoReply}, "theirs 2 in=0 out=3 since=2 until=0"},
		{sales.Move{Kind: sales.MoveReply}, "ours 0 in=5 out=3 since=5 until=0"},
		{sales.Move{Kind: sales.MoveNotNow, Until: wait(500)}, "resting 0 in=6 out=3 since=6 until=500"},
		{sales.Move{Kind: sales.MoveMailManual}, "theirs 1 in=6 out=7 since=7 until=0"},
		{sales.Move{Kind: sales.MoveTalk, OwnTurn: sales.OurMove}, "ours 0 in=8 out=7 since=8 until=0"},
		{sales.Move{Kind: sales.MoveReply, At: wait(1)}, "ours 0 in=8 out=7 since=1 until=0"},
	} {
		at++
		m := c.m
		if m.At.IsZero() {
			m.At = wait(at)
		}
		m.WorkspaceID, m.PersonID, m.Actor = p.WorkspaceID, p.ID, sales.BySystem
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AppendMoves(ctx, []sales.Move{m}) })
		q := ok[sales.Person](t)(s.PersonAny(t.Context(), p.WorkspaceID, p.ID))
		h := func(x time.Time) int {
			if x.IsZero() {
				return 0
			}
			return int(x.Sub(Now).Hours())
		}
		if got := fmt.Sprintf("%s %d in=%d out=%d since=%d until=%d", q.Move, q.Untouched, h(q.LastInAt), h(q.LastOutAt), h(q.MoveSince), h(q.MoveUntil)); got != c.want {
			t.Errorf("after %s: %s, not %s", m.Kind, got, c.want)
		}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: p.WorkspaceID, At: Now, Kind: sales.MoveReply}}) // of nobody
	})
}

func testAccounts(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx, ws := t.Context(), w.Workspace.ID
	if a := ok[sales.Account](t)(s.Account(ctx, ws, w.Account.ID)); !reflect.DeepEqual(a, w.Account) {
		t.Errorf("%+v", a)
	}
	if a := ok[sales.Account](t)(s.Account(ctx, ws, 0)); a.WorkspaceID != ws || a.ID != 0 {
		t.Errorf("%+v", a)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			domain, name string
			found        bool
		}{{"brightwater.example", "", true}, {"", "Brightwater Logistics", true}, {"x.example", "Brightwater Logistics", true}, {"", "brightwater logistics", false}, {"", "", false}, {"x.example", "", false}} {
			a, err := tx.FindAccount(ctx, ws, c.domain, c.name)
			if c.found != (err == nil) || c.found && a.ID != w.Account.ID || !c.found && sales.CodeOf(err) != sales.NotFound {
				t.Errorf("%+v: %v %v", c, a, err)
			}
		}
		long := strings.Repeat("n", 300)
		for i, n := range []string{long + "1", long + "2"} {
			if err := tx.InsertAccount(ctx, sales.Account{WorkspaceID: ws, ID: sales.ID(i + 1), Name: n, CreatedAt: Now}); err != nil {
				return err
			}
		}
		a, err := tx.FindAccount(ctx, ws, "", long+"2")
		if a.ID != 2 {
			t.Errorf("names that begin alike: %v", a.ID)
		}
		return err
	})
}

// testConflicts: what may be there once.
func testConflicts(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	for name, write := range map[string]func(ctx context.Context, tx *store.Tx) error{
		"workspace": func(ctx context.Context, tx *store.Tx) error { return tx.InsertWorkspace(ctx, x.Workspace) },
		"user": func(ctx context.Context, tx *store.Tx) error {
			u := x.Seller
			u.ID, u.WorkspaceID = tx.NewID(), tx.NewID() // addresses are unique in the installation
			return tx.InsertUser(ctx, u)
		},
		"mailbox": func(ctx context.Context, tx *store.Tx) error {
			m := x.Mailbox
			m.ID = tx.NewID()
			return tx.InsertMailbox(ctx, m)
		},
		"person": func(ctx context.Context, tx *store.Tx) error {
			p := x.People[0]
			p.ID = tx.NewID()
			return tx.InsertPerson(ctx, p, "")
		},
		"address": func(ctx context.Context, tx *store.Tx) error {
			p := x.People[0]
			p.Email = x.People[1].Email
			return tx.SavePerson(ctx, p, "")
		},
		"task": func(ctx context.Context, tx *store.Tx) error {
			return tx.EndTask(ctx, x.Workspace.ID, 1, sales.TaskDone, Now, "")
		},
		"draft": func(ctx context.Context, tx *store.Tx) error {
			return tx.EditDraft(ctx, x.Workspace.ID, x.Sent.ID, "", "")
		},
	} {
		err := try(t, s, write)
		if sales.CodeOf(err) != sales.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { // many have no address, and other workspaces have their own
		for range 2 {
			if err := tx.InsertPerson(ctx, sales.Person{WorkspaceID: x.Workspace.ID, ID: tx.NewID(), Phone: "+1"}, ""); err != nil {
				return err
			}
		}
		return tx.InsertPerson(ctx, sales.Person{WorkspaceID: tx.NewID(), ID: tx.NewID(), Email: x.People[0].Email}, "")
	})
}
