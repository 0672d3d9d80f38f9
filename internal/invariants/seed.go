package invariants

import (
	"fmt"
	"strconv"
	"strings"

	"ninetyten/internal/sales"
)

// Seed is all that a world is made from.
type Seed struct {
	Seed        uint64
	Enrollments int
	Days        int
	Trouble     float64
}

// String is the form in which seeds are kept.
func (s Seed) String() string {
	return fmt.Sprintf("seed=%d enrollments=%d days=%d trouble=%g", s.Seed, s.Enrollments, s.Days, s.Trouble)
}

// ParseSeed reads a kept seed: the first line that is neither empty nor a comment
// (#).
func ParseSeed(text string) (Seed, error) {
	var s Seed
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			name, value, _ := strings.Cut(word, "=")
			var err error
			switch name {
			case "seed":
				s.Seed, err = strconv.ParseUint(value, 10, 64)
			case "enrollments":
				s.Enrollments, err = strconv.Atoi(value)
			case "days":
				s.Days, err = strconv.Atoi(value)
			case "trouble":
				s.Trouble, err = strconv.ParseFloat(value, 64)
			default:
				return s, sales.Errorf(sales.Invalid, "%q is no part of a seed.", word)
			}
			if err != nil {
				return s, sales.WrapError(sales.Invalid, err, fmt.Sprintf("%q is no part of a seed.", word))
			}
		}
		if s.Enrollments < 1 || s.Days < 1 {
			return s, sales.Errorf(sales.Invalid, "A seed needs enrollments and days.")
		}
		return s, nil
	}
	return s, sales.Errorf(sales.Invalid, "There is no seed in the file.")
}
