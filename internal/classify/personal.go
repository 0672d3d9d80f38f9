package classify

import (
	"strings"
	"sync"
)

// What only people write around an absence, all languages at once, folded: that
// it is over, that somebody else is away, and what they want from the reader.
const (
	// Words for having been away or being back, as phrases of whole words.
	overPhrases = " was on | was off | was out | was away | were on | have been on | have been away | have been out | had been on | just back | am back | i'm back | are back | back from | got back | returned from | back in the office now | " +
		" until yesterday | bis gestern | bis vorhin | jusqu'a hier | hasta ayer | fino a ieri | ate ontem | tot gisteren | till i gar | t.o.m. i gar | indtil i gar | til i gar | do wczoraj | war im | war in | war auf | war krank | waren im | komme gerade | gerade zuruck | zuruck aus | aus dem urlaub | wieder gesund | rentre de | rentrais de | suis rentre | suis rentree | j'etais | etais en | reviens de | retour de conges | de retour de | " +
		" estuve | estaba de | acabo de | he vuelto | he estado | volvi de | appena rientrat | appena tornat | ero in | ero via | sono stato | sono stata | sono rientrat | sono tornat | estive | voltei de | acabei de | cheguei de | regressei | " +
		" was met | was op | was ziek | ben terug van | net terug | terug van | har varit | var pa | ar tillbaka fran | kom tillbaka | har vaeret | har vært | har vaert | var syk | var syg | kom tilbage | er tilbage fra | tilbake fra | bylem na | bylam na | wlasnie wrocil | wrocilem | wrocilam | bylem w | " +
		"から戻りました|から戻り、|戻ってきました|休んでおりました|不在にしておりました|不在でした|刚休假|刚回来|刚出差|剛回來|剛休假|刚刚回来|休假回来了|出差回来"
	// Somebody else is away, and the writer has the matter.
	insteadPhrases = " take this over| taking over from| i take over| covering for her| covering for him| covering for ann| i am covering| jetzt zustandig| bin nun zustandig| ubernehme das| ubernehme diese| prends le relais| je la remplace| je le remplace| je m'en occupe| me ocupo yo| me encargo| me ne occupo| fico com| neem het over| tar over| overtar| overtager sagen| przejmuje"
	// The writer has passed the mail on.
	passedPhrases = " habe ich an | habe ich weiterge| ich habe ihre nachricht an | ich habe das an | ich habe es an | i have passed | i've passed | i passed | i have forwarded | i've forwarded | i forwarded | j'ai transmis| j'ai fait suivre| he pasado | he reenviado| se lo he pasado | ho girato | ho inoltrato| encaminhei| reencaminhei| ik heb het doorge| heb ik doorge| jag har skickat vidare| jeg har sendt | przekazalem| przekazalam"
	// What a reader is asked to do for the writer.
	wantPhrases = "send me|send us|send over|please send the|please send your|send it over|call me|give me a call|ring me|talk to me|let us|let's|speak on|talk on|write to me|write again|get back to me|ping me|reach out again|meet on|see you|works for me|would suit|suits better|would be better|but let|happy to talk after|on peut se|peut-on se|se parle apres|vi kan ta|kan vi ta|men vi kan|aber dann|danach gern|danach konnen|ma possiamo|mas podemos|pero podemos|maar daarna|daarna graag|ale potem|but can we|but could we|would be great|suits me|fits me|passt mir|passt bei mir|me convient|me va bien|mi va bene|fica bem|komt mij uit|schikt mij|passar mig|passer mig|passer meg|pasuje mi|" +
		"schicken sie|schick mir|schickt mir|senden sie mir|rufen sie mich|ruf mich|melden sie sich|melde dich|lassen sie uns|treffen wir|schauen wir|" +
		"envoyez-moi|envoyez moi|envoie-moi|appelez-moi|appelez moi|m'appeler|rappelez-moi|rappelez moi|recontactez-moi|recontactez moi|parlons|voyons-nous|" +
		"mandeme|mandame|envieme|enviame|envieme|llameme|llamame|hablemos|podemos hablar|vuelva a escribir|mi mandi|mi invii|mandami|inviami|mi chiami|chiamami|sentiamoci|parliamone|mande-me|me mande|envie-me|me envie|ligue-me|me ligue|podemos falar|vamos falar|" +
		"stuur me|stuur mij|stuur het|bel me|bel mij|laten we|skicka mig|skicka gar|skicka over|ring mig|vi kan horas|kan vi horas|send mig|send gerne|ring til mig|lad os|send meg|ring meg|la oss|prosze o telefon|prosze zadzwonic|prosze przeslac|prosze wyslac|niech pan zadzwoni|niech pani zadzwoni|porozmawiajmy|" +
		"送ってください|お送りください|お電話いただけ|お電話ください|お会い|发给我|發給我|给我打电话|打给我|我们谈|聊聊"
)

var personalSet = sync.OnceValue(func() *wordSet {
	return newWordSet(overPhrases + "|" + insteadPhrases + "|" + passedPhrases + "|" + wantPhrases)
})

// personal gives the words by which a text about an absence shows that a
// person wrote it; "" when it has none.
func personal(text string) string {
	return strings.TrimSpace(personalSet().in(" " + plain(withoutLinks(text)) + " "))
}
