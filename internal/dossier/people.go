package dossier

import (
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// Role is who somebody at an account is to us.
type Role struct {
	Person sales.Person
	Says   string // "answered 3 days ago", "decides, by the title"
}

// Group is the people of an account as a buying group.
type Group struct {
	Roles   []Role
	Missing []string // what nobody known does
	Path    []string // how one came to another: "Rui named Ana Costa on 3 March."
}

// GroupOf says who of an account did what. people are those that may be seen; moves are
// the lines about the person shown, for referrals.
func GroupOf(people []sales.Person, moves []sales.Move, c Cast, now time.Time) Group {
	var g Group
	signs, answered := false, false
	for _, p := range people {
		var parts []string
		if decides(p.Title) {
			signs = true
			parts = append(parts, "may decide, by the title")
		}
		switch {
		case !p.LastInAt.IsZero():
			answered = true
			parts = append(parts, "answered "+ago(p.LastInAt, now))
		case !p.LastOutAt.IsZero():
			parts = append(parts, "written to "+ago(p.LastOutAt, now)+", no answer")
		default:
			parts = append(parts, "never written to")
		}
		g.Roles = append(g.Roles, Role{p, strings.Join(parts, ", ")})
	}
	if !signs {
		g.Missing = append(g.Missing, "who signs")
	}
	if !answered {
		g.Missing = append(g.Missing, "anybody who answers")
	}
	for i := len(moves) - 1; i >= 0; i-- {
		if m := moves[i]; m.Kind == sales.MoveReferral {
			g.Path = append(g.Path, strings.TrimSuffix(c.first()+" "+lower(plain(m.Text)), ".")+", "+m.At.In(c.zone()).Format("2 January 2006")+".")
		}
	}
	return g
}

func ago(at, now time.Time) string {
	switch a := Age(at, now); a {
	case "today":
		return a
	default:
		return a + " ago"
	}
}

// decides tells whether a title is one of those who sign in most companies, in several
// languages.
func decides(title string) bool {
	for _, w := range strings.Fields(words(title)) {
		switch w {
		case "ceo", "cfo", "coo", "cto", "cio", "chief", "owner", "founder", "president", "director", "vp", "managing", "geschäftsführer", "geschäftsführerin", "inhaber", "inhaberin", "vorstand", "gérant", "gérante", "directeur", "directrice", "directora", "diretor", "diretora", "gerente", "titolare", "amministratore", "direttore", "direttrice", "directeurseigenaar", "vd":
			return true
		}
	}
	return false
}
