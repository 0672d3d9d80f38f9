package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// getCalls shows how calls are made.
func (s *Server) getCalls(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.callsPage(w, r, v, http.StatusOK, CallsPage{}, nil)
}

func (s *Server) callsPage(w http.ResponseWriter, r *http.Request, v visit, status int, p CallsPage, typed *string) error {
	sh, err := s.shell(r, v, "Calls", "settings")
	if err != nil {
		return err
	}
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	hooks, err := s.Store.PhoneHooks(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	p.Shell, p.Link = sh, ws.Settings.PhoneLink
	p.Example = desk.PhoneLink(ws.Settings, "+351 22 555 0148", 12, 34, 56)
	if typed != nil {
		p.Link = *typed
	}
	for _, o := range dispositionChoices() {
		x := sales.Disposition(o.Value)
		p.After = append(p.After, AfterRow{Value: o.Value, Label: o.Label, Outcome: string(ws.Settings.CallOutcome(x)), Fixed: x.Fixed()})
	}
	for _, h := range hooks {
		p.Hooks = append(p.Hooks, HookRow{ID: h.ID, Name: h.Name, Signed: h.Signed, Made: h.CreatedAt, Used: h.UsedAt, Revoked: !h.RevokedAt.IsZero()})
	}
	p.URL = strings.TrimRight(pick(ws.Settings.PublicURL != "", ws.Settings.PublicURL, s.PublicURL), "/") + "/hooks/phone"
	return RenderStatus(w, r, status, sh, CallsView(p))
}

// postCalls saves the link and what follows from a disposition.
func (s *Server) postCalls(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	after := map[sales.Disposition]sales.StepOutcome{}
	for _, x := range sales.Dispositions() {
		if o := r.PostForm.Get("after:" + string(x)); o != "" {
			after[x] = sales.StepOutcome(o)
		}
	}
	link := strings.TrimSpace(r.PostForm.Get("link"))
	err := s.Desk.SavePhone(r.Context(), v.Viewer, link, after)
	if inForm(err) {
		return s.callsPage(w, r, v, formStatus(err), CallsPage{Problem: sales.Explain(err)}, &link)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/calls", Toast{Text: "Saved. It holds from the next call."})
}

// postPhone connects a phone system and shows its token, once.
func (s *Server) postPhone(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	h, err := s.Desk.AddPhoneHook(r.Context(), v.Viewer, r.PostForm.Get("name"), r.PostForm.Get("signed") == "yes")
	if inForm(err) {
		return s.callsPage(w, r, v, formStatus(err), CallsPage{Problem: sales.Explain(err)}, nil)
	}
	if err != nil {
		return err
	}
	return s.callsPage(w, r, v, http.StatusOK, CallsPage{New: h.Token, Secret: h.Secret, HookName: h.Name}, nil)
}

// postRevokePhone ends a token.
func (s *Server) postRevokePhone(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	return s.over(w, r, "/settings/calls", desk.Undo{Say: "The token is revoked."}, s.Desk.RevokePhoneHook(r.Context(), v.Viewer, id))
}

// maxReport bounds a report of a phone system, in bytes.
const maxReport = 64 << 10

// phoneHook takes the report of a call: POST /hooks/phone with a bearer token and
// JSON. It answers 201 for a call that was logged, 200 for one that was known or
// merged, and what is wrong in words.
func (s *Server) phoneHook(w http.ResponseWriter, r *http.Request) error {
	res, status, err := s.phoneReport(r)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err == nil {
		w.WriteHeader(status)
		return json.NewEncoder(w).Encode(res)
	}
	code := sales.CodeOf(err)
	if code == sales.Internal {
		s.Log.ErrorContext(r.Context(), "a report of a phone system failed", "err", err)
	}
	if code == sales.Unauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="phone systems"`)
	}
	w.WriteHeader(httpx.StatusOf(code))
	return json.NewEncoder(w).Encode(map[string]string{"error": sales.Explain(err), "code": string(code)})
}

func (s *Server) phoneReport(r *http.Request) (desk.PhoneResult, int, error) {
	var res desk.PhoneResult
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return res, 0, sales.Errorf(sales.Unauthorized, "Send the token of Settings, Calls: Authorization: Bearer TOKEN.")
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxReport+1))
	if err != nil {
		return res, 0, badForm(err)
	}
	if len(body) > maxReport {
		return res, 0, sales.Errorf(sales.Limited, "A report has at most 64 KiB.")
	}
	h, err := s.Desk.PhoneHookOf(r.Context(), strings.TrimSpace(token), r.Header.Get("X-Signature"), body)
	if err != nil {
		return res, 0, err
	}
	var rep desk.PhoneReport
	if err := json.Unmarshal(body, &rep); err != nil {
		var known *sales.Error
		if errors.As(err, &known) {
			return res, 0, known
		}
		return res, 0, sales.Errorf(sales.Invalid, "The body is no report in JSON: %s.", err.Error())
	}
	res, err = s.Desk.LogFromPhone(r.Context(), h, rep)
	if res.Status == "logged" {
		return res, http.StatusCreated, err
	}
	return res, http.StatusOK, err
}

// phoneExample is a report as Settings shows it.
func phoneExample() string {
	return `POST /hooks/phone
Authorization: Bearer TOKEN
Content-Type: application/json

{
  "call_id": "a7f3",
  "person_id": "12",
  "user": "ana@company.example",
  "direction": "out",
  "to": "+351225550148",
  "started_at": "2026-11-24T10:30:00Z",
  "seconds": 312,
  "outcome": "answered"
}`
}
