package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"

	"ninetyten/internal/sales"
)

// Limits of one question.
const (
	maxOut      = 64 << 10         // bytes of a request
	maxIn       = 512 << 10        // bytes of an answer
	maxRequests = 4                // with repetitions and the plain form
	maxWait     = 10 * time.Second // between two of them, whatever Retry-After says
	timeout     = 60 * time.Second // for all of them
)

// Options are what tests change.
type Options struct {
	Timeout time.Duration                                    // for all requests of one question; 0 is a minute
	Wait    func(ctx context.Context, d time.Duration) error // between two requests; nil waits
}

// Client asks endpoints. It is safe for use by many at once.
type Client struct {
	o     Options
	http  *http.Client
	plain sync.Map // URL and model -> true: it refuses the full form
}

// New makes a client.
func New(o Options) *Client {
	if o.Timeout <= 0 {
		o.Timeout = timeout
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	c := &Client{o: o}
	transport := func(plain bool) *http.Transport {
		d := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error { return checkDial(address, plain) }}
		return &http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: d.DialContext, TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConns: 8, IdleConnTimeout: 30 * time.Second, ForceAttemptHTTP2: true,
		}
	}
	c.http = &http.Client{
		Transport:     bySecurity{transport(true), transport(false)},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// bySecurity keeps connections in plain apart: they may go to one's own network
// only, and that is looked at when a name has become an address.
type bySecurity struct{ plain, tls *http.Transport }

// RoundTrip implements http.RoundTripper.
func (b bySecurity) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme == "https" {
		return b.tls.RoundTrip(r)
	}
	return b.plain.RoundTrip(r)
}

func checkDial(address string, plain bool) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if why := refusedIP(at.Addr(), plain); why != "" {
		return sales.Errorf(sales.Invalid, "%s", why)
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Answer is what came back, and what it took. It is filled as far as it goes when
// there is an error too.
type Answer struct {
	Text     string // what the model wrote
	Out, In  int    // bytes of all requests and answers, without headers
	Requests int
	Took     time.Duration
	Sent     []byte // the body of the last request
}

// Ask asks c. Errors are *sales.Error: Unavailable and Limited may go away by
// themselves; Invalid and Forbidden want somebody who looks at the endpoint.
func (c *Client) Ask(ctx context.Context, e Endpoint, q Chat) (Answer, error) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	a := Answer{}
	text, err := c.ask(ctx, e, q, &a)
	a.Text, a.Took = text, time.Since(began)
	return a, err
}

func (c *Client) ask(ctx context.Context, e Endpoint, q Chat, a *Answer) (string, error) {
	place := e.URL + "\n" + e.Model
	_, plain := c.plain.Load(place)
	for again := 1; ; again++ {
		r, err := c.once(ctx, e, Body(e.Model, q, plain), a)
		if err != nil {
			return "", err
		}
		switch {
		case r.status == http.StatusOK:
			if plain {
				c.plain.Store(place, true)
			}
			return r.content()
		case (r.status == http.StatusBadRequest || r.status == http.StatusUnprocessableEntity) && !plain:
			plain = true // it knows no schema, or no limit of tokens: ask in the form that every server takes
			continue
		case r.temporary() && a.Requests < maxRequests:
			if err := c.o.Wait(ctx, r.pause(again)); err == nil {
				continue
			}
		}
		return "", r.problem(e)
	}
}

// once sends one request.
func (c *Client) once(ctx context.Context, e Endpoint, body []byte, a *Answer) (reply, error) {
	if len(body) == 0 || len(body) > maxOut {
		return reply{}, sales.Errorf(sales.Limited, "This is too much for one question.")
	}
	to, err := url.JoinPath(e.URL, "chat", "completions")
	if err != nil || checkURL(e.URL) != nil {
		return reply{}, sales.Errorf(sales.Invalid, "The address of the endpoint cannot be used. Enter it again.")
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return reply{}, sales.Errorf(sales.Invalid, "The address of the endpoint cannot be used. Enter it again.")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "ninetyten")
	if e.Key != "" {
		r.Header.Set("Authorization", "Bearer "+string(e.Key))
	}
	a.Requests, a.Out, a.Sent = a.Requests+1, a.Out+len(body), body
	res, err := c.http.Do(r)
	if err != nil {
		return reply{}, unreachable(ctx, err)
	}
	defer func() { _ = res.Body.Close() }() // it was read, or is not wanted
	in, err := io.ReadAll(io.LimitReader(res.Body, maxIn+1))
	a.In += len(in)
	switch {
	case len(in) > maxIn:
		return reply{}, sales.Errorf(sales.Invalid, "The endpoint answered with more than %d KB, so the answer was not read. Is the address that of a chat?", maxIn>>10)
	case err != nil:
		return reply{}, unreachable(ctx, err)
	}
	return reply{status: res.StatusCode, after: res.Header.Get("Retry-After"), body: in}, nil
}

// unreachable puts an error of the network into words. The cause of net/http names
// the address and never a header.
func unreachable(ctx context.Context, err error) error {
	var e *sales.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return sales.WrapError(sales.Unavailable, err, "The endpoint did not answer in time. Is the model loaded, and small enough for its machine?")
	case errors.As(err, &dns):
		return sales.WrapError(sales.Unavailable, err, "There is no machine of the name "+dns.Name+". Check the address of the endpoint.")
	case strings.Contains(err.Error(), "certificate"):
		return sales.WrapError(sales.Invalid, err, "The certificate of the endpoint is not valid for its name. Check the address, or mend the certificate.")
	}
	return sales.WrapError(sales.Unavailable, err, "The endpoint cannot be reached. Check its address, and that it runs.")
}

// reply is what a server answered.
type reply struct {
	status int
	after  string
	body   []byte
}

// content is what the model wrote.
func (r reply) content() (string, error) {
	var x struct {
		Choices []struct {
			Message struct {
				Content string `json:"content"`
				Refusal string `json:"refusal"`
			} `json:"message"`
			FinishReason string `json:"finish_reason"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(r.body, &x); err != nil || len(x.Choices) == 0 {
		return "", sales.WrapError(sales.Invalid, err, "What answers there is no chat. The address should end before /chat/completions, often in /v1.")
	}
	m := x.Choices[0].Message
	switch {
	case m.Content != "":
		return m.Content, nil
	case m.Refusal != "":
		return m.Refusal, nil // Read takes it for no answer
	case x.Choices[0].FinishReason == "length":
		return "", sales.Errorf(sales.Invalid, "The model thought until its limit and gave no answer. Choose one that thinks less.")
	}
	return "", sales.Errorf(sales.Invalid, "The model gave an empty answer. Try another model.")
}
