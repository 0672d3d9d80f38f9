package exam

import (
	"strings"

	"golang.org/x/net/html"
)

// leftActive reads sanitised HTML as a browser does and names the first thing
// in it that runs, loads or posts; "" when there is none.
func leftActive(src string) string {
	root, err := html.Parse(strings.NewReader(src))
	if err != nil {
		return "HTML that cannot be read"
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "style", "iframe", "frame", "object", "embed", "applet", "link", "meta", "base", "form", "input", "button", "svg", "math", "template", "audio", "video", "source", "track", "portal", "frameset":
			return "element " + n.Data
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "srcdoc", a.Key == "srcset", a.Key == "background", a.Key == "poster", a.Key == "formaction", a.Key == "action", a.Key == "ping", a.Key == "id", a.Key == "name":
				return "attribute " + a.Key
			case a.Key == "src" && !strings.HasPrefix(value, "data:image/"):
				return "source " + a.Val
			case a.Key == "href" && !strings.HasPrefix(value, "http://") && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "mailto:") && !strings.HasPrefix(value, "tel:"):
				return "link " + a.Val
			case a.Key == "style" && (strings.Contains(value, "url(") || strings.Contains(value, "expression") || strings.Contains(value, "position")):
				return "style " + a.Val
			}
		}
	}
	return ""
}
