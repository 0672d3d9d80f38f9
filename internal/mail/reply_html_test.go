package mail

import (
	"strings"
	"testing"
)

// Answers in HTML as clients write them. The structure tells what is whose, in
// whichever language the client speaks.
func TestClientsHTML(t *testing.T) {
	cases := map[string]struct{ html, reply, sig string }{
		"gmail with signature": {`<div dir="ltr"><div>Sounds good.</div><div><br></div>-- <br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div>Ann Buyer</div><div>Head of things</div></div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Klingonisch 3.3.2026 Sam &lt;<a href="mailto:sam@seller.example">sam@seller.example</a>&gt; jatlhpu':<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">Hello Ann</blockquote></div>`, "Sounds good.", "--\nAnn Buyer\nHead of things"},
		"gmail indented text":  {`<div dir="ltr">My points:<blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>first</div><div>second</div></blockquote>Let us talk.</div>`, "My points:\nfirst\nsecond\nLet us talk.", ""},
		"outlook greek":        {`<div class="WordSection1"><p class="MsoNormal">Sounds good.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>Zeph:</b> Sam Seller &lt;sam@seller.example&gt;<br><b>Quum:</b> 3 Mar 2026 9:12<br><b>Tolo:</b> Ann<br><b>Arra:</b> Q</p></div></div><p class="MsoNormal">Hello Ann</p><p class="MsoNormal">how are you?</p></div>`, "Sounds good.", ""},
		"outlook bordered box": {`<div class="WordSection1"><p class="MsoNormal">Sounds good.</p><div style="border-top:solid red 1.0pt;padding:3pt"><p>A box of my own</p></div><p class="MsoNormal">Really.</p></div>`, "Sounds good.\n\nA box of my own\nReally.", ""},
		"outlook web":          {`<html><body><div class="elementToProof">Sounds good.</div><div id="Signature"><div>Ann Buyer</div><div>Buyer Ltd</div></div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font><b>Zeph:</b> Sam<br><b>Quum:</b> 3 Mar</font><div>&nbsp;</div></div><div>Hello Ann</div></body></html>`, "Sounds good.", "Ann Buyer\nBuyer Ltd"},
		"outlook mobile":       {`<div dir="auto">Sounds good.</div><div><br></div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.example">Outlook for iOS</a></div><div id="mail-editor-reference-message-container"><hr><div><b>From:</b> Sam<br></div>Hello Ann</div>`, "Sounds good.", "Get Outlook for iOS"},
		"apple":                {`<html><body dir="auto">Sounds good.<br><br><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 3 Mar 2026, at 09:12, Sam &lt;sam@seller.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">Hello Ann</div></blockquote></body></html>`, "Sounds good.", "Sent from my iPhone"},
		"apple all signed":     {`<div id="AppleMailSignature" dir="ltr">Sounds good.</div><div dir="ltr"><br>On 3 Mar 2026, at 09:12, Sam &lt;sam@seller.example&gt; wrote:<br></div><blockquote type="cite">Hello Ann</blockquote>`, "Sounds good.", ""},
		"apple inline":         {`<div>Hi Sam,</div><div><br></div><div><blockquote type="cite"><div>On 3 Mar 2026, at 09:12, Sam wrote:</div><div>How many seats?</div></blockquote><div><br></div><div>About forty.</div><br><blockquote type="cite"><div>And when?</div></blockquote><div><br></div><div>In May.</div></div>`, "Hi Sam,\n\nAbout forty.\n\nIn May.", ""},
		"thunderbird":          {`<p>Sounds good.</p><div class="moz-signature">-- <br>Ann Buyer</div><div class="moz-cite-prefix">3.3.2026 9:12, Sam jatlh:<br></div><blockquote type="cite" cite="mid:1@x"><p>Hello Ann</p></blockquote>`, "Sounds good.", "--\nAnn Buyer"},
		"thunderbird bottom":   {`<div class="moz-cite-prefix">On 3/3/26 9:12, Sam wrote:<br></div><blockquote type="cite" cite="mid:1@x"><p>Hello Ann</p></blockquote><p>Sounds good.</p>`, "Sounds good.", ""},
		"thunderbird forward":  {`<p>Sounds good.</p><div class="moz-forward-container"><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tr><th>Subject: </th><td>Q</td></tr><tr><th>From: </th><td>Sam</td></tr></table><br>Hello Ann</div>`, "Sounds good.", ""},
		"yahoo":                {`<div class="ydp1yahoo-style-wrap"><div dir="ltr">Sounds good.</div></div><div id="ydp2yahoo_quoted_1" class="ydp2yahoo_quoted"><div>3 Mar 2026, Sam jatlh:</div><div>Hello Ann</div></div><div id="yahoo_quoted_77" class="yahoo_quoted">Hello</div>`, "Sounds good.", ""},
		"proton":               {`<div>Sounds good.<br></div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with Proton Mail</div></div><div class="protonmail_quote">Zabc Sam<br><blockquote class="protonmail_quote" type="cite">Hello Ann</blockquote></div>`, "Sounds good.", "Sent with Proton Mail"},
		"zoho":                 {`<div>Sounds good.</div><div class="zmail_extra_hr" style="border-top:1px solid rgb(204,204,204)"></div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- Sam jatlh ---</div><blockquote id="blockquote_zmail">Hello Ann</blockquote></div>`, "Sounds good.", ""},
		"gmx":                  {`<div>Sounds good.</div><div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div><b>Zeph:</b> 3.3.2026</div><div name="quoted-content">Hello Ann</div></div>`, "Sounds good.", ""},
		"mail.ru":              {`<div>Sounds good.</div><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">3.3.2026 Sam:<br>Hello Ann</blockquote>`, "Sounds good.", ""},
		"yandex":               {`<div>Sounds good.</div><div>03.03.2026, 09:12, "Sam" &lt;sam@seller.example&gt;:</div><blockquote><p>Hello Ann</p></blockquote><div>-- </div><div>Ann</div>`, "Sounds good.", "--\nAnn"},
		"zimbra":               {`<div>Sounds good.</div><hr id="zwchr" data-marker="__DIVIDER__"><div><b>Zeph: </b>Sam<br><b>Quum: </b>3 Mar</div><div>Hello Ann</div>`, "Sounds good.", ""},
		"roundcube":            {`<p>Sounds good.</p><p id="reply-intro">Zabc 3.3.2026 Sam:</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">Hello Ann</blockquote>`, "Sounds good.", ""},
		"samsung":              {`<div dir="auto">Sounds good.</div><div id="composer_signature" dir="auto">Sent from my Galaxy</div><div dir="auto"><br></div><div><div align="left" dir="auto">-------- Original message --------</div><div>From: Sam &lt;sam@seller.example&gt; </div><div>Date: 3/3/26  9:12 AM  (GMT+01:00) </div><div>To: ann@buyer.example </div><div>Subject: Q </div></div>Hello Ann`, "Sounds good.", "Sent from my Galaxy"},
		"notes":                {`<font size=2 face="sans-serif">Sounds good.</font><br><br><br><font size=1>From:        </font><font size=1>Sam Seller &lt;sam@seller.example&gt;</font><br><font size=1>To:        </font><font size=1>Ann/Buyer</font><br><font size=1>Date:        </font><font size=1>03/03/2026 09:12</font><br><font size=1>Subject:        </font><font size=1>Q</font><br><hr noshade><br><tt>Hello Ann</tt>`, "Sounds good.", ""},
		"spark":                {`<div name="messageBodySection"><div dir="auto">Sounds good.</div></div><div name="messageSignatureSection"><br>Ann</div><div name="messageReplySection">3 Mar, Sam jatlh:<br><blockquote type="cite">Hello Ann</blockquote></div>`, "Sounds good.", "Ann"},
	}
	for name, c := range cases {
		p := ParseHTML("Re: Q", c.html)
		if p.Reply != c.reply || p.Signature != c.sig {
			t.Errorf("%s:\nreply     %q, want %q\nsignature %q, want %q\ntext %q", name, p.Reply, c.reply, p.Signature, c.sig, p.Text)
		}
		if strings.Contains(c.html, "Hello Ann") && !strings.Contains(p.Quoted, "Hello Ann") {
			t.Errorf("%s: quoted %q", name, p.Quoted)
		}
	}
}

// A plain text whose quote nothing marks is parted where the HTML beside it
// says.
func TestPlainByHTML(t *testing.T) {
	raw := "From: Ann <ann@buyer.example>\nSubject: Re: Q\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nSounds *good*.\n\nSee\nyou on Monday.\n\nZeph Sam jatlh\n\nHello Ann\n\nhow are you?\n--b\nContent-Type: text/html; charset=utf-8\n\n<div>Sounds <b>good</b>.</div><br><div>See you on Monday.</div><br><div class=\"gmail_quote\">Zeph Sam jatlh<blockquote class=\"gmail_quote\">Hello Ann<br><br>how are you?</blockquote></div>\n--b--\n"
	p := Parse([]byte(raw))
	if p.Reply != "Sounds *good*.\n\nSee\nyou on Monday." || !strings.Contains(p.Quoted, "how are you?") || strings.Contains(p.Quoted, "Monday") {
		t.Errorf("reply %q, quoted %q", p.Reply, p.Quoted)
	}
}
