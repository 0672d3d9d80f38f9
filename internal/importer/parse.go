package importer

import "bytes"

// parse reads one record at the beginning of data into scratch and ends, and
// gives its length with the line end, or 0 when data is too short to tell.
// With atEOF everything is there.
func (s *scanner) parse(data []byte, atEOF bool) int {
	s.scratch, s.ends, s.huge, s.stray, s.reopened, s.inQuote = s.scratch[:0], s.ends[:0], 0, false, false, false
	for i := 0; ; {
		n, last := s.cell(data[i:], atEOF)
		if n < 0 {
			return 0
		}
		i += n
		if len(s.ends) <= MaxColumns {
			s.ends = append(s.ends, len(s.scratch))
		}
		if last {
			return i
		}
	}
}

// cell reads one cell and the delimiter or line end behind it. It gives the
// bytes read, -1 when data is too short, and whether the record ends.
func (s *scanner) cell(data []byte, atEOF bool) (int, bool) {
	i := 0
	for i < len(data) && (data[i] == ' ' || data[i] == '\t') && data[i] != s.delim {
		i++
	}
	if i < len(data) && data[i] == '"' {
		return s.quoted(data, i+1, atEOF)
	}
	return s.plain(data, 0, atEOF)
}

// plain reads to the next delimiter or line end; a quote is text there.
func (s *scanner) plain(data []byte, i int, atEOF bool) (int, bool) {
	for j := i; j < len(data); j++ {
		switch data[j] {
		case s.delim:
			s.add(data[i:j])
			return j + 1, false
		case s.newline:
			s.add(s.trimCR(data[i:j]))
			return j + 1, true
		}
	}
	if !atEOF {
		s.tooLong(len(data) - i)
		return -1, false
	}
	s.add(s.trimCR(data[i:]))
	return len(data), true
}

// quoted reads from behind the opening quote.
func (s *scanner) quoted(data []byte, i int, atEOF bool) (int, bool) {
	from := len(s.scratch)
	for {
		j := bytes.IndexByte(data[i:], '"')
		if j < 0 || i+j+1 == len(data) && !atEOF {
			s.inQuote = true
			if !atEOF {
				s.tooLong(len(s.scratch) - from + len(data) - i)
				return -1, false
			}
			s.addFrom(from, data[i:])
			return len(data), true
		}
		s.addFrom(from, data[i:i+j])
		i += j + 1
		if i < len(data) && data[i] == '"' {
			s.addFrom(from, data[i:i+1])
			i++
			continue
		}
		n, last, closed := s.closing(data[i:], atEOF)
		if n < 0 {
			s.inQuote = true
			return -1, false
		}
		if closed {
			return i + n, last
		}
		s.stray = true
		s.reopened = s.reopened || data[i-2] == s.newline || data[i-2] == s.delim // data[i-1] is the quote, and another opened the cell
		s.addFrom(from, data[i-1:i])
	}
}

// closing tells whether a quote before data closes its cell: what follows,
// spaces apart, is a delimiter or the end of the line. n is -1 when data is
// too short to tell.
func (s *scanner) closing(data []byte, atEOF bool) (n int, last, closed bool) {
	i := 0
	for i < len(data) && (data[i] == ' ' || data[i] == '\t' || data[i] == '\r' && s.newline == '\n') && data[i] != s.delim {
		i++
	}
	switch {
	case i == len(data) && !atEOF:
		return -1, false, false
	case i == len(data):
		return i, true, true
	case data[i] == s.delim:
		return i + 1, false, true
	case data[i] == s.newline:
		return i + 1, true, true
	}
	return 0, false, false
}

func (s *scanner) trimCR(b []byte) []byte {
	if s.newline == '\n' && len(b) > 0 && b[len(b)-1] == '\r' {
		return b[:len(b)-1]
	}
	return b
}

func (s *scanner) add(b []byte) { s.addFrom(len(s.scratch), b) }

// addFrom appends to the cell that begins at from, up to MaxCell.
func (s *scanner) addFrom(from int, b []byte) {
	if room := MaxCell - (len(s.scratch) - from); len(b) > room {
		s.tooLong(MaxCell + 1)
		b = b[:room]
	}
	s.scratch = append(s.scratch, b...)
}

// tooLong notes the column of a cell above MaxCell.
func (s *scanner) tooLong(n int) {
	if n > MaxCell && s.huge == 0 {
		s.huge = len(s.ends) + 1
	}
}
