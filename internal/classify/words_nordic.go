package classify

// phrasesSV: Swedish, without accents.
const phrasesSV = `
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
i 2.5 vad kostar
i 2.5 pris/priser/offert/kostnad
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
`

// phrasesDA: Danish and Norwegian, without accents.
const phrasesDA = `
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
i 2.5 hvad/hva koster
i 2.5 pris/priser/tilbud
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
`
