package desk_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// withPhone gives the first person a number.
func (r *room) withPhone(number string) sales.Person {
	r.t.Helper()
	p := r.People[0]
	p.Phone = number
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SavePerson(ctx, p, r.Account.Name) })
	return p
}

func TestPhoneLink(t *testing.T) {
	for link, want := range map[string]string{
		"":                                     "tel:+351225550148",
		"tel:{phone}":                          "tel:+351225550148",
		"callto:{phone}?person={person}":       "callto:+351225550148?person=7",
		"sip:{digits}@pbx.example;task={task}": "sip:351225550148@pbx.example;task=8",
		"https://phone.example/dial?n={phone}&u={user}": "https://phone.example/dial?n=%2B351225550148&u=9",
	} {
		if err := desk.CheckPhoneLink(link); err != nil {
			t.Error(link, err)
		}
		if got := desk.PhoneLink(sales.Settings{PhoneLink: link}, "+351 22 555 0148", 7, 8, 9); got != want {
			t.Errorf("%q: %s, not %s", link, got, want)
		}
	}
	for _, link := range []string{"javascript:alert({phone})", "tel:", "tel:{phone}{secret}", "http://x.example/{phone}", "https://{phone}/", "data:text/html,{phone}", "tel:{phone}\"", "tel:{phone} x", "{phone}", " tel:{phone", "vbscript:{phone}", "//x.example/{phone}", "tel:" + strings.Repeat("x", 600) + "{phone}"} {
		if err := desk.CheckPhoneLink(link); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%q: %v", link, err)
		}
		if got := desk.PhoneLink(sales.Settings{PhoneLink: link}, "+351225550148", 7, 8, 9); !strings.HasPrefix(got, "tel:+351") {
			t.Error(got)
		}
	}
}

// TestLegalHours: outside of them a reason is needed; a number that failed on
// three days rests.
func TestLegalHours(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p := t.Context(), r.withPhone("+351225550148")
	if err := r.d.Dial(ctx, r.v, p.ID, ""); err != nil {
		t.Fatal("Tuesday at nine:", err)
	}
	r.clock.t = r.clock.t.Add(12 * time.Hour)
	if err := r.d.Dial(ctx, r.v, p.ID, " no "); sales.CodeOf(err) != sales.Invalid {
		t.Error(err)
	}
	if err := r.d.Dial(ctx, r.v, p.ID, "asked for nine in the evening"); err != nil {
		t.Error(err)
	}
	leave := must[desk.CallLeave](t)(r.d.MayCall(ctx, r.v, p.ID))
	if leave.OK || !leave.Ever || leave.At.IsZero() || !strings.Contains(leave.Why, "21:00 for them") {
		t.Errorf("%+v", leave)
	}
	for day := range 3 {
		r.clock.t = time.Date(2026, 3, 9+day, 10, 0, 0, 0, time.UTC)
		if err := r.d.Dial(ctx, r.v, p.ID, ""); err != nil {
			t.Error(day, err)
		}
		must[desk.Undo](t)(r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallDeadNumber}))
	}
	if leave = must[desk.CallLeave](t)(r.d.MayCall(ctx, r.v, p.ID)); leave.OK || !leave.At.Equal(r.clock.t.Add(30*24*time.Hour)) {
		t.Errorf("%+v", leave)
	}
	r.withPhone("+351225550149")
	if err := r.d.Dial(ctx, r.v, p.ID, ""); err != nil {
		t.Error("another number:", err)
	}
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallDoNotContact}))
	if err := r.d.Dial(ctx, r.v, p.ID, "but I really want to"); sales.CodeOf(err) != sales.Forbidden {
		t.Error(err)
	}
}

// TestCallback: a call that was agreed comes at its exact time.
func TestCallback(t *testing.T) {
	r := newRoom(t, 1)
	at := r.clock.t.Add(31 * time.Hour)
	must[desk.Undo](t)(r.d.LogCall(t.Context(), r.v, desk.CallLog{PersonID: r.People[0].ID, Disposition: sales.CallLater, Callback: at, Minutes: 2}))
	tasks := must[[]sales.Task](t)(r.OpenTasksOf(t.Context(), r.Workspace.ID, r.People[0].ID))
	if len(tasks) != 1 || tasks[0].Kind != sales.TaskCall || !tasks[0].DueAt.Equal(at) {
		t.Errorf("%+v", tasks)
	}
	if _, err := r.d.LogCall(t.Context(), r.v, desk.CallLog{PersonID: r.People[0].ID, Disposition: sales.CallLater, Callback: r.clock.t.Add(-time.Hour)}); sales.CodeOf(err) != sales.Invalid {
		t.Error(err)
	}
}

// TestAfterCall: a workspace says what a voicemail means for the sequence.
func TestAfterCall(t *testing.T) {
	r := newRoom(t, 2)
	ctx := t.Context()
	after := map[sales.Disposition]sales.StepOutcome{sales.CallVoicemail: sales.Finish, sales.CallMeeting: sales.Advance, sales.CallTalked: sales.Finish}
	if err := r.d.SavePhone(ctx, r.v, "", after); sales.CodeOf(err) != sales.Forbidden {
		t.Error(err)
	}
	if err := r.d.SavePhone(ctx, r.boss, "callto:{phone}", after); err != nil {
		t.Fatal(err)
	}
	s := must[sales.Workspace](t)(r.Store.Workspace(ctx, r.Workspace.ID)).Settings
	if len(s.AfterCall) != 1 || s.CallOutcome(sales.CallVoicemail) != sales.Finish || s.CallOutcome(sales.CallMeeting) != sales.Finish || s.PhoneLink != "callto:{phone}" {
		t.Errorf("%+v", s)
	}
	e := r.Enroll(t, 0)
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: r.People[0].ID, Disposition: sales.CallVoicemail}))
	if got := r.enrollment(e); got.State.Alive() {
		t.Errorf("it goes on: %+v", got)
	}
}

func (r *room) hook(signed bool) desk.NewHook {
	r.t.Helper()
	return must[desk.NewHook](r.t)(r.d.AddPhoneHook(r.t.Context(), r.boss, " Office  phone ", signed))
}

func (r *room) calls() []sales.Call {
	r.t.Helper()
	return must[[]sales.Call](r.t)(r.CallsOf(r.t.Context(), r.Workspace.ID, r.People[0].ID))
}

func TestPhoneToken(t *testing.T) {
	r := newRoom(t, 1)
	ctx := t.Context()
	open, signed := r.hook(false), r.hook(true)
	body := []byte(`{"call_id":"1"}`)
	mac := hmac.New(sha256.New, []byte(signed.Secret))
	mac.Write(body)
	good := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	for name, x := range map[string]struct {
		token, signature string
		code             sales.Code
	}{
		"a token":        {open.Token, "", ""},
		"signed":         {signed.Token, good, ""},
		"not signed":     {signed.Token, "", sales.Unauthorized},
		"signed wrongly": {signed.Token, "sha256=" + strings.Repeat("0", 64), sales.Unauthorized},
		"no hex":         {signed.Token, "sha256=xyz", sales.Unauthorized},
		"none":           {"", "", sales.Unauthorized},
		"a guess":        {r.Workspace.ID.String() + ".ABC", "", sales.Unauthorized},
		"another ws":     {"1" + open.Token, "", sales.Unauthorized},
	} {
		h, err := r.d.PhoneHookOf(ctx, x.token, x.signature, body)
		if sales.CodeOf(err) != x.code || err == nil && h.WorkspaceID != r.Workspace.ID {
			t.Error(name, err)
		}
	}
	if err := r.d.RevokePhoneHook(ctx, r.v, open.ID); sales.CodeOf(err) != sales.Forbidden {
		t.Error(err)
	}
	if err := r.d.RevokePhoneHook(ctx, r.boss, open.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := r.d.PhoneHookOf(ctx, open.Token, "", body); sales.CodeOf(err) != sales.Unauthorized {
		t.Error("revoked:", err)
	}
}

// TestFromThePhone: reported twice is one call, a call logged by hand gets what
// the phone knows, one that was answered waits to be described.
func TestFromThePhone(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p, h := t.Context(), r.withPhone("+351225550148"), r.hook(false).PhoneHook
	report := func(rep desk.PhoneReport) string {
		t.Helper()
		return must[desk.PhoneResult](t)(r.d.LogFromPhone(ctx, h, rep)).Status
	}
	one := desk.PhoneReport{CallID: "a", To: "00351 22 555 01 48", Outcome: "no_answer", StartedAt: r.clock.t}
	if s := report(one) + " " + report(one); s != "logged known" {
		t.Error(s)
	}
	if got := r.calls(); len(got) != 1 || got[0].Disposition != sales.CallNoAnswer || got[0].UserID != r.Seller.ID || got[0].Phone != p.Phone {
		t.Fatalf("%+v", got)
	}

	r.clock.t = r.clock.t.Add(5 * time.Hour)
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallVoicemail, Note: "spoke after the tone"}))
	if s := report(desk.PhoneReport{CallID: "b", PersonID: p.ID, User: strings.ToUpper(r.Seller.Email), Outcome: "answered", Seconds: 61, StartedAt: r.clock.t.Add(-2 * time.Minute), Recording: "https://phone.example/b"}); s != "merged" {
		t.Error(s)
	}
	if got := r.calls(); len(got) != 2 || got[0].Disposition != sales.CallVoicemail || got[0].External != "b" || got[0].Minutes != 2 || got[0].Note == "" {
		t.Fatalf("%+v", got)
	}

	r.clock.t = r.clock.t.Add(5 * time.Hour)
	if s := report(desk.PhoneReport{CallID: "c", From: p.Phone, Direction: "in", Outcome: "answered", Seconds: 600, StartedAt: r.clock.t.Add(-10 * time.Minute)}); s != "logged" {
		t.Error(s)
	}
	open := must[[]sales.Task](t)(r.OpenTasksOf(ctx, r.Workspace.ID, p.ID))
	if len(open) != 1 || !strings.Contains(open[0].Title, "called you for 10 min") {
		t.Errorf("%+v", open)
	}
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallTalked, Note: "+ mornings"}))
	got := r.calls()
	if len(got) != 3 || got[0].External != "c" || got[0].Disposition != sales.CallTalked || got[0].Minutes != 10 || !got[0].Incoming {
		t.Errorf("%+v", got)
	}
	if open = must[[]sales.Task](t)(r.OpenTasksOf(ctx, r.Workspace.ID, p.ID)); len(open) != 0 {
		t.Errorf("%+v", open)
	}
	talks := 0
	for _, m := range must[[]sales.Move](t)(r.MovesOf(ctx, r.Workspace.ID, p.ID, 50)) {
		if m.Kind == sales.MoveTalk || m.Kind == sales.MoveCall {
			talks++
		}
	}
	if talks != 3 {
		t.Errorf("%d lines of three calls", talks)
	}
}

// TestPhoneAtOnce: the same report eight times at once is one call.
func TestPhoneAtOnce(t *testing.T) {
	r := newRoom(t, 1)
	p, h := r.withPhone("+351225550148"), r.hook(false).PhoneHook
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := r.d.LogFromPhone(context.Background(), h, desk.PhoneReport{CallID: "x", To: p.Phone, Outcome: "busy"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := r.calls(); len(got) != 1 {
		t.Errorf("%d calls", len(got))
	}
}

func TestPhoneRefused(t *testing.T) {
	r := newRoom(t, 2)
	p, h := r.withPhone("+351225550148"), r.hook(false).PhoneHook
	q := r.People[1]
	q.Phone = p.Phone
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SavePerson(ctx, q, r.Account.Name) })
	for name, x := range map[string]struct {
		rep  desk.PhoneReport
		code sales.Code
		says string
	}{
		"no id":       {desk.PhoneReport{PersonID: p.ID, Outcome: "busy"}, sales.Invalid, "call_id"},
		"no outcome":  {desk.PhoneReport{CallID: "1", PersonID: p.ID}, sales.Invalid, "outcome"},
		"nobody":      {desk.PhoneReport{CallID: "1", Outcome: "busy"}, sales.Invalid, "person_id"},
		"no number":   {desk.PhoneReport{CallID: "1", To: "Marta", Outcome: "busy"}, sales.Invalid, "E.164"},
		"unknown":     {desk.PhoneReport{CallID: "1", To: "+351225550999", Outcome: "busy"}, sales.NotFound, "+351225550999"},
		"two of them": {desk.PhoneReport{CallID: "1", To: p.Phone, Outcome: "busy"}, sales.Conflict, "2 people"},
		"future":      {desk.PhoneReport{CallID: "1", PersonID: p.ID, Outcome: "busy", StartedAt: r.clock.t.Add(2 * time.Hour)}, sales.Invalid, "started_at"},
		"length":      {desk.PhoneReport{CallID: "1", PersonID: p.ID, Outcome: "busy", Seconds: -1}, sales.Invalid, "seconds"},
		"script":      {desk.PhoneReport{CallID: "1", PersonID: p.ID, Outcome: "busy", Recording: "javascript:x"}, sales.Invalid, "recording_url"},
		"seller":      {desk.PhoneReport{CallID: "1", PersonID: p.ID, Outcome: "busy", User: "x@y.example"}, sales.Invalid, "user"},
		"disposition": {desk.PhoneReport{CallID: "1", PersonID: p.ID, Outcome: "answered", Disposition: "great"}, sales.Invalid, "disposition"},
	} {
		_, err := r.d.LogFromPhone(t.Context(), h, x.rep)
		if sales.CodeOf(err) != x.code || !strings.Contains(sales.Explain(err), x.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := r.calls(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
