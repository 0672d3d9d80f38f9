package desk

import (
	"context"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Learnt is what a correction did to what its workspace taught.
type Learnt int

// What a correction can do.
const (
	LearntNothing Learnt = iota
	LearntIt             // mails like it are read so from now on
	Unlearnt             // what the message had taught is taken back
)

// learn makes a lesson of a message that a person has just read in another way
// than the program, in place of one that it has. A reading that is the program's
// own, or that no words tell, takes the lesson back.
func (d *Desk) learn(ctx context.Context, tx *store.Tx, v sales.Viewer, msg sales.Message) (Learnt, error) {
	read := msg.Verdict.Reading()
	if read.Teaches() && !read.Is(msg.Verdict.Was) {
		l := sales.Lesson{WorkspaceID: v.WorkspaceID, MessageID: msg.ID, Read: read, UserID: v.UserID, At: d.now()}
		return LearntIt, tx.SaveLesson(ctx, l)
	}
	l, err := tx.Lesson(ctx, v.WorkspaceID, msg.ID)
	if sales.CodeOf(err) == sales.NotFound || err == nil && !l.BackAt.IsZero() {
		return LearntNothing, nil
	}
	if err != nil {
		return LearntNothing, err
	}
	l.BackAt, l.BackBy = d.now(), v.UserID
	return Unlearnt, tx.SaveLesson(ctx, l)
}

// TakeBackLesson lets what a message taught count no more. Mails that it decided
// stay as they were read. A seller takes back what they taught themselves, a
// manager anything.
func (d *Desk) TakeBackLesson(ctx context.Context, v sales.Viewer, message sales.ID) (Undo, error) {
	err := d.changeLesson(ctx, v, message, "take back", func(l *sales.Lesson) error {
		if l.BackAt.IsZero() {
			l.BackAt, l.BackBy = d.now(), v.UserID
		}
		return nil
	})
	return Undo{Say: "Taken back. New mails are read as if it had not been taught.", Token: "lesson-back/" + message.String()}, err
}

// BringBackLesson lets a lesson count again that was taken back. What a manager
// took back of others, a manager brings back.
func (d *Desk) BringBackLesson(ctx context.Context, v sales.Viewer, message sales.ID) (Undo, error) {
	err := d.changeLesson(ctx, v, message, "bring back", func(l *sales.Lesson) error {
		if !l.BackAt.IsZero() && l.BackBy != v.UserID && !v.Role.AtLeast(sales.RoleManager) {
			return sales.Errorf(sales.Forbidden, "Somebody else took this back. Ask a manager to bring it back.")
		}
		l.BackAt, l.BackBy = sales.Lesson{}.BackAt, 0
		return nil
	})
	return Undo{Say: "It counts again, for the next mails.", Token: "lesson/" + message.String()}, err
}

// changeLesson changes a lesson whose message the viewer may see. Nothing is
// written when the change makes no difference.
func (d *Desk) changeLesson(ctx context.Context, v sales.Viewer, message sales.ID, what string, change func(*sales.Lesson) error) error {
	if err := need(v, sales.RoleSeller, what+" what was learnt"); err != nil {
		return err
	}
	if _, err := d.Store.Message(ctx, v, message); err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		l, err := tx.Lesson(ctx, v.WorkspaceID, message)
		if err != nil {
			return err
		}
		if l.UserID != v.UserID && !v.Role.AtLeast(sales.RoleManager) {
			return sales.Errorf(sales.Forbidden, "You can %s what you taught yourself. For the rest, ask a manager.", what)
		}
		was := l
		if err := change(&l); err != nil || l == was {
			return err
		}
		return tx.SaveLesson(ctx, l)
	})
}
