package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

const feiertage = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Feiertage\r\n" +
	"BEGIN:VEVENT\r\nUID:1@x.example\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Weihnachten <b>\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:2@x.example\r\nDTSTART;VALUE=DATE:20270106\r\nSUMMARY:Heilige Drei Könige\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:3@x.example\r\nDTSTART;VALUE=DATE:20270201\r\nSTATUS:CANCELLED\r\nSUMMARY:Umzug\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// sendFile sends a form with a file, and fields of name, value, ... before it.
func (b *browser) sendFile(path, name string, content []byte, fields ...string) answer {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		_ = w.WriteField(fields[i], fields[i+1])
	}
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = part.Write(content)
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	return b.raw(path, w.FormDataContentType(), body.Bytes())
}

// raw sends a body as it is.
func (b *browser) raw(path, kind string, body []byte) answer {
	b.t.Helper()
	r, err := http.NewRequest("POST", b.url+path, bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	res, err := b.c.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{res, string(text), b.t}
}

func (s *site) daysOff() []sales.DayOff {
	s.t.Helper()
	list, err := s.DaysOff(context.Background(), s.Workspace.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func TestDaysOffPage(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	a := b.get("/settings/days-off")
	a.wants("main", "None to come", "The public holidays of 40 countries are known", "Import a calendar")
	if len(a.all("#f-where option[value=DE-BY]")) != 1 || len(a.all("#f-where option[value=PT]")) != 1 || len(a.all("#f-where option")) < 240 {
		t.Error("countries or their parts are missing")
	}
	for _, c := range []struct {
		fields []string
		says   string
	}{
		{[]string{"from", "", "name", "x"}, "Choose the day"}, {[]string{"from", "24.12.2026", "name", "x"}, "Choose the day"}, {[]string{"from", "2026-12-24", "to", "2026-12-20", "name", "x"}, "before the first"},
		{[]string{"from", "2026-12-24", "to", "2029-12-20", "name", "x"}, "At most a year"}, {[]string{"from", "2026-12-24", "name", " "}, "Say what day it is"}, {[]string{"from", "2026-02-30", "name", "x"}, "Choose the day"},
		{[]string{"from", "2026-12-24", "name", "x", "where", "Narnia"}, "no country"}, {[]string{"from", "2026-12-24", "name", "x", "where", "DE-<script>"}, "no part of a country"}, {[]string{"from", "2026-12-24", "name", strings.Repeat("x", 301)}, "at most 300"},
	} {
		b.do("POST", "/settings/days-off", form(c.fields...)).wantPage(422, c.says)
	}
	b.post("/settings/days-off", "from", "2026-12-24", "to", "2026-12-31", "name", "Winter  break", "where", "DE-BY").to("/settings/days-off")
	b.post("/settings/days-off", "from", "2026-03-02", "to", "", "name", "Yesterday", "where", "").to("/settings/days-off")
	list := s.daysOff()
	if len(list) != 2 || list[1].Name != "Winter break" || list[1].Country != "DE" || list[1].Subdivision != "DE-BY" || list[0].To != "2026-03-02" {
		t.Fatalf("%+v", list)
	}
	b.get("/settings/days-off").wants("main", "Thu 24 Dec to Thu 31 Dec 2026", "Winter break", "Germany, Bayern", "1 that is over", "Mon 2 Mar 2026", "Everybody")

	b.post("/settings/days-off/" + list[1].ID.String() + "/delete").to("/settings/days-off")
	a = b.get("/settings/days-off")
	a.wants("#toasts", "No longer free", "Undo")
	undo := attr(a.all("#toasts form")[0], "action")
	b.post(undo).to("/settings/days-off")
	if again := s.daysOff(); len(again) != 2 || again[1].Name != "Winter break" || again[1].Subdivision != "DE-BY" || again[1].To != "2026-12-31" {
		t.Errorf("taken back: %+v", again)
	}
	b.do("POST", "/settings/days-off/"+list[1].ID.String()+"/delete", form()).wantPage(404)
	for _, token := range []string{"x", "W10", base64.RawURLEncoding.EncodeToString([]byte(`["2026-12-24","2026-12-24","","",""]`)), base64.RawURLEncoding.EncodeToString([]byte(`["a","b","c","d","e"]`)), strings.Repeat("A", 4000)} {
		if code := b.status("/undo/day-off/" + token); code != 422 {
			t.Errorf("a forged token: status %d", code)
		}
	}
	if len(s.daysOff()) != 2 {
		t.Error("a forged token changed something")
	}
}

func TestImportACalendar(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	a := b.sendFile("/settings/days-off/import", "feiertage.ics", []byte(feiertage), "where", "DE-BY", "name", "").wantPage(200, "2 days off, Fri 25 Dec 2026 to Wed 6 Jan 2027.", "Germany, Bayern", "1 event", "“Umzug” is canceled", "nothing: there is no calendar")
	if len(s.daysOff()) != 0 || len(a.all("main b")) > 0 {
		t.Error("the preview imported, or what stands in it is HTML")
	}
	yes := []string{"file", a.value("[name=file]"), "name", a.value("main [name=name]"), "where", a.value("main [name=where]")}
	b.post("/settings/days-off/import/yes", yes...).to("/settings/days-off")
	b.get("/settings/days-off").wants("main", "Feiertage", "Germany, Bayern · 2 days off", "Next: Fri 25 Dec to Sat 26 Dec 2026, Weihnachten <b>")
	b.sendFile("/settings/days-off/import", "f.ics", []byte(feiertage), "where", "AT", "name", "Feiertage").wantPage(200, "2 days off of the calendar with the same name", "Replace it")
	b.post("/settings/days-off/import/yes", yes...)
	if list := s.daysOff(); len(list) != 2 || list[0].Source != "Feiertage" || list[0].Country != "DE" || list[0].To != "2026-12-26" {
		t.Errorf("%+v", list)
	}
	b.post("/settings/days-off/calendar/delete", "source", "Feiertage").to("/settings/days-off")
	b.do("POST", "/settings/days-off/calendar/delete", form("source", "Feiertage")).wantPage(404)
	b.do("POST", "/settings/days-off/calendar/delete", form("source", "")).wantPage(422)
	if len(s.daysOff()) != 0 {
		t.Error("the calendar is still there")
	}
}

func TestHostileCalendars(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	for _, c := range []struct {
		file string
		code int
		says string
	}{
		{"", 422, "empty"}, {"<!doctype html><title>Log in</title>", 422, "This is a web page"}, {"PK\x03\x04", 422, "not an iCalendar"}, {"BEGIN:VCALENDAR\nEND:VCALENDAR", 422, "no day off"},
		{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR", 422, "Give it a name"}, {strings.Repeat("a", 5<<20+1), 413, "larger than 5 MB"}, {strings.Repeat("a", 12<<20), 413, "larger than 5 MB"},
	} {
		a := b.sendFile("/settings/days-off/import", "x.ics", []byte(c.file), "where", "DE-BY").wantPage(c.code, c.says)
		if len(a.all("#import-where option[value=DE-BY][selected]")) != 1 {
			t.Errorf("%.20q: what was chosen is gone", c.file)
		}
	}
	b.do("POST", "/settings/days-off/import", form("file", "x")).wantPage(422, "No file came")
	b.sendFile("/settings/days-off/import", "", nil).wantPage(422, "Choose a file first")
	b.sendFile("/settings/days-off/import", "x.ics", []byte(feiertage), "where", "XX-???").wantPage(422, "no part of a country")

	// The second form carries the file; what it carries is read as the first time.
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = z.Write(make([]byte, 64<<20))
	_ = z.Close()
	for _, file := range []string{"", "!!!", "H4sI", base64.RawURLEncoding.EncodeToString([]byte("no gzip")), base64.RawURLEncoding.EncodeToString(bomb.Bytes())} {
		if code := b.status("/settings/days-off/import/yes", "file", file, "name", "x", "where", ""); code != 422 && code != 429 && code != 413 {
			t.Errorf("%.20q: status %d", file, code)
		}
	}
	if code := b.status("/settings/days-off/import/yes", "file", strings.Repeat("A", 9<<20)); code < 400 || code >= 500 {
		t.Errorf("a form that is too large: status %d", code)
	}
	if len(s.daysOff()) != 0 {
		t.Errorf("%+v", s.daysOff())
	}
	// A large one, as companies have them, comes through both forms.
	var large strings.Builder
	large.WriteString("BEGIN:VCALENDAR\nX-WR-CALNAME:Everything\n")
	for i := range 2000 {
		fmt.Fprintf(&large, "BEGIN:VEVENT\nUID:%d\nSUMMARY:Day %d\nDESCRIPTION:%x\nDTSTART;VALUE=DATE:%s\nEND:VEVENT\n", i, i, bytes.Repeat([]byte{byte(i * 7), byte(i >> 3)}, 400), time.Date(2026, 4, 1+i, 0, 0, 0, 0, time.UTC).Format("20060102"))
	}
	large.WriteString("END:VCALENDAR\n")
	a := b.sendFile("/settings/days-off/import", "x.ics", []byte(large.String())).wantPage(200, "2,000 days off")
	b.post("/settings/days-off/import/yes", "file", a.value("[name=file]"), "name", a.value("main [name=name]"), "where", "")
	if n := len(s.daysOff()); n != 2000 {
		t.Errorf("%d days off", n)
	}
	b.get("/settings/days-off").wants("main", "Everything", "The next 400")
}
