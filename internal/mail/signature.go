package mail

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// splitSignature takes the signature off the end of what a person wrote:
// a delimited block, the line of a device, a sign-off with a name, or the
// lines of the sender's own name and contact.
func splitSignature(lines []string, name, addr string) (body, sig []string) {
	body = lines
	for range 4 { // a device line may stand below a sign-off, and so on
		at := signatureStart(body, name, addr)
		if at <= 0 || nextText(body[:at], 0) < 0 {
			return body, sig
		}
		sig = append(append([]string{}, body[at:]...), sig...)
		body = body[:at]
	}
	return body, sig
}

// signatureStart is the line where a signature begins, -1 when there is none.
func signatureStart(lines []string, name, addr string) int {
	end := len(lines)
	for end > 0 && strings.TrimSpace(lines[end-1]) == "" {
		end--
	}
	if end == 0 {
		return -1
	}
	for i := max(1, end-60); i < end; i++ {
		if isDevice(lines[i]) {
			return i
		}
	}
	if at := delimited(lines[:end]); at > 0 {
		return at
	}
	first := max(0, end-14)
	for i := end - 1; i >= first; i-- {
		if signsOff(lines[:end], i) {
			return i
		}
	}
	if at := ownBlock(lines[:end], name, addr); at > 0 {
		return at
	}
	last := strings.TrimSpace(lines[end-1])
	if rest, ok := strings.CutPrefix(last, "- "); ok && end > 1 && strings.TrimSpace(lines[end-2]) == "" && looksLikeName(rest, 3) {
		return end - 1
	}
	if r := []rune(last); len(r) > 2 && strings.ContainsRune("-–—~", r[0]) && unicode.IsUpper(r[1]) && end > 1 && strings.TrimSpace(lines[end-2]) == "" && looksLikeName(string(r[1:]), 3) {
		return end - 1
	}
	if at := contactBlock(lines[:end], name); at > 0 {
		return at
	}
	if rest, ok := strings.CutPrefix(last, "/"); ok && end > 1 && looksLikeName(rest, 2) {
		return end - 1
	}
	return -1
}

// delimited finds a signature by its delimiter: "-- " (RFC 3676 section 4.3)
// or a drawn line above a few short lines.
func delimited(lines []string) int {
	for i := 1; i < len(lines); i++ {
		t := strings.TrimSpace(lines[i])
		if t == "" || strings.Trim(t, "-_—–") != "" {
			continue
		}
		rest := lines[i+1:]
		strong := t == "--" || lines[i] == "-- "
		switch {
		case len(rest) == 0, listFooter(t, rest):
			return i
		case strong && len(rest) <= 25 && shortLines(rest, 120):
			return i
		case len(rest) <= 12 && shortLines(rest, 70) && (strings.TrimSpace(lines[i-1]) == "" || utf8.RuneCountInString(t) <= 5):
			return i
		}
	}
	return -1
}

// listFooter knows what a mailing list puts below each mail: a line of
// underscores, its name and its address.
func listFooter(rule string, rest []string) bool {
	first := nextText(rest, 0)
	return len(rule) >= 30 && len(rest) <= 8 && first >= 0 && strings.HasSuffix(strings.ToLower(strings.TrimSpace(rest[first])), " mailing list")
}

func shortLines(lines []string, most int) bool {
	for _, line := range lines {
		if utf8.RuneCountInString(line) > most {
			return false
		}
	}
	return true
}

// deviceWords lead to the name of a device or program.
const deviceWords = "sent from|sent via|sent with|sent by|sent using|get outlook for|gesendet von|gesendet mit|von meinem|diese nachricht wurde von meinem|envoyé de|envoyé depuis|envoyé à partir|envoyé via|" +
	"télécharger outlook|obtenez outlook|enviado desde|enviado a través|enviado do|enviado de|enviado con|enviada do|obtener outlook|obter outlook|inviato da|inviato dal|ottieni outlook|scarica outlook|verzonden vanaf|verstuurd vanaf|verzonden met|verstuurd met|outlook voor|" +
	"skickat från|skickades från|hämta outlook|hent outlook|sendt fra|sendt med|wysłane z|wysłano z|wysłane przez|pobierz outlook|lähetetty|odesláno z|odoslané z|lähetetty iphonesta|lähetetty androidista|отправлено с|отправлено из|изпратено от|надіслано з|gönderildi|küldve|az iphone|trimis de pe|trimis din|verzonden vanuit|odesláno ze|poslano iz|poslano z|στάλθηκε από|أُرسلت من|ارسل من|נשלח מה|gửi từ|dikirim dari|iphoneから送信|ipadから送信|androidから送信|发自我的|發自我的|从我的|發送自|发送自|outlook をダウンロード|나의 iphone"

var deviceLeads = sync.OnceValue(func() *leads { return newLeads(deviceWords) })

// leads are words that lines may begin or end with.
type leads struct {
	words       []string
	first, last [256]bool // bytes that one begins or ends with
}

func newLeads(list string) *leads {
	l := &leads{words: strings.Split(list, "|")}
	for _, w := range l.words {
		l.first[w[0]], l.last[w[len(w)-1]] = true, true
	}
	return l
}

// mayLead tells cheaply whether a line may begin or end with the words that lead
// to a device.
func mayLead(s string) bool {
	known, a, z := deviceLeads(), s[0], s[len(s)-1]
	if a >= 'A' && a <= 'Z' {
		a |= 0x20
	}
	if z >= 'A' && z <= 'Z' {
		z |= 0x20
	}
	return a >= 0x80 || z >= 0x80 || known.first[a] || known.last[z]
}

// deviceNames are what a mail is sent from.
const deviceNames = "iphone|ipad|ipod|android|outlook|blackberry|samsung|galaxy|huawei|xiaomi|pixel|nokia|mobile|móvil|movil|handy|smartphone|phone|téléphone|telefon|teléfono|telefono|tablet|mail|gmail|yahoo|mailbox|app|ios|icloud|proton|windows|htc|sony|lg|motorola|verizon|at&t|t-mobile|aol|hey|superhuman|spark|zoho|thunderbird|appareil|dispositivo|device|watch|mac|手机|手機"

// isDevice tells whether a line is the advertisement of a mail program.
func isDevice(line string) bool {
	if len(line) > 90 && !strings.Contains(line, "http") {
		return false
	}
	if !strings.ContainsAny(line, "<[") { // what no such line has, before it is copied
		bare := strings.Trim(strings.TrimSpace(line), "*_-()[]. ")
		if bare == "" || !mayLead(bare) || strings.ContainsAny(bare, ",;?!") || wordCount(bare) > 10 {
			return false
		}
	}
	t := strings.ToLower(strings.TrimSpace(line))
	if i := strings.IndexAny(t, "<["); i > 0 && strings.Contains(t, "http") { // "Outlook for iOS<https://...>"
		t = strings.TrimSpace(t[:i])
	}
	t = strings.Trim(t, "*_-()[]. ")
	t = strings.ReplaceAll(t, "\u2011", "-")
	if t == "" || len(t) > 90 || strings.ContainsAny(t, ",;?!") || wordCount(t) > 10 {
		return false
	}
	known := deviceLeads()
	if !known.first[t[0]] && !known.last[t[len(t)-1]] {
		return false
	}
	for _, lead := range known.words {
		if !strings.HasPrefix(t, lead) && !strings.HasSuffix(t, lead) {
			continue
		}
		for device := range strings.SplitSeq(deviceNames, "|") {
			i := strings.Index(t, device)
			if i < 0 || i > 0 && device[0] < 0x80 && isWordByte(t[i-1]) {
				continue
			}
			if device[0] >= 0x80 || len(device) > 4 || boundedWord(t, i, i+len(device)) || len(lead) > 15 { // "iPhonesta"
				return true
			}
		}
	}
	return false
}

// signOffs are the closing formulas of letters, in lower case without
// punctuation. Those of the second list are thanks, which count only above a
// name.
const (
	signOffs = "|regards|best regards|kind regards|warm regards|warmest regards|kindest regards|best|all the best|best wishes|many regards|with regards|with kind regards|with best regards|sincerely|yours sincerely|sincerely yours|yours truly|yours faithfully|respectfully|cheers|br|rgds|kr|take care|cordially|talk soon|speak soon|very best|warmly|yours|kindly|all best|best for now|bests|with thanks|thanks and best|thanks and best regards|thanks & best regards|thank you and kind regards|have a great day|have a nice day|have a great weekend|enjoy your weekend|regards from|cheers for now|ttyl|xx|" +
		"mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|beste grüße|beste grüsse|liebe grüße|herzliche grüße|mit besten grüßen|schöne grüße|schönen gruß|gruß|grüße|lg|vg|mfg|hochachtungsvoll|mit bestem gruß|lieben gruß|liebe grüsse|beste gruesse|viele gruesse|mit freundlichen gruessen|freundlichen gruß|freundlichen grüßen|sonnige grüße|mit vielen grüßen|mit lieben grüßen|bis bald|schönen tag noch|schönes wochenende|einen schönen tag|ciao|servus|" +
		"cordialement|bien cordialement|très cordialement|bien à vous|salutations|meilleures salutations|salutations distinguées|sincères salutations|bonne journée|bonne soirée|amicalement|bien amicalement|cdlt|cdt|bien cdlt|bonne fin de journée|bonne continuation|belle journée|excellente journée|bon week-end|à bientôt|respectueusement|sentiments distingués|" +
		"saludos|un saludo|saludos cordiales|un cordial saludo|atentamente|cordialmente|cordiales saludos|un abrazo|quedo atento|quedo atenta|saludos cordiales y gracias|cordial saludo|reciba un cordial saludo|salu2|abrazo|buen día|que tenga buen día|slds|" +
		"cordiali saluti|distinti saluti|saluti|un saluto|un cordiale saluto|buona giornata|a presto|buon lavoro|un caro saluto|cari saluti|buona serata|cordialità|porgo cordiali saluti|" +
		"atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|abraço|abraços|att|um abraço|atte|at.te|cpts|com os meus cumprimentos|grato|grata|bom dia|saudações|" +
		"met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten|mvg|hartelijke groet|met hartelijke groet|hartelijke groeten|met groet|mvrgr|fijne dag|fijne dag verder|fijn weekend|gr|grt|grtz|tot snel|" +
		"med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänligen|hälsningar|bästa hälsningar|mvh|med vänlig hälsning och tack|allt gott|ha det bra|ha det fint|trevlig helg|vi hörs|hälsar|" +
		"med venlig hilsen|venlig hilsen|de bedste hilsner|bedste hilsner|hilsen|vh|med vennlig hilsen|vennlig hilsen|kh|mange hilsner|kærlig hilsen|hav en god dag|god weekend|beste hilsen|hilsner|ha en fin dag|alt godt|dbh|" +
		"pozdrawiam|z poważaniem|pozdrowienia|serdecznie pozdrawiam|pozdrawiam serdecznie|z pozdrowieniami|z wyrazami szacunku|łączę pozdrowienia|miłego dnia|pzdr|s přátelským pozdravem|s úctou|hezký den|ystävällisin terveisin|parhain terveisin|ystävällisesti|yt|lep pozdrav|srdačan pozdrav|cu respect|με εκτίμηση|μετά τιμής|ystävällisin terveisin|terveisin|s pozdravem|с уважением|с наилучшими пожеланиями|з повагою|üdvözlettel|saygılarımla|cu stimă|" +
		"此致|敬礼|祝好|顺祝商祺|此致敬礼|敬具|草々|"
	thanks = "|thanks|thank you|many thanks|thanks again|thank you again|thanks so much|thank you very much|thanks and regards|thanks & regards|thank you and best regards|thanks a lot|thx|ty|thanks in advance|" +
		"danke|vielen dank|besten dank|danke und viele grüße|vielen dank und viele grüße|merci|merci d'avance|merci beaucoup|gracias|muchas gracias|grazie|grazie mille|obrigado|obrigada|bedankt|alvast bedankt|dank u|tack|tack på förhand|tak|på forhånd tak|mange tak|dziękuję|dziekuje|z góry dziękuję|谢谢|謝謝|よろしくお願いします|よろしくお願いいたします|宜しくお願い致します|ありがとうございます|"
)

// formulas and thanksWords are the entries of signOffs and thanks.
var (
	formulas    = sync.OnceValue(func() map[string]bool { return entriesOf(signOffs) })
	thanksWords = sync.OnceValue(func() map[string]bool { return entriesOf(thanks) })
)

// entriesOf gives the entries of a list parted by "|".
func entriesOf(list string) map[string]bool {
	out := map[string]bool{}
	for entry := range strings.SplitSeq(strings.Trim(list, "|"), "|") {
		out[entry] = true
	}
	return out
}

// isFormula tells whether a key is a closing formula.
func isFormula(key string) bool { return formulas()[key] }

// isThanks tells whether a key is thanks.
func isThanks(key string) bool { return thanksWords()[key] }

// signsOff tells whether a signature begins at line i: a formula alone on its
// line with a name below, or formula and name on the last line.
func signsOff(lines []string, i int) bool {
	t := strings.TrimSpace(lines[i])
	if t == "" || len(t) > 80 {
		return false
	}
	if bare := strings.TrimFunc(t, noWord); i < len(lines)-1 && (bare == "" || wordCount(bare) > 8) { // no formula is as long
		return false
	}
	key := signKey(t)
	if head, _, ok := cutPlace(key); ok { // "Grüße aus Köln"
		key = head
	}
	formula, thank := isFormula(key), isThanks(key)
	if key == "" || !formula && !thank {
		head, tail, ok := strings.Cut(t, ",")
		return ok && i == len(lines)-1 && i > 0 && isFormula(signKey(head)) && looksLikeName(strings.TrimSpace(tail), 3)
	}
	rest := lines[i+1:]
	next := nextText(rest, 0)
	if next >= 0 && isRule(rest[next]) && next+1 < len(rest) { // a line drawn between the formula and the name
		next = nextText(rest, next+1)
	}
	if next < 0 {
		return formula && i > 0
	}
	texts := 0
	for _, line := range rest {
		if strings.TrimSpace(line) != "" {
			texts++
		}
	}
	if texts > 10 || !shortLines(rest, 90) {
		return false
	}
	if thank {
		return looksLikeName(strings.TrimSpace(rest[next]), 4)
	}
	return looksLikeName(strings.TrimSpace(rest[next]), 6)
}

// cutPlace cuts "grüße aus dem sonnigen köln" behind the formula.
func cutPlace(key string) (head, tail string, ok bool) {
	if wordCount(key) > 7 {
		return key, "", false
	}
	for _, from := range [...]string{" aus ", " from ", " desde ", " da ", " de ", " uit ", " från ", " fra ", " z ", " depuis "} {
		if head, tail, ok = strings.Cut(key, from); ok && isFormula(head) {
			return head, tail, true
		}
	}
	return key, "", false
}

// contactBlock finds a last paragraph that begins with a name and gives a
// telephone number, a firm or a title below it. The name is the writer's when
// that is known.
func contactBlock(lines []string, name string) int {
	start := len(lines)
	for start > 0 && strings.TrimSpace(lines[start-1]) != "" {
		start--
	}
	if n := len(lines) - start; start == 0 || n < 2 || n > 9 || !shortLines(lines[start:], 90) || nextText(lines[:start], 0) < 0 {
		return -1
	}
	first := strings.Trim(strings.TrimSpace(lines[start]), "*_")
	words := wordCount(first)
	if words < 2 || !looksLikeName(first, 4) || name != "" && !isNameOf(first, name) || name == "" && strings.HasSuffix(lastText(lines[:start]), ":") {
		return -1
	}
	for w := range strings.FieldsSeq(first) {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && len(w) > 3 {
			return -1
		}
	}
	c := ReadContact(strings.Join(lines[start+1:], "\n"), "", "")
	if len(c.Phones) > 0 || c.Company != "" || c.Title != "" {
		return start
	}
	return -1
}

// lastText is the last line with text.
func lastText(lines []string) string {
	for i := len(lines) - 1; i >= 0; i-- {
		if t := strings.TrimSpace(lines[i]); t != "" {
			return t
		}
	}
	return ""
}

func noWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// signKey makes a line comparable with the formulas.
func signKey(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	s = strings.TrimFunc(s, noWord)
	return strings.Join(strings.Fields(s), " ")
}

// looksLikeName tells whether a line may be the name of a person: at most
// most words, no end of a sentence, no question.
func looksLikeName(s string, most int) bool {
	s = strings.TrimSpace(s)
	if s == "" || wordCount(s) > most || len(s) > 60 || strings.ContainsAny(s, "?!:;@") || !strings.ContainsFunc(s, unicode.IsLetter) {
		return false
	}
	if strings.HasSuffix(s, ".") && wordCount(s) > 1 && len(s) > 12 && !strings.HasSuffix(s, "D.") {
		return false
	}
	return !hasDigit(s)
}

// ownBlock finds the lines of the sender's own name and contact at the end: at
// most ten short lines, the first with the name of the sender, or one with
// the sender's address.
func ownBlock(lines []string, name, addr string) int {
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 {
		local, _, _ := strings.Cut(addr, "@")
		words = strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) })
		if len(words) == 1 && len(words[0]) < 3 {
			words = nil
		}
	}
	for i := len(lines) - 1; i > 0 && i >= len(lines)-10; i-- {
		t := strings.ToLower(strings.TrimSpace(lines[i]))
		if t == "" || strings.TrimSpace(lines[i-1]) != "" && i != len(lines)-1 {
			continue
		}
		if !looksLikeName(lines[i], 6) || !shortLines(lines[i:], 80) {
			continue
		}
		for _, w := range words {
			if len(w) >= 3 && strings.Contains(t, w) && wordCount(t) <= 6 {
				return i
			}
		}
	}
	return -1
}
