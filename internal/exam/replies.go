package exam

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"ninetyten/internal/mail"
)

// even makes texts comparable: no outer blanks, no blanks at line ends, runs
// of empty lines as one.
func even(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	var out []string
	for _, line := range lines {
		line = strings.TrimRight(strings.ReplaceAll(line, "\u00a0", " "), " \t")
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// squeeze takes out every blank, for texts that are compared by what shows.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// exactness counts texts that are equal: the reply itself, and the reply with
// the signature that we take off and some peers leave on.
type exactness struct{ all, reply, withSignature int }

func (e *exactness) add(r *result, name string, p *mail.Parsed, want string, form func(string) string) {
	e.all++
	reply, unquoted := form(p.Reply), form(p.Unquoted)
	want = form(want)
	if reply == want {
		e.reply++
	}
	if reply == want || unquoted == want {
		e.withSignature++
		return
	}
	r.miss("%s: want %.200q got reply %.200q unquoted %.200q", name, want, reply, unquoted)
}

func (e *exactness) figures(r *result, what string) {
	r.figure("%s exact %s, or with its signature %s", what, percent(e.reply, e.all), percent(e.withSignature, e.all))
}

func readFile(parts ...string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(parts...))
	return string(raw), err
}

// scoreCrisp: exact replies, mails that must stay whole, words that must stay.
func scoreCrisp(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var exact, whole exactness
	var contains, kept int
	for _, row := range t.rows {
		file := t.get(row, "file")
		text, err := readFile(dir, "emails", file)
		if err != nil {
			return nil, err
		}
		p := mail.ParseText("", text)
		switch t.get(row, "check") {
		case "exact":
			want, err := readFile(dir, "expected", file)
			if err != nil {
				return nil, err
			}
			exact.add(r, file, p, want, even)
		case "whole":
			whole.add(r, file, p, text, even)
		case "contains":
			contains++
			if re, err := regexp.Compile(t.get(row, "must_contain")); err == nil && re.MatchString(p.Reply) {
				kept++
			} else {
				r.miss("%s: must contain %q: %.200q", file, t.get(row, "must_contain"), p.Reply)
			}
		}
	}
	exact.figures(r, "replies")
	whole.figures(r, "whole mails")
	r.figure("must contain %s", percent(kept, contains))
	return r, nil
}

// scoreTalon: quotations removed from text and HTML, and one reply a client.
func scoreTalon(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var text, html, clients exactness
	for _, row := range t.rows {
		file := t.get(row, "file")
		in, err := readFile(dir, "input", file)
		if err != nil {
			return nil, err
		}
		want, err := readFile(dir, "expected", file)
		if err != nil {
			return nil, err
		}
		switch t.get(row, "kind") {
		case "text":
			text.add(r, file, mail.ParseText("", in), want, even)
		case "html":
			if t.get(row, "changed") == "0" {
				want = in
			}
			html.add(r, file, mail.ParseHTML("", in), unquotedText(want), squeeze)
		}
	}
	mails, _ := filepath.Glob(filepath.Join(dir, "standard_replies", "*.eml"))
	for _, path := range mails {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		want, err := readFile(strings.TrimSuffix(path, ".eml") + ".expected.txt")
		if err != nil {
			return nil, err
		}
		clients.add(r, filepath.Base(path), mail.Parse(raw), want, squeeze)
	}
	text.figures(r, "text")
	html.figures(r, "HTML")
	clients.figures(r, "clients")
	return r, nil
}

// unquotedText is the visible text of HTML without our marks for quotes.
func unquotedText(html string) string {
	lines := strings.Split(mail.HTMLText(html), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimLeft(line, "> ")
	}
	return strings.Join(lines, "\n")
}

// scoreDiscourse: what a reader should keep, of mails in many languages.
func scoreDiscourse(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var exact exactness
	for _, row := range t.rows {
		file := t.get(row, "file")
		in, err := readFile(dir, "emails", file)
		if err != nil {
			return nil, err
		}
		want, err := readFile(dir, "trimmed", file)
		if err != nil {
			return nil, err
		}
		exact.add(r, file, mail.ParseText("", in), want, even)
	}
	exact.figures(r, "replies")
	return r, nil
}

// scoreSignature: body and signature of each case.
func scoreSignature(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var all, bodies, allSigs, sigs, none, invented int
	for _, row := range t.rows {
		id, in := t.get(row, "id"), t.get(row, "input")
		wantBody, wantSig := even(t.get(row, "body")), even(t.get(row, "signature"))
		in = strings.ReplaceAll(in, "#sig#", "")
		wantSig = strings.ReplaceAll(wantSig, "#sig#", "")
		parts := mail.SplitReply(in, "", t.get(row, "sender"))
		if wantBody != "" {
			all++
			if even(parts.Reply) == wantBody {
				bodies++
			} else {
				r.miss("%s: body want %q got %q", id, wantBody, even(parts.Reply))
			}
		}
		if wantSig == "" {
			none++
			if parts.Signature != "" {
				invented++
				r.miss("%s: signature invented %q", id, parts.Signature)
			}
			continue
		}
		allSigs++
		if even(parts.Signature) == wantSig {
			sigs++
		} else {
			r.miss("%s: signature want %q got %q", id, wantSig, even(parts.Signature))
		}
	}
	r.figure("bodies exact %s", percent(bodies, all))
	r.figure("signatures exact %s", percent(sigs, allSigs))
	r.figure("signatures invented %s", percent(invented, none))
	return r, nil
}
