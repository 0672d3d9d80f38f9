package classify

import (
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// shortStops are whole messages that are a demand to stop.
const shortStops = "|unsubscribe|unsubscribe please|please unsubscribe|unsubscribe me|stop|stop please|please stop|remove|remove me|please remove|please remove me|opt out|optout|take me off|no more|cancel|" +
	"abmelden|bitte abmelden|abbestellen|austragen|loschen|bitte loschen|stopp|desabonnement|desinscription|desabonner|me desabonner|me desinscrire|stop merci|baja|dar de baja|darme de baja|cancelar|cancelar suscripcion|eliminar|" +
	"cancellami|cancellatemi|cancellazione|disiscrivimi|rimuovetemi|rimuovimi|basta|remover|descadastrar|sair|cancelar inscricao|uitschrijven|afmelden|verwijderen|avregistrera|avsluta|sluta|afmeld|frameld|avmeld|wypisz|wypisz mnie|prosze wypisac|rezygnuje|usun|unsub|pls remove|remove pls|remove now|remove me now|losch mich|loschen sie mich|"

// optOut hears a demand to stop. It reads what the person wrote, never the
// quote, and the subject only where it is not that of an answer. Bulk mail
// speaks of unsubscribing from itself.
func optOut(p *mail.Parsed, m machine, hits []hit, text string) (sales.Verdict, bool) {
	v := sales.Verdict{Kind: sales.KindUnsubscribe, Intent: sales.OptOut, OriginalID: p.InReplyTo}
	if m.list != "" && !answers(p) || p.Original != nil && strings.TrimSpace(text) == "" {
		return v, false
	}
	if key := shortKey(p.Subject); !answers(p) && key != "" && strings.Contains(shortStops, "|"+key+"|") && key != "cancel" && key != "stop please" {
		v.Confidence, v.Reasons = 0.95, []string{`subject: "` + clip(p.Subject) + `"`}
		return v, true
	}
	for sentence := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(".!?\n;", r) }) {
		if key := shortKey(sentence); key != "" && strings.Contains(shortStops, "|"+key+"|") {
			v.Confidence, v.Reasons = 0.95, []string{`text: "` + clip(sentence) + `"`}
			return v, true
		}
	}
	best := strongest(hits, meansStop)
	if best.weight == 0 {
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

// shortKey makes a short message comparable; "" when it is not short.
func shortKey(s string) string {
	toks := tokenize(strings.TrimSpace(s))
	words := toks[:0]
	for _, t := range toks {
		if t.word() {
			words = append(words, t)
		}
	}
	if len(words) == 0 || len(words) > 4 {
		return ""
	}
	return join(words)
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
