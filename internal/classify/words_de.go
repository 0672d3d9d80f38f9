package classify

// phrasesDE: German, without umlauts (see fold).
const phrasesDE = `
u 3 abmelden/abbestellen/austragen/abmeldung/abbestellung
u 3 melden/tragen/nehmen/loschen/streichen/entfernen sie mich/uns ~ ab/aus/von
u 3 aus ~ verteiler/liste/mailingliste/datenbank/adressliste/emailverteiler/mailverteiler/kontaktliste/listen/system ~ entfernen/loschen/streichen/nehmen/austragen/heraus/raus
u 3 loschen/entfernen/streichen/nehmen ?sie ?bitte mich/uns/meine/unsere ~ aus/von/verteiler/liste/daten/adresse/emailadresse/mailadresse/kontaktdaten
u 3 meine/unsere/meiner ~ daten/adresse/emailadresse/mailadresse/kontaktdaten ~ loschen/entfernen/loschung
u 3 keine/keinerlei ?weiteren ?mehr ?weitere mails/emails/mail/email/nachrichten/werbung/newsletter/werbemails/anfragen/zusendungen/kontaktaufnahme
u 3 keine ~ mails/emails/nachrichten/werbung/newsletter mehr
u 3 nicht mehr ~ kontaktieren/anschreiben/schreiben/kontaktiert/angeschrieben/zusenden/senden/schicken/anrufen
u 3 mochte/will/wollen/mochten/wunsche/wunschen ~ keine/nicht ~ mails/emails/nachrichten/werbung/kontaktiert/angeschrieben/kontakt
u 3 nie wieder ~ kontaktieren/schreiben/anschreiben
u 3 kontaktier*/schreib*/schick*/send*/mail*/ruf* ~ nicht/keine/keinerlei ?mehr ?weiteren ?weitere mehr/weiter/mails/emails/nachrichten/wieder
u 3 von weiteren/weiterer/kunftigen ~ ab/absehen/abzusehen/abstand
u 3 nehm*/streich*/entfern*/losch*/trag* ~ mich/uns/meine/meinen/unsere/adresse ~ liste*/verteiler*/datenbank*/kartei/aus/raus/heraus/emailadresse/adresse/daten
u 3 abgemeldet/ausgetragen/entfernt/geloscht werden
u 3 abmeld*/abbestell*/austrag*
u 2.5 nie/nicht angemeldet/abonniert/registriert/zugestimmt/eingewilligt
u 3 horen sie auf
u 3 unterlassen sie
u 3 lass/lassen/lasst/lasset ?sie ?mich ?uns ?kunftig ?bitte ?endlich ?doch ?einfach in ruhe/frieden
u 3 ihre/meine/unsere/meinen/unseren ruhe/frieden haben
u 3 von ?weiteren ?kunftigen zusendungen/werbemails/mails/kontaktaufnahmen/anfragen ?bitte absehen
u 2.5 hort/horen ?sie ~ auf mit ?dem ?diesem spam
u 2.5 diese/eure/ihre mails los
u 2.5 wie/wo kann/konnen ~ abmelden
u 2.5 kann man sich ~ abmelden
u 3 widerspreche/widersprechen/widerspruch ~ nutzung/verarbeitung/speicherung/verwendung/werbung/daten/werbliche/werblichen
u 2.5 dsgvo ~ losch*/entfern*/auskunft/widersp*/verstoss*
u 2.5 losch*/auskunft/verstoss*/widersp* ~ dsgvo
u 2.5 das ist spam
w 3 falsche/falscher/falschen person/ansprechpartner/ansprechpartnerin/adresse/abteilung/adressat
w 3 nicht ?der ?die ?mehr richtige/richtiger/zustandig/zustandige/zustandiger/verantwortlich
w 3 nicht/nicht mehr ?bei ?im ?fur ~ tatig/beschaftigt/angestellt
w 3 arbeitet/arbeite nicht mehr
w 3 nicht mehr im/in/bei/fur ~ unternehmen/firma/haus/uns
w 3 unternehmen/firma ~ verlassen
w 3 hat/habe ~ verlassen
w 2.5 wenden sie sich ~ an
w 2.5 zustandig ist/ware/sind
w 2.5 ansprechpartner/ansprechpartnerin ~ ist/ware/fur
w 2.5 mit unserem/unserer/meinem/meiner/dem/der ~ sprechen/reden/klaren/abstimmen
w 2.5 an unsere/unseren/meine/meinen/die/den ~ wenden/schicken/richten/weiterleiten
w 2.5 nachfolger/nachfolgerin/nachfolge
w 3 habe/hat/haben ?das ?die unternehmen/firma verlassen
w 2.5 nicht mein bereich/thema/gebiet
w 2.5 ist/sind ~ zustandig/verantwortlich/ansprechpartner
w 2.5 kummert sich
w 2.5 im ruhestand
w 2.5 weitergeleitet/weitergegeben an ~
w 2.5 an ?den ?die ?unsere ?unseren ?meine ?meinen kollegen/kollegin/abteilung/zustandige/zustandigen/zustandigkeit/frau/herrn/herr/chef/chefin/einkauf ~ weitergeleitet/weitergegeben
w 2.5 meinen/meine/meinem/meiner kollegen/kollegin ~
n 3 kein/keinen/keine/keinerlei ?weiteren ?grosses interesse/bedarf
n 3 nicht ?weiter ?mehr interessiert/interessant/relevant/benotigt
n 3 nein danke
n 3 danke ?aber nein
n 2.5 brauchen/benotigen/brauche/benotige ~ nicht
n 2.5 passt/passen ~ nicht
n 2.5 gut/bestens/bereits aufgestellt/versorgt/abgedeckt
n 2.5 nicht ?zu ?fur uns/mich/notig/erforderlich/gebraucht
n 2.5 verzichten/absehen/ablehnen
n 2.5 passt nicht
n 2.5 haben/habe/nutzen/nutze/arbeiten bereits/schon
n 2.5 bereits/schon ~ versorgt/anbieter/losung/dienstleister/aufgestellt
n 2.5 sind/bin ~ zufrieden/versorgt
n 2.5 kommt ~ nicht in frage
n 2.5 kein thema
n 2.5 sehen ~ keinen bedarf
l 2.5 derzeit/momentan/aktuell/zurzeit/augenblicklich ~ nicht/kein/keine/keinen
l 2.5 im moment/augenblick ~ nicht/kein/keine/keinen
l 2.5 zur zeit ~ nicht/kein/keine/keinen
l 2.5 jetzt nicht
l 2.5 nicht jetzt
l 2.5 nicht der richtige/passende/gute zeitpunkt/moment
l 3 melden/kontaktieren/schreiben/fragen/rufen/kommen ?sie ?sich ?mich ?uns ?gerne ?bitte ?doch ?an ~ wieder/nochmal/nochmals/erneut/spater/nachsten/nachstes/im/in/nach
l 2.5 nachstes/kommendes/neuen/neues jahr/quartal
l 2 nachsten/kommenden monat/monate
l 2.5 zu einem spateren
l 2.5 erst/fruhestens/wieder ~ nachstes/nachsten/kommendes/im/in/ab/nach
l 2.5 zu fruh
l 2.5 muss/mussen ~ warten
l 2 spater
l 2 keine zeit/kapazitat/kapazitaten
l 2 viel zu tun
l 2 nach dem/den/der urlaub/sommer/ferien/messe/jahreswechsel
l 2 in ein/einigen/zwei/drei/vier/sechs ?paar wochen/monaten
i 2.5 lassen sie uns ?einfach ?mal ?kurz reden/sprechen/telefonieren
i 2.5 interesse/interessiert/interessant/spannend/interessieren
i 2.5 klingt/hort/liest ?sich ~ gut/interessant/spannend/super/toll
i 3 mehr/weitere/nahere ?gerne informationen/infos/details/erfahren/wissen/unterlagen/auskunfte
i 2.5 schicken/senden/ubersenden/zusenden/schick sie ?mir ?uns ~ unterlagen/infos/informationen/angebot/preise/preisliste/termine/terminvorschlage/material/link
i 2.5 terminvorschlag/terminvorschlage/termin/telefonat/gesprach/meeting
i 2.5 telefonieren/sprechen/austauschen/zusammensetzen/treffen
i 2.5 nochmal/nochmals/erneut/bitte ~ schicken/senden/zusenden
i 2.5 rufen sie mich/an
i 2.5 wann ~ zeit/passt/konnen/hatten
p 2.5 was kostet/kosten
p 2.5 preis/preise/preisen/kosten/kostet/konditionen/preisliste/gebuhr/gebuhren
i 2.5 angebot/angebote
i 2.5 demo/vorfuhrung/testzugang
i 3 lassen sie uns
i 2.5 ja gerne/gern/bitte/klar
i 2 gerne/gern
i 2 ^ ja gerne/gern/bitte/das/wir/klar/ich/unbedingt/sicher
i 2 sehr gut/gerne
i 2 einverstanden
q 2 wer sind/ist
q 2 woher haben
q 2 konnen/konnten/wurden sie ~ erklaren/erlautern/sagen
q 1.5 wie/was/welche/warum/wo
o 3 nicht im/in ?meinem buro/haus/dienst
o 3 abwesend/abwesenheit/abwesenheitsnotiz
o 3 im/in/auf urlaub/dienstreise/elternzeit/mutterschutz/geschaftsreise/betriebsferien
o 3 ausser haus/dienst
o 2.5 bin/wieder ~ erreichbar/zuruck/anwesend
o 3 automatische antwort/nachricht/email
o 2.5 wird nicht weitergeleitet
o 3 nicht/nur/eingeschrankt ?per ?telefonisch erreichbar
o 3 bis/vom/ab/einschliesslich/zum ~ nicht erreichbar/anwesend/da/verfugbar
o 2 in dringenden fallen
r 3 haben ihre/deine nachricht/anfrage/email ~ erhalten
r 3 antworten sie ~ nicht auf diese
u 3 keine/keinerlei ~ mails/emails/nachrichten/post/werbung/kontakt mehr
n 3 die antwort ~ nein
n 3 antwort ist/lautet nein
n 3 aber/sondern nein $
n 3 nicht ?mehr weiterverfolgen/weiterfuhren/vertiefen/umsetzen/aufgreifen
n 3 fur ?einen ?eine ?ein ?das ?den ?die anderen/andere/anderes/mitbewerber/konkurrenten/wettbewerber ~ entschieden
n 3 bei/mit ?einem ?einer ?dem mitbewerber/konkurrenten/anderen/anderem/wettbewerber ~ unterschrieben/abgeschlossen/gelandet/geblieben
n 3 thema/frage/angelegenheit/sache ~ erledigt/vom/abgeschlossen/durch
n 2.5 hat sich ~ erledigt
n 2.5 dieses/das/solche/solch ?ein problem/probleme haben/hat/kennen ~ nicht
n 2.5 das/dieses problem ~ nicht
n 2.5 bleiben/bleibe bei unserem/unserer/unseren/dem/der
n 2.5 machen/erledigen/losen ?wir ?das ?es ~ selbst/selber/intern
n 2.5 keine/keinerlei verwendung
n 2.5 absagen/absage
n 2.5 kaufen/brauchen nichts
n 2.5 mochten/wollen/mochte/will ~ nicht $
n 2.5 lohnt ~ nicht
n 2.5 zu klein/teuer/gross ?dafur ?fur
n 2.5 kein/keinen handlungsbedarf/anlass/grund/nutzen/mehrwert
n 2.5 dagegen entschieden
l 2.5 ende des jahres
n 2.5 nichts/nix fur uns/mich
n 2.5 sparen sie sich
l 2.5 zeitpunkt/moment/timing ~ schlecht/unpassend/ungunstig/falsch
l 2.5 budget ~ verplant/ausgeschopft/aufgebraucht/verbraucht/weg
l 2.5 andere/anderen prioritaten/prioritat/baustellen
l 2.5 schlechter/falscher/ungunstiger/unpassender zeitpunkt/moment
l 2.5 stecken/stecke/sind/bin ?gerade mitten/mittendrin
l 3 melden/schreiben/fragen/rufen ?sie ?sich ?mir ?uns ?bitte danach/spater ?noch ?einmal
l 3 neuen/nachsten/kommenden jahr ~ wieder/erneut/nochmal/melden
l 2.5 gerade/aktuell/momentan keine ~
l 2.5 vollig/komplett/total/gerade ausgelastet/uberlastet
l 2.5 bis zum/nach ?dem ?der ?den sommer/ostern/jahreswechsel/messe/umzug/ferien ~
l 2.5 nach ostern/weihnachten/pfingsten/silvester
w 3 bei mir/uns ?leider ?hier ?an ?der falsch/falschen/verkehrt
w 3 an der falschen/verkehrten stelle/adresse
w 3 bin ~ falsche/falschen/falscher/verkehrte
w 2.5 fragen/kontaktieren/sprechen/schreiben ?sie ?bitte ?am ?besten ?an ?mit herrn/frau/unseren/unserem/unserer/unsere/meinen/meine/meinem
w 2.5 herr/frau ~ hilft/helfen/zustandig/kummert/macht/entscheidet/weiterhelfen/ubernommen
w 2.5 hilft/helfen ihnen ~ weiter/gerne/gern
w 2.5 das/daruber/dies entscheidet/entscheiden/macht/machen/betreut/ubernimmt/regelt ?bei ?uns ?der ?die ?das ?unsere ?unser
w 2.5 entscheidet/entscheidung ~ geschaftsfuhrer*/zentrale/konzern/einkauf/leitung/vorstand
w 2.5 damit/hiermit habe/hab ich nichts
w 2.5 in einer/eine/einem anderen/andere abteilung/bereich/firma/team
w 2.5 richtige/richtiger ?kontakt/ansprechpartner/ansprechpartnerin/person ~ ware/ist
w 2.5 aufgabe/bereich/thema ~ ubernommen
i 3 termin/einladung/gesprach/uhrzeit ~ eingetragen/angenommen/notiert/bestatigt/steht/passt
i 3 ^ bis dann/montag/dienstag/mittwoch/donnerstag/freitag/morgen ?dann $
i 3 passt/perfekt/super/ok/prima/gut/klar/dann bis dann/montag/dienstag/mittwoch/donnerstag/freitag/morgen
i 2.5 passt/passen ?mir ?uns gut/prima/perfekt/bestens/hervorragend
i 2.5 wurde/konnte ~ passen/gehen/klappen
i 3 zeigen sie ?mir ?uns
i 3 uns/mir ~ zeigen/vorfuhren/vorstellen
i 2.5 ja/gerne/gern/perfekt/prima/super/alles/klar/passt $
i 2.5 senden/schicken sie ?mir ?uns ?bitte ?gern ?gerne ?die ?eine einladung/einladungen
i 2.5 kommt/bringe/dazu/nehme ~ dazu/mit/teil
i 2.5 wollen/mochten/wurden ?wir ?das ?gern ?gerne ?es ~ testen/ausprobieren/weitermachen/ansehen/anschauen/kennenlernen
i 2.5 neugierig
i 2.5 melden sie sich morgen/heute/montag/dienstag/mittwoch/donnerstag/freitag
i 2.5 gute idee
i 2.5 machen/machen wir so
i 2.5 rede/reden/sprechen ?wir ?daruber ?gern daruber/morgen/kurz
o 3 im/in ?den ?meinem urlaub/urlaubs/ferien
o 3 zurzeit/derzeit/momentan/aktuell/leider/gerade ?leider ?per ?email nicht ?zu ?im ?per ?telefonisch erreichbar/erreichen/buro/haus
o 3 buro/geschaft/praxis/kanzlei/firma ~ geschlossen/zu
o 3 wieder im/in buro/haus/dienst
o 3 wieder erreichbar/da/zuruck/fur
o 3 auf/in einer/einem ?einer schulung/fortbildung/messe/seminar/konferenz/reise/kur/dienstreise
o 3 krank/krankgeschrieben/krankheit
o 2.5 weitergeleitet
q 2.5 woher/wie kennen/haben
`
