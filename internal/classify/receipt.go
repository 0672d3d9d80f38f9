package classify

import (
	"strings"
	"sync"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// receipt reads a receipt of reading (RFC 8098), also one that only has
// words: neither a person's words nor a failure.
func receipt(p *mail.Parsed) (sales.Verdict, bool) {
	if p.Report != nil && p.Report.Kind == mail.ReportDisposition {
		return sales.Verdict{Kind: sales.KindOther, Confidence: 0.95, OriginalID: originalID(p),
			Reasons: []string{"read receipt (RFC 8098), Disposition: " + orWord(p.Report.Message.Get("Disposition"), "not given")}}, true
	}
	if len(p.Text) > 3000 {
		return sales.Verdict{}, false
	}
	title := startOf(plain(p.Subject), receiptStartSet())
	if title == "" {
		return sales.Verdict{}, false
	}
	body := receiptTextSet().in(plain(p.Text))
	if body == "" {
		return sales.Verdict{}, false
	}
	return sales.Verdict{Kind: sales.KindOther, Confidence: 0.85, OriginalID: originalID(p),
		Reasons: []string{`read receipt: subject "` + title + `", text "` + body + `"`}}, true
}

// Subjects and texts of receipts of reading, in the form of plain.
const (
	receiptStarts = "read:|not read:|gelesen:|ungelesen:|lu :|lu:|non lu :|non lu:|leido:|no leido:|letto:|non letto:|da leggere:|lida:|nao lida:|gelezen:|niet gelezen:|ongelezen:|last:|olast:|laest:|ulaest:|lest:|ulest:|przeczytano:|nieprzeczytano:|odczytano:|luettu:|przeczytana:|прочитано:|read receipt|return receipt|receipt notification|lesebestatigung|empfangsbestatigung|accuse de lecture|confirmation de lecture|confirmacion de lectura|acuse de lectura|conferma di lettura|ricevuta di ritorno|confirmacao de leitura|recibo de leitura|leesbevestiging|leesbewijs|laskvitto|laskvittens|laesekvittering|lesebekreftelse|potwierdzenie przeczytania|開封済み|開封確認|既読|已读|已讀|阅读回执|讀取回條"
	receiptTexts  = "was read on|was displayed|has been displayed|was deleted without|was not read|been read|read on|wurde gelesen|ungelesen geloscht|wurde am|angezeigt|a ete lu|a ete affiche|supprime sans|ha sido leido|se ha leido|fue leido|se leyo|eliminado sin|e stato letto|e stata letta|eliminato senza|foi lida|foi lido|excluida sem|is gelezen|verwijderd zonder|lastes|har last|blev laest|er laest|ble lest|er lest|slettet uten|zostala przeczytana|zostala odczytana|zostala usunieta|прочитан|this is a receipt|this is a return receipt|開封されました|表示されました|已阅读|已于|已閱讀"
)

var (
	receiptStartSet = sync.OnceValue(func() []string { return strings.Split(receiptStarts, "|") })
	receiptTextSet  = sync.OnceValue(func() *wordSet { return newWordSet(receiptTexts) })
)
