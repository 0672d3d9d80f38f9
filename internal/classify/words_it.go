package classify

// phrasesIT: Italian, without accents.
const phrasesIT = `
u 3 cancellatemi/cancellami/cancellarmi/cancellateci/rimuovetemi/rimuovimi/rimuovermi/rimuoveteci/toglietemi/toglimi/togliermi/toglieteci/eliminatemi/eliminami/eliminarmi/disiscrivetemi/disiscrivimi/disiscrivermi ~ lista/liste/mailing/newsletter/indirizzario/elenco/database/contatti
u 3 cancellatemi/cancellami/rimuovetemi/rimuovimi/toglietemi/toglimi/disiscrivetemi/disiscrivimi/disiscrivermi/disiscrizione/disiscrivere/disiscrivermi
u 3 cancellare/cancelli/rimuovere/rimuova/togliere/tolga/eliminare/elimini/cancellate/rimuovete/togliete/eliminate ~ lista/liste/mailing/indirizzo/dati/contatto/contatti/email/mail/nominativo/database/elenco
u 3 annullare/cancellare ~ iscrizione
u 3 non ~ ricevere ~ email/mail/comunicazioni/messaggi/newsletter/pubblicita/piu/altre/vostre
u 3 non ~ essere ~ contattato/contattata/contattati/disturbato
u 3 non ?mi ?ci contattatemi/scrivetemi/inviatemi/mandatemi/contattateci/scriveteci/contattate/scrivete/inviate/mandate/contatti/scriva/invii/mandi/contattarmi/scrivermi/inviarmi ?piu
u 3 smettete/smettetela/smetta/smettila/smetti ~
u 3 cancell*/rimuov*/tog*/elimin*/disiscri* ~ lista*/mailing/newsletter/database/indirizz*/email/mail/nominativ*/dati/contatt*/elenc*
u 3 cancellazione/rimozione dalla/dal/dai/dei/del
u 3 non ~ contatt*/scriv*/invi*/mand*/ricev* ~ piu
u 2.5 mai iscritt*/registrat*/autorizzat*
u 3 basta ?con email/mail/messaggi/spam
u 3 niente piu email/mail/messaggi
w 3 persona/indirizzo/contatto sbagliata/sbagliato/errata/errato
w 3 non sono ?io la/il persona/referente/responsabile/contatto
w 3 non lavora/lavoro/fa piu
w 3 non e/sono piu ~ in/con/parte/dipendente/presso
w 3 ha/ho lasciato ~ azienda/societa/gruppo
w 2.5 contatti/contattare/scriva/scrivere/rivolgersi/rivolga/rivolgetevi/contattate/parli/parlare/sentire/senta ~ collega/responsabile/ufficio/direttore/direttamente
w 2.5 non mi/me occupo/ne
w 2.5 non sono io
w 2.5 mio/nostro/mia/nostra collega/responsabile ~
w 2.5 se ne occupa
w 2.5 inoltrato/inoltro/girato ~ collega/responsabile
n 3 non ?siamo ?sono ?mi ?ci ?e interessa/interessato/interessata/interessati/interessate/interessano
n 3 non ~ interesse/interessati/interessato
n 3 nessun interesse
n 3 no grazie
n 3 grazie ma no
n 2.5 non ~ bisogno/necessita/serve
n 2.5 abbiamo/ho/utilizziamo/usiamo/siamo gia
n 2.5 non fa per noi/me
n 2.5 non e rilevante/pertinente
l 2.5 al/per ?il momento no/non
l 2.5 non al momento
l 2.5 non e ?il ?un ?buon momento
l 2.5 non adesso/ora
l 2 piu avanti/tardi
l 2.5 prossimo/prossima mese/anno/trimestre/settimana
l 2.5 anno prossimo
l 3 mi/ci ricontatti/risentiamo/risenta/ricontattate/riscriva
l 3 ricontattare/ricontattarmi/ricontattarci/risentirci/risentiamoci/ricontattatemi ~
l 2 troppo/molto/piuttosto impegnato/impegnata/impegnati/occupato
l 2 non ~ budget/tempo
l 2 dopo l/le/la estate/ferie/vacanze
l 2 tra/fra qualche/due/tre/sei mesi/mese/settimane
i 2.5 mi/ci interessa/interesserebbe/piacerebbe/interessa
i 2.5 interessato/interessata/interessati/interessante/interesse
i 3 maggiori/piu/ulteriori informazioni/dettagli/info
i 2.5 invii/mandi/inviare/inviarmi/inviatemi/mandatemi/inviarci/mandarmi ~ informazioni/materiale/preventivo/brochure/prezzi/proposta/offerta/link/presentazione
i 2.5 volentieri
i 2 certo/certamente/perfetto/benissimo
i 2 si grazie/certo/volentieri/mi/ci
i 2.5 fissare/fissiamo/organizzare/organizziamo/programmare/appuntamento/incontro/riunione/call/videochiamata
i 2.5 sentiamoci/parliamone/parlarne/incontriamoci
i 2.5 mi chiami/chiamami/chiamarmi
i 2.5 quanto costa/costerebbe/viene
i 2.5 prezzo/prezzi/costo/costi/preventivo/listino/tariffe
i 2.5 demo/dimostrazione/prova
i 2.5 quando possiamo/potremmo/puo/siete
q 2 chi siete/e/sei
q 2 come/dove avete ~ avuto/trovato
q 2 puo/potrebbe/potete ~ spiegare/chiarire/dire
q 1.5 come/quale/quali/cosa/dove/perche
o 3 fuori ?dall ufficio/sede
o 3 in ferie/vacanza/maternita/trasferta/malattia
o 3 sono/saro ~ assente/ferie
o 3 risposta automatica
o 2.5 rientro/rientrero/torno/tornero/ritorno ~ il/in/al/lunedi/giorno
o 2.5 assente/assenza
o 2.5 al mio rientro/ritorno
r 3 abbiamo ricevuto ~ richiesta/messaggio/email/mail
r 3 non rispondere a
`
