package db

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// Micros is how a time is stored: microseconds since 1970 UTC, and 0 for the
// zero time.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time is the inverse of Micros, in UTC.
func Time(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// ScanTime scans microseconds into t; NULL and 0 become the zero time.
func ScanTime(t *time.Time) sql.Scanner { return timeScanner{t} }

type timeScanner struct{ t *time.Time }

// Scan implements sql.Scanner.
func (s timeScanner) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*s.t = time.Time{}
	case int64:
		*s.t = Time(v)
	default:
		return fmt.Errorf("db: a time is stored as microseconds, found %T", src)
	}
	return nil
}

// JSON is v as JSON text for a column. A NUL inside a string is dropped, for
// PostgreSQL cannot read it back. It panics when v has no JSON form (a channel,
// a function, NaN), which is a mistake in the program.
func JSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("db: %T has no JSON form: %v", v, err))
	}
	return string(dropNUL(b))
}

// dropNUL removes the escape \u0000, but not an escaped backslash followed by
// the letters u0000.
func dropNUL(b []byte) []byte {
	nul := []byte(`\u0000`)
	if !bytes.Contains(b, nul) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		switch {
		case bytes.HasPrefix(b[i:], nul):
			i += len(nul)
		case b[i] == '\\' && i+1 < len(b):
			out = append(out, b[i], b[i+1])
			i += 2
		default:
			out = append(out, b[i])
			i++
		}
	}
	return out
}

// ScanJSON scans JSON text into v, a pointer. NULL and empty text leave v as
// it is.
func ScanJSON(v any) sql.Scanner { return jsonScanner{v} }

type jsonScanner struct{ v any }

// Scan implements sql.Scanner.
func (s jsonScanner) Scan(src any) error {
	var b []byte
	switch x := src.(type) {
	case nil:
		return nil
	case string:
		b = []byte(x)
	case []byte:
		b = x
	default:
		return fmt.Errorf("db: JSON is stored as text, found %T", src)
	}
	if len(b) == 0 {
		return nil
	}
	if err := json.Unmarshal(b, s.v); err != nil {
		return fmt.Errorf("db: read JSON into %T: %w", s.v, err)
	}
	return nil
}
