package web

import (
	"context"
	"net/http"
	"net/url"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// getLessons shows what was learnt from corrections.
func (s *Server) getLessons(w http.ResponseWriter, r *http.Request, v visit) error {
	sh, err := s.shell(r, v, "What was learnt", "settings")
	if err != nil {
		return err
	}
	p := LessonsPage{Shell: sh}
	if err := s.fillLessons(r, v, &p); err != nil {
		return err
	}
	return Render(w, r, sh, LessonsView(p))
}

// getLessonRows gives the next rows of the list.
func (s *Server) getLessonRows(w http.ResponseWriter, r *http.Request, v visit) error {
	p := LessonsPage{Shell: s.part(v)}
	if err := s.fillLessons(r, v, &p); err != nil {
		return err
	}
	return Render(w, r, p.Shell, LessonRows(p))
}

func (s *Server) fillLessons(r *http.Request, v visit, p *LessonsPage) error {
	list, after, err := s.Store.Lessons(r.Context(), v.Viewer, store.Page{After: r.URL.Query().Get("after")})
	if err != nil {
		return err
	}
	users, err := s.Store.Users(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	name := func(id sales.ID) string {
		for _, u := range users {
			if u.ID == id {
				return pick(id == v.UserID, "you", u.Name)
			}
		}
		return "somebody who has left"
	}
	manager := v.Role.AtLeast(sales.RoleManager)
	for _, l := range list {
		row := LessonRow{
			ID: l.MessageID, Text: oneLine(l.Text, 160), Person: l.Person.Name(), Was: readingLabel(l.Was), Read: readingLabel(l.Read),
			By: name(l.UserID), At: l.At, Decided: l.Decided, CanChange: manager || l.UserID == v.UserID,
		}
		if l.Was.Intent == sales.Unclear {
			row.Was = "Unclear"
		}
		if row.Text == "" {
			row.Text = "A mail without words"
		}
		if !l.BackAt.IsZero() {
			row.Back, row.BackAt = name(l.BackBy), l.BackAt
			row.CanChange = manager || l.UserID == v.UserID && l.BackBy == v.UserID
		}
		p.Rows = append(p.Rows, row)
	}
	if after != "" {
		p.NextHref = "/settings/lessons/rows?after=" + url.QueryEscape(after)
	}
	return nil
}

// postLessonBack takes a lesson back.
func (s *Server) postLessonBack(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.changeLesson(w, r, v, s.Desk.TakeBackLesson)
}

// postLessonAgain brings a lesson back that was taken back.
func (s *Server) postLessonAgain(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.changeLesson(w, r, v, s.Desk.BringBackLesson)
}

func (s *Server) changeLesson(w http.ResponseWriter, r *http.Request, v visit, change func(context.Context, sales.Viewer, sales.ID) (desk.Undo, error)) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	u, err := change(r.Context(), v.Viewer, id)
	return s.over(w, r, "/settings/lessons", u, err)
}

// lessonOf says what a verdict has to do with lessons, with a link for those who
// may see the mail that taught.
func (c *scene) lessonOf(ctx context.Context, verdict sales.Verdict) (lessonView, error) {
	switch {
	case verdict.Lesson != 0:
		x := lessonView{Label: "the mail that taught it", Href: path("/messages", verdict.Lesson)}
		_, err := c.Store.Message(ctx, c.Viewer, verdict.Lesson)
		if sales.CodeOf(err) == sales.NotFound {
			return lessonView{}, nil
		}
		return x, err
	case verdict.Was.Kind != "" && !verdict.Was.Is(verdict.Reading()) && verdict.Reading().Teaches():
		return lessonView{Label: "what was learnt", Href: "/settings/lessons"}, nil
	}
	return lessonView{}, nil
}
