package mail

import (
	"strings"
	"testing"
)

// TestWritten: what is sent of what an editor holds, and that the plain text says
// the same.
func TestWritten(t *testing.T) {
	for _, c := range []struct{ name, src, piece, text string }{
		{"paragraphs", "<p>Hi Marta,</p><p>four <b>minutes</b>.<br>Really.</p>", "<p>Hi Marta,</p><p>four <b>minutes</b>.<br>Really.</p>", "Hi Marta,\n\nfour minutes.\nReally."},
		{"lines", "<div>a</div><div>b</div><div><br></div><div>c</div>", "<div>a</div><div>b</div><div><br></div><div>c</div>", "a\nb\n\nc"},
		{"lists", "<p>So:</p><ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul><ol><li><p>first</p></li><li>second</li></ol><p>End</p>",
			"<p>So:</p><ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul><ol><li><p>first</p></li><li>second</li></ol><p>End</p>", "So:\n\n- one\n- two\n  - deep\n\n1. first\n2. second\n\nEnd"},
		{"quote", "<blockquote><p>you said</p><p>this</p></blockquote><p>yes</p>", "<blockquote><p>you said</p><p>this</p></blockquote><p>yes</p>", "> you said\n>\n> this\n\nyes"},
		{"links", `<p><a href="https://a.example/x">the page</a>, <a href="https://b.example/">b.example</a>, <a href="mailto:c@d.example">c@d.example</a></p>`,
			`<p><a href="https://a.example/x">the page</a>, <a href="https://b.example/">b.example</a>, <a href="mailto:c@d.example">c@d.example</a></p>`, "the page (https://a.example/x), b.example, c@d.example"},
		{"hostile", `<p onclick="x()">a<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x()">b</a><iframe src="//x.example">in</iframe><style>p{}</style></p>`, "<p>ab</p>", "ab"},
		{"from a word processor", `<!--[if gte mso 9]><xml></xml><![endif]--><h1 class="MsoTitle" style="color:red">T</h1><span style="font-size:40px"> x </span><o:p></o:p>`, "T x", "T x"},
		{"right to left", `<p dir="rtl">שלום</p>`, `<p dir="rtl">שלום</p>`, "שלום"},
		{"nothing", "<p><br></p><p>\u200b&nbsp;</p>", "", ""},
		{"signs", "<p>1 &lt; 2 &amp; {{ x }}</p>", "<p>1 &lt; 2 &amp; {{ x }}</p>", "1 < 2 & {{ x }}"},
	} {
		piece, text := Written(c.src)
		if piece != c.piece || text != c.text {
			t.Errorf("%s:\n%q\n%q", c.name, piece, text)
		}
		if again, same := Written(piece); again != piece || same != text {
			t.Errorf("%s: twice is another: %q %q", c.name, again, same)
		}
	}
	deep := strings.Repeat("<blockquote>", 5000) + "x" + strings.Repeat("</blockquote>", 5000)
	if _, text := Written(deep); !strings.Contains(text, "x") && text != "" {
		t.Errorf("%q", text[:50])
	}
}
