//go:build servers

package e2e

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"ninetyten/internal/app"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// trap is where every host that is not the site leads to.
type trap struct {
	port int
	mu   sync.Mutex
	came []string
}

// newTrap listens on a free port, and keeps the beginning of what is said there.
func newTrap(t *testing.T) *trap {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	tr := &trap{port: l.Addr().(*net.TCPAddr).Port}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_ = c.SetDeadline(time.Now().Add(time.Minute))
				first := make([]byte, 300)
				n, _ := bufio.NewReader(c).Read(first)
				tr.mu.Lock()
				tr.came = append(tr.came, string(first[:n]))
				tr.mu.Unlock()
				_, _ = io.WriteString(c, "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			}()
		}
	}()
	return tr
}

// calls are what came so far.
func (tr *trap) calls() []string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return slices.Clone(tr.came)
}

// TestHostileMail opens mails that do what they can in the view of their thread.
// No script runs, nothing opens, nothing is asked of another host, and the page
// around the mails stays as it was.
func TestHostileMail(t *testing.T) {
	t.Parallel()
	s := newSite(t, app.Options{}, "ana", "clara")
	s.setUp()
	s.connect()
	clara := s.add("clara")[0]
	all := payloads(t)
	const perThread = 25
	s.imap.Deliver(t, "ana", "INBOX", len(all), func(n int) []byte { return hostileMail(n, n/perThread, all[n]) })
	tr := newTrap(t)
	// What the browser itself asks of its maker leads nowhere.
	rules := fmt.Sprintf("MAP *.google.com ~NOTFOUND, MAP *.googleapis.com ~NOTFOUND, MAP * 127.0.0.1:%d, EXCLUDE 127.0.0.1", tr.port)
	a := s.tab(testserver.Browser(t, chromedp.Flag("host-resolver-rules", rules),
		// Frames in the process of their page, so that their errors are heard with its own.
		chromedp.Flag("disable-features", "site-per-process,Translate,IsolateSandboxedIframes")))
	var dialogs []string
	var mu sync.Mutex
	a.Listen(func(event any) {
		if e, ok := event.(*page.EventJavascriptDialogOpening); ok {
			mu.Lock()
			defer mu.Unlock()
			dialogs = append(dialogs, e.Message)
		}
	})
	s.control(t, s.tab(a.Another()), tr)
	before := len(tr.calls())

	s.until("all mails are read", func() bool {
		list, err := s.Store.MessagesOf(t.Context(), clara.WorkspaceID, clara.ID, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return len(list) >= len(all)
	})
	a.enter(address("ana"), passphrase)
	threads, err := s.Store.ThreadsOf(t.Context(), clara.WorkspaceID, clara.ID)
	if err != nil {
		t.Fatal(err)
	}
	mark, frames := len(s.asked(0)), 0
	began := time.Now()
	for i, x := range threads {
		frames += s.openFrames(t, a, x)
		if i == 0 {
			a.Viewport(1440, 900)
			a.Shot("81-hostile-thread")
		}
	}
	t.Logf("%d mails in %d threads, %d frames opened in %d ms", len(all), len(threads), frames, time.Since(began).Milliseconds())
	s.framesAsked(t, mark, frames)
	s.cleaned(t, clara)
	if n := len(dialogs); n != 0 {
		t.Errorf("%d dialogs opened: %q", n, dialogs)
	}
	for _, c := range tr.calls()[before:] {
		t.Errorf("something was asked of another host: %.120q", c)
	}
}

// hostileMail is the n-th mail, of HTML alone.
func hostileMail(n, batch int, payload string) []byte {
	body := base64.StdEncoding.EncodeToString([]byte(payload))
	var lines strings.Builder
	for len(body) > 76 {
		lines.WriteString(body[:76] + "\n")
		body = body[76:]
	}
	return fmt.Appendf(nil, "From: Clara Nunes <clara@practice.example>\nTo: ana@practice.example\nSubject: Batch %d\nMessage-ID: <hostile%d@practice.example>\nReferences: <batch%d@practice.example>\nDate: %s\n"+
		"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n%s%s\n", batch, n, batch, time.Now().Format(time.RFC1123Z), lines.String(), body)
}

// control shows that the trap hears a page that does call another host, and
// that a script which a frame holds back is seen as an error.
func (s *site) control(t *testing.T, b *tab, tr *trap) {
	t.Helper()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		text := `<!doctype html><link rel=icon href=data:,><img src="http://control.example/a.png"><iframe sandbox src="/frame"></iframe>`
		if r.URL.Path == "/frame" {
			text = "<script>1</script>"
		}
		_, _ = io.WriteString(w, text)
	}))
	defer page.Close()
	b.Open(page.URL)
	s.until("the trap hears a call, and the page of a script held back", func() bool {
		return slices.ContainsFunc(tr.calls(), func(c string) bool { return strings.Contains(c, "control.example") }) &&
			slices.ContainsFunc(b.Errors(), func(e string) bool { return strings.Contains(e, "Blocked script execution") })
	})
	b.Expect("Blocked script execution")
}

// snapshot is the page, its names and its address, without its clocks and counts.
const snapshot = `(() => {
	const c = document.documentElement.cloneNode(true);
	c.querySelectorAll("details").forEach((d) => d.removeAttribute("open"));
	c.querySelectorAll("title, time, #live, #say, #arrivals, #toasts, .count, #palette, .due").forEach((e) => e.remove());
	return document.title.replace(/^\(\d+\) /, "") + location.href + Object.keys(window).join() + c.outerHTML;
})()`

// openFrames opens every mail of a thread as it was sent, one after the other,
// and gives how many there were.
func (s *site) openFrames(t *testing.T, a *tab, x sales.Thread) int {
	t.Helper()
	a.visit("/inbox/" + x.ID.String())
	js[any](a, `window.loads = 0, null`)
	before := js[string](a, snapshot)
	n := testserver.Get(a.Page, chromedp.Evaluate[int](`(async () => {
		const all = [...document.querySelectorAll(".message iframe")];
		for (const f of all) {
			const loaded = new Promise((done) => f.addEventListener("load", () => { window.loads++; done(); }));
			f.closest("details").open = true;
			f.scrollIntoView();
			await loaded;
		}
		return all.length;
	})()`, chromedp.EvalAwaitPromise))
	if loads := js[int](a, "window.loads"); loads != n {
		t.Errorf("%d frames loaded %d times", n, loads)
	}
	if bad := js[string](a, `[...document.querySelectorAll("iframe")].map((f) => f.getAttribute("sandbox")).filter((x) => x === null || /scripts|same-origin|top-nav|forms|modals/.test(x)).join()`); bad != "" {
		t.Errorf("frames are not locked: %s", bad)
	}
	if after := js[string](a, snapshot); after != before {
		t.Errorf("the page around the mails changed:\n%s", differs(before, after))
	}
	return n
}

// differs gives where two texts part.
func differs(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-100)
	return fmt.Sprintf("before …%.300s\nafter …%.300s", a[from:], b[from:])
}

// framesAsked: each frame was asked for once, and nothing that a mail named was.
func (s *site) framesAsked(t *testing.T, mark, frames int) {
	t.Helper()
	got := 0
	for _, r := range s.asked(mark) {
		method, path, _ := strings.Cut(r, " ")
		switch {
		case method == "GET" && strings.HasPrefix(path, "/messages/") && strings.HasSuffix(path, "/html"):
			got++
		case method == "GET" && (strings.HasPrefix(path, "/inbox/") || strings.HasPrefix(path, "/assets/") || path == "/live"):
		default:
			t.Errorf("a mail made the browser ask for %s", r)
		}
	}
	if got != frames {
		t.Errorf("%d frames were asked for, of %d", got, frames)
	}
}

// cleaned reads every frame without a browser: nothing in it could run or load,
// whatever the policy says, and the policy says so too.
func (s *site) cleaned(t *testing.T, p sales.Person) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	token, err := s.Auth.Begin(ctx, s.owner(), "127.0.0.1", "test")
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Store.MessagesOf(ctx, p.WorkspaceID, p.ID, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		if m.HTML == "" {
			continue
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/messages/"+m.ID.String()+"/html", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(&http.Cookie{Name: "ninetyten", Value: token})
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		_, body, found := strings.Cut(string(raw), "<body>")
		if err != nil || res.StatusCode != http.StatusOK || !found {
			t.Fatal(res.Status, err)
		}
		policy := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "sandbox") || strings.Contains(policy, "script") {
			t.Fatalf("the policy of a mail: %s", policy)
		}
		for z := html.NewTokenizer(strings.NewReader(body)); z.Next() != html.ErrorToken; {
			if tok := z.Token(); tok.Type == html.StartTagToken || tok.Type == html.SelfClosingTagToken {
				harmless(t, m, tok)
			}
		}
	}
}

// harmless: an element of a cleaned mail runs and loads nothing.
func harmless(t *testing.T, m sales.Message, n html.Token) {
	t.Helper()
	switch n.Data {
	case "script", "iframe", "frame", "object", "embed", "form", "input", "button", "textarea", "select", "svg", "math", "link", "base", "video", "audio", "source", "template", "noscript", "portal", "meta", "style", "title":
		t.Errorf("%s: <%s> is left", m.HeaderID, n.Data)
	}
	for _, a := range n.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		bad := strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-") || strings.HasPrefix(a.Key, "data-") || strings.Contains(value, "javascript:") || strings.Contains(value, "vbscript:")
		switch a.Key {
		case "src":
			bad = bad || !strings.HasPrefix(value, "data:image/") || strings.Contains(value, "svg")
		case "href":
			bad = bad || !strings.HasPrefix(value, "http://") && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "mailto:") && !strings.HasPrefix(value, "tel:")
		case "style":
			bad = bad || strings.Contains(value, "url") || strings.Contains(value, "position") || strings.Contains(value, "expression") || strings.Contains(value, "\\")
		case "id", "name", "class", "srcset", "background", "ping", "action", "formaction", "poster", "xlink:href", "accesskey":
			bad = true
		}
		if bad {
			t.Errorf("%s: <%s %s=%q> is left", m.HeaderID, n.Data, a.Key, a.Val)
		}
	}
}
