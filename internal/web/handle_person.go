package web

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"ninetyten/internal/calendar"
	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// actPage is a page on which something is done with a person, so that a form
// that was refused can be shown again where it was.
type actPage struct {
	sh   *Shell
	acts *PersonActs
	view func() templ.Component
}

// pageAt makes the page that a form came from.
func (s *Server) pageAt(r *http.Request, v visit, back string, person sales.ID) (*actPage, error) {
	back, _, _ = strings.Cut(back, "?")
	if thread, ok := strings.CutPrefix(back, "/inbox/"); ok {
		if id, err := sales.ParseID(thread); err == nil {
			p, err := s.threadPage(r, v, id)
			if err != nil {
				return nil, err
			}
			return &actPage{&p.Shell, &p.Acts, func() templ.Component { return ThreadView(*p) }}, nil
		}
	}
	if back == "/next" {
		p, err := s.nextPage(r, v, person)
		if err != nil {
			return nil, err
		}
		if p.Person != nil && p.Person.Head.ID == person {
			return &actPage{&p.Shell, &p.Person.Acts, func() templ.Component { return NextView(*p) }}, nil
		}
	}
	p, err := s.personPage(r, v, person)
	if err != nil {
		return nil, err
	}
	return &actPage{&p.Shell, &p.Acts, func() templ.Component { return PersonView(*p) }}, nil
}

// person shows the record of one person.
func (s *Server) person(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	p, err := s.personPage(r, v, id)
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, PersonView(*p))
}

func (s *Server) personPage(r *http.Request, v visit, id sales.ID) (*PersonPage, error) {
	ctx := r.Context()
	person, err := s.Store.Person(ctx, v.Viewer, id)
	if err != nil {
		return nil, err
	}
	c, err := s.scene(r, v, person.Name(), "people")
	if err != nil {
		return nil, err
	}
	rec, err := c.recordOf(ctx, person)
	if err != nil {
		return nil, err
	}
	p := &PersonPage{Head: c.headOf(c.words(ctx), person, rec.account, rec.suppressed), Balance: c.balanceOf(person, rec.moves)}
	if p.Head.Notes, err = c.awayNotesOf(ctx, person, path("/people", id)); err != nil {
		return nil, err
	}
	open, err := s.Store.OpenTasksOf(ctx, v.WorkspaceID, id)
	if err != nil {
		return nil, err
	}
	for _, t := range open {
		row := c.taskOf(ctx, t)
		if t.UserID != v.UserID {
			row.For = c.nameOf(t.UserID)
			if away := c.awayText(t.UserID); away != "" {
				row.For += ", " + away
			}
		}
		p.Tasks = append(p.Tasks, row)
	}
	back := path("/people", id)
	if p.Acts, err = c.actsOf(ctx, rec, sales.Task{}, nil, back); err != nil {
		return nil, err
	}
	if p.Talk, err = c.talkOf(ctx, rec, back); err != nil {
		return nil, err
	}
	p.Acts.withTalk(p.Talk)
	if p.Running, err = c.enrollmentsOf(ctx, rec.enrollments, back, 10); err != nil {
		return nil, err
	}
	if p.Sequences, err = c.openSequences(ctx); err != nil {
		return nil, err
	}
	p.AccountID = person.AccountID
	if p.Deals, err = c.dealsOf(ctx, id); err != nil {
		return nil, err
	}
	if p.Threads, err = c.threadsOf(r, rec); err != nil {
		return nil, err
	}
	if p.Colleagues, err = c.colleaguesOf(ctx, person); err != nil {
		return nil, err
	}
	if p.Dossier, err = c.dossierOf(ctx, person); err != nil {
		return nil, err
	}
	p.Story = c.chaptersOf(person, rec.moves[:min(len(rec.moves), maxStory)])
	if len(rec.moves) > maxStory {
		p.StoryNext = path("/people", id, "story") + "?before=" + rec.moves[maxStory-1].ID.String()
	}
	p.Facts, p.Custom = factsOf(person, rec.account, rec.place)
	others, err := c.Store.AddressesOf(ctx, c.WorkspaceID, id)
	if err != nil {
		return nil, err
	}
	for _, a := range others {
		p.Facts = append(p.Facts, Fact{Label: "Writes from", Value: a.Address})
	}
	p.Shell = c.sh
	return p, nil
}

// threadsOf are the threads with a person as rows, the newest first.
func (c *scene) threadsOf(r *http.Request, rec *record) ([]ThreadRow, error) {
	ctx := r.Context()
	threads, err := c.Store.ThreadsOf(ctx, c.WorkspaceID, rec.person.ID)
	if err != nil {
		return nil, err
	}
	newest, err := c.Store.MessagesOf(ctx, c.WorkspaceID, rec.person.ID, 50)
	if err != nil {
		return nil, err
	}
	var out []ThreadRow
	for _, t := range threads[:min(len(threads), 20)] {
		row := ThreadRow{ID: t.ID, Name: pick(t.Subject != "", oneLine(t.Subject, 120), "Without a subject"), Initials: rec.person.Initials(), At: t.LastAt, Seen: true}
		if i := slices.IndexFunc(newest, func(m sales.Message) bool { return m.ThreadID == t.ID }); i >= 0 {
			m := newest[i]
			row.Text = oneLine(pick(m.Text != "", m.Text, m.FullText), 220)
			if m.Direction == sales.Outgoing {
				words, _ := ownWords(m.Text)
				row.Text = "We: " + oneLine(words, 220)
			}
		}
		if i := slices.IndexFunc(newest, func(m sales.Message) bool {
			return m.ThreadID == t.ID && m.Direction == sales.Incoming && m.Verdict.Kind != ""
		}); i >= 0 {
			row.Verdict, row.HasVerdict = newest[i].Verdict, true
		}
		out = append(out, row)
	}
	return out, nil
}

// personStory answers older lines of the story.
func (s *Server) personStory(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	before, err := sales.ParseID(r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	person, err := s.Store.Person(r.Context(), v.Viewer, id)
	if err != nil {
		return err
	}
	if !httpx.IsPartial(r) {
		return httpx.SeeOther(w, r, path("/people", id))
	}
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	moves, err := s.Store.MovesBefore(r.Context(), v.WorkspaceID, id, before, maxStory)
	if err != nil {
		return err
	}
	next := ""
	if len(moves) == maxStory {
		next = path("/people", id, "story") + "?before=" + moves[maxStory-1].ID.String()
	}
	return Render(w, r, c.sh, templ.Join(Chapters(c.chaptersOf(person, moves)), More(next)))
}

// newPerson shows the form for somebody new.
func (s *Server) newPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "Add a person", "people")
	if err != nil {
		return err
	}
	f := c.personForm(sales.Person{OwnerID: v.UserID}, "")
	return Render(w, r, f.Shell, PersonFormView(f))
}

// editPerson shows the form for somebody known.
func (s *Server) editPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	p, a, c, err := s.toEdit(r, v)
	if err != nil {
		return err
	}
	f := c.personForm(p, a.Name)
	return Render(w, r, f.Shell, PersonFormView(f))
}

func (s *Server) toEdit(r *http.Request, v visit) (p sales.Person, a sales.Account, c *scene, err error) {
	id, err := pathID(r)
	if err != nil {
		return p, a, nil, err
	}
	if p, err = s.Store.Person(r.Context(), v.Viewer, id); err != nil {
		return p, a, nil, err
	}
	if a, err = s.Store.Account(r.Context(), v.WorkspaceID, p.AccountID); err != nil && sales.CodeOf(err) != sales.NotFound {
		return p, a, nil, err
	}
	c, err = s.scene(r, v, "Edit "+p.Name(), "people")
	return p, a, c, err
}

// personForm fills the form with a person.
func (c *scene) personForm(p sales.Person, company string) PersonForm {
	f := PersonForm{Shell: c.sh, ID: p.ID, Errors: map[string]string{}, Values: map[string]string{
		"first_name": p.FirstName, "last_name": p.LastName, "title": p.Title, "account": company, "email": p.Email, "phone": p.Phone,
		"linkedin": p.LinkedIn, "country": p.Country, "subdivision": p.Subdivision, "stage": p.Stage, "zone": p.Zone, "language": p.Language, "owner": p.OwnerID.String(),
	}}
	f.Stages = append(f.Stages, Option{Label: "None"})
	for _, name := range withOne(c.settings.Stages, p.Stage) {
		f.Stages = append(f.Stages, Option{Value: name, Label: name})
	}
	for _, name := range slices.Sorted(maps.Keys(p.Custom)) {
		f.Custom = append(f.Custom, Fact{Label: name, Value: p.Custom[name]})
	}
	if c.Role.AtLeast(sales.RoleManager) {
		f.Owners = append(f.Owners, Option{Value: "0", Label: "Nobody"})
		for _, u := range c.team {
			if !u.Disabled || u.ID == p.OwnerID {
				f.Owners = append(f.Owners, Option{Value: u.ID.String(), Label: u.Name})
			}
		}
		slices.SortFunc(f.Owners[1:], func(a, b Option) int { return strings.Compare(a.Label, b.Label) })
	}
	return f
}

// withOne is a list of names with one more, if that is not in it.
func withOne(list []string, name string) []string {
	if name == "" || slices.Contains(list, name) {
		return list
	}
	return append(slices.Clone(list), name)
}

// readPerson takes the fields of the form over into p.
func (c *scene) readPerson(r *http.Request, p sales.Person) (sales.Person, string, map[string]string) {
	value := func(name string) string { return strings.TrimSpace(cut(r.PostFormValue(name), 2000)) }
	p.FirstName, p.LastName, p.Title, p.Email, p.Phone = value("first_name"), value("last_name"), value("title"), strings.ToLower(value("email")), value("phone")
	p.LinkedIn, p.Country, p.Zone, p.Language = value("linkedin"), strings.ToUpper(value("country")), value("zone"), value("language")
	p.Subdivision, p.Stage = strings.ToUpper(value("subdivision")), cut(value("stage"), 100)
	wrong := map[string]string{}
	if p.Subdivision != "" && calendar.Subdivision(p.Country, p.Subdivision) == "" {
		wrong["subdivision"] = "Write the country and the region, as DE-BY, in the country above, or leave it empty."
	}
	if p.Email != "" {
		if _, err := sales.NormalAddress(p.Email); err != nil {
			wrong["email"] = sales.Explain(err)
		}
	}
	if p.Zone != "" && c.zones.Load(p.Zone) == nil {
		wrong["zone"] = "There is no such time zone. Write it as Europe/Lisbon, or leave it empty."
	}
	if p.Country != "" && len(p.Country) != 2 {
		wrong["country"] = "Write two letters, as PT or GB, or leave it empty."
	}
	if p.LinkedIn != "" && !strings.HasPrefix(p.LinkedIn, "https://") && !strings.HasPrefix(p.LinkedIn, "http://") {
		p.LinkedIn = "https://" + p.LinkedIn
	}
	if owner, err := sales.ParseID(value("owner")); err == nil && c.Role.AtLeast(sales.RoleManager) {
		if _, ok := c.team[owner]; ok {
			p.OwnerID = owner
		}
	} else if value("owner") == "0" && c.Role.AtLeast(sales.RoleManager) && p.ID != 0 {
		p.OwnerID = 0
	}
	p.Custom = maps.Clone(p.Custom)
	for name := range p.Custom {
		if _, sent := r.PostForm["custom:"+name]; sent {
			p.Custom[name] = value("custom:" + name)
		}
	}
	return p, value("account"), wrong
}

// addPerson adds somebody.
func (s *Server) addPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := s.scene(r, v, "Add a person", "people")
	if err != nil {
		return err
	}
	return s.keepPerson(w, r, c, sales.Person{OwnerID: v.UserID})
}

// savePerson changes somebody.
func (s *Server) savePerson(w http.ResponseWriter, r *http.Request, v visit) error {
	p, _, c, err := s.toEdit(r, v)
	if err != nil {
		return err
	}
	return s.keepPerson(w, r, c, p)
}

func (s *Server) keepPerson(w http.ResponseWriter, r *http.Request, c *scene, was sales.Person) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	p, company, wrong := c.readPerson(r, was)
	err := error(nil)
	if len(wrong) == 0 {
		p, err = s.Desk.SavePerson(r.Context(), c.Viewer, p, company)
	}
	if err == nil && len(wrong) == 0 {
		return s.done(w, r, path("/people", p.ID), desk.Undo{Say: p.Name() + pick(was.ID == 0, " is added.", " is saved.")})
	}
	var known *sales.Error
	if err != nil && !errors.As(err, &known) || known != nil && known.Code != sales.Invalid && known.Code != sales.Conflict {
		return err
	}
	p.ID = was.ID
	f := c.personForm(p, company)
	f.Errors = wrong
	if err != nil {
		f.Problem = sales.Explain(err)
	}
	return RenderStatus(w, r, http.StatusUnprocessableEntity, f.Shell, PersonFormView(f))
}
