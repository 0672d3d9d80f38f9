package mail

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitSignature takes the signature off the end of what a person wrote:
// a delimited block, the line of a device, a sign-off with a name, or the
// lines of the sender's own name and contact.
func splitSignature(lines []string, name, addr string) (body, sig []string) {
	body = lines
	for range 4 { // a device line may stand below a sign-off, and so on
		at := signatureStart(body, name, addr)
		if at <= 0 || nextText(body[:at], 0) < 0 {
			return body, sig
		}
		sig = append(append([]string{}, body[at:]...), sig...)
		body = body[:at]
	}
	return body, sig
}

// signatureStart is the line where a signature begins, -1 when there is none.
func signatureStart(lines []string, name, addr string) int {
	end := len(lines)
	for end > 0 && strings.TrimSpace(lines[end-1]) == "" {
		end--
	}
	if end == 0 {
		return -1
	}
	for i := max(1, end-60); i < end; i++ {
		if isDevice(lines[i]) {
			return i
		}
	}
	if at := delimited(lines[:end]); at > 0 {
		return at
	}
	first := max(0, end-14)
	for i := end - 1; i >= first; i-- {
		if signsOff(lines[:end], i) {
			return i
		}
	}
	if at := ownBlock(lines[:end], name, addr); at > 0 {
		return at
	}
	last := strings.TrimSpace(lines[end-1])
	if rest, ok := strings.CutPrefix(last, "- "); ok && end > 1 && strings.TrimSpace(lines[end-2]) == "" && looksLikeName(rest, 3) {
		return end - 1
	}
	if rest, ok := strings.CutPrefix(last, "/"); ok && end > 1 && looksLikeName(rest, 2) {
		return end - 1
	}
	return -1
}

// delimited finds a signature by its delimiter: "-- " (RFC 3676 section 4.3)
// or a drawn line above a few short lines.
func delimited(lines []string) int {
	for i := 1; i < len(lines); i++ {
		t := strings.TrimSpace(lines[i])
		if t == "" || strings.Trim(t, "-_—–") != "" {
			continue
		}
		rest := lines[i+1:]
		strong := t == "--" || lines[i] == "-- "
		switch {
		case len(rest) == 0:
			return i
		case strong && len(rest) <= 25 && shortLines(rest, 120):
			return i
		case len(rest) <= 12 && shortLines(rest, 70) && (strings.TrimSpace(lines[i-1]) == "" || utf8.RuneCountInString(t) <= 5):
			return i
		}
	}
	return -1
}

func shortLines(lines []string, most int) bool {
	for _, line := range lines {
		if utf8.RuneCountInString(line) > most {
			return false
		}
	}
	return true
}

// deviceWords lead to the name of a device or program.
const deviceWords = "sent from|sent via|sent with|sent by|sent using|get outlook for|gesendet von|gesendet mit|von meinem|diese nachricht wurde von meinem|envoyé de|envoyé depuis|envoyé à partir|envoyé via|" +
	"télécharger outlook|obtenez outlook|enviado desde|enviado a través|enviado do|enviado de|enviado con|enviada do|obtener outlook|obter outlook|inviato da|inviato dal|ottieni outlook|scarica outlook|verzonden vanaf|verstuurd vanaf|verzonden met|verstuurd met|outlook voor|" +
	"skickat från|skickades från|hämta outlook|hent outlook|sendt fra|sendt med|wysłane z|wysłano z|wysłane przez|pobierz outlook|lähetetty|odesláno z|odoslané z|отправлено с|отправлено из|надіслано з|gönderildi|iphoneから送信|ipadから送信|androidから送信|发自我的|發自我的|从我的|發送自|发送自|outlook をダウンロード|나의 iphone"

// deviceNames are what a mail is sent from.
const deviceNames = "iphone|ipad|ipod|android|outlook|blackberry|samsung|galaxy|huawei|xiaomi|pixel|nokia|mobile|móvil|movil|handy|smartphone|phone|téléphone|telefon|teléfono|telefono|tablet|mail|gmail|yahoo|mailbox|proton|windows|htc|sony|lg|motorola|verizon|at&t|t-mobile|aol|hey|superhuman|spark|zoho|thunderbird|appareil|dispositivo|device|watch|mac|手机|手機"

// isDevice tells whether a line is the advertisement of a mail program.
func isDevice(line string) bool {
	t := strings.ToLower(strings.TrimSpace(line))
	if i := strings.IndexAny(t, "<["); i > 0 && strings.Contains(t, "http") { // "Outlook for iOS<https://...>"
		t = strings.TrimSpace(t[:i])
	}
	t = strings.Trim(t, "*_-()[]. ")
	if t == "" || len(t) > 90 || strings.ContainsAny(t, ",;?!") || wordCount(t) > 10 {
		return false
	}
	for lead := range strings.SplitSeq(deviceWords, "|") {
		if !strings.HasPrefix(t, lead) && !strings.HasSuffix(t, lead) {
			continue
		}
		for device := range strings.SplitSeq(deviceNames, "|") {
			if i := strings.Index(t, device); i >= 0 && (device[0] >= 0x80 || boundedWord(t, i, i+len(device)) || len(lead) > 15) {
				return true
			}
		}
	}
	return false
}

// signOffs are the closing formulas of letters, in lower case without
// punctuation. Those of the second list are thanks, which count only above a
// name.
const (
	signOffs = "|regards|best regards|kind regards|warm regards|warmest regards|kindest regards|best|all the best|best wishes|many regards|with regards|with kind regards|with best regards|sincerely|yours sincerely|sincerely yours|yours truly|yours faithfully|respectfully|cheers|br|rgds|kr|take care|cordially|talk soon|speak soon|very best|warmly|yours|" +
		"mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|beste grüße|beste grüsse|liebe grüße|herzliche grüße|mit besten grüßen|schöne grüße|schönen gruß|gruß|grüße|lg|vg|mfg|hochachtungsvoll|mit bestem gruß|" +
		"cordialement|bien cordialement|très cordialement|bien à vous|salutations|meilleures salutations|salutations distinguées|sincères salutations|bonne journée|bonne soirée|amicalement|cdlt|cdt|" +
		"saludos|un saludo|saludos cordiales|un cordial saludo|atentamente|cordialmente|cordiales saludos|un abrazo|quedo atento|quedo atenta|" +
		"cordiali saluti|distinti saluti|saluti|un saluto|un cordiale saluto|buona giornata|a presto|" +
		"atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|abraço|abraços|att|um abraço|" +
		"met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten|mvg|hartelijke groet|met hartelijke groet|" +
		"med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänligen|hälsningar|bästa hälsningar|mvh|" +
		"med venlig hilsen|venlig hilsen|de bedste hilsner|bedste hilsner|hilsen|vh|med vennlig hilsen|vennlig hilsen|" +
		"pozdrawiam|z poważaniem|pozdrowienia|serdecznie pozdrawiam|z pozdrowieniami|ystävällisin terveisin|terveisin|s pozdravem|с уважением|с наилучшими пожеланиями|з повагою|üdvözlettel|saygılarımla|cu stimă|" +
		"此致|敬礼|祝好|顺祝商祺|此致敬礼|敬具|草々|"
	thanks = "|thanks|thank you|many thanks|thanks again|thank you again|thanks so much|thank you very much|thanks and regards|thanks & regards|thank you and best regards|thanks a lot|thx|ty|thanks in advance|" +
		"danke|vielen dank|besten dank|danke und viele grüße|vielen dank und viele grüße|merci|merci d'avance|merci beaucoup|gracias|muchas gracias|grazie|grazie mille|obrigado|obrigada|bedankt|alvast bedankt|dank u|tack|tack på förhand|tak|på forhånd tak|mange tak|dziękuję|dziekuje|z góry dziękuję|谢谢|謝謝|よろしくお願いします|よろしくお願いいたします|宜しくお願い致します|ありがとうございます|"
)

// signsOff tells whether a signature begins at line i: a formula alone on its
// line with a name below, or formula and name on the last line.
func signsOff(lines []string, i int) bool {
	t := strings.TrimSpace(lines[i])
	if t == "" || len(t) > 80 {
		return false
	}
	key := signKey(t)
	formula, thank := strings.Contains(signOffs, "|"+key+"|"), strings.Contains(thanks, "|"+key+"|")
	if key == "" || !formula && !thank {
		head, tail, ok := strings.Cut(t, ",")
		return ok && i == len(lines)-1 && i > 0 && strings.Contains(signOffs, "|"+signKey(head)+"|") && looksLikeName(strings.TrimSpace(tail), 3)
	}
	rest := lines[i+1:]
	next := nextText(rest, 0)
	if next < 0 {
		return formula && i > 0
	}
	texts := 0
	for _, line := range rest {
		if strings.TrimSpace(line) != "" {
			texts++
		}
	}
	if texts > 10 || !shortLines(rest, 90) {
		return false
	}
	if thank {
		return looksLikeName(strings.TrimSpace(rest[next]), 4)
	}
	return looksLikeName(strings.TrimSpace(rest[next]), 6)
}

// signKey makes a line comparable with the formulas.
func signKey(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	s = strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(strings.Fields(s), " ")
}

// looksLikeName tells whether a line may be the name of a person: at most
// most words, no end of a sentence, no question.
func looksLikeName(s string, most int) bool {
	s = strings.TrimSpace(s)
	if s == "" || wordCount(s) > most || len(s) > 60 || strings.ContainsAny(s, "?!:;@") || !strings.ContainsFunc(s, unicode.IsLetter) {
		return false
	}
	if strings.HasSuffix(s, ".") && wordCount(s) > 1 && len(s) > 12 && !strings.HasSuffix(s, "D.") {
		return false
	}
	return !hasDigit(s)
}

// ownBlock finds the lines of the sender's own name and contact at the end: at
// most ten short lines, the first with the name of the sender, or one with
// the sender's address.
func ownBlock(lines []string, name, addr string) int {
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 {
		local, _, _ := strings.Cut(addr, "@")
		words = strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) })
		if len(words) == 1 && len(words[0]) < 3 {
			words = nil
		}
	}
	for i := len(lines) - 1; i > 0 && i >= len(lines)-10; i-- {
		t := strings.ToLower(strings.TrimSpace(lines[i]))
		if t == "" || strings.TrimSpace(lines[i-1]) != "" && i != len(lines)-1 {
			continue
		}
		if !looksLikeName(lines[i], 6) || !shortLines(lines[i:], 80) {
			continue
		}
		for _, w := range words {
			if len(w) >= 3 && strings.Contains(t, w) && wordCount(t) <= 6 {
				return i
			}
		}
	}
	return -1
}

// disclaimers are beginnings and parts of the legal lines below a mail, in
// lower case.
const disclaimers = "confidentiality notice|this email and any|this e-mail and any|this message and any|this email is confidential|this e-mail is confidential|this message is confidential|this email (and any|this e-mail (and any|this message (including|this e-mail (including|this email (including|" +
	"the information contained in this|the information in this e|this communication is|this email may contain|this e-mail may contain|this message may contain|this message contains confidential|this email contains confidential|this transmission|if you are not the intended|if you have received this|" +
	"please consider the environment|think before you print|disclaimer:|legal notice|privileged and confidential|private and confidential|virus-free.|this email has been checked|scanned by|privacy notice|important notice:|notice: this|" +
	"diese e-mail enthält|diese e-mail und|diese nachricht ist|diese nachricht enthält|der inhalt dieser e-mail|der inhalt dieser nachricht|bitte prüfen sie, ob|vertraulichkeitshinweis|rechtlicher hinweis|" +
	"ce message et|ce message est|ce courriel|ce courrier|cet e-mail|cet email|les informations contenues|avant d'imprimer|merci de penser à l'environnement|" +
	"este mensaje|este correo|la información contenida|aviso legal|antes de imprimir|advertencia:|aviso de confidencialidad|le informamos que|de conformidad con|" +
	"questo messaggio|le informazioni contenute|la presente comunicazione|questa e-mail|ai sensi del|avviso di riservatezza|rispetta l'ambiente|" +
	"esta mensagem|este e-mail|esta comunicação|aviso de confidencialidade|dit bericht|deze e-mail|de informatie in dit|dit e-mailbericht|detta meddelande|detta mejl|denne e-mail|denne mail|denne e-post|ta wiadomość|niniejsza wiadomość|treść tej wiadomości|" +
	"本邮件|此邮件|このメールは|本メール"

// splitDisclaimer takes the legal lines off the end: from the first paragraph
// that begins like one and is long or stands last.
func splitDisclaimer(lines []string) (body, rest []string) {
	for i := 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i-1]) != "" || strings.TrimSpace(lines[i]) == "" {
			continue
		}
		t := strings.ToLower(strings.TrimLeft(strings.TrimSpace(lines[i]), "*_-[(\"' "))
		for lead := range strings.SplitSeq(disclaimers, "|") {
			if strings.HasPrefix(t, lead) && legalTone(lines[i:]) && nextText(lines[:i], 0) >= 0 {
				return lines[:i], lines[i:]
			}
		}
	}
	return lines, nil
}

// legalTone tells whether a paragraph speaks as disclaimers do.
func legalTone(lines []string) bool {
	text := strings.ToLower(strings.Join(lines[:min(len(lines), 12)], " "))
	for _, w := range [...]string{"confiden", "intended", "recipient", "disclos", "privileged", "unauthor", "virus", "environment", "print", "vertraulich", "empfänger", "destinat", "riservat", "vertrouwelijk",
		"geadresseerde", "konfiden", "fortrolig", "poufn", "adresat", "imprim", "drucken", "gdpr", "rgpd", "data protection", "datenschutz", "保密", "机密", "機密", "umwelt", "scanned", "privacy"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
