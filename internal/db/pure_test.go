package db

import (
	"strings"
	"testing"
	"time"
)

func TestRebind(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"SELECT 1":                       "SELECT 1",
		"a = ? AND b = ?":                "a = $1 AND b = $2",
		"a = '?' AND b = ?":              "a = '?' AND b = $1",
		"a = 'it''s ?' AND b = ?":        "a = 'it''s ?' AND b = $1",
		`"a?" = ?`:                       `"a?" = $1`,
		"a = ? -- why?\nAND b = ?":       "a = $1 -- why?\nAND b = $2",
		"a = ? /* ? */ AND b = ?":        "a = $1 /* ? */ AND b = $2",
		"a = ? -- open ?":                "a = $1 -- open ?",
		"a = 'open ?":                    "a = 'open ?",
		"/*":                             "/*",
		"(?,?,?,?,?,?,?,?,?,?,?)":        "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
		"é = ? AND '–?' = ? AND 'é' = ?": "é = $1 AND '–?' = $2 AND 'é' = $3",
	} {
		var r rebinder
		for range 2 {
			if got := r.text(in, rebind); got != want {
				t.Errorf("%q\n got %q\nwant %q", in, got, want)
			}
		}
	}
	var r rebinder
	for n := range 2 * maxRebound {
		r.text(strings.Repeat("?", n%7)+JSON(n), rebind)
	}
	if len(r.texts) > maxRebound {
		t.Error("unbounded:", len(r.texts))
	}
}

func FuzzRebind(f *testing.F) {
	f.Add("a = '?' AND b = ? -- ?")
	f.Add("/*?")
	f.Fuzz(func(t *testing.T, q string) {
		out := rebind(q)
		if len(out) < len(q) || strings.Count(q, "?") == 0 && out != q {
			t.Errorf("%q became %q", q, out)
		}
		_ = cacheable(q)
	})
}

// TestSteady: no limit is a bare parameter.
func TestSteady(t *testing.T) {
	for query, want := range map[string]string{
		"":                                   "",
		"SELECT 1 LIMIT 5":                   "SELECT 1 LIMIT 5",
		"SELECT ? LIMIT ?":                   "SELECT ? LIMIT CAST(? AS BIGINT)",
		"SELECT 1 limit\n?":                  "SELECT 1 limit\nCAST(? AS BIGINT)",
		"SELECT (SELECT 1 LIMIT ?) OFFSET ?": "SELECT (SELECT 1 LIMIT CAST(? AS BIGINT)) OFFSET CAST(? AS BIGINT)",
		"SELECT ' LIMIT ?', \"LIMIT ?\" -- LIMIT ?\n FROM t WHERE no_limit = ? AND n <= ?": "SELECT ' LIMIT ?', \"LIMIT ?\" -- LIMIT ?\n FROM t WHERE no_limit = ? AND n <= ?",
		"SELECT a_limit ? ":                "SELECT a_limit ? ",
		"SELECT 1 LIMIT CAST(? AS BIGINT)": "SELECT 1 LIMIT CAST(? AS BIGINT)",
	} {
		if got := steady(query); got != want {
			t.Errorf("%q becomes %q, want %q", query, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	type id int64
	type flag bool
	type word string
	type blob []byte
	n := id(4)
	at := time.UnixMicro(9)
	var nobody *id
	in := []any{nil, 1, id(2), int8(3), &n, nobody, flag(true), word("a\x00"), blob{1}, uint16(7), float32(0.5), at, &at, []byte(nil), []string{"x"}}
	want := []any{nil, int64(1), int64(2), int64(3), int64(4), nil, true, "a", []byte{1}, int64(7), 0.5, int64(9), int64(9), nil, nil}
	for i, got := range plain(in) {
		if i == len(in)-1 {
			if _, ok := got.([]string); !ok {
				t.Errorf("a slice is left to the driver, got %T", got)
			}
			continue
		}
		if b, ok := want[i].([]byte); ok {
			if string(got.([]byte)) != string(b) {
				t.Errorf("%d: %v", i, got)
			}
		} else if got != want[i] {
			t.Errorf("%d: %#v, want %#v", i, got, want[i])
		}
	}
	if in[1] != 1 {
		t.Error("the caller's slice was changed")
	}
	same := []any{int64(1), "x"}
	if got := plain(same); &got[0] != &same[0] {
		t.Error("copied for nothing")
	}
}

func TestTimesAndJSON(t *testing.T) {
	if Micros(time.Time{}) != 0 || !Time(0).IsZero() {
		t.Error("the zero time is 0")
	}
	old := time.Date(1950, 1, 2, 3, 4, 5, 6000, time.UTC)
	if !Time(Micros(old)).Equal(old) {
		t.Error(Time(Micros(old)))
	}
	at := old
	if err := ScanTime(&at).Scan(nil); err != nil || !at.IsZero() {
		t.Error(at, err)
	}
	if ScanTime(&at).Scan("2026-01-01") == nil {
		t.Error("text is no time here")
	}
	for in, want := range map[string]string{"a\x00b": `"ab"`, `\u0000`: `"\\u0000"`, "\\\x00": `"\\"`, "\xff": `"\ufffd"`} {
		if got := JSON(in); got != want {
			t.Errorf("JSON(%q) = %s, want %s", in, got, want)
		}
	}
	v := map[string]int{"kept": 1}
	for _, src := range []any{nil, "", []byte{}} {
		if err := ScanJSON(&v).Scan(src); err != nil || v["kept"] != 1 {
			t.Error(v, err)
		}
	}
	if ScanJSON(&v).Scan("{") == nil || ScanJSON(&v).Scan(int64(1)) == nil {
		t.Error("broken JSON was taken")
	}
	if err := ScanJSON(&v).Scan([]byte(`{"a":2}`)); err != nil || v["a"] != 2 {
		t.Error(v, err)
	}
}

func TestBackoff(t *testing.T) {
	var sum time.Duration
	for n := 1; n < maxTries; n++ {
		d := backoff(n)
		if d <= 0 || d > 800*time.Millisecond {
			t.Error(n, d)
		}
		sum += d
	}
	if sum > 4*time.Second {
		t.Error(sum)
	}
}
