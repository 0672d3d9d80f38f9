package sandbox

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/cast"
	"ninetyten/internal/sandbox/dice"
)

// SellerDesk is how a simulated seller works with the product: the product's
// side implements it with the commands that a person at the pages has. seller is
// the address of the seller's mailbox, task the ID of a task.
type SellerDesk interface {
	// Tasks are the open tasks of the seller that may be done now.
	Tasks(ctx context.Context, seller string) ([]DeskTask, error)
	// Answer writes text as an answer in the thread of the task, which is done by it.
	Answer(ctx context.Context, seller, task, text string) error
	// LogCall records a call; Disposition, Sentiment, Purpose, Minutes and Note are set.
	LogCall(ctx context.Context, seller, task string, call sales.Call) error
	// Approve lets the draft of the task go.
	Approve(ctx context.Context, seller, task string) error
	// Finish marks the task as done with a note. For TaskConfirm it says yes, it is them.
	Finish(ctx context.Context, seller, task, note string) error
}

// DeskTask is an open task as a seller sees it.
type DeskTask struct {
	ID     string
	Kind   sales.TaskKind
	Email  string       // address of the person
	Intent sales.Intent // of the reply, for TaskAnswer
}

// planDesk plans the sellers' looks at their queues; call it with w.mu held.
func (w *World) planDesk() {
	if w.opt.Desk == nil {
		return
	}
	for i := range w.cast.Sellers {
		w.planLook(&w.cast.Sellers[i], w.clock.Now().Add(w.opt.DeskEvery), "")
	}
}

func (w *World) planLook(s *cast.Seller, at time.Time, why string) {
	zone := zoneOf(s.Zone)
	if !atWork(at, zone) {
		at = humanTime(dice.New(w.opt.Seed, "look", s.Address), at, 0, zone)
	}
	w.plan(at, "desk "+s.Address+why, func(ctx context.Context, now time.Time) {
		if why != "" { // what comes while it looks pokes it again
			w.mu.Lock()
			delete(w.poked, s.Address)
			w.mu.Unlock()
		}
		w.look(ctx, s, now)
		if why == "" {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.planLook(s, now.Add(w.opt.DeskEvery), "")
		}
	})
}

// Poke lets the simulated sellers look at their queues now, for example because
// the product told them of a new task. Without a desk it does nothing.
func (w *World) Poke() {
	if w.opt.Desk == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.cast.Sellers {
		if s := &w.cast.Sellers[i]; !w.poked[s.Address] {
			w.poked[s.Address] = true
			w.planLook(s, w.clock.Now(), " poked")
		}
	}
}

// look reads the queue of one seller and plans when each new task is done.
func (w *World) look(ctx context.Context, s *cast.Seller, now time.Time) {
	tasks, err := w.opt.Desk.Tasks(ctx, s.Address)
	if err != nil {
		w.truth.trouble(s.Address, "the queue could not be read: "+err.Error())
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range tasks {
		if w.tasks[t.ID] {
			continue
		}
		w.tasks[t.ID] = true
		sort := normal(t.Email) + " " + string(t.Kind) + " " + string(t.Intent)
		w.nth[sort]++
		d := dice.New(w.opt.Seed, "task", sort, fmt.Sprint(w.nth[sort]))
		delay := d.Between(10*time.Minute, 2*time.Hour)
		if t.Kind == sales.TaskAnswer {
			delay = d.Between(2*time.Minute, 9*time.Minute)
		}
		w.planTask(s, t, d, humanTime(d, now, delay, zoneOf(s.Zone)), 1)
	}
}

// planTask plans one task; call it with w.mu held.
func (w *World) planTask(s *cast.Seller, t DeskTask, d *dice.Dice, at time.Time, try int) {
	w.plan(at, fmt.Sprintf("task %s %s %d", s.Address, t.ID, try), func(ctx context.Context, now time.Time) {
		err := w.doTask(ctx, s, t, d, now)
		if err == nil || sales.CodeOf(err) == sales.NotFound || sales.CodeOf(err) == sales.Conflict {
			return // done, or meanwhile there is nothing left to do
		}
		if try >= 4 {
			w.truth.trouble(s.Address, fmt.Sprintf("task %s for %s failed four times: %v", t.Kind, t.Email, err))
			return
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.planTask(s, t, d, now.Add(time.Hour), try+1)
	})
}

func (w *World) doTask(ctx context.Context, s *cast.Seller, t DeskTask, d *dice.Dice, now time.Time) error {
	desk := w.opt.Desk
	w.mu.Lock()
	b := w.buyers[normal(t.Email)]
	w.mu.Unlock()
	switch t.Kind {
	case sales.TaskAnswer:
		name := "there"
		if b != nil {
			name = b.FirstName
		}
		text, note := answerOf(d, t.Intent, name, now.In(zoneOf(s.Zone)))
		if text == "" {
			return desk.Finish(ctx, s.Address, t.ID, note)
		}
		return desk.Answer(ctx, s.Address, t.ID, text)
	case sales.TaskCall:
		call := callOf(d, b)
		err := desk.LogCall(ctx, s.Address, t.ID, call)
		if err == nil && b != nil && (call.Disposition == sales.CallMeeting || call.Disposition == sales.CallNoInterest) {
			w.truth.said(b.Email, string(call.Disposition), now)
		}
		return err
	case sales.TaskApprove:
		return desk.Approve(ctx, s.Address, t.ID)
	}
	return desk.Finish(ctx, s.Address, t.ID, "Looked at it and decided.")
}

// answerOf is what a seller writes; without text the task is only closed.
func answerOf(d *dice.Dice, intent sales.Intent, name string, now time.Time) (text, note string) {
	day := workdayAfter(now, 2, now.Location()).Format("Monday, 2 January")
	hi := "Hi " + name + ",\n\n"
	switch intent {
	case sales.Interested:
		return hi + dice.Pick(d, []string{
			"Thank you, I am glad that it fits. Would " + day + " at ten or at three suit you better? I will bring an example of your size.",
			"That is good to hear. I suggest " + day + ", half an hour. Who else should see it?",
		}), ""
	case sales.Question:
		return hi + dice.Pick(d, []string{
			"Good question. The short answer is yes; the long one depends on how your orders are numbered. Shall I show you on " + day + "?",
			"Most start within three weeks and the price goes by volume, between 40 and 60 cents a bill. May I ask how many you have a month?",
		}), ""
	case sales.NotNow:
		return "", "Noted for later."
	case sales.WrongPerson:
		return hi + "Thank you for telling me, I will write to your colleague.", ""
	case sales.NotInterested:
		return "", "A clear no. Thanked in thought."
	case sales.OptOut:
		return "", "Will not be written to again."
	}
	return hi + "Thank you for your message. What would be most useful for you to know?", ""
}

// callOf is what comes of a dial: most reach nobody.
func callOf(d *dice.Dice, b *buyer) sales.Call {
	c := sales.Call{Purpose: sales.PurposeFollowUp, Minutes: 1}
	switch r := d.Float(); {
	case r < 0.3:
		c.Disposition = sales.CallVoicemail
	case r < 0.6:
		c.Disposition = sales.CallNoAnswer
	case r < 0.68:
		c.Disposition = sales.CallBusy
	case r < 0.75:
		c.Disposition = sales.CallGatekeeper
	default:
		c.Disposition, c.Sentiment, c.Minutes, c.Purpose = sales.CallTalked, sales.SentimentNeutral, 4+d.Intn(15), sales.PurposeDiscovery
		c.Note = dice.Pick(d, []string{
			"They match bills by hand.\n+ Month end takes us three days of overtime\n? Does it read bills on paper?",
			"We still check each bill twice.\n+ We are losing discounts because nobody sees the bills in time\n! they: send ten bills as an example in a week",
			"They match bills by hand; month end is the pain.\n? we: Who else feels it at month end?",
		})
		if b != nil && b.Persona == cast.Interested {
			c.Disposition, c.Sentiment = sales.CallMeeting, sales.SentimentGood
		}
		if b != nil && (b.Persona == cast.NotInterested || strings.HasPrefix(string(b.Persona), "unsubscribe")) {
			c.Disposition, c.Sentiment = sales.CallNoInterest, sales.SentimentBad
		}
	}
	return c
}
