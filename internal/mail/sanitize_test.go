package mail

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestSanitizeHTML(t *testing.T) {
	keeps := map[string]string{
		"<p>Hello <b>Ann</b></p>":                        "<p>Hello <b>Ann</b></p>",
		"<table><tr><td>x</td></tr></table>":             "<table><tr><td>x</td></tr></table>",
		`<a href="mailto:a@b.example">x</a>`:             `<a href="mailto:a@b.example" rel="nofollow noreferrer">x</a>`,
		`<span style="color: red">x</span>`:              `<span style="color: red">x</span>`,
		`<img src="data:image/png;base64,AAAA" alt="x">`: `<img src="data:image/png;base64,AAAA" alt="x">`,
	}
	for in, want := range keeps {
		if got := SanitizeHTML(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	link := SanitizeHTML(`<a href="https://x.example/a?b=1&amp;c=2" onclick="evil()" target="_top">x</a>`)
	for _, part := range []string{`href="https://x.example/a?b=1&amp;c=2"`, "noopener", "noreferrer", `target="_blank"`} {
		if !strings.Contains(link, part) {
			t.Errorf("%q lacks %q", link, part)
		}
	}
}

func TestSanitizeHTMLTakesOut(t *testing.T) {
	for _, in := range []string{
		`<script>evil()</script>`, `<SCRIPT SRC=//x.example/a.js></SCRIPT>`, `<img src=x onerror=evil()>`, `<img src="https://track.example/p.gif">`,
		`<img srcset="https://track.example/p.gif 1x">`, `<a href="javascript:evil()">x</a>`, `<a href=" java&#10;script:evil()">x</a>`, `<a href="data:text/html,x">x</a>`,
		`<iframe src="https://x.example"></iframe>`, `<object data="x"></object>`, `<form action="https://x.example"><input name=a></form>`,
		`<style>@import "https://x.example/a.css"</style>`, `<link rel=stylesheet href="https://x.example/a.css">`, `<meta http-equiv=refresh content="0;url=https://x.example">`,
		`<div style="background:url(https://track.example/p.gif)">x</div>`, `<div style="position:fixed;top:0">x</div>`, `<td background="https://track.example/p.gif">x</td>`,
		`<svg onload=evil()><script>evil()</script></svg>`, `<math><mi xlink:href="javascript:evil()">x</mi></math>`, `<base href="https://x.example">`,
		`<video src="https://track.example/v" autoplay></video>`, `<b id="app" name="app" class="topbar">x</b>`, `<img src="data:image/svg+xml;base64,PHN2Zz4=">`,
		`<p onmouseover=evil()>x</p>`, `<noscript><p title="</noscript><img src=x onerror=evil()>">`, `<a href="vbscript:x">x</a>`, `<template><script>evil()</script></template>`,
		"<img src=\"data:image/png;base64,AAAA\" style=\"x:url(http://track.example)\" onload='evil()'>",
	} {
		out := SanitizeHTML(in)
		root, err := html.Parse(strings.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			switch n.Data {
			case "script", "style", "iframe", "object", "form", "input", "link", "meta", "base", "svg", "math", "video", "template":
				if n.Data != "style" {
					t.Errorf("%q left <%s> in %q", in, n.Data, out)
				}
			}
			for _, a := range n.Attr {
				low := strings.ToLower(a.Val)
				if strings.HasPrefix(a.Key, "on") || a.Key == "id" || a.Key == "name" || a.Key == "class" || a.Key == "background" || a.Key == "srcset" ||
					strings.Contains(low, "script:") || strings.Contains(low, "url(") || strings.Contains(low, "track.example") || strings.Contains(low, "position") {
					t.Errorf("%q left %s=%q in %q", in, a.Key, a.Val, out)
				}
			}
		}
	}
}

func TestHTMLText(t *testing.T) {
	for in, want := range map[string]string{
		"<p>one</p><p>two</p>":                         "one\n\ntwo",
		"one<br>two":                                   "one\ntwo",
		"<ul><li>one</li><li>two</li></ul>":            "- one\n- two",
		"a  <b> b</b>c &amp; d&nbsp;e":                 "a bc & d e",
		"<blockquote type=cite>old</blockquote>new":    "> old\nnew",
		"<table><tr><td>a</td><td>b</td></tr></table>": "a b",
		"<pre>a\n  b</pre>":                            "a\n  b",
		"<style>x{}</style><title>t</title>words":      "words",
		"<div>one<div>two</div>three</div>":            "one\ntwo\nthree",
		"":                                             "",
	} {
		if got := HTMLText(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
