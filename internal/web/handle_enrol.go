package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxPortion is how many people are put into a sequence at a time.
const maxPortion = 1000

// chosen reads the people and the sequence of an enrolment form.
func chosen(r *http.Request) (sequence sales.ID, people []sales.ID, back string, err error) {
	if err := r.ParseForm(); err != nil {
		return 0, nil, "/people", badForm(err)
	}
	back = httpx.LocalPath(r.PostFormValue("back"), "/people")
	if sequence, err = formID(r, "sequence"); err != nil {
		return 0, nil, back, err
	}
	for _, text := range r.PostForm["person"] {
		id, err := sales.ParseID(text)
		if err != nil {
			return 0, nil, back, err
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

// enrolAgain shows the list again when people could not be put in, with what is
// wrong and the same people ticked.
func (s *Server) enrolAgain(w http.ResponseWriter, r *http.Request, v visit, back string, people []sales.ID, problem error) error {
	switch sales.CodeOf(problem) {
	case sales.Invalid, sales.Conflict, sales.Limited:
	default:
		return problem
	}
	u, err := url.Parse(back)
	if err != nil || u.Path != "/people" {
		return s.over(w, r, back, desk.Undo{}, problem)
	}
	c, err := s.scene(r, v, "People", "people")
	if err != nil {
		return err
	}
	p, err := c.peoplePage(r.Context(), u.Query())
	if err != nil {
		return err
	}
	if err := c.tick(r.Context(), p, people); err != nil {
		return err
	}
	if into := r.FormValue("sequence"); into != "" {
		p.Into = into
	}
	p.Shell.Toasts = append(p.Shell.Toasts, Toast{Text: sales.Explain(problem), Bad: true, Stay: true})
	return RenderStatus(w, r, formStatus(problem), p.Shell, PeopleView(*p))
}

// tick ticks people in a list; those further down are shown first.
func (c *scene) tick(ctx context.Context, p *PeoplePage, ids []sales.ID) error {
	shown := map[sales.ID]int{}
	for i, row := range p.Rows {
		shown[row.ID] = i
	}
	var further []sales.ID
	for _, id := range ids {
		if i, ok := shown[id]; ok {
			p.Rows[i].Chosen = true
		} else if !slices.Contains(further, id) && len(further) < 2*maxPortion {
			further = append(further, id)
		}
	}
	found, err := c.Store.PeopleByID(ctx, c.WorkspaceID, further)
	if err != nil {
		return err
	}
	var list []sales.Person
	for _, id := range further {
		if x, ok := found[id]; ok && (c.OwnerScope() == 0 || x.OwnerID == 0 || x.OwnerID == c.OwnerScope()) {
			list = append(list, x)
		}
	}
	rows, err := c.personRows(ctx, list)
	for i := range rows {
		rows[i].Chosen = true
	}
	p.Rows = append(rows, p.Rows...)
	return err
}

// previewEnrol shows who of those ticked would go into a sequence, and who not
// and why.
func (s *Server) previewEnrol(w http.ResponseWriter, r *http.Request, v visit) error {
	sequence, people, back, err := chosen(r)
	if err != nil {
		return s.enrolAgain(w, r, v, back, people, err)
	}
	return s.showEnrol(w, r, v, sequence, people, EnrolPage{Back: back})
}

// previewFiltered is previewEnrol for everybody whom a list shows, a portion of
// them at a time.
func (s *Server) previewFiltered(w http.ResponseWriter, r *http.Request, v visit) error {
	q := r.URL.Query()
	x := peopleChoiceOf(q)
	f := x.filter(v.UserID)
	back := x.href("/people", "")
	sequence, err := optionalID(cmp.Or(q.Get("sequence"), q.Get("into")))
	if err == nil && sequence == 0 {
		err = sales.Errorf(sales.Invalid, "Choose a sequence to put them into.")
	}
	if err != nil {
		return s.enrolAgain(w, r, v, back, nil, err)
	}
	after := q.Get("after")
	total, err := s.Store.CountPeople(r.Context(), v.Viewer, f, after, maxCounted+1)
	if err != nil {
		return err
	}
	people, last, err := s.portion(r.Context(), v, f, after)
	if err != nil {
		return err
	}
	if len(people) == 0 {
		return s.enrolAgain(w, r, v, back, nil, sales.Errorf(sales.Invalid, "Nobody matches. Take a filter away first."))
	}
	p := EnrolPage{Back: back}
	if last != "" {
		next := x.values()
		next.Set("sequence", sequence.String())
		next.Set("after", last)
		p.Next = "/people/enrol?" + next.Encode()
		p.Portion = fmt.Sprintf("These are %s of %s who match%s; you see the next ones afterwards.", number(len(people)), countWords(total), pick(after != "", " and were not looked at yet", ""))
	} else if after != "" {
		p.Portion = "These are the last ones who match."
	}
	return s.showEnrol(w, r, v, sequence, people, p)
}

// countWords is a number that was counted up to maxCounted.
func countWords(n int) string {
	return pick(n > maxCounted, "more than "+number(maxCounted), number(n))
}

// portion gives the next people of a list, at most maxPortion, and after whom the
// rest comes ("" is no rest).
func (s *Server) portion(ctx context.Context, v visit, f store.PeopleFilter, after string) ([]sales.ID, string, error) {
	var out []sales.ID
	for {
		list, next, err := s.Store.People(ctx, v.Viewer, f, store.Page{After: after, Limit: 200})
		if err != nil {
			return nil, "", err
		}
		for _, p := range list {
			out = append(out, p.ID)
		}
		if next == "" || len(out) >= maxPortion {
			return out, next, nil
		}
		after = next
	}
}

func (s *Server) showEnrol(w http.ResponseWriter, r *http.Request, v visit, sequence sales.ID, people []sales.ID, p EnrolPage) error {
	checks, err := s.Desk.CheckEnroll(r.Context(), v.Viewer, sequence, people)
	if err != nil {
		return s.enrolAgain(w, r, v, p.Back, people, err)
	}
	q, err := s.Store.Sequence(r.Context(), v.WorkspaceID, sequence)
	if err != nil {
		return err
	}
	c, err := s.scene(r, v, "Into "+q.Name, "people")
	if err != nil {
		return err
	}
	p.Shell, p.SequenceID, p.Sequence, p.Running = c.sh, q.ID, q.Name, q.State == sales.SequenceRunning
	if err := c.fillEnrol(r.Context(), q, checks, &p); err != nil {
		return err
	}
	return Render(w, r, p.Shell, EnrolView(p))
}

// noGroups are the reasons why people do not go in, as they are shown.
func noGroups() []struct {
	kind        desk.EnrollNo
	label, help string
} {
	return []struct {
		kind        desk.EnrollNo
		label, help string
	}{
		{desk.NoFields, "A mail cannot be written to them", "Fill in what is missing on their page, or give the merge field a default in the sequence."},
		{desk.NoAddress, "No working mail address", "Add one on their page, or call."},
		{desk.NoMailbox, "No mailbox to write from", "Connect one for their seller, or give the sequence a pool of mailboxes."},
		{desk.NoActive, "In a sequence, or through this one", "The rules of the sequence say whether people may be in two, or come again."},
		{desk.NoAnswered, "They said something that holds", "An answer waits, or they rest. Deal with it as a person."},
		{desk.NoCoolOff, "Touched enough for now", "Later. The rules and the general settings say how much later."},
		{desk.NoLaw, "The law of their country asks for more", "Set what is missing: a postal address in the general settings, the way to unsubscribe in the rules."},
		{desk.NoSuppressed, "Must not be written to", "They are on the list of whom never to write to."},
	}
}

// fillEnrol groups the checks: who goes in, then those who do not, by why.
func (c *scene) fillEnrol(ctx context.Context, q sales.Sequence, checks []desk.EnrollCheck, p *EnrolPage) error {
	byID := map[sales.ID]sales.Person{}
	for _, x := range checks {
		byID[x.Person.ID] = x.Person
	}
	companies, err := c.companiesOf(ctx, byID)
	if err != nil {
		return err
	}
	words := c.words(ctx)
	var first time.Time
	yes, no := EnrolGroup{Yes: true}, map[desk.EnrollNo][]EnrolRow{}
	for _, x := range checks {
		row := EnrolRow{ID: x.Person.ID, Name: x.Person.Name(), Account: companies[x.Person.AccountID].Name, Yes: x.OK, Why: capital(x.Why)}
		if !x.OK {
			no[x.No] = append(no[x.No], row)
			p.NoN++
			continue
		}
		row.Why = pick(p.Running, "First step "+when(words, x.FirstAt)+".", "First step once it runs.") + pick(x.Why != "", " "+capital(x.Why)+".", "")
		if !x.FirstAt.IsZero() && (first.IsZero() || x.FirstAt.Before(first)) {
			first = x.FirstAt
		}
		if x.Waits {
			row.Why = "Starts when a place at " + row.Account + " is free: " + many(q.Rules.ActivePerAccount, "person", "people") + " there at a time."
		}
		yes.Rows = append(yes.Rows, row)
	}
	if p.YesN = len(yes.Rows); p.YesN > 0 {
		yes.Label, yes.Open = pick(p.YesN == 1, "Goes in", "Go in"), p.YesN <= 50
		p.Groups = append(p.Groups, yes)
	}
	for _, g := range noGroups() {
		if rows := no[g.kind]; len(rows) > 0 {
			p.Groups = append(p.Groups, EnrolGroup{Label: g.label, Help: g.help, Rows: rows, Open: len(rows) <= 10})
		}
	}
	if p.Running && !first.IsZero() {
		p.FirstMailing = when(words, first) + ", your time"
	}
	return nil
}

// enrol puts people into a sequence, and shows the next portion when there is one.
func (s *Server) enrol(w http.ResponseWriter, r *http.Request, v visit) error {
	sequence, people, back, err := chosen(r)
	if err != nil {
		return s.enrolAgain(w, r, v, back, people, err)
	}
	out, err := s.Desk.EnrollMany(r.Context(), v.Viewer, sequence, people)
	if err != nil {
		return s.enrolAgain(w, r, v, back, people, err)
	}
	if next := httpx.LocalPath(r.PostFormValue("next"), ""); strings.HasPrefix(next, "/people/enrol?") {
		back = next
	}
	return s.done(w, r, back, out.Undo)
}
