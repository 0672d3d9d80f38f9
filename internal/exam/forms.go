package exam

import (
	"path/filepath"
	"strconv"
	"strings"

	"ninetyten/internal/mail"
)

// scoreMIME: malformed and strange mails. A different sane reading is not a
// failure; a crash or lost text is.
func scoreMIME(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var all, crashes, lost, subjects, subjectRight, senders, senderRight, dates, dateRight, texts, textRight, names, nameRight int
	via := map[string]int{}
	for _, row := range t.rows {
		file := t.get(row, "file")
		j := judge(filepath.Join(dir, "files", file))
		all++
		if j.err != nil {
			crashes++
			r.miss("%s: %v", file, j.err)
			continue
		}
		p := j.mail
		via[p.Via]++
		count := func(what, want, got string, all, right *int) {
			if want == "" {
				return
			}
			*all++
			if squeeze(want) == squeeze(got) {
				*right++
			} else {
				r.miss("%s: %s want %.120q got %.120q", file, what, want, got)
			}
		}
		count("subject", t.get(row, "subject"), p.Subject, &subjects, &subjectRight)
		count("sender", mail.ParseAddress(t.get(row, "sender")).Addr, p.From, &senders, &senderRight)
		if want := t.get(row, "date"); want != "" {
			got := ""
			if !p.Date.IsZero() {
				got = p.Date.UTC().Format("2006-01-02T15:04:05")
			}
			count("date", utcOf(want), got, &dates, &dateRight)
		}
		count("attachment names", t.get(row, "attachment_names"), attachmentNames(p), &names, &nameRight)
		n := number(t.get(row, "text_len"))
		want, err := readFile(dir, "text", strings.TrimSuffix(file, ".eml")+".txt")
		if err != nil {
			want, err = readFile(dir, "text", file+".txt")
		}
		if n == 0 || err != nil || strings.TrimSpace(want) == "" {
			continue
		}
		texts++
		if holds(p, want) {
			textRight++
		} else {
			r.miss("%s: text want %.160q got %.160q", file, want, p.Text)
		}
		if strings.TrimSpace(p.Text) == "" && p.HTML() == "" {
			lost++
			r.miss("%s: all text lost", file)
		}
	}
	r.figure("crashes %d of %d", crashes, all)
	r.figure("text lost %s", percent(lost, texts))
	r.figure("text as the peer %s", percent(textRight, texts))
	r.figure("subjects %s", percent(subjectRight, subjects))
	r.figure("senders %s", percent(senderRight, senders))
	r.figure("dates %s", percent(dateRight, dates))
	r.figure("attachment names %s", percent(nameRight, names))
	if err := scoreHeaders(dir, r); err != nil {
		return nil, err
	}
	r.figure("read by go-message %d, enmime %d, raw %d", via["go-message"], via["enmime"], via["raw"])
	return r, nil
}

// number reads a number of a table; 0 is no number.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// holds tells whether the text of p has the peer's text, blanks apart.
func holds(p *mail.Parsed, want string) bool {
	return strings.Contains(squeeze(p.Text), squeeze(mail.ParseText("", want).Text)) || strings.Contains(squeeze(p.Text), squeeze(mail.HTMLText(want)))
}

func attachmentNames(p *mail.Parsed) string {
	var names []string
	for _, a := range p.Attachments {
		if a.Name != "" {
			names = append(names, a.Name)
		}
	}
	return strings.Join(names, " | ")
}

// utcOf gives a date of the set in UTC.
func utcOf(s string) string {
	if t := mail.ParseDate(s); !t.IsZero() {
		return t.UTC().Format("2006-01-02T15:04:05")
	}
	return s
}

// scoreSanitize: every payload through the sanitiser; nothing active may be
// left. The proof in a browser is a test of its own.
func scoreSanitize(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var all, crashes, active int
	for _, row := range t.rows {
		all++
		payload := t.get(row, "payload")
		out, err := sanitized(payload)
		if err != nil {
			crashes++
			r.miss("%s: %v", t.get(row, "id"), err)
			continue
		}
		if what := leftActive(out); what != "" {
			active++
			r.miss("%s: %s left in %.200q", t.get(row, "id"), what, out)
		}
	}
	r.figure("crashes %d of %d", crashes, all)
	r.figure("something active left %s", percent(active, all))
	return r, nil
}

func sanitized(payload string) (out string, err error) {
	var j judged
	func() {
		defer catch(&j)
		out = mail.SanitizeHTML(payload)
		mail.HTMLText(payload)
	}()
	return out, j.err
}
