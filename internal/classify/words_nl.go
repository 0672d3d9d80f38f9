package classify

// phrasesNL: Dutch, without accents.
const phrasesNL = `
u 2.5 hoe stop/stopt/stoppen ik/we deze/jullie/die mails/mailtjes
u 3 uitschrijven/afmelden/uitschrijving/afmelding
u 3 schrijf/meld/haal ?me ?mij ?ons me/mij/ons ?maar uit/af/eraf/van
u 3 verwijder/verwijderen/verwijdert/haal/halen/schrap/schrappen/wis/wissen ~ lijst/mailinglijst/maillijst/bestand/database/gegevens/adres/emailadres/mailadres/verzendlijst/mailing
u 3 verwijder me/mij/ons
u 3 geen ?verdere ?enkele mails/emails/mail/email/berichten/reclame/mailtjes/nieuwsbrief ?meer
u 3 geen ~ mails/emails/berichten/mailtjes/contact meer
u 3 niet meer/langer ~ mailen/benaderen/contacteren/benaderd/gemaild/schrijven/ontvangen/sturen/mail/gecontacteerd
u 3 stop/stoppen/hou/houd ?aub ?alstublieft met/op ~ mailen/sturen/mails/emails/berichten/spammen/contacteren/benaderen
u 3 wil/wens/willen/wensen ~ geen/niet ~ mails/emails/berichten/benaderd/contact/ontvangen/gemaild
u 3 schrijf/meld/haal/verwijder/schrap me/mij/ons/mijn/onze ~ uit/af/eraf/van/lijst/bestand/adres/gegevens
u 3 afgemeld/uitgeschreven/verwijderd worden
u 3 gelieve/verzoek* ~ niet ?meer ~ te contact*/mail*/benader*/schrijv*/stur*
u 2.5 nooit ~ aangemeld/ingeschreven/toestemming
u 3 mail/contacteer/benader me/mij/ons niet
u 3 laat me/mij/ons met rust
w 3 verkeerde persoon/afdeling/adres/contactpersoon
w 3 niet de ?meer juiste/goede persoon/contactpersoon/aanspreekpunt
w 3 werkt/werk/werkzaam ~ niet meer
w 3 niet meer/langer werkzaam/in/bij
w 3 heeft/is ~ verlaten/vertrokken
w 3 uit dienst
w 2.5 contact op/opnemen met ~ collega/afdeling/mijn/onze
w 2.5 kunt/kan ~ contact opnemen met
w 2.5 neem ~ contact op met
w 2.5 niet verantwoordelijk
w 2.5 ga ~ niet over
w 2.5 doorgestuurd/doorgezet ~ collega/afdeling
n 3 geen ?enkele interesse/belangstelling/behoefte
n 3 niet ?meer ?echt geinteresseerd/interessant/relevant/nodig/interesse/geïnteresseerd
n 3 nee bedankt/dank/dankje
n 3 bedankt/dank ?u ?je maar nee
n 2.5 hebben/heb/werken/gebruiken al/reeds
n 2.5 al voorzien
n 2.5 tevreden met
n 2.5 past niet
l 2.5 op dit/het moment niet/geen
l 2.5 niet op dit/het moment
l 2.5 momenteel niet/geen
l 2.5 nu ?even niet
l 2.5 niet ?het juiste/goede ?goed moment
l 2.5 volgend/volgende/komend/nieuwe jaar/kwartaal/maand
l 3 neem/neemt/mail/bel/benader ?me ?mij ?dan ?ons ~ later/weer/opnieuw/nog/over/na/volgend/volgende
l 3 kom ~ op terug
l 2 later
l 2 geen tijd/capaciteit/budget
l 2 te/erg/heel druk
l 2 na de/het zomer/vakantie/jaarwisseling
l 2 over een/enkele/twee/drie/zes ?paar maanden/weken
i 2.5 interesse/geinteresseerd/interessant/belangstelling
i 2.5 klinkt/lijkt ~ goed/interessant/leuk
i 3 meer ?te informatie/info/weten/details/horen
i 2.5 stuur/sturen/mailen ~ informatie/info/offerte/prijzen/brochure/voorstel/link
i 2.5 afspraak/inplannen/kennismaken/kennismaking/gesprek/overleg
i 2.5 bel/bellen ?me ?mij ?ons
p 2.5 wat kost/kosten
p 2.5 prijs/prijzen/kosten/tarieven
i 2.5 offerte
i 2.5 demo/demonstratie/proefperiode
i 2.5 wanneer kan/kunnen/schikt/komt
i 2 graag
i 2 ja graag/prima/leuk/hoor
i 2 prima/akkoord
q 2 wie bent/ben/zijn
q 2 hoe komt/kom ~ aan
q 2 kunt/kan/kun ~ uitleggen/toelichten/vertellen
q 1.5 hoe/welke/waarom/waar/wat
o 3 niet op/in/aanwezig kantoor/het
o 3 afwezig/afwezigheid
o 3 met/op vakantie/verlof/zwangerschapsverlof/ouderschapsverlof/zakenreis
o 2.5 weer/terug ~ bereikbaar/aanwezig/kantoor
o 3 automatisch antwoord/bericht/gegenereerd
o 2.5 beperkt/niet bereikbaar
r 3 hebben uw/je bericht/vraag/mail/email/aanvraag ~ ontvangen
u 3 stop hiermee/ermee/nu/direct
u 3 mail/schrijf/contacteer/benader/bel me/mij/ons ?alsjeblieft niet ?meer
u 3 neem ~ geen contact ?meer
u 3 van/uit ~ lijst/maillijst/mailinglijst af
w 2.5 ga/gaat ~ niet meer over
w 2.5 dat/dit doet nu ~
i 2.5 plan/plannen ~ in
n 2.5 werken/werk ~ al met
n 2.5 besloten ~ niet
o 3 van/geniet ~ vakantie
l 2.5 eind van het jaar
n 2.5 niets/niks voor ons/mij
n 2.5 geen belang/meerwaarde
w 2.5 bij meneer/mevrouw/de/onze ~ zijn
w 3 daarvoor/hiervoor moet/kunt ~
n 3 antwoord is ?een nee
n 3 maar nee $
n 3 gekozen/kiezen/gekozen/getekend/gegaan ~ andere/ander/concurrent/leverancier/anders
n 3 andere/concurrent ~ gekozen/getekend
n 3 gaan/ga ~ niet ~ verder/door/mee
n 2.5 laten/laat het hierbij
n 2.5 dat/dit probleem hebben ~ niet
n 2.5 niet ?een ?ons probleem
n 2.5 onderwerp/zaak/kwestie ~ afgesloten/afgehandeld/klaar
n 2.5 doen/doe/regelen het/dit/dat ~ zelf
n 2.5 te duur/klein
n 2.5 sla/slaan ?dit ?het over
n 2.5 tevreden
n 2.5 niet nodig
l 2.5 andere prioriteiten
l 2.5 te vroeg
l 2.5 verkeerd/verkeerde/slecht/ongelukkig moment
l 2.5 dit jaar ~ geen/niet
l 2.5 omkomen/kom/verdrink om/in ~ werk
l 3 herinner*/herinneren ~
w 3 verkeerde voor u/je
w 3 verkeerde persoon/adres
w 2.5 niet mijn gebied/afdeling/taak/pakkie
w 2.5 gaat/gaan daarover/hierover/erover
w 2.5 praat/praten/overleg/spreek ?met ?de ?onze ?mijn met ~ afdeling/inkoop/collega
w 2.5 beslist/beslissing/besluit ~ hoofdkantoor/directeur/directie/ligt
w 2.5 andere functie/baan/afdeling
w 2.5 collega ~ doorgegeven/doorgestuurd/gegeven
w 2.5 moet ~ bij meneer/mevrouw/de/onze ~ zijn
w 2.5 opvolger/opvolgster
w 2.5 doet/regelt/beheert ~ hiervan/hiervoor
i 3 laat ?maar ?me ?ons zien
i 2.5 benieuwd/nieuwsgierig
i 3 ^ tot maandag/dinsdag/woensdag/donderdag/vrijdag/morgen/dan ?dan $
i 3 prima/goed/akkoord/perfect/ok/oke/super/top tot maandag/dinsdag/woensdag/donderdag/vrijdag/morgen/dan
i 3 in de/mijn agenda
i 3 stuur/stuurt ?me ?mij ?ons ?maar ?de ?een uitnodiging/presentatie
i 2.5 komt/schikt/past ?mij ?ons ?goed goed ?uit
i 2.5 afgesproken
i 2.5 goed idee
i 2.5 op zoek naar
i 2.5 willen/wil ~ proberen/testen/zien/weten
i 2.5 proef/pilot doen
i 2.5 schuift/komt ~ aan/mee
i 2.5 stel/stelt ~ voor
i 2.5 vertel ?me ?ons ?maar meer
o 3 kantoor ~ gesloten/dicht
o 3 op reis
o 2.5 bij terugkomst
q 2.5 hoeveel
`
