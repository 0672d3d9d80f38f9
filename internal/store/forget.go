package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// Exec is db.Tx.Exec; what was read ahead and changes by it is forgotten.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	tx.ahead.forget(query, args)
	return tx.Tx.Exec(ctx, query, args...)
}

// Later is db.Tx.Later; what was read ahead and changes by it is forgotten.
func (tx *Tx) Later(ctx context.Context, query string, args ...any) error {
	tx.ahead.forget(query, args)
	return tx.Tx.Later(ctx, query, args...)
}

// LaterOr is db.Tx.LaterOr; what was read ahead and changes by it is forgotten.
func (tx *Tx) LaterOr(ctx context.Context, err error, query string, args ...any) error {
	tx.ahead.forget(query, args)
	return tx.Tx.LaterOr(ctx, err, query, args...)
}

// Query is db.Tx.Query; what was read ahead and changes by it is forgotten.
func (tx *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	tx.ahead.forget(query, args)
	return tx.Tx.Query(ctx, query, args...)
}

// forget drops what a statement may change. The statements that each mail brings
// with it are known; of any other all that was read from its table goes, and the
// database is asked again.
func (a *ahead) forget(query string, args []any) {
	if a == nil || !writes(query) {
		return
	}
	id := func(fromEnd int) sales.ID { v, _ := args[len(args)-fromEnd].(sales.ID); return v }
	switch query {
	case sqlMessageInsert, sqlMessageSent, sqlPersonTouch, sqlEnrollmentUpdate, sqlBoxDay:
		return // their methods know more: keeps, touch, moved, counted
	case sqlPersonAddress:
		if p, there := a.people[id(1)]; there && p.Address != sales.AddressDead {
			p.Address, _ = args[0].(sales.AddressState)
			a.people[p.ID] = p
		}
		return
	case sqlPersonStage:
		delete(a.people, id(1))
		return
	case sqlMailingCancel:
		a.dropMailings(func(m sales.Mailing) bool { return m.EnrollmentID == id(1) })
		return
	case sqlMailingCancelPer, sqlMailingsStop:
		a.dropMailings(func(m sales.Mailing) bool { return m.PersonID == id(1) })
		return
	case sqlMailingWake:
		delete(a.live, id(1))
		for account, list := range a.colleagues {
			if slices.ContainsFunc(list, func(e sales.Enrollment) bool { return e.PersonID == id(1) }) {
				delete(a.colleagues, account)
			}
		}
		return
	case sqlMailingQueue: // a new one, or one whose row is written over
		key, _ := args[2].(string)
		a.dropMailings(func(m sales.Mailing) bool { return m.Key == key })
		return
	case sqlThreadTouch, sqlNameHead:
		a.dropThreads(func(t sales.Thread) bool { return query == sqlNameHead || t.ID == id(1) })
		return
	case sqlThreadInsert:
		person, _ := args[2].(sales.ID)
		delete(a.threads, person)
		return
	case sqlSuppress:
		hash, _ := args[3].([]byte)
		delete(a.listed, string(hash))
		return
	}
	switch writtenTable(query) {
	case "people":
		clear(a.people)
		clear(a.emails)
		clear(a.addresses)
	case "person_addresses":
		clear(a.addresses)
	case "messages", "match_candidates":
		clear(a.kept)
		clear(a.messages)
		clear(a.asked)
	case "mailings":
		clear(a.headers)
		clear(a.mailings)
	case "mail_names":
		clear(a.names)
	case "enrollments":
		clear(a.live)
		clear(a.colleagues)
	case "threads":
		clear(a.threads)
	case "suppressions":
		clear(a.listed)
	case "accounts":
		clear(a.accounts)
	case "mailbox_days":
		clear(a.boxes)
	case "absences":
		clear(a.standIns)
	}
}

// writtenTable is the table that a statement writes.
func writtenTable(query string) string {
	_, rest, _ := strings.Cut(query, " ")
	if query[0] != 'U' {
		_, rest, _ = strings.Cut(rest, " ") // INTO, FROM
	}
	table, _, _ := strings.Cut(rest, " ")
	return table
}

// writes tells whether a statement is one that changes rows.
func writes(query string) bool { return query != "" && strings.IndexByte("IUD", query[0]) >= 0 }

func (a *ahead) dropMailings(changes func(sales.Mailing) bool) {
	for h, list := range a.headers {
		if slices.ContainsFunc(list, changes) {
			delete(a.headers, h)
		}
	}
	for id, m := range a.mailings {
		if changes(m) {
			delete(a.mailings, id)
		}
	}
}

func (a *ahead) dropThreads(changes func(sales.Thread) bool) {
	for id, list := range a.threads {
		if slices.ContainsFunc(list, changes) {
			delete(a.threads, id)
		}
	}
}

// keeps notes a message that the transaction keeps.
func (a *ahead) keeps(m sales.Message, surely bool) {
	if a == nil {
		return
	}
	delete(a.kept, m.HeaderID)
	delete(a.messages, m.HeaderID)
	delete(a.asked, m.From)
	if surely {
		a.fresh[m.ID] = true
	}
}

// moved keeps an enrollment as the statement of updateEnrollment leaves it.
func (a *ahead) moved(e sales.Enrollment) {
	if a == nil || e.WorkspaceID != a.ws {
		return
	}
	for _, t := range []*time.Time{&e.StateAt, &e.NextAt, &e.Until, &e.LastStepAt, &e.EnrolledAt, &e.AnchorAt, &e.HoldUntil} {
		*t = stored(*t)
	}
	replace(a.live, e.PersonID, e)
	replace(a.colleagues, e.AccountID, e)
}

// replace puts an enrollment into the list of living ones, or takes it out. One
// that was not there comes to life: the list is read again.
func replace(m map[sales.ID][]sales.Enrollment, key sales.ID, e sales.Enrollment) {
	list, known := m[key]
	if !known {
		return
	}
	i := slices.IndexFunc(list, func(x sales.Enrollment) bool { return x.ID == e.ID })
	list = slices.Clone(list) // callers go through the old one
	switch {
	case i >= 0 && e.State.Alive():
		list[i] = e
	case i >= 0:
		list = slices.Delete(list, i, i+1)
	case e.State.Alive():
		delete(m, key)
		return
	}
	m[key] = list
}

// counted adds to what came of the mails of a mailbox since some days.
func (a *ahead) counted(ws, mailbox sales.ID, day int64, name string, n int) {
	if a == nil || ws != a.ws {
		return
	}
	for k, all := range a.boxes {
		if k.mailbox == mailbox && day >= k.since {
			all[name] += n
		}
	}
}

// about tells whether a task is about a message that this transaction keeps, under
// a key that names the message and was not used before: nobody else can have opened
// it.
func (a *ahead) about(t sales.Task) bool {
	if a == nil || !a.fresh[t.MessageID] || !strings.HasPrefix(t.Key, "message/"+t.MessageID.String()+"/") || a.opened[t.Key] {
		return false
	}
	a.opened[t.Key] = true
	return true
}
