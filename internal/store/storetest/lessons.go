package storetest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// readingsLessons are the methods that read them, see readings.
func readingsLessons(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error)), x *Filled) {
	add("Lessons", func(ctx context.Context, v sales.Viewer) (int, error) { return page(s.Lessons(ctx, v, store.Page{})) })
	add("LessonTexts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.LessonTexts(ctx, v.WorkspaceID))
	})
	add("LessonsVersion", func(ctx context.Context, v sales.Viewer) (int, error) {
		n, err := s.LessonsVersion(ctx, v.WorkspaceID)
		return int(n), err
	})
	addTx("Lesson", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Lesson(ctx, ws, x.In.ID))
	})
}

// heard keeps one more message of the first person, with a text.
func (x *Filled) heard(t testing.TB, s *store.Store, text, subject string, v sales.Verdict) sales.Message {
	t.Helper()
	m := x.In
	m.ID = s.NewID()
	m.HeaderID, m.Text, m.Subject, m.Verdict = "more-"+m.ID.String()+"@brightwater.example", text, subject, v
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddMessage(ctx, m) })
	return m
}

// testLessons: a lesson is written, replaced, taken back and brought back; who
// may see the person sees it, and what is erased teaches nothing.
func testLessons(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	version := func() int64 { t.Helper(); return ok[int64](t)(s.LessonsVersion(ctx, ws)) }
	texts := func() []sales.TaughtText { t.Helper(); return ok[[]sales.TaughtText](t)(s.LessonTexts(ctx, ws)) }
	save := func(l sales.Lesson) {
		t.Helper()
		was := version()
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveLesson(ctx, l); err != nil {
				return err
			}
			got, err := tx.Lesson(ctx, ws, l.MessageID)
			if !got.At.Equal(l.At) || !got.BackAt.Equal(l.BackAt) || got.Read != l.Read || got.UserID != l.UserID || got.BackBy != l.BackBy {
				t.Errorf("%+v became %+v", l, got)
			}
			return err
		})
		if version() == was {
			t.Error("nobody hears of the change")
		}
	}
	verdict := x.In.Verdict
	verdict.Was = sales.Reading{Kind: sales.KindReply, Intent: sales.Unclear}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveVerdict(ctx, ws, x.In.ID, verdict) })
	for range 3 {
		decided := verdict
		decided.Lesson = x.In.ID
		x.heard(t, s, "Tell me more", "Re: A question", decided)
	}
	l := x.Lesson
	l.Read, l.At, l.UserID = sales.Reading{Kind: sales.KindAutoReply}, wait(3), x.Owner.ID
	save(l)
	list, after, err := s.Lessons(ctx, x.Viewer(), store.Page{})
	if err != nil || after != "" || len(list) != 1 {
		t.Fatalf("%+v %q %v", list, after, err)
	}
	if got := list[0]; got.Lesson.Read != l.Read || got.UserID != x.Owner.ID || got.Text != "Tell me more" || got.Was != verdict.Was || got.ThreadID != x.Thread.ID || got.Person.ID != x.People[0].ID || got.Person.Name() != x.People[0].Name() || got.Decided != 3 {
		t.Errorf("%+v", got)
	}
	if got := texts(); len(got) != 1 || got[0].MessageID != x.In.ID || got[0].Text != "Tell me more" || got[0].Read != l.Read || !got[0].At.Equal(l.At) {
		t.Errorf("%+v", got)
	}
	l.BackAt, l.BackBy = wait(4), x.Seller.ID
	save(l)
	if len(texts()) != 0 {
		t.Error("what is taken back teaches")
	}
	if list, _, err = s.Lessons(ctx, x.Viewer(), store.Page{}); err != nil || len(list) != 1 || !list[0].BackAt.Equal(wait(4)) {
		t.Errorf("taken back, it is listed to be brought back: %+v %v", list, err)
	}
	l.BackAt, l.BackBy = sales.Lesson{}.BackAt, 0
	save(l)
	other := sales.Viewer{WorkspaceID: ws, UserID: s.NewID(), Role: sales.RoleSeller}
	if list, _, err = s.Lessons(ctx, other, store.Page{}); err != nil || len(list) != 0 {
		t.Errorf("another seller sees %+v %v", list, err)
	}
	testLessonsErased(t, s, x)
}

// testLessonsErased: without the message or the person there is no lesson.
func testLessonsErased(t *testing.T, s *store.Store, x *Filled) {
	ctx, ws := t.Context(), x.Workspace.ID
	count := func() int {
		t.Helper()
		list, _, err := s.Lessons(ctx, x.Viewer(), store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(ok[[]sales.TaughtText](t)(s.LessonTexts(ctx, ws))); n != len(list) {
			t.Errorf("%d are shown, %d teach", len(list), n)
		}
		return len(list)
	}
	for _, erase := range []string{`UPDATE messages SET person_id = 0 WHERE workspace_id = ? AND id = ?`, `DELETE FROM messages WHERE workspace_id = ? AND id = ?`} {
		m := x.heard(t, s, "Once more", "Re: A question", x.In.Verdict)
		l := x.Lesson
		l.MessageID = m.ID
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveLesson(ctx, l) })
		if count() != 2 {
			t.Error("the second lesson is missing")
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, erase, ws, m.ID)
			return err
		})
		if count() != 1 {
			t.Errorf("a lesson is left after %s", erase)
		}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM people WHERE workspace_id = ? AND id = ?`, ws, x.People[0].ID)
		return err
	})
	if count() != 0 {
		t.Error("the lesson of somebody who was erased is left")
	}
}

// testLessonPages: many come page by page, the newest first; awkward texts are
// cut to their bounds.
func testLessonPages(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	long := strings.Repeat("李 🚚 ", 3000)
	for i, text := range []string{"", "  ", long, "a\\b'; DROP TABLE lessons; --", "five"} {
		m := x.heard(t, s, text, "Re: subject", x.In.Verdict)
		l := x.Lesson
		l.MessageID, l.At = m.ID, wait(float64(10+i/2)) // two at one moment
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveLesson(ctx, l) })
	}
	var got []string
	after := ""
	for range 10 {
		list, next, err := s.Lessons(ctx, x.Viewer(), store.Page{After: after, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list {
			got = append(got, fmt.Sprintf("%.6s %d", l.Text, len([]rune(l.Text))))
		}
		if after = next; after == "" {
			break
		}
	}
	want := `five 4, a\b';  28, 李 🚚 李  400, Re: su 11, Re: su 11, Tell m 12`
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
	if list := ok[[]sales.TaughtText](t)(s.LessonTexts(ctx, ws)); len(list) != 6 || len([]rune(list[2].Text)) != 4000 {
		t.Errorf("%d lessons", len(list))
	}
	if list, _, err := s.Lessons(ctx, x.Viewer(), store.Page{After: "nonsense"}); err != nil || len(list) != 6 {
		t.Error(len(list), err)
	}
}

// testLessonRace: of corrections at once one is kept, and each is counted.
func testLessonRace(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx := context.Background()
	was := ok[int64](t)(s.LessonsVersion(ctx, x.Workspace.ID))
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			l := x.Lesson
			l.At = wait(float64(i))
			if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.SaveLesson(ctx, l) }); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := ok[int64](t)(s.LessonsVersion(ctx, x.Workspace.ID)); n != was+8 {
		t.Errorf("%d changes were counted", n-was)
	}
	if list, _, err := s.Lessons(ctx, x.Viewer(), store.Page{}); err != nil || len(list) != 1 {
		t.Error(list, err)
	}
}
