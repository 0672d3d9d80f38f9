package desk_test

import (
	"context"
	"strings"
	"testing"

	"ninetyten/internal/desk"
	"ninetyten/internal/llm"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// oracle answers trials.
type oracle struct {
	text string
	err  error
	at   llm.Endpoint
	q    llm.Chat
}

func (o *oracle) Ask(_ context.Context, e llm.Endpoint, q llm.Chat) (llm.Answer, error) {
	o.at, o.q = e, q
	return llm.Answer{Text: o.text, Out: 10, In: 5}, o.err
}

// TestSaveModel: the owner sets it; the key stays with the host that it was given for.
func TestSaveModel(t *testing.T) {
	r := newRoom(t, 0)
	m := sales.ModelEndpoint{URL: "https://models.example/v1/", Model: "little", Key: "sk-1", Unclear: true}
	admin := r.boss
	admin.Role = sales.RoleAdmin
	for _, v := range []sales.Viewer{r.v, admin} {
		wantCode(t, string(v.Role), r.d.SaveModel(t.Context(), v, m, true), sales.Forbidden)
	}
	is := func() sales.ModelEndpoint {
		t.Helper()
		return must[sales.ModelEndpoint](t)(r.Store.ModelEndpoint(t.Context(), r.Workspace.ID))
	}
	save := func(on bool, edit func(*sales.ModelEndpoint)) error {
		x := m
		edit(&x)
		return r.d.SaveModel(t.Context(), r.boss, x, on)
	}
	if err := save(true, func(*sales.ModelEndpoint) {}); err != nil {
		t.Fatal(err)
	}
	since := is().OnSince
	if e := is(); e.URL != "https://models.example/v1" || e.Key != "sk-1" || !e.On() || !e.Unclear || e.ChangedBy != r.Owner.ID {
		t.Errorf("%+v", e)
	}
	r.clock.t = r.clock.t.AddDate(0, 0, 1)
	if err := save(true, func(x *sales.ModelEndpoint) { x.Model, x.Key, x.URL = "other", "", "https://models.example/v2" }); err != nil {
		t.Fatal(err)
	}
	if e := is(); e.Key != "sk-1" || e.Model != "other" || !e.OnSince.Equal(since) {
		t.Errorf("%+v", e)
	}
	for _, url := range []string{"https://thief.example/v1", "http://127.0.0.1:80/v1", "https://models.example:444/v1"} {
		wantCode(t, url, save(true, func(x *sales.ModelEndpoint) { x.URL, x.Key = url, "" }), sales.Invalid)
	}
	for _, url := range []string{"", "http://169.254.169.254", "http://models.example", "javascript:alert(1)"} {
		wantCode(t, url, save(true, func(x *sales.ModelEndpoint) { x.URL = url }), sales.Invalid)
	}
	if e := is(); e.URL != "https://models.example/v2" || e.Key != "sk-1" {
		t.Errorf("%+v", e)
	}
	if err := save(false, func(x *sales.ModelEndpoint) { x.Key = "" }); err != nil || is().On() {
		t.Errorf("%v, %+v", err, is())
	}
	if err := save(true, func(x *sales.ModelEndpoint) { x.Key = "" }); err != nil || !is().OnSince.Equal(r.clock.t) {
		t.Errorf("switched on anew: %v, %+v", err, is())
	}
	if err := r.d.ForgetModel(t.Context(), r.boss); err != nil || is().Key != "" || is().URL != "" || is().On() {
		t.Errorf("%v, %+v", err, is())
	}
}

func TestTryModel(t *testing.T) {
	r := newRoom(t, 0)
	o := &oracle{text: `{"intent":"not_now","quote":"after the summer"}`}
	r.d.Model = o
	_, err := r.d.TryModel(t.Context(), r.boss)
	wantCode(t, "none is set", err, sales.Invalid)
	if err := r.d.SaveModel(t.Context(), r.boss, sales.ModelEndpoint{URL: "https://models.example/v1", Model: "little", Key: "sk-1"}, false); err != nil {
		t.Fatal(err)
	}
	_, err = r.d.TryModel(t.Context(), r.v)
	wantCode(t, "a seller", err, sales.Forbidden)
	got := must[desk.ModelTrial](t)(r.d.TryModel(t.Context(), r.boss))
	if got.Intent != sales.NotNow || got.Quote != "after the summer" || got.Why != "" || o.at.Key != "sk-1" || o.q.User != llm.Reading(desk.ModelSample).User {
		t.Errorf("%+v, asked %+v", got, o)
	}
	o.text = "who knows"
	if got = must[desk.ModelTrial](t)(r.d.TryModel(t.Context(), r.boss)); got.Why == "" || got.Answer != "who knows" {
		t.Errorf("%+v", got)
	}
	o.err = sales.Errorf(sales.Forbidden, "The endpoint does not take the key.")
	_, err = r.d.TryModel(t.Context(), r.boss)
	wantCode(t, "refused", err, sales.Forbidden)
	r.d.Model = nil
	_, err = r.d.TryModel(t.Context(), r.boss)
	wantCode(t, "no client", err, sales.Invalid)
}

// TestWouldSend: what would leave, to the owner alone; and a correction ends what a
// model said.
func TestWouldSend(t *testing.T) {
	r := newRoom(t, 1)
	p := r.People[0]
	m := sales.Message{
		WorkspaceID: p.WorkspaceID, ID: r.NewID(), MailboxID: r.Mailbox.ID, PersonID: p.ID, Direction: sales.Incoming, HeaderID: "x@y.example", From: p.Email, Subject: "secret", Date: storetest.Now, ArrivedAt: storetest.Now, SeenAt: storetest.Now,
		Text: "Ask rui@brightwater.example", FullText: "quoted secret", Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear, Second: sales.SecondReading{Model: "little", Intent: sales.OptOut, Quote: "Ask"}},
	}
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.AddMessage(ctx, m) })
	_, _, err := r.d.WouldSend(t.Context(), r.v, m.ID)
	wantCode(t, "a seller", err, sales.Forbidden)
	stranger := storetest.Stranger(t, r.Store)
	_, _, err = r.d.WouldSend(t.Context(), stranger, m.ID)
	wantCode(t, "a stranger", err, sales.NotFound)
	_, body, err := r.d.WouldSend(t.Context(), r.boss, m.ID)
	if err != nil || !strings.Contains(body, `Ask [address]`) || strings.Contains(body, "secret") || strings.Contains(body, "brightwater") {
		t.Errorf("%v: %s", err, body)
	}
	if _, err := r.d.Correct(t.Context(), r.v, m.ID, sales.KindReply, sales.Interested); err != nil {
		t.Fatal(err)
	}
	if got := must[sales.Message](t)(r.MessageAny(t.Context(), p.WorkspaceID, m.ID)); got.Verdict.Second != (sales.SecondReading{}) || got.Verdict.Intent != sales.Interested {
		t.Errorf("%+v", got.Verdict)
	}
}
