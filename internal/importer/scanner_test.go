package importer

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// scanAll reads everything with a reader that gives one byte at a time too, so
// that no rule depends on where the buffer ends.
func scanAll(t *testing.T, data string, d Dialect, width int) []string {
	t.Helper()
	read := func(r io.Reader) []string {
		s := newScanner(r, d)
		s.width = width
		var out []string
		for {
			rec, ok := s.next()
			if !ok {
				break
			}
			if rec.refused != "" {
				out = append(out, fmt.Sprintf("%d! %.39s", rec.line, rec.refused))
				continue
			}
			out = append(out, fmt.Sprintf("%d: %q", rec.line, rec.cells))
		}
		if s.err != nil {
			t.Fatal(s.err)
		}
		return out
	}
	whole := read(strings.NewReader(data))
	if len(data) < 10_000 {
		if diff := cmp.Diff(whole, read(iotest.OneByteReader(strings.NewReader(data)))); diff != "" {
			t.Errorf("%q depends on how it is read (-whole +bytes):\n%s", data, diff)
		}
	}
	return whole
}

func TestScanner(t *testing.T) {
	const open = "! A quotation mark is opened in this line"
	for _, c := range []struct {
		name, data, delim string
		want              []string
	}{
		{"plain", "a,b\nc,d\n", ",", []string{`1: ["a" "b"]`, `2: ["c" "d"]`}},
		{"no line end at the end", "a,b\r\nc,d", ",", []string{`1: ["a" "b"]`, `2: ["c" "d"]`}},
		{"empty cells", ",,\n,\n\n", ",", []string{`1: ["" "" ""]`, `2: ["" ""]`, `3: [""]`}},
		{"quotes", `"a ""b""",c` + "\n", ",", []string{`1: ["a \"b\"" "c"]`}},
		{"empty quotes", `"",""` + "\n", ",", []string{`1: ["" ""]`}},
		{"quoted line ends", "\"a\nb\r\nc\",d\ne,f\n", ",", []string{`1: ["a\nb\r\nc" "d"]`, `4: ["e" "f"]`}},
		{"quoted delimiter", `"a;b";c` + "\n", ";", []string{`1: ["a;b" "c"]`}},
		{"space around quotes", ` "a, b" , "c"  ` + "\n", ",", []string{`1: ["a, b" "c"]`}},
		{"quote in text", `5" disk,6' 2"` + "\n", ",", []string{`1: ["5\" disk" "6' 2\""]`}},
		{"quote in quoted text", `"the "best" one",b` + "\n", ",", []string{`1: ["the \"best\" one" "b"]`}},
		{"tab delimiter, spaces stay", " a\tb \n", "\t", []string{`1: [" a" "b "]`}},
		{"never closed", "a,\"b\nc,d\ne,f\n", ",", []string{"1" + open, `2: ["c" "d"]`, `3: ["e" "f"]`}},
		{"closed by the next quote", "\"a,b\nc,d\n\"e\",f\n", ",", []string{"1" + open, `2: ["c" "d"]`, `3: ["e" "f"]`}},
		{"cut off", "a,b\nc,\"d", ",", []string{`1: ["a" "b"]`, "2! The file ends inside a quoted cell, so "}},
		{"bytes of windows-1252", "M\xfcller,\x93x\x94\n", ",", []string{`1: ["Müller" "“x”"]`}},
		{"byte order mark", "\xef\xbb\xbfa,b\n", ",", []string{`1: ["a" "b"]`}},
		{"nothing", "", ",", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := scanAll(t, c.data, Dialect{Encoding: utf8Name, Delimiter: c.delim, Newline: "\n"}, 2)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestScannerCR(t *testing.T) {
	got := scanAll(t, "a,b\r\"c\rd\",e\rf,g", Dialect{Delimiter: ",", Newline: "\r"}, 2)
	want := []string{`1: ["a" "b"]`, `2: ["c\rd" "e"]`, `4: ["f" "g"]`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A cell of 10 MB is refused with its line, quoted or not, with line ends or
// without, and the rows around it are read.
func TestScannerHugeCell(t *testing.T) {
	big := strings.Repeat("x", 10<<20)
	lines := strings.Repeat("some text of a note\n", 10<<20/20)
	for name, cell := range map[string]string{"plain": big, "quoted": `"` + big + `"`, "quoted lines": `"` + lines + `"`, "30 MB": strings.Repeat(big, 3), "30 MB quoted": `"` + strings.Repeat(big, 3) + `"`} {
		t.Run(name, func(t *testing.T) {
			got := scanAll(t, "a,b\nc,"+cell+"\ne,f\n", Dialect{Delimiter: ",", Newline: "\n"}, 2)
			if len(got) != 3 || got[1] != "2! The cell in column 2 is larger than 1 M" || !strings.HasSuffix(got[2], `: ["e" "f"]`) {
				t.Errorf("got %.300q", got)
			}
		})
	}
	if got := scanAll(t, strings.Repeat("x", MaxCell)+",b\n", Dialect{}, 2); len(got) != 1 || !strings.HasPrefix(got[0], `1: ["xxx`) {
		t.Errorf("a cell of just 1 MB: %.100q", got)
	}
}

// Broken quotes on every line must not make the work quadratic.
func TestScannerManyBrokenQuotes(t *testing.T) {
	var b bytes.Buffer
	for i := range 200_000 {
		fmt.Fprintf(&b, "\"a%d,b\n", i)
	}
	got := scanAll(t, b.String(), Dialect{Delimiter: ",", Newline: "\n"}, 2)
	if len(got) != 200_000 {
		t.Fatalf("%d records of 200000 lines", len(got))
	}
	if i := slices.IndexFunc(got, func(s string) bool { return !strings.Contains(s, "quotation mark") }); i >= 0 {
		t.Errorf("line %d: %s", i+1, got[i])
	}
}

func TestScannerTooManyCells(t *testing.T) {
	got := scanAll(t, strings.Repeat(",", 100_000)+"\na,b\n", Dialect{Delimiter: ",", Newline: "\n"}, 2)
	want := []string{"1! The row has more than 16384 cells.", `2: ["a" "b"]`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
