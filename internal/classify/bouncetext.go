package classify

import (
	"slices"
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

const (
	// Subjects of reports, as parts, in lower case.
	bounceSubjects = "undeliver|undelivered|non-deliver|nondeliver|not deliver|could not be delivered|returned mail|returned to sender|returning message|return to sender|delivery status notification|delivery notification|delivery report|" +
		"delivery failure|delivery failed|delivery has failed|delivery error|failure delivery|failure notice|failure notification|mail failed|mail failure|mail delivery|message delivery|mail system error|mail error|bounced|bounce notification|rejected mail|message rejected|message blocked|mail rejected|" +
		"delayed mail|delivery delayed|message delayed|warning: message|warning: could not send|message status|smtp error|message you sent|your message to|unable to deliver|user unknown|unknown user|mailbox full|" +
		"unzustellbar|zustellung fehlgeschlagen|nicht zugestellt|zustellfehler|übermittlungsfehler|non remis|échec de la remise|non distribu|échec de remise|no se puede entregar|no entregado|error de entrega|no se pudo entregar|" +
		"recapito|mancata consegna|impossibile recapitare|não entregue|falha na entrega|não foi possível entregar|onbestelbaar|niet bezorgd|kan inte levereras|inte levererats|olevererat|kan ikke leveres|ikke leveret|ikke levert|niedostarcz|nie można dostarczyć|zwrot|nedoručen|" +
		"退信|无法投递|未送达|退回|投递失败|配信不能|配信エラー|送信エラー|送信できません|メールエラー|未配達|不達|エラー通知"

	// What reports say in their text.
	bounceBody = "could not be delivered|couldn't be delivered|can't be delivered|cannot be delivered|wasn't able to deliver|was not able to deliver|unable to deliver|not able to deliver|could not deliver|couldn't deliver|delivery failed|delivery has failed|delivery to the following|failed permanently|" +
		"permanent fatal error|permanent error|undeliverable|undelivered|did not reach the following|not been delivered|was not delivered|wasn't delivered|not deliverable|returned to sender|returned to you|delivery error|delivery failure|fatal errors|transcript of session|failed addresses|failed recipient|following address|following recipient|" +
		"user unknown|unknown user|no such user|mailbox full|mailbox is full|address rejected|recipient rejected|rejected by|was rejected|has been rejected|message blocked|smtp error|remote server returned|error that the other server|response from the remote|the response was|diagnostic information|failure reason|could not be processed|was automatically rejected|not a member of this mailing|message couldn't be|message could not be|message was not|problem delivering|" +
		"nicht zugestellt werden|konnte nicht|n'a pas pu être|n'a pu être|no se ha podido|no se pudo|no ha podido|non è stato possibile|impossibile|não pôde ser|não foi possível|kon niet worden|kunde inte|kunne ikke|nie mógł zostać|nie udało|" +
		"送信できません|配信できません|失敗|エラー|存在しないか|无法|未能|失败|退回"
)

// bounceSigns tells whether a mail without machine-readable part is a report
// on a delivery, by what signs, and how sure that is.
func bounceSigns(p *mail.Parsed) (signs []string, sure float64) {
	daemon := daemonSign(p)
	subject := strings.ToLower(p.Subject)
	answer := mail.BareSubject(p.Subject) != strings.TrimSpace(p.Subject)
	text := strings.ToLower(p.Text[:min(len(p.Text), 8000)])
	title, body := firstIn(subject, bounceSubjects), firstIn(text, bounceBody)
	if answer && daemon == "" {
		title = ""
	}
	returned := p.Original != nil || hasReturned(p.Text)
	failed := strings.TrimSpace(p.Header.Get("X-Failed-Recipients")) != ""
	kind, _, _ := strings.Cut(strings.ToLower(p.Header.Raw("Content-Type")), ";")
	report := strings.TrimSpace(kind) == "multipart/report" && !strings.Contains(strings.ToLower(p.Header.Raw("Content-Type")), "disposition-notification") ||
		p.Report != nil && p.Report.Kind == mail.ReportDelivery
	switch {
	case failed:
		sure = 0.96
	case report && (daemon != "" || title != "" || body != ""):
		sure = 0.93
	case daemon != "" && title != "":
		sure = 0.93
	case daemon != "" && body != "" && (returned || statusIn(text) != "" || codeIn(text) != ""):
		sure = 0.9
	case title != "" && body != "" && (returned || p.NullPath || statusIn(text) != "" || codeIn(text) != ""):
		sure = 0.9
	case title != "" && body != "" && machineFrom(p):
		sure = 0.8
	case p.NullPath && body != "" && returned && !answer:
		sure = 0.8
	case p.NullPath && daemon != "" && returned && !answer:
		sure = 0.85
	case p.NullPath && p.Report == nil && (daemon != "" || returned) && (missing(text) != "" || daemon != "" && (body != "" || codeIn(text) != "")) && !strings.Contains(strings.ToLower(p.Header.Raw("Auto-Submitted")), "auto-replied"):
		sure = 0.85
	case strings.Contains(p.Subject, "not member") && body != "":
		sure = 0.75
	default:
		return nil, 0
	}
	if failed {
		signs = append(signs, "X-Failed-Recipients: "+clip(p.Header.Get("X-Failed-Recipients")))
	}
	if report {
		signs = append(signs, "Content-Type: multipart/report")
	}
	for _, s := range [...]struct{ what, found string }{{"from ", daemon}, {"subject: ", title}, {"text: ", body}} {
		if s.found != "" {
			signs = append(signs, s.what+`"`+s.found+`"`)
		}
	}
	return signs, sure
}

// daemonSign tells whether the mail comes from a mail system.
func daemonSign(p *mail.Parsed) string {
	local, _, _ := strings.Cut(p.From, "@")
	compact := strings.NewReplacer("-", "", ".", "", "_", "", " ", "").Replace(local)
	for _, w := range [...]string{"mailerdaemon", "postmaster", "maildaemon", "maildelivery", "mdaemon", "maildeliverysystem", "microsoftexchange", "mailsystem", "bounces"} {
		if strings.HasPrefix(compact, w) || compact == w {
			return local
		}
	}
	name := strings.ToLower(p.FromName)
	if w := firstIn(name, "mailer-daemon|mail deliver|mail delivery|postmaster|mailer daemon|delivery subsystem|system administrator|microsoft outlook|mail system|ndr administrator|microsoft exchange|mailer demon|mail administrator|mailserver|mail server|mail-server|mail router|mail gateway|mailadministrator|e-mail-administrator|serveur de messagerie|servidor de correo|servidor de email|server di posta"); w != "" {
		return p.FromName
	}
	path, _, _ := strings.Cut(p.ReturnPath, "@")
	if strings.EqualFold(path, "mailer-daemon") {
		return "Return-Path " + p.ReturnPath
	}
	if raw := strings.ToLower(p.Header.Raw("From")); p.From == "" && firstIn(raw, "mailer-daemon|postmaster|mail delivery") != "" {
		return strings.TrimSpace(raw)
	}
	return ""
}

// machineFrom tells whether the sender is an address that nobody reads.
func machineFrom(p *mail.Parsed) bool {
	local, _, _ := strings.Cut(p.From, "@")
	compact := strings.NewReplacer("-", "", ".", "", "_", "").Replace(local)
	return firstIn(compact, "noreply|donotreply|nepasrepondre|noresponder|nichtantworten|daemon|postmaster|bounce|notification|mailer|autoreply|sysadmin") != ""
}

// returnedMarks open the copy of the returned mail in a report, lower case.
const returnedMarks = "below this line is a copy|this is a copy of the message|copy of the message, including|original message follows|original message|message text follows|unsent message|returned message|header of the original|headers of the original|" +
	"message header follows|message headers follow|message header|original headers|original mail|text of the message|your original message|undelivered message|original e-mail|message body follows|the message you sent|message contents|the attached message|returned mail|received headers|message received|" +
	"ursprüngliche nachricht|originalnachricht|message d'origine|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|original meddelelse|元のメッセージ|原始邮件"

// cutReturned parts the words of a report from the copy of the returned mail.
func cutReturned(text string) (words, returned string) {
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		low := strings.ToLower(strings.TrimSpace(line))
		drawn := strings.HasPrefix(low, "--") || strings.HasPrefix(low, "==") || strings.HasPrefix(low, "__") || strings.HasPrefix(low, "**") || strings.HasPrefix(low, "|--")
		mark := firstIn(low, returnedMarks) != "" && (drawn || strings.HasSuffix(low, ":") || strings.HasSuffix(low, "follows.") || strings.HasSuffix(low, "follows")) && len(low) < 100
		header := strings.HasPrefix(low, "received: ") || strings.HasPrefix(low, "return-path: ") || strings.HasPrefix(low, "dkim-signature:") || strings.HasPrefix(low, "message-id: ")
		if at > 0 && (mark || header) {
			return text[:at], text[at:]
		}
		at += len(line)
	}
	return text, ""
}

func hasReturned(text string) bool {
	_, returned := cutReturned(text[:min(len(text), 64<<10)])
	return returned != ""
}

// textReport reads a report that only has words.
func textReport(p *mail.Parsed, signs []string, sure float64) sales.Verdict {
	v := sales.Verdict{Confidence: sure, OriginalID: originalID(p), Reasons: signs}
	words, returned := cutReturned(p.Text[:min(len(p.Text), 128<<10)])
	action := ""
	low := strings.ToLower(p.Subject + "\n" + words)
	if w := firstIn(low, delayWords); w != "" && firstIn(low, "failed permanently|permanent error|permanent fatal|has been returned|given up|giving up|will not be retried") == "" ||
		strings.Contains(strings.ToLower(p.Subject), "(delay)") {
		action = "delayed"
		v.Reasons = append(v.Reasons, "text: "+orWord(w, "(delay)"))
	}
	found := namedRecipients(p, words, returned)
	for _, r := range found {
		about := r.about
		class, why := failureOf(action, orWord(statusIn(about), smtpClass(about)), about)
		if data := pretext(strings.Join(strings.Fields(strings.ToLower(words)), " ")); len(found) == 1 && (weak(why) || class == sales.FailHard && data != "") {
			about = words + "\n" + p.Subject
			class, why = failureOf(action, orWord(statusIn(about), smtpClass(about)), about)
		}
		v.Recipients = append(v.Recipients, sales.ReportedRecipient{Address: r.addr, Status: orWord(statusIn(about), impliedStatus(class, why)), Class: class, Reason: clip(orWord(reasonLine(about, r.addr), why))})
		v.Reasons = append(v.Reasons, clip("recipient "+orWord(r.addr, "not named")+": "+string(class)+", by "+why))
	}
	v.Recipients = mergeRecipients(v.Recipients)
	v.Kind = kindOf(v.Recipients)
	if v.Kind == sales.KindOther {
		v.Kind = sales.KindBounce
	}
	return v
}

// impliedStatus is the status (RFC 3463) that the words of a report stand for
// when it gives none; "" when they stand for none in particular.
func impliedStatus(class sales.FailureClass, why string) string {
	switch {
	case class == sales.FailFull:
		return "5.2.2"
	case class == sales.FailHard && (firstIn(why, hostWords) != "" || strings.Contains(why, "unrout")):
		return "5.1.2"
	case class == sales.FailHard:
		return "5.1.1"
	}
	return ""
}

// smtpClass turns a basic reply code into a status that says its class alone.
func smtpClass(about string) string {
	if code := codeIn(about); code != "" {
		return code[:1] + ".0.0"
	}
	return ""
}

// reasonLine is the line of a report that says the most: the one with a code,
// else the first that does not just name the address.
func reasonLine(about, addr string) string {
	best := ""
	for line := range strings.SplitSeq(about, "\n") {
		t := strings.TrimSpace(line)
		if statusIn(t) != "" || codeIn(t) != "" {
			return t
		}
		if best == "" && t != "" && strings.Trim(strings.ToLower(t), "<>: ") != addr && firstIn(strings.ToLower(t), userWords+"|"+fullWords+"|"+hostWords+"|"+softWords) != "" {
			best = t
		}
	}
	return best
}

// named is a recipient that a report in words names, with what it says of it.
type named struct{ addr, about string }

// namedRecipients finds whom a report in words is about: by its header, by
// the addresses in its words, by the returned mail.
func namedRecipients(p *mail.Parsed, words, returned string) []named {
	var out []named
	for _, a := range mail.ParseAddresses(strings.Join(p.Header.Values("X-Failed-Recipients"), ", ")) {
		if !slices.ContainsFunc(out, func(n named) bool { return n.addr == a.Addr }) {
			out = append(out, named{a.Addr, paragraphOf(words, a.Addr)})
		}
	}
	if len(out) > 0 {
		return out
	}
	if out = inWords(p, words); len(out) > 0 {
		return out
	}
	if p.Original != nil && len(p.Original.To) > 0 {
		return []named{{p.Original.To[0].Addr, words}}
	}
	for line := range strings.SplitSeq(returned, "\n") {
		if rest, ok := cutFold(strings.TrimSpace(line), "to:"); ok {
			if a := mail.ParseAddress(rest); a.Addr != "" {
				return []named{{a.Addr, words}}
			}
		}
	}
	return []named{{"", words}}
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
