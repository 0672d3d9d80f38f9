package importer

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"ninetyten/internal/sales"
)

// The encodings that are told apart. Windows-1252 is the fallback when a file
// is none of the others; it reads every byte, so a file in another old
// encoding shows wrong letters in the preview.
const (
	utf8Name    = "utf-8"
	utf16LEName = "utf-16le"
	utf16BEName = "utf-16be"
	win1252Name = "windows-1252"
)

const utf8BOM = "\xEF\xBB\xBF"

// detectEncoding looks at the beginning of a file. A byte order mark decides;
// without one, zero bytes in every second place are UTF-16, and text whose
// bytes beyond ASCII are mostly no UTF-8 is windows-1252.
func detectEncoding(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte(utf8BOM)):
		return utf8Name
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return utf16LEName
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return utf16BEName
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case half > 3 && zeros[1] > half*4/10 && zeros[0] < half/20:
		return utf16LEName
	case half > 3 && zeros[0] > half*4/10 && zeros[1] < half/20:
		return utf16BEName
	}
	good, bad := 0, 0
	for i := 0; i < len(head); {
		if head[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRune(head[i:])
		switch {
		case n > 1:
			good++
		case !utf8.FullRune(head[i:]): // cut off at the end of head
		default:
			bad++
		}
		i += n
	}
	if bad > good {
		return win1252Name
	}
	return utf8Name
}

// decoded gives r as bytes in which the ASCII characters stand for
// themselves: UTF-8, or windows-1252 that text makes UTF-8 cell by cell.
func decoded(r io.Reader, encoding string) io.Reader {
	switch encoding {
	case utf16LEName:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case utf16BEName:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(r)
	}
	return r
}

// text makes a cell UTF-8: bytes that are none are read as windows-1252, so
// that one cell pasted from elsewhere does not spoil a file. It tells whether
// that was needed.
func text(s string) (string, bool) {
	if utf8.ValidString(s) {
		return s, false
	}
	t, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return string(bytes.ToValidUTF8([]byte(s), []byte("\uFFFD"))), true
	}
	return t, true
}

// refuseBinary returns an Invalid error when head is the beginning of
// something that is no table of text, and says what to do instead.
func refuseBinary(head []byte) error {
	for _, k := range []struct{ magic, what string }{
		{"PK\x03\x04", "an Excel workbook or another zip archive. Open it, save it as “CSV UTF-8”, and choose that file"},
		{"\xD0\xCF\x11\xE0", "an old Excel workbook. Open it, save it as “CSV UTF-8”, and choose that file"},
		{"\x1F\x8B", "compressed. Unpack it and choose the CSV file in it"},
		{"%PDF-", "a PDF. Export the table as CSV and choose that file"},
		{"\x89PNG", "a picture. Choose a CSV file"},
		{"\xFF\xD8\xFF", "a picture. Choose a CSV file"},
		{"SQLite format 3\x00", "a database. Export the table as CSV and choose that file"},
		{"\xFF\xFE\x00\x00", "text in the UTF-32 encoding. Save it as “CSV UTF-8” and choose that file"},
		{"\x00\x00\xFE\xFF", "text in the UTF-32 encoding. Save it as “CSV UTF-8” and choose that file"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return sales.Errorf(sales.Invalid, "The file is no CSV: it is %s.", k.what)
		}
	}
	return nil
}

// refuseJunk returns an Invalid error when decoded text has more control
// characters than any table.
func refuseJunk(head []byte) error {
	n := 0
	for _, b := range head {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 0x7F {
			n++
		}
	}
	if n > 8 && n > len(head)/12 {
		return sales.Errorf(sales.Invalid, "The file is no table of text. Export the people as CSV and choose that file.")
	}
	return nil
}
