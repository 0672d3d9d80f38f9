package mail

import (
	"strings"
	"testing"
)

// Quotes as clients write them: whatever stands below is cut, the words above
// stay.
func TestSplitReplyQuotes(t *testing.T) {
	marked := "> Hello Ann,\n> how are you?\n>\n"
	bare := "Hello Ann,\nhow are you?\n"
	cases := map[string]string{
		"english":            "On Tue, Mar 3, 2026 at 9:12 AM Sam Seller <sam@seller.example> wrote:\n\n" + marked,
		"english unmarked":   "On Tue, Mar 3, 2026 at 9:12 AM Sam Seller <sam@seller.example> wrote:\n\n" + bare,
		"english two lines":  "On Tue, Mar 3, 2026 at 9:12 AM Sam Seller with a long name <\nsam@seller.example> wrote:\n\n" + marked,
		"no address":         "On 03/03/2026 09:12 AM, Sam Seller wrote:\n" + marked,
		"german":             "Am 03.03.2026 um 09:12 schrieb Sam Seller <sam@seller.example>:\n\n" + marked,
		"german unmarked":    "Am Di., 3. März 2026 um 09:12 Uhr schrieb Sam Seller <sam@seller.example>:\n\n" + bare,
		"french":             "Le mar. 3 mars 2026 à 09:12, Sam Seller <sam@seller.example> a écrit :\n\n" + marked,
		"spanish":            "El mar, 3 mar 2026 a las 9:12, Sam Seller (<sam@seller.example>) escribió:\n\n" + marked,
		"italian":            "Il giorno mar 3 mar 2026 alle ore 09:12 Sam Seller <sam@seller.example> ha scritto:\n\n" + marked,
		"portuguese":         "Em ter., 3 de mar. de 2026 às 09:12, Sam Seller <sam@seller.example> escreveu:\n\n" + marked,
		"dutch":              "Op di 3 mrt 2026 om 09:12 schreef Sam Seller <sam@seller.example>:\n\n" + marked,
		"swedish":            "Den tis 3 mars 2026 kl 09:12 skrev Sam Seller <sam@seller.example>:\n\n" + marked,
		"danish":             "Den tir. 3. mar. 2026 kl. 09.12 skrev Sam Seller <sam@seller.example>:\n\n" + marked,
		"polish":             "wt., 3 mar 2026 o 09:12 Sam Seller <sam@seller.example> napisał(a):\n\n" + marked,
		"russian":            "вт, 3 мар. 2026 г. в 09:12, Sam Seller <sam@seller.example>:\n\n" + bare,
		"japanese":           "2026年3月3日(火) 9:12 Sam Seller <sam@seller.example>:\n\n" + marked,
		"chinese":            "Sam Seller <sam@seller.example> 于2026年3月3日周二 09:12写道：\n\n" + marked,
		"iso date":           "2026-03-03 9:12 GMT+01:00 Sam Seller <sam@seller.example>:\n\n" + marked,
		"quoted attribution": "> Le 3 mars 2026 à 09:12, Sam Seller <sam@seller.example> a écrit :\n" + marked,
		"outlook":            "________________________________\nFrom: Sam Seller <sam@seller.example>\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Ann Buyer\nSubject: A question\n\n" + bare,
		"outlook german":     "Von: Sam Seller <sam@seller.example>\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Ann Buyer\nBetreff: Frage\n\n" + bare,
		"outlook french":     "De : Sam Seller <sam@seller.example>\nEnvoyé : mardi 3 mars 2026 09:12\nÀ : Ann Buyer\nObjet : Question\n\n" + bare,
		"outlook chinese":    "发件人: Sam Seller <sam@seller.example>\n发送时间: 2026年3月3日 9:12\n收件人: Ann\n主题: 问题\n\n" + bare,
		"bold labels":        "*From:* Sam Seller <sam@seller.example>\n*Sent:* Tuesday\n*To:* Ann\n*Subject:* A question\n\n" + bare,
		"original message":   "-----Original Message-----\nFrom: Sam\nSent: Tuesday\n\n" + bare,
		"original german":    "-----Ursprüngliche Nachricht-----\n" + bare,
		"forwarded":          "---------- Forwarded message ---------\nFrom: Sam <sam@seller.example>\nDate: Tue, Mar 3, 2026\nSubject: A question\nTo: Ann\n\n" + bare,
		"apple forward":      "Begin forwarded message:\n\nFrom: Sam\nSubject: A question\n\n" + bare,
		"zoho":               "---- On Tue, 03 Mar 2026 09:12:00 +0000 sam@seller.example wrote ----\n\n" + bare,
		"only marks":         marked,
	}
	for name, quote := range cases {
		t.Run(name, func(t *testing.T) {
			for _, reply := range []string{"Sounds good.", "Two lines\nof words.\n\nAnd on 3 March I am free."} {
				got := SplitReply(reply+"\n\n"+quote, "", "")
				if got.Reply != reply {
					t.Errorf("reply %q, want %q", got.Reply, reply)
				}
				if !strings.Contains(got.Quoted, "how are you?") {
					t.Errorf("quoted %q", got.Quoted)
				}
			}
		})
	}
}

// Nothing of these may be cut.
func TestSplitReplyKeeps(t *testing.T) {
	for _, text := range []string{
		"On the other hand, it may work.\nOn average it does.",
		"We met on 3 March 2026 and I said: let us wait.",
		"See https://x.example/on-monday-someone-wrote-about-it for more.",
		"The options are:\n- one\n- two\n--> three",
		"Mail that comes from: ann@buyer.example is fine.",
		"With regards to the price, we should talk.",
		"It was sent from my iPhone app to all users.",
		"Sent from my desk, which is easier than the phone.",
		"Subject: matter experts are rare.",
		"Thanks",
		"Thanks!",
		"I wrote to you on Monday at 9:12: no answer yet.",
		"a > b and b > c\nso a > c",
		"10:30 works. Or 11:15.",
	} {
		if got := SplitReply(text, "", ""); got.Reply != text || got.Signature != "" || got.Quoted != "" {
			t.Errorf("%q became %+v", text, got)
		}
	}
}

func TestSplitReplySignatures(t *testing.T) {
	cases := []struct{ text, name, reply, sig string }{
		{"Yes.\n\n-- \nAnn Buyer\nHead of things", "", "Yes.", "-- \nAnn Buyer\nHead of things"},
		{"Yes.\n--\nAnn", "", "Yes.", "--\nAnn"},
		{"Yes.\n\nBest regards,\nAnn", "", "Yes.", "Best regards,\nAnn"},
		{"Yes.\n\nThanks!\nAnn", "", "Yes.", "Thanks!\nAnn"},
		{"Ja.\n\nMit freundlichen Grüßen\nAnn Käufer\nEinkauf\nTel. +49 30 1234", "", "Ja.", "Mit freundlichen Grüßen\nAnn Käufer\nEinkauf\nTel. +49 30 1234"},
		{"Oui.\n\nCordialement,\nAnne Acheteuse", "", "Oui.", "Cordialement,\nAnne Acheteuse"},
		{"Sí.\n\nUn saludo,\nAna", "", "Sí.", "Un saludo,\nAna"},
		{"Ja.\n\nMed vänliga hälsningar\nAnna", "", "Ja.", "Med vänliga hälsningar\nAnna"},
		{"Tak.\n\nPozdrawiam\nAnna", "", "Tak.", "Pozdrawiam\nAnna"},
		{"Yes.\n\nSent from my iPhone", "", "Yes.", "Sent from my iPhone"},
		{"Yes.\n\nGesendet von Outlook für Android<https://x.example/a>", "", "Yes.", "Gesendet von Outlook für Android<https://x.example/a>"},
		{"Yes.\n\nEnvoyé de mon iPhone", "", "Yes.", "Envoyé de mon iPhone"},
		{"Yes.\n\nCheers,\nAnn\n\nSent from my Samsung Galaxy", "", "Yes.", "Cheers,\nAnn\n\nSent from my Samsung Galaxy"},
		{"Yes.\n\nAnn Buyer\nHead of things, Buyer Ltd\n+1 555 0100", "Ann Buyer", "Yes.", "Ann Buyer\nHead of things, Buyer Ltd\n+1 555 0100"},
		{"Yes.\n\nRegards, Ann", "", "Yes.", "Regards, Ann"},
		{"Thanks,\n\nmore words here\n\nregards\n\nAnn Buyer", "", "Thanks,\n\nmore words here", "regards\n\nAnn Buyer"},
		{"CAUTION: This email originated from outside of the organization.\n\nYes.", "", "Yes.", ""},
		{"Please ask Bob:\n\nBob Other\nbob@buyer.example", "Ann Buyer", "Please ask Bob:\n\nBob Other\nbob@buyer.example", ""},
	}
	for _, c := range cases {
		got := SplitReply(c.text, c.name, "")
		if got.Reply != c.reply || got.Signature != c.sig {
			t.Errorf("%q:\nreply     %q, want %q\nsignature %q, want %q", c.text, got.Reply, c.reply, got.Signature, c.sig)
		}
	}
}

func TestSplitReplyDisclaimers(t *testing.T) {
	for _, legal := range []string{
		"CONFIDENTIALITY NOTICE: This e-mail is intended for the recipient only.",
		"Diese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt.",
		"Ce message et ses pièces jointes sont confidentiels et destinés à leur destinataire.",
		"Este mensaje es confidencial y va dirigido a su destinatario.",
	} {
		got := SplitReply("Yes.\n\nBest regards,\nAnn\n\n"+legal, "", "")
		if got.Reply != "Yes." || got.Signature != "Best regards,\nAnn" || got.Disclaimer != legal || !strings.HasSuffix(got.Unquoted, legal) {
			t.Errorf("%+v", got)
		}
	}
}

func TestSplitReplyInline(t *testing.T) {
	text := "On Tue, 3 Mar 2026 at 9:12, Sam <sam@seller.example> wrote:\n> How many seats?\n\nAbout forty.\n\n> And when\nwould you start?\n> Tell me.\n\nIn May.\n"
	got := SplitReply(text, "", "")
	if got.Reply != "About forty.\n\nIn May." {
		t.Errorf("reply %q", got.Reply)
	}
	if !strings.Contains(got.Quoted, "would you start?") {
		t.Errorf("quoted %q", got.Quoted)
	}
}

func TestSplitReplyOfHTML(t *testing.T) {
	cases := map[string]string{
		"gmail":       `<div dir="ltr">Sounds good.</div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, 3 Mar 2026 Sam &lt;sam@seller.example&gt; wrote:<br></div><blockquote class="gmail_quote">Hello</blockquote></div>`,
		"outlook":     `<div class="WordSection1"><p class="MsoNormal">Sounds good.</p><div><div style="border-top:solid"><p class="MsoNormal"><b>From:</b> Sam &lt;sam@seller.example&gt;<br><b>Sent:</b> Tuesday<br><b>To:</b> Ann<br><b>Subject:</b> A question</p></div></div><p class="MsoNormal">Hello</p></div>`,
		"outlook web": `<div>Sounds good.</div><div id="appendonsend"></div><hr tabindex="-1"><div id="divRplyFwdMsg"><b>From:</b> Sam<br><b>Sent:</b> Tuesday<br><b>To:</b> Ann<br><b>Subject:</b> Q</div><div>Hello</div>`,
		"apple":       `<div>Sounds good.</div><div><br><blockquote type="cite"><div>On 3 Mar 2026, at 09:12, Sam &lt;sam@seller.example&gt; wrote:</div><br><div>Hello</div></blockquote></div>`,
		"thunderbird": `Sounds good.<br><div class="moz-cite-prefix">On 03.03.26 09:12, Sam wrote:<br></div><blockquote type="cite" cite="mid:x">Hello</blockquote>`,
		"yahoo":       `<div>Sounds good.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Tuesday, March 3, 2026, Sam wrote:</div><div>Hello</div></div>`,
	}
	for name, html := range cases {
		if p := ParseHTML("", html); p.Reply != "Sounds good." {
			t.Errorf("%s: reply %q of %q", name, p.Reply, p.Text)
		}
	}
}

func TestQuoteReplyIsFoundAgain(t *testing.T) {
	answer := "Thank you.\n\n" + QuoteReply("Hello\n\n> older\n-- \nAnn", "Ann Buyer <ann@buyer.example>", Parse([]byte(simple)).Date)
	if got := SplitReply(answer, "", ""); got.Reply != "Thank you." {
		t.Errorf("reply %q of %q", got.Reply, answer)
	}
}

func TestSubjects(t *testing.T) {
	for in, want := range map[string]string{
		"A question": "Re: A question", "Re: A question": "Re: A question", "AW: Re: SV: A question": "Re: A question", "Re[2]: x": "Re: x",
		"RE : x": "Re: x", "回复：x": "Re: x", "": "Re:", "Price: 5": "Re: Price: 5", "Fwd: x": "Re: x",
	} {
		if got := ReplySubject(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
