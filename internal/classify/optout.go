package classify

import (
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// Words of messages that are nothing but a demand to stop, all languages at
// once, folded: bareStops demand, barePolite may stand beside them.
const (
	bareStops = " unsubscribe unsubscribed unsub unsubcribe unsuscribe unsubsribe unsubscibe optout remove removed removal delete stop stopp stopped quit cancel " +
		"abmelden abmeldung abbestellen abbestellung austragen austragung loschen losche loschung entfernen streichen raus desinscription desinscrire desinscrivez desabonnement desabonner desabonnez arretez arreter arrete supprimer supprimez retirer retirez " +
		"baja borrar borrenme borreme eliminar eliminenme elimineme desuscribir desuscribirme desuscripcion cancelar basta paren disiscrizione disiscrivere disiscrivetemi disiscrivimi disiscrivermi cancellazione cancellare cancellatemi cancellami cancellarmi rimuovere rimuovetemi rimuovimi rimozione smettetela " +
		"descadastrar descadastro descadastre descadastrem remover removam remova sair chega parem uitschrijven uitschrijving afmelden afmelding verwijderen verwijder avregistrera avregistrering avprenumerera avsluta sluta afmeld afmelde frameld framelde avmeld avmelde avmelding fjern slet slett " +
		"wypisz wypiszcie wypisac wypisanie usun usuncie usunac rezygnuje rezygnacja przestancie "
	barePolite = " please pls plz kindly me us my our this that these the email emails mail mails newsletter newsletters list lists mailing from off of now today thanks thank you asap immediately all just again it here address i you must want to be " +
		"bitte mich uns sofort danke aus der dem liste verteiler ihrer dieser von ihnen sie vom merci svp moi nous s il vous plait te de la le du ma votre liste cette me " +
		"por favor nos gracias dar darme darnos quiero denme suscripcion a mi lista per favore mi ci grazie dalla vostra dal iscrizione inscricao assinatura obrigado obrigada da vossa sua " +
		"mij ons aub graag alstublieft uit lijst van u hiermee mig oss tack prenumeration prenumerationen tak venligst takk vennligst meg fra listen mnie nas prosze z listy dziekuje o "
)

// bareCJK are such messages in scripts without blanks, without their marks.
const bareCJK = "|解除|停止|退会|退訂|退订|取消订阅|取消訂閱|配信停止|配信解除|購読解除|登録解除|削除|停止してください|解除してください|解除希望|配信停止希望|td|退出|停止发送|停止發送|删除|刪除|移除|"

// bareDemand tells whether a text is a demand to stop and nothing else, apart
// from a greeting and politeness.
func bareDemand(text string) bool {
	text = withoutGreeting(text)
	if len(text) > 150 {
		return false
	}
	stripped := strings.ToLower(strings.Trim(strings.TrimSpace(text), ".。!！ 、\n"))
	if strings.Contains(bareCJK, "|"+stripped+"|") && stripped != "" {
		return true
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

// optOut hears a demand to stop. It reads what the person wrote, never the
// quote, and the subject only where it is not that of an answer. Bulk mail
// speaks of unsubscribing from itself, and a machine that answers of what it
// does not do: of those only the plainest words count.
func optOut(p *mail.Parsed, m machine, hits []hit, text string) (sales.Verdict, bool) {
	v := sales.Verdict{Kind: sales.KindUnsubscribe, Intent: sales.OptOut, OriginalID: p.InReplyTo, Confidence: 0.95}
	if p.NullPath && daemonSign(p) != "" || m.list != "" && !answers(p) || p.Original != nil && strings.TrimSpace(text) == "" {
		return v, false
	}
	if !answers(p) && bareDemand(p.Subject) && !strings.EqualFold(strings.TrimSpace(p.Subject), "cancel") {
		v.Reasons = []string{`subject: "` + clip(p.Subject) + `"`}
		return v, true
	}
	if bareDemand(text) {
		v.Reasons = []string{`text: "` + clip(text) + `"`}
		return v, true
	}
	least := 0.0
	if away := strongest(hits, meansAway); m.sure >= 0.7 || away.weight >= 3 && !asksBack(text) {
		least = 3
	} else {
		for _, sentence := range sentencesOf(text) {
			if bareDemand(sentence) {
				v.Reasons = []string{`text: "` + clip(sentence) + `"`}
				return v, true
			}
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
		if h.means == meansStop && len(v.Reasons) < 3 {
			v.Reasons = append(v.Reasons, `text: "`+clip(h.text)+`"`)
		}
	}
	return v, true
}

// ownFooters are lines of ours that may stand in an answer without the mark
// of a quote.
const ownFooters = "to unsubscribe|unsubscribe here|click here to unsubscribe|unsubscribe: http|unsubscribe link|unsubscribe from this list|manage preferences|abmelden: http|hier abmelden|se désabonner : http|darse de baja: http|update your preferences|view in browser"

// theirWords is what the person wrote without footers of ours: lines with an
// unsubscribe link of our form, or with the usual words around one.
func theirWords(p *mail.Parsed) string {
	var b strings.Builder
	for line := range strings.SplitSeq(p.Reply, "\n") {
		low := strings.ToLower(line)
		if strings.Contains(line, "/u/") && strings.Contains(low, "http") || firstIn(low, ownFooters) != "" && (strings.Contains(low, "http") || strings.Contains(low, "click") || strings.Contains(low, "|")) {
			continue
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return withoutLinks(b.String())
}
