package calendar

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// daysOfRule are the first days of a rule, at most n, as MMDD or YYYYMMDD texts.
func daysOfRule(t testing.TB, start, rule string, n int) []string {
	t.Helper()
	r, err := parseRule(rule)
	if err != nil {
		t.Fatal(rule, err)
	}
	w, err := parseWall(start)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	day, sec := dayOf(w.wall)
	r.each(day, sec, day, dayNumber(2100, 1, 1), &budget{1 << 30}, func(d int64) bool {
		out = append(out, strings.ReplaceAll(dateText(d), "-", ""))
		return len(out) < n
	})
	return out
}

// The rules are those of RFC 5545 section 3.8.5.3 and of people.
func TestRecurrence(t *testing.T) {
	for _, tt := range []struct{ start, rule, want string }{
		{"19970902T090000", "FREQ=DAILY;COUNT=3", "19970902 19970903 19970904"},
		{"19970902T090000", "FREQ=DAILY;INTERVAL=10;COUNT=3", "19970902 19970912 19970922"},
		{"19980101T090000", "FREQ=DAILY;UNTIL=19980103T090000;BYMONTH=1", "19980101 19980102 19980103"},
		{"19970902T090000", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=3", "19970902 19970916 19970930"},
		{"19970902T090000", "FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH", "19970902 19970904 19970909 19970911"},
		{"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "19970805 19970810 19970819 19970824"},
		{"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "19970805 19970817 19970819 19970831"},
		{"19970905T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "19970905 19971003 19971107"},
		{"19970907T090000", "FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU", "19970907 19970928 19971102 19971130"},
		{"19970922T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "19970922 19971020 19971117"},
		{"19970928T090000", "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3", "19970928 19971029 19971128"},
		{"20270131", "FREQ=MONTHLY;COUNT=3", "20270131 20270331 20270531"},
		{"19970930T090000", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1", "19970930 19971001 19971031 19971101"},
		{"19970610T090000", "FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "19970610 19970710 19980610 19980710"},
		{"19970101T090000", "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200", "19970101 19970410 19970719 20000101"},
		{"19970519T090000", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", "19970519 19980518 19990517"},
		{"19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "19970512 19980511 19990517"},
		{"20200101", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR;COUNT=2", "20210101 20270101"},
		{"19970313T090000", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4", "19970313 19970320 19970327 19980305"},
		{"19970902T090000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", "19980213 19980313 19981113"},
		{"19961105T090000", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "19961105 20001107 20041102"},
		{"19970904T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904 19971007 19971106"},
		{"19970929T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3", "19970929 19971030 19971127"},
		{"20240229", "FREQ=YEARLY;COUNT=3", "20240229 20280229 20320229"},
		{"20250120", "RRULE_LIKE;FREQ=YEARLY", ""},
		{"20250120", "freq=yearly;byday=3mo;bymonth=1;count=2", "20250120 20260119"},
	} {
		if strings.HasPrefix(tt.rule, "RRULE_LIKE") {
			if _, err := parseRule(tt.rule); err == nil {
				t.Errorf("%s was read", tt.rule)
			}
			continue
		}
		if got := strings.Join(daysOfRule(t, tt.start, tt.rule, 4), " "); got != tt.want {
			t.Errorf("%s %s: %s, want %s", tt.start, tt.rule, got, tt.want)
		}
	}
}

func TestParseRuleErrors(t *testing.T) {
	for _, rule := range []string{
		"", "FREQ", "FREQ=", "FREQ=HOURLY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=99999999999999999999",
		"FREQ=DAILY;COUNT=-1", "FREQ=DAILY;BYDAY=XX", "FREQ=DAILY;BYDAY=", "FREQ=DAILY;BYDAY=0MO", "FREQ=DAILY;BYDAY=54MO", "FREQ=DAILY;BYDAY=UM",
		"FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYMONTH=-1", "FREQ=DAILY;BYMONTHDAY=32", "FREQ=DAILY;BYSETPOS=0", "FREQ=DAILY;BYWEEKNO=54",
		"FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;BYHOUR=9", "FREQ=DAILY;WKST=8", "FREQ=DAILY;X=1", "INTERVAL=2",
	} {
		if _, err := parseRule(rule); err == nil {
			t.Errorf("%q was read", rule)
		}
	}
}

// Skipping ahead to the days of interest gives what counting from the start gives.
func TestRecurrenceSkips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := "FREQ=" + rapid.SampledFrom([]string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}).Draw(t, "freq") +
			";INTERVAL=" + rapid.StringMatching("[1-9]").Draw(t, "interval") +
			rapid.SampledFrom([]string{"", ";BYDAY=MO,-1FR", ";BYMONTHDAY=-1,13", ";BYMONTH=2,11", ";BYWEEKNO=1,53", ";BYYEARDAY=-1,60", ";BYDAY=TU,TH;BYSETPOS=-1"}).Draw(t, "by")
		r, err := parseRule(rule)
		if err != nil {
			t.Fatal(err)
		}
		start := rapid.Int64Range(0, 20_000).Draw(t, "start")
		first := start + rapid.Int64Range(0, 3_000).Draw(t, "ahead")
		collect := func(from int64) (days []int64) {
			r.each(start, 0, from, first+800, &budget{1 << 30}, func(d int64) bool {
				if d >= first {
					days = append(days, d)
				}
				return true
			})
			return days
		}
		far, near := collect(start), collect(first)
		if len(far) != len(near) {
			t.Fatalf("%s from %d: %v, skipping %v", rule, start, far, near)
		}
		for i := range far {
			if far[i] != near[i] || i > 0 && far[i] <= far[i-1] {
				t.Fatalf("%s from %d: %v, skipping %v", rule, start, far, near)
			}
		}
	})
}

func TestParseDuration(t *testing.T) {
	for s, want := range map[string]int64{
		"P1D": 86400, "P2W": 14 * 86400, "PT8H30M": 30600, "P1DT12H": 129600, "+PT1S": 1, "P": -1, "": -1, "1D": -1, "PT": 0, "P1H": -1,
		"PT1D": -1, "P-1D": -1, "-P1D": -1, "P1234567890D": -1, "PD": -1, "P1": -1, "PTT1H": -1,
	} {
		got, err := parseDuration(s)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("parseDuration(%q) = %d, %v; want %d", s, got, err, want)
		}
	}
}

func BenchmarkParseICS(b *testing.B) {
	events := make([]string, 500)
	for i := range events {
		events[i] = "SUMMARY:Holiday|UID:a@b.example|DTSTAMP:20260101T000000Z|DTSTART;VALUE=DATE:" + strings.ReplaceAll(dateText(20_000+int64(i)), "-", "") + "|RRULE:FREQ=YEARLY"
	}
	file := []byte(calendarOf(events...))
	now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		if _, err := ParseICS(file, "", "", "", now); err != nil {
			b.Fatal(err)
		}
	}
}
