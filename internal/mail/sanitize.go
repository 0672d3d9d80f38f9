package mail

import (
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy is made once: it is costly to make and safe to share.
var policy = sync.OnceValue(newPolicy)

// SanitizeHTML gives the HTML of a mail fit to be shown inside a page: no
// script, style sheet, form, frame or event handler; no image but one that is
// in the mail itself; links open outside and tell nobody where they come from.
// Input over MaxText bytes is cut.
func SanitizeHTML(html string) string {
	if len(html) > MaxText {
		html = strings.ToValidUTF8(html[:MaxText], "")
	}
	return policy().Sanitize(strings.ToValidUTF8(html, "\uFFFD"))
}

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "div", "span", "br", "hr", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup",
		"small", "big", "code", "pre", "kbd", "samp", "tt", "center", "address", "abbr", "cite", "q", "mark", "font",
		"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", "img", "a")
	p.SkipElementsContent("script", "style", "title", "head", "iframe", "object", "embed", "applet", "svg", "math", "noscript", "noembed", "noframes", "template", "xmp", "plaintext", "textarea", "select", "form")

	number := regexp.MustCompile(`^[0-9]{1,4}%?$`)
	p.AllowAttrs("colspan", "rowspan", "width", "height", "cellpadding", "cellspacing", "border").Matching(number).OnElements("table", "tr", "td", "th", "col", "img")
	p.AllowAttrs("align", "valign").Matching(regexp.MustCompile(`(?i)^(left|right|center|justify|top|middle|bottom|baseline)$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`(?i)^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z0-9-]{1,20}$`)).Globally()
	p.AllowAttrs("alt", "title").OnElements("img", "a", "abbr")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,5}$`)).OnElements("ol")
	p.AllowAttrs("color", "size").Matching(regexp.MustCompile(`^[#A-Za-z0-9+-]{1,20}$`)).OnElements("font")
	p.AllowStyles("color", "background-color", "font-weight", "font-style", "text-decoration", "text-align").
		Matching(regexp.MustCompile(`(?i)^(#[0-9a-f]{3,8}|rgba?\([0-9., %]+\)|[a-z0-9 -]{1,40})$`)).Globally()

	// Nothing is loaded: only an image that stands in the mail as data shows.
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$`)).OnElements("img")
	p.AllowDataURIImages()

	p.AllowAttrs("href").Matching(regexp.MustCompile(`(?i)^(https?://|mailto:|tel:)[^\s]*$`)).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(false)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	return p
}
