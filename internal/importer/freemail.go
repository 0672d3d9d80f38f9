package importer

import (
	"strings"
	"sync"
)

// freemailDomains are providers of mailboxes for anybody: an address there
// says nothing about the company. Written by hand from common knowledge; a
// provider that is missing gives a wrong company domain, so add it here.
const freemailDomains = `
gmail.com googlemail.com icloud.com me.com mac.com aol.com aim.com msn.com passport.com rocketmail.com ymail.com
proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com tutamail.com keemail.me
zoho.com zohomail.com zohomail.eu mail.com email.com usa.com europe.com asia.com post.com consultant.com engineer.com
fastmail.com fastmail.fm fastmail.de hey.com hushmail.com hush.com inbox.com lycos.com excite.com juno.com netzero.net
mailbox.org posteo.de posteo.net disroot.org riseup.net runbox.com startmail.com mailfence.com mailinator.com
web.de freenet.de t-online.de arcor.de 1und1.de online.de email.de vodafone.de kabelbw.de unitybox.de o2online.de
bluewin.ch hispeed.ch sunrise.ch aon.at chello.at a1.net
orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr alice.fr aliceadsl.fr
libero.it virgilio.it tiscali.it alice.it tin.it tim.it fastwebnet.it inwind.it iol.it poste.it tiscalinet.it
telefonica.net terra.es ono.com movistar.es sapo.pt iol.pt clix.pt netcabo.pt mail.pt
ziggo.nl kpnmail.nl kpnplanet.nl planet.nl xs4all.nl hetnet.nl home.nl upcmail.nl casema.nl telenet.be skynet.be proximus.be scarlet.be
btinternet.com btopenworld.com sky.com virginmedia.com ntlworld.com talktalk.net blueyonder.co.uk tiscali.co.uk plusnet.com o2.co.uk eircom.net
telia.com comhem.se bredband.net spray.se passagen.se online.no broadpark.no getmail.no mail.dk jubii.dk ofir.dk stofanet.dk tdcadsl.dk
kolumbus.fi elisanet.fi suomi24.fi luukku.com pp.inet.fi saunalahti.fi
wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu poczta.fm poczta.onet.pl vp.pl gazeta.pl tlen.pl go2.pl
seznam.cz email.cz post.cz centrum.cz volny.cz atlas.cz azet.sk zoznam.sk centrum.sk post.sk pobox.sk
freemail.hu citromail.hu t-online.hu indamail.hu abv.bg mail.bg dir.bg net.hr inet.hr siol.net inbox.lv inbox.lt mail.ee
mail.ru bk.ru inbox.ru list.ru internet.ru rambler.ru lenta.ru ya.ru yandex.ru yandex.com yandex.ua yandex.by yandex.kz ukr.net i.ua meta.ua bigmir.net
otenet.gr forthnet.gr in.gr mynet.com turk.net walla.co.il walla.com netvision.net.il
comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net frontier.com frontiernet.net optonline.net optimum.net roadrunner.com rr.com twc.com windstream.net suddenlink.net centurylink.net embarqmail.com mindspring.com prodigy.net pacbell.net ameritech.net swbell.net netscape.net
rogers.com shaw.ca telus.net sympatico.ca bell.net videotron.ca cogeco.ca
bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au internode.on.net ozemail.com.au xtra.co.nz slingshot.co.nz orcon.net.nz
uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com oi.com.br r7.com zipmail.com.br prodigy.net.mx fibertel.com.ar arnet.com.ar speedy.com.ar ciudad.com.ar
rediffmail.com rediff.com sify.com indiatimes.com vsnl.net
qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn 21cn.com tom.com vip.qq.com vip.163.com
naver.com daum.net hanmail.net nate.com kakao.com
docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp so-net.ne.jp ocn.ne.jp excite.co.jp goo.jp infoseek.jp
hinet.net pchome.com.tw netvigator.com singnet.com.sg webmail.co.za mweb.co.za telkomsa.net vodamail.co.za maktoob.com emirates.net.ae
privaterelay.appleid.com duck.com simplelogin.com anonaddy.me mozmail.com
`

// freemailBrands are providers with a domain in many countries.
const freemailBrands = "yahoo hotmail outlook live gmx windowslive"

var freemail = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool, 400)
	for _, d := range strings.Fields(freemailDomains + freemailBrands) {
		m[d] = true
	}
	return m
})

// FreeMail tells whether a domain belongs to a provider of mailboxes for
// anybody, so that it is not the domain of a company.
func FreeMail(domain string) bool {
	domain = strings.ToLower(domain)
	if freemail()[domain] {
		return true
	}
	brand, rest, ok := strings.Cut(domain, ".")
	if !ok || !freemail()[brand] {
		return false
	}
	return len(rest) <= 3 || strings.HasPrefix(rest, "co.") || strings.HasPrefix(rest, "com.") // yahoo.de, yahoo.co.uk, yahoo.com.br
}
