package importer

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"ninetyten/internal/sales"
)

// Dialect is how a file is written.
type Dialect struct {
	Encoding  string `json:"encoding"`  // "utf-8", "utf-16le", "utf-16be" or "windows-1252"
	Delimiter string `json:"delimiter"` // one of "," ";" "\t" "|"
	Newline   string `json:"newline"`   // "\n" (also for CRLF) or "\r"
	Header    int    `json:"header"`    // line of the header, from 1; 0 when there is none
}

const delimiters = ",;\t|"

func (d Dialect) validate() error {
	if d == (Dialect{}) {
		return nil
	}
	switch d.Encoding {
	case utf8Name, utf16LEName, utf16BEName, win1252Name:
	default:
		return sales.Errorf(sales.Invalid, "%q is no known encoding. Choose UTF-8, UTF-16 or Windows-1252.", d.Encoding)
	}
	if len(d.Delimiter) != 1 || !strings.Contains(delimiters, d.Delimiter) {
		return sales.Errorf(sales.Invalid, "%q cannot separate columns. Choose comma, semicolon, tab or |.", d.Delimiter)
	}
	if d.Newline != "\n" && d.Newline != "\r" || d.Header < 0 {
		return sales.Errorf(sales.Invalid, "The description of the file is not complete. Choose the file again.")
	}
	return nil
}

const (
	headSize = 1 << 20 // bytes that Inspect looks at
	headRows = 200     // records of them
)

// detect finds out how a file is written and gives its first records, from
// the beginning of the file. whole tells that head is all of it.
func detect(head []byte, whole bool) (Dialect, []record, error) {
	if err := refuseBinary(head); err != nil {
		return Dialect{}, nil, err
	}
	d := Dialect{Encoding: detectEncoding(head), Newline: "\n"}
	plain := plainText(head, d)
	if err := refuseJunk(plain); err != nil {
		return Dialect{}, nil, err
	}
	if len(bytes.TrimSpace(bytes.Trim(plain, "\x00"))) == 0 {
		return Dialect{}, nil, sales.Errorf(sales.Invalid, "The file is empty. Choose a file with one person a line.")
	}
	if bytes.IndexByte(plain, '\n') < 0 && bytes.IndexByte(plain, '\r') >= 0 {
		d.Newline = "\r"
	}
	var best []record
	top := -1
	told := explicitDelimiter(plain)
	for i := range len(delimiters) {
		try := d
		try.Delimiter = delimiters[i : i+1]
		recs := readHead(plain, try, whole)
		score := delimiterScore(recs)
		if try.Delimiter == told {
			score = 1 << 30
		}
		if score > top {
			top, best, d.Delimiter = score, recs, try.Delimiter
		}
	}
	d.Header = headerLine(best)
	return d, best, nil
}

// plainText is head as scanner sees it.
func plainText(head []byte, d Dialect) []byte {
	b, _ := io.ReadAll(decoded(bytes.NewReader(head), d.Encoding)) // reads from memory
	return bytes.TrimPrefix(b, []byte(utf8BOM))
}

// readHead gives the first records of decoded text, without the last one when
// it may be cut off.
func readHead(plain []byte, d Dialect, whole bool) []record {
	d.Encoding = utf8Name
	s := newScanner(bytes.NewReader(plain), d)
	var recs []record
	for len(recs) < headRows {
		rec, ok := s.next()
		if !ok {
			break
		}
		if !whole && s.start == s.end && s.eof {
			break
		}
		rec.cells = slices.Clone(rec.cells)
		recs = append(recs, rec)
	}
	return recs
}

// explicitDelimiter reads the line "sep=;" with which Excel names it, or "".
func explicitDelimiter(plain []byte) string {
	if len(plain) < 5 || !strings.EqualFold(string(plain[:4]), "sep=") || !strings.Contains(delimiters, string(plain[4:5])) {
		return ""
	}
	if len(plain) > 5 && plain[5] != '\n' && plain[5] != '\r' {
		return ""
	}
	return string(plain[4:5])
}

// delimiterScore tells how well a delimiter explains the records: known header
// names weigh most, then rows of one width.
func delimiterScore(recs []record) int {
	width, share := modalWidth(recs)
	score := 0
	if width > 1 {
		score = int(100*share) + min(width, 50)
		if len(recs) > 0 && len(recs[0].cells) != width {
			score -= 30
		}
	}
	known := 0
	for _, r := range recs[:min(len(recs), preambleRows)] {
		known = max(known, knownNames(r.cells))
	}
	return score + 1000*min(known, 20)
}

// modalWidth is the commonest number of cells of the rows that are not blank,
// and how common it is.
func modalWidth(recs []record) (int, float64) {
	count, rows := make(map[int]int), 0
	for _, r := range recs {
		if !blank(r.cells) {
			count[len(r.cells)]++
			rows++
		}
	}
	width := 0
	for w, n := range count {
		if n > count[width] || n == count[width] && w > width {
			width = w
		}
	}
	if rows == 0 {
		return 0, 0
	}
	return width, float64(count[width]) / float64(rows)
}

// preambleRows is how far down a header may stand.
const preambleRows = 25

// headerLine finds the line of the header: the row with the most known names;
// when there is none, the first row as wide as the others, unless it already
// holds data. It gives 0 for a file without a header.
func headerLine(recs []record) int {
	width, _ := modalWidth(recs)
	first, best, most := -1, -1, 0
	for i, r := range recs[:min(len(recs), preambleRows)] {
		if blank(r.cells) {
			continue
		}
		if first < 0 && len(r.cells) == width {
			first = i
		}
		if n := knownNames(r.cells); n > most && (n > 1 || len(r.cells) == width) && !looksLikeData(r.cells) {
			best, most = i, n
		}
	}
	switch {
	case best >= 0:
		return recs[best].line
	case first >= 0 && !looksLikeData(recs[first].cells):
		return recs[first].line
	}
	return 0
}

// looksLikeData tells a row of values from a row of names.
func looksLikeData(cells []string) bool {
	for _, c := range cells {
		c = clean(c)
		if isAddress(c) || isNumber(c) || strings.Contains(c, "://") || looksLikePhone(c) {
			return true
		}
	}
	return false
}

func blank(cells []string) bool {
	for _, c := range cells {
		if clean(c) != "" {
			return false
		}
	}
	return true
}
