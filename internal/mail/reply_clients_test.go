package mail

import (
	"strings"
	"testing"
)

// What clients put above the mail that is answered, by client and language.
// Behind "|" stands what is quoted without marks; the others are tried both
// with marked and unmarked quotes.
func clientLines() map[string]string {
	return map[string]string{
		"gmail en":           "On Tue, Mar 3, 2026 at 9:12 AM Sam Seller <sam@seller.example> wrote:",
		"gmail en 24h":       "On Tue, 3 Mar 2026 at 09:12, Sam Seller <sam@seller.example> wrote:",
		"gmail de":           "Am Di., 3. März 2026 um 09:12 Uhr schrieb Sam Seller <sam@seller.example>:",
		"gmail fr":           "Le mar. 3 mars 2026 à 09:12, Sam Seller <sam@seller.example> a écrit :",
		"gmail es":           "El mar, 3 mar 2026 a las 9:12, Sam Seller (<sam@seller.example>) escribió:",
		"gmail es-419":       "El mar, 3 mar 2026 a la(s) 9:12 a.m., Sam Seller (sam@seller.example) escribió:",
		"gmail it":           "Il giorno mar 3 mar 2026 alle ore 09:12 Sam Seller <sam@seller.example> ha scritto:",
		"gmail pt-br":        "Em ter., 3 de mar. de 2026 às 09:12, Sam Seller <sam@seller.example> escreveu:",
		"gmail pt-pt":        "Sam Seller <sam@seller.example> escreveu (terça, 3/03/2026 à(s) 09:12):",
		"gmail nl":           "Op di 3 mrt 2026 om 09:12 schreef Sam Seller <sam@seller.example>:",
		"gmail sv":           "Den tis 3 mars 2026 kl 09:12 skrev Sam Seller <sam@seller.example>:",
		"gmail da":           "Den tirs. 3. mar. 2026 kl. 09.12 skrev Sam Seller <sam@seller.example>:",
		"gmail no":           "tir. 3. mars 2026 kl. 09:12 skrev Sam Seller <sam@seller.example>:",
		"gmail fi":           "ti 3. maalisk. 2026 klo 9.12 Sam Seller (sam@seller.example) kirjoitti:",
		"gmail pl":           "wt., 3 mar 2026 o 09:12 Sam Seller <sam@seller.example> napisał(a):",
		"gmail cs":           "út 3. 3. 2026 v 9:12 odesílatel Sam Seller <sam@seller.example> napsal:",
		"gmail sk":           "ut 3. 3. 2026 o 9:12 Sam Seller <sam@seller.example> napísal(a):",
		"gmail ru":           "вт, 3 мар. 2026 г. в 09:12, Sam Seller <sam@seller.example>:",
		"gmail uk":           "вт, 3 бер. 2026 р. о 09:12 Sam Seller <sam@seller.example> пише:",
		"gmail bg":           "На вт, 3.03.2026 г. в 9:12 Sam Seller <sam@seller.example> написа:",
		"gmail ja":           "2026年3月3日(火) 9:12 Sam Seller <sam@seller.example>:",
		"gmail zh-cn":        "Sam Seller <sam@seller.example> 于2026年3月3日周二 09:12写道：",
		"gmail zh-tw":        "Sam Seller <sam@seller.example> 於 2026年3月3日 週二 上午9:12寫道：",
		"gmail ko":           "2026년 3월 3일 (화) 오전 9:12, Sam Seller <sam@seller.example>님이 작성:",
		"gmail tr":           "Sam Seller <sam@seller.example>, 3 Mar 2026 Sal, 09:12 tarihinde şunu yazdı:",
		"gmail hu":           "Sam Seller <sam@seller.example> ezt írta (időpont: 2026. márc. 3., K, 9:12):",
		"gmail ro":           "mar., 3 mar. 2026 la 09:12, Sam Seller <sam@seller.example> a scris:",
		"gmail el":           "Στις Τρί 3 Μαρ 2026 στις 9:12 π.μ., ο/η Sam Seller <sam@seller.example> έγραψε:",
		"gmail ca":           "Missatge de Sam Seller <sam@seller.example> del dia dt., 3 de març 2026 a les 9:12:",
		"gmail hr":           "uto, 3. ožu 2026. u 09:12 Sam Seller <sam@seller.example> napisao je:",
		"gmail ar":           "في الثلاثاء، ٣ مارس ٢٠٢٦ في ٩:١٢ ص تمت كتابة ما يلي بواسطة Sam Seller <sam@seller.example>:",
		"gmail he":           "\u202bבתאריך יום ג׳, 3 במרץ 2026 ב-9:12 מאת \u202aSam Seller\u202c\u200f <\u202asam@seller.example\u202c\u200f>:\u202c",
		"gmail vi":           "Vào 9:12, Th 3, 3 thg 3, 2026 Sam Seller <sam@seller.example> đã viết:",
		"gmail id":           "Pada tanggal Sel, 3 Mar 2026 pukul 09.12 Sam Seller <sam@seller.example> menulis:",
		"apple en":           "On 3 Mar 2026, at 09:12, Sam Seller <sam@seller.example> wrote:",
		"apple de":           "Am 03.03.2026 um 09:12 schrieb Sam Seller <sam@seller.example>:",
		"apple fr":           "Le 3 mars 2026 à 09:12, Sam Seller <sam@seller.example> a écrit :",
		"apple es":           "El 3 mar 2026, a las 9:12, Sam Seller <sam@seller.example> escribió:",
		"apple it":           "Il giorno 3 mar 2026, alle ore 09:12, Sam Seller <sam@seller.example> ha scritto:",
		"apple pt":           "No dia 3 de mar. de 2026, às 09:12, Sam Seller <sam@seller.example> escreveu:",
		"apple nl":           "Op 3 mrt 2026, om 09:12 heeft Sam Seller <sam@seller.example> het volgende geschreven:",
		"apple sv":           "3 mars 2026 kl. 09:12 skrev Sam Seller <sam@seller.example>:",
		"apple da":           "Den 3. mar. 2026 kl. 09.12 skrev Sam Seller <sam@seller.example>:",
		"apple no":           "3. mars 2026 kl. 09:12 skrev Sam Seller <sam@seller.example>:",
		"apple fi":           "Sam Seller <sam@seller.example> kirjoitti 3.3.2026 kello 9.12:",
		"apple pl":           "Wiadomość napisana przez Sam Seller <sam@seller.example> w dniu 03.03.2026, o godz. 09:12:",
		"apple cs":           "3. 3. 2026 v 9:12, Sam Seller <sam@seller.example>:",
		"apple ru":           "3 марта 2026 г., в 09:12, Sam Seller <sam@seller.example> написал(а):",
		"apple ja":           "2026/03/03 9:12、Sam Seller <sam@seller.example>のメール:",
		"apple zh-cn":        "在 2026年3月3日，09:12，Sam Seller <sam@seller.example> 写道：",
		"apple ko":           "2026. 3. 3. 오전 9:12, Sam Seller <sam@seller.example> 작성:",
		"thunderbird en":     "On 3/3/2026 9:12 AM, Sam Seller wrote:",
		"thunderbird de":     "Am 03.03.26 um 09:12 schrieb Sam Seller:",
		"thunderbird fr":     "Le 03/03/2026 à 09:12, Sam Seller a écrit :",
		"thunderbird es":     "El 3/3/26 a las 9:12, Sam Seller escribió:",
		"thunderbird it":     "Il 03/03/2026 09:12, Sam Seller ha scritto:",
		"thunderbird pt":     "Em 03/03/2026 09:12, Sam Seller escreveu:",
		"thunderbird nl":     "Op 3-3-2026 om 09:12 schreef Sam Seller:",
		"thunderbird sv":     "Den 2026-03-03 kl. 09:12, skrev Sam Seller:",
		"thunderbird da":     "Den 03-03-2026 kl. 09:12 skrev Sam Seller:",
		"thunderbird fi":     "Sam Seller kirjoitti 3.3.2026 klo 9.12:",
		"thunderbird pl":     "W dniu 3.03.2026 o 09:12, Sam Seller pisze:",
		"thunderbird cs":     "Dne 03. 03. 26 v 9:12 Sam Seller napsal(a):",
		"thunderbird ru":     "03.03.2026 09:12, Sam Seller пишет:",
		"thunderbird ja":     "On 2026/03/03 9:12, Sam Seller wrote:",
		"thunderbird zh":     "在 2026/3/3 09:12, Sam Seller 写道:",
		"yahoo en":           "On Tuesday, March 3, 2026 at 09:12:41 AM EST, Sam Seller <sam@seller.example> wrote:",
		"yahoo de":           "Am Dienstag, 3. März 2026 um 09:12:41 MEZ hat Sam Seller <sam@seller.example> Folgendes geschrieben:",
		"yahoo fr":           "Le mardi 3 mars 2026 à 09:12:41 UTC+1, Sam Seller <sam@seller.example> a écrit :",
		"yahoo es":           "En martes, 3 de marzo de 2026, 09:12:41 CET, Sam Seller <sam@seller.example> escribió:",
		"yahoo it":           "Il martedì 3 marzo 2026 alle ore 09:12:41 CET, Sam Seller <sam@seller.example> ha scritto:",
		"yahoo pt":           "Em terça-feira, 3 de março de 2026 09:12:41 BRT, Sam Seller <sam@seller.example> escreveu:",
		"proton":             "On Tuesday, March 3rd, 2026 at 9:12 AM, Sam Seller <sam@seller.example> wrote:",
		"proton original":    "------- Original Message -------\nOn Tuesday, March 3rd, 2026 at 9:12 AM, Sam Seller <sam@seller.example> wrote:",
		"zoho":               "---- On Tue, 03 Mar 2026 09:12:00 +0000 Sam Seller <sam@seller.example> wrote ----",
		"zoho new":           "---- On Tue, 03 Mar 2026 09:12:00 +0100 Sam Seller <sam@seller.example> wrote ---",
		"163":                "At 2026-03-03 09:12:00, \"Sam Seller\" <sam@seller.example> wrote:",
		"163 zh":             "在 2026-03-03 09:12:00，\"Sam Seller\" <sam@seller.example> 写道：",
		"yandex":             "03.03.2026, 09:12, \"Sam Seller\" <sam@seller.example>:",
		"mail.ru":            "Вторник, 3 марта 2026, 9:12 +03:00 от Sam Seller <sam@seller.example>:",
		"wp.pl":              "Dnia 3 marca 2026 09:12 Sam Seller <sam@seller.example> napisał(a):",
		"onet":               "W dniu 2026-03-03 09:12:00 użytkownik Sam Seller <sam@seller.example> napisał:",
		"notes wrote":        "Sam Seller <sam@seller.example> wrote on 03/03/2026 09:12:41 AM:",
		"outlook de mac":     "Am 03.03.26, 09:12 schrieb \"Sam Seller\" <sam@seller.example>:",
		"name first de":      "Sam Seller <sam@seller.example> schrieb am Di., 3. März 2026, 09:12:",
		"escaped":            "Sam Seller &lt;sam@seller.example&gt; schrieb am Di. 3. März 2026 um 09:12:",
		"horde":              "Quoting Sam Seller <sam@seller.example>:",
		"horde de":           "Zitat von Sam Seller <sam@seller.example>:",
		"aol":                "In a message dated 3/3/2026 9:12:41 AM Eastern Standard Time, sam@seller.example writes:",
		"mutt":               "On Tue, Mar 03, 2026 at 09:12:41AM +0100, Sam Seller wrote:",
		"kmail":              "Am Dienstag, 3. März 2026, 09:12:41 MEZ schrieb Sam Seller:",
		"emacs":              "Sam Seller <sam@seller.example> writes:",
		"said the following": "Sam Seller said the following on 3/3/2026 9:12 AM:",
		"front":              "On Mar 3, 2026, 9:12 AM +0100, Sam Seller <sam@seller.example>, wrote:",
		"superhuman":         "On Tue, Mar 03, 2026 at 9:12 AM, Sam Seller < sam@seller.example > wrote:",
		"wrapped":            "On Tue, Mar 3, 2026 at 9:12 AM Sam Seller of the Seller Company Limited <\nsam@seller.example> wrote:",
		"wrapped de":         "Am Di., 3. März 2026 um 09:12 Uhr schrieb Sam Seller von der langen Firma <\nsam@seller.example>:",
		"wrapped verb":       "On Tue, Mar 3, 2026 at 9:12 AM Sam Seller <sam@seller.example>\nwrote:",
		"outlook en":         "From: Sam Seller <sam@seller.example>\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Ann Buyer <ann@buyer.example>\nSubject: A question\n",
		"outlook en rule":    "________________________________\nFrom: Sam Seller <sam@seller.example>\nSent: 03 March 2026 09:12\nTo: Ann Buyer <ann@buyer.example>\nCc: Bob\nSubject: A question\n",
		"outlook en bold":    "*From:* Sam Seller <sam@seller.example>\n*Sent:* Tuesday, March 3, 2026 9:12 AM\n*To:* Ann Buyer <ann@buyer.example>\n*Subject:* A question\n",
		"outlook de":         "Von: Sam Seller <sam@seller.example>\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Ann Buyer\nBetreff: Frage\n",
		"outlook fr":         "De : Sam Seller <sam@seller.example>\nEnvoyé : mardi 3 mars 2026 09:12\nÀ : Ann Buyer\nObjet : Question\n",
		"outlook es":         "De: Sam Seller <sam@seller.example>\nEnviado el: martes, 3 de marzo de 2026 9:12\nPara: Ann Buyer\nAsunto: Pregunta\n",
		"outlook it":         "Da: Sam Seller <sam@seller.example>\nInviato: martedì 3 marzo 2026 09:12\nA: Ann Buyer\nOggetto: Domanda\n",
		"outlook pt":         "De: Sam Seller <sam@seller.example>\nEnviada em: terça-feira, 3 de março de 2026 09:12\nPara: Ann Buyer\nAssunto: Pergunta\n",
		"outlook nl":         "Van: Sam Seller <sam@seller.example>\nVerzonden: dinsdag 3 maart 2026 09:12\nAan: Ann Buyer\nOnderwerp: Vraag\n",
		"outlook sv":         "Från: Sam Seller <sam@seller.example>\nSkickat: den 3 mars 2026 09:12\nTill: Ann Buyer\nÄmne: Fråga\n",
		"outlook da":         "Fra: Sam Seller <sam@seller.example>\nSendt: 3. marts 2026 09:12\nTil: Ann Buyer\nEmne: Spørgsmål\n",
		"outlook fi":         "Lähettäjä: Sam Seller <sam@seller.example>\nLähetetty: tiistai 3. maaliskuuta 2026 9.12\nVastaanottaja: Ann Buyer\nAihe: Kysymys\n",
		"outlook pl":         "Od: Sam Seller <sam@seller.example>\nWysłano: wtorek, 3 marca 2026 09:12\nDo: Ann Buyer\nTemat: Pytanie\n",
		"outlook cs":         "Od: Sam Seller <sam@seller.example>\nOdesláno: úterý 3. března 2026 9:12\nKomu: Ann Buyer\nPředmět: Dotaz\n",
		"outlook ru":         "От: Sam Seller <sam@seller.example>\nОтправлено: 3 марта 2026 г. 9:12\nКому: Ann Buyer\nТема: Вопрос\n",
		"outlook ja":         "差出人: Sam Seller <sam@seller.example>\n送信日時: 2026年3月3日 9:12\n宛先: Ann Buyer\n件名: 質問\n",
		"outlook zh-cn":      "发件人: Sam Seller <sam@seller.example>\n发送时间: 2026年3月3日 9:12\n收件人: Ann Buyer\n主题: 问题\n",
		"outlook zh-tw":      "寄件者: Sam Seller <sam@seller.example>\n寄件日期: 2026年3月3日 上午 09:12\n收件者: Ann Buyer\n主旨: 問題\n",
		"outlook ko":         "보낸 사람: Sam Seller <sam@seller.example>\n보낸 날짜: 2026년 3월 3일 화요일 오전 9:12\n받는 사람: Ann Buyer\n제목: 질문\n",
		"outlook tr":         "Kimden: Sam Seller <sam@seller.example>\nGönderildi: 3 Mart 2026 Salı 09:12\nKime: Ann Buyer\nKonu: Soru\n",
		"outlook el":         "Από: Sam Seller <sam@seller.example>\nΕστάλη: Τρίτη, 3 Μαρτίου 2026 9:12 πμ\nΠρος: Ann Buyer\nΘέμα: Ερώτηση\n",
		"outlook hu":         "Feladó: Sam Seller <sam@seller.example>\nElküldve: 2026. március 3., kedd 9:12\nCímzett: Ann Buyer\nTárgy: Kérdés\n",
		"outlook ar":         "من: Sam Seller <sam@seller.example>\nتم الإرسال: 3 مارس 2026 9:12\nإلى: Ann Buyer\nالموضوع: سؤال\n",
		"gmx":                "Gesendet: Dienstag, 03. März 2026 um 09:12 Uhr\nVon: \"Sam Seller\" <sam@seller.example>\nAn: ann@buyer.example\nBetreff: Frage\n",
		"original en":        "-----Original Message-----\nFrom: Sam Seller <sam@seller.example>\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Ann Buyer\nSubject: A question\n",
		"original de":        "-----Ursprüngliche Nachricht-----\nVon: Sam Seller [mailto:sam@seller.example]\nGesendet: Dienstag, 3. März 2026 09:12\nAn: Ann Buyer\nBetreff: Frage\n",
		"t-online":           "-----Original-Nachricht-----\nBetreff: Frage\nDatum: 2026-03-03T09:12:00+0100\nVon: \"Sam Seller\" <sam@seller.example>\nAn: \"Ann Buyer\" <ann@buyer.example>\n",
		"samsung":            "-------- Original message --------\nFrom: Sam Seller <sam@seller.example>\nDate: 3/3/26 9:12 AM (GMT+01:00)\nTo: ann@buyer.example\nSubject: A question\n",
		"samsung glued":      "-------- Ursprüngliche Nachricht --------Von: Sam Seller <sam@seller.example> Datum: 03.03.26 09:12 (GMT+01:00) An: ann@buyer.example Betreff: Frage\n",
		"seznam":             "---------- Původní e-mail ----------\nOd: Sam Seller <sam@seller.example>\nKomu: ann@buyer.example\nDatum: 3. 3. 2026 9:12:41\nPředmět: Dotaz\n",
		"qq":                 "------------------ 原始邮件 ------------------\n发件人: \"Sam Seller\" <sam@seller.example>;\n发送时间: 2026年3月3日(星期二) 上午9:12\n收件人: \"Ann\"<ann@buyer.example>;\n主题: 问题\n",
		"daum":               "--------- 원본 메일 ---------\n보낸사람 : Sam Seller <sam@seller.example>\n받는사람 : ann@buyer.example\n날짜: 26.03.03 09:12 GMT +0900\n제목 : 질문\n",
		"notes 8":            "From:        Sam Seller <sam@seller.example>\nTo:        Ann Buyer/Buyer@Buyer\nDate:        03/03/2026 09:12 AM\nSubject:        A question\n",
		"notes 6":            "Sam Seller <sam@seller.example>\n03/03/2026 09:12 AM\n\nTo\nAnn Buyer/Buyer@Buyer\ncc\n\nSubject\nA question\n",
		"notes 6 de":         "Sam Seller <sam@seller.example>\n03.03.2026 09:12\n\nAn\nAnn Buyer/Buyer@Buyer\nKopie\n\nThema\nFrage\n",
		"quoted lead":        "Am 20.02.26 um 16:20 schrieb Sam Seller - Brightmail\nVon: \"Sam Seller\" <sam@seller.example>\nDatum: 3. März 2026\nAn: ann@buyer.example\n",
		"forward gmail":      "---------- Forwarded message ---------\nFrom: Sam Seller <sam@seller.example>\nDate: Tue, Mar 3, 2026 at 9:12 AM\nSubject: A question\nTo: Ann Buyer <ann@buyer.example>\n",
		"forward apple":      "Begin forwarded message:\n\nFrom: Sam Seller <sam@seller.example>\nSubject: A question\nDate: 3 March 2026 at 09:12:41 CET\nTo: Ann Buyer <ann@buyer.example>\n",
		"forward de":         "---------- Weitergeleitete Nachricht ---------\nVon: Sam Seller <sam@seller.example>\nDatum: Di., 3. März 2026 um 09:12 Uhr\nSubject: Frage\nAn: Ann Buyer <ann@buyer.example>\n",
		"forward fr":         "---------- Message transféré ---------\nDe : Sam Seller <sam@seller.example>\nDate : mar. 3 mars 2026 à 09:12\nObjet : Question\nÀ : Ann Buyer <ann@buyer.example>\n",
		"forward ja":         "---------- 転送メッセージ ---------\n差出人: Sam Seller <sam@seller.example>\n日時: 2026年3月3日(火) 9:12\n件名: 質問\n宛先: Ann Buyer <ann@buyer.example>\n",
		"forward pl":         "---------- Wiadomość przekazana ----------\nOd: Sam Seller <sam@seller.example>\nData: wt., 3 mar 2026 o 09:12\nTemat: Pytanie\nDo: Ann Buyer <ann@buyer.example>\n",
		"forward es":         "---------- Mensaje reenviado ----------\nDe: Sam Seller <sam@seller.example>\nFecha: mar, 3 mar 2026 a las 9:12\nAsunto: Pregunta\nPara: Ann Buyer\n",
	}
}

func TestClients(t *testing.T) {
	reply := "Ja, gerne.\n\nTuesday 3 March at 10:30 is fine with me."
	for name, lead := range clientLines() {
		for _, quote := range [...]string{"\n\n> Hello Ann,\n>\n> how are you?\n> Sam", "\n\nHello Ann,\n\nhow are you?\nSam", "\nHello Ann,\nhow are you?"} {
			if strings.HasPrefix(name, "horde") || name == "emacs" || strings.HasPrefix(name, "said") {
				if !strings.Contains(quote, ">") { // such words alone are no proof
					continue
				}
			}
			got := SplitReply(reply+"\n\n"+lead+quote, "Ann Buyer", "ann@buyer.example")
			if got.Reply != reply {
				t.Errorf("%s: reply %q", name, got.Reply)
				break
			}
			if !strings.Contains(got.Quoted, "how are you?") {
				t.Errorf("%s: quoted %q", name, got.Quoted)
			}
			if strings.HasPrefix(name, "forward") != got.Forwarded {
				t.Errorf("%s: forwarded %v", name, got.Forwarded)
			}
		}
	}
}
