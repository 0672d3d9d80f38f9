package web

import (
	"fmt"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
)

// NinetyPage is the 90/10: who carried how much of the work.
type NinetyPage struct {
	Shell
	Weeks   []NinetyWeek // this one first, then the four before
	People  []NinetyWho  // this week by user, for managers
	Formula string
	Time    TimePart
}

// NinetyWeek is a week from a Monday on.
type NinetyWeek struct {
	From time.Time // its first moment
	balance.Work
}

// NinetyWho is the week of a colleague, or what names none.
type NinetyWho struct {
	ID   sales.ID
	Name string
	balance.Work
}

func (p NinetyPage) leads() bool { return p.Role.AtLeast(sales.RoleManager) }

// empty tells whether nothing was done in all the weeks.
func (p NinetyPage) empty() bool {
	for _, w := range p.Weeks {
		if len(w.Kinds) > 0 {
			return false
		}
	}
	return true
}

// say is the current week in a sentence.
func (p NinetyPage) say() string {
	if len(p.Weeks) == 0 {
		return ""
	}
	w := p.Weeks[0].Work
	who := pick(p.leads(), "people", "you")
	if _, known := w.Share(); !known {
		return "Nothing that weighs minutes was done yet this week, so its share is unavailable."
	}
	return fmt.Sprintf("This week the system carried %s of the work: it saved %s, and %s spent %s.", sharePart(w), effort(w.System), who, effort(w.Human))
}

// sharePart writes the part of the system: "62 %".
func sharePart(w balance.Work) string {
	s, known := w.Share()
	if !known {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", s*100)
}

// effort writes minutes of work: "45 min", "3 h 20 min".
func effort(minutes float64) string {
	m := int(minutes + 0.5)
	switch {
	case m == 0 && minutes > 0:
		return "under 1 min"
	case m < 60:
		return fmt.Sprintf("%d min", m)
	case m%60 == 0:
		return number(m/60) + " h"
	}
	return fmt.Sprintf("%s h %d min", number(m/60), m%60)
}

// known writes what was counted, and a dash where nothing was.
func known(n int, text string) string {
	if n == 0 {
		return "–"
	}
	return text
}
