package intake

import (
	"context"
	"sync"
	"time"

	"ninetyten/internal/classify"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// lessonsFor is how long lessons count that nobody changed: what was erased with
// a message or a person is not counted as a change, and is gone then.
const lessonsFor = 10 * time.Minute

// lessons keeps what each workspace taught, so that a batch of mails asks for one
// number instead of all texts. The zero lessons is empty. It may be used by many
// at once.
type lessons struct {
	mu   sync.Mutex
	kept map[sales.ID]keptLessons
}

type keptLessons struct {
	version int64
	at      time.Time // when they were read
	lessons *classify.Lessons
}

// of gives the lessons of a workspace as they stand, nil for none.
func (c *lessons) of(ctx context.Context, st *store.Store, ws sales.ID, now time.Time) (*classify.Lessons, error) {
	version, err := st.LessonsVersion(ctx, ws)
	if err != nil || version == 0 {
		return nil, err // nobody ever corrected anything
	}
	c.mu.Lock()
	k, ok := c.kept[ws]
	c.mu.Unlock()
	if age := now.Sub(k.at); ok && k.version == version && age >= 0 && age < lessonsFor {
		return k.lessons, nil
	}
	texts, err := st.LessonTexts(ctx, ws)
	if err != nil {
		return nil, err
	}
	var list []classify.Lesson
	for _, t := range texts {
		if l, ok := classify.Taught(t); ok {
			list = append(list, l)
		}
	}
	// The version was read before the texts: what changed in between is read again.
	k = keptLessons{version, now, classify.Teach(list)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[sales.ID]keptLessons{}
	}
	c.kept[ws] = k
	return k.lessons, nil
}
