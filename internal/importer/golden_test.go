package importer

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each testdata/NAME.csv has a NAME.want: what Inspect guesses and what Rows
// gives with that guess. A file that is read wrongly is fixed by adding two files.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(t, data)
			want := strings.TrimSuffix(file, ".csv") + ".want"
			if *update {
				if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			b, err := os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(b), got); diff != "" {
				t.Errorf("read differently from %s (-want +got); run with -update if this is right:\n%s", want, diff)
			}
		})
	}
}

var update = flag.Bool("update", false, "write what is read to testdata/*.want")

func describe(t *testing.T, data []byte) string {
	t.Helper()
	sheet, err := Inspect(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "dialect %q\n", fmt.Sprint(sheet.Dialect))
	for _, c := range sheet.Columns {
		fmt.Fprintf(&b, "column  %q = %s (%s) %q\n", c.Name, c.Field, c.Why, c.Samples)
	}
	for _, n := range sheet.Notes {
		fmt.Fprintf(&b, "note    %s\n", n)
	}
	for row, err := range Rows(bytes.NewReader(data), sheet.Mapping()) {
		if err != nil {
			t.Fatal(err)
		}
		p := row.Person
		fmt.Fprintf(&b, "%d:", row.Line)
		for _, kv := range [][2]string{{"email", p.Email}, {"first", p.FirstName}, {"last", p.LastName}, {"title", p.Title}, {"phone", p.Phone}, {"linkedin", p.LinkedIn},
			{"country", p.Country}, {"zone", p.Zone}, {"language", p.Language}, {"company", row.Account.Name}, {"domain", row.Account.Domain}} {
			if kv[1] != "" {
				fmt.Fprintf(&b, " %s=%q", kv[0], kv[1])
			}
		}
		for _, k := range slices.Sorted(maps.Keys(p.Custom)) {
			fmt.Fprintf(&b, " %s=%q", k, p.Custom[k])
		}
		fmt.Fprintln(&b)
		for _, s := range row.Problems {
			fmt.Fprintf(&b, "    problem %s\n", s)
		}
		if row.Refused != "" {
			fmt.Fprintf(&b, "    refused %s\n", row.Refused)
		}
	}
	return b.String()
}
