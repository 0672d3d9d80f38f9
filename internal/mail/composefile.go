package mail

import (
	"mime"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// The bounds of what a mail carries.
const (
	// MaxAttached is how many bytes the attachments of a mail have together.
	// Servers refuse mail from about 20 MB on, and base64 makes three bytes four.
	MaxAttached = 10 << 20
	// MaxAttachments is how many there are at most.
	MaxAttachments = 50

	maxFileName = 150 // bytes
)

// File is an attachment of a Draft.
type File struct {
	Name string // as a person knows it; SafeName of it is written
	Type string // media type; what cannot be one is application/octet-stream
	Data []byte
}

// CheckFiles refuses with Limited what a mail cannot carry, and with Invalid a
// name that would break out of its header.
func CheckFiles(files []File) error {
	total := 0
	for _, f := range files {
		if bad(f.Name) || bad(f.Type) {
			return sales.Errorf(sales.Invalid, "The name of an attachment has a line break: rename the file.")
		}
		total += len(f.Data)
	}
	if len(files) > MaxAttachments {
		return sales.Errorf(sales.Limited, "The mail has %d attachments; it can have %d. Remove some, or send a link to a page that has them.", len(files), MaxAttachments)
	}
	if total > MaxAttached {
		return sales.Errorf(sales.Limited, "The attachments have %s MB together; a mail can carry %d MB. Remove one, or send a link to it.",
			strconv.FormatFloat(float64(total)/(1<<20), 'f', 1, 64), MaxAttached>>20)
	}
	return nil
}

// SafeName is a file name that no program takes for a path or a command, and
// that reads as what it is: without folders, control characters, marks that turn
// the direction of writing around, and characters that file systems refuse. It
// has at most 150 bytes and keeps its extension; nothing left is "attachment".
func SafeName(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == 0xFEFF, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F:
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if len(name) > maxFileName {
		ext := path.Ext(name)
		if len(ext) > 20 {
			ext = ""
		}
		stem := name[:maxFileName-len(ext)]
		for !utf8.ValidString(stem) { // cut inside a character
			stem = stem[:len(stem)-1]
		}
		name = strings.TrimRight(stem, ". ") + ext
	}
	if name == "" {
		return "attachment"
	}
	return name
}

// file writes an attachment as a part.
func (w *writer) file(f File) {
	name := SafeName(f.Name)
	w.header("Content-Type", fileType(f.Type)+"; "+wordParam("name", name))
	w.header("Content-Disposition", "attachment; "+longParam("filename", name))
	w.line("Content-Transfer-Encoding: base64")
	w.line("")
	w.base64(f.Data)
}

// fileType is the media type of a part that is not looked into.
func fileType(s string) string {
	kind, params, err := mime.ParseMediaType(s)
	if err != nil || strings.Count(kind, "/") != 1 || strings.HasPrefix(kind, "multipart/") || strings.HasPrefix(kind, "message/") {
		return "application/octet-stream"
	}
	keep := map[string]string{}
	if c := params["charset"]; c != "" && len(c) < 40 && isASCII(c) {
		keep["charset"] = c
	}
	if s := mime.FormatMediaType(kind, keep); s != "" && len(s) < 200 {
		return s
	}
	return "application/octet-stream"
}

// wordParam writes a parameter with encoded words (RFC 2047). Section 5 of it
// forbids that, and it is what mail programs from before RFC 2231 read.
func wordParam(name, value string) string {
	if !isASCII(value) || strings.Contains(value, "=?") {
		value = encodeWords(value)
	}
	return name + `="` + value + `"`
}

// longParam writes a parameter by RFC 2231: quoted where ASCII is enough, else
// percent-encoded UTF-8, in pieces that fit a line (sections 3 and 4).
func longParam(name, value string) string {
	if isASCII(value) && len(value) <= 60 && !strings.Contains(value, "=?") {
		return name + `="` + value + `"`
	}
	const hex = "0123456789ABCDEF"
	var pieces []string
	piece := []byte("utf-8''")
	for i := range len(value) {
		if len(piece) > 55 {
			pieces = append(pieces, string(piece))
			piece = nil
		}
		if c := value[i]; c < utf8.RuneSelf && (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '_' || c == '.') {
			piece = append(piece, c)
		} else {
			piece = append(piece, '%', hex[c>>4], hex[c&15])
		}
	}
	if len(pieces) == 0 {
		return name + "*=" + string(piece)
	}
	pieces = append(pieces, string(piece))
	for i, p := range pieces {
		pieces[i] = name + "*" + strconv.Itoa(i) + "*=" + p
	}
	return strings.Join(pieces, "; ")
}
