package classify

import (
	"strings"
	"sync"
)

// aroundLines are what people put around what they want, one language a line:
// openings, then behind "|" closings, then behind another "|" sentences that
// lead to it and mean nothing by themselves, parted by tabs. Learning puts
// them around examples, so that neither a greeting nor an account of what came
// before moves a verdict.
const aroundLines = `
en	Hi Sam,	Thanks for your email.	Thank you for reaching out.	Hello, and sorry for the late reply.	Hi there, thanks for following up.	Thanks for the information.	Good morning Sam.	Hey Sam, hope you had a nice weekend.	Thank you for your message, I read it with interest.	Dear Mr Seller,	|	Best regards	Thanks	Have a great day!	Cheers	Kind regards, Ann	Best of luck.	|	I'm sorry it took me so long to reply, we had the auditors in.	We met briefly at the trade fair last month.	I have read through the documents you sent.	Your proposal came up in our team meeting on Monday.	We are a family business with about sixty people.	I like the way you explain things.	Your mail was forwarded to me by a colleague.	Thank you for the call yesterday and for the material.	As you know we run three warehouses and a small shop.	The demonstration was impressive and everyone enjoyed it.	I discussed it with my boss this morning.	You may remember that we talked about this in spring.	I watched the video on your website.	It's been a busy few weeks here.	The part about returns is the most interesting one for us.	We've been in this trade for forty years.	There were some doubts about the cost, but also a lot of praise.	I appreciate the effort you have put into this.	I'll be honest with you.	Let me be brief.
de	Hallo Herr Seller,	vielen Dank für Ihre Nachricht.	Guten Tag,	danke für Ihre Mail und entschuldigen Sie die späte Antwort.	Hallo Sam, danke fürs Nachfassen.	Danke für die Informationen.	Sehr geehrter Herr Seller,	ich habe Ihre Nachricht gelesen.	|	Viele Grüße	Danke	Schönes Wochenende!	Mit freundlichen Grüßen	LG Anna	|	Bitte entschuldigen Sie die späte Antwort, wir hatten Inventur.	Wir haben uns im Frühjahr kurz auf der Messe gesprochen.	Ihre Unterlagen habe ich mir angesehen.	Ihr Angebot war am Montag Thema in unserer Runde.	Wir sind ein Familienbetrieb mit rund sechzig Leuten.	Ihr Ansatz gefällt mir.	Ihre Mail hat mir ein Kollege weitergeleitet.	Danke für das Telefonat gestern und für das Material.	Wie Sie wissen, betreiben wir drei Lager und einen kleinen Laden.	Die Vorführung war beeindruckend und kam gut an.	Ich habe heute früh mit meinem Chef darüber gesprochen.	Ich habe mir das Video auf Ihrer Seite angeschaut.	Hier war in den letzten Wochen viel los.	Vor allem der Teil mit den Rücksendungen ist für uns spannend.	Es gab Bedenken wegen der Kosten, aber auch viel Zuspruch.	Ich weiß Ihre Mühe zu schätzen.	Ich will offen sein.	Ich fasse mich kurz.
fr	Bonjour Sam,	merci pour votre message.	Bonjour, désolé pour la réponse tardive.	Merci pour votre relance.	Merci pour ces informations.	Monsieur,	J'ai bien lu votre mail.	|	Cordialement	Merci	Bonne journée !	Bien à vous	|	Je vous prie d'excuser cette réponse tardive, nous étions en inventaire.	Nous nous sommes croisés au salon ce printemps.	J'ai parcouru les documents que vous m'avez envoyés.	Votre proposition a été évoquée lundi en réunion.	Nous sommes une entreprise familiale d'une soixantaine de personnes.	J'aime bien votre approche.	Un collègue m'a transmis votre message.	Merci pour l'échange d'hier et pour les documents.	Comme vous le savez, nous avons trois entrepôts et une petite boutique.	La démonstration était convaincante et tout le monde l'a appréciée.	J'en ai parlé ce matin avec mon directeur.	J'ai regardé la vidéo sur votre site.	Ces dernières semaines ont été chargées.	La partie sur les retours est celle qui nous parle le plus.	Il y a eu des réserves sur le coût, mais aussi beaucoup de compliments.	J'apprécie le travail que vous avez fourni.	Je vais être franc.
es	Hola Sam:	gracias por su correo.	Buenos días, perdón por la demora.	Gracias por la información.	Estimado señor Seller:	He leído su mensaje.	|	Un saludo	Gracias	¡Buen fin de semana!	Saludos cordiales	|	Disculpe la tardanza, estábamos de inventario.	Coincidimos en la feria esta primavera.	He mirado la documentación que me envió.	Su propuesta salió el lunes en la reunión.	Somos una empresa familiar de unas sesenta personas.	Me gusta su enfoque.	Un compañero me ha pasado su correo.	Gracias por la llamada de ayer y por el material.	Como sabe, tenemos tres almacenes y una tienda pequeña.	La demostración fue muy buena y gustó a todos.	Lo he hablado esta mañana con mi jefe.	He visto el vídeo de su web.	Han sido unas semanas muy movidas.	La parte de las devoluciones es la que más nos interesa.	Hubo dudas por el coste, pero también muchos elogios.	Agradezco el esfuerzo que ha hecho.	Voy a serle sincero.
it	Buongiorno Sam,	grazie per la mail.	Salve, scusi il ritardo nella risposta.	Grazie per le informazioni.	Gentile signor Seller,	ho letto il suo messaggio.	|	Cordiali saluti	Grazie	Buona giornata!	Saluti	|	Mi scusi per il ritardo, eravamo in inventario.	Ci siamo incontrati in fiera questa primavera.	Ho guardato i documenti che mi ha mandato.	Della sua proposta si è parlato lunedì in riunione.	Siamo un'azienda di famiglia con una sessantina di persone.	Mi piace la sua impostazione.	La sua mail mi è stata girata da un collega.	Grazie per la telefonata di ieri e per il materiale.	Come sa, abbiamo tre magazzini e un piccolo negozio.	La dimostrazione è piaciuta a tutti.	Ne ho parlato stamattina con il mio capo.	Ho visto il video sul vostro sito.	Sono state settimane intense.	La parte sui resi è quella che ci tocca di più.	C'è stato qualche dubbio sui costi, ma anche molti apprezzamenti.	Apprezzo l'impegno che ci ha messo.	Sarò sincero.
pt	Olá Sam,	obrigado pelo e-mail.	Bom dia, desculpe a demora.	Obrigado pelas informações.	Caro senhor Seller,	li a sua mensagem.	|	Cumprimentos	Obrigado	Bom fim de semana!	Abraço	|	Desculpe a demora, estávamos em inventário.	Encontrámo-nos na feira esta primavera.	Estive a ver os documentos que enviou.	A sua proposta foi falada na reunião de segunda.	Somos uma empresa familiar com cerca de sessenta pessoas.	Gosto da sua abordagem.	Um colega passou-me o seu e-mail.	Obrigado pela conversa de ontem e pelo material.	Como sabe, temos três armazéns e uma loja pequena.	A demonstração foi boa e todos gostaram.	Falei hoje cedo com o meu chefe.	Vi o vídeo no site de vocês.	Foram semanas agitadas por aqui.	A parte das devoluções é a que mais nos toca.	Houve dúvidas sobre o custo, mas também muitos elogios.	Agradeço o esforço que fez.	Vou ser sincero.
nl	Hoi Sam,	bedankt voor je mail.	Goedemorgen, sorry voor de late reactie.	Dank voor de informatie.	Beste heer Seller,	ik heb je bericht gelezen.	|	Groet	Bedankt	Fijn weekend!	Met vriendelijke groet	|	Excuses voor de late reactie, we hadden inventarisatie.	We hebben elkaar dit voorjaar kort op de beurs gesproken.	Ik heb de stukken die je stuurde bekeken.	Je voorstel kwam maandag in het overleg ter sprake.	We zijn een familiebedrijf met zo'n zestig mensen.	Je aanpak spreekt me aan.	Een collega stuurde me je mail door.	Dank voor het gesprek van gisteren en voor het materiaal.	Zoals je weet hebben we drie magazijnen en een kleine winkel.	De demonstratie was overtuigend en viel in de smaak.	Ik heb het vanochtend met mijn baas besproken.	Ik heb het filmpje op jullie site bekeken.	Het waren drukke weken hier.	Vooral het stuk over retouren is voor ons boeiend.	Er waren twijfels over de kosten, maar ook veel lof.	Ik waardeer de moeite die je hebt gedaan.	Ik zal eerlijk zijn.
sv	Hej Sam,	tack för ditt mejl.	God morgon, ursäkta sent svar.	Tack för informationen.	Hej, jag har läst ditt meddelande.	|	Hälsningar	Tack	Trevlig helg!	Mvh	|	Ursäkta det sena svaret, vi har haft inventering.	Vi sågs som hastigast på mässan i våras.	Jag har tittat igenom papperen du skickade.	Ert förslag togs upp på måndagsmötet.	Vi är ett familjeföretag med ett sextiotal anställda.	Jag gillar ert upplägg.	En kollega skickade ditt mejl till mig.	Tack för samtalet i går och för materialet.	Som du vet har vi tre lager och en liten butik.	Visningen var bra och alla uppskattade den.	Jag pratade med chefen om det i morse.	Jag har sett filmen på er hemsida.	Det har varit några intensiva veckor.	Delen om returer är den som berör oss mest.	Det fanns tvivel om kostnaden men också mycket beröm.	Jag uppskattar arbetet ni har lagt ner.	Jag ska vara ärlig.
da	Hej Sam,	tak for din mail.	Godmorgen, undskyld det sene svar.	Tak for informationen.	Jeg har læst din besked.	|	Hilsen	Tak	God weekend!	Venlig hilsen	|	Undskyld det sene svar, vi har haft lageroptælling.	Vi mødtes kort på messen i foråret.	Jeg har kigget på de papirer, du sendte.	Jeres forslag var oppe på mødet i mandags.	Vi er en familievirksomhed med cirka tres ansatte.	Jeg kan godt lide jeres tilgang.	En kollega sendte mig din mail.	Tak for snakken i går og for materialet.	Som du ved, har vi tre lagre og en lille butik.	Fremvisningen var god, og alle var glade for den.	Jeg talte med chefen om det i morges.	Jeg har set filmen på jeres side.	Det har været nogle travle uger.	Afsnittet om returvarer er det, der rammer os mest.	Der var tvivl om prisen, men også megen ros.	Jeg sætter pris på det arbejde, I har lagt i det.	Jeg vil være ærlig.
no	Hei Sam,	takk for e-posten.	God morgen, beklager sent svar.	Takk for informasjonen.	|	Hilsen	Takk	God helg!	Vennlig hilsen	|	Beklager det sene svaret, vi har hatt varetelling.	Vi møttes kort på messen i vår.	Jeg har sett på papirene du sendte.	Forslaget deres var oppe på mandagsmøtet.	Vi er en familiebedrift med rundt seksti ansatte.	Jeg liker opplegget deres.	En kollega sendte meg e-posten din.	Takk for praten i går og for materialet.	Det har vært noen travle uker.	Jeg skal være ærlig.
pl	Dzień dobry,	dziękuję za wiadomość.	Witam, przepraszam za późną odpowiedź.	Dziękuję za informacje.	Przeczytałem Pana wiadomość.	|	Pozdrawiam	Dziękuję	Miłego weekendu!	Z poważaniem	|	Przepraszam za późną odpowiedź, mieliśmy inwentaryzację.	Poznaliśmy się wiosną na targach.	Przejrzałem dokumenty, które Pan przesłał.	Państwa propozycja była omawiana w poniedziałek na zebraniu.	Jesteśmy rodzinną firmą, zatrudniamy około sześćdziesięciu osób.	Podoba mi się Państwa podejście.	Pana wiadomość przekazał mi kolega.	Dziękuję za wczorajszą rozmowę i materiały.	Jak Pan wie, mamy trzy magazyny i mały sklep.	Prezentacja była dobra i wszystkim się podobała.	Rozmawiałem o tym rano z szefem.	Obejrzałam film na Państwa stronie.	Ostatnie tygodnie były pracowite.	Część o zwrotach dotyczy nas najbardziej.	Były wątpliwości co do kosztów, ale też wiele pochwał.	Doceniam Państwa wysiłek.	Powiem szczerze.
fi	Hei Sam,	kiitos viestistä.	Huomenta, anteeksi myöhäinen vastaus.	Kiitos tiedoista.	Luin viestisi.	|	Terveisin	Kiitos	Hyvää viikonloppua!	Ystävällisin terveisin	|	Pahoittelen viivettä, meillä oli inventaario.	Tapasimme keväällä messuilla.	Katsoin lähettämänne paperit.	Ehdotuksenne oli esillä maanantain palaverissa.	Olemme kuudenkymmenen hengen perheyritys.	Pidän lähestymistavastanne.	Kollega välitti viestisi minulle.	Kiitos eilisestä puhelusta ja materiaalista.	Viime viikot ovat olleet kiireisiä.	Olen rehellinen.
cs	Dobrý den,	děkuji za zprávu.	Zdravím, omlouvám se za pozdní odpověď.	Děkuji za informace.	Přečetl jsem si váš e-mail.	|	S pozdravem	Děkuji	Hezký víkend!	S úctou	|	Omlouvám se za zpoždění, měli jsme inventuru.	Potkali jsme se na jaře na veletrhu.	Prošel jsem dokumenty, které jste poslal.	Váš návrh jsme probírali v pondělí na poradě.	Jsme rodinná firma, asi šedesát lidí.	Líbí se mi váš přístup.	Váš e-mail mi přeposlal kolega.	Děkuji za včerejší hovor a materiály.	Poslední týdny byly hektické.	Budu upřímný.
tr	Merhaba Sam,	mesajınız için teşekkürler.	Günaydın, geç cevap için özür dilerim.	Bilgiler için teşekkürler.	Mesajınızı okudum.	|	Saygılarımla	Teşekkürler	İyi hafta sonları!	İyi çalışmalar	|	Geciktiğim için kusura bakmayın, sayımımız vardı.	İlkbaharda fuarda tanışmıştık.	Gönderdiğiniz belgelere baktım.	Öneriniz pazartesi toplantıda konuşuldu.	Altmış kişilik bir aile şirketiyiz.	Yaklaşımınızı beğendim.	Mesajınızı bir arkadaşım iletti.	Dünkü görüşme ve belgeler için teşekkürler.	Son haftalar yoğun geçti.	Açık konuşacağım.
ru	Здравствуйте, Сэм.	Спасибо за письмо.	Доброе утро, извините за поздний ответ.	Спасибо за информацию.	Прочитал ваше письмо.	|	С уважением	Спасибо	Хороших выходных!	Всего доброго	|	Извините за задержку, у нас была инвентаризация.	Мы познакомились весной на выставке.	Посмотрел документы, которые вы прислали.	Ваше предложение обсуждали в понедельник на совещании.	Мы семейная компания, около шестидесяти человек.	Мне нравится ваш подход.	Ваше письмо переслал мне коллега.	Спасибо за вчерашний разговор и материалы.	Последние недели были суматошными.	Скажу честно.
ja	お世話になっております。	ご連絡ありがとうございます。	お返事が遅くなり申し訳ございません。	情報をいただきありがとうございます。	メール拝見しました。	|	よろしくお願いいたします。	ありがとうございます。	以上です。	|	棚卸しのためお返事が遅くなり失礼いたしました。	春の展示会で少しお話しさせていただきました。	お送りいただいた資料に目を通しました。	月曜の会議で御社のご提案が話題になりました。	弊社は社員六十名ほどの家族経営の会社です。	御社の考え方には共感いたします。	同僚からメールを転送してもらいました。	昨日はお電話と資料をありがとうございました。	ご存じの通り、倉庫が三か所と小さな店舗がございます。	デモは社内でも好評でした。	今朝、上司とも話しました。	ホームページの動画を拝見しました。	ここ数週間ばたばたしておりました。	返品に関する部分が特に参考になりました。	費用を心配する声もありましたが、評価する声も多くありました。	ご尽力に感謝いたします。	率直に申し上げます。
zh	您好，	谢谢来信。	抱歉回复晚了。	感谢提供的信息。	邮件已阅。	|	谢谢	祝好	此致敬礼	|	盘点期间耽误了回复，不好意思。	春天的展会上我们见过一面。	您发来的资料我看过了。	周一的例会上大家谈到了贵公司的方案。	我们是家族企业，六十来人。	你们的思路我挺认可。	同事把您的邮件转给了我。	谢谢昨天的电话和资料。	您知道，我们有三个仓库和一家小店。	演示做得不错，大家都说好。	今早我跟领导谈了这件事。	我看了你们网站上的视频。	这几周一直很忙乱。	关于退货的那部分跟我们最相关。	有人担心费用，也有不少人称赞。	感谢您付出的心血。	我就直说了。
`

// around holds the openings, closings and leads of a language.
type around struct{ openings, closings, leads []string }

// arounds gives them by language.
var arounds = sync.OnceValue(func() map[string]around {
	out := map[string]around{}
	for line := range strings.SplitSeq(aroundLines, "\n") {
		parts := strings.Split(strings.TrimSpace(line), "\t|\t")
		if len(parts) != 3 {
			continue
		}
		fields := strings.Split(parts[0], "\t")
		out[fields[0]] = around{fields[1:], strings.Split(parts[1], "\t"), strings.Split(parts[2], "\t")}
	}
	return out
})

// embed gives a text with an opening, a closing or both, drawn from its own
// letters; "" when the language has none.
func (a around) embed(lang, text string) string {
	if len(a.openings) == 0 || len(a.closings) == 0 {
		return ""
	}
	draw := int(hashOf(seed, text) >> 3)
	blank := blankOf(lang)
	if draw%2 == 0 {
		blank = "\n\n"
	}
	if draw%3 == 2 {
		text += blank + a.closings[draw/3%len(a.closings)]
	} else {
		text = a.openings[draw/3%len(a.openings)] + blank + text
	}
	if draw/7%4 == 0 {
		text += "\n\n" + a.closings[draw/31%len(a.closings)]
	}
	return text
}

// lengthen gives a text as the point of a whole mail: behind an opening and one to
// three sentences that lead to it, or before one of them; "" when the language
// has none.
func (a around) lengthen(lang, text string) string {
	if len(a.openings) == 0 || len(a.leads) == 0 {
		return ""
	}
	draw := int(hashOf(seed^0x55555555, text) >> 2)
	blank := blankOf(lang)
	lead := func(n int) string { return a.leads[(draw/5+n*7)%len(a.leads)] }
	mail := a.openings[draw/3%len(a.openings)] + "\n\n" + lead(0)
	for n := range draw / 11 % 3 {
		mail += blank + lead(n+1)
	}
	if draw%2 == 0 {
		blank = "\n\n"
	}
	mail += blank + text
	if draw/13%3 == 0 {
		mail += blankOf(lang) + lead(4)
	}
	return mail + "\n\n" + a.closings[draw/31%len(a.closings)]
}

// blankOf is what stands between sentences.
func blankOf(lang string) string {
	if lang == "ja" || lang == "zh" {
		return ""
	}
	return " "
}
