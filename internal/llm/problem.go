package llm

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// temporary tells whether the same may go well in a while.
func (r reply) temporary() bool {
	return r.status == http.StatusTooManyRequests || r.status == http.StatusRequestTimeout || r.status >= 500 && r.status != http.StatusNotImplemented
}

// pause is how long to wait before request number again+1: as long as Retry-After
// says in seconds (RFC 9110 section 10.2.3), else one second, two, four; never
// longer than maxWait.
func (r reply) pause(again int) time.Duration {
	d := time.Second << min(again-1, 5)
	if n, err := strconv.Atoi(strings.TrimSpace(r.after)); err == nil && n >= 0 {
		d = time.Duration(min(n, 3600)) * time.Second
	}
	return min(d, maxWait)
}

// problem says in words what the status means and what to do.
func (r reply) problem(e Endpoint) error {
	said := r.said(e.Key)
	switch {
	case r.status >= 300 && r.status < 400:
		return sales.Errorf(sales.Invalid, "The endpoint sends on to another address, which is not followed. Enter the address at which it answers itself.")
	case r.status == http.StatusUnauthorized || r.status == http.StatusForbidden:
		return sales.Errorf(sales.Forbidden, "The endpoint does not take the key. Enter a valid one that may use this model.%s", said)
	case r.status == http.StatusNotFound || r.status == http.StatusMethodNotAllowed:
		return sales.Errorf(sales.Invalid, "There is no chat at this address, or no model %s. The address should end before /chat/completions, often in /v1.%s", e.Model, said)
	case r.status == http.StatusPaymentRequired:
		return sales.Errorf(sales.Forbidden, "The account at the endpoint has nothing left to spend. Fill it up.%s", said)
	case r.status == http.StatusTooManyRequests:
		return sales.Errorf(sales.Limited, "The endpoint takes no more questions for now: its limit is reached. It is asked again later.%s", said)
	case r.temporary():
		return sales.Errorf(sales.Unavailable, "The endpoint has trouble of its own (status %d). It is asked again later.%s", r.status, said)
	}
	return sales.Errorf(sales.Invalid, "The endpoint refuses the question (status %d). Check the address and the model.%s", r.status, said)
}

// said is what the server said about it, without the key and in one line.
func (r reply) said(key Secret) string {
	var x struct {
		Error   json.RawMessage `json:"error"`
		Message string          `json:"message"`
	}
	if json.Unmarshal(r.body, &x) != nil {
		return ""
	}
	text := x.Message
	var inner struct {
		Message string `json:"message"`
	}
	if s := ""; json.Unmarshal(x.Error, &s) == nil && s != "" {
		text = s
	} else if json.Unmarshal(x.Error, &inner) == nil && inner.Message != "" {
		text = inner.Message
	}
	text = withoutKey(strings.Join(strings.Fields(strings.ToValidUTF8(clip(text, 2000), "")), " "), string(key))
	if text == "" {
		return ""
	}
	return " It says: “" + clip(text, 200) + "”"
}

// withoutKey takes out every stretch of eight or more bytes of the key, and words
// with stars: servers like to repeat its beginning and its end.
func withoutKey(text, key string) string {
	if key == "" {
		return text
	}
	const least = 8
	windows := map[string]bool{}
	for i := 0; i+least <= len(key); i++ {
		windows[key[i:i+least]] = true
	}
	text = strings.ReplaceAll(text, key, "…")
	var b strings.Builder
	hidden := 0 // bytes before this one belong to the key
	for i := range len(text) {
		if i+least <= len(text) && windows[text[i:i+least]] {
			hidden = i + least
		}
		if i >= hidden {
			b.WriteByte(text[i])
		} else if i+1 == hidden {
			b.WriteString("…")
		}
	}
	words := strings.Fields(strings.ToValidUTF8(b.String(), ""))
	for i, w := range words {
		if strings.Contains(w, "**") {
			words[i] = "…"
		}
	}
	return strings.Join(words, " ")
}

// clip cuts a text to n characters.
func clip(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}
