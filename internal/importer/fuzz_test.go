package importer

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// FuzzImport: no file makes the importer fail otherwise than by an error,
// lines go up, and no text that comes out is broken.
func FuzzImport(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.csv")
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil {
			f.Add(b)
		}
	}
	f.Add([]byte("a,\"b\n\"c\",d\n\"\",\"\n"))
	f.Add([]byte("email\rx@y.example\r\n\x00,\xff\xfe"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sheet, err := Inspect(bytes.NewReader(data))
		if err != nil {
			return
		}
		m := sheet.Mapping()
		if m.Validate() != nil {
			m.Fields[0] = Email
		}
		if err := m.Validate(); err != nil {
			t.Fatalf("a guess that is not valid: %v %+v", err, m)
		}
		last := 0
		for row, err := range Rows(bytes.NewReader(data), m) {
			if err != nil {
				t.Fatalf("Inspect reads it and Rows does not: %v", err)
			}
			if row.Line <= last {
				t.Fatalf("line %d after line %d", row.Line, last)
			}
			last = row.Line
			p := row.Person
			for _, s := range append([]string{p.Email, p.FirstName, p.LastName, p.Title, p.Phone, p.LinkedIn, row.Account.Name, row.Account.Domain, row.Refused}, row.Problems...) {
				if !utf8.ValidString(s) {
					t.Fatalf("line %d gives broken text %q", row.Line, s)
				}
			}
			if row.Refused == "" && p.Validate() != nil {
				t.Fatalf("line %d: a person that is not valid: %v", row.Line, p.Validate())
			}
		}
	})
}
