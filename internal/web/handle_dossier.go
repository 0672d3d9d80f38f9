package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	tell "ninetyten/internal/dossier"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// How much of a dossier a page shows.
const (
	maxAsked    = 4
	maxPerLabel = 4
)

// dossierOf is what is known of a person whom the viewer may see.
func (c *scene) dossierOf(ctx context.Context, p sales.Person) (DossierView, error) {
	in, brief, err := c.Desk.Dossier(ctx, c.Viewer, p.ID)
	if err != nil {
		return DossierView{}, err
	}
	words := c.words(ctx)
	v := DossierView{PersonID: p.ID, FirstName: firstNameOf(p), Account: in.Account.Name, Doubts: tell.Doubts(in.Facts)}
	v.Brief = BriefView{Refused: brief.Refused, By: "By rules, " + when(words, brief.MadeAt)}
	if brief.Model != "" {
		v.Brief.By = "By " + brief.Model + ", " + when(words, brief.MadeAt)
	}
	for _, s := range brief.Sentences {
		v.Brief.Sentences = append(v.Brief.Sentences, BriefSentence{s.Text, s.Cites})
	}
	for _, l := range brief.Lines {
		line := BriefLine{Text: l.Text, From: l.From, At: l.At, Href: l.URL, Away: l.URL != ""}
		if l.Message != 0 {
			line.Href, line.Away = path("/messages", l.Message), false
		}
		v.Brief.Lines = append(v.Brief.Lines, line)
	}
	for _, a := range tell.WhatTheyAsked(in.Moves, in.Mails, maxAsked) {
		x := AskedView{Text: a.Text, At: a.At}
		if a.Message != 0 {
			x.Href = path("/messages", a.Message)
		}
		if !a.Open() {
			x.Answered = "answered " + when(words, a.Answered.At)
		}
		v.Asked = append(v.Asked, x)
	}
	v.Facts = dossierFacts(in.Facts)
	people, err := c.Store.PeopleAt(ctx, c.Viewer, p.AccountID)
	if err != nil {
		return v, err
	}
	if len(people) > 0 {
		in.Cast.Zone = c.sh.Zone
		g := tell.GroupOf(people, in.Moves, in.Cast, c.now())
		v.Path = g.Path
		if len(g.Missing) > 0 {
			v.Missing = capital(strings.Join(g.Missing, ", and ")) + ": not known."
		}
	}
	v.Research, err = c.researchOf(ctx, p, in.Account)
	return v, err
}

// researchOf is what was done to learn about an account.
func (c *scene) researchOf(ctx context.Context, p sales.Person, a sales.Account) (ResearchView, error) {
	v := ResearchView{PersonID: p.ID, CanAsk: a.Domain != "" && c.settings.Research != sales.ResearchOff}
	r, err := c.Store.ResearchOf(ctx, c.WorkspaceID, a.ID)
	if err != nil {
		return v, err
	}
	v.Pages, v.Again = r.Pages, !r.EndedAt.IsZero()
	switch r.State {
	case sales.ResearchAsked:
		v.Waits, v.Says = true, "Their site is being read. This takes up to a minute."
	case sales.ResearchNone:
		switch {
		case a.Domain == "":
			v.Says = "The company’s domain is not known, so there is no site to read."
		case c.settings.Research == sales.ResearchOff:
			v.Says = "Web sites are not read in this workspace."
		default:
			v.Says = "Their site was not read yet."
		}
	default:
		v.Says, v.Trouble = r.Says+" Last looked at "+when(c.words(ctx), r.EndedAt)+".", r.State != sales.ResearchDone
	}
	return v, nil
}

// factLabels are the kinds of facts that a dossier shows, in order.
func factLabels() []struct {
	kind  sales.FactKind
	label string
} {
	return []struct {
		kind  sales.FactKind
		label string
	}{
		{sales.FactAbout, "Says of itself"}, {sales.FactTitle, "Title"}, {sales.FactPhone, "Phone"}, {sales.FactDomain, "Domain"}, {sales.FactName, "Name"}, {sales.FactLegal, "Legal name"}, {sales.FactEmployees, "Employees"}, {sales.FactFounded, "Founded"}, {sales.FactPlace, "Place"},
		{sales.FactHiring, "Hiring"}, {sales.FactProduct, "Offers"}, {sales.FactNews, "In the news"}, {sales.FactMail, "Mail"}, {sales.FactTech, "Site built with"}, {sales.FactLink, "Also at"},
	}
}

// dossierFacts are the facts of a dossier in the order of their labels; what stands in
// the record alone shows there.
func dossierFacts(told []tell.Told) []DossierFact {
	var out []DossierFact
	for _, l := range factLabels() {
		n := 0
		for _, f := range told {
			if f.Kind != l.kind || (f.Source == sales.FromRecord || f.Kind == sales.FactDomain) && f.Against == "" {
				continue
			}
			if n++; n > maxPerLabel && f.Kind != sales.FactNews {
				continue
			}
			x := DossierFact{Label: l.label, Value: cut(f.Value, 400), From: tell.From(f.Source) + ", " + f.Age, Stale: f.Stale, Against: f.Against}
			if strings.HasPrefix(f.URL, "https://") || strings.HasPrefix(f.URL, "http://") {
				x.Href = f.URL
			}
			out = append(out, x)
		}
	}
	return out
}

// chaptersOf tells lines of the ledger as a story.
func (c *scene) chaptersOf(p sales.Person, moves []sales.Move) []StoryChapter {
	cast := tell.Cast{First: firstNameOf(p), Users: map[sales.ID]string{}, Zone: c.sh.Zone}
	for id := range c.team {
		cast.Users[id] = c.nameOf(id)
	}
	var out []StoryChapter
	for _, ch := range tell.Story(moves, cast, c.now()) {
		x := StoryChapter{Title: ch.Title}
		for _, s := range ch.Sentences {
			x.Sentences = append(x.Sentences, StorySentence{Text: s.Text, Actor: s.Actor, At: s.At, Since: s.Since, Lines: c.storyOf(s.Lines)})
		}
		out = append(out, x)
	}
	return out
}

// askResearch lets the web site of a person's account be read.
func (s *Server) askResearch(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	back := httpx.LocalPath(r.PostFormValue("back"), path("/people", id))
	err = s.Desk.AskResearch(r.Context(), v.Viewer, id)
	switch sales.CodeOf(err) {
	case "":
		return s.toastTo(w, r, back, Toast{Text: "Their site is being read. What it says shows here in a minute."})
	case sales.Conflict, sales.Invalid:
		return s.toastTo(w, r, back, Toast{Text: sales.Explain(err), Bad: true})
	}
	return err
}

// personResearch answers how far the research is, while it runs.
func (s *Server) personResearch(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	p, err := s.Store.Person(r.Context(), v.Viewer, id)
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
	d, err := c.dossierOf(r.Context(), p)
	if err != nil {
		return err
	}
	return Render(w, r, c.sh, ResearchCard(d))
}

// getResearch shows when web sites are read, and the news feeds.
func (s *Server) getResearch(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.research(w, r, v, "", nil)
}

func (s *Server) research(w http.ResponseWriter, r *http.Request, v visit, typed string, problem error) error {
	c, err := s.scene(r, v, "Research", "settings")
	if err != nil {
		return err
	}
	feeds, err := s.Store.Feeds(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	p := ResearchPage{Shell: c.sh, Mode: c.settings.Research, CanSet: v.Role.AtLeast(sales.RoleAdmin), CanFeed: v.Role.AtLeast(sales.RoleManager), URL: typed}
	for _, f := range feeds {
		p.Feeds = append(p.Feeds, FeedRow{ID: f.ID, Title: pick(f.Title != "", f.Title, "Not read yet"), URL: f.URL, ReadAt: f.ReadAt, Problem: f.Problem, Found: f.Found, By: c.nameOf(f.AddedBy)})
	}
	status := http.StatusOK
	if problem != nil {
		status, p.Problem = formStatus(problem), sales.Explain(problem)
	}
	return RenderStatus(w, r, status, p.Shell, ResearchSettingsView(p))
}

// postResearch says when web sites are read.
func (s *Server) postResearch(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	mode := sales.ResearchMode(r.PostFormValue("mode"))
	if err := s.Desk.SaveResearch(r.Context(), v.Viewer, mode); err != nil {
		if inForm(err) {
			return s.research(w, r, v, "", err)
		}
		return err
	}
	say := map[sales.ResearchMode]string{sales.ResearchOff: "Saved. No web site is read.", sales.ResearchByHand: "Saved. A site is read when somebody presses the button.", sales.ResearchHandoffs: "Saved. A site is read when somebody there answers, or presses the button here."}[mode]
	return s.toastTo(w, r, "/settings/research", Toast{Text: say})
}

// postFeed adds a news feed.
func (s *Server) postFeed(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	typed := cut(r.PostFormValue("url"), 2000)
	if err := s.Desk.AddFeed(r.Context(), v.Viewer, typed); err != nil {
		if slices.Contains([]sales.Code{sales.Invalid, sales.Conflict, sales.Limited}, sales.CodeOf(err)) {
			return s.research(w, r, v, typed, err)
		}
		return err
	}
	return s.toastTo(w, r, "/settings/research", Toast{Text: "Added. It is read in a moment, then every hour."})
}

// postDropFeed removes a news feed.
func (s *Server) postDropFeed(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := s.Desk.RemoveFeed(r.Context(), v.Viewer, id); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/research", Toast{Text: "Removed. What was found in it stays."})
}
