package classify

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// conceptLines say one thing in all languages, so that what is learnt from
// answers in one language holds for answers in another. A line is a name, stems
// (folded; a final "$" makes a whole word) and, behind "|", parts of words of
// scripts without blanks. A stem stands only for what it mostly means.
const conceptLines = `
not not$ no$ never$ none$ nor$ without$ nope$ nah$ nothing nobody$ neither$ hardly$ nicht$ nichts$ kein nie$ niemand ohne$ nix$ pas$ aucun jamais$ ni$ sans$ rien$ ningun nunca$ nada$ sin$ tampoco$ non$ nessun mai$ senza$ niente$ nulla$ nao$ nem$ nenhum sem$ niet$ geen$ nooit$ niets$ niks$ zonder$ inte$ ej$ inga$ ingen$ inget$ aldrig$ ikke$ intet$ uden$ bez$ zaden$ zadn nigdy$ nic$ | ない ません なし 不 没 無 无 别 未 ず
longer longer$ anymore$ mehr$ plus$ mas$ piu$ mais$ meer$ langre$ lenger$ laengere$ wiecej$ | もう
again again$ wieder$ nochmal erneut$ encore$ nouveau nuevo$ nuevamente$ nuovo$ nuovamente$ novamente$ opnieuw$ nogmaals$ weer$ igen$ igjen$ ponownie$ znowu$ | もう一度 改めて 再
already already$ bereits$ schon$ deja$ ya$ gia$ reeds$ redan$ allerede$ juz$ | 既に すでに 済み 已
have have$ has$ had$ got$ haben$ hat$ habe$ avons$ ont$ tenemos$ tengo$ tiene$ abbiamo$ temos$ tenho$ tem$ hebben$ heb$ heeft$ har$ mamy$ mam$ | 有
use use$ uses$ using$ used$ nutzen$ verwenden$ benutzen$ utilis usamos$ usiamo$ usam gebruik anvand bruger$ bruker$ uzyw korzyst | 使 用
system solution tool$ tools$ system software$ platform program erp$ crm$ losung werkzeug outil$ logiciel solucion herramienta sistema strument gestional solucao ferramenta oplossing pakket$ losning verktyg vaerktoj narzedz rozwiaz app$ | システム ソフト ツール 製品 系统 软件 工具 产品
vendor vendor supplier provider agenc competitor contractor accountant bookkeeper anbieter lieferant dienstleister agentur steuerberater mitbewerb wettbewerb konkurren fournisseur prestataire concurrent comptable proveedor gestoria competencia fornitor commercialist concorren fornecedor parceir leverancier bureau$ leverantor byra$ byran$ revisor leverandor dostawc agencj konkurenc ksiegow | 業者 代理店 他社 取引先 供应商 代理 别家 厂商
happy happy$ satisfied$ pleased$ content$ zufrieden satisfait contents$ contento satisfech soddisfatt satisfeit tevreden nojd$ nojda$ tilfreds fornoyd zadowol | 満足 十分 满意 挺好
chosen chose$ chosen$ signed$ went$ picked$ selected$ renewed$ entschieden$ unterschrieben$ gewahlt$ choisi$ signe$ retenu$ elegido$ firmado$ firmamos$ scelto$ firmato$ escolhemos$ assinamos$ gekozen$ getekend$ valde$ valt$ valgte$ valgt$ wybrali podpisali | 決め 选了 签了 定了
ours house$ inhouse$ ourselves$ built$ eigen intern$ selbst$ interne propia propio nosotros$ interno internamente proprio casa$ nossa$ nos$ zelf$ sjalva$ egen$ eget$ selv$ wlasn sami$ | 自社 自己
price price prices pricing$ cost$ costs$ fee$ fees$ preis kost prix$ tarif cout precio coste costo prezz preco custo prijs pris$ priset$ prisen$ kostnad cena$ ceny$ cene$ koszt charge$ | 料金 価格 値段 费用 价格 报价
howmuch combien$ cuant quant wieviel hoeveel ile$ ballpark$ | いくら 多少
money money$ budget afford expensive pricey spend spending$ funds$ cash$ geld$ teuer mittel$ leisten$ argent$ cher$ chere$ moyens$ dinero$ presupuesto caro$ cara$ soldi$ spesa$ dinheiro$ orcamento verba$ duur$ betalen$ pengar dyrt$ dyr$ rad$ penge$ budzet pieniedz drog stac$ | 予算 お金 高い 高すぎ 费用面 コスト 预算 贵 钱 资金
later later$ spater$ tard$ luego$ senare$ senere$ pozniej$ eventually$ someday$ | また 後日 以降 以后 再说 回头 之后
until until$ till$ before$ after$ once$ bis$ vor$ nach$ sobald$ erst$ avant$ apres$ jusqu hasta$ antes$ despues$ fino$ prima$ dopo$ ate$ depois$ tot$ na$ zodra$ voor$ tills$ fore$ efter$ inden$ etter$ przed$ po$ az$ dopiero$ earliest$ fruhestens$ tidigast$ tidligst$ najwczesniej$ | まで から 後 次第 等 之前 过完
now now$ moment currently$ present$ aktuell derzeit$ jetzt$ momentan$ zurzeit$ gerade$ heuer$ actuellement$ maintenant$ ahora$ actualmente$ adesso$ attualmente$ ora$ agora$ nu$ obecnie$ teraz$ chwil | 今 現在 目下 现在 目前 最近 暂
period year$ years$ month quarter$ week$ weeks$ fiscal season$ jahr quartal monat woche annee trimestre mois$ semaine ano$ mes$ meses$ semana anno$ mese$ mesi$ settiman jaar kwartaal maand week ar$ aret$ kvartal manad vecka maned uge$ rok$ roku$ kwartal miesiac tydzien summer$ spring$ autumn$ fall$ winter$ sommer herbst fruhjahr ete$ rentree$ verano$ otono$ estate$ autunno$ verao$ zomer najaar sommar host efterar jesien lato$ | 年 月 期 週 季度 周
next next$ nachst kommend prochain proxim prossim volgend nasta$ naeste$ neste$ przyszl | 来 次 明年 下
busy busy$ swamped$ slammed$ overload buried$ bandwidth$ capacity$ drowning$ hectic$ plate$ beschaftigt ausgelastet kapazitat debord occupe ocupad liad impegnat strapien corrid druk$ drukte$ upptag fullt$ hinner$ travl zajet zawal | 忙 多忙 ばたばた 繁忙
time time$ timing$ zeit$ zeitpunkt$ temps$ tiempo$ tempo$ tijd$ tid$ tiden$ czas | 時間 时间 空
hold hold$ pause paused$ wait waiting$ postpone freeze$ frozen$ froze$ parked$ park$ warten$ abwarten$ verschieb eis$ attend suspens esperar esperamos$ parad aplaz aspettare$ fermo$ sospes wachten$ uitstel vanta$ vantar$ avvakta vente$ venter$ afvent czekamy$ poczekaj stoi$ wstrzym reorgani umstellung migration$ merger$ acquisition$ | 保留 待ち 見合わせ 延期 搁置 暂停 推迟
meet call$ calls$ meet meeting talk$ chat$ speak$ phone$ ring$ schedule appointment calendar zoom$ teams$ invite invitation coffee$ slot telefon anruf treff gesprach termin sprechen$ reden$ vorbei einladung rendez appel rencontr reunion parler$ creneau llam hablar$ hablemos$ cita$ chiam incontr sentiamo appuntamento riunione$ ligar$ liga$ ligue$ reuniao conversar$ falar$ marcar$ bellen$ bel$ afspraak gesprek praten$ uitnodig mote motet traff samtal prata$ kallelse mode$ modet$ modeindkald snak$ snakke$ dzwon zadzwon spotka rozmow umow | 電話 打ち合わせ お会い 面談 話 会議 説明 电话 打给 见 聊 会议 约 谈
send send$ sending$ forward$ share$ shoot$ schick zusend senden$ envoy transm envi mand$ mande$ mandar$ manda$ mandi$ invia$ invii$ girar enviar$ stuur$ sturen$ doorstur skicka skickar$ sende$ wysl przesl wyslac | 送 发
info info infos information details brochure material documentation deck$ overview$ proposal$ paper$ unterlagen broschure angebot$ schriftlich plaquette$ devis$ informacion documentacion folleto$ catalogo$ propuesta$ documentazion material preventivo$ presentazion informac apresentacao proposta$ informatie documentatie offerte$ voorstel$ offert underlag oplysning tilbud$ informacj ofert reference referenz referenc case$ | 資料 カタログ パンフレット 詳 見積 提案 资料 介绍 手册 方案 详细 案例
interest interest intrigu curious$ keen$ interess neugierig spannend curieu interes curios geinteress benieuwd belangstell intress nyfiken nysgerrig zainteres ciekaw | 興味 関心 兴趣
good good$ great$ perfect$ excellent$ fine$ love$ super$ sounds$ works$ gut$ toll$ prima$ perfekt$ passt$ klingt$ bien$ parfait$ plait$ perfecto$ genial$ gusta$ bene$ perfetto$ ottimo$ piace$ bom$ otimo$ perfeito$ gosto$ gostei$ goed$ top$ leuk$ bra$ toppen$ kul$ godt$ fint$ lyder$ later$ dobrze$ swietnie$ brzmi$ | いい 良い 大丈夫 ぜひ 好 不错 行 可以
yes yes$ yeah$ yep$ yup$ sure$ ok$ okay$ absolutely$ gladly$ definitely$ ja$ jo$ klar$ gern$ gerne$ oui$ accord$ volontiers$ plaisir$ claro$ vale$ gusto$ certo$ volentieri$ sim$ graag$ akkoord$ garna$ absolut$ gjerne$ jasne$ chetnie$ tak$ | はい 承知 了解 没问题
thanks thank danke$ dank$ merci$ gracias$ grazie$ obrigad bedankt$ tack$ takk$ dzieki$ dziekuj appreciate | ありがとう 感謝 谢谢 感谢
sorry sorry$ unfortunately$ afraid$ sadly$ regret leider$ malheureusement$ desole lamentablemente$ desgraciadamente$ purtroppo$ infelizmente$ lamento$ helaas$ jammer$ tyvarr$ desvaerre$ dessverre$ niestety$ przykro$ | 申し訳 残念 恐縮 抱歉 遗憾
need need needs$ brauch bedarf$ benotig besoin utilite$ necesit falta$ bisogno$ serve$ serv precis necessidade nodig$ behov behover$ brug$ potrzeb | 必要 不要 需要 用不上
fit fit$ relevant suit$ suits$ match$ sense$ point$ lohnt$ sinn$ pertinent concern sens$ encaj sentido$ utilidad$ rilevant senso$ utile$ zin$ nytta$ mening$ dotycz | 関係 合わ 該当 合适 适合 关系 相关
small small$ tiny$ little$ klein petit pequen piccol sma$ liten$ lille$ mala$ maly$ small | 小さ 小規模 小
charge responsible$ charge$ decision$ decide decides$ handles$ owns$ looks$ runs$ zustandig ansprechpartner verantwortlich entscheid responsable$ responsabile$ competenza$ interlocuteur encarga decide$ responsavel decid verantwoordelijk ansvar bestam bestemmer odpowiedzial zajmuj decyduj cuida$ | 担当 決裁 负责 管 决定 做主
person person$ guy$ contact$ personne$ persona$ pessoa$ persoon$ osoba$ osoby$ mensch$ rette$ | 者 人
colleague colleague boss$ manager head$ director team$ kolleg chef leiter vorstand collegue patron$ directeur equipe compan jefe$ jefa$ equipo$ director colleg capo$ titolare$ direttor colega chefe$ diretor baas$ kollega kolega koleg szef dyrektor zespol partner$ ceo$ cfo$ cto$ | 同僚 上司 部長 社長 上の者 同事 领导 老板 经理
department department procurement purchasing finance$ hr$ accounting headquarters$ corporate$ office$ abteilung einkauf$ buchhaltung zentrale$ service$ achats$ compta siege$ departamento compras$ contabilidad$ central$ reparto$ acquisti$ ufficio$ sede$ matriz$ rh$ ti$ afdeling inkoop$ hoofdkantoor avdelning inkop$ ekonomi$ huvudkontor indkob$ okonomi hovedkontor dzial zakup centrala$ kadr warehouse$ it$ | 部 課 本社 総務 総部 总部 采购 财务 人事
left left$ leaving$ retired$ resigned$ quit$ employed$ moved$ ausgeschieden$ ruhestand$ verlassen$ verstorben$ rente$ quitte$ retraite$ decede jubil fallec dejo$ dimess pensione$ mancato$ lasciato$ aposent faleceu$ saiu$ pensioen$ vertrokken$ overleden$ dienst$ slutat$ pension$ lamnat$ stoppet$ sluttet$ forladt$ odesz emerytur zmarl pracuje$ arbeitet$ | 退職 離れ 他界 在籍 離任 离职 退休 去世
forwarded forwarded$ passed$ copied$ cc$ copy$ looping$ adding$ passing$ weitergeleitet$ weitergegeben$ kopie$ transmis$ suivre$ copie$ reenvi pasado$ copia$ inoltrat girat encaminh doorgestuurd$ doorgezet$ vidarebefordra kopia$ vidare$ videre$ przekaz dw$ | 転送 回し 转给 转发 抄送
turnto ask$ try$ reach$ wenden$ fragen$ frag$ contactez$ voyez$ adress rivolg chied procur vraag$ neem$ kontakta$ kontakt zwroc skontakt contact contacte$ | 聞いて 连络 联系 找
stop stop$ stopp$ stopping$ cease$ desist$ enough$ unsub optout$ aufhor unterlass arret basta$ dejen$ deje$ dejad$ paren$ smett chega$ parem$ sluta$ slut$ przesta | 停止 やめ 别再 退订
remove remove removed$ delete erase loschen$ losch streich austrag abmeld supprim retir desinscri desabon borr elimin quit$ baja$ rimuov cancell remov descadastr uitschrijv verwijder afmeld haal$ radera avregistr bort$ slet$ slett fjern framel usun wypis wykresl | 解除 削除 外し 删 移除
list list$ lists$ liste$ verteiler mailing database$ fichier newsletter lista$ elenco$ lijst$ bestand$ listan$ listen$ bazy$ | リスト 名簿 名单
mail mail$ mails$ email emails$ message messages$ courriel correo mensaje mensagem messagg bericht mejl maila$ maili$ wiadomosc reply$ | メール 邮件
data data$ daten$ details$ donnees$ coordonnees$ datos$ dati$ dados$ gegevens$ uppgifter$ oplysninger$ dane$ danych$ address$ adresse | 個人情報 連絡先 信息 数据
consent consent permission gdpr$ spam spamming$ report$ lawyer$ legal$ einwillig dsgvo$ werbung anwalt$ rgpd$ pub$ publicit denunci consens pubblicit lgpd$ toestemming avg$ reclame samtyck reklam samtykke zgod rodo$ privacy marketing$ | 迷惑 同意 广告 举报
ask what$ which$ how$ why$ where$ who$ was$ wie$ warum$ wo$ wer$ woher$ welche wieso$ quoi$ comment$ pourquoi$ qui$ quel quelle que$ como$ donde$ quien cual cosa$ come$ perche$ dove$ chi$ quale$ onde$ quem$ qual$ wat$ hoe$ waarom$ waar$ welke$ vad$ hur$ varfor$ vem$ hvad$ hvordan$ hvorfor$ hvor$ hvem$ hva$ co$ jak$ dlaczego$ gdzie$ kto$ jaki skad$ czy$ | 何 どう なぜ どこ 誰 いつ どの 什么 怎么 为什么 哪 谁 吗 多久 ですか ますか
could can$ could$ would$ may$ konnen$ konnten$ kann$ wurden$ pouvez$ pourriez$ peut$ puede$ podria puedes$ podemos$ puo$ potete$ potrebbe$ pode$ poderia$ kunt$ kunnen$ kan$ kun$ moge$ moze$ mozna$ mozemy$ | できます 能 可否
integrate integrat connect compatib plug$ interface import schnittstelle kompatib anbind interfa conecta collega$ koppel koppla integrer kobl polacz wspolprac api$ | 連携 つなが 対応 对接 集成
contract contract term$ minimum$ binding$ cancel renewal$ expires$ agreement$ vertrag laufzeit kundig contrat engagement$ resili contrato permanencia$ contratto vincol fidelizacao$ looptijd opzeg avtal bindning uppsag kontrakt aftale udlob umowa$ umowe$ wypowied | 契約 縛り 合同
host hosted$ server stored$ security$ cloud$ gehostet datenschutz heberg alojad gespeichert opslag lagr serwer premise$ | サーバー 服务器 国内
trial demo$ trial$ pilot$ test$ sandbox$ testen$ testzugang essai$ tester$ prueba$ probar$ prova$ provare$ teste$ testar$ proef$ proberen$ prove$ wyprob testow proba | 試 デモ 试用 试试
think think$ consider discuss check$ uberleg besprech reflech discut pensar consult coment pens valut nadenk overleg bespreek fundera diskuter kolla taenke drofte zastan omow skonsult evaluat review$ | 検討 相談 確認 考虑 商量 讨论 研究
getback revert$ touch$ know$ melde$ bescheid$ reviens$ courant$ aviso$ sapere$ retorn retomo$ laat$ terug$ aterkom hor$ tilbage$ vender$ odezw znac$ | 折り返し 通知 告诉
received received$ arrived$ erhalten$ angekommen$ recu$ recib ricevut recebi ontvangen$ mottag modtag dotar otrzym | 届き 受け 收到
wishes christmas$ holidays$ weekend$ morning$ easter$ weihnacht ostern$ wochenende$ noel$ fetes$ navidad$ fiestas$ natale$ auguri$ natal$ festas$ kerst jaarwissel jul$ helg swiat happy$ | 新年 クリスマス おはよう 圣诞 早上好
attachment link$ links$ attachment pdf$ file$ page$ anhang$ datei$ lien$ piece$ jointe$ enlace$ adjunto$ allegat anexo$ bijlage$ lank bilag vedhaeft zalacznik | 添付 リンク 附件 链接
broken open$ opens$ broken$ empty$ forgot$ blank$ offnen$ leer$ vergessen$ casse$ vide$ oublie abre$ vacio$ manca$ aprire$ faltou$ leeg$ vergeten$ funkar$ tom$ glomde$ virker$ glemte$ dziala$ pust zapomn | 開け 打不开 忘
luck luck$ success$ wish$ gluck$ erfolg$ continuation$ suerte$ exito$ fortuna$ successo$ sucesso$ sorte$ succes$ lycka$ held$ powodzenia$ sukces | 発展 お祈り 祝
decline pass$ decline refuse absag ablehn abstand$ declin rechaz paso$ recus afzien avstar avboj springer$ odmaw rezygn skorzysta | 見送 断り 遠慮 結構 不採用 否決 拒绝 算了 不采用
proceed proceed pursue forward$ ahead$ further$ weiterverfolg weiter$ suite$ poursuiv avanz adelante$ seguir$ proced avanti$ avanc prosseg verder$ gavidare vidare$ kontynu | 進め 推进
another another$ yet$ noch$ otra$ otro$ ennesim nog$ ytterligare$ endnu$ kolejn | 又来
wrong wrong$ mistaken confus falsch verwechsel tromp erreur$ confond equivoc sbagliat engan errad verkeerd fel$ forveksl forkert pomyl | 人違い 間違 找错
closing closing$ closed$ winding$ shutting$ insolv aufgeben$ schliess cess ferm cerr chiud fech lagger$ ner$ lukker$ zamyk | 廃業 閉店 关了
successor successor$ replacement$ nachfolg rempla sucesor successor sucessor opvolger eftertrad efterfolg nastepc instead$ stattdessen$ plutot$ mejor$ meglio$ | 後任 接手
me i$ me$ my$ mine$ myself$ ich$ mir$ mich$ mein je$ j$ moi$ mon$ ma$ mes$ yo$ mi$ mis$ io$ mio$ mia$ miei$ eu$ meu$ minha$ meus$ ik$ mij$ mijn$ jag$ mig$ min$ mitt$ mina$ jeg$ meg$ mit$ mine$ mnie$ moj$ moja$ moje$ | 私 我
we we$ us$ our$ ours$ wir$ uns$ unser nous$ notre$ nos$ nosotros$ nuestr noi$ nostr nosso nossa wij$ ons$ onze$ vi$ oss$ var$ vart$ vara$ vores$ os$ nas$ nasz nam$ | 弊社 当社 うち 我们 我司
you you$ your$ yours$ sie$ ihr$ ihre$ ihrer$ ihren$ ihnen$ du$ dich$ dein vous$ votre$ vos$ usted ustedes$ su$ sus$ tu$ lei$ suo$ sua$ vostr voce$ voces$ seu$ seus$ vossa$ u$ uw$ jij$ jullie$ ni$ er$ din$ ert$ jer$ jeres$ dere$ pan$ pani$ pana$ panstwa$ panstwo$ wasz | 御社 貴社 你 您 贵司
third he$ she$ his$ her$ him$ they$ il$ elle$ ella$ lui$ ele$ ela$ hij$ zij$ han$ hon$ hun$ on$ ona$ seine$ herr$ herrn$ frau$ mr$ mrs$ ms$ senor$ senora$ signor$ monsieur$ m$ mme$ | 彼 彼女 他 她
that that$ this$ it$ these$ those$ das$ dies dafur$ damit$ es$ ce$ cela$ ca$ c$ eso$ esto$ esta$ questo$ questa$ isso$ isto$ dat$ dit$ deze$ det$ den$ detta$ dette$ denne$ to$ tego$ tym$ ten$ tej$ | これ それ その この 这 那 此
please please$ pls$ plz$ kindly$ bitte$ svp$ plait$ favor$ favore$ prego$ gelieve$ aub$ alstublieft$ snalla$ vanligen$ venligst$ vennligst$ prosze$ | お願い ください 请 麻烦
only only$ just$ nur$ bloss$ seulement$ juste$ que$ solo$ solamente$ soltanto$ so$ apenas$ alleen$ maar$ slechts$ bara$ endast$ kun$ bare$ tylko$ | だけ のみ 只
want want$ wants$ like$ wish$ mochte will$ wollen$ wurde$ veux$ veut$ voudr souhait aimer quiero quiere queremos$ gustaria$ quisiera$ vorrei$ vorrem voglio$ vogliamo$ quero$ queria$ gostari gostava$ wil$ willen$ zou$ vill$ skulle$ vil$ chce chcial chcemy$ | たい ほしい 想 要 希望
must must$ should$ mussen$ muss$ musste$ doit$ devons$ faut$ debe debemos$ devo$ dobbiamo$ deve$ devemos$ preciso$ moet$ moeten$ maste$ skal$ skall$ musim muszę$ musi$ trzeba$ | なければ 必须 得
come come$ coming$ visit$ drop$ komm kommen$ passez$ venez$ venga pase$ pasese$ venir$ venha$ passi$ passe$ langs$ kom$ komt$ przyj zapraszam$ przyjed | 越し 寄り 过来 来
soon tomorrow$ today$ tonight$ morgen$ heute$ demain$ manana$ hoy$ domani$ oggi$ amanha$ hoje$ vandaag$ imorgon$ idag$ jutro$ dzis | 明日 今日 明天 今天
daytime morning$ afternoon$ noon$ lunch$ am$ pm$ oclock$ uhr$ vormittag nachmittag mittag$ heures$ matin$ aprem$ tarde$ mattina$ pomeriggio$ manha$ ochtend$ middag$ uur$ formiddag eftermiddag klockan$ kl$ klokken$ rano$ popoludni godz | 午前 午後 時 上午 下午 点
office office$ buro$ bureau$ oficina$ ufficio$ escritorio$ kantoor$ kontoret$ kontor$ biur | 事務所 オフィス 办公室
leave vacation leave$ holiday$ sabbatical maternity parental paternity urlaub elternzeit mutterschutz conge vacanc vacaciones$ baja$ licencia ferie$ ferias$ maternit licenca vakantie verlof semester$ foraldraledig barsel urlop absent afwezig abwesend reise$ | 休暇 産休 育休 不在 休假 产假 出差
company company firm$ business$ firma$ firmen entreprise societe$ empresa azienda$ societa$ bedrijf$ zaak$ foretag bolag virksomhed firmy$ organis | 会社 公司
someone someone$ somebody$ anyone$ jemand quelqu alguien$ qualcuno$ alguem$ iemand$ nagon$ nogen$ ktos$ kogos$ chi$ | 誰か 有人 专人
other other$ others$ different$ else$ ander autre otro$ otra$ otros$ altro$ altra$ altri$ outro$ outra$ outros$ annan$ annat$ andra$ anden$ andet$ andre$ inny$ inna$ innego$ inn$ | 別 ほか 其他 另 别的
works work$ works$ working$ function funktioniert$ lauft$ marche$ fonctionne funciona funziona werkt$ fungerar$ fungerer$ dziala$ dzialani | 動く 働 能用 好用
read read$ reading$ gelesen$ lesen$ lese$ lire$ lu$ lis$ leer$ leo$ leido$ leggo$ letto$ leggere$ ler$ lezen$ gelezen$ lees$ laser$ lasa$ last$ laeser$ laest$ czyta przeczyt | 読 拝読 拝見
write write$ writing$ wrote$ schreib schrieb ecri escrib scriv escrev schrijf skriv pisze pisac$ napis | 書 写
show see$ seeing$ look$ looking$ show$ view$ watch$ sehen$ anseh zeig schau voir$ regard montr ver$ veo$ mostr ensen vedere$ vedo$ zien$ bekijk kijk$ titta visa$ vise$ vis$ zobacz pokaz | 見 看
enough enough$ suffic reicht$ suffit$ basta$ bastan$ sobra$ genoeg$ racker$ raekker$ rigeligt$ wystarcz plenty$ | 十分 間に合 足りて 够
customer customer client kunde$ kunden$ clientes$ clienti$ klant kunder$ kundene$ klien referen | 顧客 お客様 事例 客户
alone alone$ peace$ bother bugging$ ruhe$ paix$ paz$ pace$ rust$ fred$ spokoj block blockier blokk bloqu blocc | 放 拉黑 ブロック 二度と 举报
name name$ names$ named$ called$ namens$ heisst$ nom$ nomme$ appelle$ nombre$ llama$ nome$ chiama$ naam$ heet$ namn$ heter$ navn$ hedder$ nazwisk nazywa imie$ | 名前 と申 名字 叫
phone number$ mobile$ nummer$ numero$ telefoon telephone telefono$ telefone handy$ extension$ durchwahl$ poste$ | 番号 携帯 号码 手机
mean mean$ means$ meant$ explain understand bedeut erklar verstehe$ signifi expliqu comprends$ signific explic entiend entendi$ spieg capisco$ capito$ betekent$ uitleg snap$ begrijp betyder forklar forstar menar mener znaczy rozumiem$ | 意味 分かり 意思 看懂
family wife$ husband$ daughter$ son$ nephew$ brother$ sister$ friend$ mann$ tochter$ sohn$ schwager$ bruder$ femme$ fille$ mari$ mujer$ marido$ hija$ hijo$ moglie$ marito$ figlia$ mulher$ filha$ vrouw$ dochter$ fru$ frugan$ dotter$ kone$ konen$ datter$ zona$ zona zony$ corka$ | 妻 主人 太太 先生
maybe maybe$ perhaps$ might$ possibly$ vielleicht$ eventuell$ peut$ quiza quizas$ talvez$ forse$ magari$ misschien$ kanske$ maske$ kanskje$ moze$ depends$ | かもしれ もしかし 也许 可能
approve approv green$ signed$ freig feu$ vert$ aprob aprov goedkeur akkoord$ godkan klartecken$ godkend godkjen gronn gront zgod akcept | 承認 決裁 批
begin start started$ begin beginn anfang gestartet$ commenc demarr empez empiez comienz apenas$ inizia partir$ comeca acabamos$ begonnen$ startade$ startede$ zaczyn dopiero$ recently$ gerade$ | 始め 創業 刚
change change$ changed$ switch switched$ migrat umgest wechsel chang cambi mud mudou overstap overgestap bytt byta skift zmien$ zmienil umzug$ ziehen$ move$ moving$ demenag traslo verhuiz flyttar$ flytter$ przeprow | 変更 入れ替え 移転 异动 异動 换 搬
team we$ board$ committee$ management$ council$ rat$ vorstand$ comite$ consejo$ junta$ consiglio$ conselho$ bestuur$ directie$ styrelse ledning bestyrelse rada$ zarzad | 役員 理事会 社内 董事会 内部
hire hire$ hiring$ staff$ headcount$ einstell mitarbeiter personal$ recrut embauch contrat contratar$ assum aannemen$ anstalla ansaette zatrudn | 採用 人手 招
tried tried$ tested$ experience burned$ probiert$ versucht$ erfahrung essaye$ echaud probamos$ intentamos$ quemamos$ provato$ tentato$ tentamos$ geprobeerd$ provade$ provede$ probowal | 以前 失敗 之前
joke haha$ lol$ hahaha$ ha$ wonderful$ miracle$ toll$ super$ hurra$ jippi$ joepie$ evviva$ cudownie$ yay$ | 饶了
hand hand$ manual manuell manuel mano$ mao$ paper$ papier$ papel$ carta$ notebook$ excel$ spreadsheet recznie$ handen$ haanden$ | 手作業 手工 ノート エクセル 本子
owner owner$ landlord$ tenant$ rent$ inhaber$ eigentumer$ mieter$ proprietaire$ dueno$ proprietario$ dono$ eigenaar$ huur$ agaren$ ejeren$ wlasciciel | オーナー 老板
apply intern$ trainee$ student$ volunteer$ assistant$ praktikant stagiair stagist becari estagiar praktik stazyst reception empfang$ accueil$ secretar sekretar | アルバイト 実習 实习
use2 benefit saving savings$ save$ value$ vorteil$ nutzen$ gain$ avantage$ ahorro$ ventaja$ risparm vantag poupan bespar besparel oszczed korzysc | メリット 削減 好处 节省
refusing no$ nope$ nah$ nein$ nej$ nee$ nei$ non$ nie$ nao$ noe$ | いいえ
here here$ hier$ ici$ aqui$ ca$ her$ tu$ tutaj$ | ここ 这里 这儿
iam am$ bin$ suis$ soy$ estoy$ sono$ sou$ estou$ ben$ jestem$
weare are$ sind$ sommes$ somos$ estamos$ siamo$ zijn$ jestesmy$
works4 employed$ arbeitet$ arbeite$ travaille$ trabaja$ trabajo$ lavora$ lavoro$ trabalha$ trabalho$ werkt$ werk$ jobbar$ arbejder$ arbetar$ jobber$ pracuje$ pracuj beschaftigt$ | 勤め 上班 工作
when when$ wann$ quand$ cuando$ quando$ wanneer$ hvornar$ kiedy$ | いつ 什么时候 何时
out out$ off$ away$ fora$ fuera$ fuori$ weg$ raus$ eraf$ borta$ vaek$ parti$ partie$ | 外
back back$ zuruck$ retour$ regreso$ rientro$ volta$ vuelta$ terug$ tillbaka$ tilbage$ tilbake$ return | 戻 回来
end end$ ende$ fin$ fine$ fim$ einde$ slutningen$ slutet$ koniec$ koncu$ mitte$ meio$ midden$ mitad$ meta$ | 末 底
first first$ primero$ primeiro$ eerst$ forst$ najpierw$ zunachst$ abord$ | まず 先
whether if$ ob$ whether$ si$ se$ wenn$ als$ om$ jesli$ gdy$ | もし 如果
toomuch too$ zu$ trop$ demasiado$ troppo$ demais$ te$ alltfor$ altfor$ | すぎ 太
include includ enthalten$ inklusive$ inclus incluid compres inbegrepen ingar$ inkluder wliczon | 込み 含
many many$ much$ viele$ viel$ muchos$ mucho$ molti$ molto$ muitos$ muito$ veel$ manga$ mycket$ mange$ meget$ wiele$ duzo$ | たくさん 很多
topic topic$ subject$ issue$ thema$ sujet$ tema$ argomento$ assunto$ onderwerp$ amne$ emne$ temat$ | 件 事
receive receiv bekomm recevoir$ recois$ recibir$ ricevere$ receber$ krijg far$ dostaj | 届く 收到
propose let$ lets$ lass$ lassen$ lad$ la$ lat$ laat$ laten$ how$ | ましょう 吧
tell tell$ say$ says$ said$ sagen$ sagt$ dire$ dites$ decir$ diga$ dica$ dizer$ vertel$ zeg$ beratta$ sager$ siger$ fortael$ powiedz opowiedz$ | 教え 说
free free$ kostenlos$ gratuit gratis$ darmow$ umsonst$ | 無料 免费
buy buy$ buying$ order$ sign$ purchase kauf bestell unterschreib commande acheter comprar$ firmar$ firmo$ comprare$ firma$ assinar$ kopen$ teken$ bestel kopa$ kopa kobe$ kupi podpis | 購入 買 签 买
problem problem$ problems$ issue$ pain$ struggle problem probleme$ problema$ probleem$ probleme | 課題 问题
right right$ richtig richtige$ bonne$ bon$ adecuad indicad giust cert adequad juiste$ ratt$ rette$ wlasciw odpowiedni | 正し 正确
very very$ really$ sehr$ tres$ muy$ molto$ muito$ heel$ erg$ valdigt$ meget$ bardzo$ | とても 大変 非常
mailbox mailbox$ inbox$ account$ postfach$ boite$ buzon$ casella$ caixa$ brevlada$ postkasse$ skrzynk | 邮箱
quick quick$ quickly$ short$ kurz$ kurze$ rapide$ rapid breve$ kort$ korte$ krotk | 短 ちょっと
possible possible$ moglich$ ginge$ possible$ posible$ possibile$ possivel$ mogelijk$ mojligt$ muligt$ mozliwe$ | 可能 可以吗
home website$ site$ webseite$ pagina$ hemsida hjemmeside stron | ホームページ 网站
`

// lexiconOfConcepts finds concepts by the words of a text. A concept is the
// hash of its name.
type lexiconOfConcepts struct {
	whole map[string][]uint32
	known lengths                    // of the words of whole
	stems map[string][]stemOfConcept // by the first two bytes
	byTwo pairs[stemOfConcept]       // those of ASCII letters, in the same order
	cjk   map[rune][]partOfConcept   // by the first character, longest first
}

type stemOfConcept struct {
	stem    string
	concept uint32
}

type partOfConcept struct {
	part    string
	concept uint32
}

// concepts is compiled once.
var concepts = sync.OnceValue(func() *lexiconOfConcepts {
	lex := &lexiconOfConcepts{whole: map[string][]uint32{}, stems: map[string][]stemOfConcept{}, cjk: map[rune][]partOfConcept{}}
	for line := range strings.SplitSeq(conceptLines+conceptLinesMore, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		concept, cjk := hashOf(seed, "concept "+fields[0]), false
		for _, f := range fields[1:] {
			switch whole, exact := strings.CutSuffix(f, "$"); {
			case f == "|":
				cjk = true
			case cjk:
				lex.addPart(f, concept)
			case exact:
				lex.whole[whole] = append(lex.whole[whole], concept)
				lex.known.add(whole)
			default:
				lex.stems[f[:2]] = append(lex.stems[f[:2]], stemOfConcept{f, concept})
				lex.byTwo.add(f, stemOfConcept{f, concept})
			}
		}
	}
	return lex
})

func (lex *lexiconOfConcepts) addPart(part string, concept uint32) {
	first, _ := utf8.DecodeRuneInString(part)
	list := append(lex.cjk[first], partOfConcept{part, concept})
	for i := len(list) - 1; i > 0 && len(list[i].part) > len(list[i-1].part); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	lex.cjk[first] = list
}

// of adds the concepts of a word; of one without blanks in their order.
func (lex *lexiconOfConcepts) of(word string, out []uint32) []uint32 {
	if word[0] >= 0xE3 {
		for i, r := range word {
			for _, p := range lex.cjk[r] {
				if strings.HasPrefix(word[i:], p.part) {
					out = append(out, p.concept)
					break
				}
			}
		}
		return out
	}
	if lex.known.may(word) {
		out = append(out, lex.whole[word]...)
	}
	if len(word) >= 2 {
		list, known := lex.byTwo.of(word)
		if !known {
			list = lex.stems[word[:2]]
		}
		for _, s := range list {
			if strings.HasPrefix(word, s.stem) {
				out = append(out, s.concept)
			}
		}
	}
	return out
}
