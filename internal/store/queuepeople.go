package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// sqlQueuePeople gives people in brief, each with the ledger that the order needs in
// one text: the last 200 lines, the newest first, a field after the other. A row a
// person costs less than a row a line.
func sqlQueuePeople() db.Per {
	const line = `at || ' ' || actor || ' ' || kind || ' ' || milliminutes`
	const of = ` FROM (SELECT id, at, actor, kind, milliminutes FROM moves m WHERE m.workspace_id = p.workspace_id AND m.person_id = p.id ORDER BY m.id DESC LIMIT 200) x`
	const brief = `p.id, p.account_id, p.owner_id, p.email, p.first_name, p.last_name, p.title, p.phone, p.zone, p.country, p.subdivision, p.stage, p.move, p.move_since, p.move_until, (SELECT `
	const from = `) FROM people p WHERE p.workspace_id = ? AND p.id IN `
	return db.Per{
		SQLite:   `SELECT ` + brief + `group_concat(` + line + `, ',' ORDER BY id DESC)` + of + from,
		Postgres: `SELECT ` + brief + `string_agg(` + line + `, ',' ORDER BY id DESC)` + of + from,
	}
}

// QueuePerson is a person as the order of Next needs them.
type QueuePerson struct {
	// Person in brief: the name, the address and the number, whose they are, where
	// they are, where they stand and whose move it is.
	Person sales.Person
	// Moves are the lines of the ledger, the newest first: who moved, when, what and how
	// many minutes. The last 200, before which effort weighs next to nothing.
	Moves []sales.Move
}

// QueuePeople gives those of ids that exist, to the machinery of the queue.
func (s *Store) QueuePeople(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]QueuePerson, error) {
	scan := func(r db.Scanner) (QueuePerson, error) {
		x := QueuePerson{Person: sales.Person{WorkspaceID: ws}}
		p := &x.Person
		var lines *string
		err := r.Scan(&p.ID, &p.AccountID, &p.OwnerID, &p.Email, &p.FirstName, &p.LastName, &p.Title, &p.Phone, &p.Zone, &p.Country, &p.Subdivision, &p.Stage,
			&p.Move, db.ScanTime(&p.MoveSince), db.ScanTime(&p.MoveUntil), &lines)
		if err == nil && lines != nil {
			x.Moves, err = movesIn(*lines, ws, p.ID)
		}
		return x, err
	}
	return byID(ctx, s.DB, scan, func(x QueuePerson) sales.ID { return x.Person.ID }, sqlQueuePeople().For(s.DB.Dialect()), ws, ids)
}

// movesIn reads the lines of a ledger as sqlQueuePeople writes them.
func movesIn(text string, ws, person sales.ID) ([]sales.Move, error) {
	out := make([]sales.Move, 0, strings.Count(text, ",")+1)
	for line := range strings.SplitSeq(text, ",") {
		m, err := moveIn(line)
		if err != nil {
			return nil, fmt.Errorf("store: a line of the ledger reads %q: %w", line, err)
		}
		m.WorkspaceID, m.PersonID = ws, person
		out = append(out, m)
	}
	return out, nil
}

func moveIn(line string) (sales.Move, error) {
	var f [4]string
	n := 0
	for word := range strings.SplitSeq(line, " ") {
		if n < len(f) {
			f[n] = word
		}
		n++
	}
	if n != len(f) {
		return sales.Move{}, fmt.Errorf("%d fields", n)
	}
	at, err := strconv.ParseInt(f[0], 10, 64)
	if err != nil {
		return sales.Move{}, err
	}
	milli, err := strconv.ParseInt(f[3], 10, 64)
	return sales.Move{At: db.Time(at), Actor: sales.Actor(f[1]), Kind: sales.MoveKind(f[2]), Minutes: float64(milli) / 1000}, err
}
