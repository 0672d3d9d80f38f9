package gallery

import (
	"time"

	"ninetyten/internal/web"
)

func lessonSamples() []Sample {
	s := shell("What was learnt", "settings")
	full := web.LessonsPage{Shell: s, NextHref: "/settings/lessons/rows?after=x", Rows: []web.LessonRow{
		{ID: 501, Text: "The steering group meets on alternate Thursdays.", Person: "Rui Sá", Was: "Unclear", Read: "Not now", By: "you", At: ago(time.Hour), Decided: 4, CanChange: true},
		{ID: 502, Text: "Please route anything of this kind to einkauf@kranich.example, we forward it to whoever sits in the committee this quarter, and they may or may not come back to you.", Person: "Lena Hoffmann", Was: "Interested", Read: "Wrong person", By: "Tomás Lima", At: ago(days(3)), Decided: 1, CanChange: true, Back: "Ida Berg", BackAt: ago(days(1))},
		{ID: 503, Text: "Im Moment nicht.", Person: "Jonas Lindqvist", Was: "Not interested", Read: "Not now", By: "somebody who has left", At: ago(days(40)), Decided: 1250},
	}}
	none := web.LessonsPage{Shell: s}
	return []Sample{{Name: "lessons", Shell: s, View: web.LessonsView(full)}, {Name: "lessons-empty", Shell: s, View: web.LessonsView(none)}}
}
