package sandbox

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sandbox/dice"
)

func TestReadMail(t *testing.T) {
	raw := strings.ReplaceAll(`From: =?utf-8?q?Ada_=C3=9Cnal?= <ADA@seller.example>
To: b@c.example
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Message-ID: <x.y@seller.example>
References: <a@b.example>
 <c@d.example>
List-Unsubscribe: <mailto:x@seller.example>, <http://127.0.0.1:99/u/abc>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
X-Ninetyten-Ref: ref1
X-Ninetyten-Kind: Approved
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hallo J=C3=BCrgen: http://127.0.0.1:99/u/abc=3D
--b
Content-Type: text/html

<p>Hallo</p>
--b--
`, "\n", "\r\n")
	m := readMail([]byte(raw))
	if m.From != "ada@seller.example" || m.FromName != "Ada Ünal" || m.Subject != "Grüße" || m.MessageID != "x.y@seller.example" || len(m.References) != 2 || m.References[1] != "c@d.example" ||
		m.Button != "http://127.0.0.1:99/u/abc" || m.Ref != "ref1" || m.Kind != "approved" || m.Text != "Hallo Jürgen: http://127.0.0.1:99/u/abc=" || len(m.Links) != 1 {
		t.Fatalf("%+v", m)
	}
	if m.fingerprint() != "Grüße Hallo Jürgen:" {
		t.Fatalf("%q", m.fingerprint())
	}
	for _, broken := range []string{"", "\r\n", "no header", "From: x\r\nno colon\r\n\r\nbody", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", "Content-Transfer-Encoding: base64\r\n\r\n!!!"} {
		readMail([]byte(broken)) // must not panic
	}
	if m := readMail([]byte("Subject: x\r\nList-Unsubscribe: <http://127.0.0.1/u/1>\r\n\r\ny")); m.Kind != "auto" || m.Button != "" {
		t.Fatalf("%+v", m)
	}
}

func TestOnlyThisMachineIsCalled(t *testing.T) {
	for a, want := range map[string]bool{"http://127.0.0.1:8080/u/x": true, "http://localhost/u": true, "http://[::1]:1/": true, "https://example.com/u": false, "http://127.0.0.1.evil.example/": false, "://": false, "": false} {
		if onLoopback(a) != want {
			t.Error(a)
		}
	}
}

func TestPeopleWriteAtHumanTimes(t *testing.T) {
	d := dice.New(1)
	for _, zone := range []string{"Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo", "Australia/Sydney"} {
		l := zoneOf(zone)
		for i := range 500 {
			at := humanTime(d, DefaultStart().Add(time.Duration(i)*37*time.Minute), replyDelay(d), l)
			if !atWork(at, l) {
				t.Fatalf("%s: %v", zone, at.In(l))
			}
			if day := workdayAfter(at, i%20, l); !atWork(day, l) || day.Before(at.AddDate(0, 0, i%20-1)) {
				t.Fatalf("%s: %v", zone, day)
			}
		}
	}
}
