package web

import (
	"math"
	"net/http"
	"strconv"
	"strings"

	"ninetyten/internal/sales"
)

// readShared fills in the caps that mailboxes share, the guard and the stages; what
// is wrong is in Errors, by field.
func (p *SchedulePage) readShared(r *http.Request) {
	set := &p.Settings
	set.PerDomainDay = p.number(r, "per_domain_day", 0, 100_000)
	set.PerAccountDay = p.number(r, "per_account_day", 0, 100_000)
	set.GuardSends = p.number(r, "guard_sends", 0, 100_000)
	set.GuardBounces = p.percent(r, "guard_bounces")
	set.GuardComplaints = p.percent(r, "guard_complaints")
	p.StagesTyped = strings.ReplaceAll(r.PostForm.Get("stages"), "\r\n", "\n")
	set.Stages = nil
	seen := map[string]bool{}
	for _, line := range strings.Split(p.StagesTyped, "\n") {
		name := strings.Join(strings.Fields(line), " ")
		if name == "" || seen[strings.ToLower(name)] {
			continue
		}
		seen[strings.ToLower(name)] = true
		if len(name) > 100 {
			p.Errors["stages"] = "“" + clipText(name, 40) + "” has more than 100 characters."
		}
		set.Stages = append(set.Stages, name)
	}
	switch n := len(set.Stages); {
	case n == 0:
		p.Errors["stages"] = "Keep at least one stage."
	case n > 50:
		p.Errors["stages"] = "At most 50 stages. Fewer are easier to choose from."
	}
}

// percent reads a share in percent, with a comma or a point, into thousandths.
func (p *SchedulePage) percent(r *http.Request, name string) int {
	typed := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(r.PostForm.Get(name)), "%"))
	p.Typed[name] = typed
	x, err := strconv.ParseFloat(strings.Replace(typed, ",", ".", 1), 64)
	n := math.Round(x * 10)
	if err != nil || math.IsNaN(x) || x < 0 || x > 100 || math.Abs(x*10-n) > 1e-6 {
		p.Errors[name] = "A share from 0 to 100 %, with one digit after the point at most."
		return 0
	}
	return int(n)
}

// percentText writes thousandths as percent: 5, 0.3.
func percentText(thousandths int) string {
	return strconv.FormatFloat(float64(thousandths)/10, 'f', -1, 64)
}

// stagesText is the stages, one a line.
func (p SchedulePage) stagesText() string {
	if p.StagesTyped != "" || len(p.Errors) > 0 {
		return p.StagesTyped
	}
	return strings.Join(p.Settings.Stages, "\n")
}

// shareTyped is a share as it was typed, else as it is stored.
func (p SchedulePage) shareTyped(name string, thousandths int) string {
	return p.typed(name, percentText(thousandths))
}

// stagesHelp says what stages are for, with the default.
func stagesHelp() string {
	return "One a line, in their order. Rulesets give them to people when something happens. Default: " + strings.Join(sales.DefaultSettings().Stages, ", ") + "."
}
