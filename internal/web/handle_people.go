package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"ninetyten/internal/desk"
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
	p, err := c.peoplePage(r)
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
	p, err := c.peoplePage(r)
	if err != nil {
		return err
	}
	if len(p.Rows) == 0 && r.URL.Query().Get("after") != "" {
		return Render(w, r, p.Shell, MoreRow("", "6"))
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

func (c *scene) peoplePage(r *http.Request) (*PeoplePage, error) {
	ctx, q := r.Context(), r.URL.Query()
	p := &PeoplePage{Shell: c.sh, Query: cut(q.Get("q"), 400), Into: q.Get("into")}
	f := store.PeopleFilter{Search: p.Query}
	show := q.Get("show")
	switch show {
	case "ours", "theirs", "resting":
		f.Move = sales.MoveSide(show)
	case "idle":
		f.Idle = true
	case "mine":
		f.Owner = c.User.ID
	default:
		show = ""
	}
	address := func(base, show, after string) string {
		out := url.Values{}
		for name, value := range map[string]string{"q": p.Query, "show": show, "after": after, "into": p.Into} {
			if value != "" {
				out.Set(name, value)
			}
		}
		if len(out) == 0 {
			return base
		}
		return base + "?" + out.Encode()
	}
	for _, o := range c.peopleFilters() {
		p.Filters = append(p.Filters, Chip{Label: o.Label, Href: address("/people", o.Value, ""), On: o.Value == show})
	}
	for name, value := range map[string]string{"show": show, "into": p.Into} {
		if value != "" {
			p.Keep = append(p.Keep, Hidden{name, value})
		}
	}
	p.Filtered = p.Query != "" || show != ""
	list, after, err := c.Store.People(ctx, c.Viewer, f, store.Page{After: q.Get("after")})
	if err != nil {
		return nil, err
	}
	if after != "" {
		p.NextHref = address("/people/rows", show, after)
	}
	if p.Rows, err = c.personRows(ctx, list); err != nil {
		return nil, err
	}
	p.Sequences, err = c.openSequences(ctx)
	return p, err
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
	words := c.words(ctx)
	out := make([]PersonRow, 0, len(list))
	for _, p := range list {
		row := PersonRow{ID: p.ID, Name: p.Name(), Initials: p.Initials(), Title: p.Title, Account: companies[p.AccountID].Name, Email: p.Email, Move: c.moveMark(words, p), LastAt: p.LastOutAt}
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
func addressTag(p sales.Person, suppressed string) Tag {
	switch {
	case p.Email == "":
		return Tag{Text: "no mail address"}
	case p.Address == sales.AddressDead:
		return Tag{Text: "does not work", Tone: "bad"}
	case suppressed != "":
		return Tag{Text: "not to be written to", Tone: "bad"}
	}
	return Tag{}
}

// chosen reads the people and the sequence of an enrolment form.
func chosen(r *http.Request) (sequence sales.ID, people []sales.ID, back string, err error) {
	if err := r.ParseForm(); err != nil {
		return 0, nil, "", badForm(err)
	}
	back = httpx.LocalPath(r.PostFormValue("back"), "/people")
	if sequence, err = formID(r, "sequence"); err != nil {
		return 0, nil, "", err
	}
	for _, text := range r.PostForm["person"] {
		id, err := sales.ParseID(text)
		if err != nil {
			return 0, nil, "", err
		}
		people = append(people, id)
	}
	switch {
	case sequence == 0:
		err = sales.Errorf(sales.Invalid, "Choose a sequence to put them into.")
	case len(people) == 0:
		err = sales.Errorf(sales.Invalid, "Choose somebody first: tick the boxes before the names.")
	}
	return sequence, people, back, err
}

// previewEnrol shows who would go into a sequence, and who not and why.
func (s *Server) previewEnrol(w http.ResponseWriter, r *http.Request, v visit) error {
	sequence, people, back, err := chosen(r)
	if err != nil {
		return s.over(w, r, pick(back != "", back, "/people"), desk.Undo{}, err)
	}
	checks, err := s.Desk.CheckEnroll(r.Context(), v.Viewer, sequence, people)
	if err != nil {
		return err
	}
	q, err := s.Store.Sequence(r.Context(), v.WorkspaceID, sequence)
	if err != nil {
		return err
	}
	c, err := s.scene(r, v, "Into "+q.Name, "people")
	if err != nil {
		return err
	}
	p, err := c.enrolPage(r.Context(), q, checks)
	if err != nil {
		return err
	}
	p.Back = back
	return Render(w, r, p.Shell, EnrolView(*p))
}

func (c *scene) enrolPage(ctx context.Context, q sales.Sequence, checks []desk.EnrollCheck) (*EnrolPage, error) {
	p := &EnrolPage{Shell: c.sh, SequenceID: q.ID, Sequence: q.Name, Running: q.State == sales.SequenceRunning}
	byID := map[sales.ID]sales.Person{}
	for _, x := range checks {
		byID[x.Person.ID] = x.Person
	}
	companies, err := c.companiesOf(ctx, byID)
	if err != nil {
		return nil, err
	}
	words := c.words(ctx)
	places := c.placesAt(q)
	var first time.Time
	for _, x := range checks {
		row := EnrolRow{ID: x.Person.ID, Name: x.Person.Name(), Account: companies[x.Person.AccountID].Name, Yes: x.OK, Why: capital(x.Why)}
		if x.OK {
			p.YesN++
			row.Why = pick(p.Running, "First step "+when(words, x.FirstAt)+".", "First step once it runs.") + pick(x.Why != "", " "+capital(x.Why)+".", "")
			if !x.FirstAt.IsZero() && (first.IsZero() || x.FirstAt.Before(first)) {
				first = x.FirstAt
			}
			free, err := places(ctx, x.Person)
			if err != nil {
				return nil, err
			}
			if !free {
				row.Why = "Starts when a place at " + row.Account + " is free: " + many(q.Rules.ActivePerAccount, "person", "people") + " there at a time."
			}
		} else {
			p.NoN++
		}
		p.People = append(p.People, row)
	}
	slices.SortStableFunc(p.People, func(a, b EnrolRow) int { // who goes in first
		switch {
		case a.Yes == b.Yes:
			return 0
		case a.Yes:
			return -1
		}
		return 1
	})
	if p.Running && !first.IsZero() {
		p.FirstMailing = when(words, first) + ", your time"
	}
	return p, nil
}

// placesAt counts the places of each account under the rule of a sequence: asked
// for one person after the other, it tells whether there is one left for them.
func (c *scene) placesAt(q sales.Sequence) func(context.Context, sales.Person) (bool, error) {
	left := map[sales.ID]int{}
	return func(ctx context.Context, p sales.Person) (bool, error) {
		most := q.Rules.ActivePerAccount
		if most <= 0 || p.AccountID == 0 {
			return true, nil
		}
		if _, known := left[p.AccountID]; !known {
			active, err := c.Store.ActiveAtAccount(ctx, c.WorkspaceID, p.AccountID, p.ID)
			if err != nil {
				return false, err
			}
			left[p.AccountID] = most - active
		}
		left[p.AccountID]--
		return left[p.AccountID] >= 0, nil
	}
}

// enrol puts people into a sequence.
func (s *Server) enrol(w http.ResponseWriter, r *http.Request, v visit) error {
	sequence, people, back, err := chosen(r)
	if err != nil {
		return s.over(w, r, pick(back != "", back, "/people"), desk.Undo{}, err)
	}
	checks, err := s.Desk.Enroll(r.Context(), v.Viewer, sequence, people)
	if err != nil {
		return err
	}
	in := 0
	for _, x := range checks {
		if x.OK {
			in++
		}
	}
	say := fmt.Sprintf("%s in the sequence.", many(in, "person is", "people are"))
	if out := len(checks) - in; out > 0 {
		say += fmt.Sprintf(" %s not.", many(out, "is", "are"))
	}
	return s.done(w, r, back, desk.Undo{Say: say})
}
