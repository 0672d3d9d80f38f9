package outbound

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzWireData: whatever the bytes, the wire has whole CRLF lines only, none
// with a single leading dot, and the receiver gets the same lines back.
func FuzzWireData(f *testing.F) {
	for _, s := range []string{"a\r\n", ".", "..\r\n.\r\n", "a\nb\rc\r\r\n\n", "\r", "\n", "x\n.\n", "\xff\x00\r\n"} {
		f.Add([]byte(s))
	}
	normal := func(b []byte) string {
		s := strings.ReplaceAll(string(b), "\r\n", "\n")
		s = strings.ReplaceAll(s, "\r", "\n")
		if !strings.HasSuffix(s, "\n") {
			s += "\n"
		}
		return s
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) == 0 {
			return
		}
		wire, _ := wireData(raw)
		if !bytes.HasSuffix(wire, []byte("\r\n")) {
			t.Fatalf("%q has no end", wire)
		}
		var back strings.Builder
		for line := range strings.SplitAfterSeq(string(wire), "\r\n") {
			switch {
			case line == "":
				continue
			case strings.ContainsAny(strings.TrimSuffix(line, "\r\n"), "\r\n"):
				t.Fatalf("%q has a lone CR or LF", line)
			case strings.HasPrefix(line, ".") && !strings.HasPrefix(line, ".."):
				t.Fatalf("%q ends the mail", line)
			}
			back.WriteString(strings.TrimPrefix(line, "."))
		}
		if got, want := normal([]byte(back.String())), normal(raw); got != want {
			t.Fatalf("%q came back as %q", raw, got)
		}
	})
}

// FuzzReply: no line of a server breaks the parsers.
func FuzzReply(f *testing.F) {
	for _, s := range []string{"250 ok", "250-5.1.1 a", "250", "", "25", "999 x", "250_x", "550 5.1.1 no such user", "550 5.1.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		code, text, _, ok := parseLine(line)
		if ok && (code < 200 || code > 599) {
			t.Fatalf("%q gave %d", line, code)
		}
		e := reply{code, text}.fail(StageRcpt)
		if strings.ContainsAny(e.Text, "\r\n\x00") || (e.Enhanced != "" && !isEnhanced(e.Enhanced)) {
			t.Fatalf("%q gave %+v", line, e)
		}
		_, _ = e.Class(), e.Error()
	})
}
