package sales

import (
	"slices"
	"strconv"
	"strings"
)

// MinorDigits are the digits of the smallest unit of a currency (ISO 4217).
func MinorDigits(currency string) int {
	switch c := strings.ToUpper(currency); {
	case slices.Contains([]string{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}, c):
		return 0
	case slices.Contains([]string{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}, c):
		return 3
	}
	return 2
}

// ValidCurrency tells whether s has the form of an ISO 4217 code.
func ValidCurrency(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// ParseAmount reads money as people write it (12500, 12,500.50, 12.500,50,
// 12 500) into the smallest unit of the currency. Of a point and a comma the
// later one begins the cents; a single one does so unless exactly three digits
// follow it. An empty s is 0.
func ParseAmount(s, currency string) (int64, error) {
	bad := Errorf(Invalid, "%q is no amount. Write it like 12500 or 12,500.50.", s)
	s = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	if s == "" {
		return 0, nil
	}
	if len(s) > 20 || strings.Trim(s, "0123456789.,") != "" {
		return 0, bad
	}
	places := MinorDigits(currency)
	whole, part := s, ""
	if at := strings.LastIndexAny(s, ".,"); at >= 0 {
		tail, sep := s[at+1:], s[at:at+1]
		if strings.Count(s, sep) == 1 && (len(tail) != 3 || strings.ContainsAny(s[:at], ".,")) {
			whole, part = s[:at], tail
		}
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	part = strings.TrimRight(part, "0")
	if whole == "" || len(part) > places {
		return 0, bad
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", places-len(part)), 10, 64)
	if err != nil || n > 1e15 {
		return 0, bad
	}
	return n, nil
}

// Money writes an amount for people: 12,500 EUR. What is below one is left out
// where it is nothing.
func Money(n int64, currency string) string {
	return strings.TrimSpace(AmountText(n, currency, ",") + " " + strings.ToUpper(currency))
}

// AmountText writes an amount without its currency, with group between thousands.
func AmountText(n int64, currency, group string) string {
	digits, sign := strconv.FormatInt(n, 10), ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	places := MinorDigits(currency)
	for len(digits) <= places {
		digits = "0" + digits
	}
	whole, part := digits[:len(digits)-places], digits[len(digits)-places:]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if strings.Trim(part, "0") != "" {
		whole += "." + part
	}
	return sign + whole
}
