package exam

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// scoreAddresses: addresses as a person or a file may give them. One that is
// good must not be thrown away, one that is none must be refused.
func scoreAddresses(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var good, kept, bad, refused int
	for _, row := range t.rows {
		addr := t.get(row, "address")
		if strings.HasPrefix(t.get(row, "source"), "domain_typos") {
			continue // pairs of domains, no addresses
		}
		_, err := sales.NormalAddress(withoutName(addr))
		if t.get(row, "valid") == "1" {
			good++
			if err == nil {
				kept++
			} else {
				r.miss("%q: refused: %v", addr, err)
			}
			continue
		}
		bad++
		if err != nil {
			refused++
		} else {
			r.miss("%q: taken", addr)
		}
	}
	r.figure("good ones kept %s", percent(kept, good))
	r.figure("bad ones refused %s", percent(refused, bad))
	return r, nil
}

// withoutName takes the address out of "Ann <ann@buyer.example>".
func withoutName(s string) string {
	if i := strings.LastIndexByte(s, '<'); i >= 0 && strings.HasSuffix(s, ">") {
		return s[i+1 : len(s)-1]
	}
	return s
}

// scoreHeaders adds the agreement on single header fields, where the folder
// has tables of them: addresses, dates, words of RFC 2047.
func scoreHeaders(dir string, r *result) error {
	for _, set := range [...]struct {
		name, what string
		agrees     func(field, want string) (bool, string)
	}{{"header_address.tsv", "address fields", addressesAgree}, {"header_date.tsv", "date fields", dateAgrees}, {"header_unstructured.tsv", "encoded words", wordsAgree}} {
		t, err := readTable(dir, set.name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		all, right := 0, 0
		for _, row := range t.rows {
			field, want := t.get(row, "header"), t.get(row, "expected")
			all++
			if ok, got := set.agrees(field, want); ok {
				right++
			} else {
				r.miss("%s %.120q: want %.160s got %.160q", set.name, field, want, got)
			}
		}
		r.figure("%s %s", set.what, percent(right, all))
	}
	return nil
}

// addressesAgree compares the addresses of a field, in order; names apart.
func addressesAgree(field, want string) (bool, string) {
	var peer any
	if json.Unmarshal([]byte(want), &peer) != nil {
		return false, "the expectation cannot be read"
	}
	var wanted, got []string
	for _, a := range valuesOf(peer, "address") {
		if p := mail.ParseAddress(a).Addr; p != "" {
			wanted = append(wanted, p)
		}
	}
	for _, a := range mail.ParseAddresses(strings.Join(strings.Fields(field), " ")) {
		if a.Addr != "" {
			got = append(got, a.Addr)
		}
	}
	return strings.Join(wanted, " ") == strings.Join(got, " "), strings.Join(got, " ")
}

// valuesOf gives the strings under a key anywhere in a JSON value, in order.
func valuesOf(v any, key string) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, valuesOf(e, key)...)
		}
	case map[string]any:
		if s, ok := v[key].(string); ok {
			out = append(out, s)
		}
		for _, name := range [...]string{"List", "Group", "addresses"} {
			out = append(out, valuesOf(v[name], key)...)
		}
	}
	return out
}

func dateAgrees(field, want string) (bool, string) {
	var d *struct {
		Year, Month, Day, Hour, Minute, Second int
		Before                                 bool `json:"tz_before_gmt"`
		ZoneHour                               int  `json:"tz_hour"`
		ZoneMinute                             int  `json:"tz_minute"`
	}
	if json.Unmarshal([]byte(want), &d) != nil {
		return false, "the expectation cannot be read"
	}
	got := mail.ParseDate(strings.TrimSpace(field))
	if d == nil {
		return got.IsZero(), got.String()
	}
	offset := d.ZoneHour*3600 + d.ZoneMinute*60
	if d.Before {
		offset = -offset
	}
	wanted := time.Date(d.Year, time.Month(d.Month), d.Day, d.Hour, d.Minute, d.Second, 0, time.FixedZone("", offset))
	return got.Equal(wanted), got.String()
}

func wordsAgree(field, want string) (bool, string) {
	var text string
	if json.Unmarshal([]byte(want), &text) != nil {
		return false, "the expectation cannot be read"
	}
	got := mail.DecodeHeader(field)
	return squeeze(got) == squeeze(text), got
}

// scoreCalendars: iCalendar files of others. What is valid is read with each
// of its events; what is not is refused or read, and nothing more.
func scoreCalendars(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var all, crashes, valid, read int
	for _, row := range t.rows {
		file := t.get(row, "file")
		raw, err := readFile(filepath.Join(dir, "files"), file)
		if err != nil {
			return nil, err
		}
		all++
		got, err, crash := calendarIn(raw)
		if crash != nil {
			crashes++
			r.miss("%s: %v", file, crash)
			continue
		}
		if t.get(row, "kind") != "valid" {
			continue
		}
		valid++
		if want := number(t.get(row, "vevents")); err == nil && got.Events == want {
			read++
		} else {
			r.miss("%s: %d events of %d: %v", file, got.Events, want, err)
		}
	}
	r.figure("crashes %d of %d", crashes, all)
	r.figure("valid files with every event %s", percent(read, valid))
	return r, nil
}

func calendarIn(raw string) (out calendar.ICS, err, crash error) {
	var j judged
	func() {
		defer catch(&j)
		out, err = calendar.ParseICS([]byte(raw), "", "", "exam", time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC))
	}()
	return out, err, j.err
}
