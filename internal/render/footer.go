package render

import (
	"strings"

	"ninetyten/internal/sales"
)

// footer is what stands below the signature.
type footer struct {
	address string
	words   string // of the unsubscribe line, without a full stop
	url     string
}

func footerOf(o Options) (footer, error) {
	f := footer{address: part(tidy(o.PostalAddress)), url: strings.TrimSpace(o.UnsubscribeURL)}
	if f.url == "" {
		return f, nil
	}
	if !hasScheme(f.url) || !goodLink(f.url) || len(f.url) > maxLink || strings.ContainsAny(f.url, " \t\n<>\"{}") || clean(f.url) != f.url {
		return footer{}, sales.Errorf(sales.Invalid, "The unsubscribe address %q is no web address. Set the public address of this installation, for example https://sales.company.com.", clip(f.url))
	}
	f.words = UnsubscribeWords(o.FooterLanguage)
	return f, nil
}

// part breaks up braces that could be read as a template later.
func part(s string) string {
	if tagAt(s) < 0 {
		return s
	}
	var f filling
	f.write(s)
	return string(f.out)
}

// FooterLanguages are the languages that the unsubscribe line is written in.
func FooterLanguages() []string {
	return []string{"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "pl", "ja", "zh"}
}

// UnsubscribeWords is the unsubscribe line in the language of a BCP 47 tag
// ("pt-BR" is Portuguese); English when the language is not known.
func UnsubscribeWords(tag string) string {
	lang, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	switch lang {
	case "de":
		return "Wenn Sie keine weiteren Mails von mir möchten, können Sie sich hier abmelden"
	case "fr":
		return "Si vous ne souhaitez plus recevoir mes messages, vous pouvez vous désinscrire ici"
	case "es":
		return "Si no desea recibir más correos míos, puede darse de baja aquí"
	case "it":
		return "Se non desidera ricevere altre mie e-mail, può annullare l’iscrizione qui"
	case "pt":
		return "Se não quiser receber mais e-mails meus, pode cancelar a subscrição aqui"
	case "nl":
		return "Wilt u geen e-mails meer van mij ontvangen, dan kunt u zich hier afmelden"
	case "sv":
		return "Vill du inte få fler mejl från mig kan du avregistrera dig här"
	case "da":
		return "Hvis du ikke vil have flere mails fra mig, kan du afmelde dig her"
	case "pl":
		return "Jeśli nie chcesz otrzymywać ode mnie kolejnych wiadomości, możesz wypisać się tutaj"
	case "ja":
		return "今後メールの受信を希望されない場合は、こちらから配信を停止できます"
	case "zh":
		return "如果您不想再收到我的邮件，可以在这里退订"
	}
	return "If you would rather not hear from me again, you can unsubscribe here"
}
