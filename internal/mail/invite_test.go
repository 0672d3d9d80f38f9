package mail

import (
	"strings"
	"testing"
	"time"
)

// invitation is a mail with a text/calendar part of the given lines.
func invitation(kind string, lines ...string) *Parsed {
	body := strings.Join(append(append([]string{"BEGIN:VCALENDAR"}, lines...), "END:VCALENDAR", ""), "\r\n")
	return Parse([]byte("From: Ann Buyer <ann@buyer.example>\r\nTo: sam@seller.example\r\nSubject: Accepted: Short call\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n" +
		"--c\r\nContent-Type: text/plain\r\n\r\nAnn Buyer has accepted.\r\n--c\r\nContent-Type: " + kind + "\r\n\r\n" + body + "--c--\r\n"))
}

func TestInvite(t *testing.T) {
	p := invitation(`text/calendar; charset=utf-8; method=REPLY`,
		"PRODID:-//Buyer//EN", "METHOD:REPLY", "BEGIN:VTIMEZONE", "TZID:Europe/Lisbon", "BEGIN:STANDARD", "DTSTART:19701025T020000", "COMMENT:of the zone", "END:STANDARD", "END:VTIMEZONE",
		"BEGIN:VEVENT", `ATTENDEE;CN="Buyer: Ann; Trucks";PARTSTAT=ACC`, " EPTED;SENT-BY=\"mailto:office@buyer.example\":MAIL", "\tTO:Ann@Buyer.example",
		"ORGANIZER;CN=Sam:mailto:sam@seller.example", "UID:0400000@seller.example", `SUMMARY:Trucks\, and what`, " \\nthey cost", "DTSTART;TZID=Europe/Lisbon:20260706T140000",
		`COMMENT;LANGUAGE=en:I bring Rui`, "BEGIN:VALARM", "SUMMARY:of the alarm", "UID:alarm", "END:VALARM", "END:VEVENT", "BEGIN:VEVENT", "UID:second", "END:VEVENT")
	i := p.Invite
	if !i.Answers() || i.Status() != "accepted" || i.UID != "0400000@seller.example" || i.Name() != "uid:0400000@seller.example" || i.Title != "Trucks, and what they cost" || i.Note != "I bring Rui" {
		t.Fatalf("%+v", i)
	}
	if len(i.Attendees) != 1 || i.Attendees[0].Addr != "ann@buyer.example" || i.Attendees[0].Name != "Buyer: Ann; Trucks" || i.Attendees[0].SentBy != "office@buyer.example" || i.Organizer.Addr != "sam@seller.example" {
		t.Errorf("%+v", i)
	}
	if want := time.Date(2026, 7, 6, 13, 0, 0, 0, time.UTC); !i.Start.Equal(want) || i.WholeDay {
		t.Errorf("at %v, want %v", i.Start, want)
	}
}

// TestInviteOddities: what programs write besides the standard, and what is no
// answer.
func TestInviteOddities(t *testing.T) {
	event := func(lines ...string) []string {
		return append(append([]string{"BEGIN:VEVENT"}, lines...), "END:VEVENT")
	}
	for name, x := range map[string]struct {
		p      *Parsed
		answer bool
		status string
	}{
		"the method in the type alone": {invitation("text/calendar; method=\"reply\"", event("ATTENDEE;PARTSTAT=declined:mailto:ann@buyer.example")...), true, "declined"},
		"a counter proposal":           {invitation("text/calendar", append([]string{"METHOD:COUNTER"}, event("ATTENDEE;PARTSTAT=TENTATIVE:mailto:ann@buyer.example")...)...), true, "counter"},
		"no attendee":                  {invitation("text/calendar", append([]string{"METHOD:REPLY"}, event("UID:1")...)...), true, ""},
		"an invitation":                {invitation("text/calendar", append([]string{"METHOD:REQUEST"}, event("ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@buyer.example")...)...), false, "accepted"},
		"an address of Exchange":       {invitation("text/calendar", append([]string{"METHOD:REPLY"}, event("ATTENDEE;PARTSTAT=TENTATIVE;EMAIL=ann@buyer.example:invalid:nomail")...)...), true, "tentative"},
		"no calendar at all":           {Parse([]byte("From: a@b.example\r\n\r\nhello")), false, ""},
	} {
		if got := x.p.Invite.Answers(); got != x.answer {
			t.Errorf("%s: answers %v, %+v", name, got, x.p.Invite)
		}
		if x.p.Invite != nil && x.p.Invite.Status() != x.status {
			t.Errorf("%s: %q", name, x.p.Invite.Status())
		}
	}
	if got := (*Invite)(nil).Name(); got != "" {
		t.Error(got)
	}
	for _, x := range []struct {
		value, zone string
		zero, day   bool
	}{
		{"20260706", "", false, true}, {"20260706T140000Z", "", false, false}, {"20260706T140000", "", true, false}, {"20260706T140000", "Customized Time Zone", true, false}, {"20260706T140000", "W. Europe Standard Time", false, false},
		{"20260706T140000", "../../etc/passwd", true, false}, {"20269906T140000Z", "", true, false}, {"", "", true, false}, {"20260706T140000", strings.Repeat("A/", 4000), true, false},
	} {
		if at, day := calendarTime(x.value, x.zone); at.IsZero() != x.zero || day != x.day {
			t.Errorf("%+v: %v %v", x, at, day)
		}
	}
}

// TestInviteHostile: sizes and shapes of an attacker end soon and break nothing.
func TestInviteHostile(t *testing.T) {
	many := strings.Repeat("ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@buyer.example\r\n", 20_000)
	for name, x := range map[string]string{
		"folded for ever":       "BEGIN:VEVENT\r\nUID:" + strings.Repeat("x\r\n ", 100_000),
		"only folds":            strings.Repeat("\r\n ", 100_000),
		"nested":                strings.Repeat("BEGIN:VEVENT\r\n", 50_000),
		"ends that never began": strings.Repeat("END:VEVENT\r\n", 50_000) + "BEGIN:VEVENT\r\nUID:a\r\n",
		"many attendees":        "METHOD:REPLY\r\nBEGIN:VEVENT\r\n" + many,
		"parameters":            "BEGIN:VEVENT\r\nATTENDEE" + strings.Repeat(";A=\"b", 50_000) + ":mailto:a@b.example",
		"no end of a quote":     "BEGIN:VEVENT\r\nATTENDEE;CN=\"Ann:mailto:a@b.example\r\nUID:u\r\nEND:VEVENT",
		"bytes":                 "BEGIN:VEVENT\r\nSUMMARY:\xff\xfe\x00\x01\r\nUID:a\x00b\r\nDTSTART:\xff",
		"a UID with a header":   "BEGIN:VEVENT\r\nUID:a>\\r\\nBcc: x\r\n",
	} {
		got := readInvite(x)
		if len(got.Attendees) > maxAttendees || len(got.UID) > maxUID || len([]rune(got.Title)) > maxInviteText || strings.ContainsAny(got.UID, "<>\r\n\x00") {
			t.Errorf("%s: %.200v", name, got)
		}
	}
}

func FuzzInvite(f *testing.F) {
	f.Add("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nATTENDEE;CN=\"A\";PARTSTAT=ACC\r\n EPTED:mailto:a@b.example\r\nDTSTART;TZID=Europe/Lisbon:20260706T140000\r\nEND:VEVENT\r\n")
	f.Add("BEGIN:VEVENT\nSUMMARY:a\\")
	f.Fuzz(func(t *testing.T, s string) {
		i := readInvite(s)
		if len(i.UID) > maxUID || len(i.Attendees) > maxAttendees || strings.ContainsAny(i.Title+i.Note, "\r\n\x00") {
			t.Errorf("%+v", i)
		}
	})
}
