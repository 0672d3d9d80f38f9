package db

import (
	"database/sql/driver"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

// plain makes arguments fit for both drivers; see the package comment. It
// returns args itself when nothing had to change.
func plain(args []any) []any {
	for i, a := range args {
		b, changed := plainOne(a)
		if !changed {
			continue
		}
		out := make([]any, len(args))
		copy(out, args[:i])
		out[i] = b
		for j := i + 1; j < len(args); j++ {
			out[j], _ = plainOne(args[j])
		}
		return out
	}
	return args
}

// plainOne gives the plain form of a, and whether it differs from a.
func plainOne(a any) (any, bool) {
	switch v := a.(type) {
	case nil, int64, float64, bool:
		return a, false
	case []byte:
		if v == nil {
			return nil, true
		}
		return a, false
	case string:
		if clean(v) {
			return a, false
		}
		return cleaned(v), true
	case int:
		return int64(v), true
	case time.Time:
		return Micros(v), true
	case driver.Valuer:
		return a, false
	}
	return plainKind(a)
}

// plainKind unwraps named types and pointers by reflection.
func plainKind(a any) (any, bool) {
	v := reflect.ValueOf(a)
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil, true
		}
		b, _ := plainOne(v.Elem().Interface())
		return b, true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), true
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(v.Uint()), true //nolint:gosec // at most 32 bits
	case reflect.Float32, reflect.Float64:
		return v.Float(), true
	case reflect.Bool:
		return v.Bool(), true
	case reflect.String:
		return cleaned(v.String()), true
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Bytes(), true
		}
	}
	return a, false
}

func clean(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// cleaned replaces what is no UTF-8 by U+FFFD and drops NUL.
func cleaned(s string) string {
	if clean(s) {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
