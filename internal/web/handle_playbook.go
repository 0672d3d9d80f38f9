package web

import (
	"net/http"
	"strconv"
	"strings"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// getPlaybook lists the cards.
func (s *Server) getPlaybook(w http.ResponseWriter, r *http.Request, v visit) error {
	sh, err := s.shell(r, v, "Playbook", "playbook")
	if err != nil {
		return err
	}
	list, err := s.Store.Cards(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	sums, err := s.Store.CardSums(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	p := PlaybookPage{Shell: sh, CanEdit: v.Role.AtLeast(sales.RoleManager), Starter: true}
	rows := map[sales.CardKind][]CardRow{}
	for _, c := range list {
		p.Starter = p.Starter && !strings.HasPrefix(c.Key, "starter/")
		row := CardRow{ID: c.ID, Title: c.Title, Text: clipText(strings.Join(strings.Fields(c.Body), " "), 160), Sum: CardSum(sums[c.ID])}
		if c.Kind == sales.CardQuestion {
			row.Stage = stageName(c.Stage)
		}
		if !c.ArchivedAt.IsZero() {
			p.Archived = append(p.Archived, row)
			continue
		}
		rows[c.Kind] = append(rows[c.Kind], row)
	}
	for _, o := range cardKindChoices() {
		if list := rows[sales.CardKind(o.Value)]; len(list) > 0 {
			p.Groups = append(p.Groups, CardGroup{Kind: sales.CardKind(o.Value), Name: plural(o.Label), Help: o.Help, Rows: list})
		}
	}
	return Render(w, r, sh, PlaybookView(p))
}

// plural is the heading over cards of a kind.
func plural(label string) string {
	if label == "Discovery question" || label == "Objection" {
		return label + "s"
	}
	return label
}

// getNewCard begins one.
func (s *Server) getNewCard(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.card(w, r, v, http.StatusOK, CardPage{Card: sales.Card{Kind: sales.CardWhyUs}})
}

// getCard shows one with its versions and uses.
func (s *Server) getCard(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	c, err := s.Store.Card(r.Context(), v.WorkspaceID, id)
	if err != nil {
		return err
	}
	return s.card(w, r, v, http.StatusOK, CardPage{Card: c})
}

func (s *Server) card(w http.ResponseWriter, r *http.Request, v visit, status int, p CardPage) error {
	ctx := r.Context()
	c, err := s.scene(r, v, pick(p.Card.ID > 0, p.Card.Title, "New card"), "playbook")
	if err != nil {
		return err
	}
	p.Shell, p.CanEdit, p.Kinds, p.Stages = c.sh, v.Role.AtLeast(sales.RoleManager), cardKindChoices(), stageChoices()
	if p.Card.ID > 0 {
		sums, err := s.Store.CardSums(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		p.Sum = CardSum(sums[p.Card.ID])
		versions, err := s.Store.CardVersions(ctx, v.WorkspaceID, p.Card.ID)
		if err != nil {
			return err
		}
		for _, x := range versions {
			p.Versions = append(p.Versions, CardVersion{Version: x.Version, By: orWord(c.nameOf(x.UserID), "somebody"), At: x.At, Card: x})
		}
		uses, err := s.Store.CardUses(ctx, v.Viewer, p.Card.ID, 50)
		if err != nil {
			return err
		}
		for _, u := range uses {
			via := pick(u.Via == sales.FromCall, "on a call", "in a mail")
			p.Uses = append(p.Uses, CardUseRow{Person: u.Person.Name(), Href: path("/people", u.PersonID), By: orWord(c.nameOf(u.UserID), "somebody"), Via: via, At: u.At, Result: resultTag(u.Result)})
		}
	}
	return RenderStatus(w, r, status, c.sh, CardView(p))
}

// postCard saves a new card or the next version of one.
func (s *Server) postCard(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := r.PostForm
	c := sales.Card{Kind: sales.CardKind(f.Get("kind")), Stage: sales.PathStage(f.Get("stage")), Title: f.Get("title"), Body: f.Get("body"), Proof: f.Get("proof"), Tags: f.Get("tags")}
	if r.PathValue("id") != "" {
		id, err := pathID(r)
		if err != nil {
			return err
		}
		was, err := s.Store.Card(r.Context(), v.WorkspaceID, id)
		if err != nil {
			return err
		}
		c.ID, c.ArchivedAt = id, was.ArchivedAt
		if c.Version, err = strconv.Atoi(f.Get("version")); err != nil {
			return sales.Errorf(sales.Invalid, "The form came broken. Open the card again.")
		}
	}
	given := c
	c, err := s.Desk.SaveCard(r.Context(), v.Viewer, c)
	if inForm(err) {
		return s.card(w, r, v, formStatus(err), CardPage{Card: given, Problem: sales.Explain(err)})
	}
	if err != nil {
		return err
	}
	say := "The card is saved."
	if given.ID != 0 {
		say = pick(c.Version > given.Version, "Saved as version "+strconv.Itoa(c.Version)+".", "Nothing changed.")
	}
	return s.toastTo(w, r, path("/playbook", c.ID), Toast{Text: say})
}

// postArchiveCard takes a card out of use, or brings it back.
func (s *Server) postArchiveCard(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	u, err := s.Desk.ArchiveCard(r.Context(), v.Viewer, id, r.PostFormValue("do") != "back")
	return s.over(w, r, path("/playbook", id), u, err)
}

// postStarter puts the starter questions in.
func (s *Server) postStarter(w http.ResponseWriter, r *http.Request, v visit) error {
	n, err := s.Desk.AddStarter(r.Context(), v.Viewer)
	return s.over(w, r, "/playbook", desk.Undo{Say: many(n, "question is", "questions are") + " in the playbook. Change them as you like."}, err)
}
