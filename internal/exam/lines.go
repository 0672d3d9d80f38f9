package exam

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"ninetyten/internal/classify"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// LineOptions says how Lines reads its input and what it prints.
type LineOptions struct {
	Text  bool      // the input is a body without headers
	JSONL bool      // each line of the input is {"id", "subject", "text" | "html"}
	Why   bool      // print a readable account instead of JSON
	At    time.Time // what dates in texts are relative to; zero: the Date of the mail, else now
	In    io.Reader // read when paths is empty or has "-"
}

// Line is what is said of one mail. Every field but the error is always
// there, so that a reader needs no special cases.
type Line struct {
	File       string                    `json:"file,omitempty"`
	ID         any                       `json:"id,omitempty"` // of a JSONL line, as it came
	Kind       sales.VerdictKind         `json:"kind"`
	Recipients []sales.ReportedRecipient `json:"recipients"`
	Until      string                    `json:"until"` // "2026-05-04", "" when none is named
	Intent     sales.Intent              `json:"intent"`
	Detail     sales.Detail              `json:"detail,omitempty"` // of the intent: "meeting", "money", "left"
	Confidence float64                   `json:"confidence"`
	ReplyText  string                    `json:"reply_text"`
	Signature  string                    `json:"signature"`
	Reasons    []string                  `json:"reasons"`
	Referred   string                    `json:"referred,omitempty"`
	StandIn    string                    `json:"stand_in,omitempty"` // whom an absent person names: a name
	StandInAt  string                    `json:"stand_in_address,omitempty"`
	Original   string                    `json:"original_id,omitempty"`
	Cut        string                    `json:"cut,omitempty"` // what a bound left out
	Error      string                    `json:"error,omitempty"`
}

// Lines classifies the mails in paths, or of In when there are none, and
// prints one JSON line each, in order. A folder stands for the files in it. A
// file that cannot be read gives a line with an error, and the others go on.
// The error is of writing alone.
func Lines(w io.Writer, paths []string, o LineOptions) error {
	out := &printer{w: bufio.NewWriter(w), why: o.Why}
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	for _, path := range paths {
		if path == "-" {
			out.stream("-", o.In, o)
			continue
		}
		for _, file := range filesOf(path) {
			out.file(file, o)
		}
	}
	out.fail(out.w.Flush())
	return out.err
}

// filesOf gives the files under a folder in order, or the path itself.
func filesOf(path string) []string {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return []string{path}
	}
	var files []string
	_ = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			files = append(files, p) // what cannot be read gets its line with an error
		}
		return nil
	})
	return files
}

// printer writes lines and keeps the first error of writing.
type printer struct {
	w   *bufio.Writer
	why bool
	err error
}

func (p *printer) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *printer) file(path string, o LineOptions) {
	f, err := os.Open(path)
	if err != nil {
		p.line(Line{File: path, Error: sales.Explain(sales.WrapError(sales.NotFound, err, "The file cannot be opened: "+reasonOf(err)+"."))})
		return
	}
	defer f.Close()
	p.stream(path, f, o)
}

func reasonOf(err error) string {
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

// stream reads one mail, or in JSONL mode one a line.
func (p *printer) stream(name string, r io.Reader, o LineOptions) {
	if r == nil {
		r = strings.NewReader("")
	}
	if o.JSONL {
		p.jsonl(name, r, o)
		return
	}
	// One byte over the bound, so that Parse sees that the mail is longer.
	raw, err := io.ReadAll(io.LimitReader(r, mail.MaxRaw+1))
	if err != nil {
		p.line(Line{File: name, Error: "The file cannot be read: " + reasonOf(err) + "."})
		return
	}
	j := judgeAt(raw, o)
	line := lineOf(j)
	line.File = name
	p.lineWith(line, j)
}

// judgeAt judges a mail or a body by the options.
func judgeAt(raw []byte, o LineOptions) judged {
	parse := func() *mail.Parsed { return mail.Parse(raw) }
	if o.Text {
		parse = func() *mail.Parsed {
			if s := strings.ToLower(string(raw[:min(len(raw), 500)])); strings.Contains(s, "<html") || strings.Contains(s, "<!doctype html") {
				return mail.ParseHTML("", string(raw))
			}
			return mail.ParseText("", string(raw))
		}
	}
	return judgeBy(parse, o.At)
}

// jsonl answers each line of the input with one line.
func (p *printer) jsonl(name string, r io.Reader, o LineOptions) {
	in := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		raw, err := readLine(in)
		if len(bytes.TrimSpace(raw)) > 0 {
			p.jsonLine(name, n, raw, o)
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			p.line(Line{File: name, Error: fmt.Sprintf("Line %d cannot be read: %v.", n, err)})
			return
		}
	}
}

// readLine reads a line of any length; of one over the bound of a mail the
// rest is passed over.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line) <= mail.MaxRaw {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, err
		}
	}
}

func (p *printer) jsonLine(name string, n int, raw []byte, o LineOptions) {
	var item struct {
		ID      any    `json:"id"`
		Subject string `json:"subject"`
		Text    string `json:"text"`
		HTML    string `json:"html"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&item); err != nil {
		p.line(Line{File: name, ID: n, Error: fmt.Sprintf(`Line %d is not an object like {"id", "subject", "text"}: %v.`, n, err)})
		return
	}
	if item.ID == nil {
		item.ID = n
	}
	j := judgeBy(func() *mail.Parsed {
		if item.Text == "" && item.HTML != "" {
			return mail.ParseHTML(item.Subject, item.HTML)
		}
		return mail.ParseText(item.Subject, item.Text)
	}, o.At)
	line := lineOf(j)
	line.ID = item.ID
	p.lineWith(line, j)
}

// lineOf turns a judged mail into its line.
func lineOf(j judged) Line {
	if j.err != nil {
		return Line{Error: j.err.Error()}
	}
	v := j.verdict
	line := Line{Kind: v.Kind, Recipients: v.Recipients, Intent: v.Intent, Detail: v.Detail, Confidence: float64(int(v.Confidence*100+0.5)) / 100,
		ReplyText: j.mail.Reply, Signature: j.mail.Signature, Reasons: v.Reasons, Referred: v.Referred, StandIn: v.StandIn, StandInAt: v.StandInAddress, Original: v.OriginalID, Cut: j.mail.Cut}
	if !v.Until.IsZero() {
		line.Until = v.Until.Format("2006-01-02")
	}
	return line
}

func (p *printer) line(line Line) { p.lineWith(line, judged{}) }

func (p *printer) lineWith(line Line, j judged) {
	if line.Recipients == nil {
		line.Recipients = []sales.ReportedRecipient{}
	}
	if line.Reasons == nil {
		line.Reasons = []string{}
	}
	if line.Error != "" && line.Kind == "" {
		line.Kind = sales.KindOther
	}
	if p.why {
		p.account(line, j)
		return
	}
	raw, err := json.Marshal(line)
	if err != nil {
		raw = []byte(fmt.Sprintf(`{"file":%q,"kind":"other","error":%q}`, line.File, err.Error()))
	}
	_, err = p.w.Write(append(raw, '\n'))
	p.fail(err)
}

// account prints what led to a verdict, for a person to read.
func (p *printer) account(line Line, j judged) {
	var b strings.Builder
	name := line.File
	if name == "" {
		name = fmt.Sprint(line.ID)
	}
	fmt.Fprintf(&b, "%s\n", name)
	if line.Error != "" {
		fmt.Fprintf(&b, "  error      %s\n\n", line.Error)
		_, err := p.w.WriteString(b.String())
		p.fail(err)
		return
	}
	fmt.Fprintf(&b, "  is         %s, %.0f %% sure\n", inWords(line), line.Confidence*100)
	for _, r := range line.Reasons {
		fmt.Fprintf(&b, "  because    %s\n", r)
	}
	writeLadder(&b, j)
	for _, r := range line.Recipients {
		fmt.Fprintf(&b, "  recipient  %s %s %s %s\n", r.Address, r.Class, r.Status, r.Reason)
	}
	for _, f := range [...]struct{ what, text string }{{"until", line.Until}, {"referred", line.Referred}, {"stand-in", strings.TrimSpace(line.StandIn + " " + line.StandInAt)}, {"about", line.Original}, {"left out", line.Cut}, {"reply", line.ReplyText}, {"signature", line.Signature}} {
		if f.text != "" {
			fmt.Fprintf(&b, "  %-10s %s\n", f.what, short(f.text))
		}
	}
	if j.mail != nil {
		fmt.Fprintf(&b, "  read by    %s, %d bytes, from %s, subject %q\n", j.mail.Via, j.mail.Size, j.mail.From, short(j.mail.Subject))
	}
	b.WriteByte('\n')
	_, err := p.w.WriteString(b.String())
	p.fail(err)
}

// writeLadder prints the questions that were asked of a mail, in order, and
// what was seen at each: the last one answered.
func writeLadder(b *strings.Builder, j judged) {
	if j.mail == nil {
		return
	}
	_, way := classify.Explain(j.mail, j.at)
	for i, r := range way {
		what := "ladder"
		if i > 0 {
			what = ""
		}
		answer := "no"
		if r.Fired {
			answer = "YES"
		}
		if len(r.Found) > 0 && !r.Fired {
			answer += ", though " + short(strings.Join(r.Found, "; "))
		}
		fmt.Fprintf(b, "  %-10s %d %-16s %s\n", what, i+1, r.Name, answer)
	}
}

// inWords says what a mail is.
func inWords(line Line) string {
	kind := string(line.Kind)
	switch line.Kind {
	case sales.KindReply:
		kind = "a person's answer"
	case sales.KindAutoReply:
		kind = "an automatic reply"
	case sales.KindUnsubscribe:
		return "a demand to stop"
	case sales.KindBounce:
		kind = "a bounce"
	case sales.KindDelay:
		kind = "a note that a mail is delayed"
	case sales.KindComplaint:
		kind = "a complaint about spam"
	case sales.KindOther:
		kind = "neither an answer nor a failure"
	}
	if line.Intent == "" {
		return kind
	}
	intent := strings.ReplaceAll(string(line.Intent), "_", " ")
	if line.Detail != "" {
		intent += ", " + strings.ReplaceAll(string(line.Detail), "_", " ")
	}
	return kind + ": " + intent
}

// short gives the beginning of a text on one line.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > 200 {
		return string([]rune(s)[:197]) + "..."
	}
	return s
}
