package classify

// phrasesFI: Finnish, without accents.
const phrasesFI = `
u 3 poistakaa/poista/poistaisitteko/poistetaan minut/meidat/minua ~
u 3 poistakaa/poista/poistaisitteko ~ osoitteeni/osoitteemme/tietoni/tietomme/sahkopostini/sahkopostiosoitteeni/listalta/listaltanne/rekisterista/rekisteristanne
u 3 alkaa/ala/alkaakaa lahettako/laheta/lahettakaa/kirjoittako/kirjoita/ottako/ota/soittako/hairitko/viestitelko ~ enaa/minulle/meille/yhteytta/viesteja/sahkopostia/postia/mitaan
u 3 lopettakaa/lopeta ~ lahettaminen/lahettamasta/viestit/viestien/sahkopostit/mainonta/mainostus/yhteydenotot/hairinta/spammaus
u 3 en/emme halua/haluamme/halua/toivo ~ enaa/viesteja/viestejanne/sahkopostia/mainoksia/markkinointia/yhteydenottoja/postianne/postia
u 3 en/emme ~ halua/halua ~ saada/vastaanottaa ~
u 3 ei enaa/enempaa ~ viesteja/sahkopostia/mainoksia/postia/yhteydenottoja
u 3 peruuttakaa/perukaa/peruutan/perun ~ tilaus/tilaukseni/tilauksen/uutiskirje/uutiskirjeen
u 3 kiellan/kiellamme ~ markkinoinnin/suoramarkkinoinnin/yhteydenotot/tietojeni
u 3 jattakaa/jata minut/meidat rauhaan
w 3 vaara henkilo/osoite/ihminen
w 3 en ole oikea ~
w 3 ei ~ enaa tyoskentele/toissa/palveluksessa
w 3 ei tyoskentele/ole enaa ~
w 3 on jaanyt elakkeelle
w 2.5 ottakaa/ota/olkaa ~ yhteytta kollegaani/esimieheeni/hankintaan/hankintapaallikkoon/hanneen
w 2.5 vastaa/hoitaa nykyisin/meilla ~
w 3 ei kuulu minulle/vastuulleni/tehtaviini
n 3 en/emme ole/olla ?talla ?hetkella kiinnostunut/kiinnostuneita
n 3 ei kiinnosta
n 3 ei ole tarvetta/ajankohtainen/ajankohtaista
n 3 ei kiitos
n 3 kiitos mutta ei
n 3 emme/en jatka/etene/lahde/tarvitse
n 2.5 meilla on jo ~
n 2.5 kaytamme/kaytossamme jo/on ~
n 2.5 liian kallis/kallista
l 3 ei ?ole ?juuri nyt/ajankohtaista
l 2.5 palataan/palaa/palaisitko/palatkaa ~ asiaan/syksylla/kevaalla/myohemmin/tammikuussa/elokuussa/syyskuussa
l 3 ottakaa/ota/olkaa/ole/soittakaa/kirjoita/kirjoittakaa ~ yhteytta/uudelleen ~ uudelleen/myohemmin/syksylla/kevaalla/jalkeen
l 2 kiire/kiireita/kiireinen
i 3 olen/olemme/olisimme/olisin kiinnostunut/kiinnostuneita
i 2.5 asia/tama/ehdotus/tarjous kiinnostaa/kuulostaa
i 2.5 kuulostaa ~ hyvalta/kiinnostavalta/mielenkiintoiselta/jarkevalta
i 3 lahettakaa/lahettaisitko/lahettaisitteko/laheta/voisitko/voitko/voitteko ~ lisatietoja/hinnaston/esitteen/tarjouksen/materiaalia/esittelyn
i 3 sopisiko/sopiiko/kavisiko/kayko ~ palaveri/tapaaminen/puhelu/maanantai/tiistai/keskiviikko/torstai/perjantai/kello
i 2.5 voidaan/voimme/voisimme ~ jutella/tavata/keskustella
p 2.5 paljonko/mita maksaa/hinta
p 2.5 hinta/hinnat/hinnasto/hintaan
q 2 miten/kuinka/miksi/milloin/kuka/mista/missa/toimiiko/onko/sisaltyyko
o 3 olen/olemme lomalla/poissa/virkavapaalla/matkoilla/vanhempainvapaalla/aitiyslomalla
o 2.5 palaan/palaamme ~ toihin/toimistolle/lomalta
o 3 en ole toimistolla
r 4 tama on automaattinen ~
`

// phrasesCS: Czech and Slovak, without accents.
const phrasesCS = `
u 3 odhlaste/odhlasit/odhlasim/odhlaseni/odhlasenie/odhlasuji ~
u 3 nepiste/neposilejte/nekontaktujte/nezasilejte/nevolejte/neotravujte/neposielajte/nepiste ~ mi/nam/me/nas/uz/dal/vice/viac/zadne/mailem
u 3 uz/dal/vice/viac mi/nam/me/nas ?prosim nepiste/neposilejte/nekontaktujte/nezasilejte/neposielajte
u 3 odstrante/vymazte/smazte/vyradte/vyskrtnete/odeberte/vyjmete/odoberte ~ me/mne/nas/muj/moji/moje/nase/adresu/udaje/seznamu/databaze/kontakt/mail
u 3 odstranit/vymazat/smazat/vyradit/vymaz/vyrazeni/vymazani ~ me/mne/nas/muj/moji/moje/seznamu/databaze/udaju
u 3 nepreji/nechci/nechceme/neprejeme/nezelam/nechcem ?si ?uz ?dal ?od ?vas ~ dostavat/prijimat/maily/emaily/zpravy/reklamu/reklamy/kontaktovan/kontaktovani/kontaktovat/nabidky
u 3 prestante/prestan ~ posilat/psat/kontaktovat/zasilat/otravovat/spamovat
u 3 zadne/zadna/ziadne dalsi ~ maily/emaily/zpravy/reklamu/nabidky
u 3 odvolavam/odvolavame ~ souhlas/suhlas
u 3 nechte/nechajte me/mne/nas ~ pokoji/byt
w 3 spatna/nespravna/jina osoba/adresa
w 3 nejsem ?ta ?spravna/spravny/kompetentni ~
w 3 uz ~ nepracuje/nepracuji
w 3 nepracuje uz/tady/zde/ve/v
w 2.5 obratte/kontaktujte ?se ?prosim ~ kolegu/kolegyni/oddeleni/pana/pani/kolega
w 2.5 ma na starosti ~
w 3 nemam na starosti
n 3 nemame/nemam zajem/zaujem
n 3 ne dekuji/dekujeme/dakujem
n 3 dekuji/dekujeme/dakujem ?ale ne/nie/nemame/uz
n 3 neni/nejde ~ pro nas
n 2.5 uz/jiz ~ mame/pouzivame/vyuzivame/spolupracujeme
n 2.5 mame/pouzivame/vyuzivame uz/jiz/jine/jineho ~
n 2.5 jsme spokojeni
n 2.5 prilis/moc drahe/draha/drahy
n 2.5 nepotrebujeme/nepotrebuji
l 3 ted/nyni/momentalne ?na ?to nemame/nemam/neni/nehodi/ne ~
l 3 ozvete/ozvi/napiste/kontaktujte/zavolejte ?se ?prosim ~ po/pozdeji/v/na/za/priste
l 2.5 neni ~ vhodna/spravna doba/chvile
l 2 nemame/nemam cas/kapacitu/kapacity/rozpocet
l 2.5 pristi/budouci rok/mesic/ctvrtleti
i 2.5 zaujala/zaujalo/zaujal/zajima/zajimave ~
i 3 mame/mam zajem
i 3 poslete/muzete/mohli/mohl/mohla/poprosim ~ poslat/cenik/nabidku/podklady/informace/prezentaci/materialy
i 3 sejdeme/potkame/zavolejme/spojme/schuzku/schuzka/hovor ~
i 2.5 hodi/hodilo ?by ?se ?nam ?mi ~ utery/streda/stredu/ctvrtek/patek/pondeli
p 2.5 kolik stoji/stojí/to
p 2.5 cena/ceny/cenik
q 2 jak/proc/kdy/kdo/odkud/kde/jaka/jaky/jake/kolik
o 3 jsem/budu/cerpam ~ dovolene/dovolenou/mimo/nepritomen/nepritomna
o 3 cerpam dovolenou
o 3 mimo kancelar
o 2.5 zpet/vratim/budu ~ kancelari/praci/dostupny
r 4 automaticka/automaticky odpoved/vygenerovana/vygenerovany/generovana
`

// phrasesTR: Turkish, without accents.
const phrasesTR = `
u 3 listenizden/listeden/listelerinizden/veritabanindan/veritabaninizdan/kayitlarinizdan/rehberinizden ~ cikarin/cikarir/cikariniz/silin/silin/siler/siliniz/kaldirin/cikartin
u 3 beni/bizi/adresimi/adresimizi/mailimi/verilerimi/bilgilerimi/numarami ~ silin/siliniz/siler/cikarin/cikariniz/cikarir/kaldirin
u 3 aboneligimi/aboneligi/uyeligimi ~ iptal/sonlandirin
u 3 abonelikten/listeden cikmak/ayrilmak ~ istiyorum/istiyoruz
u 3 bir daha ~ atmayin/gondermeyin/yazmayin/aramayin/yollamayin/rahatsiz/mail/ileti
u 3 artik ~ gondermeyin/yazmayin/atmayin/istemiyorum/istemiyoruz/yollamayin
u 3 eposta/posta/mail/mesaj/mailler/reklam/ileti/mesajlar/epostalar/eposta ~ istemiyorum/istemiyoruz/gondermeyin/atmayin/yollamayin
u 3 yazmayi/gondermeyi/aramayi/atmayi/yollamayi ~ birakin/birakiniz/kesin/durdurun
u 3 rahatsiz etmeyin
u 3 iletisime/benimle ~ gecmeyin
u 3 riza*/onay*/izn* geri ~
u 3 kvkk ~
w 3 yanlis kisi/adres/kisiye
w 3 dogru kisi degilim
w 3 artik ~ calismiyor
w 3 sirketten/isten/gorevinden ayrildi
w 2.5 bu konuyla/konuyla ~ ilgileniyor/ilgilenir/bakiyor
w 3 benim ~ alanim/gorevim/isim degil
n 3 ilgilenmiyorum/ilgilenmiyoruz
n 3 hayir tesekkurler/tesekkur
n 3 tesekkurler/tesekkur ?ederim ?ederiz ama/fakat ~
n 3 ihtiyacimiz/ihtiyacim/ilgimiz yok
n 2.5 zaten/halihazirda ~ kullaniyoruz/calisiyoruz/var
n 2.5 butcemizi asiyor
n 2.5 cok/fazla pahali
l 3 su ?an ?anda ?siralar ~ degil/mumkun/yogunuz/vaktimiz/uygun
l 3 tekrar/yeniden ~ yazin/arayin/ulasin/gorusalim/gorusuruz
l 2.5 gelecek/seneye/onumuzdeki yil/ay/yila
l 2.5 sonra ~ yazin/arayin/gorusalim/konusalim
i 2.5 ilgimizi/ilgimi/dikkatimizi cekti/cekiyor
i 3 ilgileniyoruz/ilgileniyorum
i 3 toplanti/gorusme/gorusmek/gorusalim/konusalim ~
i 3 fiyat/teklif/sunum/brosur/bilgi/katalog/dokuman ~ gonderir/gonderin/iletir/paylasir/gonderebilir/yollar/alabilir
p 2.5 ne kadar
p 2.5 fiyat/fiyati/fiyatiniz/fiyatlar/ucret/ucreti
q 2 nasil/neden/kim/nerede/hangi/kac/mi/mu/misiniz/musunuz/miyiz
o 3 izindeyim/izinliyim/tatildeyim/ofis/ofiste disindayim/degilim/disinda
o 3 izindeyim/izinliyim/tatildeyim/raporluyum
o 2.5 ofiste/iste/goreve ~ olacagim/donecegim/basliyorum
r 4 otomatik ~ yanittir/mesajdir/iletidir/gonderilmistir/olusturulmustur
`

// phrasesRU: Russian.
const phrasesRU = `
u 3 отпишите/отписаться/отписка/отписать/отпишите ~
u 3 больше/впредь/более ~ не ~ пишите/присылайте/шлите/беспокойте/звоните/отправляйте/писать/присылать/отправлять/беспокоить/контактируйте
u 3 не ?надо ?нужно пишите/присылайте/шлите/беспокойте/отправляйте/писать/присылать ~ больше/мне/нам/впредь/рекламу/спам/писем/письма
u 3 удалите/уберите/исключите/вычеркните/удалить/исключить/убрать ~ меня/нас/мой/мои/наш/базы/рассылки/списка/контакты/адрес/данные/почту
u 3 прекратите/перестаньте/хватит/прекратить/прошу прекратить/слать/присылать/писать/рассылку/рассылки/спам/спамить/отправлять/это/беспокоить
u 3 прекратите/перестаньте/хватит ~
u 3 не хочу/желаю/хотим/желаем ~ получать/ваших/писем/письма/рассылку/рекламу
u 3 отзываю/отзываем ~ согласие
u 3 оставьте ~ покое
w 3 ошиблись/неправильный/неверный адресом/адрес/человеком/контакт
w 3 не ?я ?тот занимаюсь/отвечаю/человек
w 3 больше/уже ~ не ~ работает/работаю
w 3 уволился/уволилась/уволен
w 2.5 обратитесь/обращайтесь/напишите/свяжитесь ~ к/коллеге/отдел/закупок/ней/нему/с
w 2.5 этим/этими/такими ~ занимается
n 3 не ~ интересно/интересует/заинтересованы/актуально/актуален
n 3 нет спасибо
n 3 спасибо ?но нет/не ~
n 2.5 спасибо но у нас ~ есть
n 2.5 у нас ~ уже есть/подрядчик/поставщик/решение
n 2.5 уже ~ пользуемся/работаем/используем/сотрудничаем
n 3 не ~ нужно/нуждаемся/планируем/требуется
n 2.5 слишком дорого
n 2.5 дорого ~
n 3 решили ~ отказаться/не
l 3 сейчас/пока/в ?данный ?настоящий ?момент не ~ до/время/можем/готовы/актуально/планируем
l 3 не до этого
l 3 напишите/свяжитесь/позвоните/вернемся/вернитесь/обратитесь ~ осенью/весной/летом/зимой/позже/через/после/следующем/январе/феврале/марте/апреле/мае/июне/июле/августе/сентябре/октябре/ноябре/декабре
l 2.5 в следующем году/квартале/месяце
i 2.5 интересно/интересное/заинтересовало/интересует/заинтересованы ~
i 3 пришлите/вышлите/отправьте/скиньте/можете ~ презентацию/прайс/прайслист/предложение/кп/информацию/материалы/подробнее/прислать
i 3 давайте/можем/готовы ~ созвонимся/встретимся/обсудим/поговорим/созвониться/встретиться/обсудить
i 3 созвонимся/встретимся/встретиться/созвониться ~
p 2.5 сколько ?это стоит/стоить/будет
p 2.5 цена/цены/стоимость/прайс
q 2 как/какой/какая/какие/почему/кто/откуда/где/когда/сколько/есть/можно
o 3 в отпуске
o 3 нахожусь/буду ~ отпуске/командировке/больничном
o 3 отсутствую ~
o 2.5 вернусь/выйду/возвращаюсь ~
r 4 это автоматический/автоматическое ~ ответ/письмо/сообщение/уведомление
`
