package desk

import (
	"context"

	"ninetyten/internal/connect"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// CheckTexts reads the mail steps of a sequence, which may be unsaved, as a careful
// colleague would who knows the workspace: its snippets, its name, its playbook. A
// sentence that says what a card says is a claim however it is put; one that stands
// alone is answered with the card, and with a connection that others made with it.
func (d *Desk) CheckTexts(ctx context.Context, v sales.Viewer, q sales.Sequence) ([]render.Finding, error) {
	snippets, err := d.Store.Snippets(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	w, err := d.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	cards, err := d.Store.Cards(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	known := render.Checks{
		Snippets: render.SnippetsOf(snippets), Ours: []string{w.Name},
		Footer: &render.Footer{PostalAddress: w.Settings.PostalAddress != "", Unsubscribe: q.Rules.Unsubscribe && w.Settings.PublicURL != ""},
	}
	for _, c := range cards {
		if c.Kind != sales.CardQuestion && c.ArchivedAt.IsZero() {
			known.Values = append(known.Values, render.Sentences(c.Body)...)
		}
	}
	list := render.CheckWith(q.Steps, known)
	for i, f := range list {
		if !f.Alone {
			continue
		}
		c, ok := connect.CardOf(f.Quote, cards)
		if !ok {
			continue
		}
		made, err := d.Store.ConnectionsWith(ctx, v, c.ID, 1)
		if err != nil {
			return nil, err
		}
		if len(made) > 0 {
			list[i].Says += " The card “" + short(c.Title, 80) + "” was tied to a pain before: “" + short(made[0].Sentence, 240) + "”"
			continue
		}
		list[i].Says += " The card “" + short(c.Title, 80) + "” says it, and no pain was tied to it yet: ask first what it is like for them."
	}
	return list, nil
}
