package classify

// phrasesNL: Dutch, without accents.
const phrasesNL = `
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
i 2.5 wat kost/kosten
i 2.5 prijs/prijzen/kosten/offerte/tarieven
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
`
