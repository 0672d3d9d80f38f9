package desk

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxCards is how many cards a playbook has at most.
const maxCards = 500

// SaveCard makes a card of the playbook (ID 0) or writes its next version; what
// did not change writes none. c.Version is the version that was read.
func (d *Desk) SaveCard(ctx context.Context, v sales.Viewer, c sales.Card) (sales.Card, error) {
	if err := need(v, sales.RoleManager, "change the playbook"); err != nil {
		return c, err
	}
	tidy := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
	c.WorkspaceID, c.Title, c.Body, c.Proof, c.Tags = v.WorkspaceID, strings.Join(strings.Fields(c.Title), " "), tidy(c.Body), tidy(c.Proof), strings.Join(strings.Fields(c.Tags), " ")
	if c.Kind != sales.CardQuestion {
		c.Stage = ""
	}
	if err := c.Validate(); err != nil {
		return c, err
	}
	have, err := d.Store.Cards(ctx, v.WorkspaceID)
	if err != nil {
		return c, err
	}
	c.UserID, c.At = v.UserID, d.now()
	if c.ID == 0 {
		if len(have) >= maxCards {
			return c, sales.Errorf(sales.Limited, "The playbook has %d cards. Change one instead: nobody reads more.", maxCards)
		}
		c.ID, c.Version, c.ArchivedAt = d.Store.NewID(), 1, time.Time{}
		c.Key = "own/" + c.ID.String()
		return c, d.inTx(ctx, func(tx *store.Tx) error { _, err := tx.InsertCard(ctx, c); return err })
	}
	was, err := d.Store.Card(ctx, v.WorkspaceID, c.ID)
	if err != nil {
		return c, err
	}
	if was.Version != c.Version {
		return was, sales.Errorf(sales.Conflict, "Somebody changed this card meanwhile. Open it again and repeat your change.")
	}
	if c.Kind != was.Kind {
		return was, sales.Errorf(sales.Invalid, "A card keeps its kind: what it was used for would be another thing. Make a new one.")
	}
	c.Key, c.ArchivedAt = was.Key, was.ArchivedAt
	if was.Title == c.Title && was.Body == c.Body && was.Proof == c.Proof && was.Tags == c.Tags && was.Stage == c.Stage {
		return was, nil
	}
	c.Version++
	return c, d.inTx(ctx, func(tx *store.Tx) error { return tx.SaveCard(ctx, c) })
}

// ArchiveCard takes a card out of use, or brings it back.
func (d *Desk) ArchiveCard(ctx context.Context, v sales.Viewer, id sales.ID, archived bool) (Undo, error) {
	if err := need(v, sales.RoleManager, "change the playbook"); err != nil {
		return Undo{}, err
	}
	c, err := d.Store.Card(ctx, v.WorkspaceID, id)
	if err != nil {
		return Undo{}, err
	}
	at, say := time.Time{}, "The card is in use again."
	if archived {
		at, say = d.now(), "The card is archived. What was said with it stays."
	}
	return Undo{Say: say}, d.inTx(ctx, func(tx *store.Tx) error { return tx.ArchiveCard(ctx, v.WorkspaceID, c.ID, at) })
}

// AddStarter puts the starter set of discovery questions into the playbook; what
// is there already stays as it is.
func (d *Desk) AddStarter(ctx context.Context, v sales.Viewer) (int, error) {
	if err := need(v, sales.RoleManager, "change the playbook"); err != nil {
		return 0, err
	}
	n := 0
	err := d.inTx(ctx, func(tx *store.Tx) error {
		n = 0
		for _, c := range StarterCards() {
			c.WorkspaceID, c.ID, c.Version, c.UserID, c.At = v.WorkspaceID, tx.NewID(), 1, v.UserID, d.now()
			fresh, err := tx.InsertCard(ctx, c)
			if err != nil {
				return err
			}
			if fresh {
				n++
			}
		}
		return nil
	})
	return n, err
}

// useCards notes that cards were used with a person.
func (d *Desk) useCards(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, cards []sales.Card, via sales.SourceKind, viaID sales.ID, at time.Time) error {
	for _, c := range cards {
		u := sales.CardUse{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), CardID: c.ID, Version: c.Version, PersonID: p.ID, UserID: v.UserID, At: at, Via: via, ViaID: viaID}
		if err := tx.UseCard(ctx, u); err != nil {
			return err
		}
	}
	return nil
}

// cardsIn finds the cards whose words stand in a text: the first sentence of the
// body, or the question, as it was written.
func cardsIn(text string, cards []sales.Card) []sales.Card {
	flat := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	text = flat(text)
	var out []sales.Card
	for _, c := range cards {
		words := c.Title
		if list := render.Sentences(c.Body); c.Kind != sales.CardQuestion && len(list) > 0 {
			words = list[0]
		}
		if words = flat(words); len(words) >= 15 && c.ArchivedAt.IsZero() && strings.Contains(text, words) {
			out = append(out, c)
		}
	}
	return out
}

// Connect keeps a connection between a pain of a person and a card.
func (d *Desk) Connect(ctx context.Context, v sales.Viewer, c sales.Connection) (sales.Connection, error) {
	p, err := d.person(ctx, v, c.PersonID)
	if err != nil {
		return c, err
	}
	c.Sentence = strings.TrimSpace(strings.ReplaceAll(c.Sentence, "\r\n", "\n"))
	if c.Sentence == "" || len(c.Sentence) > 2000 {
		return c, sales.Errorf(sales.Invalid, "Write the connection in one or two sentences, at most 2,000 characters.")
	}
	if c.PainID != 0 {
		pt, err := d.Store.Point(ctx, v.WorkspaceID, c.PainID)
		if err != nil {
			return c, err
		}
		if pt.PersonID != p.ID || pt.Kind != sales.PointPain {
			return c, sales.Errorf(sales.Invalid, "That is no pain of %s. Reload the page.", p.Name())
		}
	}
	if c.CardID != 0 {
		if _, err := d.Store.Card(ctx, v.WorkspaceID, c.CardID); err != nil {
			return c, err
		}
	}
	c.WorkspaceID, c.ID, c.UserID, c.At, c.DroppedAt = v.WorkspaceID, d.Store.NewID(), v.UserID, d.now(), time.Time{}
	if c.Source == "" {
		c.Source = sales.FromHand
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertConnection(ctx, c); err != nil {
			return err
		}
		return write(ctx, tx, d.move(v, p, sales.MovePoint, "Connection: "+short(c.Sentence, 400)))
	})
	d.changed(ctx, p, "A connection")
	return c, err
}

// DropConnection takes a connection out of use.
func (d *Desk) DropConnection(ctx context.Context, v sales.Viewer, id sales.ID) (Undo, error) {
	return d.dropConnection(ctx, v, id, d.now(), "The connection is dropped.")
}

func (d *Desk) dropConnection(ctx context.Context, v sales.Viewer, id sales.ID, at time.Time, say string) (Undo, error) {
	c, err := d.Store.Connection(ctx, v.WorkspaceID, id)
	if err != nil {
		return Undo{}, err
	}
	p, err := d.person(ctx, v, c.PersonID)
	if err != nil {
		return Undo{}, err
	}
	c.DroppedAt = at
	err = d.inTx(ctx, func(tx *store.Tx) error { return tx.DropConnection(ctx, c) })
	d.changed(ctx, p, say)
	return Undo{Say: say, Token: "connection/" + id.String()}, err
}
