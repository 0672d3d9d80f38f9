package httpx

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

func testErrors(log io.Writer) *Errors {
	return &Errors{
		Log: slog.New(slog.NewTextHandler(log, nil)),
		Page: func(w http.ResponseWriter, r *http.Request, p Problem) {
			fmt.Fprintf(w, "<h1>%s</h1><p>%s</p>", p.Title, p.Detail)
		},
	}
}

func TestErrorsBecomeAnswers(t *testing.T) {
	secret := errors.New("dial tcp 10.0.0.1: password=hunter2")
	for _, c := range []struct {
		err    error
		status int
		shown  string
	}{
		{sales.Errorf(sales.Invalid, "Give the sequence a name."), 422, "Give the sequence a name."},
		{sales.Errorf(sales.NotFound, "There is no such person."), 404, "There is no such person."},
		{sales.Errorf(sales.Conflict, "Somebody changed it."), 409, "Somebody changed it."},
		{sales.Errorf(sales.Unauthorized, "Log in."), 401, "Log in."},
		{sales.Errorf(sales.Forbidden, "Ask an administrator."), 403, "Ask an administrator."},
		{sales.Errorf(sales.Limited, "Too fast."), 429, "Too fast."},
		{sales.WrapError(sales.Unavailable, secret, "The mailbox does not answer."), 503, "The mailbox does not answer."},
		{sales.WrapError(sales.Internal, secret, "The row is broken."), 500, "went wrong on our side"},
		{secret, 500, "went wrong on our side"},
		{fmt.Errorf("page: %w", sales.Errorf(sales.NotFound, "Gone.")), 404, "Gone."},
		{&http.MaxBytesError{Limit: 5}, 413, "larger than this page takes"},
		{fmt.Errorf("query: %w", context.DeadlineExceeded), 503, "took too long"},
	} {
		for _, accept := range []string{"text/html", "application/json"} {
			var log bytes.Buffer
			r := httptest.NewRequest("GET", "/people", nil)
			r.Header.Set("Accept", accept)
			w := httptest.NewRecorder()
			testErrors(&log).Handle(func(http.ResponseWriter, *http.Request) error { return c.err }).ServeHTTP(w, r)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.shown) {
				t.Errorf("%v as %s: %d %q, want %d with %q", c.err, accept, w.Code, w.Body, c.status, c.shown)
			}
			if strings.Contains(w.Body.String(), "hunter2") {
				t.Errorf("the answer shows the cause: %s", w.Body)
			}
			if errors.Is(c.err, secret) && !strings.Contains(log.String(), "hunter2") {
				t.Errorf("the log does not have the cause: %s", log.String())
			}
			if accept == "application/json" {
				var p Problem
				if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != c.status || p.Code == "" || w.Header().Get("Content-Type") != "application/problem+json" {
					t.Errorf("no problem details: %v %+v", err, p)
				}
			}
			if w.Header().Get("Cache-Control") != "no-store" {
				t.Error("an error may be cached")
			}
		}
	}
}

func TestPartialErrorsBecomeToasts(t *testing.T) {
	r := httptest.NewRequest("POST", "/people", nil)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("Accept", "text/html")
	w := httptest.NewRecorder()
	testErrors(io.Discard).Answer(w, r, sales.Errorf(sales.Invalid, "No."))
	if w.Header().Get("HX-Retarget") != "#toasts" || w.Header().Get("HX-Reswap") != "beforeend" || w.Code != 422 {
		t.Errorf("a failed part is not told in a toast: %d %v", w.Code, w.Header())
	}
}

func TestProgramsGetJSON(t *testing.T) {
	for _, c := range []struct {
		path, accept string
		want         bool
	}{
		{"/api/people", "", true}, {"/api", "text/html", true}, {"/apiary", "", false}, {"/people", "application/json", true},
		{"/people", "text/html,application/json;q=0.5", false}, {"/people", "application/problem+json", true}, {"/people", "*/*", false},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Header.Set("Accept", c.accept)
		if got := WantsJSON(r); got != c.want {
			t.Errorf("WantsJSON(%s, %q) = %v", c.path, c.accept, got)
		}
	}
}

func TestPanicsAreAnsweredAndLogged(t *testing.T) {
	var log bytes.Buffer
	errs := testErrors(&log)
	h := Trace(errs)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic("the map is nil") }))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/people", nil))
	if w.Code != 500 || strings.Contains(w.Body.String(), "the map is nil") || !strings.Contains(log.String(), "the map is nil") {
		t.Errorf("%d %s; log %s", w.Code, w.Body, log.String())
	}
	if id := w.Header().Get("X-Request-ID"); len(id) != 16 || !strings.Contains(log.String(), id) {
		t.Errorf("the request id %q is not in the log", id)
	}
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("a wanted abort was swallowed")
		}
	}()
	Trace(errs)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

// After the first byte nothing can be taken back: the rest must not be another page.
func TestNothingIsAppendedToABegunAnswer(t *testing.T) {
	errs := testErrors(io.Discard)
	h := Trace(errs)(errs.Handle(func(w http.ResponseWriter, r *http.Request) error {
		fmt.Fprint(w, "half")
		return errors.New("late")
	}))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Body.String() != "half" {
		t.Errorf("body %q", w.Body)
	}
}

func TestTokensStayOutOfTheLog(t *testing.T) {
	var log bytes.Buffer
	h := Trace(testErrors(&log))(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	for _, path := range []string{"/u/s3cret", "/invite/s3cret", "/people?q=s3cret"} {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	if strings.Contains(log.String(), "s3cret") {
		t.Errorf("log: %s", log.String())
	}
}

func TestSeeOtherAndLocalPath(t *testing.T) {
	r := httptest.NewRequest("POST", "/x", nil)
	w := httptest.NewRecorder()
	if err := SeeOther(w, r, "/next"); err != nil || w.Code != 303 || w.Header().Get("Location") != "/next" {
		t.Errorf("%v %d %v", err, w.Code, w.Header())
	}
	r.Header.Set("HX-Request", "true")
	w = httptest.NewRecorder()
	if err := SeeOther(w, r, "/next"); err != nil || w.Header().Get("HX-Redirect") != "/next" {
		t.Errorf("%v %v", err, w.Header())
	}
	for in, want := range map[string]string{"/people/3": "/people/3", "//evil.example": "/next", "https://evil.example": "/next", "": "/next", "/\\evil.example": "/next", "/a\nb": "/next", "people": "/next"} {
		if got := LocalPath(in, "/next"); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", in, got, want)
		}
	}
}
