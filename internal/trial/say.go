package trial

import (
	"fmt"
	"math"
	"strings"

	"ninetyten/internal/sales"
)

// says writes the verdict for people.
func (v *Verdict) says(tallies []Tally) string {
	switch v.State {
	case Waiting:
		return v.waits()
	case Better:
		return v.saysBetter(tallies)
	case Same:
		out := fmt.Sprintf("No difference as large as %s between %s. A test of this size finds one in %.0f of 100 cases.", points(v.Effect), v.list(func(Rate) bool { return true }), 100*v.Power)
		return out + " Keep the text that you like, or try one that differs more."
	}
	return "There is one text alone, so there is nothing to compare. Add a variant."
}

// waits says how many people are missing, and where.
func (v *Verdict) waits() string {
	var each []string
	for _, r := range v.Rates {
		if r.NeedMore > 0 {
			each = append(each, fmt.Sprintf("%s for %s", count(r.NeedMore), r.Name))
		}
	}
	where := ""
	if len(each) > 0 && len(each) < 6 {
		where = " (" + strings.Join(each, ", ") + ")"
	}
	return fmt.Sprintf("%s more needed%s. Each text goes to %s, so that a difference of %s shows; until then it may be chance. A person counts when they had time to answer.",
		people(v.NeedMore), where, people(v.PerArm), points(v.Effect))
}

func (v *Verdict) saysBetter(tallies []Tally) string {
	beaten := map[sales.ID]bool{}
	for _, id := range v.Beaten {
		beaten[id] = true
	}
	var winner, second Rate
	for _, r := range v.Rates {
		switch {
		case r.ID == v.Winner:
			winner = r
		case beaten[r.ID] && (second.ID == 0 || r.Share > second.Share):
			second = r
		}
	}
	out := fmt.Sprintf("%s is better than %s: %s answered instead of %s, which is %s more (between %s and %s).", winner.Name,
		v.list(func(r Rate) bool { return beaten[r.ID] }), percent(winner.Share), percent(second.Share), points(v.Difference), number(v.Low), points(v.High))
	if rest := v.list(func(r Rate) bool { return !beaten[r.ID] && r.ID != v.Winner }); rest != "" {
		out += fmt.Sprintf(" Against %s no difference as large as %s was found.", rest, points(v.Effect))
	}
	return out + v.caution(tallies)
}

// caution tells when the winner is behind in what was not judged.
func (v *Verdict) caution(tallies []Tally) string {
	share := func(n int, t Tally) float64 { return float64(n) / float64(t.Sent) }
	var won Tally
	for _, t := range tallies {
		if t.ID == v.Winner {
			won = t
		}
	}
	out := ""
	for _, t := range tallies {
		if t.ID == won.ID {
			continue
		}
		if share(t.Interested, t) > share(won.Interested, won) {
			out += fmt.Sprintf(" But %s of %s are interested, and %s of %s: read the answers.", count(won.Interested), won.Name, count(t.Interested), t.Name)
		}
		if share(won.Stopped, won) > share(t.Stopped, t) {
			out += fmt.Sprintf(" But %s of %s asked to stop, and %s of %s.", count(won.Stopped), won.Name, count(t.Stopped), t.Name)
		}
		if out != "" {
			return out
		}
	}
	return ""
}

// list names variants: "A, B and C".
func (v *Verdict) list(which func(Rate) bool) string {
	var names []string
	for _, r := range v.Rates {
		if which(r) {
			names = append(names, r.Name)
		}
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// number writes a share as hundreds, with one digit behind the point where it
// is not 0.
func number(share float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", math.Round(share*1000)/10), ".0")
}

func percent(share float64) string { return number(share) + " %" }

func points(share float64) string {
	if number(share) == "1" {
		return "1 percentage point"
	}
	return number(share) + " percentage points"
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return count(n) + " people"
}

// count writes a number with commas between thousands.
func count(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
