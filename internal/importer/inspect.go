package importer

import (
	"fmt"
	"io"
	"strings"

	"ninetyten/internal/sales"
)

const (
	sampleRows    = 10 // rows that a preview shows
	samplesColumn = 5  // values of a column that a preview shows
)

// Sheet is what a file looks like before it is imported.
type Sheet struct {
	Dialect Dialect    `json:"dialect"`
	Columns []Column   `json:"columns"`
	Rows    [][]string `json:"rows"`  // the first rows below the header, as wide as they are
	Notes   []string   `json:"notes"` // sentences: what was guessed, what looks wrong
}

// Column is one column of a sheet.
type Column struct {
	Name    string   `json:"name"`    // from the header, or "Column 3"
	Samples []string `json:"samples"` // its first values that are not empty
	Field   Field    `json:"field"`   // the guess
	Why     string   `json:"why"`     // what the guess is from: "name", "content", or ""
	Empty   bool     `json:"empty"`   // no value in the rows that were looked at
}

// Mapping is the guess of Inspect, for a person to change.
func (s *Sheet) Mapping() Mapping {
	m := Mapping{Dialect: s.Dialect, Fields: make([]Field, len(s.Columns))}
	for i, c := range s.Columns {
		m.Fields[i] = c.Field
	}
	return m
}

// Inspect reads the first MB of a file and tells how it is written and which
// column is what. It returns an Invalid error for a file that is empty or no
// table of text, with what to do instead, and an Unavailable one when r fails.
func Inspect(r io.Reader) (*Sheet, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	whole := err == io.EOF || err == io.ErrUnexpectedEOF
	if err != nil && !whole {
		return nil, readError(err)
	}
	d, recs, err := detect(head[:n], whole)
	if err != nil {
		return nil, err
	}
	if len(recs) == 0 {
		return nil, sales.Errorf(sales.Invalid, "The first line of the file is longer than 1 MB. Choose a file with one person a line.")
	}
	s := &Sheet{Dialect: d, Rows: [][]string{}, Notes: []string{}}
	header, body := s.cut(recs)
	s.columns(header, body)
	if len(s.Columns) == 0 {
		return nil, sales.Errorf(sales.Invalid, "The file is empty. Choose a file with one person a line.")
	}
	s.guess(body)
	s.describe(header, body)
	return s, nil
}

// cut parts the header from the rows below it, blank and refused ones left out.
func (s *Sheet) cut(recs []record) (header []string, body [][]string) {
	for _, r := range recs {
		switch {
		case r.line == s.Dialect.Header:
			header = r.cells
		case r.line > s.Dialect.Header && len(r.cells) <= MaxColumns && !blank(r.cells):
			body = append(body, r.cells)
		}
	}
	return header, body
}

func (s *Sheet) columns(header []string, body [][]string) {
	width := len(header)
	for _, row := range body {
		if s.Dialect.Header == 0 {
			width = max(width, len(row))
		}
	}
	for len(header) > 1 && width > 1 && clean(header[width-1]) == "" && emptyColumn(body, width-1) {
		width-- // a delimiter at the end of each line is no column
		header = header[:width]
	}
	s.Columns = make([]Column, width)
	for i := range s.Columns {
		c := &s.Columns[i]
		if i < len(header) {
			c.Name = quoteless(header[i])
		}
		if c.Name == "" {
			c.Name = fmt.Sprintf("Column %d", i+1)
		}
		c.Empty = emptyColumn(body, i)
		for _, row := range body {
			if i < len(row) && len(c.Samples) < samplesColumn && clean(row[i]) != "" {
				c.Samples = append(c.Samples, cut(clean(row[i]), 200))
			}
		}
	}
	for _, row := range body[:min(len(body), sampleRows)] {
		out := make([]string, min(len(row), width))
		for i := range out {
			out[i] = cut(clean(row[i]), 200)
		}
		s.Rows = append(s.Rows, out)
	}
}

// describe writes the notes.
func (s *Sheet) describe(header []string, body [][]string) {
	note := func(format string, args ...any) { s.Notes = append(s.Notes, fmt.Sprintf(format, args...)) }
	if s.Dialect.Encoding == win1252Name {
		note("The file is not UTF-8, so it is read as Windows-1252. If accents look wrong in the preview, save it as “CSV UTF-8”.")
	}
	switch {
	case s.Dialect.Header == 0:
		note("The file has no header, so columns are guessed from what they hold.")
	case s.Dialect.Header > 1:
		note("The header is in line %d; the lines above it are left out.", s.Dialect.Header)
	}
	if len(body) == 0 {
		note("There is no row below the header.")
	}
	where := make(map[string]int)
	for i := range s.Columns {
		if i >= len(header) {
			continue
		}
		name := fold(header[i])
		switch first := where[name]; {
		case clean(header[i]) == "":
			note("Column %d has no name.", i+1)
		case first > 0:
			note("Columns %d and %d are both called “%s”.", first, i+1, s.Columns[i].Name)
		default:
			where[name] = i + 1
		}
		if len(s.Notes) > 50 {
			note("More columns have no name or the same name.")
			return
		}
	}
}

func emptyColumn(body [][]string, i int) bool {
	for _, row := range body {
		if i < len(row) && clean(row[i]) != "" {
			return false
		}
	}
	return true
}

func quoteless(s string) string { return cut(strings.Trim(oneLine(s), `"`), 200) }

// cut shortens s to n characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n]) + "…"
}
