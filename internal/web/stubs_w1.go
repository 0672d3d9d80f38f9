package web

import (
	"net/http"

	"ninetyten/internal/sales"
)

func stub(http.ResponseWriter, *http.Request, visit) error {
	return sales.Errorf(sales.Unavailable, "soon")
}
func (s *Server) next(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) nextAfter(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) nextRelease(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) inbox(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) inboxRows(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) thread(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) messageThread(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) messageHTML(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) people(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) peopleRows(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) newPerson(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) addPerson(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) previewEnrol(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) enrol(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) person(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) personStory(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) editPerson(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) savePerson(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) writeMail(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) logCall(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) bookMeeting(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) keepNote(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) snooze(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) wait(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) notNow(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) suppress(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) correct(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) undo(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) taskDone(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) taskFix(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) taskReferral(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) taskConfirm(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) taskDecide(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) approve(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) reject(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) enrollment(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) find(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
func (s *Server) live(w http.ResponseWriter, r *http.Request, v visit) error { return stub(w, r, v) }
