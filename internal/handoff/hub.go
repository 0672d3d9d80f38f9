// Package handoff carries what was committed to those who wait for it: open
// pages hear within a moment that a person needs them. It keeps nothing: whoever
// reconnects reads the present state from the database. Between nodes it speaks
// over the database's own notifications.
package handoff

import (
	"context"
	"encoding/json"
	"log/slog"
	"ninetyten/internal/casework"
	"sync"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// channel is the name of the notifications.
const channel = "ninetyten_changes"

// Notice is what a page hears: something about a person changed.
type Notice struct {
	WorkspaceID sales.ID   `json:"ws"`
	PersonID    sales.ID   `json:"person,omitempty"`
	Users       []sales.ID `json:"users,omitempty"` // who got a task
	Text        string     `json:"text"`
	Urgent      bool       `json:"urgent,omitempty"`
	Task        bool       `json:"task,omitempty"` // a task was opened
}

// For tells whether the notice is a task of a user.
func (n Notice) For(user sales.ID) bool {
	for _, u := range n.Users {
		if u == user {
			return true
		}
	}
	return false
}

// Hub spreads notices. It implements casework.Notifier.
type Hub struct {
	db  *db.DB
	log *slog.Logger

	mu   sync.Mutex
	subs map[*subscriber]struct{}
}

type subscriber struct {
	ws sales.ID
	ch chan Notice
}

// NewHub makes a hub; Run connects it to the other nodes.
func NewHub(d *db.DB, log *slog.Logger) *Hub {
	return &Hub{db: d, log: log, subs: map[*subscriber]struct{}{}}
}

// Run hears the notices of all nodes, this one included, until ctx ends.
func (h *Hub) Run(ctx context.Context) error {
	return h.db.Listen(ctx, channel, func(payload string) {
		var n Notice
		if payload == "" {
			return // many at once collapsed into "look for yourself"; pages look again every so often
		}
		if err := json.Unmarshal([]byte(payload), &n); err != nil {
			h.log.Warn("a notice could not be read", "err", err)
			return
		}
		h.spread(n)
	})
}

// Changed announces a committed change to all nodes. A failure is logged: pages
// then show it at their next look.
func (h *Hub) Changed(ctx context.Context, c casework.Change) {
	n := Notice{WorkspaceID: c.WorkspaceID, PersonID: c.PersonID, Text: cut(c.Text, 500), Urgent: c.Urgent, Task: len(c.Tasks) > 0}
	for _, t := range c.Tasks {
		n.Users = append(n.Users, t.UserID)
	}
	b, err := json.Marshal(n)
	if err != nil {
		h.log.ErrorContext(ctx, "a change could not be announced", "err", err)
		return
	}
	err = h.db.InTx(context.WithoutCancel(ctx), func(tx *db.Tx) error {
		tx.Notify(channel, string(b))
		return nil
	})
	if err != nil {
		h.log.WarnContext(ctx, "a change could not be announced", "err", err)
	}
}

// cut shortens to at most n bytes; PostgreSQL carries 8,000 in a notification.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

func (h *Hub) spread(n Notice) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.subs {
		if s.ws != n.WorkspaceID {
			continue
		}
		select {
		case s.ch <- n:
		default: // a page that does not keep up looks again by itself
		}
	}
}

// Subscribe gives the notices of a workspace until ctx ends.
func (h *Hub) Subscribe(ctx context.Context, ws sales.ID) <-chan Notice {
	s := &subscriber{ws: ws, ch: make(chan Notice, 32)}
	h.mu.Lock()
	h.subs[s] = struct{}{}
	h.mu.Unlock()
	context.AfterFunc(ctx, func() {
		h.mu.Lock()
		delete(h.subs, s)
		h.mu.Unlock()
	})
	return s.ch
}
