package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// accounts lists the accounts.
func (s *Server) accounts(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "Accounts", "accounts")
	if err != nil {
		return err
	}
	p, err := c.accountsPage(r.Context(), r.URL.Query())
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, AccountsView(*p))
}

// accountRows answers rows: of a new search, or the next ones.
func (s *Server) accountRows(w http.ResponseWriter, r *http.Request, v visit) error {
	if !httpx.IsPartial(r) && r.URL.Query().Get("after") == "" {
		return httpx.SeeOther(w, r, "/accounts?"+r.URL.RawQuery)
	}
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	p, err := c.accountsPage(r.Context(), r.URL.Query())
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, AccountRows(*p))
}

func (c *scene) accountsPage(ctx context.Context, q url.Values) (*AccountsPage, error) {
	p := &AccountsPage{Shell: c.sh, Query: cut(q.Get("q"), 400), First: q.Get("after") == ""}
	f := store.AccountFilter{Search: p.Query, Archived: q.Get("show") == "away"}
	if id, err := sales.ParseID(q.Get("owner")); err == nil && c.Role.AtLeast(sales.RoleManager) {
		f.Owner, p.Owner = id, id.String()
	}
	p.Owners = c.ownersToChoose(p.Owner)
	href := func(base, show, after string) string {
		x := url.Values{}
		for name, value := range map[string]string{"show": show, "q": p.Query, "owner": p.Owner, "after": after} {
			if value != "" {
				x.Set(name, value)
			}
		}
		return strings.TrimSuffix(base+"?"+x.Encode(), "?")
	}
	show := pick(f.Archived, "away", "")
	p.Filters = []Chip{{Label: "In use", Href: href("/accounts", "", ""), On: !f.Archived}, {Label: "Put away", Href: href("/accounts", "away", ""), On: f.Archived}}
	if f.Archived {
		p.Keep = []Hidden{{"show", "away"}}
	}
	p.Filtered = p.Query != "" || p.Owner != "" || f.Archived
	list, after, err := c.Store.AccountList(ctx, c.Viewer, f, store.Page{After: q.Get("after")})
	if err != nil {
		return nil, err
	}
	if after != "" {
		p.NextHref = href("/accounts/rows", show, after)
	}
	p.Rows, err = c.accountRowsOf(ctx, list)
	return p, err
}

// maxRowPeople is how many people of an account its row in a list looks at.
const maxRowPeople = 5

// accountRowsOf are accounts as rows.
func (c *scene) accountRowsOf(ctx context.Context, list []sales.Account) ([]AccountRow, error) {
	var ids, people []sales.ID
	for _, a := range list {
		ids = append(ids, a.ID)
	}
	counts, err := c.Store.CountPeopleAt(ctx, c.Viewer, ids)
	if err != nil {
		return nil, err
	}
	open, err := c.Store.OpenDealsAt(ctx, c.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	who := map[sales.ID][]sales.Person{}
	for _, id := range ids {
		at, err := c.Store.PeopleAt(ctx, c.Viewer, id)
		if err != nil {
			return nil, err
		}
		who[id] = at
		for _, p := range at[:min(len(at), maxRowPeople)] {
			people = append(people, p.ID)
		}
	}
	moves, err := c.Store.NewestMoves(ctx, c.WorkspaceID, people, maxMiniMoves)
	if err != nil {
		return nil, err
	}
	words := c.words(ctx)
	out := make([]AccountRow, 0, len(list))
	for _, a := range list {
		row := AccountRow{ID: a.ID, Name: orWord(a.Name, "Without a name"), Domain: a.Domain, People: counts[a.ID], Deals: c.openDealsWords(open[a.ID])}
		if a.OwnerID != c.User.ID {
			row.Owner = orWord(c.team[a.OwnerID].Name, "nobody")
		}
		row.Move, _ = c.groupMark(words, who[a.ID])
		var lines []sales.Move
		for _, p := range who[a.ID][:min(len(who[a.ID]), maxRowPeople)] {
			lines = append(lines, moves[p.ID]...)
		}
		row.Balance = c.miniOf("they", lines)
		out = append(out, row)
	}
	return out, nil
}

// openDealsWords says how many deals are open and what they are worth, of those
// that the viewer may see.
func (c *scene) openDealsWords(list []sales.Deal) string {
	n, sums, scope := 0, map[string]int64{}, c.OwnerScope()
	var order []string
	for _, d := range list {
		if scope != 0 && d.OwnerID != 0 && d.OwnerID != scope {
			continue
		}
		n++
		if d.Amount == 0 {
			continue
		}
		if _, ok := sums[d.Currency]; !ok {
			order = append(order, d.Currency)
		}
		sums[d.Currency] += d.Amount
	}
	if n == 0 {
		return ""
	}
	text := number(n)
	for i, currency := range order {
		text += pick(i == 0, ": ", " + ") + sales.Money(sums[currency], currency)
	}
	return text
}

// account shows the record of an account.
func (s *Server) account(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	p, err := s.accountPage(r, v, id)
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, AccountView(*p))
}

func (s *Server) accountPage(r *http.Request, v visit, id sales.ID) (*AccountPage, error) {
	ctx := r.Context()
	a, err := s.Store.SeeAccount(ctx, v.Viewer, id)
	if err != nil {
		return nil, err
	}
	c, err := s.scene(r, v, a.Name, "accounts")
	if err != nil {
		return nil, err
	}
	p := &AccountPage{Shell: c.sh, Account: a, Owner: c.team[a.OwnerID].Name, Form: c.accountFormOf(a), CanArchive: a.OwnerID == 0 || a.OwnerID == v.UserID || v.Role.AtLeast(sales.RoleManager)}
	people, err := s.Store.PeopleAt(ctx, v.Viewer, id)
	if err != nil {
		return nil, err
	}
	if len(people) == 50 {
		p.MorePeople = "/people?account=" + id.String()
	}
	parts, err := s.Store.PartsAt(ctx, v.WorkspaceID, id)
	if err != nil {
		return nil, err
	}
	var named []sales.ID
	for _, x := range parts {
		named = append(named, x.NamedBy)
	}
	known, err := s.Store.PeopleByID(ctx, v.WorkspaceID, named)
	if err != nil {
		return nil, err
	}
	g, err := c.groupWith(ctx, people, known)
	if err != nil {
		return nil, err
	}
	words := c.words(ctx)
	p.People = c.dealPeople(words, parts, g, id)
	if len(p.People) > 0 {
		p.Missing = missingOf(p.People)
	}
	p.Move, _ = c.groupMark(words, people)
	p.Balance = balanceSay("they", false, c.weights().Compute(g.lines(), c.now()))
	deals, _, err := s.Store.Deals(ctx, v.Viewer, store.DealFilter{Account: id}, store.Page{Limit: 50})
	if err != nil {
		return nil, err
	}
	if p.Deals, err = c.dealCards(ctx, deals); err != nil {
		return nil, err
	}
	seen := map[sales.ID]bool{0: true}
	for _, d := range deals {
		seen[d.ID] = true
	}
	own, err := s.Store.MovesOfAccount(ctx, v.WorkspaceID, id, maxTogether)
	if err != nil {
		return nil, err
	}
	var beside []sales.Move
	for _, m := range own {
		if seen[m.DealID] {
			beside = append(beside, m)
		}
	}
	p.Story = c.together(g.moves, g.people, beside)
	for _, f := range []Fact{{Label: "Domain", Value: a.Domain}, {Label: "Web site", Value: a.Website}, {Label: "Country", Value: a.Country}, {Label: "Time zone", Value: a.Zone}} {
		if f.Value != "" {
			p.Facts = append(p.Facts, f)
		}
	}
	return p, nil
}

func (c *scene) accountFormOf(a sales.Account) AccountForm {
	return AccountForm{ID: a.ID, Owners: c.ownersToChoose(a.OwnerID.String()), Values: map[string]string{
		"name": a.Name, "domain": a.Domain, "website": a.Website, "country": a.Country, "zone": a.Zone, "notes": a.Notes, "owner": a.OwnerID.String(),
	}}
}

// newAccount shows the form of a new account.
func (s *Server) newAccount(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.accountFormPage(w, r, v, http.StatusOK, AccountForm{Values: map[string]string{}})
}

func (s *Server) accountFormPage(w http.ResponseWriter, r *http.Request, v visit, status int, f AccountForm) error {
	c, err := s.scene(r, v, "Add an account", "accounts")
	if err != nil {
		return err
	}
	f.Owners = c.ownersToChoose(f.Values["owner"])
	if f.Values["owner"] == "" {
		f.Values["owner"] = v.UserID.String()
	}
	return RenderStatus(w, r, status, c.sh, AccountFormView(AccountFormPage{Shell: c.sh, Form: f}))
}

// readAccount reads the form of an account over what it was.
func readAccount(r *http.Request, a sales.Account) (sales.Account, AccountForm, error) {
	if err := r.ParseForm(); err != nil {
		return a, AccountForm{}, badForm(err)
	}
	f := AccountForm{ID: a.ID, Values: map[string]string{}}
	for _, name := range []string{"name", "domain", "website", "country", "zone", "owner"} {
		f.Values[name] = cut(strings.TrimSpace(r.PostForm.Get(name)), 1000)
	}
	f.Values["notes"] = strings.ReplaceAll(cut(r.PostForm.Get("notes"), 30_000), "\r\n", "\n")
	a.Name, a.Domain, a.Website, a.Country, a.Zone, a.Notes = f.Values["name"], f.Values["domain"], f.Values["website"], f.Values["country"], f.Values["zone"], f.Values["notes"]
	if f.Values["owner"] != "" {
		id, err := optionalID(f.Values["owner"])
		if err != nil {
			return a, f, err
		}
		a.OwnerID = id
	}
	return a, f, nil
}

// addAccount adds an account.
func (s *Server) addAccount(w http.ResponseWriter, r *http.Request, v visit) error {
	a, f, err := readAccount(r, sales.Account{})
	if err == nil {
		a, err = s.Desk.SaveAccount(r.Context(), v.Viewer, a)
	}
	if (inForm(err) || sales.CodeOf(err) == sales.Conflict) && f.Values != nil {
		f.Problem = sales.Explain(err)
		return s.accountFormPage(w, r, v, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, path("/accounts", a.ID), Toast{Text: a.Name + " is added."})
}

// saveAccount changes an account.
func (s *Server) saveAccount(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	was, err := s.Store.SeeAccount(r.Context(), v.Viewer, id)
	if err != nil {
		return err
	}
	a, f, err := readAccount(r, was)
	if err == nil {
		_, err = s.Desk.SaveAccount(r.Context(), v.Viewer, a)
	}
	if (inForm(err) || sales.CodeOf(err) == sales.Conflict) && f.Values != nil {
		p, perr := s.accountPage(r, v, id)
		if perr != nil {
			return perr
		}
		p.Form.Values, p.Form.Problem, p.Shell.Open = f.Values, sales.Explain(err), "act-edit"
		return RenderStatus(w, r, http.StatusUnprocessableEntity, p.Shell, AccountView(*p))
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, path("/accounts", id), Toast{Text: "Saved."})
}

// accountPerson says what somebody does at an account, or who named them.
func (s *Server) accountPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	person, err := formID(r, "person")
	if err != nil {
		return err
	}
	namedBy, err := formID(r, "named_by")
	if err != nil {
		return err
	}
	role := sales.BuyerRole(r.PostFormValue("role"))
	if r.PostFormValue("keep") == "role" {
		parts, err := s.Store.PartsAt(r.Context(), v.WorkspaceID, id)
		if err != nil {
			return err
		}
		for _, x := range parts {
			if x.PersonID == person {
				role = x.Role
			}
		}
	}
	err = s.Desk.PutAtAccount(r.Context(), v.Viewer, person, role, namedBy)
	return s.over(w, r, path("/accounts", id)+"#who", desk.Undo{Say: "Saved."}, err)
}

// archiveAccount puts an account away, or brings it back.
func (s *Server) archiveAccount(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	u, err := s.Desk.ArchiveAccount(r.Context(), v.Viewer, id, r.PostFormValue("away") == "yes")
	return s.over(w, r, path("/accounts", id), u, err)
}
