package gallery

import (
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Every sample keeps the rules that the policy, the keyboard and screen readers need.
func TestPagesKeepTheRules(t *testing.T) {
	h, err := Handler()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, s := range Samples() {
		if seen[s.Name] {
			t.Fatalf("two samples are called %q", s.Name)
		}
		seen[s.Name] = true
		t.Run(s.Name, func(t *testing.T) {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/gallery/"+s.Name, nil))
			if w.Code != 200 {
				t.Fatalf("status %d: %s", w.Code, w.Body)
			}
			root, err := html.Parse(strings.NewReader(w.Body.String()))
			if err != nil {
				t.Fatal(err)
			}
			c := &checker{t: t, ids: map[string]bool{}, keys: map[string]string{}}
			c.walk(root, nil)
			c.finish()
		})
	}
}

// checker walks one page.
type checker struct {
	t                      *testing.T
	ids                    map[string]bool
	keys                   map[string]string // letter -> what it presses
	labels, fields, points []string          // ids: of labels, of fields that need one, of what is pointed to
	h1, main, title        int
}

func (c *checker) walk(n *html.Node, inside []string) {
	if n.Type == html.ElementNode {
		c.element(n, inside)
		inside = append(inside[:len(inside):len(inside)], n.Data)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, inside)
	}
}

func (c *checker) element(n *html.Node, inside []string) {
	a := attributes(n)
	for name, value := range a {
		switch {
		case name == "style" || strings.HasPrefix(name, "on") || strings.HasPrefix(name, "hx-on"):
			c.t.Errorf("<%s> has an inline %s, which the policy forbids", n.Data, name)
		case strings.Contains(value, "javascript:") || (strings.HasPrefix(name, "hx-") && strings.Contains(value, "js:")):
			c.t.Errorf("<%s %s=%q> needs eval", n.Data, name, value)
		case name == "hx-trigger" && strings.Contains(value, "["):
			c.t.Errorf("hx-trigger %q has a filter, which needs eval", value)
		}
	}
	if id, ok := a["id"]; ok {
		if c.ids[id] || id == "" || strings.ContainsAny(id, " ") {
			c.t.Errorf("the id %q is there twice, or no id", id)
		}
		c.ids[id] = true
	}
	for _, name := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "data-open", "popovertarget", "for"} {
		if v, ok := a[name]; ok && name != "for" {
			c.points = append(c.points, strings.Fields(v)...)
		}
	}
	if key, ok := a["data-key"]; ok {
		c.key(key, text(n), inside)
	}
	c.byTag(n, a, inside)
}

func (c *checker) byTag(n *html.Node, a map[string]string, inside []string) {
	switch n.Data {
	case "h1":
		c.h1++
	case "main":
		c.main++
	case "title":
		c.title++
	case "html":
		if a["lang"] == "" {
			c.t.Error("no language")
		}
	case "style":
		c.t.Error("an inline <style>")
	case "script":
		if a["src"] == "" || strings.TrimSpace(text(n)) != "" {
			c.t.Error("an inline <script>")
		}
	case "img":
		if _, ok := a["alt"]; !ok {
			c.t.Error("a picture without alt")
		}
	case "iframe":
		if a["title"] == "" || !strings.Contains(n.Data, "iframe") || strings.Contains(a["sandbox"], "allow-scripts") || strings.Contains(a["sandbox"], "same-origin") {
			c.t.Errorf("the frame %v is not closed enough, or has no title", a)
		}
		if _, ok := a["sandbox"]; !ok {
			c.t.Error("a frame without a sandbox")
		}
	case "a", "button":
		if strings.TrimSpace(text(n)) == "" && a["aria-label"] == "" {
			c.t.Errorf("<%s %v> has no name", n.Data, a)
		}
		if href, ok := a["href"]; n.Data == "a" && (!ok || href == "" || href == "#" || strings.Contains(href, "about:invalid")) {
			c.t.Errorf("the link %q leads nowhere: %q", text(n), href)
		}
	case "form":
		c.form(a)
	case "input", "select", "textarea":
		if a["type"] != "hidden" && a["aria-label"] == "" && a["aria-labelledby"] == "" && !contains(inside, "label") {
			c.fields = append(c.fields, a["id"])
		}
	case "label":
		if a["for"] != "" {
			c.labels = append(c.labels, a["for"])
		}
	case "table":
		if contains(inside, "p") {
			c.t.Error("a table inside a paragraph")
		}
	}
}

func (c *checker) form(a map[string]string) {
	if method := strings.ToLower(a["method"]); method != "post" && method != "get" {
		c.t.Errorf("the form %v has no method", a)
	}
	if !strings.HasPrefix(a["action"], "/") {
		c.t.Errorf("the form %v does not work without the script", a)
	}
}

// key makes sure that a letter means one thing on a page. Enter may be the
// suggestion, and in templates and dialogs letters are apart.
func (c *checker) key(key, label string, inside []string) {
	if contains(inside, "template") || contains(inside, "dialog") {
		return
	}
	label = strings.Join(strings.Fields(label), " ")
	if key == "g" || key == "j" || key == "k" || key == "?" {
		c.t.Errorf("%q takes the key %q, which moves", label, key)
	}
	before, taken := c.keys[key]
	if taken && !strings.HasPrefix(before, strings.Fields(label)[0]) && !sameAct(before, label) {
		c.t.Errorf("the key %q presses both %q and %q", key, before, label)
	}
	c.keys[key] = label
}

// sameAct tells whether two buttons open the same panel under different words.
func sameAct(a, b string) bool {
	both := a + "|" + b
	return strings.Contains(both, "Write") && (strings.Contains(both, "Answer") || strings.Contains(both, "Write a mail"))
}

func (c *checker) finish() {
	if c.h1 != 1 || c.main != 1 || c.title != 1 {
		c.t.Errorf("%d h1, %d main, %d titles; want one of each", c.h1, c.main, c.title)
	}
	for _, id := range c.fields {
		if id == "" || !contains(c.labels, id) {
			c.t.Errorf("the field %q has no label", id)
		}
	}
	for _, id := range append(c.points, c.labels...) {
		if !c.ids[id] {
			c.t.Errorf("something points to #%s, which is not there", id)
		}
	}
}

func attributes(n *html.Node) map[string]string {
	out := map[string]string{}
	for _, a := range n.Attr {
		out[a.Key] = a.Val
	}
	return out
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(text(c))
	}
	return b.String()
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
