package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxSnippets is how many snippets a workspace has at most.
const maxSnippets = 1000

// TextUse is a step of a sequence that uses a snippet or a file, or a snippet
// that uses another.
type TextUse struct {
	SequenceID sales.ID
	Sequence   string // its name
	Step       int    // from 1
	Snippet    string // the name of the snippet; then there is no sequence
}

// String names the place: step 2 of “Fleet ops”.
func (u TextUse) String() string {
	if u.Snippet != "" {
		return "the snippet " + u.Snippet
	}
	return "step " + strconv.Itoa(u.Step) + " of “" + short(u.Sequence, 80) + "”"
}

// SaveSnippet makes a snippet (ID 0) or changes one. Mails that have not gone
// have the new text. One that is in use keeps its name, and every text that uses
// it must still be readable: else the error is a Conflict that names the place.
func (d *Desk) SaveSnippet(ctx context.Context, v sales.Viewer, s sales.Snippet) (sales.Snippet, error) {
	if err := need(v, sales.RoleManager, "change snippets"); err != nil {
		return s, err
	}
	s.WorkspaceID, s.Name = v.WorkspaceID, strings.TrimSpace(s.Name)
	s.Body = strings.ReplaceAll(s.Body, "\r\n", "\n")
	if err := s.Validate(); err != nil {
		return s, err
	}
	given := s
	err := d.inTx(ctx, func(tx *store.Tx) error {
		s = given
		have, err := tx.Snippets(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		before := render.SnippetsOf(have)
		i := slices.IndexFunc(have, func(x sales.Snippet) bool { return x.ID == s.ID })
		s.UpdatedAt = d.now()
		switch {
		case s.ID == 0 && len(have) >= maxSnippets:
			return sales.Errorf(sales.Limited, "There are %d snippets already. Delete one that nobody uses.", maxSnippets)
		case s.ID == 0:
			s.ID, s.CreatedAt = tx.NewID(), d.now()
			err = tx.InsertSnippet(ctx, s)
			have = append(have, s)
			before[strings.ToLower(s.Name)] = "-" // what names it already could not be read
		case i < 0:
			return sales.Errorf(sales.NotFound, "This snippet is not there any more.")
		default:
			if err := keepsName(ctx, tx, have[i], s, have); err != nil {
				return err
			}
			s.CreatedAt, have[i] = have[i].CreatedAt, s
			err = tx.SaveSnippet(ctx, s)
		}
		if err != nil {
			return err
		}
		return readable(ctx, tx, s, have, before)
	})
	return s, err
}

// keepsName refuses another name for a snippet that is in use.
func keepsName(ctx context.Context, tx *store.Tx, was, s sales.Snippet, all []sales.Snippet) error {
	if strings.EqualFold(was.Name, s.Name) {
		return nil
	}
	uses, err := snippetUses(ctx, tx, s.WorkspaceID, was.Name, all)
	if err != nil || len(uses) == 0 {
		return err
	}
	return sales.Errorf(sales.Conflict, "The snippet %s is used by %s, so it keeps its name. Make a new one, or change those texts first.", was.Name, listOf(uses))
}

// readable checks a snippet among all of them, and every text that uses it, also
// by way of others: what could be read before must still be.
func readable(ctx context.Context, tx *store.Tx, s sales.Snippet, all []sales.Snippet, before render.Snippets) error {
	now := render.SnippetsOf(all)
	if _, err := render.ParseWith(s.Body, now); err != nil {
		return err
	}
	users := []string{strings.ToLower(s.Name)}
	for i := 0; i < len(users); i++ {
		for _, x := range all {
			if name := strings.ToLower(x.Name); slices.Contains(snippetsIn(x.Body), users[i]) && !slices.Contains(users, name) {
				users = append(users, name)
			}
		}
	}
	breaks := func(step sales.Step) error {
		if _, err := render.CompileWith(step, before); err != nil {
			return nil
		}
		_, err := render.CompileWith(step, now)
		return err
	}
	for _, name := range users[1:] {
		if err := breaks(sales.Step{Body: now[name]}); err != nil {
			return sales.Errorf(sales.Conflict, "With this text the snippet %s, which uses it, could not be read any more: %s", name, sales.Explain(err))
		}
	}
	texts, err := tx.StepTexts(ctx, s.WorkspaceID, "snippet.")
	if err != nil {
		return err
	}
	for _, t := range texts {
		if !slices.ContainsFunc(snippetsIn(t.Subject+"\n"+t.Body), func(name string) bool { return slices.Contains(users, name) }) {
			continue
		}
		if err := breaks(sales.Step{Subject: t.Subject, Body: t.Body}); err != nil {
			return sales.Errorf(sales.Conflict, "With this text %s, which uses it, could not be made any more: %s", TextUse{Sequence: t.Sequence, Step: t.Position + 1}, sales.Explain(err))
		}
	}
	return nil
}

// DeleteSnippet removes a snippet. One that a text uses is refused with a
// Conflict error that says which.
func (d *Desk) DeleteSnippet(ctx context.Context, v sales.Viewer, id sales.ID) error {
	if err := need(v, sales.RoleManager, "delete snippets"); err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		have, err := tx.Snippets(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(have, func(x sales.Snippet) bool { return x.ID == id })
		if i < 0 {
			return sales.Errorf(sales.NotFound, "This snippet is not there any more.")
		}
		uses, err := snippetUses(ctx, tx, v.WorkspaceID, have[i].Name, have)
		if err != nil {
			return err
		}
		if len(uses) > 0 {
			return sales.Errorf(sales.Conflict, "The snippet %s is used by %s: without it those mails could not be made. Take it out there first.", have[i].Name, listOf(uses))
		}
		return tx.DeleteSnippet(ctx, v.WorkspaceID, id)
	})
}

// SnippetUses says what uses each snippet, by its name in lower case.
func (d *Desk) SnippetUses(ctx context.Context, v sales.Viewer) (map[string][]TextUse, error) {
	if err := need(v, sales.RoleSeller, "see snippets"); err != nil {
		return nil, err
	}
	all, err := d.Store.Snippets(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	texts, err := d.Store.StepTexts(ctx, v.WorkspaceID, "snippet.")
	return usesIn(texts, all), err
}

func snippetUses(ctx context.Context, tx *store.Tx, ws sales.ID, name string, all []sales.Snippet) ([]TextUse, error) {
	texts, err := tx.StepTexts(ctx, ws, "snippet."+name)
	return usesIn(texts, all)[strings.ToLower(name)], err
}

// usesIn finds the snippets that are named in texts and in each other, each place
// once.
func usesIn(texts []store.StepText, all []sales.Snippet) map[string][]TextUse {
	out := map[string][]TextUse{}
	add := func(text string, u TextUse) {
		for _, name := range snippetsIn(text) {
			if !slices.Contains(out[name], u) {
				out[name] = append(out[name], u)
			}
		}
	}
	for _, t := range texts {
		add(t.Subject+"\n"+t.Body, TextUse{SequenceID: t.SequenceID, Sequence: t.Sequence, Step: t.Position + 1})
	}
	for _, x := range all {
		add(x.Body, TextUse{Snippet: x.Name})
	}
	return out
}

// snippetsIn gives the names of the snippets that a text names, in lower case.
func snippetsIn(text string) (names []string) {
	for _, part := range strings.Split(text, "{{")[1:] {
		inner, _, _ := strings.Cut(part, "}}")
		inner, _, _ = strings.Cut(inner, "|")
		if name, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(inner)), "snippet."); ok {
			names = append(names, name)
		}
	}
	return names
}

// listOf names up to five places.
func listOf(uses []TextUse) string {
	const most = 5
	names := make([]string, 0, len(uses))
	for _, u := range uses {
		names = append(names, u.String())
	}
	if n := len(names) - most; n > 0 {
		names = append(names[:most:most], strconv.Itoa(n)+" more")
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}
