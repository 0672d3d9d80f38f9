package desk

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// NewHook is a phone system that was connected: its token, and the secret of its
// signatures, are shown once and kept as a hash and sealed.
type NewHook struct {
	sales.PhoneHook
	Token string
}

// hookHash is what is kept of a token.
func hookHash(token string) []byte {
	h := sha256.Sum256([]byte("phone hook\x00" + token))
	return h[:]
}

// AddPhoneHook connects a phone system. With signed, every request must carry the
// HMAC-SHA-256 of its body.
func (d *Desk) AddPhoneHook(ctx context.Context, v sales.Viewer, name string, signed bool) (NewHook, error) {
	if err := need(v, sales.RoleAdmin, "connect a phone system"); err != nil {
		return NewHook{}, err
	}
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || len(name) > 100 {
		return NewHook{}, sales.Errorf(sales.Invalid, "Give the phone system a name of at most 100 characters.")
	}
	h := NewHook{PhoneHook: sales.PhoneHook{WorkspaceID: v.WorkspaceID, ID: d.Store.NewID(), Name: name, UserID: v.UserID, Signed: signed, CreatedAt: d.now()}}
	h.Token = v.WorkspaceID.String() + "." + rand.Text()
	if signed {
		h.Secret = rand.Text()
	}
	return h, d.inTx(ctx, func(tx *store.Tx) error { return tx.InsertPhoneHook(ctx, h.PhoneHook, hookHash(h.Token)) })
}

// RevokePhoneHook ends the token of a phone system at once.
func (d *Desk) RevokePhoneHook(ctx context.Context, v sales.Viewer, id sales.ID) error {
	if err := need(v, sales.RoleAdmin, "disconnect a phone system"); err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error { return tx.RevokePhoneHook(ctx, v.WorkspaceID, id, d.now()) })
}

// PhoneHookOf finds the phone system that a request comes from by its token, and
// checks the signature of its body: hex of HMAC-SHA-256, with or without
// "sha256=" before it.
func (d *Desk) PhoneHookOf(ctx context.Context, token, signature string, body []byte) (sales.PhoneHook, error) {
	refused := sales.Errorf(sales.Unauthorized, "This token is not known or was revoked. Make a new one in Settings, Calls.")
	ws, _, ok := strings.Cut(token, ".")
	id, err := sales.ParseID(ws)
	if !ok || err != nil {
		return sales.PhoneHook{}, refused
	}
	h, err := d.Store.PhoneHook(ctx, id, hookHash(token))
	if sales.CodeOf(err) == sales.NotFound {
		return h, refused
	}
	if err != nil || !h.Signed {
		return h, err
	}
	given, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(signature), "sha256="))
	mac := hmac.New(sha256.New, []byte(h.Secret))
	mac.Write(body)
	if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
		return h, sales.Errorf(sales.Unauthorized, "The signature is not that of this body. Sign the bytes as they are sent: X-Signature: sha256=HEX of HMAC-SHA-256 with the secret.")
	}
	return h, nil
}

// PhoneReport is a call as a phone system reports it.
type PhoneReport struct {
	CallID      string    `json:"call_id"`               // what the phone system calls it
	PersonID    sales.ID  `json:"person_id,omitempty"`   // ours, as the phone link carries it
	TaskID      sales.ID  `json:"task_id,omitempty"`     // the same
	UserID      sales.ID  `json:"user_id,omitempty"`     // the same
	User        string    `json:"user,omitempty"`        // or the mail address of the seller
	Direction   string    `json:"direction,omitempty"`   // out (also when empty) or in
	From        string    `json:"from,omitempty"`        // numbers, E.164
	To          string    `json:"to,omitempty"`          //
	StartedAt   time.Time `json:"started_at,omitzero"`   // RFC 3339
	Seconds     int       `json:"seconds,omitempty"`     // of the talk
	Outcome     string    `json:"outcome"`               // answered, voicemail, no_answer, busy, failed
	Disposition string    `json:"disposition,omitempty"` // when the seller chose one there
	Note        string    `json:"note,omitempty"`
	Recording   string    `json:"recording_url,omitempty"` // https
}

// PhoneResult is what became of a report.
type PhoneResult struct {
	Status   string   `json:"status"` // logged, merged (with a call logged by hand) or known (reported before)
	CallID   sales.ID `json:"id"`
	PersonID sales.ID `json:"person_id"`
}

// LogFromPhone keeps a call that a phone system reports, once: by its id, and
// never beside the same call that was logged by hand. Calls that somebody
// answered wait for the seller to say what came of them.
func (d *Desk) LogFromPhone(ctx context.Context, h sales.PhoneHook, r PhoneReport) (PhoneResult, error) {
	if err := r.check(d.now()); err != nil {
		return PhoneResult{}, err
	}
	var out PhoneResult
	var person sales.Person
	err := d.inTx(ctx, func(tx *store.Tx) error {
		if known, yes, err := tx.CallFromOutside(ctx, h.WorkspaceID, r.CallID); err != nil || yes {
			out = PhoneResult{Status: "known", CallID: known.ID, PersonID: known.PersonID}
			return err
		}
		u, err := d.reporter(ctx, tx, h, r)
		if err != nil {
			return err
		}
		p, err := d.reported(ctx, tx, h, u.ID, r)
		if err != nil {
			return err
		}
		if u.ID == 0 {
			if u, err = tx.User(ctx, h.WorkspaceID, pickID(p.OwnerID, h.UserID)); err != nil {
				return err
			}
		}
		person = p
		v := sales.Viewer{WorkspaceID: h.WorkspaceID, UserID: u.ID, Role: u.Role}
		if out, err = d.keepReport(ctx, tx, v, p, r); err != nil {
			return err
		}
		return tx.PhoneHookUsed(ctx, h.WorkspaceID, h.ID, d.now())
	})
	if err == nil && person.ID != 0 {
		d.changed(ctx, person, "A call with "+person.Name()+" came from the phone system")
		d.kick(h.WorkspaceID)
	}
	return out, err
}

func pickID(a, b sales.ID) sales.ID {
	if a != 0 {
		return a
	}
	return b
}

// check refuses a report that cannot be meant.
func (r *PhoneReport) check(now time.Time) error {
	bad := func(format string, args ...any) error { return sales.Errorf(sales.Invalid, format, args...) }
	r.CallID = strings.TrimSpace(r.CallID)
	switch {
	case r.CallID == "" || len(r.CallID) > 200:
		return bad("call_id is missing, or longer than 200 characters. It is what the phone system calls the call, and makes a report that is sent twice one call.")
	case !slices.Contains([]string{"answered", "voicemail", "no_answer", "busy", "failed"}, r.Outcome):
		return bad("outcome is %q. It is one of answered, voicemail, no_answer, busy and failed.", short(r.Outcome, 40))
	case r.Disposition != "" && !slices.Contains(sales.Dispositions(), sales.Disposition(r.Disposition)):
		return bad("disposition is %q, which is none of ours. Leave it out, and the seller says it here.", short(r.Disposition, 40))
	case r.Direction != "" && r.Direction != "in" && r.Direction != "out":
		return bad("direction is %q. It is in or out.", short(r.Direction, 40))
	case r.Seconds < 0 || r.Seconds > 36_000:
		return bad("seconds is %d. It is between 0 and 36000.", r.Seconds)
	case len(r.Note) > 20_000:
		return bad("note has more than 20000 bytes.")
	case r.Recording != "" && (!strings.HasPrefix(r.Recording, "https://") || len(r.Recording) > 2000):
		return bad("recording_url is no https address of at most 2000 characters.")
	case r.StartedAt.After(now.Add(time.Hour)) || !r.StartedAt.IsZero() && r.StartedAt.Before(now.AddDate(0, 0, -31)):
		return bad("started_at is %s. It is RFC 3339, not in the future and within the last 31 days.", r.StartedAt.Format(time.RFC3339))
	case r.PersonID == 0 && r.number() == "":
		return bad("Neither person_id nor the number of the other side (%s) says whom the call was with.", r.side())
	}
	if r.StartedAt.IsZero() {
		r.StartedAt = now.Add(-time.Duration(r.Seconds) * time.Second)
	}
	r.StartedAt = r.StartedAt.UTC().Truncate(time.Microsecond)
	return nil
}

func (r *PhoneReport) side() string {
	if r.Direction == "in" {
		return "from"
	}
	return "to"
}

// number is that of the other side.
func (r *PhoneReport) number() string {
	if r.Direction == "in" {
		return r.From
	}
	return r.To
}

// reporter is the seller whose call it was; a zero user when it is not said.
func (d *Desk) reporter(ctx context.Context, tx *store.Tx, h sales.PhoneHook, r PhoneReport) (sales.User, error) {
	if r.UserID != 0 {
		return tx.User(ctx, h.WorkspaceID, r.UserID)
	}
	if r.User == "" {
		return sales.User{}, nil
	}
	list, err := tx.UsersIn(ctx, h.WorkspaceID)
	if err != nil {
		return sales.User{}, err
	}
	for _, u := range list {
		if strings.EqualFold(u.Email, strings.TrimSpace(r.User)) {
			return u, nil
		}
	}
	return sales.User{}, sales.Errorf(sales.Invalid, "user is %q, and nobody here has that address. Leave it out, and the call is that of the person's seller.", short(r.User, 100))
}

// reported is the person of the call: by our id, else by the number.
func (d *Desk) reported(ctx context.Context, tx *store.Tx, h sales.PhoneHook, user sales.ID, r PhoneReport) (sales.Person, error) {
	if r.PersonID != 0 {
		return tx.Person(ctx, h.WorkspaceID, r.PersonID)
	}
	phone, ok := importer.PhoneNumber(r.number(), "")
	if !ok {
		return sales.Person{}, sales.Errorf(sales.Invalid, "%s is %q, which is no number. Send it as E.164, as +351225550148.", r.side(), short(r.number(), 40))
	}
	list, err := tx.PeopleCalled(ctx, h.WorkspaceID, phone)
	if err != nil {
		return sales.Person{}, err
	}
	if own := slices.DeleteFunc(slices.Clone(list), func(p sales.Person) bool { return user == 0 || p.OwnerID != user }); len(own) > 0 {
		list = own
	}
	switch len(list) {
	case 0:
		return sales.Person{}, sales.Errorf(sales.NotFound, "Nobody here has the number %s. Nothing was logged.", phone)
	case 1:
		return list[0], nil
	}
	return sales.Person{}, sales.Errorf(sales.Conflict, "%d people have the number %s. Send person_id, which the phone link can carry.", len(list), phone)
}

// disposition is what a machine knows of a call; "" is for the seller to say.
func (r *PhoneReport) disposition() sales.Disposition {
	if r.Disposition != "" {
		return sales.Disposition(r.Disposition)
	}
	switch r.Outcome {
	case "voicemail":
		return sales.CallVoicemail
	case "no_answer":
		return sales.CallNoAnswer
	case "busy":
		return sales.CallBusy
	case "failed":
		return sales.CallDeadNumber
	}
	return ""
}

// keepReport writes a report: into the call that was logged by hand, else as a
// call of its own.
func (d *Desk) keepReport(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, r PhoneReport) (PhoneResult, error) {
	call := sales.Call{ID: 0, At: r.StartedAt, Phone: p.Phone, External: r.CallID, Incoming: r.Direction == "in", Seconds: r.Seconds, Recording: r.Recording}
	if phone, ok := importer.PhoneNumber(r.number(), p.Country); ok {
		call.Phone = phone
	}
	minutes := (r.Seconds + 59) / 60
	list, err := tx.CallsOf(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return PhoneResult{}, err
	}
	end := r.StartedAt.Add(time.Duration(r.Seconds) * time.Second)
	for _, x := range list {
		if x.External != "" || x.UserID != v.UserID || x.At.Before(r.StartedAt.Add(-sameWithin)) || x.At.After(end.Add(sameWithin)) {
			continue
		}
		x.Phone, x.External, x.Incoming, x.Seconds, x.Recording = call.Phone, call.External, call.Incoming, call.Seconds, call.Recording
		if x.Minutes == 0 {
			x.Minutes = minutes
		}
		return PhoneResult{"merged", x.ID, p.ID}, tx.SaveCall(ctx, x)
	}
	if call.ID = tx.NewID(); r.disposition() == "" {
		call.WorkspaceID, call.PersonID, call.UserID, call.TaskID, call.Minutes, call.Note = v.WorkspaceID, p.ID, v.UserID, r.TaskID, minutes, ""
		if err := tx.InsertCall(ctx, call); err != nil {
			return PhoneResult{}, err
		}
		return PhoneResult{"logged", call.ID, p.ID}, d.askToSay(ctx, tx, v, p, call, r.Note)
	}
	if err := tx.InsertCall(ctx, sales.Call{WorkspaceID: v.WorkspaceID, ID: call.ID, PersonID: p.ID, UserID: v.UserID, At: call.At, External: call.External}); err != nil {
		return PhoneResult{}, err
	}
	c := CallLog{PersonID: p.ID, Disposition: r.disposition(), Minutes: minutes, Note: r.Note}
	if r.TaskID != 0 {
		if t, err := tx.Task(ctx, v.WorkspaceID, r.TaskID); err == nil && t.PersonID == p.ID {
			c.TaskID = t.ID
		}
	}
	return PhoneResult{"logged", call.ID, p.ID}, d.logCall(ctx, tx, v, p, c, call)
}

func sayKey(call sales.ID) string { return fmt.Sprintf("call/%d/say", call) }

// askToSay asks the seller what came of a call that somebody answered.
func (d *Desk) askToSay(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, c sales.Call, note string) error {
	who := "You talked with " + p.Name()
	if c.Incoming {
		who = p.Name() + " called you"
	}
	_, err := tx.OpenTask(ctx, sales.Task{
		WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Key: sayKey(c.ID), Kind: sales.TaskDo, PersonID: p.ID, UserID: v.UserID,
		Title: fmt.Sprintf("%s for %d min: log what came of it", who, c.Minutes), Note: short(note, 2000), CreatedAt: d.now(), DueAt: d.now(),
	})
	return err
}

// endSay closes that question.
func (d *Desk) endSay(ctx context.Context, tx *store.Tx, c sales.Call) error {
	open, err := tx.OpenTasksOf(ctx, c.WorkspaceID, c.PersonID)
	if err != nil {
		return err
	}
	for _, t := range open {
		if t.Key == sayKey(c.ID) {
			return tx.EndTask(ctx, c.WorkspaceID, t.ID, sales.TaskDone, d.now(), "logged")
		}
	}
	return nil
}
