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
u 2.5 come ~ disiscriver*/cancellarmi
u 3 non ricontatt*
u 2.5 come si ferma*/blocca* queste/le mail
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
p 2.5 quanto costa/costerebbe/viene
p 2.5 prezzo/prezzi/costo/costi/listino/tariffe
i 2.5 preventivo
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
u 3 annull* ~ iscrizione/abbonamento
u 3 lasciatemi/lasciami/lasciateci in pace
u 3 oppongo/opponiamo ~ dati/uso/trattamento
u 3 non scriv*/contatt*/mandat*/inviat*/manda* piu
n 3 risposta e ?un no
n 3 ma no $
n 3 scelto/scegliamo/optato/firmato/affidati ~ altro/concorrente/concorrenza/fornitore/altra
n 3 non ?intendiamo ?vogliamo ?andiamo ?andremo ?procediamo ?avanti procedere/proseguire/avanti/proseguiamo
n 2.5 non e ?un ?il ?nostro problema
n 2.5 non ~ questo/quel problema
n 2.5 non ?e adatto/adatta/al/serve/caso
n 2.5 non fa al caso
n 2.5 argomento/tema/questione ~ chiuso/chiusa/risolto/risolta
n 2.5 contenti/soddisfatti/contento/soddisfatto ~ di/del/con
n 2.5 lo facciamo/gestiamo ~ soli/internamente/noi
n 2.5 troppo caro/cara/piccoli/piccola/costoso
n 2.5 declinare/declino/rifiutare
n 2.5 lavoriamo/collaboriamo gia
w 2.5 non ~ seguo/gestisco/tratto ~ piu
w 2.5 ora/adesso c e ~
o 2.5 di nuovo ~ in ufficio
o 2.5 saro ~ ufficio
n 2.5 deciso ~ non
l 2.5 fine anno
n 2.5 niente per noi
n 2.5 ci fermiamo qui
l 2.5 altre priorita
l 2.5 troppo presto
l 2.5 prima di/del/dell/dobbiamo ~ non/chiudere/finire/terminare
l 2.5 quest anno ~ non/finito/budget
l 2.5 budget ~ finito/esaurito/speso
l 2.5 sommerso/sommersa/oberato/oberata/sommersi
l 2.5 momento no
l 2.5 momento sbagliato
l 2.5 brutto/cattivo momento
l 3 riparliamo/riparliamone/riparlarne/sentiamoci/risentiamoci ~ dopo/a/tra/fra/ad
w 3 sbagliato/sbaglia/sbagliata/sbagliando ~ persona/indirizzo/contatto/interlocutore
w 2.5 non ?e ?il mio settore/campo/ambito/compito
w 2.5 cambiato incarico/lavoro/azienda/ruolo/posizione
w 2.5 decide/decisione ~ sede/direttore/direzione/centrale/spetta/capo
w 2.5 chiedere/chieda/chiedi ?pure a/al/alla
n 2.5 non e quello/cio che
w 2.5 lo decide
w 2.5 lo/la/li segue/gestisce ?il ?la ?dottor
w 2.5 seguito/gestito/seguita/gestita da/dal/dalla
w 2.5 parli/parlare/parlatene/senta/sentire ~ ufficio/collega/responsabile/acquisti
w 2.5 non c e nessuno ~ nome
w 2.5 successore/sostituto/sostituta
i 3 mostri/mostrate/mostraci/mostrami/faccia/fateci/facci/fammi ?ci ?mi ?vedere vedere/come
i 3 mi/ci mostri/mostrate/faccia
i 2.5 curioso/curiosa/curiosi
i 3 ^ a lunedi/martedi/mercoledi/giovedi/venerdi/domani ?allora $
i 3 perfetto/ok/bene/accordo/allora a lunedi/martedi/mercoledi/giovedi/venerdi/domani
i 2.5 in/nella ?mia agenda/calendario
i 2 va ?molto bene/benissimo
i 2.5 d accordo
i 2.5 buona idea
i 2.5 vogliamo/vorremmo/vorrei/voglio ~ provare/provarlo/vederlo/vedere/capire
i 2.5 cercando/cercavamo/cerchiamo ~ genere/simile/cosi
i 2.5 ci conti
i 3 mandi/mandami/invii/inviami/mandate ?pure ?mi ?ci ?un ?l ?il paio/invito/orari/link
i 3 mi/ci ?mandi/proponga/proponete/mandate ?un ?il ?alcuni paio/orari/invito/date
i 2.5 proponga/propongo/proponetemi ~ orari/date/orario
i 2.5 verra/partecipera ~ collega/responsabile/anche
i 2.5 facciamo una/un prova/test/call/incontro
o 3 ufficio/uffici/azienda ~ chiuso/chiusi/chiusa
o 3 non leggero/potro/saro ~ prima/fino/messaggio
o 3 in trasferta/viaggio/maternita/malattia
q 2.5 quante/quanti/quanto ~ persone/tempo/utenti/serve
q 2.5 da chi/dove
q 2.5 a chi/cosa
`
