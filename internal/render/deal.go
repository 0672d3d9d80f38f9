package render

import (
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// Deal is what a mail can say of a deal. The zero value has no values, so that a
// field of it without a fallback blocks the mail.
type Deal struct {
	Name     string
	Stage    string
	Amount   int64     // in the smallest unit of the currency: cents, or whole yen
	Currency string    // ISO 4217, such as EUR; without one the amount is left out
	CloseOn  time.Time // the day, as its location has it; zero is none
	NextStep string
}

// AddTo puts the fields of the deal into values, written for a reader of that
// language (BCP 47): in English 12,500 EUR and 4 March 2027, else 12 500 EUR
// (ISO 80000-1 section 7.3.1) and 2027-03-04, which are read alike everywhere.
func (d Deal) AddTo(values map[string]string, language string) {
	lang, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(language)), "_", "-"), "-")
	english := lang == "" || lang == "en"
	values["deal.name"], values["deal.stage"], values["deal.next_step"] = oneLine(d.Name), oneLine(d.Stage), oneLine(d.NextStep)
	values["deal.amount"], values["deal.close_date"] = "", ""
	if currency := oneLine(d.Currency); currency != "" && d.Amount != 0 {
		values["deal.amount"] = amount(d.Amount, currency, english)
	}
	if d.CloseOn.IsZero() {
		return
	}
	values["deal.close_date"] = d.CloseOn.Format(time.DateOnly)
	if english {
		values["deal.close_date"] = d.CloseOn.Format("2 January 2006")
	}
}

// AddPlain puts the fields of the deal into values as conditions compare them: the
// amount as a number without currency, the day as 2027-03-04.
func (d Deal) AddPlain(values map[string]string) {
	d.AddTo(values, "")
	if values["deal.amount"] != "" {
		values["deal.amount"] = sales.AmountText(d.Amount, oneLine(d.Currency), "")
	}
	if !d.CloseOn.IsZero() {
		values["deal.close_date"] = d.CloseOn.Format(time.DateOnly)
	}
}

// amount writes money; the part below one is left out where it is nothing.
func amount(n int64, currency string, english bool) string {
	group := "\u00a0"
	if english {
		group = ","
	}
	return sales.AmountText(n, currency, group) + " " + strings.ToUpper(currency)
}
