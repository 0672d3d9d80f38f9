package mail

import "strings"

// Labels of the header block that clients put above a quoted mail, in lower
// case, parted by "|".
const (
	labelsFrom = "|from|von|de|van|fra|från|od|da|di|lähettäjä|от|від|kimden|feladó|expéditeur|remitente|mittente|afzender|avsändare|发件人|發件人|寄件者|差出人|보낸 사람|보낸사람|dari|de la|từ|מאת|من|nadawca|odesílatel|von/from|" +
		"από|od koga|saatja|no|nuo|šalje|pošiljatelj|จาก|от кого|remetente|"
	labelsDate = "|date|sent|datum|gesendet|sent on|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|enviado a|fecha|data|inviato|verzonden|verzonden op|dato|sendt|skickat|skickades|wysłano|data wysłania|odesláno|odoslané|lähetetty|päivämäärä|päiväys|" +
		"отправлено|дата|надіслано|изпратено|gönderilen|gönderme|gönderildi|gönderme tarihi|elküldve|dátum|发送时间|發送時間|发送日期|时间|日期|寄件日期|送信日時|日時|日付|보낸 날짜|날짜|trimis|trimis la|tarih|εστάλη|ημερομηνία|στάλθηκε|" +
		"تم الإرسال|التاريخ|נשלח|תאריך|đã gửi|ngày|poslano|poslato|saadetud|nosūtīts|išsiųsta|dikirim|tanggal|ส่ง|enviat|data d'enviament|sänt|"
	labelsTo   = "|to|an|à|a|aan|para|per|per a|til|till|do|komu|vastaanottaja|кому|до|kime|címzett|pour|destinataire|destinatario|destinatário|收件人|收件者|宛先|받는 사람|받는사람|către|προς|إلى|אל|tới|đến|za|prima|adressaat|kam|kepada|ถึง|"
	labelsSubj = "|subject|betreff|objet|asunto|oggetto|assunto|onderwerp|emne|ämne|temat|předmět|predmet|aihe|тема|относно|konu|tárgy|主题|主題|主旨|件名|제목|subiect|θέμα|الموضوع|נושא|chủ đề|zadeva|teema|tēma|tema|perihal|เรื่อง|assumpte|thema|"
	labelsCc   = "|cc|kopie|copie|copia|cópia|kopia|kopi|bcc|reply-to|importance|priority|wichtigkeit|importancia|importance :|抄送|副本|참조|копия|másolatot kap|kopio|dw|k|bilgi|κοιν.|نسخة|"
)

// headerBlock tells whether a block of header lines of a quoted mail begins
// at line i: at least two different labels in a row, one of them who or when.
func headerBlock(lines []string, i int) bool {
	if labelOf(lines[i]) == "" {
		return false
	}
	seen, gap := "", 0
scan:
	for _, line := range lines[i:min(i+12, len(lines))] {
		kind := labelOf(line)
		switch {
		case kind != "":
			if !strings.Contains(seen, kind) {
				seen += kind
			}
			gap = 0
		case strings.TrimSpace(line) == "" && len(seen) > 1:
			return strings.ContainsAny(seen, "fd") && strings.ContainsAny(seen, "tsd") && (len(seen) > 2 || !isSpan(seen) || addressed(lines, i))
		default:
			if gap++; gap > 2 {
				break scan
			}
		}
	}
	return len(seen) >= 3 && strings.ContainsAny(seen, "fd") || len(seen) == 2 && (seen == "dt" || seen == "fd" || seen == "df" || seen == "ft" && addressed(lines, i) || seen == "fs") && nonEmptyAfterLabel(lines[i])
}

// isSpan tells whether the labels are those with which a person also names a
// span: from, to.
func isSpan(seen string) bool { return seen == "ft" || seen == "tf" }

// addressed tells whether the two lines from i on name an address, or stand
// below a line that announces a quoted mail.
func addressed(lines []string, i int) bool {
	for _, line := range lines[i:min(i+3, len(lines))] {
		if hasAddr(line) || strings.Contains(line, "/") {
			return true
		}
	}
	for at := i - 1; at >= 0 && at >= i-2; at-- {
		if t := strings.TrimSpace(lines[at]); t != "" {
			return isRule(t) || startsDash(t) || strings.HasSuffix(t, "--")
		}
	}
	return false
}

func nonEmptyAfterLabel(line string) bool {
	_, value, _ := cutLabel(line)
	return strings.TrimSpace(value) != ""
}

// labelOf gives the kind of a header label at the beginning of line: f, d, t,
// s or c; "" when there is none.
func labelOf(line string) string {
	label, _, ok := cutLabel(line)
	if !ok {
		return ""
	}
	key := "|" + label + "|"
	for _, k := range [...]struct{ list, kind string }{{labelsFrom, "f"}, {labelsDate, "d"}, {labelsTo, "t"}, {labelsSubj, "s"}, {labelsCc, "c"}} {
		if strings.Contains(k.list, key) {
			return k.kind
		}
	}
	return ""
}

// cutLabel cuts "*From:* x" or "De : x" into label and value.
func cutLabel(line string) (label, value string, ok bool) {
	t := strings.TrimLeft(line, " \t*_>|")
	i := strings.IndexByte(t, ':')
	if wide := strings.Index(t, "："); wide >= 0 && (i < 0 || wide < i) {
		i = wide
	}
	if i <= 0 || i > 40 {
		return "", "", false
	}
	label = strings.ToLower(strings.Trim(t[:i], " \t*_"))
	if label == "" || wordCount(label) > 3 {
		return "", "", false
	}
	return label, strings.TrimLeft(t[i:], ":： *"), true
}

// forwardWords are what stands between the dashes above a quoted or forwarded
// mail, or alone with a colon.
const forwardWords = "|original message|original appointment|forwarded message|forwarded by|forward message|begin forwarded message|forwarded mail|reply message|reply above this line|" +
	"ursprüngliche nachricht|antwort nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht|weitergeleitete mail|anfang der weitergeleiteten nachricht|ursprünglicher termin|" +
	"message d'origine|message original|message transféré|message transmis|message initial|début du message réexpédié|début du message transféré|" +
	"mensaje original|mensaje reenviado|inicio del mensaje reenviado|inizio messaggio inoltrato|messaggio originale|messaggio inoltrato|" +
	"mensagem original|mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|begin doorgestuurd bericht|" +
	"ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|vidarebefordrat brev|oprindelig meddelelse|original meddelelse|videresendt meddelelse|videresendt besked|" +
	"opprinnelig melding|videresendt melding|alkuperäinen viesti|välitetty viesti|wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|przekazana wiadomość|původní zpráva|přeposlaná zpráva|" +
	"исходное сообщение|пересылаемое сообщение|пересланное сообщение|eredeti üzenet|továbbított üzenet|özgün ileti|mesaj original|原始邮件|原始郵件|转发的邮件|轉寄的郵件|转发邮件|元のメッセージ|転送メッセージ|転送されたメッセージ|原始消息|원본 메시지|원본 메일|전달된 메시지|původní e-mail|přeposlaný e-mail|pôvodná správa|αρχικό μήνυμα|προωθημένο μήνυμα|пересылаемое письмо|doorgestuurde e-mail|missatge original|missatge reenviat|mesaj redirecționat|"

// notesBlock tells whether the header of a quoted mail of Notes begins at line
// i: who, when, then "To" and "Subject" each alone on a line with what they
// name below.
func notesBlock(lines []string, i int) bool {
	end := min(len(lines), i+14)
	when := nextText(lines, i+1)
	if when < 0 || when > i+2 || len(lines[when]) > 40 || !hasDate(lines[when]) || len(lines[i]) > 120 {
		return false
	}
	to, subject := false, false
	for _, line := range lines[when+1 : end] {
		word := strings.ToLower(strings.TrimSpace(line))
		if word == "" {
			continue
		}
		key := "|" + word + "|"
		switch {
		case !to:
			if !strings.Contains(labelsTo, key) {
				return false
			}
			to = true
		case strings.Contains(labelsSubj, key):
			subject = true
		}
	}
	return to && subject
}

// passedOn are parts of the words above a mail that was passed on, rather than
// answered, in lower case.
const passedOn = "forward|weitergeleitet|transféré|transmis|réexpédié|reenviado|inoltrat|encaminhad|reencaminhad|doorgestuurd|vidarebefordra|videresend|välitetty|przekazan|przeposlan|přeposlan|пересыл|пересла|переслан|továbbított|iletilen|转发|轉寄|転送|전달"

// forwards tells whether a quote that begins at line i was passed on.
func forwards(lines []string, i int) bool {
	for _, line := range lines[i:min(len(lines), i+3)] {
		if bare := strings.TrimRight(line, " -"); len(line) > 160 || !strings.HasSuffix(bare, ":") && !startsDash(strings.TrimSpace(line)) {
			continue
		}
		t := strings.ToLower(line)
		for word := range strings.SplitSeq(passedOn, "|") {
			if strings.Contains(t, word) {
				return true
			}
		}
	}
	return false
}

// isForwardLine tells whether line i announces a quoted or forwarded mail.
func isForwardLine(lines []string, i int) bool {
	t := strings.TrimSpace(lines[i])
	if len(t) < 6 || len(t) > 160 {
		return false
	}
	inner := strings.TrimSpace(strings.Trim(t, "-=_*> —–─"))
	dashed := strings.HasPrefix(t, "--") || strings.HasPrefix(t, "==") || strings.HasPrefix(t, "__") || strings.HasPrefix(t, "—") || strings.HasPrefix(t, "──")
	if aboveThisLine(t) || strings.HasPrefix(t, "Original Message processed by ") {
		return true
	}
	if !dashed && !strings.HasSuffix(inner, ":") {
		return false
	}
	key := strings.ToLower(strings.TrimSpace(strings.TrimRight(inner, ":： ")))
	if key == "" {
		return false
	}
	known := strings.Contains(forwardWords, "|"+key+"|") || strings.HasPrefix(key, "forwarded by ") || strings.HasPrefix(key, "original message from")
	switch {
	case known && (dashed || strings.HasSuffix(inner, ":")):
		return true
	case dashed && strings.HasSuffix(t, "--") && len(inner) < 60: // unknown language: a header block must follow
		next := nextText(lines, i+1)
		return next >= 0 && (headerBlock(lines, next) || headersOfAny(lines[next:]))
	}
	return false
}

// aboveThisLine knows the line above which the mails of help desks ask for the
// answer: "##- Please type your reply above this line -##".
func aboveThisLine(t string) bool {
	if first := t[0]; first != '#' && first != '-' && first != '=' && first != '_' && first != '*' && first != '>' {
		return false
	}
	low := strings.ToLower(t)
	for _, words := range [...]string{"above this line", "au-dessus de cette ligne", "über dieser zeile", "oberhalb dieser zeile", "encima de esta línea", "sopra questa linea", "sopra questa riga", "acima desta linha",
		"boven deze lijn", "boven deze regel", "ovanför denna rad", "over denne linje", "nad tą linią", "powyżej tej linii"} {
		if strings.Contains(low, words) {
			return true
		}
	}
	return false
}

// groupwise knows the line above a quote of GroupWise: who and when between
// angle brackets.
func groupwise(line string) bool {
	t := strings.TrimSpace(line)
	return len(t) > 8 && len(t) < 300 && strings.HasPrefix(t, ">>>") && strings.HasSuffix(t, ">>>") && (hasDate(t) || hasAddr(t))
}
