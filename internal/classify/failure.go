package classify

import (
	"strings"

	"ninetyten/internal/sales"
)

// The words of servers, in lower case. They are parts of sentences, so that a
// sentence never seen before is still understood.
const (
	// About the sender, the content or the rules: the address may well live.
	blockWords = "spam|junk mail|blacklist|blocklist|black list|block list|blocked|blocking|denylist|spamhaus|spamcop|barracudacentral|dnsbl|rbl|reputation|policy|policies|" +
		"not authorized|not authorised|unauthorized|not permitted|not allowed|access denied|permission to|no permission|relaying|relay access|relay denied|not relay|to relay|open relay|cannot relay|relay not|relay prohib|we do not relay|authentication|unauthenticated|spf|dkim|dmarc|" +
		"sender address rejected|sender rejected|sender verif|sender denied|sender address|bad sender|invalid sender|sender domain|sender is|from address|envelope sender|domain of sender|mail from|envelope-from|return path|return-path|sender id|your domain|" +
		"your ip|sending ip|source ip|from ip|ip address is|ip address has|ip addresses|this ip|unverifyable|client host|client ip|client ip|helo command|invalid helo|bad helo|helo name|ehlo name|helo/ehlo|to helo|to ehlo|helo rejected|helo host|ptr |ptr record|reverse dns|rdns|reverse lookup|reverse mapping|no reverse|unresolvable|cannot find your|cannot resolve your|your host|your server|" +
		"too many connection|too many concurrent|connection limit|connection rate|rate limit|rate-limit|ratelimit|throttl|too many messages|too many mails|message rate|exceeded the rate|too frequen|too fast|frequency limited|too many recipients|too many errors|not accepting connections|too many session|" +
		"virus|malware|malicious|content rejected|mail rejected|mail rejete|domain is invalid. please provide|valid from:|message content|message rejected|content filter|prohibit|forbidden|suspicious|suspect|phish|unsolicited|banned|bulk mail|" +
		"violat|compliance|not rfc|rfc 5322|rfc5322|rfc 2822|rfc2822|rfc 5321|rfc 2821|bare lf|bare <lf>|duplicate header|missing header|multiple from|invalid header|malformed|" +
		"starttls|tls required|encryption|administrative prohib|administratively|by administrator|by the administrator|restricted|restriction|not accept mail from|not accept email from|not accepted from|reject all mail|only accepts|members only|not a member|moderat|" +
		"mail server denied|is listed|are listed|listed at|listed by|listed on|being listed|abuse|complain|security polic|security reason|security check|untrusted|rejected by recipient|user has blocked|ブロック|迷惑メール|拒否|autoris|permiso|may not exist|peut-être|möglicherweise nicht|quizás no|podría no|forse non|talvez não|misschien niet|存在しないか|可能不存在|permissão|autorizzazione|berechtigung|toestemming|権限|权限|權限|разрешен"

	// The account exists no more or never did.
	userWords = "user unknown|unknown user|no such user|unknown recipient|recipient unknown|unknown address|address unknown|user not found|recipient not found|no such recipient|" +
		"does not exist|doesn't exist|do not exist|not exist|no longer exist|no mailbox here|no such mailbox|mailbox not found|invalid mailbox|invalid recipient|invalid user|delivery userid|invalid address|" +
		"bad destination mailbox|bad address|bad recipient|unknown mailbox|no such address|not a valid mailbox|not a valid recipient|not a valid user|not a valid address|not valid recipient|not valid user|address not found|address couldn't be found|" +
		"could not be found|couldn't be found|wasn't found|was not found|cannot be found|not found in|user doesn't have|user does not have|doesn't have a|unrouteable|unroutable|unknown or illegal alias|illegal alias|recipient name is not recognized|" +
		"not our customer|no account by|no account|account not found|no valid recipient|not a known user|unknown local|unknown account|no such account|recipnotfound|recipientnotfound|requested action not taken: mailbox unavailable|nonexistent|non-existent|undeliverable address|isn't a valid|is not a valid|is not valid|not known at this|not known here|" +
		"recipient address rejected: access denied|user reject|no such person|no such local user|no user|not listed in|unknown to|invalid account|mailbox unknown|no local mailbox|no longer valid|no longer here|no longer in use|address is invalid|address no longer|" +
		"unbekannt|existiert nicht|nicht gefunden|n'existe pas|inconnu|no existe|desconocid|não existe|nao existe|desconhecid|non esiste|sconosciut|inesistente|bestaat niet|onbekend|finns inte|okänd|findes ikke|ukendt|nie istnieje|nieznany|" +
		"存在しません|見つかりません|存在しない|ユーザが不明|宛先不明|不存在|找不到|无此用户"

	// The domain takes no mail or is not there.
	hostWords = "host unknown|unknown host|host not found|domain not found|domain is not reachable|no such domain|nxdomain|unknown domain|invalid domain|non-existent domain|no mx|null mx|couldn't find any host|couldn't find a host|couldn't find a mail exchanger|could not find any host|" +
		"bad destination host|bad destination system|unable to route|cannot route|does not accept mail|doesn't accept mail|does not receive mail|not accept email|no mail server|no mail exchanger|illegal host|name or service not known|no route to domain|" +
		"domain name not found|domain has no|no dns|name service error for name|name server: host not found|dns error|hostname not found|couldn't be found or|is a bogus|has moved|user has moved|no longer accepting mail|domain is not"

	fullWords = "mailbox full|mailbox is full|mailbox was full|mailboxfull|over quota|overquota|over-quota|quota exceed|exceeded quota|quota has been|quota is full|over its quota|over the quota|over their quota|out of storage|inbox is full|storage quota|storage limit|exceeded its|exceeded storage|" +
		"mailbox has exceeded|mailbox size limit|exceeded mailbox|mailbox exceeds|not enough storage|not enough space|not enough disk|insufficient storage|insufficient disk|disk quota|diskspace quota|overdrawn|not have enough space|disk full|no space left|no space for|no room for|exceeding its|too full|account is full|mail box full|is over the allowed|out of space|user over|exceeded the maximum number of|" +
		"postfach ist voll|postfach voll|speicherplatz|boîte pleine|boite pleine|est pleine|buzón lleno|está lleno|caixa cheia|casella piena|postvak is vol|mailbox vol|一杯|容量を超|已满|空间不足"

	// Dead for now: switched off, out of order, or the mail itself did not fit.
	softWords = "disabled|inactive|suspended|deactivated|not active|account expired|locked|unavailable|temporar|try again|try later|retry|timed out|timeout|time out|refused|reset by|deferred|loop|too many hops|hop count|" +
		"too large|too big|size limit|exceeds|maximum size|message size|system error|configuration error|config error|internal error|local error|out of memory|service not available|not responding|network|unreachable|command output|cannot append|can't create|couldn't create|couldn't open|permission denied|greylist|graylist|overload|busy|maintenance|on hold|dormant"

	// The server had taken the address and refused the content: what it then
	// says of the user is a filter's pretext.
	dataWords = "end of data|to data command|after data|>>> data|smtp command data|after end-of-data|dot response"

	// The server refused the sender before it heard of the address.
	mailFromWords = "after mail from|after ehlo|after helo|to ehlo command|to helo command|to mail from command|in response to mail from"

	// Switched off, not gone.
	offWords = "disabled|inactive|suspended|deactivated|account is blocked|account blocked|account has been blocked|account is locked|account locked|dormant|not activated|cannot append|can't create|couldn't create|couldn't open|command output|mailer error|temporar|try again later|try later|try your message later|found, try again|transient"

	expiredWords = "could not be delivered for|not be delivered within|time expired|has expired|message expired|retry time not reached|retry timeout|retries exceeded|queue too long|too long|giving up|given up trying|not delivered after|after trying for|maximum retry|gave up|expired after|" +
		"been trying for|timed out while|delivery timed out|message timed out|unable to deliver this message for|持续|期限切れ"

	delayWords = "will be retried|will retry|still being retried|still trying|will continue to try|will keep trying|continue to be attempted|no action is required|do not need to resend|don't need to resend|delivery is delayed|has been delayed|temporarily delayed|not yet been delivered|delivery attempts will|" +
		"wird weiterhin versucht|weitere zustellversuche|verzögert|retardé|se seguirá intentando|retrasad|ritardat|atrasad|vertraagd|försenad|forsinket|opóźni|延迟|遅延|遅れ"
)

// failureOf gives the class of one recipient of a report. action and status
// are the fields of RFC 3464, text what the server said, in any case. why is
// what decided.
func failureOf(action, status, text string) (class sales.FailureClass, why string) {
	low := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	switch strings.ToLower(strings.TrimSpace(action)) {
	case "delayed":
		return sales.FailDelay, "Action: delayed"
	case "delivered", "relayed", "expanded":
		return sales.FailDelivered, "Action: " + action
	}
	if status == "" {
		status = statusIn(low)
	}
	_, subject, detail := splitStatus(status)
	access := strings.Contains(low, "recipient address rejected: access denied")
	if subject == "7" {
		if detail == "13" { // account disabled (RFC 7372)
			return sales.FailSoft, "status " + status
		}
		return sales.FailBlock, "status " + status
	}
	if subject == "2" && detail == "2" {
		return sales.FailFull, "status " + status
	}
	if w := firstIn(low, fullWords); w != "" {
		return sales.FailFull, w
	}
	if subject == "6" || subject == "1" && (detail == "7" || detail == "8") {
		return sales.FailBlock, "status " + status
	}
	if w := firstIn(low, mailFromWords); w != "" {
		return sales.FailBlock, w
	}
	if w := firstIn(low, offWords); w != "" && firstIn(low, blockStrong) == "" {
		return sales.FailSoft, w
	}
	if w := firstIn(scrub(low), blockWords); w != "" && !access {
		return sales.FailBlock, w
	}
	return aliveOrDead(action, status, low)
}

// choiceWords speak of what the recipient or a filter wants: under a status for
// dead addresses too, the address lives.
const choiceWords = "preferenc|filter|refused due|refused by the recipient|declined|unwanted|screened|quarantin"

// blockStrong are words about the sender that weigh more than "try later".
const blockStrong = "blacklist|blocklist|spamhaus|reputation|too many|rate limit|throttl|your ip|reverse dns|rdns|ptr record|policy|spam"

// aliveOrDead parts dead addresses from failures that may pass, when nothing
// about the sender, a full or a switched-off mailbox was said.
func aliveOrDead(action, status, low string) (sales.FailureClass, string) {
	class, subject, detail := splitStatus(status)
	final := class != "4" || strings.EqualFold(strings.TrimSpace(action), "failed")
	if subject == "4" && detail == "7" {
		return sales.FailExpired, "status " + status
	}
	user, host, expired := firstIn(low, userWords), firstIn(low, hostWords), firstIn(low, expiredWords)
	if data := pretext(low); data != "" {
		return sales.FailSoft, data
	}
	if user == "" {
		user = missing(low)
	}
	switch {
	case user == "" && class == "5" && subject == "1" && firstIn(low, choiceWords) != "":
		return sales.FailSoft, firstIn(low, choiceWords)
	case user != "" && final && (class != "4" || user != "requested action not taken: mailbox unavailable"):
		return sales.FailHard, user
	case host != "" && class != "4" && expired == "":
		return sales.FailHard, host
	case expired != "":
		return sales.FailExpired, expired
	case class == "4":
		return sales.FailSoft, "status " + status
	case class == "5" && (subject == "1" && (detail == "1" || detail == "2" || detail == "3" || detail == "6" || detail == "10") || subject == "4" && detail == "4"):
		return sales.FailHard, "status " + status
	}
	if w := firstIn(low, softWords); w != "" {
		return sales.FailSoft, w
	}
	return sales.FailSoft, "no known reason"
}

// contentPhase tells, by the words for it, that the server refused the content
// after it had taken the address.
func contentPhase(low string) string {
	if firstIn(low, ">>> rcpt to|to rcpt to command|after rcpt to|need rcpt|no valid recipients") != "" {
		return ""
	}
	return firstIn(low, dataWords)
}

// pretext tells whether "unknown user" was said of content that was refused: a
// server that means it says so to RCPT, or gives the status 5.1.1.
func pretext(low string) string {
	if firstIn(low, "unknown user|user unknown|no such user|user not exist|user does not exist") == "" || strings.Contains(low, "5.1.1") {
		return ""
	}
	return contentPhase(low)
}

// scrub takes out what holds block words without meaning them: addresses,
// links, and numbers of messages.
func scrub(low string) string {
	fields := strings.Fields(low)
	kept := fields[:0]
	for _, f := range fields {
		if i := strings.IndexByte(f, '@'); i >= 0 {
			f = f[:strings.LastIndexAny(f[:i], "<:=(")+1]
		}
		if firstIn(f, "spamhaus|spamcop|barracuda|dnsbl|/bl?|/bl/") == "" && (strings.Contains(f, "://") || strings.Contains(f, "=") && len(f) > 20) {
			continue
		}
		kept = append(kept, f)
	}
	return " " + strings.Join(kept, " ") + " "
}

// splitStatus cuts "5.1.1" (RFC 3463) into its three numbers.
func splitStatus(s string) (class, subject, detail string) {
	parts := strings.SplitN(s, ".", 3)
	if len(parts) != 3 {
		return "", "", ""
	}
	return parts[0], parts[1], parts[2]
}

// statusIn finds an enhanced status in a text, "" when there is none; of a
// basic reply code alone only the class is known.
func statusIn(s string) string {
	for i := 0; i < len(s); i++ {
		if (s[i] == '2' || s[i] == '4' || s[i] == '5') && (i == 0 || !isDigit(s[i-1]) && s[i-1] != '.') {
			if n := statusLen(s[i:]); n > 0 {
				return s[i : i+n]
			}
		}
	}
	return ""
}

func statusLen(s string) int {
	i := 1
	for range 2 {
		if i >= len(s) || s[i] != '.' {
			return 0
		}
		i++
		start := i
		for i < len(s) && isDigit(s[i]) && i-start < 4 {
			i++
		}
		if i == start || i-start > 3 {
			return 0
		}
	}
	if i < len(s) && (s[i] == '.' && i+1 < len(s) && isDigit(s[i+1]) || isDigit(s[i])) { // an IP address
		return 0
	}
	return i
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// codeIn finds a three-digit SMTP failure code in a text.
func codeIn(s string) string {
	for i := 0; i+3 <= len(s); i++ {
		if (s[i] == '4' || s[i] == '5') && isDigit(s[i+1]) && isDigit(s[i+2]) && s[i+1] <= '5' &&
			(i == 0 || !isWordByte(s[i-1]) && s[i-1] != '.' && s[i-1] != '-') && endsCode(s[i+3:]) {
			return s[i : i+3]
		}
	}
	return ""
}

// endsCode tells whether a code may end before rest.
func endsCode(rest string) bool {
	switch {
	case rest == "", rest[0] == ' ', rest[0] == '\n', rest[0] == ')', rest[0] == ']':
		return true
	case rest[0] == '-':
		return len(rest) > 1 && isDigit(rest[1])
	case rest[0] == '.', rest[0] == ',', rest[0] == ':', rest[0] == ';':
		return len(rest) == 1 || rest[1] == ' ' || rest[1] == '\n'
	}
	return false
}

func isWordByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
