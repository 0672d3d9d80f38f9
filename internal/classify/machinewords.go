package classify

import "sync"

// Phrases of machines, in the form that lexicon.add reads: "o" an absence, "r"
// a receipt, "w" somebody who is gone for good, "c" a challenge that wants the
// sender to prove something. A receipt of weight 4 says itself that it is
// automatic. They are looked for in mails that may be a machine's alone.
const (
	meansChallenge meaning = 'c'

	machineEN = `
w 3.5 i no longer work/working ~ here/at/for/with
w 3.5 i am/m no longer with/employed
w 3.5 i have/ve ?now ?recently left ?the ?our ?my company/organization/organisation/firm/business
w 3.5 as of/from ~ i have/ve left
w 3 no longer work/works/working/employed/affiliated
w 3 no longer an/a employee/member/part
w 3 no longer with ?the ?our ?this company/team/organization/organisation/firm/us/business/agency
w 3 no longer at/part/in the/of/this/our company/office/team/organization/organisation/firm/position/role
w 3 have/has/had ?now ?recently ?sadly left ?the ?our ?my company/organization/organisation/firm/business/position/role/us/team
w 3 left ?the ?our company/organization/organisation/firm
w 3 have/has ?now ?recently retired
w 3 am/is ?now retired
w 3 have/has departed
w 3 have/has moved on
w 3 my last day was/is/with
w 3 have/has resigned
w 3 passed away
w 3 email/mail ?address has/is ?been ?now changed/changing
w 3 my/our new email/mail/address
w 3 mailbox/account/address/email is ?now no longer in/active/valid/used/being/available
w 3 taken over his/her/my/their duties/role/responsibilities/position/accounts/tasks
c 3 click/follow/visit/use ~ link ~ deliver/delivered/receive/verify/confirm/approve/release/so
c 3 confirm ~ you/sender are/is a/not/real
c 3 prove/verify ~ you/sender are/is ~ human/person/real/address
c 3 message/email/mail ~ held/waiting/pending/quarantined ~ verification/confirm/confirmation/approval/until/because/authentication
c 3 protecting myself from ~ spam/junk/mail
c 3 sender verification
c 3 challenge response
c 3 add/added you/your to ?my ?the ~ whitelist/allowlist/approved
r 3 received your email/message/request/inquiry/enquiry/ticket/query/submission/application
r 4 this is an automated/automatic/automatically/auto ?generated message/response/reply/email/mail/notification/confirmation/acknowledgement/acknowledgment
r 4 automatically generated
r 4 auto generated email/message/mail/response
r 4 sent automatically
r 4 ticket/case/request/enquiry/reference/incident ?id/number/no/is ~ created/opened/assigned/logged/registered/received
r 4 your ticket/case/reference/request/incident number/id/is
r 2.5 thank you for your ?recent email/message/enquiry/inquiry/interest ~ will/shortly/soon/touch
r 2.5 one of our/the ~ will/shortly
r 3 we/ve got/have your ?recent message/email/enquiry/inquiry/request ~ team/touch/shortly/back
r 3 this inbox/mailbox is checked/monitored/staffed/manned
r 3 your message/email/enquiry/inquiry/request/submission has/have been ?successfully received/sent/submitted/logged/forwarded/registered
o 3 resurface/resurfacing on/in/after/by
o 2.5 normal service/business/hours resume/resumes/will
r 2.5 get/be back/touch ~ shortly/soon/hours/days/possible
r 4 do not reply/respond to this email/message/mail
r 3 mailbox/inbox/address/account is not/never monitored/read/attended/checked
r 4 ^ this mailbox/inbox/address/account is not monitored/read/attended/checked
r 2.5 receive ?a ?very large/high/huge number/volume/amount of emails/messages/mails/email/mail
o 2.5 may not be able to answer/respond/reply
r 3 unmonitored/unattended mailbox/inbox/account/address
o 3 unwell
o 3 back at/in/behind ?my ?the desk/office ~ on/from/of/in/next
o 3 expect an/a answer/reply/response ?from ?on ?after ?by monday/tuesday/wednesday/thursday/friday/next
o 3 i work ~ only/mornings/afternoons ~ working/day/days/reply/respond
o 2.5 on my/our next working/business day
r 3 your message/email/enquiry/inquiry/request/call is ?very important to us
r 3 member of ?the ?our ?sales ?support team will
r 2.5 thanks/thank ?you for getting in touch with/! 
r 4 update your ?address records/book/contacts accordingly
o 3 attending/visiting/at a/an/the/our ~ show/fair/conference/event/training/workshop/seminar/meeting ~ until/today/this/all/from/and
o 3 slow to respond/reply/answer
o 3 delay/delays/delayed in/to responding/replying/response/reply/my
o 3 not in ?the ?my ?our office
o 3 not at my/the desk
o 3 work part time
o 3 we are/will ?be closed until/from/for/between/over/till
o 3 reopen/reopens on/in
o 3 out ?of ?the ?office ~ until/till/from/between/through
o 2.5 in my absence
o 2.5 during my absence/leave/holiday/vacation
o 3 annual/parental/maternity/paternity/sick/medical leave
o 2.5 not ?be checking/monitoring/reading ?my ?this ?these messages/email/emails/mail/inbox
`
	machineDE = `
w 3.5 ich ?bin ?seit ~ nicht mehr ~ tatig/beschaftigt/angestellt/unternehmen/firma
w 3.5 arbeite ich/seit/ab ~ nicht mehr ~ bei/fur/hier
w 3.5 ich arbeite ~ nicht mehr ~ bei/fur/hier
w 3.5 habe ich/seit ~ unternehmen/firma verlassen
w 3.5 ich habe ~ unternehmen/firma ~ verlassen
o 3 lese/bearbeite/beantworte ~ erst ~ am/ab/wieder/nach
o 3 wieder fur sie/euch/dich da
r 3 mail/mails/email/nachricht/nachrichten wird/werden ?daher ?auch nicht gelesen/bearbeitet
w 3 nicht mehr ~ beschaftigt/tatig/unternehmen/firma/hause/angestellt/team
w 3 arbeitet/arbeite nicht mehr
w 3 arbeitet/arbeite ~ nicht mehr ~ bei/fur/unternehmen/firma/hier
w 3 hat/habe ~ verlassen
w 3 ausgeschieden
w 3 scheidet/scheide ~ aus
w 3 im/in/den ?wohlverdienten ruhestand/rente/pension
w 3 adresse ~ geandert
w 3 neue/neuen email/emailadresse/adresse/mailadresse
w 3 adresse/postfach/mailadresse ~ nicht mehr ~ gultig/aktiv/verwendet/genutzt/gelesen
r 2.5 nachricht/anfrage/email/mail/schreiben ~ erhalten/eingegangen/erfasst/aufgenommen/registriert
r 2.5 melden uns ~ schnellstmoglich/umgehend/baldmoglichst/kurze/bald/zeitnah
r 2.5 werden ~ schnellstmoglich/umgehend/baldmoglichst/zeitnah
r 2.5 vielen/herzlichen dank fur ihre/deine anfrage/nachricht/mitteilung/email/mail
r 4 automatisch erstellte/generierte/erzeugte/versendete/erzeugt/generiert/erstellt/versandt
r 4 automatische eingangsbestatigung/empfangsbestatigung/bestatigung/nachricht
r 4 antworten sie ?bitte nicht auf diese
r 3 ticket/anfrage/vorgang ~ nummer
r 3 vorgangsnummer/ticketnummer/bearbeitungsnummer/anfragenummer/fallnummer
r 2.5 wir bearbeiten/prufen ?nun ?jetzt ihr/ihre/dein/deine anliegen/anfrage/nachricht/email/mail ~ schnellstmoglich/bald/zeitnah/umgehend/moglich
c 3 bestatigen sie ~ link/absender/nachricht ~ zugestellt/zustellung/klick
o 2.5 meine vertretung
o 3 haben/machen betriebsferien/betriebsurlaub/weihnachtsferien
o 3 urlaubsbedingt
o 3 eingeschrankt/eingeschrankten/eingeschranktem zugriff/zugang/erreichbar
o 3 arbeite ~ teilzeit
o 3 bis/vom/zum ~ geschlossen
o 2.5 vertritt/vertreten mich
o 2.5 wahrend meiner abwesenheit
o 3 nicht ?im hause/dienst
o 3 bin/befinde ~ elternzeit/urlaub/mutterschutz/krankenstand/dienstreise
`
	machineFR = `
w 3.5 je ne travaille plus
w 3.5 je ne fais plus partie
w 3.5 j ai quitte ~ societe/entreprise/fonctions/groupe/poste
r 3 votre message/demande/courriel/mail/email nous est ?bien parvenu/parvenue
r 3 traite/traitee/pris ~ par/en notre/charge service/equipe/par ~ sous/delais/heures/client/clients
o 3 traiterai/repondrai ~ des mon retour
w 3 ne fait/fais plus partie
w 3 ne travaille/travaillons plus
w 3 n appartient/appartiens/est/suis plus ~ societe/entreprise/poste/effectifs/salarie/collaborateur/groupe
w 3 a/ai quitte
w 3 a/ai/est/suis ~ retraite
w 3 adresse ~ plus ~ valide/active/utilisee/service/relevee/consultee
w 3 nouvelle adresse
r 3 avons bien recu/pris/enregistre
r 2.5 dans les meilleurs/plus brefs delais
r 4 message/courriel/email/mail ~ automatique/automatiquement
r 4 ne pas ?y ?repondre ?a repondre/ce/cet/message
r 3 accuse/accusons de reception
r 2.5 merci ~ votre message/demande/courriel/mail
r 3 demande ~ enregistree/numero
r 3 votre message/demande/courriel/mail/email a ?bien ete ?bien transmis/transmise/recu/recue/enregistre/enregistree/envoye/envoyee/prise/pris
r 3 numero/reference de ?votre dossier/demande/ticket
r 2.5 sera/seront traite/traitee/traites/traitees ~ sous/dans/delais/heures/jours
c 3 cliquez/cliquer ~ lien ~ message/expediteur/confirmer/valider
o 2.5 en/durant/pendant mon absence
o 3 actuellement ~ absent/absente/absents/conges/conge
o 2.5 des mon/notre retour
o 3 acces limite
o 3 bureaux/locaux/agence ~ fermes/fermee/fermeture
o 3 societe/entreprise/magasin/cabinet/etude/boutique sera/seront/est/reste/restera ferme/fermee/fermees/fermes ~ conges/vacances/fetes/du/jusqu
o 3 absente/absent ~ jusqu/du/retour
o 3 serai/suis ~ de retour
`
	machineES = `
w 3.5 ya no trabajo/formo/pertenezco/laboro/colaboro
w 3.5 he dejado ?de ~ empresa/compania/trabajar
o 3 estoy de/en vacaciones/viaje ~ vuelvo/regreso/hasta/incorporo
w 3 ya no trabaja/trabajo/forma/formo/pertenece/pertenezco/labora/laboro/colabora/colaboro
w 3 ha/he dejado ~ empresa/compania/trabajar/puesto/cargo
w 3 ha/he/haber jubilado
w 3 se/me ha/he jubilado
w 3 ya no ~ empresa/compania/activa/uso
w 3 causado/causo baja
w 3 nueva direccion/cuenta
r 3 hemos recibido ~ mensaje/solicitud/correo/consulta/peticion
r 2.5 gracias por contactar/contactarnos/ponerse/escribirnos/comunicarse/su/tu
r 2.5 responderemos/contactaremos/atenderemos ~ breve/plazo/horas/posible/brevedad/antes
r 4 mensaje/correo/respuesta ~ automatico/automatica/automaticamente
r 4 no responda/respondas/responder ?a ?este
r 3 consulta/solicitud/caso/ticket ~ numero/registrado/registrada
c 3 haga/pulse/clic ~ enlace ~ mensaje/confirmar/verificar
o 2.5 en/durante mi ausencia
o 3 acceso limitado
o 3 estaremos/permaneceremos cerrados
`
	machineIT = `
w 3.5 non lavoro/collaboro piu
w 3.5 non faccio piu parte
w 3.5 ho lasciato ~ azienda/societa
o 3 torno/rientro in/al ?mio sede/ufficio/lavoro/ufficio
o 2.5 leggero ~ mail/email/posta ~ saltuariamente
w 3 non lavora/lavoro/collabora/collaboro piu
w 3 non fa/faccio piu parte
w 3 non e/sono piu ~ azienda/dipendente/societa/attivo/attiva/organico/servizio
w 3 ha/ho lasciato
w 3 in pensione
w 3 nuovo indirizzo
r 3 abbiamo ricevuto
r 2.5 grazie per averci/aver ?ci contattato/scritto
r 3 richiesta/messaggio ~ registrata/registrato/presa/preso/ricevuta/ricevuto
r 2.5 al piu presto/possibile
r 2.5 quanto prima
r 4 messaggio/email/mail/risposta ~ automatico/automatica/automaticamente
r 4 non rispondere/rispondete/risponda ?a ?alla ?al questa/questo/presente
c 3 clicca/cliccare/cliccate ~ link ~ messaggio/confermare/verificare
o 2.5 in/durante ?la mia assenza
o 3 accesso limitato
o 3 uffici/ufficio/azienda ~ chiusi/chiuso/chiusa/chiusura
`
	machinePT = `
w 3.5 ja nao trabalho/faco/pertenco
w 3.5 nao trabalho/faco mais
w 3.5 desliguei me
r 3 agradecemos/agradeco o/seu ?seu ?vosso contato/contacto/mensagem
r 3 nossa/nosso equipa/equipe/time ~ respondera/entrara/retornara/respondera
r 3 nao e necessario responder
w 3 ja nao trabalha/trabalho/faz/faco/pertence/pertenco/colabora/integra
w 3 nao trabalha/trabalho/faz/faco/pertence/integra/colabora mais
w 3 deixou/deixei ~ empresa/companhia/cargo/fazer/trabalhar
w 3 desligou/desliguei/desligado/desligada
w 3 saiu/sai ?da ?de ~ empresa
w 3 aposentou/aposentei/aposentado/aposentada/reformou/reformei/reformado
w 3 novo endereco
r 3 recebemos ~ mensagem/solicitacao/pedido/email/contato/contacto
r 2.5 entraremos em contato/contacto
r 2.5 mais breve/rapido/rapidamente possivel
r 2.5 obrigado/obrigada por entrar/contactar/contatar/nos/seu/sua
r 4 mensagem/resposta/email ~ automatica/automaticamente/automatico
r 4 nao responda ?a ?ao este/esta/esse/essa
o 2.5 na/durante ?a minha ausencia
o 3 acesso limitado
o 3 encontro me ~ ausente/ferias/fora/licenca
o 3 estaremos encerrados/fechados
`
	machineNL = `
w 3.5 ben ik niet meer/langer werkzaam/dienst/in
w 3.5 ik ben ~ niet meer/langer ~ werkzaam/dienst
w 3.5 ik werk ~ niet meer/langer ~ bij/hier/voor
w 3 niet meer werkzaam/dienst/actief
w 3 niet langer werkzaam/in/bij
w 3 werkt/werk ~ niet meer/langer
w 3 heeft/heb ~ verlaten
w 3 uit dienst
w 3 met pensioen
w 3 nieuwe emailadres/adres/mailadres
w 3 nieuw emailadres/mailadres/adres
r 3 uw/je bericht/email/mail/vraag/aanvraag/verzoek ~ ontvangen
r 2.5 nemen ?wij ?we ?zo ?spoedig binnen/snel/spoedig ~ contact met/op
r 3 in goede orde ontvangen
r 2.5 zo spoedig/snel mogelijk
r 2.5 bedankt voor uw/je bericht/email/mail/aanvraag
r 4 automatisch verzonden/gegenereerd/verstuurd/gegenereerde/bericht/verstuurde
r 4 niet ?op ?te reageren/antwoorden
o 2.5 in/tijdens mijn afwezigheid
o 3 beperkt/beperkte toegang
o 3 ben/zijn ik/we/wij er weer
o 3 werk ik niet
o 3 wij/we zijn gesloten
o 3 ben er ?even ?helaas ?vandaag niet
o 3 ben ik er ?even ?helaas ?vandaag niet
o 3 ben ?ik ~ afwezig
`
	machineNordic = `
w 3.5 jag har slutat
w 3.5 jag arbetar/jobbar inte/ej langre/kvar
w 3.5 jag ar inte langre anstalld
w 3.5 jeg er ikke laengere/lenger ansat/ansatt
w 3.5 jeg arbejder/arbeider/jobber ikke laengere/lenger
w 3.5 jeg er stoppet/fratradt
w 3.5 jeg har sluttet
w 3 har slutat
w 3 inte langre kvar/anstalld/arbetar/jobbar/pa/hos
w 3 arbetar/jobbar inte/ej langre/kvar
w 3 har lamnat
w 3 i pension
w 3 ny adress/mejladress/mailadress/epostadress/emailadresse/mailadresse/adresse/epostadresse
w 3 fratradt
w 3 er stoppet/fratradt/opsagt/sluttet/sagt
w 3 ikke laengere/lenger/mere ansat/ansatt/hos/i/pa/del/en
w 3 arbejder/arbeider/jobber ikke ~ laengere/lenger/mere/mer
w 3 har forladt/forlatt/sluttet
w 3 pa pension
w 3 gatt av med
r 3 har mottagit/tagit/modtaget/mottatt ~ mejl/meddelande/arende/mail/henvendelse/besked/forespoersel/forespørsel/epost/fraga
r 2.5 aterkommer ~ snart/mojligt
r 2.5 vender tilbage ~ hurtigst/snarest
r 2.5 svarer/svarar/svare ~ snart/hurtigt/mulig/raskt
r 2.5 tack/tak/takk for ditt/din mejl/meddelande/mail/henvendelse/besked/epost
r 4 automatiskt/automatisk genererat/meddelande/besked/genereret/generert/svar/utskickat/melding
o 3 begransad/begrenset/begraenset tillgang/adgang/tilgang
o 3 vi/vi har/holder ?ferie lukket/stengt/stangt/ferielukket/sommarstangt
o 3 ferielukket/semesterstangt/sommarstangt/ferieledig
o 2.5 under/i min fravaer/franvaro/ledighet/ferie/semester
`
	machinePL = `
w 3 nie pracuje/pracuja ?juz
w 3 juz nie pracuje
w 3 nie jest/jestem juz ~ pracownikiem/firmie/zespole
w 3 zakonczyl/zakonczyla/zakonczylem/zakonczylam ~ prace/wspolprace/zatrudnienie
w 3 odszedl/odeszla/odszedlem/odeszlam
w 3 na emeryture/emeryturze
w 3 nowy adres
r 3 otrzymalismy
r 2.5 dziekujemy za kontakt/wiadomosc/zgloszenie/maila
r 3 zespol ?obslugi klienta/wsparcia/obslugi
r 3 potwierdzamy/potwierdzenie otrzymanie/otrzymania/przyjecie/przyjecia
r 2.5 odpowiemy ~ najszybciej/wkrotce/godzin/dni
r 3 zgloszenie/sprawa ~ zarejestrowane/zarejestrowana/numer/numerem/przyjete
r 4 wiadomosc ~ automatycznie/automatyczna/wygenerowana
r 4 nie odpowiadac/odpowiadaj na te/ta/wiadomosc
o 2.5 podczas/w mojej nieobecnosci
o 3 przebywam na/poza
o 3 ograniczony dostep
o 3 biuro ~ nieczynne/zamkniete
`
	machineCJK = `
w 3.5 我已离职|我已離職|本人已离职|本人已離職|我已从公司|我已從公司
w 3 退職|退社いた|退社しま|異動となり|異動になり|異動いた|転籍|アドレスが変わり|アドレスが変更|アドレス変更|使用しておりません|已离职|离职|離職|已离开公司|已離開公司|不再任职|不再担任|不再負責|调离|調離|调岗|已停用|不再使用|已更换邮箱|新邮箱
c 3 送信者確認|承認が必要|认证您的邮件|验证您的身份|驗證您的
r 3 受け付けました|受付いたしました|受付完了|受付番号|お問い合わせ番号|承りました|受領いたしました|收到您的|收到你的|已收到|邮件收到|郵件已收到|受理编号|工单
r 2.5 折り返しご連絡|担当者より|ご連絡いたします|尽快回复|尽快给您|尽快与您|盡快回覆|盡快與您
r 4 自動送信|自動で送信|自動配信|自動的に送信|送信専用|自动发送|自動發送|系统自动|系統自動|请勿回复|請勿回覆|请勿直接回复
o 3 不在のため|出社予定|休暇中|お休みを|休みのため|休業期間|目前不在|暂时无法|暫時無法|无法及时|無法及時|返岗|休年假|请假|請假
`
)

// machinePhrases is compiled once from the lists above.
var machinePhrases = sync.OnceValue(func() *lexicon {
	return compile([]string{machineEN, machineDE, machineFR, machineES, machineIT, machinePT, machineNL, machineNordic, machinePL}, machineCJK)
})

// withoutDateDots leaves out the dots of dates ("vom 24.12. bis 6.1."), which
// end no sentence.
func withoutDateDots(toks []token) []token {
	dated := func(i int) bool { return i > 0 && toks[i] == "." && len(toks[i-1]) <= 2 && isDigit(toks[i-1][0]) }
	for i := range toks {
		if !dated(i) {
			continue
		}
		out := append([]token(nil), toks[:i]...)
		for j := i + 1; j < len(toks); j++ {
			if !dated(j) {
				out = append(out, toks[j])
			}
		}
		return out
	}
	return toks
}

// machineHits gives every phrase of machines in a text.
func machineHits(text string, toks []token) []hit {
	lex := machinePhrases()
	toks = withoutDateDots(toks)
	var hits []hit
	var room [64]*phrase
	list := room[:0]
	for i, t := range toks {
		if list = lex.candidates(string(t), list[:0]); len(list) == 0 {
			continue
		}
		next := behind(toks, i)
		for _, p := range list {
			if end := p.endAt(toks, i, next); end >= 0 {
				hits = append(hits, hit{p.means, p.weight, i, end, join(toks[i:end])})
			}
		}
	}
	for _, c := range lex.inText(text) {
		hits = append(hits, hit{c.means, c.weight, -1, -1, c.text})
	}
	return hits
}
