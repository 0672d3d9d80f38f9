package voice

import (
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/sandbox/dice"
)

// language is what mail in a language is made of besides its text.
type language struct {
	months, days []string // January first, Sunday first
	dates        []string // formats, see Date
	greetings    []string // {seller} is the first name
	closings     []string
	re           string    // subject prefix of Outlook and the like
	wrote        string    // Gmail's line above a quote: %d date, %w time, %n name, %a address
	apple        string    // Apple's
	headers      [4]string // From, Sent, To, Subject
	phone        string    // "Sent from my iPhone"
}

func languageOf(lang string) language {
	split := func(s string) []string { return strings.Split(s, "|") }
	switch lang {
	case "de":
		return language{
			split("Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"), split("Sonntag|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag"),
			split("D. M Y|0D.0m.Y|D. M"), split("Hallo {seller},|Guten Tag,|Hallo,"), split("Viele Grüße|Mit freundlichen Grüßen|Beste Grüße"),
			"AW: ", "Am %d um %w Uhr schrieb %n <%a>:", "Am %d um %w schrieb %n <%a>:", [4]string{"Von", "Gesendet", "An", "Betreff"}, "Von meinem iPhone gesendet",
		}
	case "fr":
		return language{
			split("janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"), split("dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi"),
			split("D M Y|W D M|0D/0m/Y"), split("Bonjour {seller},|Bonjour,"), split("Cordialement,|Bien à vous,|Bonne journée,"),
			"RE: ", "Le %d à %w, %n <%a> a écrit :", "Le %d à %w, %n <%a> a écrit :", [4]string{"De", "Envoyé", "À", "Objet"}, "Envoyé de mon iPhone",
		}
	case "es":
		return language{
			split("enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"), split("domingo|lunes|martes|miércoles|jueves|viernes|sábado"),
			split("D de M|W D de M|D de M de Y"), split("Hola {seller}:|Buenos días:|Hola,"), split("Un saludo,|Saludos,|Atentamente,"),
			"RE: ", "El %d a las %w, %n (<%a>) escribió:", "El %d, a las %w, %n <%a> escribió:", [4]string{"De", "Enviado", "Para", "Asunto"}, "Enviado desde mi iPhone",
		}
	case "pt":
		return language{
			split("janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"), split("domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado"),
			split("D de M|D de M de Y|0D/0m/Y"), split("Olá {seller},|Bom dia,|Boa tarde,"), split("Cumprimentos,|Atenciosamente,|Obrigado,"),
			"RE: ", "Em %d às %w, %n <%a> escreveu:", "No dia %d, às %w, %n <%a> escreveu:", [4]string{"De", "Enviado", "Para", "Assunto"}, "Enviado do meu iPhone",
		}
	case "nl":
		return language{
			split("januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"), split("zondag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag"),
			split("D M|W D M|D M Y"), split("Hallo {seller},|Beste {seller},|Goedemiddag,"), split("Groet,|Met vriendelijke groet,|Vriendelijke groeten,"),
			"RE: ", "Op %d om %w schreef %n <%a>:", "Op %d om %w heeft %n <%a> het volgende geschreven:", [4]string{"Van", "Verzonden", "Aan", "Onderwerp"}, "Verstuurd vanaf mijn iPhone",
		}
	case "sv":
		return language{
			split("januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"), split("söndag|måndag|tisdag|onsdag|torsdag|fredag|lördag"),
			split("D M|D M Y"), split("Hej {seller},|Hej,|Hej!"), split("Hälsningar,|Vänliga hälsningar,|Mvh"),
			"SV: ", "Den %d kl %w skrev %n <%a>:", "%d kl. %w skrev %n <%a>:", [4]string{"Från", "Skickat", "Till", "Ämne"}, "Skickat från min iPhone",
		}
	case "it":
		return language{
			split("gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"), split("domenica|lunedì|martedì|mercoledì|giovedì|venerdì|sabato"),
			split("D M|D M Y|0D/0m/Y"), split("Buongiorno {seller},|Buongiorno,|Salve,"), split("Cordiali saluti,|Saluti,|Un saluto,"),
			"R: ", "Il giorno %d alle ore %w %n <%a> ha scritto:", "Il giorno %d, alle ore %w, %n <%a> ha scritto:", [4]string{"Da", "Inviato", "A", "Oggetto"}, "Inviato da iPhone",
		}
	case "ja":
		return language{
			split("1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月"), split("日|月|火|水|木|金|土"),
			split("m月D日|Y年m月D日|m月D日（W）"), split("{seller}様|お世話になっております。"), split("よろしくお願いいたします。|よろしくお願い申し上げます。"),
			"RE: ", "%d %w %n <%a>:", "%d %w、%n <%a>のメール:", [4]string{"差出人", "送信日時", "宛先", "件名"}, "iPhoneから送信",
		}
	}
	return language{
		split("January|February|March|April|May|June|July|August|September|October|November|December"), split("Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"),
		split("M D|W, M D|D M Y|M D, Y"), split("Hi {seller},|Hello {seller},|Hi,|{seller},|Dear {seller},"), split("Best,|Thanks,|Kind regards,|Regards,|Cheers,|Best regards,"),
		"RE: ", "On %d at %w %n <%a> wrote:", "On %d, at %w, %n <%a> wrote:", [4]string{"From", "Sent", "To", "Subject"}, "Sent from my iPhone",
	}
}

// format writes a date: D day, 0D two digits, M month, m its number, 0m two
// digits, W weekday, Y year.
func (l language) format(t time.Time, layout string) string {
	return strings.NewReplacer(
		"0D", fmt.Sprintf("%02d", t.Day()), "0m", fmt.Sprintf("%02d", int(t.Month())), "D", fmt.Sprint(t.Day()),
		"M", l.months[t.Month()-1], "m", fmt.Sprint(int(t.Month())), "W", l.days[t.Weekday()], "Y", fmt.Sprint(t.Year()),
	).Replace(layout)
}

// Date writes a day in the words of a language, in one of its usual forms.
func Date(d *dice.Dice, lang string, t time.Time) string {
	l := languageOf(lang)
	return l.format(t, dice.Pick(d, l.dates))
}

// Month is the name of the month of t.
func Month(lang string, t time.Time) string { return languageOf(lang).months[t.Month()-1] }

// Greeting and Closing draw a form of address and a farewell.
func Greeting(d *dice.Dice, lang, seller string) string {
	return strings.ReplaceAll(dice.Pick(d, languageOf(lang).greetings), "{seller}", seller)
}

// Closing draws a farewell.
func Closing(d *dice.Dice, lang string) string { return dice.Pick(d, languageOf(lang).closings) }

// attribution fills in a line above a quote.
func (l language) attribution(form string, o Original, at time.Time) string {
	date := l.format(at, l.dates[0])
	if strings.Contains(form, "On %d") {
		date = at.Format("Mon, Jan 2, 2006")
	}
	return strings.NewReplacer("%d", date, "%w", at.Format("15:04"), "%n", o.FromName, "%a", o.From).Replace(form)
}
