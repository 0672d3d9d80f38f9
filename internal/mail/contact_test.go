package mail

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadContact(t *testing.T) {
	cases := []struct{ sig, name, addr, want string }{
		{"Best regards,\nAnn Buyer\nHead of Procurement\nBuyer Ltd\nT: +44 20 7946 0018 | M: +44 7700 900123", "Ann Buyer", "ann@buyer.example", "Ann Buyer; Head of Procurement; Buyer Ltd; +44 20 7946 0018, +44 7700 900123 (mobile)"},
		{"Mit freundlichen Grüßen\n\ni. A. Anna Käufer\nLeiterin Einkauf\n\nKäufer Maschinenbau GmbH & Co. KG\nIndustriestr. 5, 70565 Stuttgart\nTel.: +49 (0)711 555-0123\nFax: +49 (0)711 555-0199\nMobil: 0171 5550123\nHRB 12345, USt-IdNr. DE123456789\nwww.kaeufer.example", "Anna Käufer", "a.kaeufer@kaeufer.example", "i. A. Anna Käufer; Leiterin Einkauf; Käufer Maschinenbau GmbH & Co. KG; +49 (0)711 555-0123, 0171 5550123 (mobile)"},
		{"-- \nJoe Smith | Director, Product Management | Acme Inc. | 555-0100", "Joe Smith", "joe@acme.example", "Joe Smith; Director; Product Management; "},
		{"Cordialement,\nAnne Acheteuse\nResponsable achats\nAchats SARL\nTél : 01 99 00 12 34 - Port. 06 39 98 12 34", "Anne Acheteuse", "anne@achats.example", "Anne Acheteuse; Responsable achats; Achats SARL; 01 99 00 12 34, 06 39 98 12 34 (mobile)"},
		{"Un saludo,\nAna Compras\nJefa de Compras, Compras S.L.\nMóvil 600 555 012", "Ana Compras", "ana@compras.example", "Ana Compras; Jefa de Compras; Compras S.L.; 600 555 012 (mobile)"},
		{"Med vänlig hälsning\nAnna Köpare\nInköpschef\nKöpare AB\nDirekt: 08-505 123 45", "Anna Köpare", "anna@kopare.example", "Anna Köpare; Inköpschef; Köpare AB; "},
		{"株式会社購買\n営業部 部長 山田太郎\nTEL: 03-5555-0123", "山田太郎", "yamada@kobai.example", "山田太郎; 営業部 部長; 株式会社購買; 03-5555-0123"},
		{"Sent from my iPhone", "Ann", "ann@buyer.example", "Ann; ; ; "},
		{"", "", "", "; ; ; "},
		{"Cheers\nAnn\nOrder 2026-03-03, invoice 12345678", "Ann Buyer", "ann@buyer.example", "Ann Buyer; ; ; "},
		{strings.Repeat("9", 5000), "", "", "; ; ; "},
		{"Ann Buyer\nBuyer\n(415) 555-0132", "Ann Buyer", "ann@buyer.example", "Ann Buyer; ; ; (415) 555-0132"},
	}
	for _, c := range cases {
		got := ReadContact(c.sig, c.name, c.addr)
		var phones []string
		for _, p := range got.Phones {
			s := p.Number
			if p.Mobile {
				s += " (mobile)"
			}
			phones = append(phones, s)
		}
		if s := fmt.Sprintf("%s; %s; %s; %s", got.Name, got.Title, got.Company, strings.Join(phones, ", ")); s != c.want {
			t.Errorf("%q:\ngot  %q\nwant %q", c.sig, s, c.want)
		}
	}
}
