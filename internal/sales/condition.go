package sales

import (
	"strconv"
	"strings"
)

// Operator compares a field with a value.
type Operator string

// The operators.
const (
	OpIs       Operator = "is" // without regard to case
	OpIsNot    Operator = "is_not"
	OpContains Operator = "contains"
	OpSet      Operator = "set"
	OpEmpty    Operator = "empty"
	OpMore     Operator = "more" // numbers by size, dates and other texts by order
	OpLess     Operator = "less"
)

// Operators are all of them, in the order of a page.
func Operators() []Operator {
	return []Operator{OpIs, OpIsNot, OpContains, OpSet, OpEmpty, OpMore, OpLess}
}

// Condition is something that may hold of a person: a field, by the name that
// merge fields have (title, company, custom.plan), compared with a value.
type Condition struct {
	Field string   `json:"field,omitempty"`
	Op    Operator `json:"op,omitempty"`
	Value string   `json:"value,omitempty"`
}

// IsZero tells that there is no condition.
func (c Condition) IsZero() bool { return c == Condition{} }

// Validate checks a condition; none is fine.
func (c Condition) Validate() error {
	if c.IsZero() {
		return nil
	}
	if strings.TrimSpace(c.Field) == "" || len(c.Field) > 200 || len(c.Value) > 1000 {
		return Errorf(Invalid, "A condition needs the name of a field, such as title or custom.plan.")
	}
	switch c.Op {
	case OpSet, OpEmpty:
		return nil
	case OpIs, OpIsNot, OpContains, OpMore, OpLess:
		if strings.TrimSpace(c.Value) == "" {
			return Errorf(Invalid, "The condition on %s needs a value to compare with.", c.Field)
		}
		return nil
	}
	return Errorf(Invalid, "The condition on %s has the unknown comparison %q.", c.Field, c.Op)
}

// Holds tells whether the condition holds of the values; none always does.
func (c Condition) Holds(values map[string]string) bool {
	if c.IsZero() {
		return true
	}
	have, want := strings.TrimSpace(values[c.Field]), strings.TrimSpace(c.Value)
	switch c.Op {
	case OpSet:
		return have != ""
	case OpEmpty:
		return have == ""
	case OpIs:
		return strings.EqualFold(have, want)
	case OpIsNot:
		return !strings.EqualFold(have, want)
	case OpContains:
		return strings.Contains(strings.ToLower(have), strings.ToLower(want))
	case OpMore:
		return have != "" && compare(have, want) > 0
	case OpLess:
		return have != "" && compare(have, want) < 0
	}
	return false
}

// compare orders two values: as numbers when both are, else as text, which is
// right for dates written YYYY-MM-DD.
func compare(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX != nil || errY != nil:
		return strings.Compare(strings.ToLower(a), strings.ToLower(b))
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// String is the condition in words.
func (c Condition) String() string {
	switch c.Op {
	case OpSet:
		return c.Field + " has a value"
	case OpEmpty:
		return c.Field + " is empty"
	case OpIs:
		return c.Field + " is " + c.Value
	case OpIsNot:
		return c.Field + " is not " + c.Value
	case OpContains:
		return c.Field + " contains " + c.Value
	case OpMore:
		return c.Field + " is more than " + c.Value
	case OpLess:
		return c.Field + " is less than " + c.Value
	}
	return ""
}
