package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// SentSince counts what left a mailbox after a moment: what was sent, what may
// have been, and what another program sent from it.
func (s *Store) SentSince(ctx context.Context, ws, mailbox sales.ID, after time.Time) (int, error) {
	return db.One(ctx, s.DB, db.Value[int], sqlSentSince, ws, mailbox, after, ws, mailbox, after, ws, mailbox, after, ws, mailbox, after)
}

// SentTimes are the moments at which mail left a mailbox after a moment, as
// SentSince counts them, in order.
func (s *Store) SentTimes(ctx context.Context, ws, mailbox sales.ID, after time.Time) ([]time.Time, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (time.Time, error) {
		var t time.Time
		err := r.Scan(db.ScanTime(&t))
		return t, err
	}, sqlSentTimes, ws, mailbox, after, ws, mailbox, after, ws, mailbox, after, ws, mailbox, after)
}

// SentFirst is when the first of them left; zero is none.
func (s *Store) SentFirst(ctx context.Context, ws, mailbox sales.ID, after time.Time) (time.Time, error) {
	return db.One(ctx, s.DB, func(r db.Scanner) (time.Time, error) {
		var t time.Time
		err := r.Scan(db.ScanTime(&t))
		return t, err
	}, sqlSentFirst, ws, mailbox, after, ws, mailbox, after, ws, mailbox, after, ws, mailbox, after)
}

// MailboxRef names a mailbox.
type MailboxRef struct{ WorkspaceID, MailboxID sales.ID }

func scanMailboxRef(r db.Scanner) (MailboxRef, error) {
	var m MailboxRef
	err := r.Scan(&m.WorkspaceID, &m.MailboxID)
	return m, err
}

// MailboxesWithDue names mailboxes that have something to send, and are not in
// the gap between two mails, which what a person wrote does not wait for. One
// that is paused is named too: its mail is told why it does not go.
func (s *Store) MailboxesWithDue(ctx context.Context, ws sales.ID, now time.Time) ([]MailboxRef, error) {
	return db.All(ctx, s.DB, scanMailboxRef, sqlMailboxesDue, ws, now, now, now, now)
}

// MailboxesWithOpen names mailboxes with an attempt without a result that no
// node works on; wall is the wall clock.
func (s *Store) MailboxesWithOpen(ctx context.Context, ws sales.ID, wall time.Time) ([]MailboxRef, error) {
	return db.All(ctx, s.DB, scanMailboxRef, sqlMailboxesStuck, ws, wall, wall.Add(2*leaseSkew))
}

// MailboxesToAppend names mailboxes with sent mail that is not in Sent.
func (s *Store) MailboxesToAppend(ctx context.Context, ws sales.ID) ([]MailboxRef, error) {
	return db.All(ctx, s.DB, scanMailboxRef, sqlMailboxesAppend, ws)
}

// NextMailing gives when the first queued mailing of a mailbox is due.
func (s *Store) NextMailing(ctx context.Context, ws, mailbox sales.ID) (time.Time, error) {
	list, err := db.All(ctx, s.DB, scanTime, sqlNextMailing, ws, mailbox)
	if err != nil || len(list) == 0 {
		return time.Time{}, err
	}
	return list[0], nil
}

// MailingStates counts mailings by state.
func (s *Store) MailingStates(ctx context.Context, ws sales.ID) (map[sales.MailingState]int, error) {
	out := map[sales.MailingState]int{}
	_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var st sales.MailingState
		var n int
		err := r.Scan(&st, &n)
		out[st] = n
		return n, err
	}, sqlMailingStates, ws)
	return out, err
}
