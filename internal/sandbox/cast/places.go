package cast

import (
	"fmt"

	"ninetyten/internal/sandbox/dice"
)

// place is a country with its zones, languages and telephone numbers. The
// numbers lie in ranges kept for fiction where a country has such ranges.
type place struct {
	country   string
	zones     []string
	languages []string
	prefix    string // E.164 up to the digits that are drawn
	digits    int
}

// places has a country more than once when more of the accounts are there.
func places() []place {
	us := place{"US", []string{"America/New_York", "America/Chicago", "America/Los_Angeles", "America/Denver"}, []string{"en"}, "+1202555", 4}
	gb := place{"GB", []string{"Europe/London"}, []string{"en"}, "+441632960", 3}
	de := place{"DE", []string{"Europe/Berlin"}, []string{"de"}, "+493023125", 3}
	fr := place{"FR", []string{"Europe/Paris"}, []string{"fr"}, "+331990000", 2}
	return []place{
		us, us, us, gb, gb, gb, de, de, de, fr, fr,
		{"IE", []string{"Europe/Dublin"}, []string{"en"}, "+3531555", 4},
		{"AT", []string{"Europe/Vienna"}, []string{"de"}, "+431555", 4},
		{"CH", []string{"Europe/Zurich"}, []string{"de", "fr", "it"}, "+41445550", 3},
		{"BE", []string{"Europe/Brussels"}, []string{"nl", "fr"}, "+3225550", 3},
		{"ES", []string{"Europe/Madrid"}, []string{"es"}, "+3491055", 4},
		{"MX", []string{"America/Mexico_City"}, []string{"es"}, "+52555550", 4},
		{"PT", []string{"Europe/Lisbon"}, []string{"pt"}, "+35121055", 4},
		{"BR", []string{"America/Sao_Paulo"}, []string{"pt"}, "+55115550", 4},
		{"NL", []string{"Europe/Amsterdam"}, []string{"nl"}, "+3120555", 4},
		{"SE", []string{"Europe/Stockholm"}, []string{"sv"}, "+4684650", 4},
		{"IT", []string{"Europe/Rome"}, []string{"it"}, "+390655", 5},
		{"JP", []string{"Asia/Tokyo"}, []string{"ja"}, "+8135550", 4},
		{"AU", []string{"Australia/Sydney"}, []string{"en"}, "+6125550", 4},
	}
}

func placeOf(country string) place {
	for _, p := range places() {
		if p.country == country {
			return p
		}
	}
	return places()[0]
}

func (p place) phone(d *dice.Dice) string {
	n := 1
	for range p.digits {
		n *= 10
	}
	return fmt.Sprintf("%s%0*d", p.prefix, p.digits, d.Intn(n))
}

func companyWords() (first, second []string) {
	return []string{
			"Norrvik", "Halden", "Castlemoor", "Bluepeak", "Ferrano", "Osterwald", "Larkhill", "Tidewater", "Verdane", "Kestrel", "Montclair", "Suncrest",
			"Aldermann", "Pinewell", "Corvina", "Redgate", "Silverline", "Hokuto", "Marisma", "Brockton", "Elbufer", "Grandlac", "Westmark", "Quayside",
		}, []string{
			"Paper", "Freight", "Foods", "Tooling", "Textiles", "Pharma", "Logistics", "Packaging", "Motors", "Glass", "Optics", "Energy",
			"Instruments", "Timber", "Marine", "Plastics", "Retail", "Bearings", "Coatings", "Catering",
		}
}

func titles() []string {
	return []string{
		"Head of Finance", "Accounts Payable Manager", "CFO", "Finance Director", "Controller", "Operations Manager", "Head of Procurement",
		"Shared Services Lead", "Finance Systems Manager", "Managing Director", "Head of Operations", "Purchasing Manager",
	}
}
