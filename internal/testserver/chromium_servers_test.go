//go:build servers

package testserver_test

import (
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ninetyten/internal/testserver"
)

const pageOfTest = `<!doctype html><meta name=viewport content="width=device-width"><link rel=icon href=data:,><title>T</title>
<style>body{background:white;margin:0}@media(prefers-color-scheme:dark){body{background:black}}</style>
<input id=in><button id=b onclick="document.title='clicked '+document.cookie">b</button><script>document.cookie=document.cookie||'who='+Math.random()</script>`

func TestBrowser(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprint(w, pageOfTest)
	})
	mux.HandleFunc("GET /bad", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprint(w, `<!doctype html><link rel=icon href=data:,><script>console.error("first", 2); console.warn("no error"); fetch("/gone").then(()=>{document.title="done"; nobody.there})</script>`)
	})
	site := httptest.NewServer(mux)
	t.Cleanup(site.Close)

	page := testserver.Browser(t)
	page.Open(site.URL)
	page.Do(chromedp.Click(chromedp.ID("b")))
	page.Wait(`document.title.startsWith("clicked")`)
	for _, file := range page.Shots("page") {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		_ = f.Close()
		if err != nil {
			t.Fatal(err)
		}
		width := 1440
		if strings.Contains(file, "-390-") {
			width = 390
		}
		r, _, _, _ := img.At(width-5, 700).RGBA()
		if img.Bounds().Dx() != width || (r == 0) != strings.Contains(file, "dark") {
			t.Errorf("%s: %v, red %d", file, img.Bounds(), r)
		}
	}

	other := page.Another()
	other.Open(site.URL)
	if a, b := testserver.Get(page, chromedp.Evaluate[string]("document.cookie")), testserver.Get(other, chromedp.Evaluate[string]("document.cookie")); a == b || b == "" {
		t.Errorf("two people have the cookies %q and %q", a, b)
	}

	other.Open(site.URL + "/bad")
	other.Wait(`document.title === "done"`)
	got := strings.Join(other.Errors(), "\n")
	for _, want := range []string{"console.error: first 2", "404", "nobody is not defined"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not among the errors of the page:\n%s", want, got)
		}
	}
	if strings.Contains(got, "no error") || len(page.Errors()) != 0 {
		t.Errorf("errors that are none:\n%s\n%q", got, page.Errors())
	}
	other.Expect("^console.error: first 2$", "404", "nobody is not defined")
}
