package render

import (
	"fmt"
	"slices"
	"strings"
)

func (c *checker) fields(l *Letter) {
	for _, f := range l.Fields() {
		where, required := InBody, slices.Contains(l.Required(), f)
		if slices.Contains(l.subject.fields, f) && !slices.Contains(l.body.fields, f) {
			where = InSubject
		}
		quote := "{{ " + f + " }}"
		missing, counted := c.Counts.without(f)
		if counted && strings.HasPrefix(f, "custom.") && c.Custom != nil && !slices.Contains(c.Custom, f) {
			missing = c.Counts.People
		}
		switch {
		case !known(f):
			c.say(Blocks, where, quote, "There is no field %s. Choose one from the list of fields%s", f, didYouMean(f))
		case strings.HasPrefix(f, "custom.") && c.Custom != nil && !slices.Contains(c.Custom, f):
			if required {
				c.say(Blocks, where, quote, "Nobody in this sequence has the custom field %s. Import it, or add a fallback: {{ %s | default: \"…\" }}.", f, f)
			} else {
				c.say(Hints, where, quote, "Nobody in this sequence has the custom field %s, so its fallback is always used.", f)
			}
		case counted:
			c.counted(f, where, quote, missing, required)
		case required && f != "email" && !strings.HasPrefix(f, "sender_"):
			c.say(Warns, where, quote, "%s has no fallback: the mail waits for whoever has none. Add one: {{ %s | default: \"…\" }}.", f, f)
		}
	}
}

// counted says how many people a field is missing for.
func (c *checker) counted(f string, where Where, quote string, missing int, required bool) {
	all := c.Counts.People
	who := fmt.Sprintf("%d of %d people (%d %%) have", missing, all, (200*missing+all)/(2*all))
	if missing == 1 {
		who = strings.Replace(who, "people", "person", 1)
		who = strings.TrimSuffix(who, "have") + "has"
		if all > 1 {
			who = strings.Replace(who, "person", "people", 1)
		}
	}
	switch {
	case missing == 0:
	case required && missing == all:
		c.say(Blocks, where, quote, "Nobody has a value for %s, and it has no fallback: no mail would go. Fill it in, or add one: {{ %s | default: \"…\" }}.", f, f)
	case required:
		c.say(Warns, where, quote, "%s no value for %s, and it has no fallback: their mail waits until somebody fills it in. Add one: {{ %s | default: \"…\" }}.", who, f, f)
	case 2*missing > all:
		c.say(Hints, where, quote, "%s no value for %s, so most read its fallback. See whether that reads well.", who, f)
	}
}

// didYouMean ends a sentence with the known field that is most like f.
func didYouMean(f string) string {
	flat := func(s string) string { return strings.NewReplacer("_", "", ".", "").Replace(s) }
	for _, k := range KnownFields() {
		if flat(k.Name) == flat(f) || len(f) > 3 && distance(k.Name, f) <= 2 {
			return "; did you mean " + k.Name + "?"
		}
	}
	return "."
}

// distance is the number of single changes that lead from a to b (Levenshtein),
// for short names.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 40
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// placeholders finds fields in the manner of other programs, and forgotten gaps.
func (c *checker) placeholders(where Where, src string) {
	lower := strings.ToLower(src)
	for _, p := range []string{"lorem ipsum", "xxxx", "todo:", "[name]", "[first name]", "[company]", "<name>", "<first name>", "%first_name%", "%firstname%", "*|fname|*", "<<first"} {
		if strings.Contains(lower, p) {
			c.say(Warns, where, p, "%q looks like something that is still to be filled in. Merge fields are written {{ first_name }}.", p)
		}
	}
	for _, f := range KnownFields() {
		for _, form := range []string{"{" + f.Name + "}", "[" + f.Name + "]", "${" + f.Name + "}"} {
			if i := strings.Index(lower, form); i >= 0 && (i == 0 || lower[i-1] != '{' && lower[i-1] != '$') {
				c.say(Warns, where, form, "%s is not a merge field. Write {{ %s }}.", form, f.Name)
			}
		}
	}
}
