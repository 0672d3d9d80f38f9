package classify

// conceptLinesMore are conceptLines for Finnish, Czech, Turkish and Russian.
const conceptLinesMore = `
not ei$ en$ emme$ eivat$ ala$ alkaa$ ne$ neni nema nemam nemame zadn degil$ yok$ hayir$ ilgilenmiyor istemiyor не$ нет$ никогда ни$
longer enaa$ uz$ artik$ больше$ уже$
again uudelleen$ uudestaan$ znovu$ opet$ tekrar$ yeniden$ снова$ повторно$ еще$
already jo$ jiz$ zaten$ halihazirda$ уже$
have meilla$ mame$ mam$ var$ bizde$ есть$ имеем$
use kayt pouziv vyuziv kullan использу пользуем работаем$
system ohjelm jarjestelm ratkais reseni$ system nastroj program yazilim sistem cozum систем програм решени
vendor toimittaj kumppan kilpail tilitoimist dodavatel konkurenc agentur ucetni tedarik rakip ajans muhasebe$ firmayla поставщик подрядчик конкурент агентств бухгалтер
happy tyytyvai spokojen memnun доволь устраива
price hinta hinnat hinnasto maksaa$ kustan cena$ ceny$ cenik cenu$ stoji$ fiyat ucret maliyet цена$ цены$ стоимост прайс стоит$ тариф
howmuch paljonko$ kuinka$ kolik$ kac$ kadar$ сколько$
money raha budjet kallis kallii varaa$ penize$ rozpoc drahe drahy prachy para$ butce pahali деньг бюджет дорог
later myohemmin$ pozdeji$ pak$ sonra$ позже$ потом$ попозже$
until saakka$ asti$ ennen$ jalkeen$ po$ pred$ do$ az$ kadar$ once$ до$ после$ через$ пока$
now nyt$ talla$ hetkella$ ted$ nyni$ momentalne su$ simdi$ suan$ сейчас$ пока$ данный$
period vuosi vuonna$ kuukau viikko viikon$ kesa kesan syksy kevat kevaalla$ rok$ roce$ mesic tyden$ tydnu$ leto$ lete$ podzim jaro$ prazdnin yil$ yila$ ay$ ayda$ hafta sene yaz$ yaza$ sonbahar год месяц недел лето летом$ осень осенью$ весн квартал
next ensi$ seuraav pristi$ budouci$ gelecek$ onumuzdeki$ haftaya$ seneye$ следующ будущ
busy kiire ruuhka zaneprazdn vytizen nestiham yogun mesgul занят некогда$ загруж
time aikaa$ aika$ cas$ casu$ vakit$ vaktimiz$ zaman$ времен время$
meet palaver tapaam tavata$ tavataan$ puhelu jutella$ jutellaan$ soita$ soittakaa$ schuz setkan sejit$ zavol hovor$ toplant gorus arayin$ arayabil konusal встреч созвон обсуд звон поговор
send lahet posl zasl zaslat$ gonder yolla ilet пришл присл вышл отправ скиньт
info lisatiet esite esittely tarjous tarjouk materiaal podklad nabidk informac prezentac materialy sunum teklif brosur bilgi$ dokuman katalog презентац материал информац предложени$ каталог подробн
interest kiinnost zajem zajim zauja ilgi ilginc интерес заинтересов
good hyva hyvalta$ sopii$ kay$ dobre$ dobra$ skvel super$ zni$ guzel iyi$ olur$ harika хорош отличн подход
yes kylla$ joo$ toki$ ano$ jasne$ evet$ tabii$ elbette$ да$ конечно$
thanks kiitos$ kiitoksia$ dekuj dakuj tesekkur спасибо$ благодар
sorry valitettavasti$ pahoittel bohuzel$ omlouva maalesef$ uzgun сожален извин
need tarve tarvit potreb ihtiyac gerek нужн надо$ потребн
charge vastaa$ hoitaa$ vastuul paatta odpoved rozhod starosti$ ilgileniyor sorumlu karar отвеча решает решаю занимает
colleague kollega esimies paallik johtaja kolega kolegyn vedouc reditel sef$ mudur yonetici meslektas arkadas коллег начальник директор руковод
department hankinta osasto konserni nakup oddelen centrala ucetni satin$ satinalma departman merkez отдел закуп бухгалтер центральн
left lahtenyt$ elakkeel irtisanout jaanyt$ odesel odesla odchod duchod ayrildi$ emekli уволил ушел$ ушла$ пенси
forwarded valitin$ valitan$ valitetty$ preposl predal предал iletti ilettim yonlendir передал передам переслал перешлю
turnto ottakaa$ kaantyk obrat kontaktuj basvur ulasin обратит свяжитес напишит
stop lopett prestan dost birak durdur kesin$ прекрат перестан хватит$
remove poista odstran vymaz smaz vyrad odhlas sil$ silin cikar$ cikarin$ kaldir iptal удал убери исключ отпис
list lista$ listal rekister seznam databaz liste$ listen kayit списк список базы$ рассыл
mail viesti viesteja$ sahkopost posti mail mailu$ email zprav eposta$ mesaj ileti письм почт сообщен
data tietoni tiedot osoite osoitteen udaj adres adresu bilgilerim veri данн адрес контакт
consent suostum markkino mainos roskapost souhlas reklam gdpr riza onay kvkk согласи реклам спам
ask mika$ mita$ miten$ missa$ mista$ milloin$ miksi$ kuka$ onko$ toimiiko$ co$ jak$ jaky jaka$ jake$ proc$ kde$ kdy$ kdo$ odkud$ ne$ neden$ nasil$ hangi$ kim$ nerede$ mi$ mu$ что$ как$ какой$ какая$ какие$ почему$ где$ когда$ кто$ откуда$ ли$
could voitko$ voitteko$ voisitko$ voisitteko$ voimme$ muzete$ mohli$ muze$ lze$ misiniz$ misin$ olabilir можете$ могли$ можно$
contract sopimus sopimuk sitout smlouv zavaz vypoved sozlesm taahhut договор контракт
trial kokeil demo$ testat zkus vyzkous zkuseb dene deneme пробн демо$ попробов
think harkits mietit miett keskustel promysl prober zvaz dusun degerlendir обдума подума рассмотр обсудим$
getback palaan$ palaamme$ ilmoit ozv vratim$ donecegim$ donus вернусь$ сообщ
received saapu sain$ vastaanot obdrzel dosl dostal ulasti aldim$ aldik получил пришло$
wrong vaara vaaran spatn nespravn yanlis ошиб неправиль
me mina$ minun$ minua$ minulle$ ja$ me$ mne$ mi$ muj$ moje$ ben$ beni$ bana$ benim$ я$ меня$ мне$ мой$ мои$
we me$ meidan$ meille$ meita$ my$ nas$ nam$ nase$ biz$ bizi$ bize$ bizim$ мы$ нас$ нам$ наш наша$
you te$ teidan$ sinun$ vas$ vam$ vase$ siz$ sizi$ sizin$ вы$ вас$ вам$ ваш
please pyydan$ olkaa$ prosim$ lutfen$ пожалуйста$ прошу$
leave loma lomalla$ lomall vapaal dovolen nepritom izinde izinli tatil отпуск отсутств больничн
here taalla$ meilla$ tady$ zde$ burada$ здесь$
works4 toissa$ tyoskent pracuje$ calis calisiyor работает$ работаю$
wish halua haluais toivo chci$ chceme$ chtel preji istiyor isterim хочу$ хотим$ хотел
`
