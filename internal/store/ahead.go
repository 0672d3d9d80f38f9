package store

import (
	"context"
	"slices"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// A transaction about many mails asks the same questions for each. ReadAhead asks
// them for all in a few statements; the methods that answer them look here first.
// What a statement of the transaction changes is forgotten, or changed here too,
// so that the answers are those that the database would give: see forget.

// Ahead is what a transaction about mails of a mailbox will ask for.
type Ahead struct {
	Mailbox   sales.ID
	Own       []string   // Message-IDs of the mails
	About     []string   // Message-IDs that they are about, and names of appointments
	Mailings  []sales.ID // that they name otherwise
	Addresses []string   // in whose name they come or that they report on, in normal form
	Asked     []string   // sender addresses as written
}

// ahead is what was read ahead. What is in none of its maps is not known.
type ahead struct {
	ws, mailbox sales.ID
	kept        map[string]bool            // by Message-ID: whether the mailbox has it
	headers     map[string][]sales.Mailing // by Message-ID
	mailings    map[sales.ID]sales.Mailing
	messages    map[string][]sales.Message  // by Message-ID, as MessagesByHeader gives them
	names       map[string][]sales.MailName // of the mailbox
	people      map[sales.ID]sales.Person
	emails      map[string]sales.ID // by address; 0 is nobody
	addresses   map[string]sales.ID // the same with those that people write from too
	live        map[sales.ID][]sales.Enrollment
	colleagues  map[sales.ID][]sales.Enrollment // living ones by account
	threads     map[sales.ID][]sales.Thread     // by person
	asked       map[string]bool                 // by sender: whether a question about them may be open
	listed      map[string]bool                 // by hash of an address: whether it may be on the suppression list
	standIns    map[standIn]sales.ID
	accounts    map[sales.ID]sales.Account
	boxes       map[boxSince]map[string]int // what came of mails since a day
	fresh       map[sales.ID]bool           // messages that this transaction keeps
	opened      map[string]bool             // keys of tasks about them
}

type boxSince struct {
	mailbox sales.ID
	since   int64
}

type standIn struct {
	user sales.ID
	at   int64
}

const (
	sqlPeopleNow    = `SELECT id FROM people WHERE workspace_id = ? AND id IN `
	sqlKeptIn       = `SELECT header_id FROM messages WHERE workspace_id = ? AND mailbox_id = ? AND header_id IN `
	sqlMailingsIn   = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.id IN `
	sqlAddressesIn  = `SELECT person_id, address FROM person_addresses WHERE workspace_id = ? AND theirs = 1 AND address IN `
	sqlLiveIn       = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.state IN ` + alive + ` AND e.person_id IN `
	sqlLiveAtIn     = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.account_id <> 0 AND e.state IN ` + alive + ` AND e.account_id IN `
	sqlThreadsWith  = `SELECT ` + threadCols + ` FROM threads t WHERE t.workspace_id = ? AND t.person_id IN `
	sqlAskedSenders = `SELECT m.from_addr FROM messages m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.person_id = 0 AND m.from_addr IN `
	sqlListedIn     = `SELECT hash FROM suppressions WHERE workspace_id = ? AND kind = 'address' AND hash IN `
)

// mostAhead bounds the rows of one kind that are read ahead where a person may have
// many; with more, each mail asks for its own.
const mostAhead = 5000

// ReadAhead reads what the mails of a batch will ask for, and lets the statements
// that keep them go together, as Gather does. A Conflict error may come from any
// later call or from the commit: something changed since it was read.
func (tx *Tx) ReadAhead(ctx context.Context, ws sales.ID, w Ahead) error {
	a := &ahead{
		ws: ws, mailbox: w.Mailbox, kept: map[string]bool{}, headers: map[string][]sales.Mailing{}, mailings: map[sales.ID]sales.Mailing{},
		messages: map[string][]sales.Message{}, names: map[string][]sales.MailName{}, people: map[sales.ID]sales.Person{}, emails: map[string]sales.ID{},
		addresses: map[string]sales.ID{}, live: map[sales.ID][]sales.Enrollment{}, colleagues: map[sales.ID][]sales.Enrollment{},
		threads: map[sales.ID][]sales.Thread{}, asked: map[string]bool{}, listed: map[string]bool{}, standIns: map[standIn]sales.ID{}, accounts: map[sales.ID]sales.Account{}, boxes: map[boxSince]map[string]int{}, fresh: map[sales.ID]bool{}, opened: map[string]bool{},
	}
	for _, read := range []func(context.Context, *Tx, Ahead) error{a.readOwn, a.readMailings, a.readMessages, a.readPeople, a.readAround} {
		if err := read(ctx, tx, w); err != nil {
			return err
		}
	}
	tx.ahead = a
	tx.Gather()
	return nil
}

func (a *ahead) readOwn(ctx context.Context, tx *Tx, w Ahead) error {
	for _, h := range w.Own {
		a.kept[h] = false
	}
	err := in(ctx, tx, db.Value[string], func(h string) { a.kept[h] = true }, sqlKeptIn, []any{a.ws, a.mailbox}, w.Own)
	if err != nil {
		return err
	}
	for _, s := range w.Asked {
		a.asked[s] = false
	}
	return in(ctx, tx, db.Value[string], func(s string) { a.asked[s] = true }, sqlAskedSenders, []any{a.ws, a.mailbox}, w.Asked)
}

func (a *ahead) readMailings(ctx context.Context, tx *Tx, w Ahead) error {
	ids := append(slices.Clone(w.Own), w.About...)
	for _, h := range ids {
		a.headers[h] = nil
	}
	err := in(ctx, tx, scanMailing, func(m sales.Mailing) { a.headers[m.HeaderID] = append(a.headers[m.HeaderID], m) }, sqlMailingsHeader, []any{a.ws}, ids)
	if err != nil {
		return err
	}
	return in(ctx, tx, scanMailing, func(m sales.Mailing) { a.mailings[m.ID] = m }, sqlMailingsIn, []any{a.ws}, w.Mailings)
}

// readMessages reads what is about a mail of which no mailing is known.
func (a *ahead) readMessages(ctx context.Context, tx *Tx, w Ahead) error {
	var ids []string
	for _, h := range w.About {
		if len(a.headers[h]) == 0 {
			ids = append(ids, h)
			a.messages[h], a.names[h] = nil, nil
		}
	}
	err := in(ctx, tx, scanBrief, func(m sales.Message) { a.messages[m.HeaderID] = append(a.messages[m.HeaderID], m) }, sqlMessageHeader, []any{a.ws}, ids)
	if err != nil {
		return err
	}
	return in(ctx, tx, scanMailName, func(n sales.MailName) { a.names[n.Name] = append(a.names[n.Name], n) }, sqlNamesIn, []any{a.ws, a.mailbox}, ids)
}

func (a *ahead) readPeople(ctx context.Context, tx *Tx, w Ahead) error {
	for _, x := range w.Addresses {
		a.emails[x], a.addresses[x] = 0, 0
	}
	err := in(ctx, tx, scanPerson, func(p sales.Person) {
		a.people[p.ID] = p
		a.emails[p.Email], a.addresses[p.Email] = p.ID, p.ID
	}, sqlPeopleEmails, []any{a.ws}, w.Addresses)
	if err != nil {
		return err
	}
	also := map[string]sales.ID{}
	err = in(ctx, tx, scanPair[string], func(x pair[string]) { also[x.b] = x.a }, sqlAddressesIn, []any{a.ws}, w.Addresses)
	if err != nil {
		return err
	}
	var ids []sales.ID
	for _, list := range a.headers {
		for _, m := range list {
			ids = append(ids, m.PersonID)
		}
	}
	for _, list := range a.messages {
		for _, m := range list {
			ids = append(ids, m.PersonID)
		}
	}
	for _, list := range a.names {
		for _, n := range list {
			ids = append(ids, n.PersonID)
		}
	}
	for _, m := range a.mailings {
		ids = append(ids, m.PersonID)
	}
	for _, id := range also {
		ids = append(ids, id)
	}
	ids = slices.DeleteFunc(distinct(ids), func(id sales.ID) bool { _, known := a.people[id]; return known })
	slices.Sort(ids)
	if err := in(ctx, tx, scanPerson, func(p sales.Person) { a.people[p.ID] = p }, sqlPeopleIn, []any{a.ws}, ids); err != nil {
		return err
	}
	for address, id := range also {
		if _, there := a.people[id]; there && a.addresses[address] == 0 {
			a.addresses[address] = id
		}
	}
	return nil
}

// readAround reads what stands around the people who were found.
func (a *ahead) readAround(ctx context.Context, tx *Tx, _ Ahead) error {
	var ids, accounts []sales.ID
	var hashes []blob
	for id, p := range a.people {
		ids, accounts = append(ids, id), append(accounts, p.AccountID)
		if p.Email != "" {
			hashes = append(hashes, blob(tx.s.Keys.Hash(sales.SuppressAddress, p.Email)))
		}
	}
	slices.Sort(ids)
	if err := tx.lockPeople(ctx, a.ws, ids); err != nil {
		return err
	}
	accounts = distinct(accounts)
	slices.Sort(accounts)
	n := 0
	err := in(ctx, tx, scanEnrollment, func(e sales.Enrollment) { a.live[e.PersonID], n = append(a.live[e.PersonID], e), n+1 }, sqlLiveIn, []any{a.ws}, ids)
	if err != nil {
		return err
	}
	known(a.live, ids, n, func(x, y sales.Enrollment) int { return int(x.ID - y.ID) })
	n = 0
	err = in(ctx, tx, scanEnrollment, func(e sales.Enrollment) { a.colleagues[e.AccountID], n = append(a.colleagues[e.AccountID], e), n+1 }, sqlLiveAtIn, []any{a.ws}, accounts)
	if err != nil {
		return err
	}
	known(a.colleagues, accounts, n, func(x, y sales.Enrollment) int { return int(x.ID - y.ID) })
	if err := in(ctx, tx, scanAccount, func(x sales.Account) { a.accounts[x.ID] = x }, sqlAccountsIn, []any{a.ws}, accounts); err != nil {
		return err
	}
	n = 0
	err = in(ctx, tx, scanThread, func(t sales.Thread) { a.threads[t.PersonID], n = append(a.threads[t.PersonID], t), n+1 }, sqlThreadsWith, []any{a.ws}, ids)
	if err != nil {
		return err
	}
	known(a.threads, ids, n, newestThread)
	for id, list := range a.threads {
		a.threads[id] = list[:min(len(list), threadsShown)]
	}
	for _, h := range hashes {
		a.listed[string(h)] = false
	}
	return in(ctx, tx, db.Value[[]byte], func(h []byte) { a.listed[string(h)] = true }, sqlListedIn, []any{a.ws}, hashes)
}

// lockPeople makes those wait who put one of these people into a sequence: else
// an answer could miss an enrollment that began while its batch was read. SQLite
// has one writer.
func (tx *Tx) lockPeople(ctx context.Context, ws sales.ID, ids []sales.ID) error {
	if tx.Dialect() != db.Postgres {
		return nil
	}
	for _, part := range chunks(ids, 500) {
		if _, err := db.All(ctx, tx, db.Value[int64], sqlPeopleNow+db.In(len(part))+` ORDER BY id FOR UPDATE`, args([]any{ws}, part)...); err != nil {
			return err
		}
	}
	return nil
}

func newestThread(x, y sales.Thread) int {
	if c := y.LastAt.Compare(x.LastAt); c != 0 {
		return c
	}
	return int(y.ID - x.ID)
}

// known writes down that ids were asked for and puts what was found in order; of
// too many rows nothing is kept.
func known[T any](m map[sales.ID][]T, ids []sales.ID, n int, less func(x, y T) int) {
	if n > mostAhead {
		clear(m)
		return
	}
	for _, id := range ids {
		slices.SortFunc(m[id], less)
		m[id] = slices.Clip(m[id])
	}
}

// blob is bytes that can be compared.
type blob string

// in runs a query that ends with IN for all values, in pieces whose number of
// placeholders is one of a few, so that the database prepares few texts.
func in[T any, V comparable](ctx context.Context, tx *Tx, scan func(db.Scanner) (T, error), take func(T), query string, first []any, values []V) error {
	seen := make(map[V]bool, len(values))
	var all []any
	for _, v := range values {
		if seen[v] {
			continue
		}
		seen[v] = true
		if b, isBlob := any(v).(blob); isBlob {
			all = append(all, []byte(b))
		} else {
			all = append(all, v)
		}
	}
	for _, part := range chunks(all, 256) {
		size := 1
		for size < len(part) {
			size *= 2
		}
		args := append(slices.Clone(first), part...)
		for range size - len(part) {
			args = append(args, part[0])
		}
		list, err := db.All(ctx, tx, scan, query+db.In(size), args...)
		if err != nil {
			return err
		}
		for _, v := range list {
			take(v)
		}
	}
	return nil
}

// touch keeps a person as the statement of Tx.touch leaves them.
func (a *ahead) touch(m sales.Move, turn sales.MoveSide, in, out time.Time, answered, touches int) {
	if a == nil || m.WorkspaceID != a.ws {
		return
	}
	p, there := a.people[m.PersonID]
	if !there {
		return
	}
	if turn != "" {
		p.Move, p.MoveSince, p.MoveUntil = turn, stored(m.At), stored(m.Until)
	}
	if in = stored(in); in.After(p.LastInAt) {
		p.LastInAt = in
	}
	if out = stored(out); out.After(p.LastOutAt) {
		p.LastOutAt = out
	}
	if p.Untouched += touches; answered == 1 {
		p.Untouched = 0
	}
	a.people[p.ID] = p
}

// stored is a time as it comes back from the database.
func stored(t time.Time) time.Time { return db.Time(db.Micros(t)) }
