package runner

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"

	"ninetyten/internal/llm"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// AskJob asks the language model of a workspace about unclear replies.
type AskJob struct {
	Workspace sales.ID `json:"workspace"`
	Slot      int64    `json:"slot"`
}

// Kind implements queue.Job.
func (AskJob) Kind() string { return "ask_model" }

// Asker asks a language model; *llm.Client is one. Errors are *sales.Error.
type Asker interface {
	Ask(ctx context.Context, e llm.Endpoint, q llm.Chat) (llm.Answer, error)
}

const (
	askFor    = 45 * time.Second // a pass begins no further question after it; one takes a minute at most
	askLease  = 3 * time.Minute  // how long the claim on a message outlives a node that died
	askTries  = 4                // then a message is left to people
	askRecent = 72 * time.Hour   // what is older is not asked about any more
)

// askAgain is how long after a try the next one comes.
func askAgain(try int) time.Duration {
	return []time.Duration{time.Minute, 10 * time.Minute, time.Hour}[min(max(try, 1), 3)-1]
}

// AskUnclear asks about the unclear replies of a workspace, one after the other,
// and says how many it asked about. Nothing waits for it: each of them is with a
// person already. What is about to leave is committed before it leaves.
func (r *Runner) AskUnclear(ctx context.Context, ws sales.ID) (int, error) {
	v, _ := r.asking.LoadOrStore(ws, &sync.Mutex{})
	mu := v.(*sync.Mutex)
	if r.Model == nil || !mu.TryLock() {
		return 0, nil
	}
	defer mu.Unlock()
	began, n := time.Now(), 0
	for ctx.Err() == nil && !r.ending.Load() && time.Since(began) < askFor {
		list, err := r.Store.UnclearDue(ctx, ws, r.Clock.Now().Add(-askRecent), r.wall(), 1)
		if err != nil || len(list) == 0 {
			return n, err
		}
		e, err := r.Store.ModelEndpoint(ctx, ws) // anew each time: it may be switched off
		if err != nil || !e.On() {
			return n, err
		}
		asked, err := r.askAbout(ctx, e, list[0])
		if err != nil || !asked {
			return n, err
		}
		n++
	}
	return n, nil
}

// askAbout asks about one message. False: somebody else does.
func (r *Runner) askAbout(ctx context.Context, e sales.ModelEndpoint, msg sales.Message) (bool, error) {
	text := llm.Outgoing(msg.Text)
	q := llm.Reading(text)
	a := sales.ModelAsk{
		WorkspaceID: msg.WorkspaceID, MessageID: msg.ID, PersonID: msg.PersonID, At: r.Clock.Now(), FreeAt: r.wall().Add(askLease),
		Host: hostOf(e.URL), Model: e.Model,
	}
	if text != "" {
		a.Sent = string(llm.Body(e.Model, q, false))
	}
	err := r.Store.InTx(ctx, func(tx *store.Tx) (err error) {
		a.Tries, err = tx.ClaimAsk(ctx, a, r.wall())
		return err
	})
	if err != nil || a.Tries == 0 {
		return false, err
	}
	if text == "" {
		a.State, a.Why = sales.AskFailed, "The mail holds no text."
		return true, r.endAsk(ctx, a)
	}
	answer, err := r.Model.Ask(ctx, llm.Endpoint{URL: e.URL, Model: e.Model, Key: llm.Secret(e.Key)}, q)
	a.Requests, a.Out, a.In, a.Took, a.Answer = answer.Requests, answer.Out, answer.In, answer.Took, strings.ToValidUTF8(clip(answer.Text), "")
	if len(answer.Sent) > 0 {
		a.Sent = string(answer.Sent)
	}
	if err != nil {
		return true, r.askFailed(ctx, e, a, err)
	}
	if err := r.Store.SetModelTrouble(ctx, e, "", time.Time{}); err != nil {
		r.Log.WarnContext(ctx, "that the model answers could not be written down", "err", err)
	}
	o, err := llm.Read(answer.Text, text)
	if err != nil {
		a.State, a.Why = sales.AskRefused, "The answer does not count: "+sales.Explain(err)+"."
		return true, r.endAsk(ctx, a)
	}
	a.Intent, a.Quote = o.Intent, o.Quote
	return true, r.secondReading(ctx, a)
}

// askFailed puts a question off, and the endpoint with it.
func (r *Runner) askFailed(ctx context.Context, e sales.ModelEndpoint, a sales.ModelAsk, err error) error {
	a.Why, a.State, a.FreeAt = sales.Explain(err), sales.AskLater, r.wall().Add(askAgain(a.Tries))
	if ctx.Err() != nil { // the program stops: it is nobody's fault
		a.Why, a.FreeAt = "The program was stopped meanwhile.", r.wall()
		return r.endAsk(ctx, a)
	}
	r.Log.WarnContext(ctx, "the language model could not be asked", "workspace", a.WorkspaceID, "message", a.MessageID, "err", err)
	pause := 10 * time.Minute // somebody has to look at it
	if c := sales.CodeOf(err); c == sales.Unavailable || c == sales.Limited {
		pause = time.Minute
	}
	if a.Tries >= askTries {
		a.State = sales.AskFailed
	}
	if err := r.Store.SetModelTrouble(ctx, e, a.Why, r.wall().Add(pause)); err != nil {
		return err
	}
	return r.endAsk(ctx, a)
}

// endAsk writes what became of a question, also when the program is stopping.
func (r *Runner) endAsk(ctx context.Context, a sales.ModelAsk) error {
	rec, cancel := r.recording(ctx)
	defer cancel()
	return r.Store.InTx(rec, func(tx *store.Tx) error {
		_, err := tx.EndAsk(rec, a)
		return err
	})
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Host
}
