package research

import (
	"encoding/json"
	"fmt"
	"strings"

	"ninetyten/internal/sales"
)

// organisation is what JSON-LD says of the company (schema.org Organization), and of
// the jobs that it offers (JobPosting).
type organisation struct {
	name, legal, about, founded, employees, phone string
	places, links, jobs, products                 []string
}

// orgTypes are types of schema.org that are the company itself.
func orgTypes() map[string]bool {
	out := map[string]bool{}
	for _, t := range []string{"Organization", "Corporation", "LocalBusiness", "OnlineBusiness", "ProfessionalService", "NGO", "EducationalOrganization", "MedicalOrganization", "GovernmentOrganization", "Store", "FinancialService", "LegalService"} {
		out[t] = true
	}
	return out
}

// readLD reads the JSON-LD blocks of a page; broken ones are left out.
func readLD(blocks []string) organisation {
	var o organisation
	left := 2000 // of values that are looked at
	for _, b := range blocks {
		var v any
		if len(b) > 200<<10 || json.Unmarshal([]byte(strings.TrimSpace(b)), &v) != nil {
			continue
		}
		o.take(v, 0, &left)
	}
	return o
}

func (o *organisation) take(v any, depth int, left *int) {
	*left--
	if depth > 12 || *left < 0 {
		return
	}
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			o.take(e, depth+1, left)
		}
	case map[string]any:
		o.takeObject(x)
		for _, key := range []string{"@graph", "mainEntity", "publisher", "author", "itemListElement", "item", "provider", "hasOfferCatalog", "makesOffer", "itemOffered"} {
			if e, ok := x[key]; ok {
				o.take(e, depth+1, left)
			}
		}
	}
}

func (o *organisation) takeObject(x map[string]any) {
	kinds := texts(x["@type"])
	org := orgTypes()
	for _, k := range kinds {
		switch {
		case k == "JobPosting":
			o.jobs = add(o.jobs, textOf(x["title"], 120), 30)
		case k == "Product" || k == "Service" || k == "SoftwareApplication":
			o.products = add(o.products, textOf(x["name"], 120), 12)
		case org[k] && (o.name == "" || o.name == textOf(x["name"], 160)):
			o.name = first(o.name, textOf(x["name"], 160))
			o.legal = first(o.legal, textOf(x["legalName"], 160))
			o.about = first(o.about, textOf(x["description"], 400))
			o.founded = first(o.founded, textOf(x["foundingDate"], 20))
			o.employees = first(o.employees, employees(x["numberOfEmployees"]))
			o.phone = first(o.phone, textOf(x["telephone"], 40))
			for _, key := range []string{"address", "location"} {
				for _, a := range list(x[key]) {
					o.places = add(o.places, addressOf(a), 8)
				}
			}
			for _, l := range texts(x["sameAs"]) {
				if strings.HasPrefix(l, "https://") {
					o.links = add(o.links, clean(l, 300), 8)
				}
			}
		}
	}
}

func add(to []string, s string, most int) []string {
	if s == "" || len(to) >= most {
		return to
	}
	for _, have := range to {
		if strings.EqualFold(have, s) {
			return to
		}
	}
	return append(to, s)
}

func list(v any) []any {
	if l, ok := v.([]any); ok {
		return l[:min(len(l), 20)]
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

func texts(v any) []string {
	var out []string
	for _, e := range list(v) {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// textOf is a value as text: a string, a number, or the name or value of an object.
func textOf(v any, n int) string {
	switch x := v.(type) {
	case string:
		return clean(x, n)
	case float64:
		return fmt.Sprint(x)
	case map[string]any:
		return first(textOf(x["name"], n), textOf(x["@value"], n))
	case []any:
		if len(x) > 0 {
			return textOf(x[0], n)
		}
	}
	return ""
}

// employees reads a number, a text, or a QuantitativeValue.
func employees(v any) string {
	if m, ok := v.(map[string]any); ok {
		low, high := textOf(m["minValue"], 20), textOf(m["maxValue"], 20)
		if low != "" && high != "" {
			return low + " to " + high
		}
		return first(textOf(m["value"], 20), low, high)
	}
	return textOf(v, 40)
}

// addressOf is an address in one line.
func addressOf(v any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return textOf(v, 200)
	}
	if inside, ok := m["address"]; ok {
		return addressOf(inside)
	}
	var parts []string
	for _, p := range []string{textOf(m["streetAddress"], 100), strings.TrimSpace(textOf(m["postalCode"], 20) + " " + textOf(m["addressLocality"], 60)), textOf(m["addressCountry"], 40)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// facts are what JSON-LD says, read at a page.
func (o organisation) facts(add func(kind sales.FactKind, value string)) {
	add(sales.FactName, o.name)
	add(sales.FactLegal, o.legal)
	add(sales.FactFounded, o.founded)
	add(sales.FactEmployees, o.employees)
	add(sales.FactPhone, o.phone)
	for _, p := range o.places {
		add(sales.FactPlace, p)
	}
	for _, l := range o.links {
		add(sales.FactLink, l)
	}
	for _, p := range o.products {
		add(sales.FactProduct, p)
	}
}
