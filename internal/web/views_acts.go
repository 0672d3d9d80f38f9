package web

import (
	"context"
	"crypto/rand"
	"strings"

	"ninetyten/internal/calendar"
	"ninetyten/internal/desk"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// record is what is read about one person, whatever page shows it.
type record struct {
	person      sales.Person
	account     sales.Account
	place       calendar.Place
	suppressed  string // why nobody may write to them; "" is nobody forbids it
	moves       []sales.Move
	enrollments []sales.Enrollment
	kinds       map[sales.ID]sales.MailingKind // of the mails to them
	mailings    []sales.Mailing
}

// How much of a ledger a page reads: enough for the story and for the balance,
// in which effort of long ago weighs next to nothing.
const (
	maxMoves = 200
	maxStory = 50 // lines on the record of a person before "more"
	maxAside = 8  // lines beside a conversation
)

// recordOf reads what is known about a person.
func (c *scene) recordOf(ctx context.Context, p sales.Person) (*record, error) {
	r := &record{person: p, kinds: map[sales.ID]sales.MailingKind{}}
	var err error
	if r.account, err = c.Store.Account(ctx, c.WorkspaceID, p.AccountID); err != nil && sales.CodeOf(err) != sales.NotFound {
		return nil, err
	}
	r.place = c.placeOf(p, r.account)
	if p.Email != "" {
		x, yes, err := c.Store.Suppressed(ctx, c.WorkspaceID, p.Email)
		if err != nil {
			return nil, err
		}
		if yes {
			r.suppressed = capital(endWord(x.Reason)) + ", " + x.Source + "."
		}
	}
	if r.moves, err = c.Store.MovesOf(ctx, c.WorkspaceID, p.ID, maxMoves); err != nil {
		return nil, err
	}
	mailings, err := c.Store.MailingsOf(ctx, c.WorkspaceID, p.ID)
	if err != nil {
		return nil, err
	}
	r.mailings = mailings
	for _, m := range mailings {
		r.kinds[m.ID] = m.Kind
	}
	r.enrollments, err = c.Store.EnrollmentsOf(ctx, c.WorkspaceID, p.ID)
	return r, err
}

// capital begins a sentence.
func capital(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// aside is the beginning of a story, for the column beside a conversation.
func (c *scene) aside(moves []sales.Move) []StoryLine {
	return c.storyOf(moves[:min(len(moves), maxAside)])
}

// colleaguesOf lists who else is known at the account.
func (c *scene) colleaguesOf(ctx context.Context, p sales.Person) ([]Colleague, error) {
	list, err := c.Store.PeopleAt(ctx, c.Viewer, p.AccountID)
	if err != nil {
		return nil, err
	}
	var out []Colleague
	words := c.words(ctx)
	for _, x := range list {
		if x.ID == p.ID || len(out) == 6 {
			continue
		}
		role := x.Title
		if m := c.moveMark(words, x); m.Text != "" {
			role += pick(role != "", " · ", "") + m.Text
		}
		out = append(out, Colleague{Name: x.Name(), Role: role, Href: path("/people", x.ID)})
	}
	return out, nil
}

// actsOf are the forms that act on a person: about a task and a message, each
// of which may be zero.
func (c *scene) actsOf(ctx context.Context, rec *record, task sales.Task, msg *sales.Message, back string) (PersonActs, error) {
	p := rec.person
	a := PersonActs{PersonID: p.ID, FirstName: firstNameOf(p), TaskID: task.ID, Back: back, Wait: c.waitChoices(), Snooze: c.snoozeChoices(), NotNow: c.notNowChoices(msg)}
	if msg != nil && msg.Direction == sales.Incoming {
		a.MessageID = msg.ID
	}
	a.CanCall, a.Waiting = p.Phone != "", c.waitingOf(p, rec.mailings)
	var chase *ChaseNote
	if task.ID == 0 {
		known, err := c.Desk.Chasing(ctx, c.Viewer, p)
		if err != nil {
			return a, err
		}
		chase = c.chaseNote(c.words(ctx), p, known)
	}
	if a.CanCall {
		a.Call = CallForm{Phone: p.Phone, Hours: c.callHours(c.words(ctx), rec.place), Purpose: purposeOf(task, rec), Chase: chase}
		if task.Kind == sales.TaskCall {
			a.Call.Guide = task.Note
		}
		if err := c.dialOf(ctx, &a, rec, task.ID); err != nil {
			return a, err
		}
	}
	boxes, err := c.Store.Mailboxes(ctx, c.WorkspaceID)
	if err != nil {
		return a, err
	}
	given := false
	if msg != nil && msg.ThreadID != 0 {
		x, err := c.Store.Assignment(ctx, c.WorkspaceID, msg.ThreadID)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return a, err
		}
		given = err == nil && x.UserID == c.UserID
	}
	from := c.sendersOf(boxes, msg, given)
	a.CanWrite = p.Email != "" && rec.suppressed == "" && len(from) > 0
	if a.CanWrite {
		a.Write = c.writeForm(rec, from, msg)
		if err := c.addressing(ctx, &a.Write, p, from[0], msg); err != nil {
			return a, err
		}
		if err := c.begun(ctx, &a.Write, p.ID, msg); err != nil {
			return a, err
		}
		if a.MessageID == 0 {
			a.Write.Chase = chase
		}
	}
	if task.Kind == sales.TaskAnswer && task.Intent == sales.Interested && a.CanCall && calendar.CallHours(c.settings).Allowed(c.now(), rec.place) {
		a.Suggest = "call"
	}
	return a, nil
}

// purposeOf is what a call is most likely for.
func purposeOf(task sales.Task, rec *record) string {
	if task.Kind == sales.TaskAnswer {
		return string(sales.PurposeAnswer)
	}
	for _, m := range rec.moves {
		if m.Kind == sales.MoveTalk {
			return string(sales.PurposeFollowUp)
		}
	}
	return string(sales.PurposeFirst)
}

// sendersOf are the mailboxes from which the viewer may write: the one that was
// written to, else their own. given tells that its thread was given to the viewer.
func (c *scene) sendersOf(boxes []sales.Mailbox, msg *sales.Message, given bool) []sales.Mailbox {
	var own []sales.Mailbox
	for _, mb := range boxes {
		if msg != nil && msg.Direction == sales.Incoming && mb.ID == msg.MailboxID && (mb.UserID == c.User.ID || given || c.Role.AtLeast(sales.RoleManager) || c.sh.away[mb.UserID].StandInID == c.User.ID) {
			return []sales.Mailbox{mb}
		}
		if mb.UserID == c.User.ID {
			own = append(own, mb)
		}
	}
	if msg != nil && msg.Direction == sales.Incoming {
		return nil // an answer goes from where they wrote to
	}
	return own
}

// writeForm begins a mail: an answer to msg, or a new one.
func (c *scene) writeForm(rec *record, from []sales.Mailbox, msg *sales.Message) WriteForm {
	p := rec.person
	f := WriteForm{To: p.Name() + " <" + p.Email + ">", Nonce: rand.Text()}
	if p.Name() == p.Email {
		f.To = p.Email
	}
	for _, mb := range from {
		f.From = append(f.From, Option{Value: mb.ID.String(), Label: strings.TrimSpace(mb.Name + " <" + mb.Address + ">")})
		if mb.State != sales.MailboxOK {
			f.Why = mb.Address + " is " + string(mb.State) + ": " + mb.StateWhy + " The mail waits until that is mended."
		}
	}
	if msg != nil && msg.Direction == sales.Incoming {
		f.Subject = mail.ReplySubject(msg.Subject)
		name := msg.FromName
		if name == "" {
			name = msg.From
		}
		f.Quoted = cut(mail.QuoteReply(msg.FullText, name, msg.Date), maxShown)
	}
	f.Body, f.DraftNote = suggestion(p, msg, c.sh.Zone)
	if sig := strings.TrimSpace(from[0].Signature); sig != "" {
		f.Body += pick(f.Body == "", "\n", "") + "\n\n" + sig // the first line end of a text area is not shown
	} else if f.Body != "" {
		f.Body += "\n\n" + c.User.FirstName()
	}
	return f
}

// chaseNote says what writing or calling now would mean; nil: it is not their move.
func (c *scene) chaseNote(words context.Context, p sales.Person, known *desk.Chasing) *ChaseNote {
	if known == nil {
		return nil
	}
	n := &ChaseNote{Say: "It is the move of " + firstNameOf(p) + " since " + day(words, known.Since) + ".", Before: "Nobody chased them before."}
	if !known.Rests.IsZero() {
		n.Say = firstNameOf(p) + " was told that the door is open, and rests until " + day(words, known.Rests) + "."
	}
	if len(known.Before) > 0 {
		answered := 0
		for _, x := range known.Before {
			if x.Answered {
				answered++
			}
		}
		last := known.Before[0]
		n.Before = many(len(known.Before), "chase", "chases") + " before, " + number(answered) + " answered within a week. The last one " + day(words, last.At) + ": " + oneLine(last.Reason, 120) + "."
	}
	n.All = "In this workspace: nothing to compare with yet."
	if known.N > 0 {
		n.All = "In this workspace: " + number(known.Answered) + " of " + many(known.N, "chase", "chases") + " answered within a week."
	}
	if !known.DoorOpen {
		n.Door = "It goes once. Then they rest for " + many(known.RestDays, "day", "days") + ", or until they write."
	}
	return n
}
