package httpx

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestServeStatic(t *testing.T) {
	style := strings.Repeat(".a { color: red }\n", 200)
	h, err := ServeStatic(fstest.MapFS{"dist/app.abc.css": {Data: []byte(style)}, "dist/f.x.woff2": {Data: []byte("\x00\x01wOF2")}}, "dist")
	if err != nil {
		t.Fatal(err)
	}
	get := func(method, path, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	w := get("GET", "/assets/app.abc.css", "br, gzip")
	zr, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(zr)
	if err != nil || string(body) != style || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Type") != "text/css; charset=utf-8" || w.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("%v %v", err, w.Header())
	}
	for _, accept := range []string{"", "br", "gzip;q=0", "gzip; q=0.0", "gzipped"} {
		if w := get("GET", "/assets/app.abc.css", accept); w.Header().Get("Content-Encoding") != "" || w.Body.String() != style {
			t.Errorf("Accept-Encoding %q: %v", accept, w.Header())
		}
	}
	if w := get("GET", "/assets/f.x.woff2", "gzip"); w.Header().Get("Content-Encoding") != "" || w.Header().Get("Content-Type") != "font/woff2" {
		t.Errorf("font: %v", w.Header())
	}
	for _, c := range [][2]string{{"GET", "/assets/nothing.js"}, {"GET", "/assets/"}, {"GET", "/assets/../doc.go"}, {"POST", "/assets/app.abc.css"}} {
		if w := get(c[0], c[1], ""); w.Code != 404 {
			t.Errorf("%v: %d", c, w.Code)
		}
	}
	if w := get("HEAD", "/assets/app.abc.css", ""); w.Body.Len() != 0 || w.Header().Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d bytes, %v", w.Body.Len(), w.Header())
	}
	if _, err := ServeStatic(fstest.MapFS{}, "dist"); err == nil {
		t.Error("a folder that is not there is no error")
	}
}
