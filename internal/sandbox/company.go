package sandbox

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"ninetyten/internal/sandbox/cast"
	"ninetyten/internal/sandbox/dice"
)

// company is what the web site of an account tells.
type company struct {
	cast.Account
	What, Story   string
	City          string
	Founded, Team int
	Products      []string
	Jobs          []string
}

// trade is a line of business.
type trade struct {
	what, story string
	products    []string
	jobs        []string
}

func trades() []trade {
	return []trade{
		{"Parts and tools for workshops, delivered overnight.", "We began with one van and a shelf of bearings. Today more than four thousand workshops order from us in the evening and find their parts at the door before they open.",
			[]string{"Bearings and seals", "Hand tools", "Overnight delivery"}, []string{"Accountant, supplier bills", "Warehouse planner", "Sales representative, workshops"}},
		{"Food for canteens and schools, from farms nearby.", "Two cooks founded the company because good food never reached the kitchens that needed it most. We buy from ninety farms and bring what is ripe, six days a week.",
			[]string{"Vegetables and fruit", "Dairy", "Weekly menus"}, []string{"Driver, early shift", "Accounts payable clerk"}},
		{"Lighting for halls, plans and fitting from one hand.", "We plan, build and look after lighting in halls and warehouses. Most of our customers halve what they pay for power in the first year, and we measure it with them.",
			[]string{"Hall lighting", "Planning of light", "Service and repair"}, []string{"Electrician", "Controller, purchasing"}},
		{"Packaging that comes back, for makers of machines.", "Crates of ours travel forty times before they are mended, and then forty times more. We count each of them, wash it, and bring it to where it is needed next.",
			[]string{"Returnable crates", "Washing and repair", "Tracking"}, []string{"Operations manager", "Finance analyst", "Technician, crate repair"}},
		{"Care for buildings: heating, water, air.", "Our technicians look after eleven hundred buildings. Whoever calls us at night speaks to somebody who has been in their cellar before, and that is how we want to keep it.",
			[]string{"Heating", "Water treatment", "Air conditioning"}, []string{"Technician, heating", "Dispatcher", "Head of finance"}},
		{"Paper, print and post for offices.", "From the first letterhead to the last reminder: we print what offices send and put it into the post the same day. The family has led the company since its first press.",
			[]string{"Business print", "Mailing service"}, nil},
	}
}

// newCompany invents the company of an account.
func newCompany(seed uint64, a cast.Account) company {
	d := dice.New(seed, "site", a.Domain)
	t := dice.Pick(d, trades())
	city := a.Zone[strings.LastIndexByte(a.Zone, '/')+1:]
	return company{
		Account: a, What: t.what, Story: t.story, City: strings.ReplaceAll(city, "_", " "),
		Founded: 1948 + d.Intn(70), Team: 30 + 5*d.Intn(90), Products: t.products, Jobs: t.jobs,
	}
}

// organisation is the company in the words of schema.org.
func (c company) organisation() map[string]any {
	return map[string]any{
		"@context": "https://schema.org", "@type": "Organization", "name": c.Name, "description": c.What, "foundingDate": fmt.Sprint(c.Founded), "numberOfEmployees": c.Team,
		"address": map[string]any{"@type": "PostalAddress", "addressLocality": c.City, "addressCountry": c.Country},
	}
}

// page is one page of the site; nil when there is none of this name.
func (c company) page(name string) ([]byte, error) {
	switch name {
	case "", "about", "products", "jobs", "contact":
	default:
		return nil, nil
	}
	t, err := template.New("site").Parse(siteTemplate)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"C": c, "At": name, "LD": c.organisation()})
	return b.Bytes(), err
}

const siteTemplate = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{if .At}}{{.At}} | {{end}}{{.C.Name}}</title>
{{if not .At}}<meta name="description" content="{{.C.What}}"><script type="application/ld+json">{{.LD}}</script>{{end}}</head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/products">Products</a> <a href="/jobs">Jobs</a> <a href="/contact">Contact</a></nav><main>
{{if eq .At "about"}}<h1>About us</h1><p>{{.C.Story}}</p><p>We have worked in {{.C.City}} since {{.C.Founded}}.</p>
{{else if eq .At "products"}}<h1>What we do</h1>{{range .C.Products}}<h2>{{.}}</h2>{{end}}
{{else if eq .At "jobs"}}<h1>Work with us</h1>{{if .C.Jobs}}<ul>{{range .C.Jobs}}<li>{{.}}</li>{{end}}</ul>{{else}}<p>There is no open place at the moment.</p>{{end}}
{{else if eq .At "contact"}}<h1>Contact</h1><p>{{.C.Name}}, {{.C.City}}</p><p>hello@{{.C.Domain}}</p>
{{else}}<h1>{{.C.Name}}</h1><p>{{.C.What}}</p>{{end}}
</main></body></html>
`
