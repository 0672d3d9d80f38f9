package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// lessons gives all of the room, as the owner sees them.
func (r *room) lessons() []store.LessonLine {
	r.t.Helper()
	list, _, err := r.Lessons(r.t.Context(), r.boss, store.Page{})
	if err != nil {
		r.t.Fatal(err)
	}
	return list
}

// teaching counts the lessons that count.
func (r *room) teaching() int {
	r.t.Helper()
	return len(must[[]sales.TaughtText](r.t)(r.LessonTexts(r.t.Context(), r.Workspace.ID)))
}

// TestCorrectTeaches: a correction makes one lesson, the next replaces it, and
// reading as the program did takes it back.
func TestCorrectTeaches(t *testing.T) {
	r := newRoom(t, 1)
	msg := r.answered(0, sales.Unclear)
	for i, c := range []struct {
		who    sales.Viewer
		kind   sales.VerdictKind
		intent sales.Intent
		learnt desk.Learnt
		force  bool
		read   sales.Intent // of the lesson
		reason string
	}{
		{r.v, sales.KindReply, sales.NotNow, desk.LearntIt, true, sales.NotNow, "corrected by a person; it was read as unclear"},
		{r.v, sales.KindReply, sales.NotNow, desk.LearntNothing, true, sales.NotNow, "corrected by a person; it was read as unclear"},
		{r.boss, sales.KindReply, sales.Question, desk.LearntIt, true, sales.Question, "corrected by a person; it was read as unclear"},
		{r.v, sales.KindOther, "", desk.Unlearnt, false, sales.Question, "corrected by a person; it was read as unclear"}, // no words tell
		{r.v, sales.KindReply, sales.Interested, desk.LearntIt, true, sales.Interested, "corrected by a person; it was read as unclear"},
		{r.v, sales.KindReply, sales.Unclear, desk.Unlearnt, false, sales.Interested, "confirmed by a person"},
		{r.v, sales.KindBounce, "", desk.LearntNothing, false, sales.Interested, "corrected by a person; it was read as unclear"},
		{r.v, sales.KindAutoReply, "", desk.LearntIt, true, "", "corrected by a person; it was read as unclear"},
	} {
		r.clock.t = r.clock.t.Add(time.Minute)
		if got := must[desk.Learnt](t)(r.d.Correct(t.Context(), c.who, msg.ID, c.kind, c.intent)); got != c.learnt {
			t.Errorf("%d: %d, want %d", i, got, c.learnt)
		}
		list := r.lessons()
		if len(list) != 1 || list[0].BackAt.IsZero() != c.force || r.teaching() != map[bool]int{true: 1}[c.force] || list[0].Read.Intent != c.read || list[0].Was.Intent != sales.Unclear || list[0].Text != "Tell me more" {
			t.Errorf("%d: %+v", i, list)
		}
		if c.learnt == desk.LearntIt && (list[0].UserID != c.who.UserID || !list[0].At.Equal(r.clock.t)) {
			t.Errorf("%d: %+v", i, list[0])
		}
		v := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, msg.ID)).Verdict
		if v.Reasons[0] != c.reason || len(v.Reasons) != 2 || v.Reasons[1] != "asks for more" || v.Asks() || v.Confidence != 1 {
			t.Errorf("%d: %+v", i, v)
		}
	}
}

// TestConfirmVerdict: where the program asks, its own reading can be confirmed; that
// teaches nothing, and it asks no more.
func TestConfirmVerdict(t *testing.T) {
	r := newRoom(t, 2)
	msg := r.answered(0, sales.Unclear)
	for range 2 {
		if got := must[desk.Learnt](t)(r.d.Correct(t.Context(), r.v, msg.ID, sales.KindReply, sales.Unclear)); got != desk.LearntNothing {
			t.Error(got)
		}
	}
	if v := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, msg.ID)).Verdict; v.Asks() || v.Reasons[0] != "confirmed by a person" || v.Confidence != 1 {
		t.Errorf("%+v", v)
	}
	n := 0
	for _, m := range must[[]sales.Move](t)(r.MovesOf(t.Context(), r.Workspace.ID, r.People[0].ID, 20)) {
		if strings.HasPrefix(m.Text, "You confirmed a verdict: unclear") {
			n++
		}
	}
	if n != 1 || len(r.lessons()) != 0 {
		t.Errorf("%d lines, %d lessons", n, len(r.lessons()))
	}
	sure := r.answered(1, sales.Question) // 0.6: it does not ask
	if got := must[desk.Learnt](t)(r.d.Correct(t.Context(), r.v, sure.ID, sales.KindReply, sales.Question)); got != desk.LearntNothing {
		t.Error(got)
	}
	if v := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, sure.ID)).Verdict; v.Was.Kind != "" || v.Confidence != 0.6 {
		t.Errorf("nothing was decided: %+v", v)
	}
}

// TestTakeBackLesson: who may, twice, and by the undo of either.
func TestTakeBackLesson(t *testing.T) {
	r := newRoom(t, 2)
	mine, theirs := r.answered(0, sales.Unclear), r.answered(1, sales.Unclear)
	must[desk.Learnt](t)(r.d.Correct(t.Context(), r.v, mine.ID, sales.KindReply, sales.NotNow))
	must[desk.Learnt](t)(r.d.Correct(t.Context(), r.boss, theirs.ID, sales.KindReply, sales.Question))
	ctx, d := t.Context(), r.d
	want := func(what string, n int) {
		t.Helper()
		if got := r.teaching(); got != n {
			t.Errorf("%s: %d lessons count, want %d", what, got, n)
		}
	}
	var u desk.Undo
	for range 2 {
		u = must[desk.Undo](t)(d.TakeBackLesson(ctx, r.v, mine.ID))
		want("taken back", 1)
	}
	if err := d.Undo(ctx, r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	want("the undo of that", 2)
	for range 2 {
		u = must[desk.Undo](t)(d.BringBackLesson(ctx, r.v, mine.ID))
	}
	if err := d.Undo(ctx, r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	want("the undo of bringing it back", 1)
	must[desk.Undo](t)(d.BringBackLesson(ctx, r.boss, mine.ID))
	must[desk.Undo](t)(d.TakeBackLesson(ctx, r.boss, mine.ID))
	_, err := d.BringBackLesson(ctx, r.v, mine.ID)
	wantCode(t, "the owner took it back", err, sales.Forbidden)
	_, err = d.TakeBackLesson(ctx, r.v, theirs.ID)
	wantCode(t, "what the owner taught", err, sales.Forbidden)
	want("refused", 1)
	bob := r.v
	bob.UserID = 9
	other := r.boss
	other.WorkspaceID = 9
	for name, who := range map[string]sales.Viewer{"another seller": bob, "another workspace": other} {
		for _, act := range []func() (desk.Undo, error){func() (desk.Undo, error) { return d.TakeBackLesson(ctx, who, theirs.ID) }, func() (desk.Undo, error) { return d.BringBackLesson(ctx, who, mine.ID) }} {
			_, err := act()
			wantCode(t, name, err, sales.NotFound)
		}
	}
	_, err = d.TakeBackLesson(ctx, sales.Viewer{}, theirs.ID)
	wantCode(t, "nobody", err, sales.Unauthorized)
	_, err = d.TakeBackLesson(ctx, r.boss, r.NewID())
	wantCode(t, "no message", err, sales.NotFound)
	want("strangers", 1)
	if list := r.lessons(); len(list) != 2 || fmt.Sprint(list[0].BackAt.IsZero(), list[1].BackAt.IsZero()) != "true false" && fmt.Sprint(list[0].BackAt.IsZero(), list[1].BackAt.IsZero()) != "false true" {
		t.Errorf("both are listed: %+v", list)
	}
}
