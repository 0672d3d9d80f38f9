package inbound

import (
	"context"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"ninetyten/internal/sales"
)

// Folders names the folders of a mailbox that matter; an empty name is none.
type Folders struct {
	Inbox string
	Sent  string
	Junk  string
}

// list gives them in the order in which they are read.
func (f Folders) list() []Folder {
	l := []Folder{{f.Inbox, RoleInbox}}
	if f.Junk != "" {
		l = append(l, Folder{f.Junk, RoleJunk})
	}
	if f.Sent != "" {
		l = append(l, Folder{f.Sent, RoleSent})
	}
	return l
}

// folders finds the folders: those that mb names and the server has, else by
// special use (RFC 6154), else by the names that mail programs give them.
func (cn *conn) folders(ctx context.Context, mb sales.Mailbox) (Folders, error) {
	f := Folders{Inbox: "INBOX"}
	opts := &imap.ListOptions{}
	if cn.caps.Has(imap.CapSpecialUse) && (cn.caps.Has(imap.CapListExtended) || cn.caps.Has(imap.CapIMAP4rev2)) {
		opts.ReturnSpecialUse = true
	}
	var found []*imap.ListData
	err := cn.do(ctx, cn.timeout(0), func() (err error) {
		found, err = cn.c.List("", "*", opts).Collect()
		return err
	})
	if err != nil {
		return f, err
	}
	found = slices.DeleteFunc(found, func(d *imap.ListData) bool {
		return slices.Contains(d.Attrs, imap.MailboxAttrNoSelect) || slices.Contains(d.Attrs, imap.MailboxAttrNonExistent)
	})
	f.Sent = pick(found, mb.SentFolder, imap.MailboxAttrSent, sentNames())
	f.Junk = pick(found, mb.JunkFolder, imap.MailboxAttrJunk, junkNames())
	return f, nil
}

// pick chooses a folder: the wanted one, the one with the attribute, or the
// one with the earliest of the names.
func pick(found []*imap.ListData, wanted string, attr imap.MailboxAttr, names []string) string {
	if wanted != "" {
		for _, d := range found {
			if d.Mailbox == wanted {
				return wanted
			}
		}
	}
	for _, d := range found {
		if slices.ContainsFunc(d.Attrs, func(a imap.MailboxAttr) bool { return strings.EqualFold(string(a), string(attr)) }) {
			return d.Mailbox
		}
	}
	best, rank := "", len(names)
	for _, d := range found {
		if strings.EqualFold(d.Mailbox, "INBOX") {
			continue
		}
		if i := slices.Index(names, foldName(leaf(d))); i >= 0 && i < rank {
			best, rank = d.Mailbox, i
		}
	}
	return best
}

// leaf is the last part of a folder's name: "Sent" of "INBOX.Sent".
func leaf(d *imap.ListData) string {
	if d.Delim == 0 {
		return d.Mailbox
	}
	parts := strings.Split(d.Mailbox, string(d.Delim))
	return parts[len(parts)-1]
}

// foldName makes names comparable: lower case, with spaces for - and _.
func foldName(s string) string {
	s = strings.NewReplacer("-", " ", "_", " ").Replace(strings.ToLower(s))
	return strings.Join(strings.Fields(s), " ")
}

// sentNames are the names of Sent folders in many languages, folded.
func sentNames() []string {
	return []string{
		"sent", "sent items", "sent mail", "sent messages", "outbox sent",
		"gesendet", "gesendete objekte", "gesendete elemente", "gesendete nachrichten", "postausgang gesendet",
		"envoyés", "éléments envoyés", "messages envoyés", "courrier envoyé", "objets envoyés",
		"enviados", "elementos enviados", "mensajes enviados", "correo enviado",
		"itens enviados", "mensagens enviadas", "e mails enviados", "enviadas",
		"inviata", "inviati", "posta inviata", "elementi inviati", "messaggi inviati",
		"verzonden", "verzonden items", "verzonden objecten", "verzonden berichten",
		"skickat", "skickade", "skickade objekt", "skickade meddelanden",
		"sendt", "sendte", "sendte elementer", "sendt post", "sendte meldinger",
		"lähetetyt", "lähetetyt viestit", "wysłane", "elementy wysłane", "wysłane wiadomości",
		"odeslané", "odeslaná pošta", "odoslané", "odoslaná pošta", "elküldött", "elküldött elemek",
		"trimise", "elemente trimise", "изпратени", "отправленные", "надіслані",
		"απεσταλμένα", "gönderilmiş", "gönderilmiş öğeler", "gönderilenler", "poslano", "poslane stavke",
		"送信済み", "送信済みアイテム", "送信済みメール", "已发送", "已发送邮件", "寄件備份", "보낸편지함", "보낸 편지함",
	}
}

// junkNames are the names of Junk folders in many languages, folded.
func junkNames() []string {
	return []string{
		"junk", "spam", "junk e mail", "junk email", "junk mail", "bulk mail", "bulk",
		"spamverdacht", "unerwünscht", "unerwünschte werbung", "werbung",
		"courrier indésirable", "indésirables", "pourriel", "spams",
		"correo no deseado", "no deseado", "lixo eletrônico", "lixo eletrónico", "lixo",
		"posta indesiderata", "indesiderata", "ongewenste e mail", "ongewenste post", "ongewenst",
		"skräppost", "søppelpost", "uønsket post", "uønsket", "uønsket e mail", "roskaposti",
		"niechciane", "wiadomości śmieci", "nevyžádaná pošta", "nevyžiadaná pošta", "levélszemét",
		"спам", "нежелательная почта", "небажана пошта", "ανεπιθύμητα", "gereksiz", "istenmeyen e posta",
		"迷惑メール", "垃圾邮件", "垃圾郵件", "스팸", "스팸메일함",
	}
}
