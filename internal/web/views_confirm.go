package web

import (
	"context"
	"strconv"

	"ninetyten/internal/sales"
)

// confirmOf offers whose a message may be: those whom the user may see, one key
// each. nil when the message is gone.
func (c *scene) confirmOf(ctx context.Context, t sales.Task, m *sales.Message, back string) (*ConfirmView, error) {
	if m == nil {
		return nil, nil
	}
	v := &ConfirmView{From: m.From, Waiting: "Until you say so nothing goes out by itself."}
	if m.FromName != "" {
		v.From = m.FromName + " <" + m.From + ">"
	}
	answer := func(label, value, key string) Action {
		return Action{Label: label, Key: key, Post: path("/tasks", t.ID, "confirm"), Fields: []Hidden{{"answer", value}, {"back", back}}}
	}
	list, err := c.Store.Candidates(ctx, c.WorkspaceID, m.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		p, err := c.Store.Person(ctx, c.Viewer, x.PersonID)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		label := "It is " + p.Name()
		if x.Colleague {
			label = "A colleague of " + p.Name()
		}
		a := answer(label, strconv.Itoa(x.N), strconv.Itoa(len(v.Choices)+1))
		a.Name = label + ", " + p.Email
		if a.Main = len(v.Choices) == 0; a.Main {
			a.Key, a.Icon = "Enter", "check"
		}
		v.Choices = append(v.Choices, ConfirmChoice{Action: a, Why: p.Email + ": " + lowerFirst(x.Reason)})
	}
	v.None = answer(pick(len(v.Choices) > 1, "None of them", "No"), "none", "r")
	return v, nil
}
