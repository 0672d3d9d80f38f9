package importer

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"ninetyten/internal/sales"
)

func TestInspectRefuses(t *testing.T) {
	junk := make([]byte, 100_000)
	for i, r := 0, rand.New(rand.NewPCG(1, 2)); i < len(junk); i++ {
		junk[i] = byte(r.Uint32())
	}
	for name, c := range map[string]struct{ data, says string }{
		"empty":            {"", "empty"},
		"only white space": {" \r\n\t\n", "empty"},
		"only a mark":      {"\xef\xbb\xbf", "empty"},
		"only zero bytes":  {strings.Repeat("\x00", 5000), "no table of text"},
		"junk":             {string(junk), "no table of text"},
		"xlsx":             {"PK\x03\x04\x14\x00\x06\x00", "Excel workbook"},
		"xls":              {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Excel workbook"},
		"gzip":             {"\x1f\x8b\x08\x00", "compressed"},
		"pdf":              {"%PDF-1.7\n", "PDF"},
		"png":              {"\x89PNG\r\n\x1a\n", "picture"},
		"one long line":    {strings.Repeat("x", 3<<20), "longer than 1 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Inspect(strings.NewReader(c.data))
			if sales.CodeOf(err) != sales.Invalid || !strings.Contains(sales.Explain(err), c.says) {
				t.Errorf("got %v, want something about %q", err, c.says)
			}
			for _, err := range Rows(strings.NewReader(c.data), Mapping{Fields: []Field{Email}}) {
				if name != "one long line" && sales.CodeOf(err) != sales.Invalid {
					t.Errorf("Rows gives %v", err)
				}
			}
		})
	}
}

func TestInspectReadError(t *testing.T) {
	_, err := Inspect(iotest.ErrReader(errors.New("cable unplugged")))
	if sales.CodeOf(err) != sales.Unavailable || strings.Contains(sales.Explain(err), "cable") {
		t.Errorf("got %v: %s", err, sales.Explain(err))
	}
	limited := sales.Errorf(sales.Limited, "The file is larger than 1 GB.")
	if _, err := Inspect(iotest.ErrReader(limited)); !errors.Is(err, limited) {
		t.Errorf("an error for people was changed to %v", err)
	}
}

func TestInspectHeaderOnly(t *testing.T) {
	s, err := Inspect(strings.NewReader("Email,First Name\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Columns) != 2 || len(s.Rows) != 0 || len(s.Notes) != 1 || s.Columns[0].Field != Email {
		t.Errorf("got %+v", s)
	}
	for row := range Rows(strings.NewReader("Email,First Name\n"), s.Mapping()) {
		t.Errorf("a row: %+v", row)
	}
}

func TestInspectWide(t *testing.T) {
	var head, row strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&head, "Field %d,", i)
		fmt.Fprintf(&row, "v%d,", i)
	}
	data := head.String() + "Email\n" + row.String() + "a@wide.example\n"
	s, err := Inspect(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	m := s.Mapping()
	if len(m.Fields) != 2001 || m.Fields[2000] != Email || m.Fields[maxGuessed-1] == Ignore || m.Fields[maxGuessed] != Ignore {
		t.Errorf("%d columns, the last is %q", len(m.Fields), m.Fields[len(m.Fields)-1])
	}
	n := 0
	for r, err := range Rows(strings.NewReader(data), m) {
		if n++; err != nil || r.Person.Email != "a@wide.example" || len(r.Person.Custom) != maxGuessed {
			t.Errorf("%v %+v", err, r)
		}
	}
	if n != 1 {
		t.Errorf("%d rows", n)
	}
}

// The header is known in the exports of the programs that people come from.
func TestInspectExports(t *testing.T) {
	for name, c := range map[string]struct{ header, row, want string }{
		"hubspot":    {"Record ID,First Name,Last Name,Email,Phone Number,Company name,Job Title,Country/Region,Preferred language", "1,A,B,a@b.example,+49 30 901820,B Ltd,CTO,Germany,de", "custom.record_id first_name last_name email phone company title country language"},
		"salesforce": {"Salutation,First Name,Last Name,Title,Account Name,Phone,Mobile,Email,Account Owner", "Mr,A,B,CTO,B Ltd,+49 30 901820,+49 151 23456789,a@b.example,Sam Seller", "custom.salutation first_name last_name title company phone phone email custom.account_owner"},
		"pipedrive":  {"Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Owner", "A B,B Ltd,a@b.example,+49 30 901820,Sam", "full_name company email phone custom.person_owner"},
		"zoominfo":   {"First Name,Last Name,Job Title,Direct Phone Number,Email Address,Mobile phone,LinkedIn Contact Profile URL,Company Name,Website,Company Country", "A,B,CTO,+49 30 901820,a@b.example,,https://www.linkedin.com/in/ab,B Ltd,www.b.example,Germany", "first_name last_name title phone email phone linkedin company domain country"},
		"google":     {"Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title,Website 1 - Value", "A B,A,B,Work,a@b.example,Mobile,+49 30 901820,B Ltd,CTO,https://b.example", "full_name first_name last_name custom.e_mail_1_type email custom.phone_1_type phone company title domain"},
		"outlook":    {"Title,First Name,Last Name,Company,Job Title,Business Country/Region,Business Phone,Mobile Phone,E-mail Address,E-mail 2 Address,Web Page,Assistant's Name", "Mr,A,B,B Ltd,CTO,Germany,+49 30 901820,,a@b.example,,b.example,Kim", "custom.title first_name last_name company title country phone phone email email domain custom.assistants_name"},
		"apollo":     {"First Name,Last Name,Title,Company Name for Emails,Email,Work Direct Phone,Corporate Phone,Person Linkedin Url,Website,Country", "A,B,CTO,B Ltd,a@b.example,'+49 30 901820,,http://www.linkedin.com/in/ab,http://b.example,Germany", "first_name last_name title company email phone phone linkedin domain country"},
		"french":     {"Prénom,Nom de famille,Adresse e-mail,Société,Fonction,Téléphone portable,Pays", "A,B,a@b.example,B SA,DG,+33 6 12 34 56 78,Allemagne", "first_name last_name email company title phone country"},
		"spanish":    {"Nombre,Apellidos,Correo electrónico,Empresa,Cargo,Teléfono,País", "A,B,a@b.example,B SA,Jefe,+34 612 34 56 78,España", "first_name last_name email company title phone country"},
		"russian":    {"Имя,Фамилия,Электронная почта,Компания,Должность,Телефон,Страна", "Ян,Бах,a@b.example,Б,Директор,+7 495 123 45 67,Россия", "first_name last_name email company title phone country"},
		"chinese":    {"姓名;公司名称;电子邮箱;手机;国家", "王伟;公司;a@b.example;+86 138 0013 8000;中国", "full_name company email phone country"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Inspect(strings.NewReader(c.header + "\n" + c.row + "\n"))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range s.Mapping().Fields {
				got = append(got, string(f))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), c.want)
			}
		})
	}
}
