package exam

import (
	"bytes"
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	bounce := "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ann@buyer.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
	write(t, dir, "bounce-sisimai/expected.tsv", "file\tn\tcoarse\thard\treason\tstatus\trcpt_peer\na.eml\t1\thard\ttrue\tuserunknown\t5.1.1\tann@buyer.example\nb.eml\t1\tsoft\tfalse\tfiltered\t5.1.1\tann@buyer.example\nc.eml\t1\tcomplaint\tfalse\tfeedback\t\t\n")
	write(t, dir, "bounce-sisimai/files/a.eml", bounce)
	write(t, dir, "bounce-sisimai/files/b.eml", bounce)
	write(t, dir, "bounce-sisimai/files/c.eml", "From: ann@buyer.example\n\nhello\n")
	write(t, dir, "reply-intent/expected.tsv", "id\tlabel\tstrict\tsubject\ttext\n1\tinterested\t1\t\tSounds great,\\nlet us talk.\n2\tunsubscribe\t1\t\tTake me off your list.\n3\tquestion\t1\t\tTake me off your list.\n")
	write(t, dir, "reply-crisp/expected.tsv", "file\tcheck\tmust_contain\na.txt\texact\t\nb.txt\twhole\t\nc.txt\tcontains\tword\n")
	write(t, dir, "reply-crisp/emails/a.txt", "Yes.\n\nOn Tue, 3 Mar 2026 at 9:12, Sam <s@x.example> wrote:\n> hi\n")
	write(t, dir, "reply-crisp/expected/a.txt", "Yes.\n")
	write(t, dir, "reply-crisp/emails/b.txt", "All of it.\n")
	write(t, dir, "reply-crisp/emails/c.txt", "a word\n")
	write(t, dir, "signature-talon/expected.tsv", "id\tinput\tbody\tsignature\tsender\ns1\tHey!\\n\\nThanks!\\nAnn\tHey!\tThanks!\\nAnn\t\n")
	write(t, dir, "html-sanitize/expected.tsv", "id\ttitle\tpayload\npx\tt\t<img src=x onerror=evil()>\n")
	write(t, dir, "email-address/expected.tsv", "address\tvalid\tsource\nAnn <ann@buyer.example>\t1\tx\nno address\t0\tx\nbuyr.example,buyer.example\t1\tdomain_typos_valid.txt\n")
	write(t, dir, "ics-files/expected.tsv", "file\tkind\tvevents\na.ics\tvalid\t1\nb.ics\tinvalid\t0\n")
	write(t, dir, "ics-files/files/a.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Closed\r\nDTSTART;VALUE=DATE:20260504\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	write(t, dir, "ics-files/files/b.ics", "no calendar")
	write(t, dir, "mime-stalwart/expected.tsv", "file\tsubject\n")
	write(t, dir, "mime-stalwart/header_address.tsv", "header\texpected\nAnn <ann@buyer.example>\t{\"List\": [{\"name\": \"Ann\", \"address\": \"ann@buyer.example\"}]}\nBob <bob@buyer.example>\t{\"List\": []}\n")
	write(t, dir, "mime-stalwart/header_date.tsv", "header\texpected\nTue, 3 Mar 2026 10:00:00 +0200\t{\"year\": 2026, \"month\": 3, \"day\": 3, \"hour\": 10, \"minute\": 0, \"second\": 0, \"tz_before_gmt\": false, \"tz_hour\": 2, \"tz_minute\": 0}\nnever\tnull\n")
	write(t, dir, "mime-stalwart/header_unstructured.tsv", "header\texpected\n=?utf-8?Q?gr=C3=BCn?=\t\"grün\"\n")
	write(t, dir, "auth-spf/rfc7208-tests.yml", "---\n")
	var out bytes.Buffer
	if err := Explain(&out, dir, "all"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"hard missed 0/1 (0.0 %)", "living marked hard 1/1 (100.0 %)", "complaints missed 1/1 (100.0 %)", "LIVING ADDRESS CALLED HARD",
		"strict right 2/3 (66.7 %)", "unsubscribe heard 1/1 (100.0 %), false 1/2 (50.0 %)", "truth \\ said",
		"replies exact 1/1 (100.0 %)", "whole mails exact 1/1 (100.0 %)", "must contain 1/1 (100.0 %)", "signatures exact 1/1 (100.0 %)", "something active left 0/1",
		"of which the server wrote 0 times", "good ones kept 1/1", "bad ones refused 1/1", "crashes 0 of 2 · valid files with every event 1/1", "address fields 1/2", "date fields 2/2", "encoded words 1/1", "auth-spf           not scored:",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s\nlacks %q", out.String(), want)
		}
	}
	if strings.Count(out.String(), "bounce-") != 1 {
		t.Error("a set that is not there has a row")
	}
}

func TestRunWithoutSets(t *testing.T) {
	if err := Run(&bytes.Buffer{}, t.TempDir()); sales.CodeOf(err) != sales.NotFound {
		t.Errorf("%v", err)
	}
}

func TestRunWithBrokenSet(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "reply-crisp/expected.tsv", "file\tcheck\tmust_contain\na.txt\texact\t\n")
	if err := Run(&bytes.Buffer{}, dir); sales.CodeOf(err) != sales.Invalid {
		t.Errorf("%v", err)
	}
}

func TestUnescape(t *testing.T) {
	if got := unescape(`a\tb\nc\\n\x`); got != "a\tb\nc\\n\\x" {
		t.Errorf("%q", got)
	}
}

func TestLeftActive(t *testing.T) {
	for in, bad := range map[string]bool{"<p>x</p>": false, "<script>x</script>": true, `<img src="https://x.example/a">`: true, `<a href="javascript:x">x</a>`: true, `<p onclick=x>`: true, `<p style="background:url(x)">`: true} {
		if got := leftActive(in) != ""; got != bad {
			t.Errorf("%q: %v", in, got)
		}
	}
}
