package web

import (
	"net/http"
	"net/url"
	"strings"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// getSuppressions shows who must not be touched, or what a search finds of it.
func (s *Server) getSuppressions(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.suppressions(w, r, v, SuppressionsPage{Query: strings.TrimSpace(r.URL.Query().Get("q"))}, nil)
}

// getSuppressionRows gives the next rows of the list.
func (s *Server) getSuppressionRows(w http.ResponseWriter, r *http.Request, v visit) error {
	sh := s.part(v)
	p := SuppressionsPage{Shell: sh, CanTake: v.Role.AtLeast(sales.RoleAdmin)}
	if err := s.fillSuppressions(r, v, &p); err != nil {
		return err
	}
	return Render(w, r, sh, SuppressionRows(p))
}

// part is the frame that a part of a page needs: the clock and the zone.
func (s *Server) part(v visit) Shell {
	return Shell{Now: s.Clock.Now(), Zone: zoneOf(v.User.Zone), Role: v.Role, OwnClock: s.Practice}
}

func (s *Server) suppressions(w http.ResponseWriter, r *http.Request, v visit, p SuppressionsPage, problem error) error {
	sh, err := s.shell(r, v, "Settings", "settings")
	if err != nil {
		return err
	}
	p.Shell, p.CanAdd, p.CanTake = sh, v.Role.AtLeast(sales.RoleManager), v.Role.AtLeast(sales.RoleAdmin)
	if err := s.fillSuppressions(r, v, &p); err != nil {
		return err
	}
	status := http.StatusOK
	if problem != nil {
		p.Problem, status = sales.Explain(problem), formStatus(problem)
	}
	return RenderStatus(w, r, status, sh, SuppressionsView(p))
}

func (s *Server) fillSuppressions(r *http.Request, v visit, p *SuppressionsPage) error {
	var list []sales.Suppression
	var after string
	var err error
	if p.Query != "" {
		list, err = s.Store.FindSuppressions(r.Context(), v.WorkspaceID, strings.TrimPrefix(strings.ToLower(p.Query), "@"))
	} else {
		list, after, err = s.Store.Suppressions(r.Context(), v.WorkspaceID, store.Page{After: r.URL.Query().Get("after")})
	}
	if err != nil {
		return err
	}
	for _, x := range list {
		p.Rows = append(p.Rows, SuppressionRow{ID: x.ID, Kind: x.Kind, Value: pick(x.Value != "", x.Value, "(erased)"), Reason: reasonWords(x.Reason), Source: pick(strings.EqualFold(x.Source, reasonWords(x.Reason)), "", x.Source), At: x.At})
	}
	if after != "" {
		p.NextHref = "/settings/suppressions/rows?after=" + url.QueryEscape(after)
	}
	return nil
}

// postSuppression puts an address or a domain on the list.
func (s *Server) postSuppression(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f := values(r, "value", "why")
	err := s.Desk.Suppress(r.Context(), v.Viewer, f["value"], f["why"])
	if inForm(err) {
		return s.suppressions(w, r, v, SuppressionsPage{Value: f["value"], Why: f["why"]}, err)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/suppressions", Toast{Text: f["value"] + " is on the list. Nothing goes there any more."})
}

// postUnsuppress takes something off the list.
func (s *Server) postUnsuppress(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := s.Desk.Unsuppress(r.Context(), v.Viewer, id); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/suppressions", Toast{Text: "Off the list. No sequence goes on by itself."})
}

// reasonWords says why an enrollment ended or an address is on the list.
func reasonWords(r sales.Reason) string {
	switch r {
	case sales.EndReplied:
		return "Replied"
	case sales.EndNoReply:
		return "Never answered"
	case sales.EndMeeting:
		return "A meeting is agreed"
	case sales.EndNotInterested:
		return "Not interested"
	case sales.EndUnsubscribe:
		return "Asked for no more mail"
	case sales.EndComplaint:
		return "Complained"
	case sales.EndSuppressed:
		return "Put on the list"
	case sales.EndSendFailed:
		return "The mail was refused"
	case sales.EndBounced:
		return "The address does not exist"
	case sales.EndByHand:
		return "Ended by hand"
	case sales.EndSequence:
		return "The sequence was archived"
	case sales.EndCompleted:
		return "Completed by a person"
	case sales.EndAway:
		return "Away for too long"
	}
	return pausedWords(r)
}

// pausedWords says why an enrollment is paused.
func pausedWords(r sales.Reason) string {
	switch r {
	case sales.PausedManual:
		return "Paused by hand"
	case sales.PausedOutOfOffice:
		return "Out of office"
	case sales.PausedBounce:
		return "The mail came back"
	case sales.PausedMeeting:
		return "A meeting comes first"
	case sales.PausedOwnerAway:
		return "The seller is away"
	case sales.PausedColleague:
		return "A colleague answered"
	case sales.PausedNotNow:
		return "Not now"
	case sales.PausedBlocked:
		return "A mail cannot be made as it is"
	case sales.PausedUnknown:
		return "It is not known whether a mail went"
	case sales.PausedAsked:
		return "A mail may be their answer"
	}
	return strings.ReplaceAll(string(r), "_", " ")
}
