package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/shorthand"
)

// NotedLine is a marked line of a note as the preview shows it.
type NotedLine struct {
	Name, Text string
	Due        time.Time
	NoDue      bool // a promise of ours without a day
}

// pointChoices are what can be written down; the values are KIND/SIDE.
func pointChoices(firstName string) []Option {
	return []Option{
		{Value: "promise/ours", Label: "We promised"}, {Value: "promise/theirs", Label: firstName + " promised"},
		{Value: "question/theirs", Label: firstName + " asked"}, {Value: "question/ours", Label: "To ask"}, {Value: "pain/theirs", Label: "What hurts"},
	}
}

// dial asks for the number outside of the hours: with a reason it is shown.
func (s *Server) dial(w http.ResponseWriter, r *http.Request, v visit) error {
	person, _, _, err := about(r)
	if err != nil {
		return err
	}
	why := strings.TrimSpace(r.PostFormValue("override"))
	if err := s.Desk.Dial(r.Context(), v.Viewer, person, why); err != nil {
		return s.refuse(w, r, v, person, "act-call", err, func(a *PersonActs) { a.Call.Problem = sales.Explain(err) })
	}
	page, err := s.pageAt(r, v, r.PostFormValue("back"), person)
	if err != nil {
		return err
	}
	page.acts.Call.Override = why
	page.sh.Open = "act-call"
	return Render(w, r, *page.sh, page.view())
}

// readNote shows what the marks of a note become.
func (s *Server) readNote(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	text := r.PostFormValue("note")
	if r.PostFormValue("field") == "text" {
		text = r.PostFormValue("text")
	}
	n, err := s.Desk.ReadNote(r.Context(), v.Viewer, text)
	if err != nil {
		return err
	}
	var out []NotedLine
	for _, l := range n.Lines {
		x := NotedLine{Text: l.Text, Due: l.Due, NoDue: l.Mark == shorthand.Promise && l.Side == sales.OurMove && l.Due.IsZero()}
		switch l.Mark {
		case shorthand.Promise:
			x.Name = pointName(PointRow{Kind: sales.PointPromise, Side: l.Side})
		case shorthand.Question:
			x.Name = pointName(PointRow{Kind: sales.PointQuestion, Side: l.Side})
		case shorthand.Pain:
			x.Name = "Pain"
		default:
			x.Name = "Connection"
		}
		out = append(out, x)
	}
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	return Render(w, r, c.sh, NoteReadInside(out))
}

// addPoint keeps a promise, a question or a pain.
func (s *Server) addPoint(w http.ResponseWriter, r *http.Request, v visit) error {
	person, _, back, err := about(r)
	if err != nil {
		return err
	}
	pt := sales.Point{Kind: sales.PointKind(r.PostFormValue("kind")), Side: sales.MoveSide(r.PostFormValue("side")), Text: r.PostFormValue("text")}
	if what := r.PostFormValue("what"); what != "" {
		kind, side, _ := strings.Cut(what, "/")
		pt.Kind, pt.Side = sales.PointKind(kind), sales.MoveSide(side)
	}
	if asked := r.PostFormValue("asked"); asked != "" {
		var message, n int64
		if _, err := fmt.Sscanf(asked, "asked/%d/%d", &message, &n); err != nil || n < 0 || n > 50 {
			return sales.Errorf(sales.Invalid, "That is no question of a mail. Reload the page.")
		}
		pt.Source, pt.SourceID, pt.Key = sales.FromMessage, sales.ID(message), fmt.Sprintf("asked/%d/%d", message, n)
	}
	pt, err = s.Desk.AddPoint(r.Context(), v.Viewer, person, pt)
	return s.over(w, r, back, desk.Undo{Say: pointName(PointRow{Kind: pt.Kind, Side: pt.Side}) + ": written down."}, err)
}

// endPoint says what became of one.
func (s *Server) endPoint(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	by, err := optionalID(strings.TrimPrefix(r.PostFormValue("by_id"), "0"))
	if err != nil {
		return err
	}
	u, err := s.Desk.EndPoint(r.Context(), v.Viewer, id, sales.PointState(r.PostFormValue("state")), sales.SourceKind(r.PostFormValue("by")), by)
	return s.backToPerson(w, r, u, err)
}

// backToPerson ends a command about something of a person.
func (s *Server) backToPerson(w http.ResponseWriter, r *http.Request, u desk.Undo, err error) error {
	back := httpx.LocalPath(r.PostFormValue("back"), "/next")
	if person, perr := formID(r, "person"); perr == nil && person != 0 {
		return s.over(w, r, back, u, err, person)
	}
	return s.over(w, r, back, u, err)
}

// addConnection ties a pain to a value.
func (s *Server) addConnection(w http.ResponseWriter, r *http.Request, v visit) error {
	person, _, back, err := about(r)
	if err != nil {
		return err
	}
	c := sales.Connection{PersonID: person, Sentence: r.PostFormValue("sentence")}
	if c.PainID, err = formID(r, "pain"); err != nil {
		return err
	}
	if c.CardID, err = formID(r, "card"); err != nil {
		return err
	}
	_, err = s.Desk.Connect(r.Context(), v.Viewer, c)
	return s.over(w, r, back, desk.Undo{Say: "The connection is kept. It can be put into mails, and shows on the call."}, err)
}

// dropConnection takes one out of use.
func (s *Server) dropConnection(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	u, err := s.Desk.DropConnection(r.Context(), v.Viewer, id)
	return s.backToPerson(w, r, u, err)
}

// checkMail looks at a mail that is being written: value that is stated without a
// connection is said while it can be mended.
func (s *Server) checkMail(w http.ResponseWriter, r *http.Request, v visit) error {
	person, _, _, err := about(r)
	if err != nil {
		return err
	}
	p, err := s.Store.Person(r.Context(), v.Viewer, person)
	if err != nil {
		return err
	}
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	found, err := s.mailFindings(r, v, p, r.PostFormValue("body"))
	if err != nil {
		return err
	}
	return Render(w, r, c.sh, Findings(found))
}

func (s *Server) mailFindings(r *http.Request, v visit, p sales.Person, body string) ([]Finding, error) {
	if gap, err := s.Desk.Gap(r.Context(), v.Viewer, p, body); err != nil || gap != "" {
		return []Finding{{Tone: "bad", Text: gap}}, err
	}
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	words, _ := ownWords(body)
	value := render.ReadValue(words, []string{ws.Name})
	if !value.Alone() {
		return nil, nil
	}
	list, err := s.Store.ConnectionsOf(r.Context(), v.WorkspaceID, p.ID)
	if err != nil {
		return nil, err
	}
	flat := strings.Join(strings.Fields(words), " ")
	for _, x := range list {
		if sentence := strings.Join(strings.Fields(x.Sentence), " "); strings.Contains(flat, cut(sentence, 60)) {
			return nil, nil
		}
	}
	text := "“" + cut(value.Claim, 160) + "” says what we do, and the mail says nothing of what it is to " + firstNameOf(p) + ". "
	return []Finding{{Tone: "late", Text: text + pick(len(list) > 0, "Put in one of your connections.", "Name what hurts them, in their words, and tie the two together.")}}, nil
}
