package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"ninetyten/internal/handoff"
	"ninetyten/internal/httpx"
)

const (
	beatEvery = 15 * time.Second
	// gather is how long notices are collected before the page hears of them: a
	// person cannot follow more, and a list reloads once for many.
	gather = 300 * time.Millisecond
)

// news is what a page is told at once.
type news struct {
	own  []handoff.Notice // tasks for this user
	many int              // changes of any kind
}

func (n *news) add(x handoff.Notice, v visit) {
	n.many++
	if x.Task && x.For(v.UserID) {
		n.own = append(n.own, x)
	}
}

// live is the stream of what happens while a page is open: unnamed messages
// with the counts beside the places, "arrival" for tasks of this user, and
// "stirred" when lists may have changed.
func (s *Server) live(w http.ResponseWriter, r *http.Request, v visit) error {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	heard := s.Hub.Subscribe(ctx, v.WorkspaceID)
	stream, err := httpx.NewStream(w)
	if err != nil {
		return err
	}
	if err := s.sendCounts(ctx, stream, v); err != nil {
		return nil //nolint:nilerr // the page is gone; there is nobody to tell
	}
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	var n news
	var due <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil
		case x := <-heard:
			n.add(x, v)
			if due == nil {
				due = time.After(gather)
			}
			continue
		case <-due:
			due = nil
			err = s.tell(ctx, stream, v, n)
			n = news{}
		case <-beat.C:
			// Whoever was logged out elsewhere hears nothing more. A count that was
			// missed is put right.
			if _, err := s.visitor(r); err != nil {
				return nil //nolint:nilerr // the stream ends; the next page asks to log in
			}
			if err = stream.Beat(); err == nil {
				err = s.sendCounts(ctx, stream, v)
			}
		}
		if err != nil {
			return nil //nolint:nilerr // the page is gone
		}
	}
}

// tell sends what was gathered.
func (s *Server) tell(ctx context.Context, stream *httpx.Stream, v visit, n news) error {
	if err := s.sendCounts(ctx, stream, v); err != nil {
		return err
	}
	if len(n.own) == 0 {
		return stream.Send("stirred", "", "{}")
	}
	last := n.own[len(n.own)-1]
	for _, x := range n.own {
		if x.Urgent {
			last = x
		}
	}
	text := last.Text
	if more := len(n.own) - 1; more > 0 {
		text += fmt.Sprintf(", and %s", many(more, "more", "more"))
	}
	b, err := json.Marshal(map[string]string{"text": text, "href": "/next?person=" + last.PersonID.String()})
	if err != nil {
		return err
	}
	return stream.Send("arrival", "", string(b))
}

// sendCounts sends the numbers beside Next and Inbox.
func (s *Server) sendCounts(ctx context.Context, stream *httpx.Stream, v visit) error {
	n, err := s.Store.Nav(ctx, v.Viewer, s.Clock.Now())
	if err != nil {
		s.Log.WarnContext(ctx, "counts for a page could not be read", "err", err)
		return nil
	}
	part := func(id string, n int) string {
		text := ""
		if n > 0 {
			text = number(n)
		}
		return `<hx-partial hx-target="#` + id + `" hx-swap="innerHTML">` + text + `</hx-partial>`
	}
	return stream.Send("", "", part("count-next", n.Next)+part("count-inbox", n.Inbox))
}
