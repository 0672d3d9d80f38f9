package calendar

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

var update = flag.Bool("update", false, "write what is read to testdata/ics/*.want")

func icsNow() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }

// calendarOf is a file with these lines of one event each.
func calendarOf(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\n")
	for _, e := range events {
		b.WriteString("BEGIN:VEVENT\r\n" + strings.ReplaceAll(e, "|", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	return b.String() + "END:VCALENDAR\r\n"
}

func icsText(f ICS) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q: %d events, %d left out\n", f.Name, f.Events, f.LeftOut)
	for _, d := range f.Days {
		fmt.Fprintf(&b, "%s %s %s\n", d.From, d.To, d.Name)
	}
	for _, n := range f.Notes {
		b.WriteString("- " + n + "\n")
	}
	return b.String()
}

func TestParseICSFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/ics/*.ics")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.TrimSuffix(file, ".ics") + ".want"
			for name, text := range map[string]string{
				"LF": string(b), "CRLF": strings.ReplaceAll(string(b), "\n", "\r\n"), "CR": strings.ReplaceAll(string(b), "\n", "\r"),
				"with a mark": "\ufeff" + string(b), "UTF-16": utf16le(string(b)),
			} {
				got, err := ParseICS([]byte(text), "", "", "", icsNow())
				if err != nil {
					t.Fatal(name, err)
				}
				if *update {
					if err := os.WriteFile(want, []byte(icsText(got)), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				w, err := os.ReadFile(want)
				if err != nil {
					t.Fatal(err)
				}
				if icsText(got) != string(w) {
					t.Errorf("%s:\n%s\nwant\n%s", name, icsText(got), w)
				}
				for _, d := range got.Days {
					if err := d.Validate(); err != nil {
						t.Errorf("%+v: %v", d, err)
					}
				}
			}
		})
	}
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s { // the files have no character above U+FFFF
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func TestParseICSPlaceAndSource(t *testing.T) {
	f, err := ParseICS([]byte(calendarOf("SUMMARY:Diwali|DTSTART;VALUE=DATE:20261108")), "in", "dl", " Holidays\r\nof India ", icsNow())
	if err != nil || len(f.Days) != 1 {
		t.Fatal(f, err)
	}
	if want := (sales.DayOff{From: "2026-11-08", To: "2026-11-08", Name: "Diwali", Country: "IN", Subdivision: "IN-DL", Source: "Holidays of India"}); f.Days[0] != want {
		t.Errorf("%+v, want %+v", f.Days[0], want)
	}
}

func TestParseICSTimes(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"the zone of the calendar", "BEGIN:VCALENDAR\nX-WR-TIMEZONE:America/New_York\nBEGIN:VEVENT\nDTSTART:20270602T120000Z\nDTEND:20270602T220000Z\nEND:VEVENT\nEND:VCALENDAR", "2027-06-02"},
		{"in UTC that is an evening", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270602T150000Z\nDTEND:20270602T230000Z\nEND:VEVENT\nEND:VCALENDAR", ""},
		{"seven hours", calendarOf("DTSTART:20270602T100000|DTEND:20270602T170000"), "2027-06-02"},
		{"a minute less", calendarOf("DTSTART:20270602T100000|DTEND:20270602T165900"), ""},
		{"whole days by times", calendarOf("DTSTART:20270602T000000|DTEND:20270604T000000"), "2027-06-02..2027-06-03"},
		{"from noon to noon", calendarOf("DTSTART:20270602T120000|DTEND:20270605T120000"), "2027-06-03..2027-06-04"},
		{"the end in another zone", calendarOf("DTSTART;TZID=Europe/Berlin:20270602T090000|DTEND;TZID=Asia/Tokyo:20270603T000000"), "2027-06-02"},
		{"a prefix before the zone, until in UTC", calendarOf("DTSTART;TZID=/mozilla.org/20050126_1/America/Los_Angeles:20270602T080000|DURATION:PT9H|RRULE:FREQ=DAILY;UNTIL=20270603T150000Z"), "2027-06-02 2027-06-03"},
		{"no until in UTC reaches the next day", calendarOf("DTSTART;TZID=America/Los_Angeles:20270602T080000|DURATION:PT9H|RRULE:FREQ=DAILY;UNTIL=20270603T145959Z"), "2027-06-02"},
		{"a series excepted in UTC", calendarOf("DTSTART;TZID=Europe/Berlin:20270602T080000|DURATION:PT9H|RRULE:FREQ=DAILY;COUNT=3|EXDATE:20270603T060000Z"), "2027-06-02 2027-06-04"},
		{"until with a time after a date", calendarOf("DTSTART;VALUE=DATE:20270602|RRULE:FREQ=DAILY;UNTIL=20270603T220000Z"), "2027-06-02 2027-06-03"},
		{"a day of a series is canceled", calendarOf("UID:a|DTSTART;VALUE=DATE:20270602|RRULE:FREQ=DAILY;COUNT=3", "UID:a|RECURRENCE-ID;VALUE=DATE:20270603|DTSTART;VALUE=DATE:20270603|STATUS:CANCELLED"), "2027-06-02 2027-06-04"},
		{"a period of further dates", calendarOf("DTSTART;VALUE=DATE:20270602|RDATE;VALUE=PERIOD:20270610/P1D,20270611/P1D"), "2027-06-02 2027-06-10 2027-06-11"},
		{"out of office elsewhere", calendarOf("DTSTART;VALUE=DATE:20270602|X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "DTSTART;VALUE=DATE:20270603|X-MICROSOFT-CDO-BUSYSTATUS:OOF"), "2027-06-03"},
		{"before the years that count", calendarOf("DTSTART;VALUE=DATE:20241123"), ""},
		{"their first day", calendarOf("DTSTART;VALUE=DATE:20241124"), "2024-11-24"},
		{"after them", calendarOf("DTSTART;VALUE=DATE:20321125"), ""},
		{"an old series", calendarOf("DTSTART;VALUE=DATE:19000101|RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29"), "2028-02-29 2032-02-29"},
	} {
		f, err := ParseICS([]byte(tt.file), "", "", "", icsNow())
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []string
		for _, d := range f.Days {
			if d.From != d.To {
				d.From += ".." + d.To
			}
			got = append(got, d.From)
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%s: %q, want %q (%v)", tt.name, g, tt.want, f.Notes)
		}
	}
}

func TestParseICSErrors(t *testing.T) {
	many := make([]string, 700)
	for i := range many {
		many[i] = fmt.Sprintf("SUMMARY:%d|DTSTART;VALUE=DATE:2020%02d%02d|RRULE:FREQ=YEARLY", i, i%12+1, i%28+1)
	}
	costly := make([]string, 2000)
	for i := range costly {
		costly[i] = "DTSTART;VALUE=DATE:00010101|RRULE:FREQ=DAILY;COUNT=2;BYMONTH=2;BYMONTHDAY=30"
	}
	for _, tt := range []struct {
		name, file string
		code       sales.Code
		say        string
	}{
		{"empty", " \n", sales.Invalid, "empty"},
		{"page", "<!DOCTYPE html><title>Sign in</title>", sales.Invalid, "web page"},
		{"text", "Dear all", sales.Invalid, "begins with “Dear all”"},
		{"bytes", "\x00\x01\x02\xff", sales.Invalid, "not an iCalendar"},
		{"large", "BEGIN:VCALENDAR" + strings.Repeat("\n", MaxICS), sales.Limited, "larger than 5 MB"},
		{"many days", calendarOf(many...), sales.Limited, "more than 5000 days"},
		{"much work", calendarOf(costly...), sales.Limited, "repeats more"},
	} {
		f, err := ParseICS([]byte(tt.file), "", "", "", icsNow())
		if sales.CodeOf(err) != tt.code || !strings.Contains(sales.Explain(err), tt.say) || len(f.Days) > 0 {
			t.Errorf("%s: %d days, %v", tt.name, len(f.Days), err)
		}
	}
}

// Files that are made to cost much: each is read, or refused, within bounds.
func TestParseICSHostile(t *testing.T) {
	list := make([]string, 366)
	for i := range list {
		list[i] = fmt.Sprint(i + 1)
	}
	everything := strings.Join(list, ",")
	for name, file := range map[string]string{
		"nested":         strings.Repeat("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", 150_000),
		"not closed":     strings.Repeat("BEGIN:X\n", 600_000) + "BEGIN:VCALENDAR",
		"folded":         "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:" + strings.Repeat("\n x", 1_000_000),
		"parameters":     "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY" + strings.Repeat(";A=b", 1_000_000) + ":x\nEND:VEVENT",
		"one quote":      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;A=\"" + strings.Repeat("x:", 1_000_000),
		"no value":       "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;A=b\nDTEND;VALUE\nRRULE;\nEND:VEVENT",
		"many zones":     "BEGIN:VCALENDAR\n" + zonesOf(20_000),
		"lists":          calendarOf("DTSTART;VALUE=DATE:00010101|RRULE:FREQ=YEARLY;COUNT=999999;BYYEARDAY=" + everything + ";BYSETPOS=" + everything),
		"many dates":     calendarOf("DTSTART;VALUE=DATE:20270101|RDATE:" + strings.Repeat("20270102,", 500_000)),
		"forever":        calendarOf("DTSTART;VALUE=DATE:20270101|DURATION:P999999999W|RRULE:FREQ=DAILY"),
		"second":         calendarOf("DTSTART:20270101T000000Z|RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
		"never":          calendarOf("DTSTART;VALUE=DATE:99991231|RRULE:FREQ=YEARLY;INTERVAL=10000"),
		"before Christ":  calendarOf("DTSTART;VALUE=DATE:00000000|RRULE:FREQ=YEARLY"),
		"a long summary": calendarOf("DTSTART;VALUE=DATE:20270101|SUMMARY:" + strings.Repeat("\\", 2_000_001)),
	} {
		f, err := ParseICS([]byte(file), "", "", "", icsNow())
		if len(f.Days) > MaxICSDays || len(f.Notes) > icsNotes {
			t.Errorf("%s: %d days, %d notes", name, len(f.Days), len(f.Notes))
		}
		if err != nil && sales.CodeOf(err) == sales.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func zonesOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "BEGIN:VEVENT\nDTSTART;TZID=/a/b/c/d/e/f/g/Zone%d:20270101T080000\nEND:VEVENT\n", i)
	}
	return b.String()
}

func FuzzParseICS(f *testing.F) {
	files, _ := filepath.Glob("testdata/ics/*.ics")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(calendarOf("DTSTART;VALUE=DATE:20270101|RRULE:FREQ=YEARLY;BYWEEKNO=-1;BYDAY=-1MO,2TU;BYSETPOS=-2;WKST=SU;COUNT=7")))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := ParseICS(b, "DE", "DE-BY", "fuzz", icsNow())
		if err != nil {
			if len(out.Days) > 0 || sales.CodeOf(err) == sales.Internal {
				t.Fatal(err)
			}
			return
		}
		for i, d := range out.Days {
			if err := d.Validate(); err != nil {
				t.Fatalf("%+v: %v", d, err)
			}
			if i > 0 && out.Days[i-1].From > d.From {
				t.Fatalf("%+v after %+v", d, out.Days[i-1])
			}
		}
		NewDaysOff(out.Days)
	})
}
