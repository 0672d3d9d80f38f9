package web

import (
	"context"
	"fmt"
	"strings"

	"ninetyten/internal/sales"
)

// enrollmentOf shows where a person stands in a sequence, why, and what can be
// done about it. back is the page to come back to.
func (c *scene) enrollmentOf(ctx context.Context, e sales.Enrollment, q sales.Sequence, back string) EnrollmentView {
	v := EnrollmentView{ID: e.ID, Sequence: q.Name, Href: path("/sequences", q.ID), Tag: enrollmentTag(e), Step: stepOf(e, q), Why: c.whyNotYet(ctx, e, q)}
	if !e.State.Alive() || q.OwnerID != c.User.ID && e.OwnerID != c.User.ID && !c.Role.AtLeast(sales.RoleManager) {
		return v
	}
	act := func(label, what, confirm string) {
		v.Actions = append(v.Actions, Action{Label: label, Name: label + ": " + q.Name, Post: path("/enrollments", e.ID, what), Fields: []Hidden{{"back", back}}, Confirm: confirm, Small: true, Quiet: true})
	}
	switch e.State {
	case sales.Paused:
		act("Go on", "resume", "")
	case sales.Active, sales.WaitingHuman, sales.WaitingThem:
		act("Pause", "pause", "")
	}
	if e.State == sales.WaitingThem {
		v.Actions = append([]Action{{Label: "They did it", Name: "They did it: " + q.Name, Post: path("/enrollments", e.ID, "moved"), Fields: []Hidden{{"back", back}}, Small: true}}, v.Actions...)
	}
	if e.State != sales.Pending && len(q.Steps) > 1 {
		v.Back = back
		for i, x := range q.Steps {
			if i != e.Position {
				label := fmt.Sprintf("Step %d: %s", i+1, lowerFirst(stepKindLabel(x.Kind)))
				if track := x.Track.OrMain(); track != sales.TrackMain {
					label += pick(track == sales.TrackPositive, ", track for a yes", ", track for a no")
				}
				v.Moves = append(v.Moves, Option{Value: x.ID.String(), Label: label})
			}
		}
	}
	act("Stop", "stop", "Stop “"+q.Name+"” for this person? It cannot be begun again for them.")
	if e.State == sales.Pending {
		v.Actions = v.Actions[:len(v.Actions)-1]
		act("Take out", "remove", "Take this person out of “"+q.Name+"”?")
	}
	return v
}

// enrollmentTag is the state in a word or two.
func enrollmentTag(e sales.Enrollment) Tag {
	switch e.State {
	case sales.Pending:
		return Tag{Text: "Not started"}
	case sales.Active:
		return Tag{Text: "Running", Tone: "lean"}
	case sales.WaitingHuman:
		return Tag{Text: "Waits for us", Tone: "mark"}
	case sales.WaitingThem:
		return Tag{Text: "Their move"}
	case sales.Paused:
		return Tag{Text: "Paused", Tone: "late"}
	case sales.OptedOut:
		return Tag{Text: "Stopped: " + endWord(e.Reason), Tone: "bad"}
	case sales.Failed:
		return Tag{Text: "Failed", Tone: "bad"}
	case sales.Removed:
		return Tag{Text: "Taken out"}
	}
	return Tag{Text: "Ended: " + endWord(e.Reason)}
}

// endWord says in a few words why an enrollment ended.
func endWord(r sales.Reason) string {
	switch r {
	case sales.EndReplied:
		return "they answered"
	case sales.EndNoReply:
		return "no answer"
	case sales.EndMeeting:
		return "meeting"
	case sales.EndNotInterested:
		return "not interested"
	case sales.EndUnsubscribe:
		return "wants no more mail"
	case sales.EndComplaint:
		return "complaint"
	case sales.EndSuppressed:
		return "on the suppression list"
	case sales.EndBounced:
		return "address dead"
	case sales.EndByHand:
		return "by hand"
	case sales.EndCompleted:
		return "done"
	case sales.EndAway:
		return "away too long"
	case sales.PausedColleague:
		return "a colleague answered"
	}
	return strings.ReplaceAll(string(r), "_", " ")
}

// pauseWord says why an enrollment is paused.
func pauseWord(r sales.Reason) string {
	switch r {
	case sales.PausedManual:
		return "Paused by hand"
	case sales.PausedOutOfOffice:
		return "They are out of office"
	case sales.PausedBounce:
		return "The address does not work"
	case sales.PausedMeeting:
		return "A meeting is booked"
	case sales.PausedOwnerAway:
		return "The seller is away"
	case sales.PausedColleague:
		return "A colleague of theirs answered"
	case sales.PausedNotNow:
		return "They said: not now"
	case sales.PausedBlocked:
		return "The mail cannot be made as it is"
	case sales.PausedUnknown:
		return "It is not known whether the last mail went out"
	case sales.PausedAsked:
		return "A mail that may be their answer waits"
	}
	return "Paused"
}

// stepOf names the step that an enrollment stands at, or after which it ended.
func stepOf(e sales.Enrollment, q sales.Sequence) string {
	switch {
	case e.Position >= len(q.Steps):
		return fmt.Sprintf("All %s done", many(len(q.Steps), "step", "steps"))
	case !e.State.Alive() && e.Position == 0:
		return "Before the first step"
	case !e.State.Alive():
		return fmt.Sprintf("After step %d of %d", e.Position, len(q.Steps))
	}
	return fmt.Sprintf("Step %d of %d: %s", e.Position+1, len(q.Steps), strings.ToLower(stepKindLabel(q.Steps[e.Position].Kind)))
}

// whyNotYet says what an enrollment waits for and until when, or why it ended.
func (c *scene) whyNotYet(ctx context.Context, e sales.Enrollment, q sales.Sequence) string {
	switch e.State {
	case sales.Pending:
		return "It begins when the sequence is started."
	case sales.Active:
		return c.whyNotSent(ctx, e, q)
	case sales.WaitingHuman:
		who := c.nameOf(e.OwnerID)
		switch {
		case e.Position < len(q.Steps) && q.Steps[e.Position].Kind.IsMail():
			return "A mail waits for approval by " + who + "."
		case who == "you":
			return "It goes on when you have done this step."
		}
		return "It goes on when " + who + " has done this step."
	case sales.WaitingThem:
		if e.NextAt.IsZero() {
			return "Only they can go on."
		}
		return "It waits for an answer until " + day(ctx, e.NextAt) + ", then it ends."
	case sales.Paused:
		if e.Until.IsZero() {
			return pauseWord(e.Reason) + ". It stays so until somebody lets it go on."
		}
		return pauseWord(e.Reason) + ". It goes on " + when(ctx, e.Until) + "."
	}
	by := ""
	if e.Actor == sales.BySystem || e.Actor == sales.ByBuyer {
		by = "by itself "
	}
	return "It ended " + by + when(ctx, e.StateAt) + "."
}

// whyNotSent is the stored answer of the send gate, else the timer.
func (c *scene) whyNotSent(ctx context.Context, e sales.Enrollment, q sales.Sequence) string {
	box := c.boxTrouble(ctx, e, q)
	switch {
	case q.State == sales.SequencePaused:
		return "The whole sequence is paused."
	case box != "" && !e.Awaiting && e.NextAt.After(c.now()):
		return "Next step " + when(ctx, e.NextAt) + ", but " + box
	case box != "":
		return "Not sent yet: " + box
	case e.HoldWhy != "":
		why := "Not sent yet: " + strings.TrimRight(e.HoldWhy, ".")
		if e.HoldUntil.After(c.now()) {
			why += ", tried again " + when(ctx, e.HoldUntil)
		}
		return why + "."
	case e.Awaiting:
		return "The mail is in the outbox. It goes in their hours, when the mailbox has room."
	case e.NextAt.After(c.now()):
		return "Next step " + when(ctx, e.NextAt) + "."
	}
	return "The next step begins within moments."
}

// boxTrouble says why the mailbox that the next mail of an enrollment goes from
// sends nothing; "" is that it does, or that the next step is no mail.
func (c *scene) boxTrouble(ctx context.Context, e sales.Enrollment, q sales.Sequence) string {
	if e.Position >= len(q.Steps) || !q.Steps[e.Position].Kind.IsMail() {
		return ""
	}
	if c.boxes == nil {
		all, err := c.Store.Mailboxes(ctx, c.WorkspaceID)
		if err != nil {
			return "" // the page is about the person: it does without
		}
		c.boxes = byBox(all)
	}
	return troubleOf(c.boxes[e.MailboxID])
}

func byBox(all []sales.Mailbox) map[sales.ID]sales.Mailbox {
	out := make(map[sales.ID]sales.Mailbox, len(all))
	for _, m := range all {
		out[m.ID] = m
	}
	return out
}

// troubleOf says in a part of a sentence why a mailbox sends nothing; "" is that
// it does.
func troubleOf(m sales.Mailbox) string {
	if m.ID == 0 || m.State == sales.MailboxOK {
		return ""
	}
	says := m.Address + pick(m.State == sales.MailboxPaused, " is paused", " does not work")
	why := strings.TrimSpace(m.StateWhy)
	if why == "" {
		return says + "."
	}
	if why == "paused by hand" {
		return m.Address + " is paused by hand."
	}
	return says + ": " + strings.TrimRight(why, ".") + "."
}

// enrollmentsOf shows the enrollments of a person: the living ones, then the
// newest of the ended ones.
func (c *scene) enrollmentsOf(ctx context.Context, list []sales.Enrollment, back string, ended int) ([]EnrollmentView, error) {
	words := c.words(ctx)
	var living []sales.Enrollment
	for _, e := range list {
		if e.State.Alive() {
			living = append(living, e)
		}
	}
	holds, err := c.Desk.WhyNotYets(ctx, c.Viewer, living)
	if err != nil {
		return nil, err
	}
	sequences := map[sales.ID]sales.Sequence{}
	var live, over []EnrollmentView
	for _, e := range list {
		if !e.State.Alive() && len(over) >= ended {
			continue
		}
		q, ok := sequences[e.SequenceID]
		if !ok {
			var err error
			if q, err = c.Store.Sequence(ctx, c.WorkspaceID, e.SequenceID); err != nil {
				return nil, err
			}
			sequences[e.SequenceID] = q
		}
		v := c.enrollmentOf(words, e, q, back)
		if h := holds[e.ID]; e.State.Alive() {
			if e.State == sales.Active && e.Awaiting && h.Gate != "" && c.boxTrouble(ctx, e, q) == "" && q.State != sales.SequencePaused {
				v.Why = "Not sent yet: " + holdWords(words, h)
			}
			v.Change = strings.TrimSuffix(h.Change, ".")
			live = append(live, v)
		} else {
			over = append(over, v)
		}
	}
	return append(live, over...), nil
}
