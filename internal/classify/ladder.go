package classify

import (
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// Rung is one step of the ladder that Classify climbs, as Explain shows it.
type Rung struct {
	Name  string   // "delivery report", "demand to stop" ...
	Fired bool     // it gave the verdict: no later rung was asked
	Found []string // the signs that it saw, also when they were not enough
}

// Explain is Classify that shows its way: the rungs in order, up to the one
// that fired.
func Explain(p *mail.Parsed, at time.Time) (sales.Verdict, []Rung) {
	var way []Rung
	v := climb(p, at, nil, func(r Rung) { way = append(way, r) })
	return v, way
}

// climber is a mail on its way up the ladder.
type climber struct {
	p       *mail.Parsed
	at      time.Time // in the zone of the sender
	lessons *Lessons

	// Set before the first rung that looks at words.
	worded bool
	m      machine
	text   string
	hits   []hit
	toks   []token
	mem    *memory
}

// words reads the text once.
func (r *climber) words() {
	if !r.worded {
		r.worded = true
		r.m, r.text = machineSigns(r.p), theirWords(r.p)
		r.mem = newMemory()
		r.mem.read(r.text)
		r.hits, r.toks = phrasesIn(r.text, r.mem)
	}
}

// rung asks one question of a mail. signs tells what it saw without an answer.
type rung struct {
	name  string
	read  func(*climber) (sales.Verdict, bool)
	signs func(*climber) []string
}

// ladder gives the rungs in the order of harm: what must never be taken for
// anything else comes first.
func ladder() [8]rung {
	return [...]rung{
		{"complaint", func(r *climber) (sales.Verdict, bool) { return complaint(r.p) }, nil},
		{"delivery report", func(r *climber) (sales.Verdict, bool) { return delivery(r.p) }, reportSigns},
		{"read receipt", func(r *climber) (sales.Verdict, bool) { return receipt(r.p) }, nil},
		{"calendar answer", func(r *climber) (sales.Verdict, bool) { return calendarAnswer(r.p, r.at) }, nil},
		{"demand to stop", (*climber).stop, stopSigns},
		{"automatic reply", (*climber).machine, machineFound},
		{"bulk mail", func(r *climber) (sales.Verdict, bool) { r.words(); return bulk(r.p, r.m) }, nil},
		{"person", func(r *climber) (sales.Verdict, bool) {
			r.words()
			return reply(r.p, r.hits, r.toks, r.text, r.at, r.lessons, r.mem), true
		}, nil},
	}
}

// climb asks one rung after the other until one answers; see, which may be
// nil, is shown each.
func climb(p *mail.Parsed, at time.Time, lessons *Lessons, see func(Rung)) sales.Verdict {
	r := &climber{p: bounded(p), at: at.In(zoneOf(p)), lessons: lessons}
	for _, g := range ladder() {
		v, fired := g.read(r)
		if see != nil {
			shown := Rung{Name: g.name, Fired: fired, Found: v.Reasons}
			if !fired {
				if shown.Found = nil; g.signs != nil {
					shown.Found = g.signs(r)
				}
			}
			see(shown)
		}
		if fired {
			return v
		}
	}
	return sales.Verdict{Kind: sales.KindOther}
}

func (r *climber) stop() (sales.Verdict, bool) {
	r.words()
	v, ok := optOut(r.p, r.m, r.hits, r.text, r.mem)
	if ok && r.withoutLinkLines() {
		v, ok = optOut(r.p, r.m, r.hits, r.text, r.mem)
	}
	return v, ok && (v.Confidence >= 0.9 || !r.lessons.against(r.text))
}

func (r *climber) machine() (sales.Verdict, bool) {
	r.words()
	return autoReply(r.p, r.m, r.hits, r.toks, r.at)
}

func reportSigns(r *climber) []string {
	var out []string
	if daemon := daemonSign(r.p); daemon != "" {
		out = append(out, "from "+daemon)
	}
	if title := bounceTitles().in(plain(r.p.Subject)); title != "" {
		out = append(out, `subject: "`+title+`"`)
	}
	if r.p.NullPath {
		out = append(out, "Return-Path: <>")
	}
	return out
}

func stopSigns(r *climber) []string {
	if h := strongest(r.hits, meansStop); h.weight > 0 {
		return []string{`text: "` + clip(h.text) + `"`}
	}
	return nil
}

func machineFound(r *climber) []string {
	out := append([]string(nil), r.m.signs...)
	if h := strongest(r.hits, meansAway); h.weight > 0 {
		out = append(out, `text: "`+clip(h.text)+`"`)
	}
	if suppresses(r.p) {
		out = append(out, "X-Auto-Response-Suppress: "+r.p.Header.Get("X-Auto-Response-Suppress"))
	}
	return out
}
