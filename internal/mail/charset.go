package mail

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
)

// toUTF8 gives b, written in the named charset, as valid UTF-8. A wrong or
// unknown name never loses the text: the bytes then decide.
func toUTF8(b []byte, charset string) string {
	name := strings.ToLower(strings.Trim(strings.TrimSpace(charset), `"'`))
	switch name {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown", "default", "binary", "8bit", "7bit":
		return guessUTF8(b)
	case "utf-7", "unicode-1-1-utf-7":
		return utf7(b)
	case "iso-8859-1", "latin1", "windows-1252", "cp1252", "iso-8859-15", "x-ansi":
		// Many programs write UTF-8 under this label. Valid multi-byte
		// sequences do not arise by chance in text.
		if utf8.Valid(b) {
			return string(b)
		}
	case "iso-2022-jp-ms", "cp50220", "cp50221":
		name = "iso-2022-jp"
	case "cp932", "windows-31j", "ms932":
		name = "shift_jis"
	case "ks_c_5601-1987", "cp949", "uhc":
		name = "euc-kr"
	case "iso-8859-8-i":
		name = "iso-8859-8"
	}
	enc := encodingOf(name)
	if enc == nil {
		return guessUTF8(b)
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return guessUTF8(b)
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

func encodingOf(name string) encoding.Encoding {
	if enc, err := htmlindex.Get(name); err == nil && enc != encoding.Replacement {
		return enc
	}
	if enc, err := ianaindex.MIME.Encoding(name); err == nil && enc != nil {
		return enc
	}
	if digits, ok := strings.CutPrefix(name, "cp"); ok {
		if enc, err := ianaindex.IANA.Encoding("IBM" + strings.TrimPrefix(digits, "-")); err == nil && enc != nil {
			return enc
		}
	}
	return nil
}

// guessUTF8 gives b as text when its charset is not known: UTF-8 when it is
// valid, ISO-2022-JP by its escapes, else Windows-1252, which has a character
// for almost every byte.
func guessUTF8(b []byte) string {
	if bytes.Contains(b, []byte("\x1b$")) {
		if out, err := japanese.ISO2022JP.NewDecoder().Bytes(b); err == nil {
			return strings.ToValidUTF8(string(out), "\uFFFD")
		}
	}
	if utf8.Valid(b) {
		return string(b)
	}
	bad, multi := 0, 0
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else if size > 1 {
			multi++
		}
		i += size
	}
	if multi > 4*bad { // UTF-8 that was cut or damaged in places
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// utf7 decodes RFC 2152. Damaged runs are kept as they stand.
func utf7(b []byte) string {
	var out strings.Builder
	for i := 0; i < len(b); {
		if b[i] != '+' {
			out.WriteByte(b[i])
			i++
			continue
		}
		end := i + 1
		for end < len(b) && isBase64(b[end]) {
			end++
		}
		run := b[i+1 : end]
		if len(run) == 0 && end < len(b) && b[end] == '-' {
			out.WriteByte('+')
			i = end + 1
			continue
		}
		raw, err := base64.RawStdEncoding.DecodeString(string(run[:len(run)-len(run)%4]) + string(run[len(run)-len(run)%4:]))
		if err != nil || len(run) == 0 {
			out.Write(b[i:end])
			i = end
			continue
		}
		units := make([]uint16, 0, len(raw)/2)
		for j := 0; j+1 < len(raw); j += 2 {
			units = append(units, uint16(raw[j])<<8|uint16(raw[j+1]))
		}
		out.WriteString(string(utf16.Decode(units)))
		if i = end; i < len(b) && b[i] == '-' {
			i++
		}
	}
	return guessUTF8([]byte(out.String()))
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}
