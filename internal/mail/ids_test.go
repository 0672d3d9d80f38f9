package mail

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHeaderID(t *testing.T) {
	a := HeaderID("w1/e2/s3", "seller.example", []byte("secret"))
	if a != HeaderID("w1/e2/s3", "seller.example", []byte("secret")) {
		t.Error("the same key gave another ID")
	}
	if a == HeaderID("w1/e2/s4", "seller.example", []byte("secret")) || a == HeaderID("w1/e2/s3", "seller.example", []byte("other")) {
		t.Error("another key or secret gave the same ID")
	}
	local, domain, _ := strings.Cut(a, "@")
	if len(local) != 32 || domain != "seller.example" || local != strings.ToLower(local) {
		t.Errorf("id %q", a)
	}
}

func TestReferencesChain(t *testing.T) {
	if got := References([]string{"a@x", "b@x"}, "c@x"); !slices.Equal(got, []string{"a@x", "b@x", "c@x"}) {
		t.Errorf("%q", got)
	}
	if got := References([]string{"a@x", "c@x", "b@x"}, "<c@x>"); !slices.Equal(got, []string{"a@x", "b@x", "c@x"}) {
		t.Errorf("%q", got)
	}
	var long []string
	for i := range 90 {
		long = append(long, strings.Repeat("i", i+1)+"@x")
	}
	got := References(long, "last@x")
	if len(got) != 30 || got[0] != "i@x" || got[29] != "last@x" {
		t.Errorf("%d, first %q, last %q", len(got), got[0], got[len(got)-1])
	}
	if got := References(nil, ""); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

// TestOddIDs: a mail whose Message-ID no header could carry can be answered.
func TestOddIDs(t *testing.T) {
	for _, id := range []string{"ü1@b.example", strings.Repeat("a", 950) + "@b.example", "a<b@c.example", "a b@c.example", "<<x@y>>"} {
		p := Parse([]byte("From: ann@b.example\r\nMessage-ID: <" + id + ">\r\nReferences: <ok@x> <" + id + ">\r\n\r\nhi"))
		_, err := Compose(Draft{From: "a@b.example", To: "c@d.example", Subject: "x", Text: "y", Date: time.Unix(1e9, 0), InReplyTo: p.HeaderID, References: References(p.References, p.HeaderID)})
		if err != nil {
			t.Errorf("%.20q: %v", id, err)
		}
	}
}

func TestParseAddresses(t *testing.T) {
	for in, want := range map[string][]Address{
		`Ann <ann@b.example>`:                  {{"Ann", "ann@b.example"}},
		`"Buyer, Ann" <Ann@B.Example>`:         {{"Buyer, Ann", "ann@b.example"}},
		`ann@b.example (Ann Buyer)`:            {{"Ann Buyer", "ann@b.example"}},
		`a@b.example; c@d.example`:             {{"", "a@b.example"}, {"", "c@d.example"}},
		`Undisclosed recipients:;`:             nil,
		`<>`:                                   nil,
		`Ann ann@b.example`:                    {{"Ann", "ann@b.example"}},
		`<@relay.example:ann@b.example>`:       {{"", "ann@b.example"}},
		`"a b"@c.example`:                      {{"", `"a b"@c.example`}},
		`=?utf-8?q?Zo=C3=AB?= <zoe@b.example>`: {{"Zoë", "zoe@b.example"}},
		`'Ann' <mailto:ann@b.example>`:         {{"Ann", "ann@b.example"}},
		`"Ann \"The\" Buyer" <ann@b.example>`:  {{`Ann "The" Buyer`, "ann@b.example"}},
		`ann@b.example <ann@b.example>`:        {{"ann@b.example", "ann@b.example"}},
		`Ann <ann@b.example`:                   {{"Ann", "ann@b.example"}},
		`Pete(A nice \) chap) <pete(his account)@silly.example(his host)>`: {{"Pete", "pete@silly.example"}},
		`no address at all`:           nil,
		`José Ñandú <jose@b.example>`: {{"José Ñandú", "jose@b.example"}}, // RFC 6532
		`用户 <u@b.example>`:            {{"用户", "u@b.example"}},
		`José@b.example`:              {{"", "josé@b.example"}},
		`Ann ` + strings.Repeat("x", 1<<16) + ` <ann@b.example>`: {{strings.Repeat("x", 4<<10-len(" <ann@b.example>")), "ann@b.example"}},
	} {
		if got := ParseAddresses(in); !slices.Equal(got, want) {
			t.Errorf("%q became %+v, want %+v", in, got, want)
		}
	}
}

func TestParseDates(t *testing.T) {
	for in, want := range map[string]string{
		"Wed, 04 Mar 2026 11:00:00 +0100":                   "2026-03-04T10:00:00Z",
		"Wed, 4 Mar 2026 11:00:00 +0100 (CET)":              "2026-03-04T10:00:00Z",
		"4 Mar 2026 11:00 GMT":                              "2026-03-04T11:00:00Z",
		"Wed Mar  4 11:00:00 2026":                          "2026-03-04T11:00:00Z",
		"2026-03-04T11:00:00+01:00":                         "2026-03-04T10:00:00Z",
		"Xyz, 04 Mar 2026 11:00:00 -0000":                   "2026-03-04T11:00:00Z",
		"Tue, 1 Jul 2003 ((tricky) comment) 10:52:37 +0200": "2003-07-01T08:52:37Z",
		"Thu, 10 Jul 1997 14:53:31 EST":                     "1997-07-10T19:53:31Z",
		"Thu, 10 Jul 1997 14:53:31 ZZZZ":                    "1997-07-10T14:53:31Z",
		"tomorrow":                                          "0001-01-01T00:00:00Z",
		"Wed, 04 Mar 9999 11:00:00 +0100":                   "0001-01-01T00:00:00Z",
		"":                                                  "0001-01-01T00:00:00Z",
	} {
		if got := ParseDate(in).Format("2006-01-02T15:04:05Z07:00"); got != want {
			t.Errorf("%q became %s, want %s", in, got, want)
		}
	}
}
