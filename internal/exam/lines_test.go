package exam

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
)

func linesOf(t *testing.T, paths []string, o LineOptions) []map[string]any {
	t.Helper()
	var out bytes.Buffer
	if err := Lines(&out, paths, o); err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	in := bufio.NewScanner(&out)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var one map[string]any
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			t.Fatalf("%q: %v", in.Text(), err)
		}
		all = append(all, one)
	}
	return all
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLinesOneEach(t *testing.T) {
	dir := t.TempDir()
	a := write(t, dir, "a.eml", "From: ann@buyer.example\nSubject: Re: x\n\nNo thanks.\n\n-- \nAnn\n")
	b := write(t, dir, "box/b.eml", "From: ann@buyer.example\n\nPlease unsubscribe me.\n")
	write(t, dir, "box/c.eml", "")
	gone := filepath.Join(dir, "gone.eml")
	got := linesOf(t, []string{a, gone, filepath.Join(dir, "box")}, LineOptions{})
	if len(got) != 4 {
		t.Fatalf("%d lines: %v", len(got), got)
	}
	if got[0]["file"] != a || got[0]["kind"] != "reply" || got[0]["intent"] != "not_interested" || got[0]["reply_text"] != "No thanks." || got[0]["signature"] != "-- \nAnn" {
		t.Errorf("%v", got[0])
	}
	if got[1]["file"] != gone || !strings.Contains(got[1]["error"].(string), "cannot be opened") {
		t.Errorf("%v", got[1])
	}
	if got[2]["file"] != b || got[2]["kind"] != "unsubscribe" || got[2]["intent"] != "unsubscribe" {
		t.Errorf("%v", got[2])
	}
	for _, line := range got {
		for _, key := range []string{"kind", "recipients", "until", "intent", "confidence", "reply_text", "signature", "reasons"} {
			if _, ok := line[key]; !ok {
				t.Errorf("%v lacks %s", line["file"], key)
			}
		}
	}
}

func TestLinesJSONL(t *testing.T) {
	in := `{"id":"a","subject":"","text":"Please take me off your list."}
{"id":12345678901234567890,"subject":"","html":"<p>Sounds great, let us talk.</p>"}
not json

{"text":"Hm."}
{"id":{"x":1},"text":"` + strings.Repeat("word ", 100000) + `"}`
	got := linesOf(t, nil, LineOptions{JSONL: true, In: strings.NewReader(in)})
	if len(got) != 5 {
		t.Fatalf("%d lines", len(got))
	}
	if got[0]["id"] != "a" || got[0]["kind"] != "unsubscribe" || got[1]["intent"] != "interested" {
		t.Errorf("%v\n%v", got[0], got[1])
	}
	if got[2]["error"] == nil || got[2]["id"] != 3.0 {
		t.Errorf("%v", got[2])
	}
	if got[3]["id"] != 5.0 || got[3]["intent"] != "unclear" {
		t.Errorf("%v", got[3])
	}
	var out bytes.Buffer
	if err := Lines(&out, nil, LineOptions{JSONL: true, In: strings.NewReader(in)}); err != nil || !strings.Contains(out.String(), `"id":12345678901234567890`) {
		t.Errorf("a long number changed: %v", err)
	}
}

func TestLinesText(t *testing.T) {
	at := time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)
	got := linesOf(t, nil, LineOptions{Text: true, At: at, In: strings.NewReader("From: nobody, this is text.\nI am out of the office until 16 March.")})
	if got[0]["kind"] != "auto_reply" || got[0]["until"] != "2026-03-16" {
		t.Errorf("%v", got[0])
	}
	got = linesOf(t, nil, LineOptions{Text: true, In: strings.NewReader("<html><body><p>No thanks.</p></body></html>")})
	if got[0]["reply_text"] != "No thanks." {
		t.Errorf("%v", got[0])
	}
}

func TestLinesWhy(t *testing.T) {
	var out bytes.Buffer
	if err := Lines(&out, []string{"-"}, LineOptions{Why: true, In: strings.NewReader("From: ann@buyer.example\n\nPlease unsubscribe me.\n")}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"is         a demand to stop", "because ", "unsubscribe me", "from ann@buyer.example", "ladder     1 complaint        no", "5 demand to stop   YES"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q lacks %q", out.String(), want)
		}
	}
}

// A mail that breaks a reader costs its own line alone.
func TestPanicIsAnError(t *testing.T) {
	j := judgeBy(func() *mail.Parsed { panic("broken") }, time.Time{})
	if j.err == nil || !strings.Contains(lineOf(j).Error, "broken") {
		t.Errorf("%+v", j)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestLinesTellsOfWriting(t *testing.T) {
	if err := Lines(fullDisk{}, nil, LineOptions{In: strings.NewReader("\nx")}); err == nil {
		t.Error("the failed write was not told")
	}
}

func TestLinesLongMail(t *testing.T) {
	got := linesOf(t, nil, LineOptions{In: strings.NewReader("Subject: x\n\n" + strings.Repeat("words and words\n", 2<<20+5))})
	if got[0]["cut"] == nil {
		t.Errorf("nothing was said to be left out: %.300v", got[0])
	}
}
