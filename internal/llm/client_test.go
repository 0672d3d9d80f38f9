package llm_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ninetyten/internal/llm"
	"ninetyten/internal/sales"
)

const key = "sk-proj-0123456789abcdefghijklmnop"

// fake is an endpoint on loopback; at gives the number of the request, from 1.
func fake(t *testing.T, h func(w http.ResponseWriter, r *http.Request, body string, at int)) llm.Endpoint {
	t.Helper()
	var n atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		h(w, r, string(b), int(n.Add(1)))
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return llm.Endpoint{URL: s.URL + "/v1", Model: "little", Key: key}
}

// says is a chat that answers with a text.
func says(w io.Writer, text string) {
	b, _ := json.Marshal(text)
	fmt.Fprintf(w, `{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":%s},"finish_reason":"stop"}]}`, b)
}

type waits []time.Duration

func client(w *waits) *llm.Client {
	return llm.New(llm.Options{Timeout: time.Minute, Wait: func(ctx context.Context, d time.Duration) error {
		if w != nil {
			*w = append(*w, d)
		}
		return ctx.Err()
	}})
}

func TestAsk(t *testing.T) {
	q := llm.Reading("Sounds good, send me more")
	e := fake(t, func(w http.ResponseWriter, r *http.Request, body string, _ int) {
		if r.Method != "POST" || r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+key || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
		}
		if body != string(llm.Body("little", q, false)) || strings.Contains(body, key) {
			t.Errorf("sent %s", body)
		}
		w.Header().Set("Content-Type", "text/plain") // servers forget it
		says(w, `{"intent":"interested","quote":"send me more"}`)
	})
	a, err := client(nil).Ask(t.Context(), e, q)
	if err != nil || a.Text != `{"intent":"interested","quote":"send me more"}` || a.Requests != 1 || a.Out != len(llm.Body("little", q, false)) || a.In < 50 || a.Took <= 0 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestBody(t *testing.T) {
	q := llm.Reading("line one\nline \"two\" </system>")
	for _, plain := range []bool{false, true} {
		var x struct {
			Model    string
			Messages []struct{ Role, Content string }
			Format   *struct {
				Type   string
				Schema struct {
					Strict bool
					Schema map[string]any
				} `json:"json_schema"`
			} `json:"response_format"`
			MaxTokens   *int `json:"max_tokens"`
			Temperature *float64
		}
		if err := json.Unmarshal(llm.Body("m", q, plain), &x); err != nil {
			t.Fatal(err)
		}
		if x.Model != "m" || len(x.Messages) != 2 || x.Messages[0].Role != "system" || x.Messages[1].Role != "user" || x.Messages[1].Content != q.User {
			t.Errorf("%+v", x)
		}
		if plain != (x.Format == nil) || plain != (x.MaxTokens == nil) || plain != (x.Temperature == nil) {
			t.Errorf("plain %v: %+v", plain, x)
		}
		if !plain && (x.Format.Type != "json_schema" || !x.Format.Schema.Strict || x.Format.Schema.Schema["additionalProperties"] != false) {
			t.Errorf("%+v", x.Format)
		}
	}
}

// TestSchemaRefused: the plain form is asked for once, and remembered.
func TestSchemaRefused(t *testing.T) {
	for _, status := range []int{400, 422} {
		e := fake(t, func(w http.ResponseWriter, _ *http.Request, body string, _ int) {
			if strings.Contains(body, "response_format") || strings.Contains(body, "max_tokens") {
				http.Error(w, `{"error":{"message":"response_format is not supported"}}`, status)
				return
			}
			says(w, "<think>{hm}</think>Here it is:\n```json\n{\"intent\": \"question\", \"quote\": \"what\"}\n```")
		})
		c := client(nil)
		for i, want := range []int{2, 1} {
			a, err := c.Ask(t.Context(), e, llm.Reading("what"))
			if err != nil || a.Requests != want || a.Out <= len(a.Sent) != (want == 1) {
				t.Errorf("%d, time %d: %d requests, %v", status, i, a.Requests, err)
			}
			if o, err := llm.Read(a.Text, "So what?"); err != nil || o.Intent != sales.Question {
				t.Errorf("%+v, %v", o, err)
			}
		}
	}
}

// TestTrouble: what goes wrong is told by kind, in words, and never with the key.
func TestTrouble(t *testing.T) {
	status := func(n int, body string) func(http.ResponseWriter, *http.Request, string, int) {
		return func(w http.ResponseWriter, _ *http.Request, _ string, _ int) {
			w.WriteHeader(n)
			_, _ = io.WriteString(w, body)
		}
	}
	for name, c := range map[string]struct {
		h        func(http.ResponseWriter, *http.Request, string, int)
		code     sales.Code
		says     string
		requests int
	}{
		"key":      {status(401, `{"error":{"message":"Incorrect API key provided: `+key[:12]+`******`+key[26:]+`. Whole: `+key+`"}}`), sales.Forbidden, "does not take the key", 1},
		"spent":    {status(402, `{}`), sales.Forbidden, "nothing left to spend", 1},
		"no chat":  {status(404, `404 page not found`), sales.Invalid, "There is no chat at this address", 1},
		"no model": {status(404, `{"error":"model 'little' not found"}`), sales.Invalid, "model 'little' not found", 1},
		"refused":  {status(400, `{"message":"no"}`), sales.Invalid, "It says: “no”", 2},
		"limit":    {status(429, ``), sales.Limited, "its limit is reached", 4},
		"broken":   {status(500, `<html>oops`), sales.Unavailable, "trouble of its own (status 500)", 4},
		"garbage":  {status(200, `<!doctype html><p>Welcome`), sales.Invalid, "is no chat", 1},
		"empty":    {status(200, ``), sales.Invalid, "is no chat", 1},
		"nothing":  {status(200, `{"choices":[]}`), sales.Invalid, "is no chat", 1},
		"no text":  {status(200, `{"choices":[{"message":{"content":""}}]}`), sales.Invalid, "empty answer", 1},
		"thought":  {status(200, `{"choices":[{"message":{"content":null},"finish_reason":"length"}]}`), sales.Invalid, "thought until its limit", 1},
		"huge":     {status(200, strings.Repeat("x", 3<<20)), sales.Invalid, "more than 512 KB", 1},
		"on": {func(w http.ResponseWriter, r *http.Request, _ string, at int) {
			if at > 1 {
				t.Error("a redirect was followed")
			}
			http.Redirect(w, r, "/v1/other", http.StatusTemporaryRedirect)
		}, sales.Invalid, "sends on to another address", 1},
		"cut": {func(w http.ResponseWriter, _ *http.Request, _ string, _ int) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "{")
			panic(http.ErrAbortHandler)
		}, sales.Unavailable, "cannot be reached", 1},
	} {
		e := fake(t, c.h)
		a, err := client(nil).Ask(t.Context(), e, llm.Reading("hello"))
		if sales.CodeOf(err) != c.code || !strings.Contains(sales.Explain(err), c.says) || a.Requests != c.requests || a.Text != "" {
			t.Errorf("%s: %d requests, %q, %v", name, a.Requests, a.Text, err)
		}
		if s := fmt.Sprint(err); strings.Contains(s, key[:12]) || strings.Contains(s, key[26:]) {
			t.Errorf("%s: the key is told: %s", name, s)
		}
	}
}

// TestRetryAfter: as long as the server says, but not for ever.
func TestRetryAfter(t *testing.T) {
	e := fake(t, func(w http.ResponseWriter, _ *http.Request, _ string, at int) {
		switch at {
		case 1:
			w.Header().Set("Retry-After", "3")
			w.WriteHeader(429)
		case 2:
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(503)
		case 3:
			w.Header().Set("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT")
			w.WriteHeader(502)
		default:
			says(w, "{}")
		}
	})
	var w waits
	a, err := client(&w).Ask(t.Context(), e, llm.Reading("hello"))
	if err != nil || a.Requests != 4 || fmt.Sprint(w) != "[3s 10s 4s]" {
		t.Errorf("%d requests, waited %v, %v", a.Requests, w, err)
	}
}

func TestSlow(t *testing.T) {
	gone := make(chan struct{})
	e := fake(t, func(w http.ResponseWriter, r *http.Request, _ string, _ int) {
		w.WriteHeader(200)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		close(gone)
	})
	c := llm.New(llm.Options{Timeout: 50 * time.Millisecond})
	_, err := c.Ask(t.Context(), e, llm.Reading("hello"))
	if sales.CodeOf(err) != sales.Unavailable || !strings.Contains(sales.Explain(err), "did not answer in time") {
		t.Error(err)
	}
	<-gone
	e.URL = "http://127.0.0.1:1/v1"
	if _, err := client(nil).Ask(t.Context(), e, llm.Reading("x")); sales.CodeOf(err) != sales.Unavailable || !strings.Contains(sales.Explain(err), "cannot be reached") {
		t.Error(err)
	}
	if _, err := client(nil).Ask(t.Context(), e, llm.Chat{User: strings.Repeat("x", 70_000)}); sales.CodeOf(err) != sales.Limited {
		t.Error(err)
	}
}

func TestEndpointCheck(t *testing.T) {
	for in, want := range map[string]string{
		"https://models.company.example/v1/":                  "https://models.company.example/v1",
		" https://models.company.example/v1/chat/completions": "https://models.company.example/v1",
		"http://127.0.0.1:11434/v1":                           "http://127.0.0.1:11434/v1",
		"http://[::1]:8080":                                   "http://[::1]:8080",
		"http://localhost:8080/v1":                            "http://localhost:8080/v1",
		"http://gpu.internal/v1":                              "http://gpu.internal/v1",
		"http://10.1.2.3/v1":                                  "http://10.1.2.3/v1",
		"https://203.0.113.9/v1":                              "https://203.0.113.9/v1",
		"":                                                    "Enter the address",
		"models.company.example/v1":                           "no address",
		"ftp://models.company.example":                        "no address",
		"file:///etc/passwd":                                  "no address",
		"https://":                                            "no address",
		"https://" + strings.Repeat("a", 600) + ".example":    "no address",
		"https://user:pw@models.company.example":              "hold no user",
		"https://models.company.example/v1?key=1":             "no ?",
		"http://10.0.0.5/any/path?":                           "no ?",
		"http://10.0.0.5/any/path#":                           "no ?",
		"https://models.company.example/v1?/chat/completions": "no ?",
		"http://models.company.example/v1":                    "Use https",
		"http://203.0.113.9/v1":                               "Use https",
		"http://169.254.169.254/latest":                       "belongs to the network",
		"https://169.254.169.254/latest":                      "belongs to the network",
		"https://[fe80::1%25eth0]/":                           "belongs to the network",
		"https://[fd00:ec2::254]/":                            "belongs to the network",
		"https://[::ffff:169.254.169.254]/":                   "belongs to the network",
		"http://0.0.0.0:80":                                   "belongs to the network",
		"https://224.0.0.1":                                   "belongs to the network",
	} {
		e, err := llm.Endpoint{URL: in, Model: " m "}.Check()
		got := e.URL
		if err != nil {
			got = err.Error()
		}
		if err == nil && got != want || !strings.Contains(got, want) || err != nil && sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%q: %q", in, got)
		}
	}
	for _, e := range []llm.Endpoint{{Model: ""}, {Model: "a\nb"}, {Model: strings.Repeat("m", 300)}, {Model: "m", Key: "a b"}, {Model: "m", Key: "a\r\nX: y"}, {Model: "m", Key: llm.Secret(strings.Repeat("k", 2000))}} {
		e.URL = "https://x.example"
		if _, err := e.Check(); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%q taken: %v", e.Model, err)
		}
	}
	e := llm.Endpoint{URL: "https://x.example", Model: "m", Key: key}
	b, _ := json.Marshal(e)
	if s := fmt.Sprintf("%v %+v %#v %s", e, e, e, b); strings.Contains(s, key[:8]) {
		t.Error(s)
	}
}

// TestNamesThatLeadAway: a name of one's own network that leads outside in plain,
// or to the network itself, is found out when it has become an address.
func TestNamesThatLeadAway(t *testing.T) {
	for address, want := range map[string]bool{"127.0.0.1:80": true, "10.0.0.1:80": true, "[fd12::1]:80": true, "203.0.113.9:80": false, "169.254.169.254:80": false, "x": false} {
		if err := llm.CheckDial(address, true); (err == nil) != want {
			t.Errorf("%s in plain: %v", address, err)
		}
	}
	if err := llm.CheckDial("203.0.113.9:443", false); err != nil {
		t.Error(err)
	}
	if err := llm.CheckDial("169.254.169.254:443", false); err == nil {
		t.Error("the metadata service was reached with TLS")
	}
}
