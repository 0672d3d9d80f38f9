package classify

import (
	"fmt"
	"math"
	"slices"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// Lesson is a mail or a phrase of one that people of a workspace corrected.
type Lesson struct {
	ID     sales.ID // the message that was corrected; what it decides carries it
	Text   string
	Intent sales.Intent // what it was corrected to
	Detail sales.Detail // may be empty
	At     time.Time    // when it was corrected
	Weight float64      // 0 to 1, how much it counts; 0 is 1
}

// Taught gives the lesson of a message that people read as r. False means that
// no words tell such mails.
func Taught(t sales.TaughtText) (Lesson, bool) {
	l := Lesson{ID: t.MessageID, Text: t.Text, Intent: t.Read.Intent, At: t.At}
	switch t.Read.Kind {
	case sales.KindUnsubscribe:
		l.Intent = sales.OptOut
	case sales.KindAutoReply:
		l.Intent = intentAway
	}
	return l, t.Read.Teaches()
}

// Lessons are what a workspace taught. The nil Lessons teach nothing. They are
// never changed, so that several readers may use them at once. They keep no
// text: only which features of words each has.
type Lessons struct {
	list []lesson
	with map[uint32][]share // by bucket, the lessons that have it
}

type lesson struct {
	id      sales.ID
	at      time.Time
	weight  float64
	classes []int
}

// share is how much a feature makes up of a lesson, whose features together
// have length one.
type share struct {
	lesson int32
	value  float32
}

const (
	maxLessons  = 2000 // the newest count
	likeness    = 0.55 // the least likeness at which a lesson speaks
	lessonForce = 9.0  // on the scores, for the same text; enough to turn any verdict
)

// Teach makes lessons of corrections. Of more than 2000 the newest count;
// those without words or with an unknown intent are left out.
func Teach(corrections []Lesson) *Lessons {
	sorted := slices.Clone(corrections)
	slices.SortStableFunc(sorted, func(a, b Lesson) int { return b.At.Compare(a.At) })
	l := &Lessons{with: map[uint32][]share{}}
	for _, c := range sorted[:min(len(sorted), maxLessons)] {
		text := bounded(&mail.Parsed{Reply: c.Text}).Reply
		classes := c.classes()
		if !hasWords(text) || len(classes) == 0 {
			continue
		}
		if c.Weight <= 0 || c.Weight > 1 {
			c.Weight = 1
		}
		for _, f := range unit(wordFeatures(text, wordsToWeigh(text, nil))) {
			l.with[f.bucket] = append(l.with[f.bucket], share{int32(len(l.list)), f.value})
		}
		l.list = append(l.list, lesson{c.ID, c.At, c.Weight, classes})
	}
	return l
}

// Classify tells what p is, as the function Classify does, and takes into
// account what the workspace taught: a mail like one that was corrected is
// read as that was, and its verdict names the lesson if it would be read as
// something else without. A plain demand to stop is heard whatever was taught.
func (l *Lessons) Classify(p *mail.Parsed, at time.Time) sales.Verdict {
	v := classify(p, at, l)
	if v.Lesson != 0 && classify(p, at, nil).Reading().Is(v.Reading()) {
		v.Lesson = 0
	}
	return v
}

// unit sums the features of each bucket and makes their length one, in the
// order of their buckets.
func unit(features []feature) []feature {
	sorted := slices.Clone(features)
	slices.SortFunc(sorted, func(a, b feature) int { return int(a.bucket) - int(b.bucket) })
	out := sorted[:0]
	for _, f := range sorted {
		if n := len(out); n > 0 && out[n-1].bucket == f.bucket {
			out[n-1].value += f.value
		} else {
			out = append(out, f)
		}
	}
	length := 0.0
	for _, f := range out {
		length += float64(f.value) * float64(f.value)
	}
	for i := range out {
		out[i].value /= float32(math.Sqrt(max(length, 1e-12)))
	}
	return out
}

// alike gives how like each lesson is to a mail with these features: the
// cosine, from 0 to 1.
func (l *Lessons) alike(features []feature) []float32 {
	sums := make([]float32, len(l.list))
	for _, f := range unit(features) {
		for _, s := range l.with[f.bucket] {
			sums[s.lesson] += f.value * s.value
		}
	}
	return sums
}

// advice is what lessons say about a mail.
type advice struct {
	force   likelihoods // to add to the scores: each class has that of its strongest lesson
	lessons [len(guessLabels)]*lesson
	like    [len(guessLabels)]float64 // how like those are
}

// about asks the lessons about a mail with these features; nil when none is
// like it.
func (l *Lessons) about(features []feature) *advice {
	if l == nil || len(l.list) == 0 {
		return nil
	}
	var a *advice
	for i, like32 := range l.alike(features) {
		like := float64(like32)
		if like <= likeness {
			continue
		}
		if a == nil {
			a = &advice{}
		}
		o := &l.list[i]
		force := lessonForce * o.weight * (like - likeness) / (1 - likeness)
		for _, c := range o.classes {
			if force > a.force[c] {
				a.force[c], a.lessons[c], a.like[c] = force, o, like
			}
		}
	}
	return a
}

// scores are what to add to those of the guesser; nil is nothing.
func (a *advice) scores() *likelihoods {
	if a == nil {
		return nil
	}
	return &a.force
}

// forIntent gives the strongest lesson that speaks for an intent, nil when none
// does, and the reason in words. It does not quote: whoever sees the mail need
// not see the one that taught.
func (a *advice) forIntent(intent sales.Intent) (*lesson, string) {
	if a == nil {
		return nil, ""
	}
	best := -1
	for c, o := range a.lessons {
		if o != nil && intentOfLabel(guessLabels[c]) == intent && (best < 0 || a.force[c] > a.force[best]) {
			best = c
		}
	}
	if best < 0 {
		return nil, ""
	}
	o := a.lessons[best]
	return o, fmt.Sprintf("your workspace corrected a mail like this on %s (%.0f %% alike)", o.at.Format("2 January 2006"), 100*a.like[best])
}

// against tells whether a mail with this text was corrected to something else
// than a demand to stop.
func (l *Lessons) against(text string) bool {
	if l == nil {
		return false
	}
	a := l.about(wordFeatures(text, wordsToWeigh(text, nil)))
	if a == nil {
		return false
	}
	first, _ := a.force.best()
	return first != sales.OptOut && a.force.of(first) >= lessonForce/2
}

// classes are those of a lesson: the one of its detail, or all of its intent.
func (c Lesson) classes() []int {
	if with := classesOf(string(c.Intent) + "." + string(c.Detail)); c.Detail != "" && len(with) > 0 {
		return with
	}
	return classesOf(string(c.Intent))
}
