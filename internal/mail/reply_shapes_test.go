package mail

import (
	"strings"
	"testing"
)

// shape is a mail as a client builds it, what its writer wrote, and what
// stands below that as the signature ("*" when that does not matter).
type shape struct{ body, reply, sig string }

// Shapes of HTML: what is the person's own is told by how clients build an
// answer, not by the words above the quote.
func TestShapesOfHTML(t *testing.T) {
	head := `<b>From:</b> Sam Seller &lt;sam@seller.example&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 9:12 AM<br><b>To:</b> Ann Buyer<br><b>Subject:</b> A question<br>`
	odd := `<b>Zeph:</b> Sam Seller &lt;sam@seller.example&gt;<br><b>Quum:</b> 3/3/2026 9:12<br><b>Ta:</b> Ann Buyer<br><b>Xub:</b> A question<br>`
	for name, s := range map[string]shape{
		"outlook mac 2011":            {`<div>Sounds good.</div><div><br></div><span id="OLK_SRC_BODY_SECTION"><div style="font-family:Calibri; font-size:11pt; text-align:left; color:black; BORDER-BOTTOM: medium none; PADDING-TOP: 3pt; BORDER-TOP: #b5c4df 1pt solid"><span style="font-weight:bold">Zeph: </span> Sam<br></div><div>Hello Ann</div></span>`, "Sounds good.", ""},
		"outlook mac, colours first":  {`<div>Sounds good.</div><div style="font-family:Calibri;border-bottom:medium none;padding-bottom:0in;padding-left:0in;padding-right:0in;border-top:#b5c4df 1pt solid;border-right:medium none;padding-top:3pt">` + odd + `</div><div>Hello Ann</div>`, "Sounds good.", ""},
		"windows mail":                {`<div>Sounds good.</div><div data-signatureblock="true"><div><br></div><div>Sent from Windows Mail</div></div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;"><div>` + odd + `</div></div><div>Hello Ann</div>`, "Sounds good.", "Sent from Windows Mail"},
		"windows 10":                  {`<div class=WordSection1><p class=MsoNormal>Sounds good.</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Sent from <a href="https://go.example/">Mail</a> for Windows 10</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal style='border:none;padding:0cm'>` + odd + `</p></div><p class=MsoNormal>Hello Ann</p></div>`, "Sounds good.", "Sent from Mail for Windows 10"},
		"outlook, blue line":          {`<div class=WordSection1><p class=MsoNormal>Sounds good.</p><div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'><div><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>` + odd + `</p></div></div><p class=MsoNormal>Hello Ann</p></div></div>`, "Sounds good.", ""},
		"outlook 2003":                {`<div><p class=MsoNormal>Sounds good.</p><div><div class=MsoNormal align=center style='text-align:center'><hr size=2 width="100%" align=center tabindex=-1></div><p class=MsoNormal>` + odd + `</p></div><p class=MsoNormal>Hello Ann</p></div>`, "Sounds good.", ""},
		"hotmail":                     {`<div dir='ltr'>Sounds good.<br><div><hr id="stopSpelling">Quum: Tue, 3 Mar 2026 09:12:00 +0000<br>Zeph: sam@seller.example<br><br>Hello Ann</div></div>`, "Sounds good.", ""},
		"rule above the header":       {`<div>Sounds good.<hr>` + head + `<br><p>Hello Ann</p></div>`, "Sounds good.", ""},
		"rule, words of no language":  {`<div>Sounds good.</div><hr>` + odd + `<br><p>Hello Ann</p>`, "Sounds good.", ""},
		"quote with tables unclosed":  {`<div>Sounds good.</div><div>On Tue, Mar 3, 2026 Sam &lt;sam@seller.example&gt; wrote:</div><blockquote type="cite"><table><tr><td>Hello Ann</div></div></blockquote></td></tr><tr><td><div>Follow us</div></td></tr></table><div>Copyright</div></blockquote>`, "Sounds good.", ""},
		"own rule":                    {`<div>First this.</div><hr><div>And then: that.</div>`, "First this.\nAnd then: that.", ""},
		"gmail between":               {`<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Mar 3, 2026 at 9:12 AM Sam &lt;sam@seller.example&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>How many seats?</div></blockquote><div><br></div><div>About forty.</div><div><br></div><blockquote class="gmail_quote" style="border-left:1px solid"><div>And when? Hello Ann</div></blockquote><div><br></div><div>In May.</div></div></div>`, "About forty.\n\nIn May.", ""},
		"gmail below":                 {`<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Mar 3, 2026 at 9:12 AM Sam &lt;sam@seller.example&gt; wrote:<br></div><blockquote class="gmail_quote" style="border-left:1px solid"><div>Hello Ann</div></blockquote><div><br></div><div>Sounds good.</div></div></div>`, "Sounds good.", ""},
		"gmail above and below":       {`<div dir="ltr">Hi Sam,</div><br><div class="gmail_quote">On Tue, Mar 3, 2026 at 9:12 AM Sam <span dir="ltr">&lt;<a href="mailto:sam@seller.example">sam@seller.example</a>&gt;</span> wrote:<br><blockquote class="gmail_quote" style="border-left:1px #ccc solid"><div>Hello Ann</div></blockquote><div>See the file.</div></div>`, "Hi Sam,\n\nSee the file.", ""},
		"gmail forward":               {`<div dir="ltr">See below.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>Sam</strong> &lt;sam@seller.example&gt;<br>Date: Tue, Mar 3, 2026<br>Subject: Q<br>To: Ann<br></div><br><br><div>Hello Ann</div><blockquote class="gmail_quote" style="border-left:1px solid">older</blockquote><div>more</div></div>`, "See below.", ""},
		"gmail nested":                {`<div dir="ltr">Sounds good.</div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, Sam wrote:<br></div><blockquote class="gmail_quote" style="border-left:1px solid"><div>Hello Ann</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Ann wrote:</div><blockquote class="gmail_quote">Hm</blockquote><div>below</div></div></blockquote></div>`, "Sounds good.", ""},
		"gmail, signature under":      {`<div dir="ltr">Sounds good.</div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, Sam wrote:<br></div><blockquote class="gmail_quote" style="border-left:1px solid"><div>Hello Ann</div></blockquote></div><br clear="all"><div><br></div>-- <br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Ann Buyer<br>Buyer Ltd</div>`, "Sounds good.", "*"},
		"yahoo mobile":                {`Sounds good.<br><br><div id="ymail_android_signature"><a href="https://go.example">Sent from Yahoo Mail on Android</a></div> <br> <blockquote style="margin: 0 0 20px 0;"> <div style="font-family:Roboto, sans-serif; color:#6D00F6;"> <div>Quum 3.3.2026 9:12, Sam</div><div>&lt;sam@seller.example&gt; jatlh:</div> </div> <div style="padding: 10px 0 0 20px; margin: 10px 0 0 0; border-left: 1px solid #6D00F6;"> Hello Ann </div></blockquote>`, "Sounds good.", "Sent from Yahoo Mail on Android"},
		"yahoo classic":               {`<div><div>Sounds good.<br></div><div style="font-family:arial"><div><font size="2"><hr size="1"><b><span style="font-weight:bold;">From:</span></b> Sam Seller &lt;sam@seller.example&gt;<br><b><span style="font-weight: bold;">To:</span></b> Ann<br><b><span>Sent:</span></b> Tuesday, March 3, 2026 9:12 AM<br><b><span>Subject:</span></b> Q<br></font><br>Hello Ann</div></div></div>`, "Sounds good.", ""},
		"aol":                         {`<font color='black'>Sounds good.<br><br><br>-----Original Message-----<br>From: Sam &lt;sam@seller.example&gt;<br>To: ann &lt;ann@buyer.example&gt;<br>Sent: Tue, Mar 3, 2026 9:12 am<br>Subject: Q<br><br><div id="AOLMsgPart_0">Hello Ann</div></font>`, "Sounds good.", ""},
		"notes table":                 {`<font face="sans-serif">Sounds good.</font><br><br><table width=100%><tr valign=top><td width=40%><font size=1><b>Sam Seller &lt;sam@seller.example&gt;</b></font><p><font size=1>03/03/2026 09:12 AM</font></p></td><td width=59%><table width=100%><tr><td><div align=right><font size=1>To</font></div></td><td><font size=1>Ann Buyer/Buyer</font></td></tr><tr><td><div align=right><font size=1>cc</font></div></td><td></td></tr><tr><td><div align=right><font size=1>Subject</font></div></td><td><font size=1>Q</font></td></tr></table></td></tr></table><br><tt>Hello Ann</tt>`, "Sounds good.", ""},
		"outlook mobile, separator":   {`<div dir="ltr">Sounds good.</div><div id="ms-outlook-mobile-body-separator-line" dir="ltr"><br></div><div id="ms-outlook-mobile-signature" dir="ltr">Sent from Outlook for iOS</div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">` + odd + `</div><div>Hello Ann</div>`, "Sounds good.", "Sent from Outlook for iOS"},
		"fastmail":                    {`<div>Sounds good.<br></div><div><br></div><div>Quum, 3 Mar 2026, 9:12, Sam jatlh:<br></div><blockquote type="cite" id="qt" style=""><div>Hello Ann<br></div></blockquote><div><br></div>`, "*", ""},
		"em client":                   {`<div>Sounds good.</div><div><br></div><div>------ Original Message ------</div><div>From "Sam Seller" &lt;<a href="mailto:sam@seller.example">sam@seller.example</a>&gt;</div><div>To "Ann" &lt;ann@buyer.example&gt;</div><div>Date 3/3/2026 9:12:41 AM</div><div>Subject Q</div><div><br></div><div id="x1"><blockquote cite="1@x" type="cite" class="cite2">Hello Ann</blockquote></div>`, "Sounds good.", ""},
		"evolution":                   {`<div>Sounds good.</div><div><br></div><div>-----Original Message-----</div><div><b>From</b>: Sam &lt;sam@seller.example&gt;</div><div><b>To</b>: Ann</div><div><b>Subject</b>: Q</div><div><b>Date</b>: Tue, 03 Mar 2026</div><div><br></div><div>Hello Ann</div>`, "Sounds good.", ""},
		"cite in a paragraph":         {`<p>Sounds good.</p><p>On 3/3/26 9:12, Sam wrote:<br></p><blockquote type="cite"><p>Hello Ann</p></blockquote>`, "Sounds good.", ""},
		"nested divs, one cite":       {`<div><div>Sounds<div>good.</div></div><div><div><br></div><div>On 3 Mar 2026, at 09:12, Sam &lt;sam@seller.example&gt; wrote:</div><br><div><blockquote type="cite"><div>Hello Ann</div></blockquote></div></div></div>`, "Sounds\ngood.", ""},
		"own blockquote":              {`<div>Our rules say:</div><blockquote style="margin:0 0 0 40px">No tools from abroad.</blockquote><div>Can you help?</div>`, "Our rules say:\nNo tools from abroad.\nCan you help?", ""},
		"date block":                  {`<div>Sounds good.</div><div>Date: Tue, 3 Mar 2026 09:12:00 +0000<br>From: sam@seller.example<br>To: ann@buyer.example<br>Subject: Q<br></div><div>Hello Ann</div>`, "Sounds good.", ""},
		"sharing a div":               {`<body><div>Sounds good.<br><br><b>From:</b> Sam &lt;sam@seller.example&gt;<br><b>Sent:</b> Tuesday<br><b>To:</b> Ann<br><b>Subject:</b> Q<br><br>Hello Ann</div></body>`, "Sounds good.", ""},
		"tables in a table":           {`<table><tr><td><table><tr><td>Sounds good.</td></tr></table><div class="gmail_quote"><blockquote class="gmail_quote">Hello Ann</blockquote></div></td></tr></table>`, "Sounds good.", ""},
		"unclosed":                    {`<div>Sounds good.<p>On Tue, Mar 3, 2026 at 9:12 AM, Sam &lt;sam@seller.example&gt; wrote:<blockquote type=cite>Hello Ann`, "Sounds good.", ""},
		"script and style":            {`<html><head><style>p{color:red}</style><title>x</title></head><body><script>var a="Hello"</script><p>Sounds good.</p><!-- note --><div id="divRplyFwdMsg">x</div>Hello Ann</body></html>`, "Sounds good.", ""},
		"zendesk":                     {`<div>Sounds good.</div><div>##- Please type your reply above this line -##</div><div>Hello Ann</div>`, "Sounds good.", ""},
		"disclaimer":                  {`<div>Sounds good.</div><br><p>This email and any attachments are confidential and intended for the recipient only.</p><blockquote type="cite">Hello Ann</blockquote>`, "Sounds good.", ""},
		"list and bold":               {`<p>Hi Sam,</p><ul><li>price</li><li>seats</li></ul><p><b>Both</b> please.</p><div class="gmail_quote">x<blockquote class="gmail_quote">Hello Ann</blockquote></div>`, "Hi Sam,\n\n- price\n- seats\n\nBoth please.", ""},
		"spaces of no width":          {"<div>Sounds&nbsp;good.\u200b</div><div class='gmail_quote'><blockquote class='gmail_quote'>Hello Ann</blockquote></div>", "Sounds good.", ""},
		"text beside the quote":       {`Sounds good.<br><blockquote type="cite">Hello Ann</blockquote>`, "Sounds good.", ""},
		"superhuman":                  {`<div>Sounds good.</div><div class="sh-signature"><div class="gmail_signature">Sent via <a href="https://s.example">Superhuman</a></div></div><br><div><div class="gmail_quote">On Tue, Mar 03, 2026 at 9:12 AM, Sam <span dir="ltr">&lt;sam@seller.example&gt;</span> wrote:<br><blockquote class="gmail_quote sh-color-black sh-color">Hello Ann</blockquote></div></div>`, "Sounds good.", "Sent via Superhuman"},
		"hubspot":                     {`<div>Sounds good.</div><div class="hs_reply"><div>Quum Sam</div><blockquote>Hello Ann</blockquote></div>`, "Sounds good.", ""},
		"groupwise":                   {`<div>Sounds good.</div><div><br>&gt;&gt;&gt; Sam Seller &lt;sam@seller.example&gt; 03/03/2026 09:12 &gt;&gt;&gt;<br></div><div>Hello Ann</div>`, "Sounds good.", ""},
		"groupwise, bordered":         {`<p>Sounds good.<br></p><span>&gt;&gt;&gt;</span><br><table class="grpwise"><tr><td>Von:</td><td>Sam &lt;sam@seller.example&gt;</td></tr><tr><td>An:</td><td>Ann</td></tr><tr><td>Datum:</td><td>03.03.2026 09:12</td></tr><tr><td>Betreff:</td><td>Q</td></tr></table><div>Hello Ann</div>`, "Sounds good.", ""},
		"exchange, header in a table": {`<p>Sounds good.</p><table><tr><td><b>From:</b></td><td>Sam</td></tr><tr><td><b>Sent:</b></td><td>Tuesday, March 3, 2026 9:12 AM</td></tr><tr><td><b>To:</b></td><td>Ann</td></tr><tr><td><b>Subject:</b></td><td>Q</td></tr></table><p>Hello Ann</p>`, "Sounds good.", ""},
		"163":                         {`<div>Sounds good.</div><br><div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><br><pre>At 2026-03-03 09:12:00, "Sam" &lt;sam@seller.example&gt; wrote:</pre><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid">Hello Ann</blockquote>`, "Sounds good.", ""},
		"qq":                          {`<div>Sounds good.</div><div><br></div><div style="font-size: 12px;">------------------&nbsp;Zeph&nbsp;------------------</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>Zeph:</b>&nbsp;"Sam"&lt;sam@seller.example&gt;;</div><div><b>Quum:</b>&nbsp;2026-03-03 09:12</div><div><b>Xub:</b>&nbsp;Q</div></div><div>Hello Ann</div>`, "Sounds good.", ""},
		"naver":                       {`<div>Sounds good.</div><p>-----Original Message-----<br><b>From:</b> "Sam"&lt;sam@seller.example&gt; <br><b>To:</b> &lt;ann@buyer.example&gt; <br><b>Cc:</b> <br><b>Sent:</b> 2026-03-03 (화) 09:12:00 (GMT+09:00)<br><b>Subject:</b> Q<br></p><div>Hello Ann</div>`, "Sounds good.", ""},
		"kmail":                       {`<p style="margin-top:0">Sounds good.</p><br><p style="margin-top:0">On Tuesday, 3 March 2026 09:12:41 CET Sam Seller wrote:</p><p style="margin-top:0">&gt; Hello Ann</p><p style="margin-top:0">&gt; how are you</p>`, "Sounds good.", ""},
		"apple with a long name":      {`<html><body>Sounds good.<br><div><br><blockquote type="cite"><div>On 3 Mar 2026, at 09:12, Sam Seller of the Seller Company &lt;<a>sam@seller.example</a>&gt; wrote:</div><br class="Apple-interchange-newline"><div>Hello Ann</div></blockquote></div><br><div><div>Ann Buyer</div><div>Buyer Ltd</div></div></body></html>`, "Sounds good.", "*"},
	} {
		checkShape(t, name, mailFromAnn("text/html", s.body), s)
	}
}

func mailFromAnn(kind, body string) *Parsed {
	return Parse([]byte("From: Ann Buyer <ann@buyer.example>\nTo: Sam <sam@seller.example>\nSubject: Re: Q\nMIME-Version: 1.0\nContent-Type: " + kind + "; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body))
}

func checkShape(t *testing.T, name string, p *Parsed, s shape) {
	t.Helper()
	if s.reply != "*" && p.Reply != s.reply || s.sig != "*" && p.Signature != s.sig {
		t.Errorf("%s:\nreply     %q, want %q\nsignature %q, want %q\nquoted %q", name, p.Reply, s.reply, p.Signature, s.sig, p.Quoted)
	}
	if strings.Contains(s.body, "Hello Ann") && !strings.Contains(p.Quoted, "Hello Ann") {
		t.Errorf("%s: quoted %q, reply %q", name, p.Quoted, p.Reply)
	}
}

// Shapes of plain text.
func TestShapesOfText(t *testing.T) {
	for name, s := range map[string]shape{
		"iphone, marked":        {"Sounds good.\n\nSent from my iPhone\n\n> On 3 Mar 2026, at 09:12, Sam <sam@seller.example> wrote:\n> \n> \uFEFF\n> Hello Ann\n", "Sounds good.", "Sent from my iPhone"},
		"below":                 {"On 3/3/26 9:12, Sam wrote:\n> Hello Ann\n> how are you\n\nSounds good.\n\n-- \nAnn Buyer\n", "Sounds good.", "-- \nAnn Buyer"},
		"between, with a hi":    {"Hi Sam,\n\nOn 3/3/26 9:12, Sam wrote:\n> Hello Ann, how many?\n\nForty.\n\n> And when?\n\nIn May.\n\nBest,\nAnn\n", "Hi Sam,\n\nForty.\n\nIn May.", "Best,\nAnn"},
		"three lines":           {"Sounds good.\n\nLe mar. 3 mars 2026 à 09:12, Sam Seller de la grande entreprise des\nvendeurs <\nsam@seller.example> a écrit :\n\n> Hello Ann\n", "Sounds good.", ""},
		"geschrieben":           {"Klingt gut.\n\n> Sam Seller <sam@seller.example> hat am 03.03.2026 09:12 geschrieben:\n> \n> \n> Hello Ann\n", "Klingt gut.", ""},
		"geschrieben, no mark":  {"Klingt gut.\n\nSam Seller <sam@seller.example> hat am 03.03.2026 09:12 CET geschrieben:\n\n\nHello Ann\n", "Klingt gut.", ""},
		"android":               {"Sounds good.\n\nOn 3 Mar 2026 09:12, \"Sam Seller\" <sam@seller.example> wrote:\n\n> Hello Ann\n", "Sounds good.", ""},
		"android, unmarked":     {"Sounds good.\nOn Mar 3, 2026 9:12 AM, Sam Seller <sam@seller.example> wrote:\nHello Ann\n", "Sounds good.", ""},
		"initials between":      {"See my answers below.\n\nFrom: Sam <sam@seller.example>\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Ann\nSubject: Q\n\nHello Ann, how many seats?\n[Ann] Forty.\n", "See my answers below.", ""},
		"bars":                  {"On 3/3/26 9:12, Sam wrote:\n| Hello Ann\n| how are you\n\nSounds good.\n", "Sounds good.", ""},
		"em client":             {"Sounds good.\n\n------ Original Message ------\nFrom \"Sam Seller\" <sam@seller.example>\nTo \"Ann\" <ann@buyer.example>\nDate 3/3/2026 9:12:41 AM\nSubject Q\n\nHello Ann\n", "Sounds good.", ""},
		"groupwise":             {"Sounds good.\n\n>>> Sam Seller <sam@seller.example> 03/03/2026 09:12 >>>\nHello Ann\n", "Sounds good.", ""},
		"lotus":                 {"Sounds good.\n\n\n\nSam Seller <sam@seller.example> \n03/03/2026 09:12\n\nTo\nann@buyer.example\ncc\n\nSubject\nQ\n\n\nHello Ann\n", "Sounds good.", ""},
		"yahoo dashes":          {"Sounds good.\n\n--- On Tue, 3/3/26, Sam Seller <sam@seller.example> wrote:\n\nFrom: Sam Seller <sam@seller.example>\nSubject: Q\nTo: ann@buyer.example\nDate: Tuesday, March 3, 2026, 9:12 AM\n\nHello Ann\n", "Sounds good.", ""},
		"hotmail":               {"Sounds good.\n\n> Date: Tue, 3 Mar 2026 09:12:00 +0000\n> From: sam@seller.example\n> To: ann@buyer.example\n> Subject: Q\n> \n> Hello Ann\n", "Sounds good.", ""},
		"hotmail, unmarked":     {"Sounds good.\n\nDate: Tue, 3 Mar 2026 09:12:00 +0000\nSubject: Q\nFrom: sam@seller.example\nTo: ann@buyer.example\n\nHello Ann\n", "Sounds good.", ""},
		"rule and von":          {"Klingt gut.\n\nMit freundlichen Grüßen\nAnn Buyer\n\n________________________________________\nVon: Sam Seller\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Ann\nBetreff: Q\n\nHello Ann\n", "Klingt gut.", "Mit freundlichen Grüßen\nAnn Buyer"},
		"marked header":         {"Sounds good.\n\n> -----Original Message-----\n> From: Sam <sam@seller.example>\n> Sent: Tuesday\n> Subject: Q\n>\n> Hello Ann\n", "Sounds good.", ""},
		"no blank above":        {"Sounds good.\nOn Tue, Mar 3, 2026 at 9:12 AM, Sam <sam@seller.example> wrote:\n> Hello Ann\n", "Sounds good.", ""},
		"forwarded by":          {"See below.\n\n----- Forwarded by Ann Buyer/Buyer on 03/03/2026 09:12 AM -----\n\nFrom: Sam\nTo: Ann\n\nHello Ann\n", "See below.", ""},
		"apple forward":         {"See below.\n\nBegin forwarded message:\n\n> From: Sam <sam@seller.example>\n> Subject: Q\n> Date: 3 March 2026\n> To: Ann\n> \n> Hello Ann\n", "See below.", ""},
		"above this line":       {"Sounds good.\n\n##- Please type your reply above this line -##\n\nHello Ann\n", "Sounds good.", ""},
		"above this line two":   {"Sounds good.\n\n--- Reply above this line ---\n\nHello Ann\n", "Sounds good.", ""},
		"wrapped quote":         {"Sounds good.\n\nOn 3/3/26 9:12, Sam wrote:\n> Hello Ann, this is a long line which was wrapped by the\nclient\n> and goes on here\n", "Sounds good.", ""},
		"own colon":             {"Hi Sam,\n\nOn Monday 3 March 2026 we met, and he wrote:\n\nthat we should buy.\n\nSo we will.", "Hi Sam,\n\nOn Monday 3 March 2026 we met, and he wrote:\n\nthat we should buy.\n\nSo we will.", ""},
		"own from":              {"Two things to send to us:\nFrom: which date\nPrice: per seat\n", "Two things to send to us:\nFrom: which date\nPrice: per seat", ""},
		"own to and from":       {"Our office hours are\n\nFrom: 9\nTo: 17\n\nCall any time.", "Our office hours are\n\nFrom: 9\nTo: 17\n\nCall any time.", ""},
		"phone in sign-off":     {"Sounds good.\n\nBest,\nAnn Buyer\nHead of Supply | Buyer Ltd\nM: +44 7700 900123\nwww.buyer.example\n", "Sounds good.", "Best,\nAnn Buyer\nHead of Supply | Buyer Ltd\nM: +44 7700 900123\nwww.buyer.example"},
		"thanks inside":         {"Thanks,\n\nthat is what we need. Send it to me by Friday.\n\nAnn", "Thanks,\n\nthat is what we need. Send it to me by Friday.", "Ann"},
		"question after":        {"Cheers\n\nWhat does it cost?", "Cheers\n\nWhat does it cost?", ""},
		"sent by a queue":       {"Send it from my account.\n\nAnn", "Send it from my account.", "Ann"},
		"rule under the thanks": {"Sounds good.\n\nThanks,\n___________________\nAnn Buyer\nHead of Operations\nDirect: +44 20 0000 0000\n", "Sounds good.", "Thanks,\n___________________\nAnn Buyer\nHead of Operations\nDirect: +44 20 0000 0000"},
		"mailing list below":    {"Sounds good.\n\n_______________________________________________\nbuyers mailing list\nbuyers@lists.buyer.example\nhttp://lists.buyer.example/a/long/path/to/the/page/of/the/list/of/buyers/everywhere\n", "Sounds good.", "*"},
		"david":                 {"Klingt gut.\n\nOriginal Message processed by david®\nA question 3. März 2026, 09:12 Uhr\nVon Sam Seller\nAn Ann Buyer\n\nHello Ann\n", "Klingt gut.", ""},
		"antwort nachricht":     {"Klingt gut.\n\n-----Antwort Nachricht-----\n\nHello Ann\n", "Klingt gut.", ""},
		"underscore sig":        {"Sounds good.\n\n__________________\nAnn Buyer\nBuyer Ltd\n", "Sounds good.", "__________________\nAnn Buyer\nBuyer Ltd"},
		"dash sig, no blank":    {"Sounds good.\n--\nAnn Buyer\n", "Sounds good.", "--\nAnn Buyer"},
		"dashes in text":        {"Options:\n\n- a\n- b\n\n---\n\nI would take b, and so would my colleagues, as it is cheaper by the seat and we have many of them.\n\nAnn", "Options:\n\n- a\n- b\n\n---\n\nI would take b, and so would my colleagues, as it is cheaper by the seat and we have many of them.", "Ann"},
		"sig above quote":       {"Sounds good.\n\n-- \nAnn Buyer\n+44 20 7946 0018\n\nOn Tue, 3 Mar 2026 at 09:12, Sam <sam@seller.example> wrote:\n\n> Hello Ann\n", "Sounds good.", "-- \nAnn Buyer\n+44 20 7946 0018"},
		"sig under quote":       {"Sounds good.\n\nOn Tue, 3 Mar 2026 at 09:12, Sam <sam@seller.example> wrote:\n\n> Hello Ann\n\n\n-- \nAnn Buyer\n", "Sounds good.", "-- \nAnn Buyer"},
		"japanese":              {"承知しました。\n\n2026年3月3日(火) 9:12 Sam Seller <sam@seller.example>:\n\n> Hello Ann\n", "承知しました。", ""},
		"japanese outlook":      {"承知しました。\n\n-----Original Message-----\nFrom: Sam\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Ann\nSubject: Q\n\nHello Ann\n", "承知しました。", ""},
		"japanese rule":         {"承知しました。\n\n------------------------\n株式会社バイヤー\n田中 花子\nTEL 03-0000-0000\n------------------------\n", "承知しました。", "------------------------\n株式会社バイヤー\n田中 花子\nTEL 03-0000-0000\n------------------------"},
		"chinese":               {"好的，可以。\n\n发自我的 iPhone\n\n在 2026年3月3日，09:12，Sam <sam@seller.example> 写道：\n\n> Hello Ann\n", "好的，可以。", "发自我的 iPhone"},
		"virus note":            {"Sounds good.\n\nOn 3/3/26 9:12, Sam wrote:\n> Hello Ann\n\n---\nThis email has been checked for viruses by Avast antivirus software.\nhttps://www.avast.example\n", "Sounds good.", "*"},
		"outlook mobile":        {"Sounds good.\n\nGet Outlook for iOS<https://aka.example/ios>\n________________________________\nFrom: Sam <sam@seller.example>\nSent: Tuesday, March 3, 2026 9:12:41 AM\nTo: Ann <ann@buyer.example>\nSubject: Q\n\nHello Ann\n", "Sounds good.", "Get Outlook for iOS<https://aka.example/ios>"},
		"bcc and importance":    {"Sounds good.\n\nFrom: Sam Seller [mailto:sam@seller.example] On Behalf Of Bob\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Ann Buyer;\n    Bob Buyer;\n    Carla Buyer\nCc: Dan\nSubject: Q\nImportance: High\n\nHello Ann\n", "Sounds good.", ""},
		"cyrillic":              {"Звучит хорошо.\n\nС уважением,\nАнна\n\n-----Исходное сообщение-----\nОт: Sam\nОтправлено: 3 марта 2026 г. 9:12\nКому: Anna\nТема: Q\n\nHello Ann\n", "Звучит хорошо.", "С уважением,\nАнна"},
		"two attributions":      {"Sounds good.\n\nOn Tue, 3 Mar 2026, 09:12 Sam, <sam@seller.example> wrote:\n\n> Hello Ann\n>\n> On Mon, 2 Mar 2026, 10:00 Ann, <ann@buyer.example> wrote:\n>\n>> What?\n", "Sounds good.", ""},
		"weekday only":          {"Sounds good.\n\nOn Tuesday, March 3, 2026, Sam Seller <sam@seller.example> wrote:\n\nHello Ann\n", "Sounds good.", ""},
		"name in brackets":      {"Sounds good.\n\nOn Tue, Mar 3, 2026 at 9:12 AM, Sam Seller (Brightmail Sales) <\nhello+12_ab@mail.seller.example> wrote:\n\n> Hello Ann\n", "Sounds good.", ""},
		"dashes in no language": {"Sounds good.\n\n-----Briginal Xessage-----\nFrom: Sam\nTo: Ann\n\nHello Ann\n", "Sounds good.", ""},
		"dashes, little below":  {"Sounds good.\n\n-----Briginal Xessage-----\nFrom: Sam\nTo: Ann", "Sounds good.", ""},
		"tabs before marks":     {"Sounds good.\n\n\t> Hello Ann\n\t> how are you\n", "Sounds good.", ""},
	} {
		checkShape(t, name, mailFromAnn("text/plain", s.body), s)
	}
}
