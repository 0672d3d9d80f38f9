package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/web"
)

// timeOf is what is kept of a user, seconds by kind of page.
func (s *site) timeOf(u sales.User) map[string]int {
	s.t.Helper()
	list, err := s.OwnPageTime(s.t.Context(), sales.Viewer{WorkspaceID: u.WorkspaceID, UserID: u.ID, Role: u.Role}, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]int{}
	for _, x := range list {
		out[x.Page] += x.Seconds
	}
	return out
}

// TestEveryRouteCounts: every page and every action is selling or admin, but for
// those that belong to nobody's work.
func TestEveryRouteCounts(t *testing.T) {
	none := []string{"/setup", "/login", "/logout", "/enter", "/invite/", "/u/", "/hooks/", "/undo/", "/go", "/live"}
	for _, pattern := range web.Patterns() {
		_, path, _ := strings.Cut(pattern, " ")
		path = strings.NewReplacer("{$}", "", "{id}", "7", "{step}", "7", "{person}", "7", "{version}", "7", "{what}", "x", "{token}", "x", "{token...}", "x").Replace(path)
		if strings.ContainsAny(path, "{}") {
			t.Errorf("%s: the test does not know what to put in", pattern)
		}
		p, ok := balance.PageOf(path)
		for _, x := range none {
			if strings.HasPrefix(path, x) && path != "/" {
				if ok {
					t.Errorf("%s counts as %s", pattern, p.Kind)
				}
				ok = true
			}
		}
		if !ok {
			t.Errorf("%s is neither selling nor admin: add it to balance.Pages", pattern)
		}
	}
}

// TestTimeOnPages: a page says as what it counts, a beat is kept, and the page of
// the 90/10 shows it: to oneself by page, to leaders as two sums of days that are over.
func TestTimeOnPages(t *testing.T) {
	s := newSite(t, 1)
	wall := time.Date(2031, 5, 1, 8, 0, 0, 0, time.UTC)
	s.desk.Wall = func() time.Time { return wall }
	b, boss := s.as(s.Seller), s.as(s.Owner)
	for path, kind := range map[string]string{"/next": "next", "/people/" + s.People[0].ID.String(): "person", "/people": "lists", "/settings/days-off": "schedules", "/ninety": "figures"} {
		b.get(path).wants(`html[data-counts="`+kind+`"]`, "")
	}
	if got := s.anybody().get("/login").all("html[data-counts]"); len(got) != 0 {
		t.Error("the login counts")
	}
	beat := func(b *browser, form url.Values, status int) {
		t.Helper()
		if a := b.do("POST", "/ninety/time", form); a.StatusCode != status || a.body != "" && status < 400 {
			t.Errorf("status %d, want %d: %s", a.StatusCode, status, a.body)
		}
		wall = wall.Add(time.Minute)
	}
	beat(b, form("next", "20", "import", "10"), http.StatusNoContent)
	// What a beat cannot know is not read, and what cannot be is not believed.
	beat(b, form("next", "999999999999", "user", s.Owner.ID.String(), "workspace", "1", "day", "99999", "at", "2099-01-01", "nonsense", "30"), http.StatusNoContent)
	beat(b, form("next", "-5", "call", "1e9", "import", "99999999999999999999"), http.StatusNoContent)
	beat(b, form("next", strings.Repeat("9", 10_000)), http.StatusRequestEntityTooLarge)
	if a := s.anybody().do("POST", "/ninety/time", form("next", "30")); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a login: %d", a.StatusCode)
	}
	if a := b.do("POST", "/ninety/time", form("next", "30"), "Sec-Fetch-Site", "cross-site"); a.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %d", a.StatusCode)
	}
	if got := s.timeOf(s.Seller); len(got) != 2 || got["next"] != 50 || got["import"] != 10 || len(s.timeOf(s.Owner)) != 0 {
		t.Errorf("stored: %v", got)
	}
	page := b.get("/ninety")
	page.wants("#time", "83 % of your time here was selling", "Imports", "One large file", "What is stored of you", "nothing", "Stop counting my time")
	page.lacks("#time", "for the workspace")
	page.lacks("main", "The team’s time")
	boss.get("/ninety").lacks("main", s.Seller.Name)
	s.clock.move(36 * time.Hour)
	b.get("/ninety").wants("#time", "1 min selling, under 1 min admin")
	page = boss.get("/ninety")
	page.wants("[aria-labelledby=team-time]", s.Seller.Name, "1 min", "shows from 3 people on")
	page.lacks("[aria-labelledby=team-time]", "Imports")

	// Off for oneself: the pages say nothing more, and what was stored is gone.
	a := b.do("POST", "/ninety/time/mine", form("count", "no"))
	if a.StatusCode != http.StatusSeeOther || len(s.timeOf(s.Seller)) != 0 {
		t.Errorf("status %d, stored %v", a.StatusCode, s.timeOf(s.Seller))
	}
	if got := b.get("/next").all("html[data-counts]"); len(got) != 0 {
		t.Error("a page counts that should not")
	}
	beat(b, form("next", "30"), http.StatusConflict)
	b.get("/ninety").wants("#time", "Your time on pages is not counted")
	b.post("/ninety/time/mine", "count", "yes")
	beat(b, form("next", "30"), http.StatusNoContent)
	b.post("/ninety/time/forget")
	if got := s.timeOf(s.Seller); len(got) != 0 {
		t.Errorf("after deleting: %v", got)
	}

	// And for the workspace, by administrators.
	if a := b.do("POST", "/ninety/time/all", form("count", "no")); a.StatusCode != http.StatusForbidden {
		t.Errorf("a seller: %d", a.StatusCode)
	}
	boss.post("/ninety/time/all", "count", "no")
	beat(b, form("next", "30"), http.StatusConflict)
	b.get("/ninety").wants("#time", "An administrator can switch it on")
	boss.get("/ninety").wants("#time", "Count it in this workspace")
	boss.post("/ninety/time/all", "count", "yes")
	beat(b, form("next", "30"), http.StatusNoContent)
}

// TestTeamTime: from three people on leaders see which admin took most time of all
// of them together.
func TestTeamTime(t *testing.T) {
	s := newSite(t, 0)
	s.clock.move(6 * time.Hour)
	day := store.Day(s.clock.Now(), nil) - 1
	if err := s.InTx(t.Context(), func(tx *store.Tx) error {
		for i, u := range []sales.ID{s.Seller.ID, s.Owner.ID, tx.NewID()} {
			for page, minutes := range map[string]int{"next": 100, "import": 10 * i, "sequences": 7, "lists": 3, "settings": 1} {
				if err := tx.AddPageTime(context.Background(), s.Workspace.ID, sales.PageTime{UserID: u, Day: day, Page: page, Seconds: 60 * minutes}); err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	page := s.as(s.Owner).get("/ninety")
	page.wants("[aria-labelledby=team-time]", "The team", "Imports", "30 min", "Building and watching sequences", "21 min", "Going through lists", "A former colleague", "1 h 40 min")
	page.lacks("[aria-labelledby=team-time]", "Other settings", "The inbox")
	s.as(s.Seller).get("/ninety").lacks("main", "The team’s time", s.Owner.Name)
}
