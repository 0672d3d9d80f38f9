package classify

import (
	"strings"
	"sync"
)

// What the lines below a person's own mail say to its readers about the mails
// of their firm: beginnings of sentences in the form of plain. A demand of the
// person begins otherwise.
const (
	// Complete by themselves.
	footerPlain = "you are receiving this|you received this e|you received this message because|you're receiving this|you can unsubscribe|you may unsubscribe|you can opt out|you can opt-out|you may opt out|you may opt-out|you can always unsubscribe|you can always opt|you can also unsubscribe|unsubscribe from our|unsubscribe at any time|want to unsubscribe?|want to opt out?|don't want to hear from us|do not want to hear from us|" +
		"sie erhalten diese|vous recevez ce|recibe este|ha recibido este correo|ha recibido este mensaje|ricevi questa|riceve questa|hai ricevuto questa|voce esta recebendo|esta recebendo este|recebeu este|u ontvangt dit|u ontvangt deze|je ontvangt dit|je ontvangt deze|" +
		"du far det har|du far detta|du modtager denne|du mottar denne|otrzymujesz te|otrzymuja panstwo"
	// What to do to get out, of which the sentence has to say how.
	footerTo = "to unsubscribe|to opt out|to opt-out|to stop receiving|to be removed from|to no longer receive|unsubscribe here|zum abmelden|zum abbestellen|um sich abzumelden|um keine weiteren|um den newsletter|pour vous d|pour se d|pour ne plus recevoir|" +
		"para darse de baja|para darte de baja|para dejar de recibir|para no recibir|per cancellarsi|per cancellarti|per disiscriver|per non ricevere|para deixar de receber|para nao receber|para descadastrar|" +
		"om u uit te schrijven|om je uit te schrijven|om u af te melden|om je af te melden|for att avregistrera|for att avprenumerera|for att avsluta|for at afmelde|for at framelde|for a melde deg av|for a avslutte|aby sie wypisac|aby zrezygnowac"
	footerHow = "click|link|here|visit|reply|send |use |go to|press|http|below|follow|write to|update|preferences|klick|hier|cliqu|ici|clic|aqui|qui|klik|klicka|klikk|klicka har|kliknij|tutaj"
	// Conditions, of which the sentence has to say that they are about mails.
	footerIf = "if you wish no longer|if you no longer wi|if you no longer wa|if you do not wi|if you do not wa|if you don't wi|if you don't wa|if you would rather not|if you'd rather not|if you prefer not|should you no longer|should you not|" +
		"wenn sie kein|wenn sie nicht|wenn du kein|falls sie kein|falls sie nicht|falls du kein|sollten sie kein|mochten sie kein|mochtest du kein|sofern sie kein|" +
		"si vous ne|si vous n'|si vous souhaitez ne|si tu ne|au cas ou vous ne|vous ne souhaitez plus|" +
		"si no desea|si no quiere|si ya no|si usted no|si prefiere no|si desea no|si desea dejar|no desea recibir|" +
		"se non desider|se non vuo|se non vole|qualora non|se preferisc|non desidera piu|non vuoi piu|" +
		"caso nao|se nao deseja|se nao quer|se nao quiser|se voce nao|se preferir nao|nao deseja|nao quer mais|" +
		"als u geen|als je geen|als u niet|wilt u geen|wil je geen|indien u geen|mocht u geen|" +
		"om du inte|vill du inte|om ni inte|onskar du inte|" +
		"hvis du ikke|onsker du ikke|hvis i ikke|dersom du ikke|" +
		"jesli nie chce|jezeli nie chce|jesli nie zyczy|jezeli nie zyczy|nie chcesz"
	footerAbout = "receiv|hear from us|contacted|removed from|unsubscri|opt out|opt-out|newsletter|emails from us|mails from us|erhalten mocht|erhalten woll|erhalten wunsch|bekommen mocht|empfangen mocht|recevoir|recibir|ricever|receber|ontvang|fa fler|ha fler|utskick|flere mails|flere e|modtage|motta|otrzymyw|otrzymac"
	// Offers, of which it has to say that they lead out.
	footerWould = "if you would like to|if you'd like to|if you wish to|if you want to|click here|click the link|cliquez ici|cliquez sur|haga clic|clicca qui|clique aqui|klik hier|klicka har|klik her|klikk her|kliknij|wenn sie sich|si vous souhaitez|si desea|se desidera|se desejar|als u zich|om du vill|hvis du vil|jesli chcesz|puede cancelar|para cancelar|pode cancelar|sie konnen |vous pouvez |puede darse|puedes darte|puoi |puo |voce pode|u kunt |je kunt |du kan |mozesz |mozna "
	footerOut   = "unsubscri|opt out|opt-out|removed from|stop receiving|no longer receive|abmelden|abbestellen|austragen|desinscrire|desabonner|ne plus recevoir|darse de baja|dejar de recibir|suscripcion|disiscriv|cancellarsi|non ricevere|descadastr|deixar de receber|inscricao|assinatura|uitschrijven|afmelden|avregistrera|avprenumerera|afmelde|framelde|melde deg av|wypisac|zrezygnowac"
	// Parts of all these as they are written, without one of which no line is looked at.
	footerGate = "receiv|unsub|opt out|opt-out|hear from us|removed from|contacted|newsletter|emails from us|mails from us|abmeld|abbestell|abzumelden|austragen|keine weiteren|erhalten|bekommen|empfangen|désinscri|désabonn|desinscri|desabonn|recevoir|recevez|recib|suscrip|de baja|ricev|disiscri|cancell|receb|descadast|inscri|assinatura|ontvang|schrijven|af te meld|afmeld|avregistrer|avprenum|avsluta|avslutte|få fler|ha fler|utskick|du får|flere mails|flere e|modtage|motta|framelde|melde deg av|otrzym|wypisa|zrezygn|://|" + footerCJK
	footerCJK  = "不要な方は|不要の方は|希望されない方|ご希望でない方|ご不要の場合|配信停止できます|配信停止はこちら|配信解除はこちら|購読解除はこちら|如不想再收到我们|如不希望再收到|如果您不想再收到|如您不想|若不想|点击退订|點擊退訂|点此退订|點此退訂|退订请"
)

// footers are the lists as sets, the beginnings by their first two bytes.
type footers struct {
	plain, ways, conditions, offers pairs[string]
	how, about, out, cjk, gate      *wordSet
}

var theirFooters = sync.OnceValue(func() *footers {
	f := &footers{how: newWordSet(footerHow), about: newWordSet(footerAbout), out: newWordSet(footerOut), cjk: newWordSet(footerCJK), gate: newWordSet(footerGate)}
	for w := range strings.SplitSeq(footerPlain, "|") {
		f.plain.add(w, w)
	}
	for w := range strings.SplitSeq(footerTo, "|") {
		f.ways.add(w, w)
	}
	for w := range strings.SplitSeq(footerIf, "|") {
		f.conditions.add(w, w)
	}
	for w := range strings.SplitSeq(footerWould, "|") {
		f.offers.add(w, w)
	}
	return f
})

// begins tells whether a sentence begins as one of the offers of a footer does.
func (f *footers) begins(s string) bool {
	has := func(p *pairs[string]) bool {
		list, _ := p.of(s)
		for _, w := range list {
			if strings.HasPrefix(s, w) {
				return true
			}
		}
		return false
	}
	switch s = strings.TrimLeft(s, " *_-|>([\"'"); {
	case has(&f.plain):
	case has(&f.ways) && f.how.in(s) != "":
	case has(&f.conditions) && f.about.in(s) != "":
	case has(&f.offers) && f.out.in(s) != "":
	default:
		return false
	}
	// "You can unsubscribe me", "to unsubscribe what must I do?": the person's own.
	return !ownWords(s)
}

// offersOut tells whether a line, in the form of plain, offers to its readers to
// get no more mail.
func (f *footers) offersOut(line string) bool {
	if f.begins(line) {
		return true
	}
	for i := 0; i+2 < len(line); i++ {
		if (line[i] == '.' || line[i] == '!' || line[i] == '?' || line[i] == '|') && line[i+1] == ' ' && f.begins(line[i+2:]) {
			return true
		}
	}
	return f.cjk.in(line) != ""
}

// withoutOffers leaves out what a person's mail offers to its own readers: from
// such a line to the end of its paragraph. low is the text in lower case, or one
// that it is part of.
func withoutOffers(text, low string) string {
	f := theirFooters()
	if f.gate.in(low) == "" {
		return text
	}
	var b strings.Builder
	dropping, dropped := false, false
	for line := range strings.Lines(text) {
		switch {
		case strings.TrimSpace(line) == "":
			dropping = false
		case leadsOut(line):
			dropped = true
			continue
		case !dropping:
			dropping = f.offersOut(plain(line))
			dropped = dropped || dropping
		}
		if !dropping {
			b.WriteString(line)
		}
	}
	if !dropped || !hasWords(b.String()) { // nothing else is there: it is what they say
		return text
	}
	return b.String()
}

// leadsOut knows a line that is a few words and the address of a page at which
// people get out: "Unsubscribe <https://news.buyer.example/x>".
func leadsOut(line string) bool {
	if len(line) > 400 || !strings.Contains(line, "://") {
		return false
	}
	rest := plain(withoutLinks(line + "\n"))
	return len(strings.Fields(rest)) <= 5 && (theirFooters().out.in(rest) != "" || bareDemand(strings.Trim(rest, "<>:-| "))) && !ownWords(rest)
}

// ownWords tells whether words, in the form of plain, speak of their writer.
func ownWords(s string) bool {
	return firstIn(" "+strings.NewReplacer(",", " ", ".", " ", "?", " ", "!", " ").Replace(s)+" ", " me | i | i'm | my | mich | mir | ich | moi | je | m'| mi | mig | meg | mij | jag | jeg | mnie ") != ""
}

// withoutLinkLines takes the lines that are nothing but links of HTML out of what
// was read, and reads it again; false when there are none.
func (r *climber) withoutLinkLines() bool {
	links := r.p.LinkTexts()
	if len(links) == 0 {
		return false
	}
	var b strings.Builder
	for line := range strings.Lines(r.text) {
		rest := line
		for _, l := range links {
			rest = strings.Replace(rest, l, "", 1)
		}
		if rest == line || hasWords(rest) {
			b.WriteString(line)
		}
	}
	if b.Len() == len(r.text) || !hasWords(b.String()) {
		return false
	}
	r.text = b.String()
	r.mem = newMemory()
	r.mem.read(r.text)
	r.hits, r.toks = phrasesIn(r.text, r.mem)
	return true
}
