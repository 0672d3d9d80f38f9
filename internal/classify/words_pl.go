package classify

// phrasesPL: Polish, without accents.
const phrasesPL = `
u 2.5 jak ~ wypisac
u 3 nie chce/chcemy ?juz waszych/panstwa reklam/maili/ofert
u 3 o niewysylanie
u 2.5 jak zatrzymac te/wasze maile
u 3 wypisac/wypisz/wypiszcie/wypisanie/wypisuje/wyrejestrowac/wyrejestrowanie
u 3 usunac/usun/usuncie/usuniecie/usunecie/skreslic/wykreslic ~ listy/bazy/adres/adresu/dane/danych/maila/email/kontakt/kontaktow/mailingowej
u 3 usuniecie mnie/mojego/moich/nas/naszego
u 3 rezygnuje ~ newslettera/otrzymywania/subskrypcji/wiadomosci/maili
u 3 prosze ~ nie ~ pisac/wysylac/kontaktowac/przysylac/mailowac/wiecej/dzwonic
u 3 nie ~ chce/zycze/zyczymy/chcemy ~ otrzymywac/dostawac/wiadomosci/maili/kontaktu/sobie/emaili
u 3 nie/wiecej ?wiecej pisz/piszcie/wysylaj/wysylajcie/kontaktujcie/przysylajcie
u 3 przestancie/przestac/zaprzestac/zaprzestanie/przestan ~ wysylac/pisac/wysylania/kontaktu/kontaktowania
u 3 wypis* ~ mnie/nas/listy/newslettera/bazy
u 3 usun* ~ mnie/nas/moj*/nasz*/adres*/dane/danych/listy/bazy/mail*
u 3 nie ~ wysyl*/przysyl*/pis*/kontaktow* ~ mnie/mi/nas/wiecej/wiadomosci/maili/juz
u 2.5 nigdy ~ zapis*/zgod*
u 3 anulowac/anulowanie/anuluj ~ subskrypcji/subskrypcje
u 2.5 usun*/usuniec*/zadam ~ rodo
u 2.5 rodo ~ usun*/usuniec*
w 3 niewlasciwa/zla/nieodpowiednia/bledna osoba/osobe/adres
w 3 nie jestem ~ wlasciwa/odpowiednia/odpowiedzialny/odpowiedzialna
w 3 nie pracuje/pracuja juz/wiecej
w 3 juz nie pracuje/pracuja
w 2.5 nie zajmuje sie
w 2.5 prosze ~ kontaktowac/skontaktowac/kontakt/zwrocic ?sie z/do
w 3 odszedl/odeszla ~ firmy
w 2.5 przekazalem/przekazalam/przekazuje ~ koledze/kolezance/dzialu
n 3 nie ?jestesmy ?jestem ?sa ?bardzo zainteresowany/zainteresowana/zainteresowani/interesuje/interesuja
n 3 brak zainteresowania
n 3 nie dziekuje/dziekujemy
n 3 dziekuje/dziekujemy ?ale nie/nie skorzystam/skorzystamy
n 2.5 nie potrzebujemy/potrzebuje/skorzystamy/skorzystam
n 2.5 mamy/juz juz/mamy/wspolpracujemy/korzystamy
l 2.5 nie teraz
l 2.5 nie w tej chwili
l 2.5 w tej chwili nie
l 2.5 obecnie/aktualnie nie
l 2.5 nie ~ dobry/odpowiedni/najlepszy moment/czas
l 2 pozniej
l 2.5 przyszlym/nastepnym roku/miesiacu/kwartale/tygodniu
l 3 prosze ~ odezwac/wrocic/przypomniec/zadzwonic ~
l 2 nie ~ czasu/budzetu
l 2 brak czasu/budzetu
l 2 po wakacjach/urlopie/swietach/nowym
l 2 za kilka/dwa/trzy/pol miesiecy/tygodni/miesiace/tygodnie/roku
i 2.5 zainteresowany/zainteresowana/zainteresowani/interesujace/interesujaco/ciekawe/zainteresowanie
i 2.5 brzmi ~ ciekawie/dobrze/interesujaco
i 2.5 chetnie/oczywiscie
i 3 wiecej informacji/szczegolow
i 2.5 prosze o/przeslac/wyslac/przyslac/podeslac ~ oferte/informacje/cennik/wycene/materialy/prezentacje/link
i 2.5 spotkanie/spotkac/spotkania/rozmowa/rozmowe/zadzwonic/umowic/porozmawiac/umowmy/porozmawiajmy
p 2.5 ile ?to kosztuje
p 2.5 cena/ceny/cennik/koszt/koszty
i 2.5 wycena
i 2.5 demo/prezentacja/prezentacje
i 2.5 kiedy mozemy/moglibysmy/mozna
i 2 tak prosze/poprosze/chetnie
q 2 kim/kto jestescie/jest/pan/pani
q 2 skad macie/ma/maja
q 1.5 jak/jaki/jakie/czy/dlaczego
o 3 poza biurem
o 3 na urlopie/zwolnieniu/delegacji
o 3 nieobecny/nieobecna/nieobecnosc
o 2.5 wracam/wroce/bede ~ dostepny/dostepna/dnia/w/do
o 3 automatyczna odpowiedz
o 3 odpowiedz automatyczna
u 3 zadnych/zadnej ~ maili/wiadomosci/emaili/reklam
u 3 dosc tego/maili/wiadomosci
u 3 dajcie/daj/prosze ~ spokoj/spokoju
n 3 odpowiedz ~ nie $
n 3 ale nie $
n 3 wybralismy/wybralem/podpisalismy/zdecydowalismy ~ innego/inna/konkurencj*/dostawce/inny
n 3 nie bedziemy ~ kontynuowac/tego/dalej
n 2.5 nie mamy ~ problemu
n 2.5 nie pasuje
n 2.5 temat/sprawa ~ zamkniety/zamknieta/zakonczony
n 2.5 robimy/zalatwiamy ~ sami/wewnetrznie
n 2.5 za drogie/drogo/mali/male
n 2.5 zadowoleni/zadowolony/zadowolona ~ z
l 2.5 inne priorytety
l 2.5 za wczesnie
l 2.5 moment zly
l 2.5 zly moment
l 2.5 w tym roku/miesiacu/kwartale ~ nie/zawalony/zajety
l 2.5 po wakacjach/swietach/nowym
w 2.5 prosze do pana/pani/dzialu
n 2.5 wspolpracujemy/pracujemy juz
w 2.5 juz ?sie ?tym nie ?sie ?tym zajmuje
n 2.5 zdecydowalismy ~ nie
n 2.5 nie dla nas/mnie
w 3 pomylil/pomylila/pomylili ~ osobe/adres
w 2.5 to nie moj/moja dzial/dzialka/obowiazek/sprawa
w 2.5 tu/juz ?tu ?tutaj nie pracuje
w 2.5 zmienilem/zmienilam stanowisko/prace/firme/dzial
w 2.5 zajmuje sie tym/tymi/tym
w 2.5 decyduje/decyzja ~ centrala/dyrektor*/szef/nalezy/zarzad
w 2.5 prosze ~ rozmawiac/pisac/zapytac ~ dzial*/kolega/kolezanka/pania/panem
w 2.5 nastepca/nastepczyni/nastepcy
i 3 prosze ?nam ?mi pokazac
i 3 pokazac/pokaz/pokazcie nam/mi/jak
i 2.5 ciekaw/ciekawa/ciekawi
i 3 ^ do poniedzialku/wtorku/srody/czwartku/piatku/jutra/zobaczenia
i 3 swietnie/dobrze/super/zgoda/ok/to do poniedzialku/wtorku/srody/czwartku/piatku/jutra
i 3 w kalendarzu
i 3 prosze/wysylac ?o ?przeslac ?wyslac zaproszenie
i 3 wyslac/przeslac/przyslac/podeslac ?mi ?nam zaproszenie/prezentacje/terminy
i 2.5 mi/nam pasuje/odpowiada
i 2.5 pasuje mi/nam
i 2.5 zgoda
i 2.5 dobry pomysl
i 2.5 szukalismy/szukamy ~ takiego/tego/podobnego
i 2.5 chcemy/chcialbym/chcialabym/chcielibysmy ~ przetestowac/sprobowac/zobaczyc/wyprobowac
i 2.5 sprobujmy
i 3 zadzwonic jutro/dzis/do
i 2.5 zaproponowac ~
i 2.5 dolaczy ~
o 3 biuro jest/bedzie zamkniete/nieczynne
o 3 w podrozy sluzbowej
o 2.5 po powrocie
q 2.5 ile ?osob ?czasu trwa/osob/czasu/to
q 2.5 jak dlugo
`
