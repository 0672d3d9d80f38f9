package store

import (
	"context"
	"errors"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	mailNameCols  = `workspace_id, mailbox_id, name, person_id, thread_id, mailing_id, at`
	candidateCols = `c.workspace_id, c.message_id, c.n, c.person_id, c.thread_id, c.colleague, c.reason`
	addressCols   = `workspace_id, address, person_id, theirs, user_id, at`
)

const (
	sqlNameAdd  = `INSERT INTO mail_names (` + mailNameCols + `) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, mailbox_id, name, person_id) DO UPDATE SET thread_id = excluded.thread_id, mailing_id = excluded.mailing_id, at = excluded.at`
	sqlNamesIn  = `SELECT ` + mailNameCols + ` FROM mail_names WHERE workspace_id = ? AND mailbox_id = ? AND name IN `
	sqlNameHead = `UPDATE threads SET last_header = ? WHERE workspace_id = ? AND id = ? AND last_header = ?`

	sqlAddressSet   = `INSERT INTO person_addresses (` + addressCols + `) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, address, person_id) DO UPDATE SET theirs = excluded.theirs, user_id = excluded.user_id, at = excluded.at`
	sqlAddressTaken = `DELETE FROM person_addresses WHERE workspace_id = ? AND address = ? AND theirs = 1 AND person_id <> ?`
	sqlAddressesOf  = `SELECT ` + addressCols + ` FROM person_addresses WHERE workspace_id = ? AND person_id = ? AND theirs = 1 ORDER BY at, address LIMIT 50`
	sqlAddressNot   = `SELECT person_id FROM person_addresses WHERE workspace_id = ? AND address = ? AND theirs = 0 LIMIT 1000`
	sqlPersonWrites = `SELECT ` + personCols + ` FROM person_addresses a JOIN people p ON p.workspace_id = a.workspace_id AND p.id = a.person_id WHERE a.workspace_id = ? AND a.address = ? AND a.theirs = 1`

	sqlCandidateAdd  = `INSERT INTO match_candidates (workspace_id, message_id, n, person_id, thread_id, colleague, reason) VALUES (?, ?, ?, ?, ?, ?, ?)`
	sqlCandidates    = `SELECT ` + candidateCols + ` FROM match_candidates c WHERE c.workspace_id = ? AND c.message_id = ? ORDER BY c.n`
	sqlCandidateNot  = `DELETE FROM match_candidates WHERE workspace_id = ? AND message_id = ? AND person_id = ?`
	isAsked          = `m.person_id = 0 AND EXISTS (SELECT 1 FROM match_candidates c WHERE c.workspace_id = m.workspace_id AND c.message_id = m.id)`
	sqlAskedFrom     = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.from_addr = ? AND ` + isAsked + ` ORDER BY m.id LIMIT 1`
	sqlAskedIn       = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.thread_id = ? AND m.id > ? AND ` + isAsked + ` ORDER BY m.id LIMIT 50`
	sqlAskedAmong    = `SELECT DISTINCT person_id FROM match_candidates WHERE workspace_id = ? AND person_id IN `
	sqlQuestions     = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.state = 'open' AND t.kind = 'confirm' AND t.person_id IN `
	sqlCandidatesEnd = `DELETE FROM match_candidates WHERE workspace_id = ? AND message_id = ?`
	sqlAsked         = `SELECT count(*) FROM (SELECT 1 FROM match_candidates WHERE workspace_id = ? AND person_id = ? LIMIT 1) x`

	sqlHoldAdd    = `INSERT INTO match_holds (workspace_id, message_id, enrollment_id, until_at) VALUES (?, ?, ?, ?) ON CONFLICT (workspace_id, message_id, enrollment_id) DO NOTHING`
	sqlHolds      = `SELECT workspace_id, message_id, enrollment_id, until_at FROM match_holds WHERE workspace_id = ? AND message_id = ? ORDER BY enrollment_id`
	sqlHoldsEnd   = `DELETE FROM match_holds WHERE workspace_id = ? AND message_id = ?`
	sqlHoldEnd    = `DELETE FROM match_holds WHERE workspace_id = ? AND message_id = ? AND enrollment_id = ?`
	sqlHoldsOn    = `SELECT workspace_id, message_id, enrollment_id, until_at FROM match_holds WHERE workspace_id = ? AND enrollment_id = ? ORDER BY message_id LIMIT 50`
	sqlThreadGive = `UPDATE threads SET person_id = ? WHERE workspace_id = ? AND id = ?`
	sqlMailEmpty  = `UPDATE messages SET subject = '', from_name = '', to_addr = '', body = '', full_text = '', html = '', raw_id = 0, verdict = '{}' WHERE workspace_id = ? AND id = ? AND person_id = 0`
	sqlRawDrop    = `DELETE FROM raws WHERE workspace_id = ? AND id = (SELECT m.raw_id FROM messages m WHERE m.workspace_id = ? AND m.id = ? AND m.person_id = 0)`
	sqlThreadDrop = `DELETE FROM threads WHERE workspace_id = ? AND id = ? AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.workspace_id = threads.workspace_id AND m.thread_id = threads.id)`

	sqlSubjectThreads = `SELECT ` + threadCols + `, ` + personCols + ` FROM threads t JOIN people p ON p.workspace_id = t.workspace_id AND p.id = t.person_id
  WHERE t.workspace_id = ? AND t.mailbox_id = ? AND substr(lower(t.subject), 1, 200) = substr(lower(?), 1, 200) AND lower(t.subject) = lower(?) AND (p.email LIKE ? ESCAPE '!' OR p.search LIKE ? ESCAPE '!') ORDER BY t.last_at DESC, t.id DESC LIMIT ?`
	sqlPeopleOfDomain = `SELECT ` + personCols + ` FROM accounts a JOIN people p ON p.workspace_id = a.workspace_id AND p.account_id = a.id WHERE a.workspace_id = ? AND a.domain = ? AND a.domain <> '' AND p.last_out_at > 0 ORDER BY p.last_out_at DESC, p.id LIMIT ?`
)

// NameMail notes another name of a mail of ours.
func (tx *Tx) NameMail(ctx context.Context, n sales.MailName) error {
	_, err := tx.Exec(ctx, sqlNameAdd, n.WorkspaceID, n.MailboxID, n.Name, n.PersonID, n.ThreadID, n.MailingID, n.At)
	return err
}

// RenameHead makes a thread whose newest message is was go on with name, the
// Message-ID that the other side knows it by.
func (tx *Tx) RenameHead(ctx context.Context, ws, thread sales.ID, was, name string) error {
	_, err := tx.Exec(ctx, sqlNameHead, name, ws, thread, was)
	return err
}

// MailNames finds mails of a mailbox by other names of theirs.
func (tx *Tx) MailNames(ctx context.Context, ws, mailbox sales.ID, names []string) ([]sales.MailName, error) {
	if len(names) == 0 {
		return nil, nil
	}
	if len(names) > 200 {
		names = names[len(names)-200:]
	}
	if list, known := tx.ahead.namesOf(ws, mailbox, names); known {
		return list, nil
	}
	a := []any{ws, mailbox}
	for _, n := range names {
		a = append(a, n)
	}
	return db.All(ctx, tx, scanMailName, sqlNamesIn+db.In(len(names))+` ORDER BY person_id, name`, a...)
}

func scanMailName(r db.Scanner) (sales.MailName, error) {
	var n sales.MailName
	err := r.Scan(&n.WorkspaceID, &n.MailboxID, &n.Name, &n.PersonID, &n.ThreadID, &n.MailingID, db.ScanTime(&n.At))
	return n, err
}

// SetAddress writes down whether a person writes from an address. One address is
// that of one person: who had it before loses it.
func (tx *Tx) SetAddress(ctx context.Context, a sales.PersonAddress) error {
	if a.Theirs {
		if _, err := tx.Exec(ctx, sqlAddressTaken, a.WorkspaceID, a.Address, a.PersonID); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, sqlAddressSet, a.WorkspaceID, a.Address, a.PersonID, flag(a.Theirs), a.UserID, a.At)
	return err
}

// AddressesOf gives the addresses that a person writes from besides their own.
func (s *Store) AddressesOf(ctx context.Context, ws, person sales.ID) ([]sales.PersonAddress, error) {
	return db.All(ctx, s.DB, scanAddress, sqlAddressesOf, ws, person)
}

func scanAddress(r db.Scanner) (sales.PersonAddress, error) {
	var a sales.PersonAddress
	err := r.Scan(&a.WorkspaceID, &a.Address, &a.PersonID, &a.Theirs, &a.UserID, db.ScanTime(&a.At))
	return a, err
}

// NotTheirs gives the people of whom somebody said that an address is not theirs.
func (tx *Tx) NotTheirs(ctx context.Context, ws sales.ID, address string) ([]sales.ID, error) {
	return db.All(ctx, tx, db.Value[sales.ID], sqlAddressNot, ws, address)
}

// PersonByAddress finds a person by an address in normal form: their own, or
// another that they write from.
func (tx *Tx) PersonByAddress(ctx context.Context, ws sales.ID, address string) (sales.Person, error) {
	if p, there, known := tx.ahead.reached(ws, addressesIn, address); known {
		if !there {
			return found(p, db.ErrNoRows, "person")
		}
		return p, nil
	}
	p, err := tx.PersonByEmail(ctx, ws, address)
	if sales.CodeOf(err) != sales.NotFound {
		return p, err
	}
	p, err = db.One(ctx, tx, scanPerson, sqlPersonWrites, ws, address)
	return found(p, err, "person")
}

// Ask writes down whose a message may be, and takes back what was written before.
func (tx *Tx) Ask(ctx context.Context, ws, message sales.ID, list []sales.Candidate) error {
	if err := tx.EndAsking(ctx, ws, message); err != nil {
		return err
	}
	for i, c := range list {
		if _, err := tx.Exec(ctx, sqlCandidateAdd, ws, message, i, c.PersonID, c.ThreadID, flag(c.Colleague), c.Reason); err != nil {
			return err
		}
	}
	return nil
}

// EndAsking drops whose a message may be, and what was held because of it.
func (tx *Tx) EndAsking(ctx context.Context, ws, message sales.ID) error {
	for _, q := range []string{sqlCandidatesEnd, sqlHoldsEnd} {
		if _, err := tx.Exec(ctx, q, ws, message); err != nil {
			return err
		}
	}
	return nil
}

func scanCandidate(r db.Scanner) (sales.Candidate, error) {
	var c sales.Candidate
	err := r.Scan(&c.WorkspaceID, &c.MessageID, &c.N, &c.PersonID, &c.ThreadID, &c.Colleague, &c.Reason)
	return c, err
}

// Candidates gives whose a message may be, the likeliest first, while that is not
// answered.
func (s *Store) Candidates(ctx context.Context, ws, message sales.ID) ([]sales.Candidate, error) {
	return db.All(ctx, s.DB, scanCandidate, sqlCandidates, ws, message)
}

// Candidates is Store.Candidates as the transaction sees it.
func (tx *Tx) Candidates(ctx context.Context, ws, message sales.ID) ([]sales.Candidate, error) {
	return db.All(ctx, tx, scanCandidate, sqlCandidates, ws, message)
}

// NotCandidate takes back that a message may be a person's.
func (tx *Tx) NotCandidate(ctx context.Context, ws, message, person sales.ID) error {
	_, err := tx.Exec(ctx, sqlCandidateNot, ws, message, person)
	return err
}

// AskedFrom gives the first message from an address to a mailbox of which nobody
// has said yet whose it is, a NotFound error when there is none.
func (tx *Tx) AskedFrom(ctx context.Context, ws, mailbox sales.ID, from string) (sales.Message, error) {
	if some, known := answer(tx.ahead, ws, askedOf, from); known && !some && mailbox == tx.ahead.mailbox {
		return sales.Message{}, sales.Errorf(sales.NotFound, "Nobody is asked about mail from %s.", from)
	}
	m, err := db.One(ctx, tx, scanMessage, sqlAskedFrom, ws, mailbox, from)
	return found(m, err, "message")
}

// WritesNow tells whether somebody writes from an address as of this moment: a
// transaction that has looked before may have looked before a seller said so, just
// when AskedFrom found no question any more. What was read ahead was read in the
// order in which that cannot be.
func (tx *Tx) WritesNow(ctx context.Context, ws, mailbox sales.ID, address string) (bool, error) {
	if some, known := answer(tx.ahead, ws, askedOf, address); known && !some && mailbox == tx.ahead.mailbox {
		return false, nil
	}
	_, err := db.One(ctx, tx, scanPerson, sqlPersonWrites, ws, address)
	if errors.Is(err, db.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// AskedIn gives messages of a thread of which nobody has said yet whose they are:
// 50 at most, those behind the message after, the first first.
func (tx *Tx) AskedIn(ctx context.Context, ws, thread, after sales.ID) ([]sales.Message, error) {
	return db.All(ctx, tx, scanMessage, sqlAskedIn, ws, thread, after)
}

// AskedAmong gives those of people of whom a message may be that waits for the
// word of a seller. q is a transaction, or the database.
func (s *Store) AskedAmong(ctx context.Context, q db.Querier, ws sales.ID, people []sales.ID) (map[sales.ID]bool, error) {
	out := map[sales.ID]bool{}
	for _, part := range chunks(distinct(people), 200) {
		list, err := db.All(ctx, q, db.Value[sales.ID], sqlAskedAmong+db.In(len(part)), args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, id := range list {
			out[id] = true
		}
	}
	return out, nil
}

// Questions gives the open tasks that ask whose a message is and were put about
// some of people.
func (tx *Tx) Questions(ctx context.Context, ws sales.ID, people []sales.ID) ([]sales.Task, error) {
	var out []sales.Task
	for _, part := range chunks(distinct(people), 200) {
		list, err := db.All(ctx, tx, scanTask, sqlQuestions+db.In(len(part)), args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// AskedAbout tells whether a message waits that may be a person's.
func (s *Store) AskedAbout(ctx context.Context, ws, person sales.ID) (bool, error) {
	n, err := db.One(ctx, s.DB, db.Value[int], sqlAsked, ws, person)
	return n > 0, err
}

// AskedAbout is Store.AskedAbout as the transaction sees it.
func (tx *Tx) AskedAbout(ctx context.Context, ws, person sales.ID) (bool, error) {
	n, err := db.One(ctx, tx, db.Value[int], sqlAsked, ws, person)
	return n > 0, err
}

func scanHold(r db.Scanner) (sales.MatchHold, error) {
	var h sales.MatchHold
	err := r.Scan(&h.WorkspaceID, &h.MessageID, &h.EnrollmentID, db.ScanTime(&h.Until))
	return h, err
}

// HoldFor notes that an enrollment waits for the answer to whose a message is.
func (tx *Tx) HoldFor(ctx context.Context, h sales.MatchHold) error {
	_, err := tx.Exec(ctx, sqlHoldAdd, h.WorkspaceID, h.MessageID, h.EnrollmentID, h.Until)
	return err
}

// HoldsOf gives what waits for the answer to whose a message is.
func (tx *Tx) HoldsOf(ctx context.Context, ws, message sales.ID) ([]sales.MatchHold, error) {
	return db.All(ctx, tx, scanHold, sqlHolds, ws, message)
}

// EndHold makes an enrollment no longer wait for the answer to whose a message is.
func (tx *Tx) EndHold(ctx context.Context, ws, message, enrollment sales.ID) error {
	_, err := tx.Exec(ctx, sqlHoldEnd, ws, message, enrollment)
	return err
}

// HoldsOn gives the questions that an enrollment waits for.
func (tx *Tx) HoldsOn(ctx context.Context, ws, enrollment sales.ID) ([]sales.MatchHold, error) {
	return db.All(ctx, tx, scanHold, sqlHoldsOn, ws, enrollment)
}

// GiveThread makes a thread that of another person.
func (tx *Tx) GiveThread(ctx context.Context, ws, thread, person sales.ID) error {
	_, err := tx.Exec(ctx, sqlThreadGive, person, ws, thread)
	return err
}

// EmptyMessage forgets what a message said that is nobody's. Its Message-ID stays,
// so that it is not taken again.
func (tx *Tx) EmptyMessage(ctx context.Context, ws, message sales.ID) error {
	if _, err := tx.Exec(ctx, sqlRawDrop, ws, ws, message); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlMailEmpty, ws, message)
	return err
}

// DropThread removes a thread in which there is no message any more.
func (tx *Tx) DropThread(ctx context.Context, ws, thread sales.ID) error {
	_, err := tx.Exec(ctx, sqlThreadDrop, ws, thread)
	return err
}

// SubjectThreads finds threads of a mailbox with a subject (without Re: and the
// like, as we sent it) with people whose address has the domain or whose name is
// name, the newest first, and their people. An empty domain or name finds nobody.
func (tx *Tx) SubjectThreads(ctx context.Context, ws, mailbox sales.ID, subject, domain, name string, limit int) ([]InboxThread, error) {
	at, named := "!!", "!!" // no address and no name is a mark of exclamation: nobody
	if domain != "" {
		at = "%@" + likeEscape(domain)
	}
	if name = SearchKey(name); name != "" {
		named = likeEscape(name) + " %"
	}
	if subject == "" || domain == "" && name == "" {
		return nil, nil
	}
	return db.All(ctx, tx, func(r db.Scanner) (InboxThread, error) {
		var x InboxThread
		t, p := &x.Thread, &x.Person
		err := r.Scan(&t.WorkspaceID, &t.ID, &t.PersonID, &t.MailboxID, &t.Subject, db.ScanTime(&t.LastAt), &t.LastHeader,
			&p.WorkspaceID, &p.ID, &p.AccountID, &p.OwnerID, &p.Email, &p.Address, &p.FirstName, &p.LastName, &p.Title, &p.Phone,
			&p.Zone, &p.Country, &p.Subdivision, &p.Language, &p.LinkedIn, &p.Stage, db.ScanJSON(&p.Custom), db.ScanTime(&p.CreatedAt), db.ScanTime(&p.UpdatedAt),
			&p.Move, db.ScanTime(&p.MoveSince), db.ScanTime(&p.MoveUntil), db.ScanTime(&p.LastInAt), db.ScanTime(&p.LastOutAt), &p.Untouched)
		return x, err
	}, sqlSubjectThreads, ws, mailbox, subject, subject, at, named, limit)
}

// WrittenAt gives people of the accounts of a domain to whom somebody here wrote,
// those last written to first.
func (tx *Tx) WrittenAt(ctx context.Context, ws sales.ID, domain string, limit int) ([]sales.Person, error) {
	return db.All(ctx, tx, scanPerson, sqlPeopleOfDomain, ws, domain, limit)
}
