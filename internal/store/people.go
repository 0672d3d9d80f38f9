package store

import (
	"context"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// seeOwner is the wall between sellers: it takes Viewer.OwnerScope twice.
const seeOwner = `(CAST(? AS BIGINT) = 0 OR p.owner_id = 0 OR p.owner_id = ?)`

const personCols = `p.workspace_id, p.id, p.account_id, p.owner_id, p.email, p.address, p.first_name, p.last_name, p.title, p.phone, p.zone, p.country, p.subdivision, p.language, p.linkedin, p.stage, p.custom, p.created_at, p.updated_at, p.move, p.move_since, p.move_until, p.last_in_at, p.last_out_at, p.untouched`

const (
	sqlPersonInsert = `INSERT INTO people (workspace_id, id, account_id, owner_id, email, address, first_name, last_name, title, phone, zone, country, subdivision, language, linkedin, stage, custom, search, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlPersonSave   = `UPDATE people SET account_id = ?, owner_id = ?, email = ?, address = ?, first_name = ?, last_name = ?, title = ?, phone = ?, zone = ?, country = ?, subdivision = ?, language = ?, linkedin = ?, stage = ?, custom = ?, search = ?, updated_at = ? WHERE workspace_id = ? AND id = ?`
	sqlPersonGet    = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.id = ?`
	sqlPersonSee    = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.id = ? AND ` + seeOwner
	sqlPersonEmail  = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.email = CAST(? AS TEXT) AND p.email <> ''`
	sqlPeopleIn     = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.id IN `
	sqlPeopleEmails = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.email <> '' AND p.email IN `
	sqlPeoplePhones = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.email = '' AND p.phone IN `
	sqlPeopleLinked = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.email = '' AND lower(p.linkedin) IN `
	sqlPeopleAt     = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.account_id = ? AND ` + seeOwner + ` ORDER BY p.id LIMIT 50`
	sqlPeopleList   = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.id < ? AND ` + seeOwner
	sqlPeopleCount  = `SELECT count(*) FROM (SELECT 1 FROM people p WHERE p.workspace_id = ? AND p.id < ? AND ` + seeOwner
	sqlPersonTouch  = `UPDATE people SET
  move = CASE WHEN ? <> '' THEN ? ELSE move END,
  move_since = CASE WHEN ? <> '' THEN ? ELSE move_since END,
  move_until = CASE WHEN ? <> '' THEN ? ELSE move_until END,
  last_in_at = CASE WHEN ? > last_in_at THEN ? ELSE last_in_at END,
  last_out_at = CASE WHEN ? > last_out_at THEN ? ELSE last_out_at END,
  untouched = CASE WHEN ? = 1 THEN 0 ELSE untouched + ? END
  WHERE workspace_id = ? AND id = ?`
	sqlPersonLock    = `UPDATE people SET updated_at = updated_at WHERE workspace_id = ? AND id = ?`
	sqlPersonStage   = `UPDATE people SET stage = ? WHERE workspace_id = ? AND id = ?`
	sqlPersonAddress = `UPDATE people SET address = ? WHERE workspace_id = ? AND id = ? AND address <> 'dead'`
)

func scanPerson(r db.Scanner) (sales.Person, error) {
	var p sales.Person
	err := r.Scan(&p.WorkspaceID, &p.ID, &p.AccountID, &p.OwnerID, &p.Email, &p.Address, &p.FirstName, &p.LastName, &p.Title, &p.Phone,
		&p.Zone, &p.Country, &p.Subdivision, &p.Language, &p.LinkedIn, &p.Stage, db.ScanJSON(&p.Custom), db.ScanTime(&p.CreatedAt), db.ScanTime(&p.UpdatedAt),
		&p.Move, db.ScanTime(&p.MoveSince), db.ScanTime(&p.MoveUntil), db.ScanTime(&p.LastInAt), db.ScanTime(&p.LastOutAt), &p.Untouched)
	return p, err
}

// SearchKey is the text under which a person is found: without accents, in lower
// case (NFKD without marks), so that one LIKE works alike on both databases.
func SearchKey(parts ...string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.Join(parts, " ")) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func searchOf(p sales.Person, account string) string {
	return SearchKey(p.FirstName, p.LastName, p.Email, p.Title, account)
}

// InsertPerson adds a person; account is the account's name, for the search. A
// Conflict error means that the address is known already.
func (tx *Tx) InsertPerson(ctx context.Context, p sales.Person, account string) error {
	if p.Email != "" && p.Address == "" {
		p.Address = sales.AddressOK
	}
	_, err := tx.Exec(ctx, sqlPersonInsert, p.WorkspaceID, p.ID, p.AccountID, p.OwnerID, p.Email, p.Address, p.FirstName, p.LastName, p.Title,
		p.Phone, p.Zone, p.Country, p.Subdivision, p.Language, p.LinkedIn, p.Stage, db.JSON(p.Custom), searchOf(p, account), p.CreatedAt, p.UpdatedAt)
	if db.IsUnique(err) {
		return sales.Errorf(sales.Conflict, "Somebody with the address %s is there already.", p.Email)
	}
	return err
}

// SavePerson writes the fields that people edit; the counters stay.
func (tx *Tx) SavePerson(ctx context.Context, p sales.Person, account string) error {
	_, err := tx.Exec(ctx, sqlPersonSave, p.AccountID, p.OwnerID, p.Email, p.Address, p.FirstName, p.LastName, p.Title, p.Phone, p.Zone,
		p.Country, p.Subdivision, p.Language, p.LinkedIn, p.Stage, db.JSON(p.Custom), searchOf(p, account), p.UpdatedAt, p.WorkspaceID, p.ID)
	if db.IsUnique(err) {
		return sales.Errorf(sales.Conflict, "Somebody else has the address %s already.", p.Email)
	}
	return err
}

// PersonAny gives a person to the machinery.
func (s *Store) PersonAny(ctx context.Context, ws, id sales.ID) (sales.Person, error) {
	p, err := db.One(ctx, s.DB, scanPerson, sqlPersonGet, ws, id)
	return found(p, err, "person")
}

// Person gives a person as the transaction sees them.
func (tx *Tx) Person(ctx context.Context, ws, id sales.ID) (sales.Person, error) {
	if p, known := answer(tx.ahead, ws, peopleOf, id); known {
		return p, nil
	}
	p, err := db.One(ctx, tx, scanPerson, sqlPersonGet, ws, id)
	return found(p, err, "person")
}

// Person gives a person that the viewer may see.
func (s *Store) Person(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Person, error) {
	p, err := db.One(ctx, s.DB, scanPerson, sqlPersonSee, v.WorkspaceID, id, v.OwnerScope(), v.OwnerScope())
	return found(p, err, "person")
}

// PersonByEmail finds a person by the normal form of an address.
func (tx *Tx) PersonByEmail(ctx context.Context, ws sales.ID, email string) (sales.Person, error) {
	if p, there, known := tx.ahead.reached(ws, emailsOf, email); known {
		if !there {
			return found(p, db.ErrNoRows, "person")
		}
		return p, nil
	}
	p, err := db.One(ctx, tx, scanPerson, sqlPersonEmail, ws, email)
	return found(p, err, "person")
}

// PeopleByID gives those of ids that exist, to the machinery.
func (s *Store) PeopleByID(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Person, error) {
	return byID(ctx, s.DB, scanPerson, func(p sales.Person) sales.ID { return p.ID }, sqlPeopleIn, ws, ids)
}

// PeopleByEmail gives the people with these addresses (normal form), by address.
func (s *Store) PeopleByEmail(ctx context.Context, ws sales.ID, emails []string) (map[string]sales.Person, error) {
	out := make(map[string]sales.Person, len(emails))
	for _, part := range chunks(emails, 500) {
		a := []any{ws}
		for _, e := range part {
			a = append(a, e)
		}
		list, err := db.All(ctx, s.DB, scanPerson, sqlPeopleEmails+db.In(len(part)), a...)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			out[p.Email] = p
		}
	}
	return out, nil
}

// PeopleByReach gives the people without an address who have one of these numbers
// (as stored) or LinkedIn addresses (compared without case).
func (s *Store) PeopleByReach(ctx context.Context, ws sales.ID, phones, linkedins []string) ([]sales.Person, error) {
	var out []sales.Person
	lower := make([]string, len(linkedins))
	for i, l := range linkedins {
		lower[i] = strings.ToLower(l)
	}
	for _, x := range []struct {
		query  string
		values []string
	}{{sqlPeoplePhones, phones}, {sqlPeopleLinked, lower}} {
		for _, part := range chunks(x.values, 500) {
			a := []any{ws}
			for _, v := range part {
				a = append(a, v)
			}
			list, err := db.All(ctx, s.DB, scanPerson, x.query+db.In(len(part)), a...)
			if err != nil {
				return nil, err
			}
			out = append(out, list...)
		}
	}
	return out, nil
}

// PeopleAt gives up to 50 people of an account that the viewer may see.
func (s *Store) PeopleAt(ctx context.Context, v sales.Viewer, account sales.ID) ([]sales.Person, error) {
	if account == 0 {
		return nil, nil
	}
	return db.All(ctx, s.DB, scanPerson, sqlPeopleAt, v.WorkspaceID, account, v.OwnerScope(), v.OwnerScope())
}

// PeopleFilter chooses people for a list.
type PeopleFilter struct {
	Search   string
	Move     sales.MoveSide
	Owner    sales.ID
	Idle     bool     // in no living enrollment
	Sequence sales.ID // in this sequence
	Account  sales.ID
}

// People lists people, the newest first, and the After of the next page ("" at
// the end).
func (s *Store) People(ctx context.Context, v sales.Viewer, f PeopleFilter, page Page) ([]sales.Person, string, error) {
	after := int64(1<<63 - 1)
	if id, err := sales.ParseID(page.After); err == nil {
		after = int64(id)
	}
	where, a := f.where([]any{v.WorkspaceID, after, v.OwnerScope(), v.OwnerScope()})
	n := page.limit()
	list, err := db.All(ctx, s.DB, scanPerson, sqlPeopleList+where+` ORDER BY p.id DESC LIMIT ?`, append(a, n+1)...)
	if err != nil || len(list) <= n {
		return list, "", err
	}
	return list[:n], list[n-1].ID.String(), nil
}

// CountPeople counts whom People would list after an After, and stops at most.
func (s *Store) CountPeople(ctx context.Context, v sales.Viewer, f PeopleFilter, after string, most int) (int, error) {
	from := int64(1<<63 - 1)
	if id, err := sales.ParseID(after); err == nil {
		from = int64(id)
	}
	where, a := f.where([]any{v.WorkspaceID, from, v.OwnerScope(), v.OwnerScope()})
	return db.One(ctx, s.DB, db.Value[int], sqlPeopleCount+where+` LIMIT ?) x`, append(a, most)...)
}

// where is the filter as the end of a statement on people p, with a and its own
// arguments.
func (f PeopleFilter) where(a []any) (string, []any) {
	q := ""
	for _, word := range searchWords(f.Search) {
		q += ` AND p.search LIKE ? ESCAPE '!'`
		a = append(a, "%"+likeEscape(word)+"%")
	}
	if f.Move != "" {
		q, a = q+` AND p.move = ?`, append(a, f.Move)
	}
	if f.Owner != 0 {
		q, a = q+` AND p.owner_id = ?`, append(a, f.Owner)
	}
	if f.Account != 0 {
		q, a = q+` AND p.account_id = ?`, append(a, f.Account)
	}
	if f.Idle {
		q += ` AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.workspace_id = p.workspace_id AND e.person_id = p.id AND e.state IN ('pending','active','waiting_human','waiting_them','paused'))`
	}
	if f.Sequence != 0 {
		q, a = q+` AND EXISTS (SELECT 1 FROM enrollments e WHERE e.workspace_id = p.workspace_id AND e.person_id = p.id AND e.sequence_id = ?)`, append(a, f.Sequence)
	}
	return q, a
}

// searchWords are the first words of a search; more of them find no more.
func searchWords(search string) []string {
	if len(search) > 400 {
		search = search[:400]
	}
	words := strings.Fields(SearchKey(strings.ToValidUTF8(search, "")))
	return words[:min(len(words), 8)]
}

func likeEscape(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}

// touch keeps the counters of a person right for one line of the ledger.
func (tx *Tx) touch(ctx context.Context, m sales.Move) error {
	if m.PersonID == 0 {
		return nil
	}
	turn := m.Turn()
	var in, out time.Time
	answered, touches := 0, 0
	if m.Kind.Answers() {
		in, answered = m.At, 1
	} else if m.Kind.Touches() {
		out, touches = m.At, 1
	}
	if turn == "" && in.IsZero() && out.IsZero() {
		return nil
	}
	tx.ahead.touch(m, turn, in, out, answered, touches)
	return tx.write(ctx, sqlPersonTouch, turn, turn, turn, m.At, turn, m.Until, in, in, out, out, answered, touches, m.WorkspaceID, m.PersonID)
}

// LockPerson makes other transactions wait that lock the same person, until this
// one ends.
func (tx *Tx) LockPerson(ctx context.Context, ws, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlPersonLock, ws, id)
	return err
}

// MarkAddress records what is known of a person's address; dead stays dead
// until the address is edited.
func (tx *Tx) MarkAddress(ctx context.Context, ws, person sales.ID, state sales.AddressState) error {
	return tx.write(ctx, sqlPersonAddress, state, ws, person)
}
