package classify

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// What stands below the mail of a person's firm for the readers of its own mails
// is no demand of the person, and what the person demands is one beside it.
func TestTheirFooter(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	for _, footer := range [...]string{
		"If you no longer wish to receive our emails, you can opt out here.", "You can unsubscribe at any time.", "To stop receiving these messages, click here.",
		"You are receiving this because you subscribed. Unsubscribe", "Don't want to hear from us any more? Unsubscribe here.", "If you would like to be removed from our mailing list, reply with REMOVE.",
		"Remove your email", "Wenn Sie keine weiteren E-Mails von uns erhalten möchten, klicken Sie hier.", "Sie können sich jederzeit von unserem Newsletter abmelden.",
		"Si vous ne souhaitez plus recevoir nos messages, cliquez ici.", "Pour vous désinscrire, cliquez ici.", "Si no desea recibir más correos, haga clic aquí.", "Se non desidera più ricevere le nostre email, clicchi qui.",
		"Caso não queira mais receber nossos e-mails, clique aqui.", "Als u geen mails meer van ons wilt ontvangen, klik dan hier.", "Om du inte vill ha fler mejl från oss, klicka här.",
		"Hvis du ikke ønsker flere mails fra os, så klik her.", "Jeśli nie chcesz otrzymywać od nas wiadomości, kliknij tutaj.", "今後メールが不要な方はこちらから配信停止できます。", "如不想再收到我们的邮件，请点击退订。",
	} {
		v := Classify(mail.ParseText("Re: A question", "Hi Sam,\n\nsounds good, see you Thursday at ten.\n\nAnn Buyer\nBuyer Ltd\n\n"+footer+"\n"), at)
		if v.Kind != sales.KindReply || v.Intent != sales.Interested {
			t.Errorf("%q: %s %s %q", footer, v.Kind, v.Intent, v.Reasons)
		}
		v = Classify(mail.ParseText("Re: A question", "Hi Sam,\n\nplease take me off your list.\n\nAnn Buyer\nBuyer Ltd\n\n"+footer+"\n"), at)
		if v.Kind != sales.KindUnsubscribe {
			t.Errorf("demand above %q: %s %s %q", footer, v.Kind, v.Intent, v.Reasons)
		}
	}
	for _, demand := range [...]string{"You can unsubscribe me.", "If you do not stop, I will report you. Remove me.", "Unsubscribe", "Hi Sam,\n\nno longer wish to receive these emails.\n\nAnn", "Hi Sam,\n\nto be removed from your list please.\n\nAnn", "Vil du ikke sende flere mails?", "Hi,\n\nunsubscribe\n\nAnn"} {
		if v := Classify(mail.ParseText("Re: A question", demand), at); v.Kind != sales.KindUnsubscribe {
			t.Errorf("%q: %s %s %q", demand, v.Kind, v.Intent, v.Reasons)
		}
	}
	for _, keen := range [...]string{"Click here to book a slot: https://cal.example/ann", "If you want to send over some information by email, I'll take a look.", "If you would like to meet, Thursday at ten works.", "Sie können sich jederzeit bei mir melden.", "Du kan när som helst höra av dig."} {
		if got := withoutOffers(keen, strings.ToLower(keen)); got != keen {
			t.Errorf("%q became %q", keen, got)
		}
	}
}

// A link of HTML is not what the writer of the mail demands.
func TestLinksAreNoDemands(t *testing.T) {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	const keen, demand = "<div>Hi Sam,<br><br>sounds good, see you Thursday at ten.<br><br>Ann Buyer</div>", "<div>Hi Sam,<br><br>take me off your list please.<br><br>Ann Buyer</div>"
	for _, link := range [...]string{"Unsubscribe", "Opt out", "Newsletter abbestellen", "Se d&eacute;sinscrire", "Darse de baja", "退订", "配信停止", "Remove me from this list"} {
		footer := `<p><a href="https://news.buyer.example/x">` + link + `</a> | <a href="https://news.buyer.example/y">View in browser</a></p>`
		if v := Classify(mail.ParseHTML("Re: A question", keen+footer), at); v.Kind != sales.KindReply || v.Intent != sales.Interested {
			t.Errorf("%s: %s %s %q", link, v.Kind, v.Intent, v.Reasons)
		}
		if v := Classify(mail.ParseHTML("Re: A question", demand+footer), at); v.Kind != sales.KindUnsubscribe {
			t.Errorf("demand above %s: %s %s %q", link, v.Kind, v.Intent, v.Reasons)
		}
	}
	text := "Hi Sam,\n\nsounds good, see you Thursday at ten.\n\nAnn Buyer\n\nUnsubscribe <https://news.buyer.example/x>\n"
	if v := Classify(mail.ParseText("Re: A question", text), at); v.Intent != sales.Interested {
		t.Errorf("%s %s %q", v.Kind, v.Intent, v.Reasons)
	}
}
