package classify

import (
	"slices"
	"strings"
	"sync"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// Words of messages that are nothing but a demand to stop, all languages at
// once, folded: bareStops demand, barePolite may stand beside them.
const (
	bareStops = " unsubscribe unsubscribed unsub unsubcribe unsuscribe unsubsribe unsubscibe optout remove removed removal delete stop stopp stopped quit cancel " +
		"abmelden abmeldung abbestellen abbestellung austragen austragung loschen losche loschung entfernen streichen raus desinscription desinscrire desinscrivez desabonnement desabonner desabonnez arretez arreter arrete supprimer supprimez retirer retirez " +
		"baja borrar borrenme borreme eliminar eliminenme elimineme desuscribir desuscribirme desuscripcion cancelar basta paren disiscrizione disiscrivere disiscrivetemi disiscrivimi disiscrivermi cancellazione cancellare cancellatemi cancellami cancellarmi rimuovere rimuovetemi rimuovimi rimozione smettetela " +
		"descadastrar descadastro descadastre descadastrem remover removam remova sair chega parem uitschrijven uitschrijving schrijven afmelden afmelding verwijderen verwijder avregistrera avregistrering avprenumerera avsluta sluta afmeld afmelde frameld framelde avmeld avmelde avmelding fjern slet slett " +
		"wypisz wypiszcie wypisac wypisanie usun usuncie usunac rezygnuje rezygnacja przestancie "
	barePolite = " please pls plz kindly me us my our this that these the email emails mail mails newsletter newsletters list lists mailing from off of now today thanks thank you asap immediately all just again it here address i you must want to be " +
		"bitte mich uns sofort danke aus der dem liste verteiler ihrer dieser von ihnen sie vom merci svp moi nous s il vous plait te de la le du ma votre liste cette me " +
		"por favor nos gracias dar darme darnos quiero denme suscripcion a mi lista per favore mi ci grazie dalla vostra dal iscrizione inscricao assinatura obrigado obrigada da vossa sua " +
		"mij ons uit te gelieve aub graag alstublieft uit lijst van u hiermee mig oss tack prenumeration prenumerationen tak venligst takk vennligst meg fra listen mnie nas prosze z listy dziekuje o "
)

// vagueStop tells whether a demand of one word may mean anything: "Stop!" before
// a question is none.
func vagueStop(sentence string) bool {
	words := wordsOf(tokenize(sentence))
	return len(words) == 1 && strings.Contains(" stop stopp cancel quit delete remove basta chega raus cancelar sair slett slet usun ", " "+string(words[0])+" ")
}

// bareCJK are such messages in scripts without blanks, without their marks.
const bareCJK = "|解除|停止|退会|退訂|退订|取消订阅|取消訂閱|配信停止|配信解除|購読解除|登録解除|削除|停止してください|解除してください|解除希望|配信停止希望|td|退出|停止发送|停止發送|删除|刪除|移除|"

// bareWords are all words that such a message may have.
var bareWords = sync.OnceValue(func() map[string]bool {
	return setOf(bareStops, barePolite, " opt out take ta meld bort av af ab ")
})

// bareDemand tells whether a text is a demand to stop and nothing else, apart
// from a greeting and politeness.
func bareDemand(text string) bool {
	if len(text) > 600 || strings.Count(strings.TrimSpace(text), " ") > 16 {
		return false
	}
	text = withoutGreeting(text)
	if len(text) > 150 {
		return false
	}
	if latinWords(text) > 7 {
		return false
	}
	stripped := strings.ToLower(strings.Trim(strings.TrimSpace(text), ".。!！ 、\n"))
	if strings.Contains(bareCJK, "|"+stripped+"|") && stripped != "" {
		return true
	}
	bare := bareWords()
	if first := firstToken(text); first == "" || token(first).word() && !bare[first] {
		return false
	}
	words := wordsOf(tokenize(text))
	if len(words) == 0 || len(words) > 7 {
		return false
	}
	demands := false
	for i, w := range words {
		switch {
		case strings.Contains(bareStops, " "+string(w)+" "):
			demands = true
		case w == "opt" && i+1 < len(words) && words[i+1] == "out", w == "take" && i+2 < len(words) && words[i+2] == "off", w == "ta" && i+1 < len(words) && words[i+1] == "bort", w == "meld" && i+1 < len(words):
			demands = true
		case w == "out", w == "bort", w == "av", w == "af", w == "ab":
		case !strings.Contains(barePolite, " "+string(w)+" "):
			return false
		}
	}
	return demands
}

// latinWords counts what stands between blanks and begins with an ASCII letter:
// each is a word at least.
func latinWords(text string) int {
	n, blank := 0, true
	for i := 0; i < len(text); i++ {
		c := text[i]
		if blank && (c|0x20 >= 'a' && c|0x20 <= 'z') {
			n++
		}
		blank = c == ' ' || c == '\n' || c == '\t'
	}
	return n
}

// byMailto knows the subject that a mail program sends for a link of the form
// <mailto:leave@seller.example?subject=unsubscribe%20TOKEN> (RFC 2369 section
// 3.2): the word, and a token or an address.
func byMailto(subject string) bool {
	word, rest, ok := strings.Cut(strings.TrimSpace(strings.ToLower(subject)), " ")
	if !ok {
		word, rest, ok = strings.Cut(word, ":")
	}
	word = strings.Trim(word, ":-")
	if !ok || word == "" || !strings.Contains(" unsubscribe unsub optout opt-out remove stop abmelden abmeldung desinscription désinscription baja cancellazione uitschrijven afmelden avregistrera afmeld avmeld wypisz ", " "+word+" ") {
		return false
	}
	fields := strings.Fields(rest)
	for _, f := range fields {
		if !strings.ContainsAny(f, "0123456789@=") && len(f) < 16 {
			return false
		}
	}
	return len(fields) > 0 && len(fields) <= 3
}

// ofOthers tells whether a demand is part of a sentence about other people or
// of a name for a thing: "does it remove them from all lists?", "our
// unsubscribe rate".
func ofOthers(toks []token, h hit) bool {
	if h.from < 0 || h.to > len(toks) {
		return false
	}
	if h.to < len(toks) && strings.HasPrefix(string(toks[h.to]), "request") {
		if s, asks := sentenceAt(toks, h.from); !asks && hasStem(s, "consider treat this$ my$") && hasStem(s, "consider treat take$ is$") {
			return false
		}
	}
	if h.to < len(toks) && strings.Contains(" rate rates link links page button form forms process option options feature features function functionality header headers list lists request requests quote quoten link rate taux tasa tasso taxa ", " "+string(toks[h.to])+" ") && hasStem(toks[h.to-1:h.to], "out$ unsubscribe$ unsub abmelde") {
		return true
	}
	if h.to < len(toks) && toks[h.to-1] == "list" && strings.Contains(" price prices pricing view server ", " "+string(toks[h.to])+" ") {
		return true
	}
	s, asks := sentenceAt(toks, h.from)
	if !asks && (ourDoing(clauseAt(toks, h.from)) || onlyMissing(s)) {
		return true
	}
	if !asks && (otherChannel(s) || otherObject(toks, h) || meInstead(toks, h)) {
		return true
	}
	return asks && ofCustomers(s)
}

// ofCustomers tells whether a question is about what other people can do.
func ofCustomers(s []token) bool {
	return hasStem(s, "customer client kunde$ nutzer benutzer teilnehmer mitarbeiter anwender utilisateur usuari utent gebruiker anvandar bruger$ bruker$ uzytkownik klient kundene$ kunderna$ asiakka zakazni musteri клиент contacts$ subscriber recipient user people lead$ leads$ prospect them$ they$ tool$ system$ software$ product$ kunden empfanger abonnent kontakte clients abonnes clientes suscriptor destinatari contatti clienti klanten ontvangers kunder mottagare modtagere klientow klienci odbiorc klienci") && !hasStem(s, "me$ mich$ moi$ us$ uns$ nous$ mij$ ons$ mig$ meg$ oss$ mnie$")
}

// ourDoing knows a statement of what the writer's people do or did: "we removed
// everyone from the list". A wish, and what is to be done to them, is none.
func ourDoing(s []token) bool {
	return len(s) > 1 && (hasStem(s[:1], "we$ wir$ nous$ they$ nosotros$ noi$ wij$") || s[0] == "vi" && hasStem(s[1:2], "har$ skicka sender$ sletter$ raderar$ tar$")) &&
		!hasStem(s, "me$ us$ uns$ nos$ ons$ oss$ ci$ want$ wish$ like$ ask asked$ request$ demand$ require prefer need$ mochten$ wollen$ wunsch bitten$ voulons souhait demand veux queremos deseamos pedimos solicit vogliamo desider chied queremos desej pedim willen$ wens verzoek vill$ onsk chcemy prosimy not$ no$ nicht$ kein plus$ niet$ inte$ ikke$ never$ non$ object widersprech oppos")
}

// clauseAt gives the words between the commas around token i.
func clauseAt(toks []token, i int) []token {
	start, end := i, i
	for start > 0 && toks[start-1].word() {
		start--
	}
	for end < len(toks) && toks[end].word() {
		end++
	}
	return toks[start:end]
}

// onlyMissing knows a statement that something does not arrive any more: "non
// riceviamo più le vostre fatture".
func onlyMissing(s []token) bool {
	return hasStem(s, "riceviamo recevons recibimos recebemos modtager$ mottar$ otrzymujemy erhalten$") && !hasStem(s, stemsWish) && hasStem(s, "factur fattur fatur faktur rechnung commande pedido ordin bestell ordre zamow document vostre$ vos$ sus$ suas$ jeres$ deres$")
}

// otherChannel knows "don't email me, call me on 555 0100": the writer wants
// to be reached, only otherwise.
func otherChannel(s []token) bool {
	for i, w := range s[:max(len(s)-1, 0)] {
		switch w {
		case "call", "ring", "phone", "text", "whatsapp", "message":
			if next := s[i+1]; (next == "me" || next == "us") && (i == 0 || s[i-1] != "not" && s[i-1] != "to" && s[i-1] != "or" && s[i-1] != "never" && s[i-1] != "and") {
				return true
			}
		}
	}
	return hasStem(s, "instead$ stattdessen$ lieber$ plutot$ mejor$ invece$ hellere$ hellre$ heller$ helst$ liever$ raczej$ wole$ wolimy$ prefer prefier prefir meglio$ radeji$ mieluummin$ лучше$ stallet$ stedet$") && hasStem(s, "call ring$ phone telefon ruf$ rufen anruf appel llam chiam ligu bel$ bellen zadzwon dzwon ringe$ ringa$ volej nevolej soitta aram звон slack whatsapp teams linkedin")
}

// meInstead knows "don't email Peter, email me": in a clause of its own the
// writer asks for mail.
func meInstead(toks []token, h hit) bool {
	for i := h.from; i+2 < len(toks) && !toks[i].ends(); i++ {
		if toks[i] != "," || !hasStem(toks[i+1:i+2], "email$ mail$ write$ contact$ message$ schreib schick ecri escrib scriv escrev mail$ skriv mejla$ pisz") {
			continue
		}
		if clause := clauseAt(toks, i+1); len(clause) <= 4 && hasStem(clause, stemsMeObject) && !hasStem(clause, stemsNot+" "+stemsMore+" ever$ dare$") {
			return true
		}
	}
	return false
}

// otherObject knows "be removed from this task": what the writer is to be
// taken from is named, and it is no list.
func otherObject(toks []token, h hit) bool {
	if h.to >= len(toks) || toks[h.to-1] != "from" && toks[h.to-1] != "off" {
		return false
	}
	if toks[h.to-1] == "off" {
		if end := min(len(toks), h.to+4); hasStem(toks[h.to:end], "invite$ invites$ invitation agenda$ schedule$ rota$ calendar$ quote$ invoice order$") {
			return true
		}
		return toks[h.to].word() && !strings.Contains(" the this your any all list lists mailing it of that these here now please asap immediately its ur thanks and or from ", " "+string(toks[h.to])+" ")
	}
	end := h.to
	for end < len(toks) && end < h.to+4 && toks[end].word() {
		end++
	}
	return hasStem(toks[h.to:end], "task project meeting thread ticket cc$ loop$ team$ group$ board$ position role$ invoice account$ proposal quote$ order$")
}

// cjkDemand finds a demand to stop in Japanese or Chinese by its parts: what
// shall end, and that it shall; a statement or a question is none.
func cjkDemand(text string) string {
	if !hasIdeographs(text) {
		return ""
	}
	for _, s := range sentencesOf(text) {
		if firstIn(s, "？|?|吗|嗎|ですか|ますか|でしょうか") != "" && firstIn(s, "いただけ|もらえ|くださ|下さ|能否|可以") == "" {
			continue
		}
		mails := firstIn(s, "メール|メルマガ|配信|リスト|名簿|アドレス|個人情報|登録|購読|連絡|営業|案内|ダイレクト|邮件|郵件|邮箱|信给我|信給我|寄信|来信|來信|广告|廣告|推送|名单|名單|列表|订阅|訂閱|联系|聯繫|联络|聯絡|打扰|打擾|短信|个人信息|個人資料|我的信息|我的资料|我的數據|我的数据")
		if mails == "" {
			continue
		}
		end := firstIn(s, "停止して|停止を|停止し|停止の|停止希望|解除して|解除を|解除し|解除希望|外してください|外して下さい|除外|削除してください|削除して下さい|削除をお願い|削除を希望|抹消|やめて|止めて|送らないで|送らない|送ってこないで|消去して|消去を|送付しない|送信しない|しないでください|しないで下さい|不要です|不要と|お断り|遠慮|控えて|希望しません|拒否します|停止发送|停止發送|停止寄|停止给我|停止給我|退订|退訂|取消订阅|取消訂閱|删除|刪除|删掉|刪掉|移除|移出|去掉|去除|剔除|不要再|别再|別再|请勿再|請勿再|勿再|不想再|不希望再|不愿再|不需要再|拒绝接收|拒收|不再接收|不要给我|不要給我|别给我|別給我")
		if end == "" || firstIn(s, "我们的客户|我們的客戶|お客様の|顧客の|弊社の") != "" {
			continue
		}
		if (strings.HasPrefix(end, "削除") || end == "删除" || end == "刪除" || end == "移除" || end == "去掉" || end == "删掉" || end == "刪掉" || end == "去除") && firstIn(s, "リスト|名簿|アドレス|個人情報|登録|連絡先|名单|名單|列表|邮箱|信息|资料|資料|数据|联系方式|聯絡方式|联系|郵件|邮件") == "" {
			continue
		}
		return clip(s)
	}
	return ""
}

// optOut hears a demand to stop. It reads what the person wrote, never the
// quote, and the subject only where it is not that of an answer. Bulk mail
// speaks of unsubscribing from itself, and a machine that answers of what it
// does not do: of those only the plainest words count.
func optOut(p *mail.Parsed, m machine, hits []hit, text string, mem *memory) (sales.Verdict, bool) {
	v := sales.Verdict{Kind: sales.KindUnsubscribe, Intent: sales.OptOut, OriginalID: p.InReplyTo, Confidence: 0.95}
	if p.NullPath && daemonSign(p) != "" || m.list != "" && !answers(p) || p.Original != nil && strings.TrimSpace(text) == "" {
		return v, false
	}
	if !answers(p) && (bareDemand(p.Subject) && !strings.EqualFold(strings.TrimSpace(p.Subject), "cancel") || byMailto(p.Subject)) {
		v.Reasons = []string{`subject: "` + clip(p.Subject) + `"`}
		return v, true
	}
	if mem.bareDemand(text) {
		v.Reasons = []string{`text: "` + clip(text) + `"`}
		return v, true
	}
	least := 0.0
	if away := strongest(hits, meansAway); m.sure >= 0.7 || away.weight >= 3 && !asksBack(text) {
		least = 3
	} else {
		asks := asksBack(text)
		for _, sentence := range mem.sentences(text) {
			if mem.bareDemand(sentence) && !(asks && vagueStop(sentence)) {
				v.Reasons = []string{`text: "` + clip(sentence) + `"`}
				return v, true
			}
		}
	}
	if least == 0 {
		if said := cjkDemand(text); said != "" {
			v.Reasons, v.Confidence = []string{`text: "` + said + `"`}, 0.85
			return v, true
		}
	}
	best := strongest(hits, meansStop)
	if best.weight == 0 || best.weight < least {
		return v, false
	}
	v.Confidence = 0.93
	switch {
	case best.weight < 3:
		v.Confidence = 0.8
	case m.sure >= 0.8:
		v.Confidence = 0.75
	}
	for _, h := range hits {
		said := `text: "` + clip(h.text) + `"`
		if h.means == meansStop && len(v.Reasons) < 3 && !slices.Contains(v.Reasons, said) {
			v.Reasons = append(v.Reasons, said)
		}
	}
	return v, true
}

// ownFooters are lines of ours that may stand in an answer without the mark
// of a quote.
const ownFooters = "to unsubscribe|unsubscribe here|click here to unsubscribe|unsubscribe: http|unsubscribe link|unsubscribe from this list|manage preferences|abmelden: http|hier abmelden|se désabonner : http|darse de baja: http|update your preferences|view in browser"

var ownFooterSet = sync.OnceValue(func() *wordSet { return newWordSet(ownFooters) })

// theirWords is what the person wrote without footers of ours: lines with an
// unsubscribe link of our form, or with the usual words around one.
func theirWords(p *mail.Parsed) string {
	low := strings.ToLower(p.Reply)
	if !strings.Contains(p.Reply, "/u/") && ownFooterSet().in(low) == "" {
		return withoutLinks(withoutOffers(p.Reply, low) + "\n")
	}
	var b strings.Builder
	for line := range strings.SplitSeq(p.Reply, "\n") {
		low := strings.ToLower(line)
		if strings.Contains(line, "/u/") && strings.Contains(low, "http") || firstIn(low, ownFooters) != "" && (strings.Contains(low, "http") || strings.Contains(low, "click") || strings.Contains(low, "|")) {
			continue
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return withoutLinks(withoutOffers(b.String(), low))
}
