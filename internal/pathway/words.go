package pathway

import (
	"strings"
	"unicode"

	"ninetyten/internal/sales"
)

// sign is words of theirs that show a stage. The phrases are looked for as whole
// words, an ending * matches the beginning of one: English, German, French,
// Spanish, Portuguese, Italian and Dutch where it is cheap. They miss what is
// said otherwise: a quote is a hint for a person, never a decision.
type sign struct {
	stage   sales.PathStage
	why     string
	phrases string // separated by commas
}

// wordsOf are the words of a sentence in small letters, each between spaces.
func wordsOf(sentence string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(sentence, "’", "'")), notWord), " ") + " "
}

func notWord(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\''
}

// signs are the rules, stage by stage.
func signs() []sign {
	return []sign{
		{sales.StageRapport, "they are warm", `thank you for, thanks for, many thanks, good to hear, nice to hear, nice talking, good talking, great talk, enjoyed, appreciate, glad you, danke für, vielen dank, freut mich, merci pour, merci de, merci beaucoup,
			gracias por, muchas gracias, un placer, obrigado pel*, obrigada pel*, muito obrigad*, grazie per, grazie mille, bedankt voor, dank je wel, dank u`},
		{sales.StageEmpathy, "what it is like for them", `struggle*, problem, problems, frustrat*, takes too long, takes us, takes hours, takes days, wast*, by hand, manually, painful, our biggest, we currently, right now we, at the moment we, today we, we still,
			we lose, we are losing, too many errors, complain*, costs us, backlog, problem*, mühsam, von hand, dauert, verlieren, kostet uns, derzeit, im moment, nous perdons, à la main, prend trop, actuellement, nous coûte, problèm*,
			perdemos, a mano, actualmente, nos cuesta, demora, perdiamo, al momento, ci costa, handmatig, kost ons, op dit moment`},
		{sales.StageTrust, "they test or lend trust", `reference*, who else, other customers, case stud*, gdpr, security, certif*, data protection, how do you handle, can i speak, a trial, pilot, test account, my colleague, my boss, i will introduce, cc'ed, in copy, forwarded,
			referenz*, wer noch, datenschutz, testzugang, meine kollegin, mein kollege, mein chef, in kopie, référence*, sécurité, un essai, ma collègue, mon collègue, en copie, referencia*, seguridad, una prueba, mi colega, mi jefe, em cópia, referência*, riferiment*, sicurezza, una prova, referentie*, beveiliging, proef`},
		{sales.StageHope, "they see it getting better", `would help, could help, that would be, would be great, would love to, would like to see, sounds good, sounds interesting, sounds great, interesting, interested, imagine, exactly what, looks good, could save, makes sense,
			würde helfen, wäre toll, wäre gut, klingt gut, klingt interessant, interessant*, interesse, nous aiderait, serait, intéress*, ça m'intéresse, ayudaría, sería, interesa*, interesad*, ajudaria, seria, interessad*, aiuterebbe, sarebbe, interessat*, zou helpen, klinkt goed, klinkt interessant, geïnteresseerd`},
		{sales.StageUrgency, "they name a time of theirs", `deadline, as soon as possible, asap, urgent*, this month, this quarter, this week, next month, next quarter, before the end, by the end, end of the year, year end, in january, go live, budget runs, contract ends, contract expires,
			so bald wie möglich, dringend, dieses quartal, bis ende, jahresende, vertrag läuft, dès que possible, ce trimestre, avant la fin, d'ici la fin, fin d'année, lo antes posible, este mes, este trimestre, antes de fin*, o mais rápido, até ao fim, este trimestre, il prima possibile, entro la fine, questo trimestre, zo snel mogelijk, dit kwartaal, voor het einde`},
	}
}

// pressing are words of ours that make haste.
func pressing() string {
	return `only until, offer ends, last chance, limited time, price goes up, prices go up, before it is too late, don't miss, act now, expires, nur bis, letzte chance, angebot endet, dernière chance, jusqu'au, offre limitée, última oportunidad, solo hasta, ultima occasione, laatste kans`
}

// closing are words of ours that ask for the sale.
func closing() string {
	return `sign the, ready to sign, ready to buy, ready to order, place the order, place an order, close the deal, send the contract, send you the contract, shall we start, can we start, move forward with the contract, decision by, unterschreiben, vertrag schicken, bestellen sie,
		signer, passer commande, firmar, hacer el pedido, assinar, firmare, ondertekenen`
}

// missing says what is not known of a stage.
func missing(s sales.PathStage, sources int) string {
	if sources > 1 {
		return ""
	}
	if sources == 1 {
		return map[sales.PathStage]string{
			sales.StageRapport: "One sign of it. Keep what is personal to them.", sales.StageEmpathy: "One thing is known. What does it lead to, and for whom?",
			sales.StageTrust: "One sign of it. Who else would have to trust us?", sales.StageHope: "One sign of it. What would be different for them?",
			sales.StageUrgency: "One sign of it. What happens if it waits?",
		}[s]
	}
	return map[sales.PathStage]string{
		sales.StageRapport: "Nothing shows yet that they like to talk with us.", sales.StageEmpathy: "We do not know what it is like for them.",
		sales.StageTrust: "Nothing shows yet that they believe us.", sales.StageHope: "They have not said what would be better.",
		sales.StageUrgency: "No time of theirs is known. It comes last: do not make one.",
	}[s]
}
