package sales

import (
	"strconv"
	"time"
)

// ID names a row. Zero is no row.
type ID int64

// String is the decimal form, as pages and the API write it.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseID reads the decimal form. It returns an Invalid error when s is no
// positive number.
func ParseID(s string) (ID, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, Errorf(Invalid, "%q is no valid id. Follow a link from a page instead of typing it.", s)
	}
	return ID(n), nil
}

// MarshalText writes the decimal form, so that JSON carries a string:
// JavaScript numbers lose digits above 2^53.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the decimal form.
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 || string(b) == "0" {
		*id = 0
		return nil
	}
	v, err := ParseID(string(b))
	if err != nil {
		return err
	}
	*id = v
	return nil
}

// Clock tells the time. The program runs on the wall clock; the practice world
// and tests run on their own.
type Clock interface{ Now() time.Time }

// WallClock is the machine's clock.
type WallClock struct{}

// Now is the current time in UTC.
func (WallClock) Now() time.Time { return time.Now().UTC() }
