package classify

// phrasesStop: demands to stop that are worded alike in many languages: to
// withdraw consent, not to follow up, to be spared, to be threatened with
// consequences; without accents.
const phrasesStop = `
u 3 ensure/sure/guarantee ~ not/no ~ get/receive/sent/emailed/contacted/hear ~ more/further/another/again/any/from
u 3 ensure/sure ~ not emailed/contacted/mailed/messaged ?again
u 3 ^ stop following up $
u 3 ^ please stop following up
u 3 no more followups/reminders
u 3 if you ~ email/mail/write/contact/message/call/send ~ again/more/another ~ block/blocking/report/reporting/lawyer/solicitor/spam/legal
u 3 ^ remove/delete/unsubscribe/drop ~ from your/any/all/these ?mailing ?email ?marketing ?contact campaign/campaigns/list/lists/database/mailing/mailings/records/contacts/crm/sequence/sequences/system
u 3 ^ please/kindly remove/delete/unsubscribe/drop ~ from your/any/all/these ?mailing ?email ?marketing ?contact campaign/campaigns/list/lists/database/mailing/mailings/records/contacts/crm/sequence/sequences/system
u 3 withdraw/revoke/retract my/our/any ~ consent/permission
u 3 widerruf*/zurueckziehe/ziehe ~ einwilligung/zustimmung
u 3 retire/revoque/annule ~ consentement/accord
u 3 retiro/revoco/anulo ~ consentimiento
u 3 revoco/ritiro ~ consenso
u 3 retiro/revogo/cancelo ~ consentimento/autorizacao
u 3 trek*/intrek* ~ toestemming
u 3 aterkallar/aterkalla/drar/tar ~ samtycke
u 3 traekker/tilbagekalder/trekker ~ samtykke
u 3 cofam/wycofuje/odwoluje/cofamy/wycofujemy ~ zgode/zgody
u 3 skriv/kontakt/mail/send/ring/skicka/mejla/kontakta/maila aldrig/aldri ~ mig/meg/os/oss/mer/mere/igen/igjen/hit/hertil
u 3 gooi ~ adres/gegevens/mailadres ~ weg
u 3 laat/laten ~ niets/niks meer ~ horen
u 3 wil/willen/mochte/mochten/wollen ~ nichts/niets/niks mehr/meer ~ horen/lesen/bekommen/erhalten/ontvangen/krijgen/lezen
u 3 not want/wish/care ~ hear from you/your ?company ?people again/anymore/ever/any
u 3 never want/wish ~ hear from you/your
u 3 ne ~ plus ~ entendre parler
u 3 no quiero/queremos ~ saber ~ mas de ustedes/vosotros/usted
u 3 non voglio/vogliamo ~ sentire/sapere ~ piu/altro ~
u 3 vill/vil ~ inte/ikke ~ hora/hore ~ mer/mere ~ fran/fra
u 3 nie chce/chcemy ~ wiecej ~ slyszec
u 3 request/asking/demand ~ not ?to ?be contacted/emailed/mailed/approached ~ again/further/anymore/by
u 3 verschon* ~ mich/uns
u 3 sperr* ?sie ?bitte ~ adresse/mailadresse/emailadresse/daten
u 2.5 mich/uns ~ schon/bereits/mehrfach/zweimal/dreimal/mehrmals ~ abgemeldet/ausgetragen
u 3 keine weiteren mails/emails/mail/email/nachrichten/anfragen/anschreiben/zusendungen ~ zu erhalten/bekommen
u 3 schicken/senden/mailen/schreiben ?sie ?mir ?uns ?bitte nichts mehr
u 3 wenn/falls sie ~ noch ~ mal/einmal/mail/mails ~ blockier*/anzeig*/anwalt/melde/sperre/abmahn*
u 3 ne plus ?jamais ?m ?me ?nous adresser/relancer/demarcher/utiliser/importuner/deranger/spammer ~
u 2.5 inutile de me/nous/m relancer/recontacter/rappeler/insister
u 2.5 inutile d insister
u 3 ne ?me ?nous ?m relancez/demarchez/adressez/derangez/spammez plus
u 3 basta ?ya de correos/mensajes/emails/publicidad/spam/mails
u 3 dejen/deje/deja/dejad/paren/pare/parad de ?una ?vez ?ya enviar*/mandar*/escrib*/contact*/molest*/llamar*
u 3 no ~ insista/insistan/insistas
u 3 diffid* ?la ?lei ?voi ?dal ~ contatt*/scriv*/invi*/mand*
u 3 non ?mi ?ci insista/insistete/insistere
u 3 stryk/plocka/ta mig/oss ~ ur/fran/bort
u 3 undanber/undanbeder/avsager/avbojer ~ mig/oss ~ reklam/mejl/mail/utskick/kontakt/erbjudanden/fler/vidare
u 3 frabeder/frabedes/frabed mig/os/oss ~
u 3 ingen/ikke/inga flere/fler/mere/mer ?af ?av ?disse ?dessa reklamer/reklame/reklam/nyhedsbreve/nyhetsbrev/tilbud/erbjudanden/utskick/annoncer
u 3 wykresl*/skresl* ~ listy/bazy/mnie/nas/moj*
u 3 zakaz*/zabraniam ~ kontakt*/wysyl*/przesyl*
u 3 ik/wij ~ niet/geen ~ prijs/behoefte ~ mails/mailtjes/berichten/reclame
u 3 pare/parem/deixe/deixem ?ja ?por ?favor de ?me ?nos mandar/enviar/contactar/contatar/escrever/incomodar/ligar/spammar
u 3 peco/solicito/exijo ~ nao ~ contact*/contat*/envi*/escrev*/incomod*
`

// stopsCJK: the same in Japanese and Chinese.
const stopsCJK = `
u 3 送ってこないで|送ってくるな|送信してこないで|二度と送|二度と連絡|個人情報を消去|情報を消去|データを消去|同意を撤回
u 3 撤回同意|撤回授权|不要再骚扰|别再骚扰|再发就举报|不要再打扰|别再打扰
`
