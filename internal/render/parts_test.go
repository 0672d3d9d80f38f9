package render

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// textOf is what an HTML mail says, line by line, as a browser lays it out: a
// paragraph is set off by a blank line, white space is one blank but for those
// that do not break, and a link that shows something else than its address is
// followed by it.
func textOf(t interface{ Fatalf(string, ...any) }, doc string) string {
	root, err := html.Parse(strings.NewReader(doc))
	if err != nil {
		t.Fatalf("%v", err)
	}
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(regexp.MustCompile(`[ \n\r\t\f]+`).ReplaceAllString(n.Data, " "))
		case n.Data == "br":
			b.WriteString("\n")
		case n.Data == "p":
			b.WriteString("\n\n")
		case n.Data == "head":
			return
		}
		from := b.Len()
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode && n.Data == "a" {
			shown := b.String()[from:]
			if href := n.Attr[0].Val; href != shown && href != "https://"+shown {
				b.WriteString(": " + href)
			}
		}
	}
	walk(root)
	// A blank beside a line break is not seen.
	out := regexp.MustCompile(` *\n *`).ReplaceAllString(b.String(), "\n")
	return sameSpace(strings.Trim(out, " \n"))
}

// sameSpace makes both kinds of blanks one, a tab four, and takes those off that
// nobody sees at the ends of lines.
func sameSpace(s string) string {
	s = strings.NewReplacer("\u00a0", " ", "\t", "    ").Replace(s)
	return strings.Trim(regexp.MustCompile(`(?m) +$`).ReplaceAllString(s, ""), "\n")
}

// The text and the HTML part say the same, to the blank: whatever stands in the
// text, the snippets, the signature and the footer, in whatever writing.
func TestPartsSayTheSame(t *testing.T) {
	tags := regexp.MustCompile(`^(<!DOCTYPE html>|</?(html|head|body|p|br|meta charset="utf-8")>|<p dir="auto">|</a>|<a href="https?://[^"<>]*">)$`)
	anyTag := regexp.MustCompile(`<[^>]*>?`)
	piece := rapid.SampledFrom([]string{
		"<b>", "&amp;", "\"", "'", "\n", "\n\n", "\n\n\n", " ", "  ", "\t", "https://a.example/x?y=1&z=2", "www.b.example", "http://", ")", "(", ".", ":", "word", "é", "-- ", "-- \n",
		"<a href=\"https://c.example\">", "\r\n", "`", "}", "{", "日本", "https://日本.example/パス", "naïve café", "שלום עולם", "مرحبا https://d.example/ بالعالم", "สวัสดี", "नमस्ते", "👩‍👩‍👧", "\u200f", "\u00a0", "> quoted",
		"{{ first_name }}", "{{ company | default: \"<i>\" }}", "{% if title %}a{% else %}b{% endif %}", "{{ snippet.proof }}", "{{ snippet.links }}", "{{ custom.b }}", "{{ sender.calendar }}",
	})
	some := func(t *rapid.T, what string, least int) string {
		return strings.Join(rapid.SliceOfN(piece, least, 25).Draw(t, what), "")
	}
	rapid.Check(t, func(t *rapid.T) {
		o := Options{
			Signature: some(t, "signature", 0), PostalAddress: some(t, "address", 0),
			UnsubscribeURL: rapid.SampledFrom([]string{"", "https://sales.example/u/ab_-c?x=1&y=2"}).Draw(t, "unsubscribe"),
			FooterLanguage: rapid.SampledFrom(FooterLanguages()).Draw(t, "language"),
			Snippets:       Snippets{"proof": "40 % שלום\n\n  less", "links": "see www.e.example, {{ first_name }}"},
		}
		values := map[string]string{
			"first_name": rapid.SampledFrom([]string{"Ada", "דנה", "<Ada>", "محمد", "A  B"}).Draw(t, "name"), "company": "", "title": rapid.SampledFrom([]string{"", "x"}).Draw(t, "title"),
			"custom.b": strings.ReplaceAll(some(t, "value", 0), "{", "("), "sender.calendar": "https://us.example/meet/sam",
		}
		if values["custom.b"] == "" {
			values["custom.b"] = "b"
		}
		got, err := Mail(sales.Step{Kind: sales.StepAutoMail, Subject: "s", Body: some(t, "body", 1)}, values, o)
		if err != nil {
			return // braces that are no template, or an empty text
		}
		if want, is := sameSpace(got.Text), textOf(t, got.HTML); is != want {
			t.Fatalf("HTML says\n%q, text says\n%q in\n%s", is, want, got.HTML)
		}
		for _, tag := range anyTag.FindAllString(got.HTML, -1) {
			if !tags.MatchString(tag) {
				t.Fatalf("the tag %q in %s", tag, got.HTML)
			}
		}
		for p := range strings.SplitSeq(got.HTML, "</p>") {
			if at := strings.LastIndex(p, "<p>"); at >= 0 && strings.ContainsFunc(p[at:], rightToLeft) {
				t.Fatalf("a paragraph from right to left that does not say so: %s", p[at:])
			}
		}
	})
}

// The same holds for a whole mail as it goes out: our own reader gets the same
// words from either part.
func TestPartsArriveTheSame(t *testing.T) {
	m, err := Mail(sales.Step{Kind: sales.StepAutoMail, Subject: "שאלה", Body: "שלום {{ first_name }},\n\nראה https://us.example/א?x=1&y=2 (או www.us.example).\n  - אחת\n  - שתיים\n\n{{ snippet.proof }}"},
		map[string]string{"first_name": "דנה"}, Options{Snippets: Snippets{"proof": "Größe: 40 %"}, Signature: "Sam\nEngines & Co", PostalAddress: "1 Main St\nLondon"})
	if err != nil {
		t.Fatal(err)
	}
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if plain, fromHTML := flat(m.Text), flat(mail.HTMLText(m.HTML)); plain != fromHTML {
		t.Errorf("text says\n%s\nHTML says\n%s", plain, fromHTML)
	}
	if n := strings.Count(m.HTML, `<p dir="auto">`); n != 2 {
		t.Errorf("%d paragraphs from right to left in %s", n, m.HTML)
	}
}
