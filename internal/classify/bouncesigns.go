package classify

import (
	"strings"
	"sync"

	"ninetyten/internal/mail"
)

// Words of reports, as parts, in the form of plain.
const (
	bounceSubjects = "undeliver|undelivered|non-deliver|nondeliver|not deliver|could not be delivered|returned mail|returned to sender|returning message|return to sender|returned email|returned message|delivery status notification|delivery notification|delivery report|delivery status|" +
		"delivery failure|delivery failed|delivery has failed|delivery error|delivery problem|failure delivery|failure notice|failure notification|mail failed|mail failure|mail delivery|message delivery|email delivery|mail system error|mail error|bounced|[bounce]|bounce notification|rejected mail|message rejected|message blocked|mail rejected|was blocked|blocked by|" +
		"delayed mail|delivery delayed|message delayed|delayed:|warning: message|warning: could not send|message status|smtp error|message you sent|your message to|unable to deliver|user unknown|unknown user|mailbox full|permanent delivery|considered unsolicited|banned contents|virus in mail|" +
		"unzustellbar|zustellung fehlgeschlagen|nicht zugestellt|zustellfehler|zustellbericht|zustellstatus|zustellung verzogert|ubermittlungsfehler|fehlgeschlagen|non remis|echec de la remise|non distribu|echec de remise|echec de livraison|echec d'envoi|n'a pas pu etre remis|remise differee|avis de non-remise|no se puede entregar|no entregado|error de entrega|no se pudo entregar|entrega fallida|no entregable|" +
		"recapito|mancata consegna|impossibile recapitare|consegna fallita|nao entregue|falha na entrega|nao foi possivel entregar|falha de entrega|onbestelbaar|niet bezorgd|vertraagde bezorging|bezorging mislukt|kan inte levereras|inte levererats|kunde inte levereras|olevererat|leveransfel|kan ikke leveres|ikke leveret|ikke levert|leveringsfejl|niedostarcz|nie mozna dostarczyc|nie zostala dostarczona|zwrot|nedorucen|не доставлено|не удалось доставить|недоставлен|ошибка доставки|" +
		"退信|无法投递|無法投遞|未送达|未送達|退回|投递失败|投遞失敗|传送失败|傳送失敗|配信不能|配信遅延|配信が遅れ|配信エラー|配信できません|送信エラー|送信できません|メールエラー|未配達|不達|エラー通知|配信失敗|반송|전송 실패"

	bounceBodies = "could not be delivered|couldn't be delivered|can't be delivered|cannot be delivered|wasn't able to deliver|was not able to deliver|unable to deliver|not able to deliver|could not deliver|couldn't deliver|failed to deliver|delivery failed|delivery has failed|delivery to the following|failed permanently|" +
		"permanent fatal error|permanent error|undeliverable|undelivered|did not reach the following|did not reach some|not been delivered|was not delivered|wasn't delivered|not deliverable|returned to sender|returned to you|delivery error|delivery failure|delivery problem|fatal error|transcript of session|failed addresses|failed recipient|following address|following recipient|could not be reached|has not been delivered|hasn't been delivered|delivery is delayed|delivery of the email was stopped|was blocked by|" +
		"user unknown|unknown user|no such user|mailbox full|mailbox is full|mailboxes are full|over quota|address rejected|recipient rejected|rejected by|was rejected|has been rejected|message blocked|smtp error|remote server returned|remote host said|error that the other server|response from the remote|the response was|diagnostic information|failure reason|could not be processed|was automatically rejected|not a member of this mailing|message couldn't be|message could not be|message was not|problem delivering|" +
		"nicht zugestellt werden|konnte nicht|nicht zugestellt|n'a pas pu etre|n'a pu etre|echec de la remise|no se ha podido|no se pudo|no ha podido|non e stato possibile|non e stato recapitato|impossibile|nao pode ser|nao foi possivel|kon niet worden|kunde inte|kunne ikke|blev ikke|nie mogla zostac|nie mogl zostac|nie udalo|не удалось|не может быть доставлен|не можем доставить|" +
		"送信できません|配信できません|配送できません|届けできません|失敗|エラー|存在しないか|无法|無法|未能|失败|退回|退信"

	daemonNames = "mailer-daemon|mail deliver|mail delivery|postmaster|mailer daemon|delivery subsystem|system administrator|microsoft outlook|mail system|ndr administrator|microsoft exchange|mailer demon|mail administrator|mailserver|mail server|mail-server|mail router|mail gateway|mailadministrator|e-mail-administrator|content-filter|courier mail|message delivery|" +
		"serveur de messagerie|service de messagerie|servidor de correo|servidor de email|sistema de correo|server di posta|sistema di posta|mailsystem|mail-system|mailsysteem|postsystem|почтов|邮箱管理员|郵箱管理員|系统管理员|邮件系统|メールシステム|システム管理者|メール配信"
)

var (
	bounceTitles = sync.OnceValue(func() *wordSet { return newWordSet(bounceSubjects) })
	bounceTexts  = sync.OnceValue(func() *wordSet { return newWordSet(bounceBodies) })
)

// bounceSigns tells whether a mail without machine-readable part is a report
// on a delivery, by what signs, and how sure that is. Words alone are never
// enough: the mail comes from a mail system or by the null path, or it shows
// the mail that it is about.
func bounceSigns(p *mail.Parsed) (signs []string, sure float64) {
	daemon := daemonSign(p)
	answer := mail.BareSubject(p.Subject) != strings.TrimSpace(p.Subject)
	title := bounceTitles().in(plain(p.Subject))
	if answer && daemon == "" {
		title = ""
	}
	if refused := listRefusal(p, title); refused != "" {
		return []string{refused}, 0.8
	}
	if daemon == "" && hasListMark(p) {
		return nil, 0
	}
	failed := strings.TrimSpace(p.Header.Get("X-Failed-Recipients")) != ""
	kind := strings.ToLower(p.Header.Raw("Content-Type"))
	report := strings.HasPrefix(strings.TrimSpace(kind), "multipart/report") && !strings.Contains(kind, "disposition-notification") ||
		p.Report != nil && p.Report.Kind == mail.ReportDelivery
	if title == "" && daemon != "" {
		title = undelivered(plain(p.Subject))
	}
	formula := ""
	if daemon == "" && strings.IndexByte(p.Text, '@') >= 0 {
		formula = undeliveredTo(p)
	}
	if daemon == "" && title == "" && !failed && !report && !p.NullPath && formula == "" {
		return nil, 0
	}
	text := plain(p.Text[:min(len(p.Text), 8000)])
	body := bounceTexts().in(text)
	if body == "" && (daemon != "" || p.NullPath) {
		if body = undelivered(text); body == "" {
			body = reasonIn(text)
		}
	}
	shown := p.Original != nil || hasReturned(p.Text)
	coded := statusIn(text) != "" || codeIn(text) != ""
	automatic := strings.Contains(strings.ToLower(p.Header.Raw("Auto-Submitted")), "auto-replied")
	switch {
	case failed:
		sure = 0.96
	case report && (daemon != "" || title != "" || body != ""):
		sure = 0.93
	case daemon != "" && title != "":
		sure = 0.93
	case daemon != "" && body != "" && (shown || coded):
		sure = 0.9
	case formula != "":
		sure, body = 0.85, formula
	case p.NullPath && p.From == "" && (missing(tokenize(text)) != "" || userSet().in(text) != "") && namesSomebody(p):
		sure = 0.85
	case daemon != "" && body != "" && !answer && namesSomebody(p):
		sure = 0.85
	case title != "" && body != "" && (shown || p.NullPath):
		sure = 0.9
	case title != "" && body != "" && (coded || machineFrom(p)) && namesSomebody(p):
		sure = 0.8
	case p.NullPath && body != "" && shown && !answer:
		sure = 0.8
	case p.NullPath && daemon != "" && shown && !answer:
		sure = 0.85
	case p.NullPath && p.Report == nil && !automatic && (daemon != "" || shown) && (daemon != "" && (body != "" || codeIn(text) != "") || missing(tokenize(text)) != ""):
		sure = 0.85
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

// reasonIn gives the words of a text for why a mail did not or did not yet
// arrive.
func reasonIn(text string) string {
	for _, set := range [...]*wordSet{reasonSet(), delaySet(), blockSet()} {
		if w := set.in(text); w != "" {
			return w
		}
	}
	return ""
}

// Stems of the words for bringing a mail to somebody, and for failing at it.
const (
	stemsBring = "deliver zugestell zustell remis$ remise$ livre$ distribu entreg consegn recapit inoltr bezorg afgelever leverer levere leveres levererat overbrag dostarcz doruc dorece messag meddel melding bericht nachricht mensaj mensag wiadomosc письм доставл toimitta"
	stemsFail  = "not$ no$ rejected$ refused$ abgelehnt abgewiesen rejete refuse rechazad respint rifiutat recusad rejeitad geweigerd avvis afvist odrzucon отклонен failed$ failure unable impossible nicht$ kein fehlgeschlag unmoglich pas$ echec non$ impossibil fallit nao$ falha fallo fallid niet$ mislukt inte$ misslyck ikke$ mislyk fejl$ nie$ niepowodz не$ нельзя невозможно"
)

// undelivered finds a sentence that says, in any of the languages, that a mail
// was not delivered.
func undelivered(text string) string {
	toks := tokenize(text)
	start := 0
	for i := 0; i <= len(toks) && start < 400; i++ {
		if i < len(toks) && !toks[i].ends() {
			continue
		}
		s := wordsOf(toks[start:i])
		start = i + 1
		if len(s) > 1 && len(s) <= 30 && hasStem(s, stemsBring) && hasStem(s, stemsFail) {
			return join(s[:min(len(s), 8)])
		}
	}
	return ""
}

// undeliveredTo finds a line that says that a mail was not delivered, with
// nothing but an address on the next: a server's form, not a person's writing.
func undeliveredTo(p *mail.Parsed) string {
	above, n := "", 0
	for line := range strings.SplitSeq(p.Text[:min(len(p.Text), 2000)], "\n") {
		t := strings.Trim(line, " \t\r<>*")
		if t == "" {
			continue
		}
		if above != "" && strings.IndexByte(t, '@') > 0 && strings.IndexByte(t, ' ') < 0 && strings.IndexByte(above, '@') < 0 {
			if here := addressesIn(t); len(here) == 1 && len(here[0].addr) == len(t) && here[0].addr != p.From {
				if said := undelivered(plain(above)); said != "" {
					return said
				}
			}
		}
		above = t
		if n++; n > 12 {
			break
		}
	}
	return ""
}

// namesSomebody tells whether the words of a mail name an address that is
// neither its sender's nor its recipients'.
func namesSomebody(p *mail.Parsed) bool {
	words, _ := cutReturned(p.Text[:min(len(p.Text), 8000)])
	for _, n := range namedInWords(p, words) {
		if n.addr != "" {
			return true
		}
	}
	return false
}

// listRefusal knows a mailing list that refuses a mail, as the writer is no
// member, by what it says.
func listRefusal(p *mail.Parsed, title string) string {
	local, _, _ := strings.Cut(p.From, "@")
	if firstIn(local, "-ctl|-request|-owner|-admin|-bounces|owner-|majordomo|mailman|listserv|listmaster|ezmlm|sympa") == "" && title == "" {
		return ""
	}
	if w := firstIn(plain(p.Subject+"\n"+p.Text[:min(len(p.Text), 2000)]), "not a member|not member|non-member|only members|members only|members-only|subscribers only|not subscribed|not allowed to post|not authorized to post"); w != "" {
		return `mailing list: "` + w + `"`
	}
	return ""
}

// hasListMark tells whether a mail carries the marks of a mailing list.
func hasListMark(p *mail.Parsed) bool {
	return p.Header.Has("List-Id") || p.Header.Has("List-Unsubscribe") || p.Header.Has("List-Post")
}

// daemonSign tells whether the mail comes from a mail system.
func daemonSign(p *mail.Parsed) string {
	local, _, _ := strings.Cut(p.From, "@")
	compact := compactName(local, "-._ ")
	for _, w := range [...]string{"mailerdaemon", "postmaster", "maildaemon", "maildelivery", "mdaemon", "maildeliverysystem", "microsoftexchange", "mailsystem", "bounces"} {
		if strings.HasPrefix(compact, w) {
			return local
		}
	}
	if w := firstIn(plain(p.FromName), daemonNames); w != "" {
		return p.FromName
	}
	path, _, _ := strings.Cut(p.ReturnPath, "@")
	if strings.EqualFold(path, "mailer-daemon") {
		return "Return-Path " + p.ReturnPath
	}
	if raw := strings.ToLower(p.Header.Raw("From")); p.From == "" && firstIn(raw, "mailer-daemon|postmaster|mail delivery|mail server|mail system") != "" {
		return strings.TrimSpace(raw)
	}
	return ""
}

// compactName is a name without some ASCII characters.
func compactName(name, without string) string {
	if !strings.ContainsAny(name, without) {
		return name
	}
	out := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		if strings.IndexByte(without, name[i]) < 0 {
			out = append(out, name[i])
		}
	}
	return string(out)
}

// machineFrom tells whether the sender is an address that nobody reads.
func machineFrom(p *mail.Parsed) bool {
	local, _, _ := strings.Cut(p.From, "@")
	compact := compactName(local, "-._")
	return firstIn(compact, "noreply|donotreply|nepasrepondre|noresponder|naoresponda|nonrispondere|nichtantworten|daemon|postmaster|bounce|notification|mailer|autoreply|sysadmin") != ""
}
