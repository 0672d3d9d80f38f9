package render

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ninetyten/internal/sales"
)

// A field is the same however it is written.
func TestFieldsByOtherNames(t *testing.T) {
	for written, want := range map[string]string{
		"person.first_name": "first_name", "Person.First_Name": "first_name", "person.custom.size": "custom.size", "person.custom.2nd": "custom.2nd", "person.name": "full_name",
		"account.name": "company", "account.domain": "domain", "sender.name": "sender_name", "sender.first_name": "sender_first_name",
		"sender.email": "sender_email", "sender_calendar": "sender.calendar", "deal.name": "deal.name", "custom.größe": "custom.größe",
		// and these are no fields
		"person.company": "person.company", "person.deal.name": "person.deal.name", "account.size": "account.size", "sender.size": "sender.size", "deal.size": "deal.size",
	} {
		tpl, err := Parse("{{ " + written + " }}{% if " + written + " %}x{% endif %}")
		if err != nil {
			t.Errorf("%s: %v", written, err)
			continue
		}
		if d := cmp.Diff([]string{want}, tpl.Fields()); d != "" {
			t.Errorf("%s: %s", written, d)
		}
		_, err = tpl.Render(map[string]string{want: "v"})
		if err != nil && known(want) {
			t.Errorf("%s: %v", written, err)
		}
	}
}

func TestDeal(t *testing.T) {
	deal := Deal{Name: " Engine\r\nfor the mill ", Stage: "Trial", Amount: 1250000, Currency: "eur", CloseOn: time.Date(2027, 3, 4, 0, 0, 0, 0, time.UTC), NextStep: "a call"}
	v := map[string]string{}
	deal.AddTo(v, "en-GB")
	if d := cmp.Diff(map[string]string{"deal.name": "Engine for the mill", "deal.stage": "Trial", "deal.amount": "12,500 EUR", "deal.close_date": "4 March 2027", "deal.next_step": "a call"}, v); d != "" {
		t.Error(d)
	}
	deal.AddTo(v, "de_DE")
	if v["deal.amount"] != "12\u00a0500 EUR" || v["deal.close_date"] != "2027-03-04" {
		t.Errorf("for a German: %v", v)
	}
	for _, tt := range []struct {
		n        int64
		currency string
		want     string
	}{
		{1250050, "USD", "12,500.50 USD"}, {5, "USD", "0.05 USD"}, {-123456700, "USD", "-1,234,567 USD"}, {12500, "JPY", "12,500 JPY"},
		{1500, "KWD", "1.500 KWD"}, {100, "", ""}, {0, "USD", ""}, {-1 << 63, "USD", "-92,233,720,368,547,758.08 USD"},
	} {
		Deal{Amount: tt.n, Currency: tt.currency}.AddTo(v, "")
		if v["deal.amount"] != tt.want {
			t.Errorf("%d %s: %q, want %q", tt.n, tt.currency, v["deal.amount"], tt.want)
		}
	}
	deal.AddPlain(v)
	if v["deal.amount"] != "12500" || v["deal.close_date"] != "2027-03-04" || v["deal.stage"] != "Trial" {
		t.Errorf("for conditions: %v", v)
	}
	Deal{}.AddTo(v, "en")
	for f, x := range v {
		if x != "" {
			t.Errorf("no deal has %s %q", f, x)
		}
	}
}

// A mail that names a deal or a booking page waits where there is none, and says
// where to fill it in.
func TestMissingSaysWhere(t *testing.T) {
	step := sales.Step{Kind: sales.StepAutoMail, Subject: "x", Body: "{{ deal.name }} {{ sender.calendar }} {{ company }} {{ deal.nmae }}"}
	v := Values(sales.Person{}, sales.Account{}, sales.User{CalendarURL: "javascript:alert(1)"}, sales.Mailbox{})
	_, err := Mail(step, v, Options{})
	want := "No value for company. Fill it in for this person, or add a fallback such as {{ company | default: \"…\" }}. " +
		"No value for deal.name. Fill it in in the deal with this account, or add a fallback such as {{ deal.name | default: \"…\" }}. " +
		"No value for sender.calendar. Fill it in in the settings of who sends, or add a fallback such as {{ sender.calendar | default: \"…\" }}. " +
		"There is no field deal.nmae. Choose one from the list of fields."
	if sales.Explain(err) != want || sales.CodeOf(err) != sales.Invalid {
		t.Errorf("%v", err)
	}
}

func TestCalendarLink(t *testing.T) {
	for in, want := range map[string]string{
		"https://us.example/meet/sam": "https://us.example/meet/sam", " http://us.example ": "http://us.example", "us.example/meet": "", "https://us": "",
		"https://us.example/a b": "", "javascript:alert(1)": "", "https://sam:pw@us.example": "", "https://us.example/\n": "https://us.example/", "https://us.example/x.": "",
		"https://us.example/" + strings.Repeat("x", maxLink): "",
	} {
		if got := Values(sales.Person{}, sales.Account{}, sales.User{CalendarURL: in}, sales.Mailbox{})["sender.calendar"]; got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
	m, err := Mail(sales.Step{Kind: sales.StepAutoMail, Subject: "x", Body: "Choose a time: {{ sender.calendar }}."}, map[string]string{"sender.calendar": "https://us.example/meet/sam"}, Options{})
	if err != nil || !strings.Contains(m.HTML, `<a href="https://us.example/meet/sam">https://us.example/meet/sam</a>.`) || !strings.Contains(m.Text, "https://us.example/meet/sam.") {
		t.Errorf("%+v, %v", m, err)
	}
}
