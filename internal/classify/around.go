package classify

import (
	"strings"
	"sync"
)

// aroundLines are what people put before and behind what they want, one language a
// line: openings, then behind "|" closings, parted by tabs. Learning puts them
// around short examples, so that a greeting moves no verdict.
const aroundLines = `
en	Hi Sam,	Thanks for your email.	Thank you for reaching out.	Hello, and sorry for the late reply.	Hi there, thanks for following up.	Thanks for the information.	Good morning Sam.	Hey Sam, hope you had a nice weekend.	Thank you for your message, I read it with interest.	Dear Mr Seller,	|	Best regards	Thanks	Have a great day!	Cheers	Kind regards, Ann	Best of luck.
de	Hallo Herr Seller,	vielen Dank für Ihre Nachricht.	Guten Tag,	danke für Ihre Mail und entschuldigen Sie die späte Antwort.	Hallo Sam, danke fürs Nachfassen.	Danke für die Informationen.	Sehr geehrter Herr Seller,	ich habe Ihre Nachricht gelesen.	|	Viele Grüße	Danke	Schönes Wochenende!	Mit freundlichen Grüßen	LG Anna
fr	Bonjour Sam,	merci pour votre message.	Bonjour, désolé pour la réponse tardive.	Merci pour votre relance.	Merci pour ces informations.	Monsieur,	J'ai bien lu votre mail.	|	Cordialement	Merci	Bonne journée !	Bien à vous
es	Hola Sam:	gracias por su correo.	Buenos días, perdón por la demora.	Gracias por la información.	Estimado señor Seller:	He leído su mensaje.	|	Un saludo	Gracias	¡Buen fin de semana!	Saludos cordiales
it	Buongiorno Sam,	grazie per la mail.	Salve, scusi il ritardo nella risposta.	Grazie per le informazioni.	Gentile signor Seller,	ho letto il suo messaggio.	|	Cordiali saluti	Grazie	Buona giornata!	Saluti
pt	Olá Sam,	obrigado pelo e-mail.	Bom dia, desculpe a demora.	Obrigado pelas informações.	Caro senhor Seller,	li a sua mensagem.	|	Cumprimentos	Obrigado	Bom fim de semana!	Abraço
nl	Hoi Sam,	bedankt voor je mail.	Goedemorgen, sorry voor de late reactie.	Dank voor de informatie.	Beste heer Seller,	ik heb je bericht gelezen.	|	Groet	Bedankt	Fijn weekend!	Met vriendelijke groet
sv	Hej Sam,	tack för ditt mejl.	God morgon, ursäkta sent svar.	Tack för informationen.	Hej, jag har läst ditt meddelande.	|	Hälsningar	Tack	Trevlig helg!	Mvh
da	Hej Sam,	tak for din mail.	Godmorgen, undskyld det sene svar.	Tak for informationen.	Jeg har læst din besked.	|	Hilsen	Tak	God weekend!	Venlig hilsen
no	Hei Sam,	takk for e-posten.	God morgen, beklager sent svar.	Takk for informasjonen.	|	Hilsen	Takk	God helg!	Vennlig hilsen
pl	Dzień dobry,	dziękuję za wiadomość.	Witam, przepraszam za późną odpowiedź.	Dziękuję za informacje.	Przeczytałem Pana wiadomość.	|	Pozdrawiam	Dziękuję	Miłego weekendu!	Z poważaniem
ja	お世話になっております。	ご連絡ありがとうございます。	お返事が遅くなり申し訳ございません。	情報をいただきありがとうございます。	メール拝見しました。	|	よろしくお願いいたします。	ありがとうございます。	以上です。
zh	您好，	谢谢来信。	抱歉回复晚了。	感谢提供的信息。	邮件已阅。	|	谢谢	祝好	此致敬礼
`

// around holds the openings and closings of a language.
type around struct{ openings, closings []string }

// arounds gives them by language.
var arounds = sync.OnceValue(func() map[string]around {
	out := map[string]around{}
	for line := range strings.SplitSeq(aroundLines, "\n") {
		head, tail, ok := strings.Cut(strings.TrimSpace(line), "\t|\t")
		if !ok {
			continue
		}
		fields := strings.Split(head, "\t")
		out[fields[0]] = around{fields[1:], strings.Split(tail, "\t")}
	}
	return out
})

// embed gives a text with an opening, a closing or both, drawn from its own
// letters; "" when the language has none.
func (a around) embed(lang, text string) string {
	if len(a.openings) == 0 || len(a.closings) == 0 {
		return ""
	}
	draw := int(hashOf(2166136261, text) >> 3)
	blank := " "
	if draw%2 == 0 {
		blank = "\n\n"
	} else if lang == "ja" || lang == "zh" {
		blank = ""
	}
	if draw%3 == 2 {
		text += blank + a.closings[draw/3%len(a.closings)]
	} else {
		text = a.openings[draw/3%len(a.openings)] + blank + text
	}
	if draw/7%4 == 0 {
		text += "\n\n" + a.closings[draw/31%len(a.closings)]
	}
	return text
}
