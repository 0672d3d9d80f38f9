package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const lessonCols = `l.workspace_id, l.message_id, l.kind, l.intent, l.user_id, l.at, l.back_at, l.back_by`

// lessonTaught joins a lesson to its words and to the person who wrote them: what
// is erased of either teaches nothing and is shown to nobody. CROSS JOIN keeps
// SQLite from reading all messages first.
const lessonTaught = ` FROM lessons l CROSS JOIN messages m CROSS JOIN people p WHERE l.workspace_id = ? AND m.workspace_id = l.workspace_id AND m.id = l.message_id AND p.workspace_id = m.workspace_id AND p.id = m.person_id`

// lessonText is what of a message teaches: its text, or the subject of one
// without. It takes the most characters.
const lessonText = `substr(CASE WHEN trim(m.body) <> '' THEN m.body ELSE m.subject END, 1, ?)`

const (
	sqlLessonSave = `INSERT INTO lessons (workspace_id, message_id, kind, intent, user_id, at, back_at, back_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, message_id) DO UPDATE SET kind = excluded.kind, intent = excluded.intent, user_id = excluded.user_id, at = excluded.at, back_at = excluded.back_at, back_by = excluded.back_by`
	sqlLessonGet     = `SELECT ` + lessonCols + ` FROM lessons l WHERE l.workspace_id = ? AND l.message_id = ?`
	sqlLessonChanged = `UPDATE workspaces SET lessons = lessons + 1 WHERE workspace_id = ?`
	sqlLessonVersion = `SELECT lessons FROM workspaces WHERE workspace_id = ?`
	sqlLessonTexts   = `SELECT l.message_id, l.kind, l.intent, l.at, ` + lessonText + lessonTaught + ` AND l.back_at = 0 ORDER BY l.at DESC, l.message_id DESC LIMIT ?`
	sqlLessonList    = `SELECT ` + lessonCols + `, ` + lessonText + `, m.thread_id, m.verdict, p.id, p.first_name, p.last_name, p.email,
  (SELECT count(*) FROM messages d WHERE d.workspace_id = l.workspace_id AND d.lesson_id = l.message_id AND d.lesson_id <> 0)` + lessonTaught + ` AND (l.at < ? OR (l.at = ? AND l.message_id < ?)) AND ` + seeOwner + ` ORDER BY l.at DESC, l.message_id DESC LIMIT ?`
)

const (
	maxLessons    = 2000 // the newest that are in force teach
	lessonLength  = 4000 // characters of a message that teach
	lessonExcerpt = 400  // characters that a list shows
)

func scanLesson(r db.Scanner) (sales.Lesson, error) {
	var l sales.Lesson
	err := r.Scan(lessonDest(&l)...)
	return l, err
}

func lessonDest(l *sales.Lesson) []any {
	return []any{&l.WorkspaceID, &l.MessageID, &l.Read.Kind, &l.Read.Intent, &l.UserID, db.ScanTime(&l.At), db.ScanTime(&l.BackAt), &l.BackBy}
}

// SaveLesson writes the lesson of a message, in place of one that it has, and
// lets every node know that the lessons of the workspace changed.
func (tx *Tx) SaveLesson(ctx context.Context, l sales.Lesson) error {
	if _, err := tx.Exec(ctx, sqlLessonSave, l.WorkspaceID, l.MessageID, l.Read.Kind, l.Read.Intent, l.UserID, l.At, l.BackAt, l.BackBy); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlLessonChanged, l.WorkspaceID)
	return err
}

// Lesson gives the lesson of a message, taken back or not.
func (tx *Tx) Lesson(ctx context.Context, ws, message sales.ID) (sales.Lesson, error) {
	l, err := db.One(ctx, tx, scanLesson, sqlLessonGet, ws, message)
	return found(l, err, "lesson")
}

// LessonsVersion gives a number that changes with the lessons of a workspace.
func (s *Store) LessonsVersion(ctx context.Context, ws sales.ID) (int64, error) {
	n, err := db.One(ctx, s.DB, db.Value[int64], sqlLessonVersion, ws)
	return found(n, err, "workspace")
}

// LessonTexts gives the newest 2000 lessons of a workspace that are in force,
// with at most 4000 characters of what taught each, the newest first. They are
// for the machinery: the words are of people whom not everybody may see.
func (s *Store) LessonTexts(ctx context.Context, ws sales.ID) ([]sales.TaughtText, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (sales.TaughtText, error) {
		var t sales.TaughtText
		err := r.Scan(&t.MessageID, &t.Read.Kind, &t.Read.Intent, db.ScanTime(&t.At), &t.Text)
		return t, err
	}, sqlLessonTexts, lessonLength, ws, maxLessons)
}

// LessonLine is a lesson as a list shows it.
type LessonLine struct {
	sales.Lesson
	Text     string // the beginning of what taught it
	ThreadID sales.ID
	Was      sales.Reading // what the program had read
	Person   sales.Person  // ID, names and address alone
	Decided  int           // messages that it decided since
}

// Lessons lists what the people taught whom the viewer may see, the newest first,
// and gives the After of the next page.
func (s *Store) Lessons(ctx context.Context, v sales.Viewer, page Page) ([]LessonLine, string, error) {
	at, id := splitAfter(page.After)
	n := page.limit()
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (LessonLine, error) {
		var x LessonLine
		var verdict sales.Verdict
		p := &x.Person
		err := r.Scan(append(lessonDest(&x.Lesson), &x.Text, &x.ThreadID, db.ScanJSON(&verdict), &p.ID, &p.FirstName, &p.LastName, &p.Email, &x.Decided)...)
		x.Was = verdict.Was
		return x, err
	}, sqlLessonList, lessonExcerpt, v.WorkspaceID, at, at, id, v.OwnerScope(), v.OwnerScope(), n+1)
	if err != nil || len(list) <= n {
		return list, "", err
	}
	last := list[n-1]
	return list[:n], joinAfter(last.At, last.MessageID), nil
}
