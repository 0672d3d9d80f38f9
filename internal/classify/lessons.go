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
	Text   string
	Intent sales.Intent // what it was corrected to
	Detail sales.Detail // may be empty
	At     time.Time    // when it was corrected
	Weight float64      // 0 to 1, how much it counts; 0 is 1
}

// Lessons are what a workspace taught. The nil Lessons teach nothing. They are
// never changed, so that several readers may use them at once.
type Lessons struct{ list []lesson }

type lesson struct {
	Lesson
	features []feature // of its words, by bucket, of length one
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
	l := &Lessons{}
	for _, c := range sorted[:min(len(sorted), maxLessons)] {
		text := bounded(&mail.Parsed{Reply: c.Text}).Reply
		if !hasWords(text) || len(classesOf(string(c.Intent))) == 0 {
			continue
		}
		if c.Weight <= 0 || c.Weight > 1 {
			c.Weight = 1
		}
		l.list = append(l.list, lesson{c, unit(wordFeatures(text, wordsToWeigh(text)))})
	}
	return l
}

// Classify tells what p is, as the function Classify does, and takes into
// account what the workspace taught: a mail like one that was corrected is
// read as that was. A plain demand to stop is heard whatever was taught.
func (l *Lessons) Classify(p *mail.Parsed, at time.Time) sales.Verdict { return classify(p, at, l) }

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

// alike is the cosine of two units.
func alike(a, b []feature) float64 {
	sum := float32(0)
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].bucket == b[j].bucket:
			sum += a[i].value * b[j].value
			i++
			j++
		case a[i].bucket < b[j].bucket:
			i++
		default:
			j++
		}
	}
	return float64(sum)
}

// about gives what the lessons add to the scores of a mail with these
// features, nil when none is like it, and the reason in words. Each intent
// has the force of its most alike lesson.
func (l *Lessons) about(features []feature) (*likelihoods, string) {
	if l == nil || len(l.list) == 0 {
		return nil, ""
	}
	mine := unit(features)
	force, closest, reason := likelihoods{}, 0.0, ""
	for i := range l.list {
		o := &l.list[i]
		like := alike(mine, o.features)
		if like < likeness {
			continue
		}
		strength := o.Weight * (like - likeness) / (1 - likeness)
		for _, c := range o.classes() {
			force[c] = max(force[c], lessonForce*strength)
		}
		if strength > closest {
			closest = strength
			reason = fmt.Sprintf(`your workspace corrected a mail like this on %s (%.0f %% alike): "%s"`, o.At.Format("2 January 2006"), 100*like, clip(o.Text))
		}
	}
	if closest == 0 {
		return nil, ""
	}
	return &force, reason
}

// against tells whether a mail with this text was corrected to something else
// than a demand to stop.
func (l *Lessons) against(text string) bool {
	force, _ := l.about(wordFeatures(text, wordsToWeigh(text)))
	if force == nil {
		return false
	}
	first, _ := force.best()
	return first != sales.OptOut && force.of(first) >= lessonForce/2
}

// classes are those of a lesson: the one of its detail, or all of its intent.
func (o *lesson) classes() []int {
	if with := classesOf(string(o.Intent) + "." + string(o.Detail)); o.Detail != "" && len(with) > 0 {
		return with
	}
	return classesOf(string(o.Intent))
}
