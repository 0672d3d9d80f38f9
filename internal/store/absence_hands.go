package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlHandPeopleOf = `SELECT id FROM people WHERE workspace_id = ? AND owner_id = ? ORDER BY id LIMIT ?`
	sqlHandEnrOf    = `SELECT id FROM enrollments WHERE workspace_id = ? AND owner_id = ? AND state IN ` + alive + ` ORDER BY id LIMIT ?`
	sqlHandTasksOf  = `SELECT id FROM tasks WHERE workspace_id = ? AND user_id = ? AND state = 'open' ORDER BY id LIMIT ?`

	sqlHandPeople = `UPDATE people SET owner_id = ? WHERE workspace_id = ? AND owner_id = ? AND id IN `
	sqlHandEnr    = `UPDATE enrollments SET owner_id = ?, version = version + 1 WHERE workspace_id = ? AND owner_id = ? AND id IN `
	sqlHandTasks  = `UPDATE tasks SET user_id = ? WHERE workspace_id = ? AND user_id = ? AND state = 'open' AND id IN `

	sqlFollowTasks = `UPDATE tasks SET user_id = ? WHERE workspace_id = ? AND user_id = ? AND state = 'open' AND created_at >= ? AND person_id IN `
	sqlFollowEnr   = `UPDATE enrollments SET owner_id = ?, version = version + 1 WHERE workspace_id = ? AND owner_id = ? AND enrolled_at >= ? AND state IN ` + alive + ` AND person_id IN `

	sqlGiveTasks = `UPDATE tasks SET user_id = ? WHERE workspace_id = ? AND person_id = ? AND state = 'open' AND user_id <> ? AND (user_id = ? OR CAST(? AS BIGINT) = 0)`
	sqlGiveEnr   = `UPDATE enrollments SET owner_id = ?, version = version + 1 WHERE workspace_id = ? AND person_id = ? AND state IN ` + alive + ` AND owner_id <> ? AND (owner_id = ? OR CAST(? AS BIGINT) = 0)`

	sqlHandLeases = `DELETE FROM person_leases WHERE workspace_id = ? AND user_id = ? AND person_id IN `

	sqlBusyTasks = `SELECT DISTINCT person_id FROM tasks WHERE workspace_id = ? AND state = 'open' AND person_id IN `
	sqlBusyEnr   = `SELECT DISTINCT person_id FROM enrollments WHERE workspace_id = ? AND state IN ` + alive + ` AND person_id IN `
)

// Handed is a row that got another seller, and whom it is about.
type Handed struct {
	ID, PersonID, UserID sales.ID // UserID has it now
}

// hands are the statements that give rows of a kind to somebody else.
func hands(kind ItemKind) (list, give, about string) {
	switch kind {
	case ItemPerson:
		return sqlHandPeopleOf, sqlHandPeople, `id`
	case ItemEnrollment:
		return sqlHandEnrOf, sqlHandEnr, `person_id`
	}
	return sqlHandTasksOf, sqlHandTasks, `person_id`
}

// HandOver gives up to limit rows of a kind of the absent seller to another user,
// and remembers them. It gives those that changed hands; fewer than limit is the end.
func (tx *Tx) HandOver(ctx context.Context, a sales.Absence, kind ItemKind, to sales.ID, limit int) ([]Handed, error) {
	list, _, _ := hands(kind)
	ids, err := db.All(ctx, tx, db.Value[sales.ID], list, a.WorkspaceID, a.UserID, limit)
	if err != nil {
		return nil, err
	}
	return tx.HandOverThese(ctx, a, kind, to, ids)
}

// HandOverThese is HandOver of some rows; those that are not the absent seller's
// stay where they are.
func (tx *Tx) HandOverThese(ctx context.Context, a sales.Absence, kind ItemKind, to sales.ID, ids []sales.ID) ([]Handed, error) {
	done, err := tx.hand(ctx, a.WorkspaceID, kind, a.UserID, to, ids)
	for _, x := range done {
		if err == nil {
			err = tx.SetItem(ctx, a.WorkspaceID, a.ID, kind, AbsenceItem{x.ID, int64(to)})
		}
	}
	return done, err
}

// hand gives rows of one user to another, who need not wait until a person is no
// longer served to the one.
func (tx *Tx) hand(ctx context.Context, ws sales.ID, kind ItemKind, from, to sales.ID, ids []sales.ID) ([]Handed, error) {
	_, give, about := hands(kind)
	var out []Handed
	for _, part := range chunks(ids, 500) {
		list, err := db.All(ctx, tx, func(r db.Scanner) (Handed, error) {
			x := Handed{UserID: to}
			err := r.Scan(&x.ID, &x.PersonID)
			return x, err
		}, give+db.In(len(part))+` RETURNING id, `+about, args([]any{to, ws, from}, part)...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		if kind == ItemPerson {
			if _, err := tx.Exec(ctx, sqlHandLeases+db.In(len(part)), args([]any{ws, from}, part)...); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// GiveBack gives up to limit rows of a kind back to the seller who was absent, and
// forgets them; what another user got meanwhile stays there. With a person goes
// what began about them since. It gives what went back, and how many rows it
// looked at: fewer than limit is the end.
func (tx *Tx) GiveBack(ctx context.Context, a sales.Absence, kind ItemKind, limit int) ([]Handed, int, error) {
	items, err := tx.AbsenceItems(ctx, a.WorkspaceID, a.ID, kind, 0, limit)
	if err != nil {
		return nil, 0, err
	}
	had := map[sales.ID][]sales.ID{}
	var order []sales.ID
	for _, x := range items {
		user := sales.ID(x.Value)
		if had[user] == nil {
			order = append(order, user)
		}
		had[user] = append(had[user], x.ID)
		if _, err := tx.Exec(ctx, sqlItemCut, a.WorkspaceID, a.ID, kind, x.ID); err != nil {
			return nil, 0, err
		}
	}
	var out []Handed
	for _, user := range order {
		done, err := tx.hand(ctx, a.WorkspaceID, kind, user, a.UserID, had[user])
		if err != nil {
			return nil, 0, err
		}
		out = append(out, done...)
		if kind != ItemPerson {
			continue
		}
		people := make([]sales.ID, 0, len(done))
		for _, x := range done {
			people = append(people, x.PersonID)
		}
		if err := tx.follow(ctx, a, user, people); err != nil {
			return nil, 0, err
		}
	}
	return out, len(items), nil
}

// GiveBackThese is GiveBack of some rows: those that one user has.
func (tx *Tx) GiveBackThese(ctx context.Context, a sales.Absence, kind ItemKind, from sales.ID, ids []sales.ID) ([]Handed, error) {
	var known []sales.ID
	for _, part := range chunks(distinct(ids), 500) {
		list, err := db.All(ctx, tx, scanItem, sqlItemAmong+db.In(len(part)), args([]any{a.WorkspaceID, a.ID, kind}, part)...)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			if sales.ID(x.Value) == from {
				known = append(known, x.ID)
			}
		}
	}
	done, err := tx.hand(ctx, a.WorkspaceID, kind, from, a.UserID, known)
	for _, x := range done {
		if err == nil {
			_, err = tx.Exec(ctx, sqlItemCut, a.WorkspaceID, a.ID, kind, x.ID)
		}
	}
	if err != nil || kind != ItemPerson {
		return done, err
	}
	return done, tx.follow(ctx, a, from, known)
}

// follow lets what began about people since the absence did follow them back.
func (tx *Tx) follow(ctx context.Context, a sales.Absence, from sales.ID, people []sales.ID) error {
	for _, part := range chunks(people, 500) {
		for _, q := range []string{sqlFollowTasks, sqlFollowEnr} {
			if _, err := tx.Exec(ctx, q+db.In(len(part)), args([]any{a.UserID, a.WorkspaceID, from, a.From}, part)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// GiveAway lets what is open about a person follow them from one seller to another:
// tasks, and enrollments with the version that whoever decides for them checks. Of
// somebody who was nobody's, from 0, everything follows, whoever has it. It says how
// many of each did.
func (tx *Tx) GiveAway(ctx context.Context, ws, person, from, to sales.ID) (tasks, enrollments int, err error) {
	t, err := tx.Exec(ctx, sqlGiveTasks, to, ws, person, to, from, from)
	if err != nil {
		return 0, 0, err
	}
	e, err := tx.Exec(ctx, sqlGiveEnr, to, ws, person, to, from, from)
	if err != nil {
		return 0, 0, err
	}
	_, err = tx.Exec(ctx, sqlHandLeases+db.In(1), ws, from, person)
	return int(t), int(e), err
}

// ItemsAmong gives which of ids an absence remembers under a kind.
func (s *Store) ItemsAmong(ctx context.Context, ws, absence sales.ID, kind ItemKind, ids []sales.ID) (map[sales.ID]AbsenceItem, error) {
	out := map[sales.ID]AbsenceItem{}
	for _, part := range chunks(distinct(ids), 500) {
		list, err := db.All(ctx, s.DB, scanItem, sqlItemAmong+db.In(len(part)), args([]any{ws, absence, kind}, part)...)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			out[x.ID] = x
		}
	}
	return out, nil
}

// BusyAmong tells about whom of some people something is going on: a living
// enrollment, or an open task.
func (tx *Tx) BusyAmong(ctx context.Context, ws sales.ID, people []sales.ID) (map[sales.ID]bool, error) {
	out := map[sales.ID]bool{}
	for _, part := range chunks(distinct(people), 500) {
		for _, q := range []string{sqlBusyTasks, sqlBusyEnr} {
			list, err := db.All(ctx, tx, db.Value[sales.ID], q+db.In(len(part)), args([]any{ws}, part)...)
			if err != nil {
				return nil, err
			}
			for _, id := range list {
				out[id] = true
			}
		}
	}
	return out, nil
}
