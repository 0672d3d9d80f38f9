package httpx

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestStreamWritesEvents(t *testing.T) {
	var failed error
	s := httptest.NewUnstartedServer(nil)
	s.Config = NewServer(Chain(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stream, err := NewStream(w)
		if err != nil {
			failed = err
			return
		}
		for _, send := range []func() error{
			func() error { return stream.Send("", "", "<p>one\r\ntwo</p>") },
			func() error { return stream.Send("arrival\nid: evil", "7\n", `{"text":"Marta answered"}`) },
			stream.Beat,
		} {
			if err := send(); err != nil {
				failed = err
			}
		}
	}), Trace(testErrors(&strings.Builder{})), SecurityHeaders(nil)), nil)
	s.Start()
	defer s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var lines []string
	for in := bufio.NewScanner(answer.Body); in.Scan(); {
		lines = append(lines, in.Text())
	}
	want := ": hello||data: <p>one|data: two</p>||event: arrivalid: evil|id: 7|data: {\"text\":\"Marta answered\"}||: .|"
	if got := strings.Join(lines, "|"); failed != nil || got != want || answer.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" {
		t.Errorf("%v\n got %q\nwant %q", failed, got, want)
	}
}

func TestStreamNeedsALine(t *testing.T) {
	if _, err := NewStream(httptest.NewRecorder()); err == nil {
		t.Error("a writer without deadlines streams")
	}
}
