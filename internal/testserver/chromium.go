//go:build servers

package testserver

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// chromiumPath is where Debian keeps the browser.
const chromiumPath = "/usr/bin/chromium"

// stepLimit bounds how long one step in the browser may take.
const stepLimit = 30 * time.Second

// Page is a tab of a real browser, driven by a test. Its methods fail the test
// instead of returning errors. A page is used from one goroutine.
type Page struct {
	t   testing.TB
	ctx context.Context
	dir string

	mu       sync.Mutex
	expected []*regexp.Regexp
	errors   []string
	heard    []func(event any)
}

// Browser starts a headless Chromium with a fresh profile and gives its tab, 1440 by
// 900 pixels in light colours. It ends with t. Whatever the page writes to the
// console as an error, an exception that nobody caught and a request that
// failed make the test fail, but for what Expect names. A test that fails
// leaves a picture of the page in the folder of Shot. more are further options of
// the process.
func Browser(t testing.TB, more ...chromedp.ExecAllocatorOption) *Page {
	t.Helper()
	if _, err := os.Stat(chromiumPath); err != nil {
		t.Fatalf("testserver: no browser: %v (scripts/need-packages installs it)", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromiumPath), chromedp.DisableGPU, chromedp.WindowSize(1440, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en-GB"), chromedp.Env("LANGUAGE=en_GB", "TZ=UTC"))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // its sandbox refuses root
	}
	ctx, end := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	t.Cleanup(end)
	quiet := chromedp.WithErrorf(func(string, ...any) {}) // what matters comes as errors of steps
	return open(t, ctx, artifacts(t), []chromedp.ContextOption{quiet})
}

// Another gives a tab of the same browser with its own cookies and storage, for
// a second person at the same time.
func (p *Page) Another() *Page {
	p.t.Helper()
	return open(p.t, p.ctx, p.dir, []chromedp.ContextOption{chromedp.WithNewBrowserContext()})
}

func open(t testing.TB, parent context.Context, dir string, options []chromedp.ContextOption) *Page {
	t.Helper()
	p := &Page{t: t, dir: dir}
	options = append(options, chromedp.WithListener(p.hear))
	ctx, closeTab := chromedp.NewContext(parent, options...)
	t.Cleanup(closeTab)
	p.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // starts the browser; it lives as long as ctx
		t.Fatalf("testserver: start the browser: %v", err)
	}
	t.Cleanup(p.finish)
	p.Viewport(1440, 900)
	p.Theme("light")
	return p
}

// artifacts is the folder for pictures: that of the variable ARTIFACTS with
// one for the test in it, else one that goes with the test.
func artifacts(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("ARTIFACTS")
	if dir == "" {
		return t.TempDir()
	}
	dir = filepath.Join(dir, strings.NewReplacer("/", "-", " ", "_").Replace(t.Name()))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// hear collects what goes wrong on the page. The reader of the connection
// calls it, so it must not ask the browser anything.
func (p *Page) hear(event any) {
	p.mu.Lock()
	heard := p.heard
	p.mu.Unlock()
	for _, fn := range heard {
		fn(event)
	}
	var text string
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError && e.Type != runtime.ConsoleAPICalledTypeAssert {
			return
		}
		for _, arg := range e.Args {
			if arg.Description == "" {
				arg.Description = strings.Trim(string(arg.Value), `"`)
			}
			text += " " + arg.Description
		}
		text = "console." + string(e.Type) + ":" + text
	case *runtime.EventExceptionThrown:
		text = "exception: " + e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError {
			return
		}
		text = fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
	default:
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errors = append(p.errors, text)
}

// Listen calls fn with each event of the page from now on, such as
// *network.EventRequestWillBeSent. fn must not ask the browser anything.
func (p *Page) Listen(fn func(event any)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.heard = append(p.heard[:len(p.heard):len(p.heard)], fn)
}

// Expect names errors that the test provokes, as regular expressions: a form
// that is refused gives "422", for example.
func (p *Page) Expect(patterns ...string) {
	for _, s := range patterns {
		p.expected = append(p.expected, regexp.MustCompile(s))
	}
}

// Errors gives what went wrong on the page so far and was not expected.
func (p *Page) Errors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var left []string
next:
	for _, e := range p.errors {
		for _, re := range p.expected {
			if re.MatchString(e) {
				continue next
			}
		}
		left = append(left, e)
	}
	return left
}

// finish fails the test for errors on the page, and takes a picture of a failure.
func (p *Page) finish() {
	for _, e := range p.Errors() {
		p.t.Errorf("on the page: %s", e)
	}
	if !p.t.Failed() {
		return
	}
	ctx, cancel := context.WithTimeout(p.ctx, stepLimit)
	defer cancel()
	if png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot()); err == nil {
		_ = os.WriteFile(filepath.Join(p.dir, "failed.png"), png, 0o644)
	}
}

// Do runs steps, each within 30 seconds.
func (p *Page) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	for i, step := range steps {
		if err := p.try(step); err != nil {
			p.t.Fatalf("step %d of %d in the browser: %v", i+1, len(steps), err)
		}
	}
}

func (p *Page) try(step chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(p.ctx, stepLimit)
	defer cancel()
	return chromedp.Do(ctx, step)
}

// Get runs an action on the page and gives its value:
//
//	title := testserver.Get(page, chromedp.Title())
func Get[T any](p *Page, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, stepLimit)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("in the browser: %v", err)
	}
	return v
}

// Open navigates to an address and waits until the page is loaded.
func (p *Page) Open(address string) {
	p.t.Helper()
	p.Do(chromedp.Navigate(address))
}

// Wait waits until a JavaScript expression is true.
func (p *Page) Wait(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, stepLimit)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+expression+")")); err != nil {
		p.t.Fatalf("the page never came to %s: %v", expression, err)
	}
}

// Viewport sets the size of the window in CSS pixels: 1440 by 900 for a
// desk, 390 by 844 for a phone (below 600 it is one, with touch).
func (p *Page) Viewport(width, height int64) {
	p.t.Helper()
	if width < 600 {
		p.Do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch))
		return
	}
	p.Do(chromedp.EmulateViewport(width, height))
}

// Theme sets what the person prefers, "light" or "dark", and no motion.
func (p *Page) Theme(theme string) {
	p.t.Helper()
	p.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	}))
}

// Shot writes what the window shows to NAME.png and gives the path. The folder is
// in that of the variable ARTIFACTS, or goes with the test.
func (p *Page) Shot(name string) string {
	p.t.Helper()
	file := filepath.Join(p.dir, name+".png")
	if err := os.WriteFile(file, Get(p, chromedp.CaptureScreenshot()), 0o644); err != nil {
		p.t.Fatal(err)
	}
	return file
}

// Shots writes NAME-1440-light, -1440-dark, -390-light and -390-dark, and
// leaves the window at 1440 by 900 in light colours. It fails the test when the
// page is wider than the window.
func (p *Page) Shots(name string) []string {
	p.t.Helper()
	var files []string
	for _, size := range [][2]int64{{390, 844}, {1440, 900}} {
		p.Viewport(size[0], size[1])
		for _, theme := range []string{"dark", "light"} {
			p.Theme(theme)
			files = append(files, p.Shot(fmt.Sprintf("%s-%d-%s", name, size[0], theme)))
		}
		if wide := Get(p, chromedp.Evaluate[float64]("document.documentElement.scrollWidth")); wide > float64(size[0]) {
			p.t.Errorf("%s is %.0f pixels wide in a window of %d", name, wide, size[0])
		}
	}
	return files
}
