package importer

import (
	"bufio"
	"errors"
	"io"
	"iter"

	"ninetyten/internal/sales"
)

// Rows reads the people of a file one by one. A row that cannot be imported is
// given with Refused set, and the next one follows; empty lines are left out.
// An error ends the sequence: the mapping is not valid, the file is no
// table of text (both Invalid), or r failed (Unavailable, unless r says otherwise).
// Memory does not depend on the size of the file.
func Rows(r io.Reader, m Mapping) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		s, rd, err := open(r, m)
		if err != nil {
			yield(Row{}, err)
			return
		}
		for {
			rec, ok := s.next()
			if !ok {
				break
			}
			if row, ok := rd.row(rec); ok && !yield(row, nil) {
				return
			}
		}
		if s.err != nil {
			yield(Row{}, readError(s.err))
		}
	}
}

// open prepares a pass over r and reads up to the header.
func open(r io.Reader, m Mapping) (*scanner, *reader, error) {
	if err := m.Validate(); err != nil {
		return nil, nil, err
	}
	if m.Dialect == (Dialect{}) {
		buffered := bufio.NewReaderSize(r, headSize)
		head, err := buffered.Peek(headSize)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, readError(err)
		}
		if m.Dialect, _, err = detect(head, err != nil); err != nil {
			return nil, nil, err
		}
		r = buffered
	}
	s := newScanner(r, m.Dialect)
	rd := &reader{m: m, zones: make(map[string]bool)}
	for line := 0; line < m.Dialect.Header; {
		rec, ok := s.next()
		if s.err != nil {
			return nil, nil, readError(s.err)
		}
		if !ok || rec.line > m.Dialect.Header {
			return nil, nil, sales.Errorf(sales.Invalid, "The file has no header in line %d. It is another file than the one that was looked at; choose it again.", m.Dialect.Header)
		}
		line = rec.line
		rd.width, s.width = len(rec.cells), len(rec.cells)
	}
	return s, rd, nil
}
