package desk

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// CallLeave says whether somebody may be called now.
type CallLeave struct {
	OK   bool
	Why  string    // in words, when not
	At   time.Time // from when on; zero is not known
	Ever bool      // a stated reason may go over it
}

// A number that failed on so many days rests for so long (design/product.md).
const (
	badDays = 3
	badRest = 30 * 24 * time.Hour
)

// numberRests tells until when a number rests that did not work again and again;
// zero is not at all. Dead and wrong numbers count, each day once.
func numberRests(calls []sales.Call, phone string, now time.Time) time.Time {
	days := map[string]bool{}
	var last time.Time
	for _, c := range calls {
		if c.Phone != phone || c.Disposition != sales.CallDeadNumber && c.Disposition != sales.CallWrongNumber {
			if c.Phone == phone && c.Disposition.Talks() && c.At.After(last) {
				return time.Time{} // it has worked since
			}
			continue
		}
		days[c.At.UTC().Format("2006-01-02")] = true
		if c.At.After(last) {
			last = c.At
		}
	}
	if until := last.Add(badRest); len(days) >= badDays && until.After(now) {
		return until
	}
	return time.Time{}
}

// MayCall tells whether a person may be called now: not when they asked for it
// not to be, not while their number rests, and in the legal hours of their place.
func (d *Desk) MayCall(ctx context.Context, v sales.Viewer, person sales.ID) (CallLeave, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return CallLeave{}, err
	}
	if p.Phone == "" {
		return CallLeave{Why: p.Name() + " has no phone number. Add one first."}, nil
	}
	if p.Email != "" {
		x, yes, err := d.Store.Suppressed(ctx, v.WorkspaceID, p.Email)
		if err != nil {
			return CallLeave{}, err
		}
		if yes && x.Kind == sales.SuppressAddress && x.Reason != sales.EndBounced {
			// A no to mails is to be talked about; a no on the phone is a no.
			return CallLeave{Why: "They asked not to be contacted: " + x.Source + ".", Ever: !strings.Contains(x.Source, "phone")}, nil
		}
	}
	calls, err := d.Store.CallsOf(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return CallLeave{}, err
	}
	now := d.now()
	if until := numberRests(calls, p.Phone, now); !until.IsZero() {
		return CallLeave{Why: fmt.Sprintf("The number failed on %d days and rests until %s. Find another one.", badDays, until.Format("2 Jan")), At: until, Ever: true}, nil
	}
	b := casework.New(d.Store, v.WorkspaceID)
	w, err := b.Workspace(ctx)
	if err != nil {
		return CallLeave{}, err
	}
	place, err := b.Place(ctx, p, v.UserID)
	if err != nil {
		return CallLeave{}, err
	}
	hours := calendar.CallHours(w.Settings)
	if hours.Allowed(now, place) {
		return CallLeave{OK: true}, nil
	}
	at, why := hours.Next(now, place)
	text := "It is " + now.In(place.Loc).Format("Mon 15:04") + " for them, outside of the hours for calls."
	if why != "" {
		text = "It is " + now.In(place.Loc).Format("Mon 15:04") + " for them: " + why + "."
	}
	return CallLeave{Why: text, At: at, Ever: true}, nil
}

// Dial tells whether a call may be made now: a reason goes over hours and rest,
// and stays with the call.
func (d *Desk) Dial(ctx context.Context, v sales.Viewer, person sales.ID, reason string) error {
	leave, err := d.MayCall(ctx, v, person)
	switch {
	case err != nil:
		return err
	case leave.OK:
		return nil
	case !leave.Ever:
		return sales.Errorf(sales.Forbidden, "%s", leave.Why)
	case len([]rune(strings.TrimSpace(reason))) < 5:
		return sales.Errorf(sales.Invalid, "Say why it is right to call now, in a few words: it is kept with the call.")
	case len(reason) > 500:
		return sales.Errorf(sales.Invalid, "Say it in at most 500 characters.")
	}
	return nil
}

// phoneSchemes are those that a link of a softphone may have.
func phoneSchemes() []string {
	return []string{"tel", "callto", "sip", "sips", "https", "zoomphonecall", "msteams", "ciscotel", "dialpad", "rcapp", "aircall", "3cx", "webexphone"}
}

// phoneFields are what a link may carry.
func phoneFields() []string { return []string{"phone", "digits", "person", "task", "user"} }

// CheckPhoneLink refuses a template of the phone link that is none: an unknown
// field, no number in it, or a scheme that does more than dial.
func CheckPhoneLink(link string) error {
	if link == "" {
		return nil
	}
	if len(link) > 500 {
		return sales.Errorf(sales.Invalid, "The phone link has more than 500 characters.")
	}
	shown, err := fillPhoneLink(link, map[string]string{"phone": "+351225550148", "digits": "351225550148", "person": "1", "task": "2", "user": "3"})
	if err != nil {
		return err
	}
	if !strings.Contains(link, "{phone}") && !strings.Contains(link, "{digits}") {
		return sales.Errorf(sales.Invalid, "The phone link needs the number: write {phone}, or {digits} without the plus.")
	}
	u, err := url.Parse(shown)
	if err != nil || strings.ContainsAny(shown, " <>\"'`\\\n") {
		return sales.Errorf(sales.Invalid, "The phone link is no address. Write it like tel:{phone} or callto:{phone}?person={person}.")
	}
	for _, s := range phoneSchemes() {
		if u.Scheme == s && strings.HasPrefix(link, s+":") && (s != "https" || u.Host != "" && !strings.Contains(u.Host, "{")) {
			return nil
		}
	}
	return sales.Errorf(sales.Invalid, "The phone link begins with none of the known: %s. Ask for another one with your phone's name.", strings.Join(phoneSchemes(), ", "))
}

// fillPhoneLink puts values into a template.
func fillPhoneLink(link string, values map[string]string) (string, error) {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(link, "{")
		b.WriteString(before)
		if !open {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		v, known := values[name]
		if !closed || !known {
			return "", sales.Errorf(sales.Invalid, "The phone link has the field {%s}, which is none. Known are {%s}.", short(name, 40), strings.Join(phoneFields(), "}, {"))
		}
		b.WriteString(url.QueryEscape(v))
		link = after
	}
	return b.String(), nil
}

// PhoneLink is the link that dials a number. The plus of an E.164 number stays as
// it is in tel: links (RFC 3966 section 5.1.4).
func PhoneLink(s sales.Settings, phone string, person, task, user sales.ID) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '*' || r == '#' {
			return r
		}
		return -1
	}, phone)
	number := digits
	if strings.HasPrefix(strings.TrimSpace(phone), "+") {
		number = "+" + digits
	}
	link := s.PhoneLink
	if link == "" || CheckPhoneLink(link) != nil {
		return "tel:" + number
	}
	out, err := fillPhoneLink(link, map[string]string{"phone": number, "digits": digits, "person": person.String(), "task": task.String(), "user": user.String()})
	if err != nil {
		return "tel:" + number
	}
	if !strings.HasPrefix(link, "https:") {
		out = strings.ReplaceAll(out, "%2B", "+")
	}
	return out
}

// SavePhone changes how this workspace calls: the link, and what a disposition
// means for the sequence.
func (d *Desk) SavePhone(ctx context.Context, v sales.Viewer, link string, after map[sales.Disposition]sales.StepOutcome) error {
	if err := need(v, sales.RoleAdmin, "change how calls are made"); err != nil {
		return err
	}
	link = strings.TrimSpace(link)
	if err := CheckPhoneLink(link); err != nil {
		return err
	}
	kept := map[sales.Disposition]sales.StepOutcome{}
	for _, x := range sales.Dispositions() {
		switch o := after[x]; {
		case o == "" || x.Fixed() || o == (sales.Settings{}).CallOutcome(x):
		case o != sales.Advance && o != sales.Finish:
			return sales.Errorf(sales.Invalid, "After a call a sequence goes on or ends. Choose one of the two.")
		default:
			kept[x] = o
		}
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		w.Settings.PhoneLink, w.Settings.AfterCall = link, kept
		return tx.SaveWorkspace(ctx, w)
	})
}
