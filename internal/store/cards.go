package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const cardCols = `workspace_id, id, key, kind, stage, title, body, proof, tags, version, user_id, at, archived_at`

// cardCame tells whether something came of a use within 14 days: a line of the
// person's ledger of one of the kinds that follow.
const cardCame = `EXISTS (SELECT 1 FROM moves v WHERE v.workspace_id = u.workspace_id AND v.person_id = u.person_id AND v.at >= u.at AND v.at < u.at + 1209600000000 AND v.kind IN `

const cardResult = `CASE WHEN ` + cardCame + `('interest', 'meeting')) THEN 2 WHEN ` + cardCame + `('reply', 'question', 'referral', 'talk')) THEN 1 ELSE 0 END`

const (
	sqlCardInsert   = `INSERT INTO cards (` + cardCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, key) DO NOTHING`
	sqlCardSave     = `UPDATE cards SET stage = ?, title = ?, body = ?, proof = ?, tags = ?, version = ?, user_id = ?, at = ? WHERE workspace_id = ? AND id = ? AND version = ?`
	sqlCardArchive  = `UPDATE cards SET archived_at = ? WHERE workspace_id = ? AND id = ?`
	sqlCardVersion  = `INSERT INTO card_versions (workspace_id, card_id, version, stage, title, body, proof, tags, user_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlCardVersions = `SELECT workspace_id, card_id, version, stage, title, body, proof, tags, user_id, at FROM card_versions WHERE workspace_id = ? AND card_id = ? ORDER BY version DESC LIMIT 100`
	sqlCardList     = `SELECT ` + cardCols + ` FROM cards WHERE workspace_id = ? ORDER BY kind, id`
	sqlCardGet      = `SELECT ` + cardCols + ` FROM cards WHERE workspace_id = ? AND id = ?`
	sqlCardUse      = `INSERT INTO card_uses (workspace_id, id, card_id, version, person_id, user_id, at, via, via_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, card_id, via, via_id) DO NOTHING`
	sqlCardUseDrop  = `DELETE FROM card_uses WHERE workspace_id = ? AND via = ? AND via_id = ?`
	sqlCardsWith    = `SELECT DISTINCT card_id FROM card_uses WHERE workspace_id = ? AND person_id = ?`
	sqlCardUses     = `SELECT u.workspace_id, u.id, u.card_id, u.version, u.person_id, u.user_id, u.at, u.via, u.via_id, ` + cardResult + `, p.first_name, p.last_name, p.email FROM card_uses u
  JOIN people p ON p.workspace_id = u.workspace_id AND p.id = u.person_id WHERE u.workspace_id = ? AND u.card_id = ? AND ` + seeOwner + ` ORDER BY u.at DESC, u.id DESC LIMIT ?`
	sqlCardSums = `SELECT x.card_id, count(*), sum(CASE WHEN x.r > 0 THEN 1 ELSE 0 END), sum(CASE WHEN x.r > 1 THEN 1 ELSE 0 END) FROM (SELECT u.card_id, ` + cardResult + ` AS r FROM card_uses u WHERE u.workspace_id = ?) x GROUP BY x.card_id`
)

func scanCard(r db.Scanner) (sales.Card, error) {
	var c sales.Card
	err := r.Scan(&c.WorkspaceID, &c.ID, &c.Key, &c.Kind, &c.Stage, &c.Title, &c.Body, &c.Proof, &c.Tags, &c.Version, &c.UserID, db.ScanTime(&c.At), db.ScanTime(&c.ArchivedAt))
	return c, err
}

// InsertCard keeps a new card with its first version; one whose key is known is
// left alone. It says whether it was written.
func (tx *Tx) InsertCard(ctx context.Context, c sales.Card) (bool, error) {
	n, err := tx.Exec(ctx, sqlCardInsert, c.WorkspaceID, c.ID, c.Key, c.Kind, c.Stage, c.Title, c.Body, c.Proof, c.Tags, c.Version, c.UserID, c.At, c.ArchivedAt)
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.keepVersion(ctx, c)
}

// SaveCard writes the next version of a card: c.Version is the new number. A
// Conflict error means that somebody wrote it before.
func (tx *Tx) SaveCard(ctx context.Context, c sales.Card) error {
	n, err := tx.Exec(ctx, sqlCardSave, c.Stage, c.Title, c.Body, c.Proof, c.Tags, c.Version, c.UserID, c.At, c.WorkspaceID, c.ID, c.Version-1)
	if err != nil {
		return err
	}
	if n == 0 {
		return sales.Errorf(sales.Conflict, "Somebody changed this card meanwhile. Open it again and repeat your change.")
	}
	return tx.keepVersion(ctx, c)
}

func (tx *Tx) keepVersion(ctx context.Context, c sales.Card) error {
	_, err := tx.Exec(ctx, sqlCardVersion, c.WorkspaceID, c.ID, c.Version, c.Stage, c.Title, c.Body, c.Proof, c.Tags, c.UserID, c.At)
	return err
}

// ArchiveCard takes a card out of use; the zero time brings it back.
func (tx *Tx) ArchiveCard(ctx context.Context, ws, id sales.ID, at time.Time) error {
	_, err := tx.Exec(ctx, sqlCardArchive, at, ws, id)
	return err
}

// Cards lists the playbook, archived cards too.
func (s *Store) Cards(ctx context.Context, ws sales.ID) ([]sales.Card, error) {
	return db.All(ctx, s.DB, scanCard, sqlCardList, ws)
}

// Card gives one card.
func (s *Store) Card(ctx context.Context, ws, id sales.ID) (sales.Card, error) {
	c, err := db.One(ctx, s.DB, scanCard, sqlCardGet, ws, id)
	return found(c, err, "card")
}

// CardVersions lists the versions of a card, the newest first; Kind, Key and
// ArchivedAt are not in them.
func (s *Store) CardVersions(ctx context.Context, ws, card sales.ID) ([]sales.Card, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (sales.Card, error) {
		var c sales.Card
		err := r.Scan(&c.WorkspaceID, &c.ID, &c.Version, &c.Stage, &c.Title, &c.Body, &c.Proof, &c.Tags, &c.UserID, db.ScanTime(&c.At))
		return c, err
	}, sqlCardVersions, ws, card)
}

// UseCard notes that a card was used; the same card in the same mail or call
// counts once.
func (tx *Tx) UseCard(ctx context.Context, u sales.CardUse) error {
	_, err := tx.Exec(ctx, sqlCardUse, u.WorkspaceID, u.ID, u.CardID, u.Version, u.PersonID, u.UserID, u.At, u.Via, u.ViaID)
	return err
}

// UnuseCards forgets the uses in a mail that did not go.
func (tx *Tx) UnuseCards(ctx context.Context, ws sales.ID, via sales.SourceKind, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlCardUseDrop, ws, via, id)
	return err
}

// CardUsed is a use with what came of it within 14 days.
type CardUsed struct {
	sales.CardUse
	Result CardResult
	Person sales.Person // ID, names and address alone
}

// CardResult is what came of a use.
type CardResult int

// The results: nothing yet, an answer or a talk, a yes to a next step.
const (
	CardNothing CardResult = iota
	CardAnswered
	CardInterested
)

// CardUses lists where a card was used with people whom the viewer may see, the
// newest first.
func (s *Store) CardUses(ctx context.Context, v sales.Viewer, card sales.ID, limit int) ([]CardUsed, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (CardUsed, error) {
		var u CardUsed
		p := &u.Person
		err := r.Scan(&u.WorkspaceID, &u.ID, &u.CardID, &u.Version, &u.PersonID, &u.UserID, db.ScanTime(&u.At), &u.Via, &u.ViaID, &u.Result, &p.FirstName, &p.LastName, &p.Email)
		p.ID = u.PersonID
		return u, err
	}, sqlCardUses, v.WorkspaceID, card, v.OwnerScope(), v.OwnerScope(), limit)
}

// CardSum counts the uses of a card: all, those that were answered, and those
// that led to a yes. It counts and names nobody, so it asks no viewer.
type CardSum struct{ Uses, Answered, Interested int }

// CardSums gives the sums of every card that was used.
func (s *Store) CardSums(ctx context.Context, ws sales.ID) (map[sales.ID]CardSum, error) {
	type row struct {
		id sales.ID
		CardSum
	}
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (row, error) {
		var x row
		err := r.Scan(&x.id, &x.Uses, &x.Answered, &x.Interested)
		return x, err
	}, sqlCardSums, ws)
	out := make(map[sales.ID]CardSum, len(list))
	for _, x := range list {
		out[x.id] = x.CardSum
	}
	return out, err
}

// CardsUsedWith gives the cards that were used with a person.
func (s *Store) CardsUsedWith(ctx context.Context, ws, person sales.ID) (map[sales.ID]bool, error) {
	list, err := db.All(ctx, s.DB, db.Value[sales.ID], sqlCardsWith, ws, person)
	out := make(map[sales.ID]bool, len(list))
	for _, id := range list {
		out[id] = true
	}
	return out, err
}
