package research

import (
	"strings"
	"time"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// How many facts of a kind are kept.
const (
	maxRoles    = 12
	maxProducts = 10
)

// factsOf are what the pages of a site say.
func factsOf(pages map[place]page, at map[place]string, now time.Time) []sales.Fact {
	var out []sales.Fact
	have := map[string]bool{}
	put := func(where place) func(sales.FactKind, string) {
		return func(kind sales.FactKind, value string) {
			value = clean(value, 500)
			key := string(kind) + "\n" + strings.ToLower(value)
			if value == "" || have[key] {
				return
			}
			have[key] = true
			out = append(out, sales.Fact{Kind: kind, Value: value, Source: sales.FromSite, URL: at[where], At: now})
		}
	}
	home := pages[placeHome]
	orgs := map[place]organisation{}
	for where, p := range pages {
		orgs[where] = readLD(p.ld)
	}
	about := first(orgs[placeHome].about, home.about, pages[placeAbout].about, readable(pages[placeAbout]), readable(home))
	where := placeHome
	if about != "" && orgs[placeHome].about == "" && home.about == "" && (pages[placeAbout].about != "" || readable(pages[placeAbout]) != "") {
		where = placeAbout
	}
	put(where)(sales.FactAbout, about)
	for _, w := range []place{placeHome, placeAbout, placeContact, placeProducts, placeJobs} {
		if _, ok := pages[w]; ok {
			orgs[w].facts(put(w))
		}
	}
	if !hasKind(out, sales.FactName) {
		put(placeHome)(sales.FactName, first(home.metas["og:site_name"], nameIn(home.title)))
	}
	if p, ok := pages[placeProducts]; ok && !hasKind(out, sales.FactProduct) {
		for _, s := range short(p.heads, maxProducts+1)[min(1, len(p.heads)):] {
			put(placeProducts)(sales.FactProduct, s)
		}
	}
	if p, ok := pages[placeJobs]; ok {
		for _, role := range roles(p, orgs[placeJobs]) {
			put(placeJobs)(sales.FactHiring, role)
		}
	}
	for _, t := range techOf(home) {
		put(placeHome)(sales.FactTech, t)
	}
	return out
}

func hasKind(facts []sales.Fact, kind sales.FactKind) bool {
	for _, f := range facts {
		if f.Kind == kind {
			return true
		}
	}
	return false
}

// readable is the first paragraph of a page that is a text and no label.
func readable(p page) string {
	for _, s := range p.paragraphs {
		if n := utf8.RuneCountInString(s); n >= 80 && strings.Count(s, " ") >= 10 && strings.ContainsAny(s, ".!。") {
			return clean(s, 400)
		}
	}
	return ""
}

// nameIn is the name of a company in the title of its home page.
func nameIn(title string) string {
	for _, cut := range []string{" | ", " – ", " — ", " - ", " · ", ": "} {
		if parts := strings.Split(title, cut); len(parts) > 1 {
			title = parts[0]
			if len(parts[len(parts)-1]) < len(title) {
				title = parts[len(parts)-1]
			}
		}
	}
	return clean(title, 120)
}

// short are the headings that can be names: neither sentences nor single letters.
func short(list []string, most int) []string {
	var out []string
	for _, s := range list {
		if n := utf8.RuneCountInString(s); n >= 3 && n <= 60 && len(out) < most && !strings.ContainsAny(s, "?!") {
			out = append(out, s)
		}
	}
	return out
}

// roleWords are endings and words of the names of jobs, and marks that stand only
// beside them.
func roleWords() []string {
	return []string{
		"manager", "engineer", "developer", "director", "head of", "lead", "specialist", "analyst", "assistant", "consultant", "designer", "driver", "dispatcher", "technician", "accountant", "controller", "operator", "planner", "buyer", "representative", "coordinator", "administrator", "clerk", "intern", "apprentice", "nurse", "mechanic", "electrician", "sales",
		"leiter", "leitung", "entwickler", "ingenieur", "sachbearbeiter", "fahrer", "techniker", "buchhalter", "mitarbeiter", "referent", "kaufmann", "kauffrau", "monteur", "(m/w/d)", "(w/m/d)", "(f/m/d)", "(m/f/d)", "(h/f)", "(f/h)", "(m/v)",
		"responsable", "ingenieur", "technicien", "comptable", "chauffeur", "charge de", "assistente", "gestor", "tecnico", "motorista", "engenheiro", "gerente", "ingeniero", "conductor", "contable", "responsabile", "impiegato", "medewerker", "chauffør", "chaufför", "ingenjor",
	}
}

// roles are the open roles that a page of jobs names.
func roles(p page, o organisation) []string {
	out := append([]string(nil), o.jobs...)
	if len(out) == 0 {
		names := append([]string(nil), p.items...)
		for _, l := range p.links {
			names = append(names, l.words)
		}
		for _, s := range names {
			n := utf8.RuneCountInString(s)
			if n < 5 || n > 90 || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
				continue
			}
			low := folded(s)
			for _, w := range roleWords() {
				if strings.Contains(low, w) {
					out = add(out, s, maxRoles)
					break
				}
			}
		}
	}
	return out[:min(len(out), maxRoles)]
}

// techOf are hints of what a site is built with: the generator that it names, and
// scripts of services.
func techOf(p page) []string {
	var out []string
	if g := p.metas["generator"]; g != "" {
		out = add(out, clean(g, 60), 6)
	}
	hints := []struct{ in, name string }{
		{"cdn.shopify.com", "Shopify"}, {"/wp-content/", "WordPress"}, {"/wp-includes/", "WordPress"}, {"hs-scripts.com", "HubSpot"}, {"hsforms.net", "HubSpot"}, {"js.stripe.com", "Stripe"}, {"pardot.com", "Salesforce Pardot"}, {"marketo.net", "Marketo"},
		{"intercom.io", "Intercom"}, {"intercomcdn.com", "Intercom"}, {"zdassets.com", "Zendesk"}, {"drift.com", "Drift"}, {"googletagmanager.com", "Google Tag Manager"}, {"plausible.io", "Plausible"}, {"matomo", "Matomo"}, {"static.wixstatic.com", "Wix"},
		{"squarespace.com", "Squarespace"}, {"webflow", "Webflow"}, {"/typo3", "TYPO3"}, {"/_next/", "Next.js"}, {"cdn.cookielaw.org", "OneTrust"}, {"cookiebot.com", "Cookiebot"}, {"personio.", "Personio"}, {"greenhouse.io", "Greenhouse"}, {"lever.co", "Lever"},
	}
	for _, s := range p.scripts {
		s = strings.ToLower(s)
		for _, h := range hints {
			if strings.Contains(s, h.in) && !named(out, h.name) {
				out = add(out, h.name, 6)
			}
		}
	}
	return out
}

func named(list []string, name string) bool {
	for _, s := range list {
		if strings.HasPrefix(strings.ToLower(s), strings.ToLower(name)) {
			return true
		}
	}
	return false
}
