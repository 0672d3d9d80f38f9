package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// people lists people, with a search and filters.
func (s *Server) people(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "People", "people")
	if err != nil {
		return err
	}
	p, err := c.peoplePage(r.Context(), r.URL.Query())
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, PeopleView(*p))
}

// peopleRows answers rows: of a new search, or the next ones.
func (s *Server) peopleRows(w http.ResponseWriter, r *http.Request, v visit) error {
	if !httpx.IsPartial(r) && r.URL.Query().Get("after") == "" {
		return httpx.SeeOther(w, r, "/people?"+r.URL.RawQuery)
	}
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	p, err := c.peoplePage(r.Context(), r.URL.Query())
	if err != nil {
		return err
	}
	if len(p.Rows) == 0 && r.URL.Query().Get("after") != "" {
		return Render(w, r, p.Shell, MoreRow("", "6"))
	}
	if p.First {
		return Render(w, r, p.Shell, PeopleFound(*p))
	}
	return Render(w, r, p.Shell, PeopleRows(*p))
}

// peopleFilters are the filters in words; the value is that of ?show=.
func (c *scene) peopleFilters() []Option {
	out := []Option{{Value: "", Label: "Everybody"}, {Value: "ours", Label: "Our move"}, {Value: "theirs", Label: "Their move"}, {Value: "resting", Label: "Resting"}, {Value: "idle", Label: "In no sequence"}}
	if c.Role.AtLeast(sales.RoleManager) {
		out = append(out, Option{Value: "mine", Label: "Mine"})
	}
	return out
}

// peopleChoice is which people a list shows, as its address says.
type peopleChoice struct {
	query, show, into  string
	in, owner, account string // IDs; "" is any
}

// peopleChoiceOf reads the choice of an address; what it does not know is no filter.
func peopleChoiceOf(q url.Values) peopleChoice {
	id := func(name string) string {
		n, err := sales.ParseID(q.Get(name))
		return pick(err == nil && n > 0, n.String(), "")
	}
	c := peopleChoice{query: cut(q.Get("q"), 400), show: q.Get("show"), into: id("into"), in: id("in"), owner: id("owner"), account: id("account")}
	if c.into == "" {
		c.into = id("for")
	}
	return c
}

// filter is the choice as the store takes it; c.show is emptied when it is none.
func (x *peopleChoice) filter(viewer sales.ID) store.PeopleFilter {
	f := store.PeopleFilter{Search: x.query}
	switch x.show {
	case "ours", "theirs", "resting":
		f.Move = sales.MoveSide(x.show)
	case "idle":
		f.Idle = true
	case "mine":
		f.Owner = viewer
	default:
		x.show = ""
	}
	for text, to := range map[string]*sales.ID{x.in: &f.Sequence, x.owner: &f.Owner, x.account: &f.Account} {
		if id, err := sales.ParseID(text); err == nil && text != "" {
			*to = id
		}
	}
	return f
}

// values are the parts of the choice that are on.
func (x peopleChoice) values() url.Values {
	out := url.Values{}
	for name, value := range map[string]string{"q": x.query, "show": x.show, "into": x.into, "in": x.in, "owner": x.owner, "account": x.account} {
		if value != "" {
			out.Set(name, value)
		}
	}
	return out
}

// href is the address of the choice on a page.
func (x peopleChoice) href(base, after string) string {
	out := x.values()
	if after != "" {
		out.Set("after", after)
	}
	if len(out) == 0 {
		return base
	}
	return base + "?" + out.Encode()
}

// maxCounted is how far the people of a list are counted.
const maxCounted = 10_000

func (c *scene) peoplePage(ctx context.Context, q url.Values) (*PeoplePage, error) {
	x := peopleChoiceOf(q)
	f := x.filter(c.User.ID)
	p := &PeoplePage{Shell: c.sh, Query: x.query, Into: x.into, In: x.in, Owner: x.owner, Back: x.href("/people", "")}
	for _, o := range c.peopleFilters() {
		y := x
		y.show = o.Value
		p.Filters = append(p.Filters, Chip{Label: o.Label, Href: y.href("/people", ""), On: o.Value == x.show})
	}
	if f.Account != 0 {
		a, err := c.Store.Account(ctx, c.WorkspaceID, f.Account)
		if err != nil {
			return nil, err
		}
		y := x
		y.account = ""
		p.Filters = append(p.Filters, Chip{Label: "At " + a.Name, Href: y.href("/people", ""), On: true})
	}
	for name, value := range map[string]string{"show": x.show, "into": x.into, "account": x.account} {
		if value != "" {
			p.Keep = append(p.Keep, Hidden{name, value})
		}
	}
	p.Filtered = x.query != "" || x.show != "" || x.in != "" || x.owner != "" || x.account != ""
	list, after, err := c.Store.People(ctx, c.Viewer, f, store.Page{After: q.Get("after")})
	if err != nil {
		return nil, err
	}
	p.Count = len(list)
	if after != "" {
		p.NextHref = x.href("/people/rows", after)
		if q.Get("after") == "" {
			if p.Count, err = c.Store.CountPeople(ctx, c.Viewer, f, "", maxCounted+1); err != nil {
				return nil, err
			}
		}
	}
	p.First = q.Get("after") == ""
	if p.Rows, err = c.personRows(ctx, list); err != nil {
		return nil, err
	}
	return p, c.peopleOptions(ctx, p)
}

// peopleOptions are what the list can be narrowed to, and where people can be put.
func (c *scene) peopleOptions(ctx context.Context, p *PeoplePage) error {
	list, err := c.Store.Sequences(ctx, c.WorkspaceID)
	if err != nil {
		return err
	}
	for _, q := range list {
		p.InAny = append(p.InAny, Option{Value: q.ID.String(), Label: "Ever in " + q.Name})
	}
	if c.Role.AtLeast(sales.RoleManager) {
		for _, u := range c.team {
			if !u.Disabled || p.Owner == u.ID.String() {
				p.Owners = append(p.Owners, Option{Value: u.ID.String(), Label: u.Name})
			}
		}
		slices.SortFunc(p.Owners, func(a, b Option) int { return strings.Compare(a.Label, b.Label) })
	}
	p.Sequences, err = c.openSequences(ctx)
	return err
}

// openSequences are those into which the viewer may put people.
func (c *scene) openSequences(ctx context.Context) ([]Option, error) {
	list, err := c.Store.Sequences(ctx, c.WorkspaceID)
	var out []Option
	for _, q := range list {
		if q.State != sales.SequenceArchived && (q.OwnerID == c.User.ID || c.Role.AtLeast(sales.RoleManager)) {
			out = append(out, Option{Value: q.ID.String(), Label: q.Name})
		}
	}
	return out, err
}

// personRows are people as rows; everything else about them is read at once.
func (c *scene) personRows(ctx context.Context, list []sales.Person) ([]PersonRow, error) {
	ids, emails, byID := make([]sales.ID, 0, len(list)), make([]string, 0, len(list)), map[sales.ID]sales.Person{}
	for _, p := range list {
		ids, byID[p.ID] = append(ids, p.ID), p
		if p.Email != "" {
			emails = append(emails, p.Email)
		}
	}
	companies, err := c.companiesOf(ctx, byID)
	if err != nil {
		return nil, err
	}
	live, err := c.Store.LiveOfMany(ctx, c.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	suppressed, err := c.Store.SuppressedAmong(ctx, c.Store.DB, c.WorkspaceID, emails)
	if err != nil {
		return nil, err
	}
	sequences, err := c.Store.Sequences(ctx, c.WorkspaceID)
	if err != nil {
		return nil, err
	}
	names := map[sales.ID]string{}
	for _, q := range sequences {
		names[q.ID] = q.Name
	}
	moves, err := c.Store.NewestMoves(ctx, c.WorkspaceID, ids, maxMiniMoves)
	if err != nil {
		return nil, err
	}
	words := c.words(ctx)
	out := make([]PersonRow, 0, len(list))
	for _, p := range list {
		row := PersonRow{ID: p.ID, AccountID: p.AccountID, Name: p.Name(), Initials: p.Initials(), Title: p.Title, Account: companies[p.AccountID].Name, Email: p.Email, Move: c.moveMark(words, p), Balance: c.miniOf(firstNameOf(p), moves[p.ID]), LastAt: p.LastOutAt}
		if p.LastInAt.After(row.LastAt) {
			row.LastAt = p.LastInAt
		}
		if u := c.team[p.OwnerID]; u.ID != c.User.ID {
			row.Owner = u.Name
		}
		for _, e := range live[p.ID] {
			row.In += pick(row.In != "", ", ", "") + names[e.SequenceID]
		}
		row.Tag = addressTag(p, suppressed[p.Email])
		out = append(out, row)
	}
	return out, nil
}

// addressTag warns of an address that cannot or must not be written to.
func addressTag(p sales.Person, suppressed store.Stop) Tag {
	switch {
	case p.Email == "":
		return Tag{Text: "no mail address"}
	case p.Address == sales.AddressDead:
		return Tag{Text: "does not work", Tone: "bad"}
	case suppressed.Reason != "":
		return Tag{Text: "not to be written to", Tone: "bad"}
	}
	return Tag{}
}
