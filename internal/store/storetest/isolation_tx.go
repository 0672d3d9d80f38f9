package storetest

import (
	"context"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func readingsTx(add func(string, func(context.Context, *store.Tx, sales.ID) (int, error)), x *Filled) {
	p, mb := x.People[0].ID, x.Mailbox.ID
	add("Account", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Account(ctx, ws, x.Account.ID))
	})
	add("AwaitingAt", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.AwaitingAt(ctx, ws, x.Sequence.ID, 0))
	})
	add("ColleagueEnrollments", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.ColleagueEnrollments(ctx, ws, x.Account.ID, p))
	})
	add("DraftOf", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.DraftOf(ctx, ws, x.Drafted.ID, x.Draft.StepID))
	})
	add("DueEnrollments", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.DueEnrollments(ctx, ws, wait(1000), 9))
	})
	add("Enrollment", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Enrollment(ctx, ws, x.Enrollment.ID))
	})
	add("EnrollmentsByID", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return size(tx.EnrollmentsByID(ctx, ws, []sales.ID{x.Enrollment.ID}))
	})
	add("EnrollmentsOf", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.EnrollmentsOf(ctx, ws, p))
	})
	add("FindAccount", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.FindAccount(ctx, ws, x.Account.Domain, x.Account.Name))
	})
	add("HasMessage", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		yes, err := tx.HasMessage(ctx, ws, mb, x.In.HeaderID)
		return flag(yes), err
	})
	add("LiveEnrollments", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.LiveEnrollments(ctx, ws, p))
	})
	add("Mailbox", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) { return one(tx.Mailbox(ctx, ws, mb)) })
	add("Mailing", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Mailing(ctx, ws, x.Sent.ID))
	})
	add("MailingsByHeader", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.MailingsByHeader(ctx, ws, []string{x.Sent.HeaderID, "x"}))
	})
	add("MessagesByHeader", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.MessagesByHeader(ctx, ws, []string{x.In.HeaderID}))
	})
	add("OpenTasksOf", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.OpenTasksOf(ctx, ws, p))
	})
	add("PendingEnrollments", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.PendingEnrollments(ctx, ws, x.Sequence.ID, 9))
	})
	add("Person", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) { return one(tx.Person(ctx, ws, p)) })
	add("PersonAny", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.PersonAny(ctx, ws, p))
	})
	add("PersonByEmail", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.PersonByEmail(ctx, ws, Address(0)))
	})
	add("Sequence", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Sequence(ctx, ws, x.Sequence.ID))
	})
	add("Suppressed", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		_, yes, err := tx.Suppressed(ctx, ws, x.Stopped.Value)
		return flag(yes), err
	})
	add("Task", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Task(ctx, ws, x.Task.ID))
	})
	add("ThreadsOf", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.ThreadsOf(ctx, ws, p))
	})
	add("User", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.User(ctx, ws, x.Seller.ID))
	})
	add("UsersIn", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) { return length(tx.UsersIn(ctx, ws)) })
}

func one[T any](_ T, err error) (int, error) {
	if sales.CodeOf(err) == sales.NotFound {
		return 0, nil
	}
	return 1, err
}

func length[T any](list []T, err error) (int, error) {
	if sales.CodeOf(err) == sales.NotFound {
		return 0, nil
	}
	return len(list), err
}

func size[K comparable, V any](m map[K]V, err error) (int, error) { return len(m), err }

func page[T any](list []T, _ string, err error) (int, error) { return len(list), err }

func moment(at time.Time, err error) (int, error) { return flag(!at.IsZero()), err }

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
