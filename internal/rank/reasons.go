package rank

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// maxQuote is how many characters of their words a reason repeats.
const maxQuote = 80

// reasons are what is to do, how late it is, and one of: where they are, what
// the balance says.
func (r *ranker) reasons(x Ranked, reach bool) []string {
	out := []string{r.what(x)}
	if !x.Pinned.IsZero() && !x.Held {
		out = append(out, "You pinned "+first(x.Person)+".")
	}
	if s := r.when(x); s != "" {
		out = append(out, s)
	}
	for _, s := range []string{r.whereCall(x, reach), r.promises(x), r.balance(x), r.value(x), r.habit(x), r.pathway(x), r.where(x, reach)} {
		if s != "" && len(out) < 3 {
			out = append(out, s)
		}
	}
	return out
}

// first is how a person is called in a sentence.
func first(p sales.Person) string {
	for _, s := range []string{p.FirstName, p.Name()} {
		if s = oneLine(s, 60); s != "" {
			return s
		}
	}
	return "this person"
}

// oneLine makes every run of white space one space, drops control characters
// and cuts after n characters.
func oneLine(s string, n int) string {
	if len(s) > 8*n { // enough for n characters and their white space
		s = s[:8*n]
	}
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0x7f || r == utf8.RuneError || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > n {
		return strings.TrimRight(string(runes[:n]), " ") + "…"
	}
	return s
}

// with adds words in quotation marks, or a full stop.
func with(sentence, words string) string {
	words = oneLine(words, maxQuote)
	asks := strings.HasSuffix(sentence, "?")
	switch {
	case words == "" && asks:
		return sentence
	case words == "":
		return sentence + "."
	case asks:
		return sentence + " “" + words + "”"
	}
	return sentence + ": “" + words + "”"
}

// capital begins a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// what says what is asked for.
func (r *ranker) what(x Ranked) string {
	name, t := first(x.Person), x.Task
	if t.Kind == "" {
		switch {
		case x.Held:
			return capital(x.NotBeforeWhy) + "."
		case x.leads(wDeal):
			return r.dealWaits(x)
		case x.leads(wTheirs):
			p, _ := theirNext(x.Candidate)
			return with(name+" promised you something that has not come", p.Text)
		case x.Person.Move == sales.OurMove || x.Person.Move == "":
			return fmt.Sprintf("It is our move with %s.", name)
		}
		return fmt.Sprintf("The wait for %s is over: it is our move.", name)
	}
	switch t.Kind {
	case sales.TaskAnswer:
		switch t.Intent {
		case sales.Interested:
			return with(name+" is interested", x.Said)
		case sales.Question:
			return with(name+" asked you something", x.Said)
		case sales.NotNow:
			return with(name+" said later", x.Said)
		case sales.NotInterested, sales.OptOut:
			return with(name+" said no", x.Said)
		case sales.WrongPerson:
			return with(name+" says somebody else is the right one", x.Said)
		}
		return with(name+" answered", x.Said)
	case sales.TaskCall:
		if promised(t) {
			return with("You promised "+name+" a call", t.Title)
		}
		return "A call to " + name + " is due."
	case sales.TaskPromise:
		return with("You promised "+name+" something", strings.TrimPrefix(t.Title, "You promised: "))
	case sales.TaskMeeting:
		return with("A meeting with "+name, t.Title)
	case sales.TaskApprove:
		return "A mail to " + name + " waits for your approval."
	case sales.TaskConfirm:
		return with("Is this message from "+name+"?", x.Said)
	case sales.TaskReferral:
		return with(name+" named somebody else", t.Title)
	case sales.TaskDecide:
		return with("Decide how it goes on with "+name, t.Title)
	case sales.TaskFix:
		return with("Something about "+name+" must be mended", t.Title)
	}
	return with("A task for "+name, t.Title)
}

// when says how it stands with the goal.
func (r *ranker) when(x Ranked) string {
	t := x.Task
	switch {
	case x.leads(wTheirs):
		p, _ := theirNext(x.Candidate)
		return "It was due " + r.local(p.DueAt, x.Place) + ", " + span(r.now.Sub(p.DueAt)) + " ago."
	case x.leads(wDeal) && !x.Held:
		return "Nobody has done anything about it for " + span(r.now.Sub(x.Deal.Since)) + "."
	case t.Kind == "" && x.Person.MoveSince.IsZero():
		return ""
	case t.Kind == "":
		return "For " + span(r.now.Sub(x.Person.MoveSince)) + "."
	case x.Held:
		return "Held back: " + x.NotBeforeWhy + "."
	case t.CreatedAt.IsZero() && t.DueAt.IsZero():
		return ""
	}
	d, due := r.goal(t)
	late := r.now.Sub(due)
	if t.Kind == sales.TaskAnswer && !t.CreatedAt.IsZero() {
		waits := r.hours.Between(t.CreatedAt, r.now)
		if r.now.Sub(t.CreatedAt) < 5*time.Second {
			return fmt.Sprintf("Just came in; the goal is %s.", span(d))
		}
		if waits < time.Minute && r.now.Sub(t.CreatedAt) > time.Hour {
			return fmt.Sprintf("Came outside of your hours; the goal is %s.", span(d))
		}
		return fmt.Sprintf("Waits for %s; the goal is %s.", span(waits), span(d))
	}
	switch {
	case late >= time.Minute:
		return "Late by " + span(late) + "."
	case late > -time.Minute:
		return "Due now."
	}
	return "Due " + r.local(due, x.Place) + "."
}

// whereCall says for calls what time it is there, or that it is not known.
func (r *ranker) whereCall(x Ranked, reach bool) string {
	if x.Task.Kind != sales.TaskCall {
		return ""
	}
	switch x.Place.From {
	case "person", "account":
		return r.where(x, reach)
	}
	return fmt.Sprintf("The time zone of %s is not known: check before you call.", first(x.Person))
}

func (r *ranker) where(x Ranked, reach bool) string {
	loc := x.Place.Loc
	if loc == nil {
		loc = time.UTC
	}
	zone := x.Place.Zone
	if zone == "" {
		zone = loc.String()
	}
	hours := "outside working hours"
	if reach {
		hours = "working hours"
	}
	return fmt.Sprintf("It is %s in %s, %s.", r.now.In(loc).Format("15:04"), zone, hours)
}

// balance speaks where the share says something.
func (r *ranker) balance(x Ranked) string {
	switch {
	case !x.Known:
		return ""
	case x.Share >= 0.51:
		return fmt.Sprintf("%s leans in: %.0f %% of the effort.", first(x.Person), 100*min(x.Share, 1))
	case x.Share < 0.10:
		return fmt.Sprintf("Nearly all the effort is ours: %s has given %.0f %%.", first(x.Person), 100*max(x.Share, 0))
	}
	return ""
}

// value speaks of deals from 10,000 on.
func (r *ranker) value(x Ranked) string {
	if !(x.Value >= 10_000) { // false for what is no number, too
		return ""
	}
	return fmt.Sprintf("Open deals of about %s.", thousands(x.Value))
}

// thousands is an amount for people, in thousands or millions.
func thousands(v float64) string {
	switch {
	case v >= 1e15:
		return "more than anybody has"
	case v >= 999_500:
		return fmt.Sprintf("%.1f million", v/1e6)
	}
	return fmt.Sprintf("%.0f,000", v/1000)
}

// habit speaks when they answered at this time of the week before, more than once.
func (r *ranker) habit(x Ranked) string {
	loc := x.Place.Loc
	if loc == nil {
		loc = time.UTC
	}
	if len(x.Heard) < 3 || Chance(x.Heard, r.now, loc, true) < 0.7 {
		return ""
	}
	return fmt.Sprintf("%s mostly answers at this time of the day.", first(x.Person))
}
