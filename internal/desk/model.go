package desk

import (
	"context"
	"net/url"
	"strings"
	"time"

	"ninetyten/internal/llm"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Asker asks a language model; *llm.Client is one.
type Asker interface {
	Ask(ctx context.Context, e llm.Endpoint, q llm.Chat) (llm.Answer, error)
}

// SaveModel sets the language model of the workspace. on switches it on or off; an
// empty key keeps the stored one, unless the endpoint moves to another host. What
// was read before it is switched on is not asked about.
func (d *Desk) SaveModel(ctx context.Context, v sales.Viewer, m sales.ModelEndpoint, on bool) error {
	if err := need(v, sales.RoleOwner, "choose where what people wrote is sent"); err != nil {
		return err
	}
	e, err := llm.Endpoint{URL: m.URL, Model: m.Model, Key: llm.Secret(m.Key)}.Check()
	if err != nil && (on || m.URL != "" || m.Model != "" || m.Key != "") {
		return err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		was, err := tx.ModelEndpoint(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		next := sales.ModelEndpoint{
			WorkspaceID: v.WorkspaceID, URL: e.URL, Model: e.Model, Key: string(e.Key), Unclear: m.Unclear, Briefs: m.Briefs, ChangedAt: d.now(), ChangedBy: v.UserID,
		}
		switch {
		case next.URL == "" || next.Key != "" || was.Key == "":
		case sameHost(was.URL, next.URL):
			next.Key = was.Key
		default:
			return sales.Errorf(sales.Invalid, "The endpoint is on another host now, so the stored key is not sent there. Enter its key.")
		}
		if on {
			if next.OnSince = was.OnSince; next.OnSince.IsZero() {
				next.OnSince = d.now()
			}
		}
		return tx.SaveModelEndpoint(ctx, next)
	})
	d.kick(v.WorkspaceID)
	return err
}

// ForgetModel removes the endpoint and its key. The log of what was sent stays its
// time.
func (d *Desk) ForgetModel(ctx context.Context, v sales.Viewer) error {
	return d.SaveModel(ctx, v, sales.ModelEndpoint{Unclear: true}, false)
}

func sameHost(a, b string) bool {
	x, err1 := url.Parse(a)
	y, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && x.Scheme == y.Scheme && x.Host == y.Host
}

// ModelTrial is what a model made of the sample.
type ModelTrial struct {
	Sample  string // the invented reply that was sent
	Answer  string
	Intent  sales.Intent
	Quote   string
	Why     string // why the answer does not count; "" when it does
	Took    time.Duration
	Out, In int
}

// ModelSample is an invented reply, for trials: nothing that anybody wrote leaves.
const ModelSample = "Hm. We are in the middle of the move to the new depot, so nobody here has a head for it. Could you get back to us after the summer?"

// TryModel asks the model of the workspace about the sample, also while it is
// switched off.
func (d *Desk) TryModel(ctx context.Context, v sales.Viewer) (ModelTrial, error) {
	t := ModelTrial{Sample: ModelSample}
	if err := need(v, sales.RoleOwner, "try the model"); err != nil {
		return t, err
	}
	e, err := d.Store.ModelEndpoint(ctx, v.WorkspaceID)
	if err != nil {
		return t, err
	}
	if e.URL == "" || d.Model == nil {
		return t, sales.Errorf(sales.Invalid, "There is no endpoint to try. Enter its address and model first, and save them.")
	}
	ctx, cancel := context.WithTimeout(ctx, 45*time.Second)
	defer cancel()
	text := llm.Outgoing(ModelSample)
	a, err := d.Model.Ask(ctx, llm.Endpoint{URL: e.URL, Model: e.Model, Key: llm.Secret(e.Key)}, llm.Reading(text))
	t.Answer, t.Took, t.Out, t.In = strings.ToValidUTF8(clip(a.Text, 1000), ""), a.Took, a.Out, a.In
	if err != nil {
		return t, err
	}
	if err := d.Store.SetModelTrouble(ctx, e, "", time.Time{}); err != nil {
		return t, err
	}
	o, err := llm.Read(a.Text, text)
	if err != nil {
		t.Why = sales.Explain(err)
	}
	t.Intent, t.Quote = o.Intent, o.Quote
	d.kick(v.WorkspaceID)
	return t, nil
}

// WouldSend is exactly what would leave to ask the model about a message: the body
// of the request. Nothing is sent.
func (d *Desk) WouldSend(ctx context.Context, v sales.Viewer, message sales.ID) (sales.Message, string, error) {
	if err := need(v, sales.RoleOwner, "see what is sent"); err != nil {
		return sales.Message{}, "", err
	}
	e, err := d.Store.ModelEndpoint(ctx, v.WorkspaceID)
	if err != nil {
		return sales.Message{}, "", err
	}
	m, err := d.Store.Message(ctx, v, message)
	if err != nil {
		return m, "", err
	}
	if m.Direction != sales.Incoming {
		return m, "", sales.Errorf(sales.Invalid, "This mail is ours: it is not asked about.")
	}
	name := e.Model
	if name == "" {
		name = "the-model"
	}
	return m, string(llm.Body(name, llm.Reading(llm.Outgoing(m.Text)), false)), nil
}
