package importer

import (
	"bytes"
	"fmt"
	"io"
)

const (
	// MaxCell is the size of the largest cell that is read, in bytes. A row
	// with a larger one is refused.
	MaxCell = 1 << 20
	// MaxColumns is the largest number of cells in a row.
	MaxColumns = 16_384

	readSize   = 256 << 10
	maxRecord  = 16 << 20 // how far the end of a quoted cell is looked for
	maxRescans = 64       // broken quotes after which a quoted cell ends with its line
)

// record is one row of cells.
type record struct {
	line    int      // where it begins, from 1
	cells   []string // valid until the next call
	latin   bool     // some cell was no UTF-8 and was read as windows-1252
	refused string   // why there are no cells, a sentence
}

// scanner splits delimited text into records (RFC 4180, and what programs write
// instead of it): quotes may stand where they should not, lines may end in
// LF, CRLF or CR, and a quote that is never closed costs its own line only.
type scanner struct {
	r          io.Reader
	delim      byte
	newline    byte
	multiline  bool // a quoted cell may contain line ends
	width      int  // cells of a good record, 0 is unknown
	buf        []byte
	start, end int // the unread part of buf
	eof        bool
	err        error
	line       int
	rescans    int

	scratch  []byte // the cells of the record, one after the other
	ends     []int  // where each ends in scratch
	huge     int    // the column of a cell above MaxCell, from 1
	stray    bool   // a quote stood inside a quoted cell
	reopened bool   // one of them looked like the beginning of a cell
	inQuote  bool   // the data ended inside a quoted cell
	cells    []string
}

func newScanner(r io.Reader, d Dialect) *scanner {
	s := &scanner{r: decoded(r, d.Encoding), delim: ',', newline: '\n', multiline: true, line: 1, buf: make([]byte, readSize)}
	if d.Delimiter != "" {
		s.delim = d.Delimiter[0]
	}
	if d.Newline != "" {
		s.newline = d.Newline[0]
	}
	for s.end < len(utf8BOM) && s.fill() {
	}
	if bytes.HasPrefix(s.buf[:s.end], []byte(utf8BOM)) {
		s.start = len(utf8BOM)
	}
	return s
}

// fill reads more, after making room. It tells whether there was more.
func (s *scanner) fill() bool {
	if s.eof {
		return false
	}
	if s.start > 0 {
		s.end = copy(s.buf, s.buf[s.start:s.end])
		s.start = 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for tries := 0; ; tries++ {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err == nil && n == 0 && tries < 100 {
			continue
		}
		if err == nil && n == 0 {
			err = io.ErrNoProgress
		}
		if err != nil {
			s.eof = true
			if err != io.EOF {
				s.err = err
			}
		}
		return n > 0
	}
}

// next gives the next record, false at the end or when the reader fails (s.err).
func (s *scanner) next() (record, bool) {
	for {
		data := s.buf[s.start:s.end]
		if !s.multiline {
			if i := bytes.IndexByte(data, s.newline); i >= 0 {
				return s.record(s.parse(data[:i+1], true), s.inQuote), true
			}
		}
		n := s.parse(data, s.eof)
		switch {
		case n > 0 && s.suspect(data[:n]):
			return s.broken(data), true
		case n > 0:
			return s.record(n, s.inQuote), true
		case s.err != nil:
			return record{}, false
		case s.eof && len(data) == 0:
			return record{}, false
		case len(data) >= maxRecord && s.inQuote && bytes.IndexByte(data, s.newline) >= 0:
			return s.broken(data), true
		case len(data) >= maxRecord:
			return s.skipLine(), true
		}
		for want := max(2*len(data), readSize); s.end-s.start < want && s.fill(); { // doubling keeps the work linear
		}
	}
}

// suspect tells whether a record looks like a quote that was never closed and
// swallowed the lines behind it.
func (s *scanner) suspect(raw []byte) bool {
	i := bytes.IndexByte(raw, s.newline)
	if i < 0 || i == len(raw)-1 {
		return false
	}
	return s.inQuote || s.reopened || s.stray && s.width > 0 && len(s.ends) != s.width
}

// broken refuses the first line of data and leaves the rest to be read.
func (s *scanner) broken(data []byte) record {
	if s.rescans++; s.rescans > maxRescans {
		s.multiline = false
	}
	s.start += bytes.IndexByte(data, s.newline) + 1
	s.line++
	return record{line: s.line - 1, refused: "A quotation mark is opened in this line and never closed. Close it, or double it if it belongs to the text."}
}

// skipLine refuses a record that is too large to be looked at.
func (s *scanner) skipLine() record {
	line := s.line
	for {
		if i := bytes.IndexByte(s.buf[s.start:s.end], s.newline); i >= 0 {
			s.start += i + 1
			s.line++
			break
		}
		s.start = s.end
		if !s.fill() {
			break
		}
	}
	return record{line: line, refused: tooBig(max(s.huge, 1))}
}

func tooBig(column int) string {
	return fmt.Sprintf("The cell in column %d is larger than 1 MB. Shorten it.", column)
}

// record consumes n bytes and gives the cells that parse found in them.
func (s *scanner) record(n int, open bool) record {
	rec := record{line: s.line}
	s.line += bytes.Count(s.buf[s.start:s.start+n], []byte{s.newline})
	s.start += n
	switch {
	case open && s.multiline:
		rec.refused = "The file ends inside a quoted cell, so this row is cut off. Export the file again."
		return rec
	case open:
		rec.refused = "A quotation mark is opened in this line and never closed. Close it, or double it if it belongs to the text."
		return rec
	case s.huge > 0:
		rec.refused = tooBig(s.huge)
		return rec
	case len(s.ends) > MaxColumns:
		rec.refused = fmt.Sprintf("The row has more than %d cells.", MaxColumns)
		return rec
	}
	all, latin := string(s.scratch), false
	s.cells = s.cells[:0]
	from := 0
	for _, to := range s.ends {
		cell, was := text(all[from:to])
		s.cells, latin, from = append(s.cells, cell), latin || was, to
	}
	rec.cells, rec.latin = s.cells, latin
	return rec
}
