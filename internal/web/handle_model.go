package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// unclearShown is how many unclear replies can be chosen to see what would leave,
// of how long.
const (
	unclearShown = 20
	unclearFor   = 30 * 24 * time.Hour
)

// getModel shows the language model and what leaves for it.
func (s *Server) getModel(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.model(w, r, v, ModelPage{}, nil)
}

// model shows the page, with the error of one of its forms. Values typed are in p.
func (s *Server) model(w http.ResponseWriter, r *http.Request, v visit, p ModelPage, problem error) error {
	sh, err := s.shell(r, v, "Language model", "settings")
	if err != nil {
		return err
	}
	e, err := s.Store.ModelEndpoint(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	p.Shell, p.HasKey = sh, e.Key != ""
	if p.Values == nil {
		p.Values, p.On, p.Unclear, p.Briefs = map[string]string{"url": e.URL, "model": e.Model}, e.On(), e.Unclear || e.URL == "", e.Briefs
	}
	switch {
	case e.URL == "":
		p.State = Tag{Text: "None set"}
	case !e.On():
		p.State = Tag{Text: "Switched off", Icon: "pause"}
	case e.Problem != "":
		p.State = Tag{Text: "Does not answer", Tone: "late", Icon: "triangle-alert"}
	default:
		p.State = Tag{Text: "On", Tone: "lean", Icon: "check"}
	}
	p.Trouble = e.Problem
	if e.On() && e.Problem != "" {
		p.Again = e.WaitUntil
	}
	if err := s.wouldSend(r, v, &p); err != nil {
		return err
	}
	if err := s.fillAsks(r, v, &p); err != nil {
		return err
	}
	status := http.StatusOK
	if problem != nil {
		status, p.Problem = formStatus(problem), sales.Explain(problem)
	}
	return RenderStatus(w, r, status, sh, ModelView(p))
}

// wouldSend shows what would leave for the reply that was chosen, else for the
// newest unclear one.
func (s *Server) wouldSend(r *http.Request, v visit, p *ModelPage) error {
	ctx := r.Context()
	list, err := s.Store.RecentUnclear(ctx, v.Viewer, s.Clock.Now().Add(-unclearFor), unclearShown)
	if err != nil {
		return err
	}
	people, err := s.peopleOf(ctx, v, list)
	if err != nil {
		return err
	}
	for _, m := range list {
		who := people[m.PersonID]
		p.Choices = append(p.Choices, Option{Value: m.ID.String(), Label: who.Name() + ", " + dayIn(p.Now, m.ArrivedAt, p.Zone) + ": " + oneLine(m.Text, 60)})
	}
	id, err := optionalID(r.URL.Query().Get("message"))
	if err != nil {
		return err
	}
	if id == 0 && len(list) > 0 {
		id = list[0].ID
	}
	if id == 0 {
		return nil
	}
	m, body, err := s.Desk.WouldSend(ctx, v.Viewer, id)
	if err != nil {
		return err
	}
	p.Chosen, p.Text, p.WouldSend = id.String(), m.Text, body
	return nil
}

func (s *Server) peopleOf(ctx context.Context, v visit, list []sales.Message) (map[sales.ID]sales.Person, error) {
	var ids []sales.ID
	for _, m := range list {
		ids = append(ids, m.PersonID)
	}
	return s.Store.PeopleByID(ctx, v.WorkspaceID, ids)
}

// getModelRows gives more of the log.
func (s *Server) getModelRows(w http.ResponseWriter, r *http.Request, v visit) error {
	p := ModelPage{Shell: s.part(v)}
	if err := s.fillAsks(r, v, &p); err != nil {
		return err
	}
	return Render(w, r, p.Shell, AskRows(p))
}

// fillAsks reads a page of the log.
func (s *Server) fillAsks(r *http.Request, v visit, p *ModelPage) error {
	ctx := r.Context()
	asks, after, err := s.Store.AskLog(ctx, v.WorkspaceID, store.Page{After: r.URL.Query().Get("after"), Limit: 30})
	if err != nil {
		return err
	}
	var people, messages []sales.ID
	for _, a := range asks {
		people, messages = append(people, a.PersonID), append(messages, a.MessageID)
	}
	who, err := s.Store.PeopleByID(ctx, v.WorkspaceID, people)
	if err != nil {
		return err
	}
	what, err := s.Store.MessagesByID(ctx, v.WorkspaceID, messages)
	if err != nil {
		return err
	}
	for _, a := range asks {
		row := AskRow{
			MessageID: a.MessageID, Who: who[a.PersonID].Name(), At: a.At, Where: a.Model + " at " + a.Host, State: askTag(a), Says: askSays(a, what[a.MessageID].Verdict), Sent: a.Sent, Answer: a.Answer,
			Size: fmt.Sprintf("%s out, %s back, %s", bytesText(int64(a.Out)), bytesText(int64(a.In)), tookText(a.Took)),
		}
		if a.About == sales.AboutBrief {
			row.PersonID, row.Says = a.PersonID, "A brief of a dossier. "+a.Why
			if a.State == sales.AskApplied {
				row.State = Tag{Text: "Brief", Tone: "lean"}
			}
		}
		if a.Requests == 0 {
			row.Size = "nothing left"
		}
		p.Log = append(p.Log, row)
	}
	if after != "" {
		p.NextHref = "/settings/model/rows?after=" + url.QueryEscape(after)
	}
	return nil
}

func tookText(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// postModel saves the endpoint and switches it on or off.
func (s *Server) postModel(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f := values(r, "url", "model", "key", "state", "unclear", "briefs")
	on := f["state"] == "on"
	err := s.Desk.SaveModel(r.Context(), v.Viewer, sales.ModelEndpoint{URL: f["url"], Model: f["model"], Key: f["key"], Unclear: f["unclear"] != "", Briefs: f["briefs"] != ""}, on)
	if inForm(err) {
		return s.model(w, r, v, ModelPage{Values: f, On: on, Unclear: f["unclear"] != "", Briefs: f["briefs"] != ""}, err)
	}
	if err != nil {
		return err
	}
	say := "Saved. Nothing is sent to a model."
	switch {
	case on && f["unclear"] != "":
		say = "Saved. Unclear replies that come from now on are asked about."
	case on:
		say = "Saved. It is asked about nothing by itself."
	}
	return s.toastTo(w, r, "/settings/model", Toast{Text: say})
}

// postForgetModel removes the endpoint and its key.
func (s *Server) postForgetModel(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := s.Desk.ForgetModel(r.Context(), v.Viewer); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/model", Toast{Text: "The endpoint and its key are gone. Nothing is sent to a model."})
}

// postTestModel asks the model about the sample.
func (s *Server) postTestModel(w http.ResponseWriter, r *http.Request, v visit) error {
	t, err := s.Desk.TryModel(r.Context(), v.Viewer)
	if sales.CodeOf(err) == sales.Internal {
		return err
	}
	return s.model(w, r, v, ModelPage{Trial: trialView(t, err)}, nil)
}

func trialView(t desk.ModelTrial, err error) *ModelTrialView {
	x := &ModelTrialView{OK: err == nil && t.Why == "", Sample: t.Sample, Answer: t.Answer}
	if t.Out > 0 {
		x.Took = fmt.Sprintf("%s, %s out, %s back", tookText(t.Took), bytesText(int64(t.Out)), bytesText(int64(t.In)))
	}
	switch {
	case err != nil:
		x.Says = sales.Explain(err)
	case t.Why != "":
		x.Says = "It answers, but the answer does not count: " + t.Why + ". Try another model."
	case t.Intent == sales.Unclear:
		x.Says = "It works, but could not tell what this reply wants; a larger model may."
	default:
		x.Says = "It works. It reads the sample as: " + lowerFirst(intentLabel(t.Intent)) + ", from “" + t.Quote + "”."
	}
	return x
}
