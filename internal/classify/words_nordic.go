package classify

// phrasesSV: Swedish, without accents.
const phrasesSV = `
u 2.5 hur avregistrerar/stoppar/avslutar man/jag ?sig ?mig ?de ?det ?dessa ?har mejlen/mejl/utskicken/$
u 3 avregistrera/avprenumerera/avanmala/avregistrering
u 3 ta/plocka/stryk/radera bort/mig/oss/min ~ lista/listan/listor/adress/adressen/mejladress/mailadress/utskick/register/uppgifter/maillista/mejllista
u 3 ta bort mig/oss/min
u 3 sluta ?att mejla/maila/skicka/kontakta/skriva/spamma/ringa
u 3 inte/ej ~ fler/mer/langre/vidare ~ mejl/mail/utskick/mailutskick/kontakt/kontaktad/kontaktas/meddelanden/reklam
u 3 inga fler/mer mejl/mail/utskick/meddelanden/epost
u 3 inte bli kontaktad
u 3 skicka/maila/mejla/skriv ~ inget/inga/inte ~ mer/fler/mig/oss/langre/mejl/mail
u 3 avregistrer*/avprenumerer*/avanmal*
u 2.5 aldrig ~ anmalt/prenumerera*/godkant
u 3 kontakta/mejla/maila mig/oss inte
u 3 vill/onskar ~ inte ~ mejl/mail/kontaktad/kontakt/utskick/reklam/kontaktas
u 3 avsluta ~ prenumeration/prenumerationen/utskicken
u 3 lamna mig ~ ifred/fred
w 3 fel person/adress/avdelning/mottagare
w 3 inte/ej ratt person/kontakt/kontaktperson/mottagare
w 3 jobbar/arbetar ~ inte ~ langre/kvar
w 3 har slutat
w 3 slutat pa/hos
w 2.5 kontakta/prata/hor/vand ~ istallet/kollega/min/var/chef
w 2.5 inte ansvarig/ansvarar
w 2.5 inte mitt omrade/bord
w 2.5 vidarebefordrat/skickat ~ kollega
n 3 inte/ej ?alls ?langre intresserad/intresserade/intressant/aktuellt/aktuell/relevant
n 3 inte av intresse
n 3 inget/ingen/saknar intresse/behov
n 3 nej tack
n 3 tack men nej
n 2.5 behover inte
n 2.5 har/anvander redan
n 2.5 nojda med
l 2.5 inte just/for nu/tillfallet/narvarande
l 2.5 inte nu
l 2.5 inte ratt lage/tid/tillfalle
l 2.5 inte i dagslaget
l 3 aterkom/hor/kontakta/mejla/ring ?garna ?av ?dig ?er ?mig ?oss ~ igen/senare/nasta/efter/om/till/host/hosten/varen
l 2.5 nasta ar/kvartal/manad
l 2 senare
l 2 inte/ingen ?har tid/budget
l 2 fullt upp
l 2 efter sommaren/semestern/jul/nyar
l 2 om nagra/ett/tva/tre/sex ?par manader/veckor
i 2.5 intresserad/intresserade/intressant/intresse
i 2.5 later/verkar ?mycket ?jatte bra/intressant/spannande
i 3 mer information/info
i 3 veta/hora mer
i 2.5 skicka ~ information/offert/priser/info/material/lank
i 2.5 boka/mote/motas/traffas/samtal
i 2.5 ring mig
p 2.5 vad kostar
p 2.5 pris/priser/priset/kostnad/kostnaden/kostar
i 2.5 offert
i 2.5 demo
i 2.5 nar kan/passar
i 2 garna/absolut/sjalvklart
i 2 ja tack/garna/absolut
q 2 vem/vilka ar
q 1.5 hur/vad/vilken/varfor
o 3 inte pa kontoret
o 3 pa/har semester/tjansteresa/resande
o 3 ar/jag ledig
o 3 foraldraledig/tjanstledig/sjukskriven/franvarande/franvaro
o 2.5 ater/tillbaka ~ den/pa/kontoret/igen
o 3 autosvar
o 3 automatiskt svar
u 3 lamna oss/mig ?i ifred/fred
n 2.5 jobbar/arbetar/samarbetar redan
w 2.5 inte hand om
n 2.5 beslutat/bestamt ~ inte
n 2.5 inget/ingenting for oss/mig
w 2.5 det ~ ta ?upp med ~
n 3 svaret ar ?ett nej
n 3 men nej $
n 3 valt/valde/skrivit/skrev/gatt ~ annan/annat/konkurrent/leverantor
n 3 gar inte vidare
n 2.5 avstar/avsta/avbojer/avboja
n 2.5 det/detta/sadant problemet/problem har ~ inte
n 2.5 inget/inte ?ett problem
n 2.5 fragan/amnet/arendet ~ avslutad/avslutat/avgjord/klar
n 2.5 gor/skoter det/detta/allt ~ sjalva/internt
n 2.5 for dyrt/sma/litet/stort
n 2.5 passar inte
l 2.5 andra prioriteringar
l 2.5 for tidigt
l 2.5 fel tid/tidpunkt/lage
l 2.5 inte forran
l 2.5 i ar ~ ingen/inte/inget
l 2.5 fullspackad/fullspackat
w 3 kommit fel
w 2.5 inte mitt omrade
w 2.5 bytte/bytt tjanst/jobb/avdelning/roll
w 2.5 bestams/beslutas/beslut*/beslut ~ huvudkontoret/chefen/hos/ledningen
w 2.5 prata/tala med ~ inkop/kollega/avdelningen/chef/ansvarig
w 2.5 som skoter/ansvarar/hanterar
w 2.5 det/detta ansvarar/skoter
w 2.5 vidare till ~ kollega
w 2.5 eftertradare
w 3 lamnat foretaget/bolaget/oss
i 3 visa ?mig ?oss mig/oss/hur/garna
i 2.5 nyfiken/nyfikna
i 3 ses/hors ?da ?pa ?dig pa/da/mandag/tisdag/onsdag/torsdag/fredag/imorgon/i
i 3 i/kalendern kalendern
i 3 skicka ?mig ?oss ?en ?garna inbjudan/inbjudning/kallelse/presentation
i 2.5 passar ?mig ?oss bra/utmarkt/fint
i 2.5 overens/avtalat
i 2.5 bra/god ide
i 2.5 letade/letar/soker ~ efter
i 2.5 vill/provar/vi ?garna testa/prova/provar/se
i 2.5 beratta mer
i 2.5 foresla ~
i 2.5 kollega kommer ~
o 3 kontoret ar/haller ?stangt stangt
o 3 pa resa
o 2.5 nar jag ar tillbaka
q 2.5 hur mycket/manga/lang/lange
`

// phrasesDA: Danish and Norwegian, without accents.
const phrasesDA = `
u 2.5 hvordan framelder/afmelder/stopper man/jeg
u 3 ikke have/ha ?flere jeres/deres reklamer/mails/reklame
u 2.5 fa/ta mig/meg af/av den/jeres/deres/listen
u 2.5 slutt a mase
u 3 afmeld/afmelde/frameld/framelde/afmelding/framelding/avmeld/avmelde/avmelding
u 3 meld mig/meg/os/oss af/fra/av
u 3 fjern/fjerne/slet/slette/slett/tag/ta ~ mig/meg/os/oss/min/vores ~ liste/listen/lister/adresse/mailadresse/register/oplysninger/opplysninger/maillisten/database/mailliste
u 3 fjern/slet/slett mig/meg/os/oss
u 3 stop/slutt/hold ?op med ~ sende/skrive/maile/kontakte/spamme/mails/mail/sende
u 3 ikke ~ flere/mere/mer/lenger/laengere ~ mails/mail/henvendelser/kontakt/kontaktet/kontaktes/eposter/beskeder/reklame
u 3 ingen flere mails/mail/henvendelser/eposter/epost/beskeder
u 3 afmeld*/avmeld*/framel*
u 3 send* ~ ikke/ingen ~ flere/mere/mer/mig/meg/mails
u 3 slet*/slett*/fjern* ~ mig/meg/min/mine/vores/var/liste*/adresse*/mailadresse*/oplysninger
u 2.5 aldrig/aldri ~ tilmeldt/samtykke*/meldt
u 3 kontakt/kontakte mig/meg/os/oss ikke
u 3 onsker/vil ~ ikke ~ mails/mail/kontaktet/kontaktes/henvendelser/kontakt/modtage/motta
u 3 lad/la mig/meg ~ vaere/fred
w 3 forkert/forkerte/feil person/afdeling/adresse/avdeling
w 3 ikke ?den ?laengere rette/rigtige/riktige/rett person/kontakt/kontaktperson
w 3 arbejder/jobber/arbeider/ansat/ansatt ~ ikke ~ laengere/lenger/her
w 3 ikke laengere/lenger ansat/ansatt/i/hos
w 3 er stoppet/fratradt/sluttet
w 3 har forladt/sluttet/forlatt
w 2.5 kontakt/tag/snak/ta ~ kollega/stedet/min/chef/kollegaen
w 2.5 ikke ansvarlig/ansvar
w 2.5 videresendt ~ kollega
n 3 ikke ?laengere ?lenger interesseret/interesserede/interessert/interesserte/interessant/relevant/aktuelt
n 3 ingen/ikke interesse/behov/brug
n 3 nej/nei tak/takk
n 3 tak/takk men nej/nei
n 2.5 behover/trenger ikke
n 2.5 har/bruger/bruker allerede
n 2.5 tilfredse/fornojde med
l 2.5 ikke lige/akkurat nu/na
l 2.5 ikke nu/na
l 2.5 ikke pa nuvaerende/navaerende tidspunkt
l 2.5 ikke i ojeblikket/oyeblikket
l 2.5 ikke det rette/rigtige/riktige tidspunkt
l 3 kontakt/vend/skriv/ring/ta ?gerne ?gjerne ?mig ?meg ?os ?tilbage ?kontakt ~ igen/senere/naeste/neste/efter/etter/om/til
l 2.5 naeste/neste ar/kvartal/maned
l 2 senere
l 2 ikke/ingen ?har tid/budget/budsjett
l 2 travlt/travelt
l 2 efter/etter sommeren/ferien/sommerferien/jul/nytar
l 2 om et/nogle/noen/to/tre/seks ?par maneder/uger/uker
i 2.5 interesseret/interesserede/interessert/interessant/interesse/spaendende/spennende
i 2.5 lyder/hores ~ godt/bra/spaendende/interessant/spennende
i 3 mere/mer information/info/informasjon
i 3 hore/vide/vite mere/mer
i 2.5 send ~ information/informasjon/tilbud/priser/info/materiale/link
i 2.5 mode/mote/book/snakke/tale/motes/modes
i 2.5 tage/tag/ta en/et snak/prat/samtale/mote/mode/kaffe
i 2.5 ring ?til mig/meg
p 2.5 hvad/hva koster
p 2.5 pris/priser/prisen/prisene
i 2.5 tilbud
i 2.5 demo
i 2.5 hvornar/nar kan/passer
i 2 gerne/gjerne/absolut/absolutt/selvfolgelig
i 2 ja tak/takk/gerne/gjerne
q 2 hvem er
q 1.5 hvordan/hvad/hva/hvilken/hvorfor
o 3 ikke pa kontoret
o 3 pa/har/holder ferie/barsel/orlov/forretningsrejse/reise
o 3 fravaerende/fravaer/bortrejst/sygemeldt
o 2.5 tilbage/tilbake ~ den/pa/igen/kontoret
o 3 autosvar
o 3 automatisk svar
u 3 skriv/kontakt/ring/send/maile ikke ?mere ?til ?mig ?os ~ mig/os/mere/igen/mails
u 3 ikke skriv/kontakt/ring/send ~ meg/oss/mer/igjen/epost
u 3 slutt/hold/stopp a/op/med ~ sende/skrive/kontakte
u 3 stopp/slutt/stop/sluta/stoppa ?nu ?na med ?de ?disse ?dessa epostene/eposten/epost/eposter/mailene/mailen/mailer/mailerne/mejlen/mejl/utskicken/beskederne
u 3 vil/onsker/vill/ber/skal ?gjerne ?gerne ?om ?a ?at ?bli meldes/avmeldes/slettes/fjernes/strykes/afmeldes av/af/fra/$
u 3 stop/stopp nu/na/det ?her
n 2.5 arbejder/arbeider/jobber/samarbejder/samarbeider allerede
w 2.5 ikke ~ ansvar/omrade ~ laengere/lenger
n 2.5 besluttet/bestemt ~ ikke
o 3 tar/tager ferie
i 2.5 lyder/hores ~ relevant/aktuelt/fornuftig/fornuftigt
n 2.5 ikke/intet/ingenting noget/noe/for ?for os/oss/meg/mig
w 2.5 tag/ta ~ med ~ i/pa/fra
n 3 svaret er ?et nej/nei
n 3 men nej/nei $
n 3 valgt/valgte/skrevet/signert/gaet/gatt ~ anden/annen/andet/konkurrent/leverandor
n 3 gar ikke videre
n 2.5 det/dette problem/problemet har ~ ikke
n 2.5 sagen/saken/emnet/temaet ~ afsluttet/avsluttet/lukket
n 2.5 gor det/dette/alt ~ selv/internt
n 2.5 for dyrt/sma/stort
n 2.5 passer ikke
n 2.5 takker/takke nej/nei
l 2.5 andre prioriteter/prioriteringer
l 2.5 for tidligt/tidlig
l 2.5 forkert/feil/darligt/darlig tidspunkt/timing
l 2.5 i ar ~ ikke/ingen/intet
l 2.5 helt pakket/full/fuld
w 3 fat/tak i den/feil forkerte/person/gale
w 3 kommet/kommer feil/forkert
w 3 ikke den rette/rigtige/riktige
w 2.5 ikke mit/mitt omrade/bord/ansvar
w 2.5 skiftede/skiftet/byttet/byttede stilling/job/jobb/afdeling/avdeling
w 2.5 besluttes/bestemmes/beslutning*/beslutningen ~ hovedkontoret/chefen/sjefen/hos/ledelsen
w 2.5 tal/snak/snakk med ~ indkob/innkjop/kollega/afdelingen/avdelingen/chef/sjef
w 2.5 der/som star/tager/tar for/sig/seg ~
w 2.5 tager/tar sig/seg af/av
w 2.5 videre til ~ kollega/kollegaen
w 2.5 efterfolger/etterfolger*
w 3 forladt/forlatt firmaet/virksomheden/selskapet/bedriften
i 3 vis ?meg ?mig meg/mig/os/oss/hvordan
i 2.5 nysgerrig/nysgjerrig
i 3 ses/snakkes/tales ?da ?pa mandag/tirsdag/onsdag/torsdag/fredag/da/i
i 3 i kalenderen
i 3 send ?bare ?mig ?meg ?en ?gerne invitation/invitasjon/praesentation/presentasjon/indkaldelse/innkalling
i 2.5 passer ?mig ?meg ?os fint/bra/godt/perfekt
i 2.5 aftalt/avtalt
i 2.5 god ide
i 2.5 ledte/leder/leter/ser/sa ~ efter/etter
i 2.5 vil ?gerne ?gjerne teste/prove/se/hore
i 2.5 lad/la os/oss prove/tale/snakke/gore
i 2.5 vi prover
i 2.5 fortael/fortell ?mig ?meg mere/mer
i 2.5 foresla ~
i 3 ring ?til mig/meg i/for/pa ~
i 2.5 kollega/kollegaen ~ kommer/blir
o 3 kontoret er/holder lukket/stengt
o 3 pa rejse/reise
o 2.5 nar jeg er tilbage/tilbake
q 2.5 hvor mange/meget/lang/lenge/laenge/mye
q 2.5 hvor ~ fra
`
