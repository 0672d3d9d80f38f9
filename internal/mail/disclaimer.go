package mail

import (
	"strings"
	"sync"
)

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

// disclaimerLeads are the beginnings by their first byte.
var disclaimerLeads = sync.OnceValue(func() *[256][]string {
	var out [256][]string
	for lead := range strings.SplitSeq(disclaimers, "|") {
		out[lead[0]] = append(out[lead[0]], lead)
	}
	return &out
})

// splitDisclaimer takes the legal lines off the end: from the first paragraph
// that begins like one and is long or stands last.
func splitDisclaimer(lines []string) (body, rest []string) {
	for i := 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == "" || strings.TrimSpace(lines[i-1]) != "" && !isHeading(lines[i-1]) && !isRule(lines[i-1]) {
			continue
		}
		t := strings.TrimLeft(strings.TrimSpace(lines[i]), "*_-[(\"' ")
		if t == "" {
			continue
		}
		t = strings.ToLower(t[:min(len(t), 120)]) // none of the beginnings is as long
		for _, lead := range disclaimerLeads()[t[0]] {
			if strings.HasPrefix(t, lead) && legalTone(lines[i:]) && nextText(lines[:i], 0) >= 0 {
				for at := i - 1; at > 0 && i-at <= 3; at-- { // its heading, the rule above it
					if t := strings.TrimSpace(lines[at]); isHeading(lines[at]) || t != "" && isRule(lines[at]) {
						i = at
					} else if t != "" {
						break
					}
				}
				return lines[:i], lines[i:]
			}
		}
	}
	return lines, nil
}

// isHeading knows the headings above such lines.
func isHeading(line string) bool {
	if len(line) > 120 { // no such heading is as long
		return false
	}
	switch strings.ToLower(strings.Trim(strings.TrimSpace(line), "*_-:[]() .")) {
	case "disclaimer", "confidentiality notice", "legal notice", "legal disclaimer", "notice", "important notice", "email disclaimer", "haftungsausschluss", "rechtlicher hinweis", "vertraulichkeitshinweis",
		"avis de confidentialité", "aviso legal", "aviso de confidencialidad", "aviso de confidencialidade", "avviso di riservatezza", "clausola di riservatezza", "vertrouwelijkheid":
		return true
	}
	return false
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
