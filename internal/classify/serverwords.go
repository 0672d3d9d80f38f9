package classify

import "sync"

// The words of servers in the form of plain: lower case, without accents. They
// are parts of sentences, so that a sentence never seen before is still
// understood. Each list is about one thing that may be wrong.
const (
	// The sender, the content or the rules: the address may well live.
	blockSender = "ip=|sender address rejected|sender rejected|sender verif|sender denied|sender address|bad sender|invalid sender|sender domain|sender is|from address|envelope sender|domain of sender|mail from|envelope-from|return path|return-path|sender id|your domain|bad outbound sender|outbound spam|" +
		"your ip|sending ip|source ip|from ip|ip address is|ip address has|ip addresses|this ip|unverifyable|client host|client ip|helo command|invalid helo|bad helo|helo name|ehlo name|helo/ehlo|to helo|to ehlo|helo rejected|helo host|ptr |ptr record|reverse dns|rdns|reverse lookup|reverse mapping|no reverse|unresolvable|cannot find your|cannot resolve your|your host|your server|your mail server|your network|open relay|not advertise auth|adresse ip|adresse de l'expediteur|absender|afsender|avsender|avsandare|afzender|mittente|remitente|remetente|expediteur|nadawc|отправител"
	blockRules = "spam|junk mail|blacklist|blocklist|black list|block list|blocked|blocking|denylist|deny list|dnsbl|rbl|reputation|policy|policies|" +
		"not authorized|not authorised|unauthorized|not permitted|not allowed|access denied|permission to|no permission|relaying|relay access|relay denied|not relay|to relay|cannot relay|relay not|relay prohib|we do not relay|authentication|unauthenticated|not authenticated|spf|dkim|dmarc|" +
		"virus|malware|malicious|infected|content rejected|mail rejected|mail rejete|domain is invalid. please provide|valid from:|message content|message rejected|content filter|prohibit|forbidden|suspicious|suspect|phish|unsolicited|banned|bulk mail|bulk email|dangerous|attachment type|attachment name|quarantin|" +
		"violat|compliance|not rfc|rfc 5322|rfc5322|rfc 2822|rfc2822|rfc 5321|rfc 2821|bare lf|bare <lf>|duplicate header|missing header|multiple from|invalid header|malformed|" +
		"starttls|tls required|must use tls|requires tls|encryption|administrative prohib|administratively|by administrator|by the administrator|restricted|restriction|not accept mail from|not accept email from|not accepting mail from|not accept messages from|not accepted from|reject all mail|only accepts|members only|members-only|not a member|non-member|moderat|" +
		"mail server denied|is listed|are listed|listed at|listed by|listed on|being listed|listed in the|abuse|complain|security polic|security reason|security check|untrusted|rejected by recipient|user has blocked|may not have permission|not have permission|verification required|unable to verify"
	blockRate = "too many connection|too many concurrent|connection limit|connection rate|rate limit|rate-limit|ratelimit|throttl|too many messages|too many mails|too many emails|message rate|exceeded the rate|too frequen|too fast|frequency limited|too many recipients|too many errors|not accepting connections|too many session|" +
		"emails per hour|mails per hour|messages per hour|emails per day|messages per day|per hour|per minute|defers and failures|daily limit|hourly limit|sending limit|sending quota|sending rate|message limit|recipient limit|daily sending|daily user sending|volume of mail|unusual rate|limit exceeded for sender"
	blockForeign = "ブロック|迷惑メール|拒否|規制|" +
		"google groups|autoris|permiso|permissao|autorizzazione|berechtigung|toestemming|権限|权限|權限|разрешен|sperrliste|schwarze liste|schwarzen liste|blockierliste|liste noire|liste de blocage|lista negra|lista nera|lista bloqueada|zwarte lijst|blokkeerlijst|geblokkeerd|svartlist|sortliste|blokeringsliste|blockeringslista|czarn|blokowan|zablokowan|заблокирован|черном списке|черный список|spam-verdacht|richtlinie|politique|politica de|beleid|polityk|" +
		"wurde abgelehnt|abgewiesen|zuruckgewiesen|ete refuse|a ete rejete|ha sido rechazado|rechazado por|rifiutato|foi rejeitad|recusad|geweigerd|avvisades|avvisats|afvist|avvist|odrzucon|黑名单|黑名單|垃圾邮件|垃圾郵件|拒收|拒绝接收|被拒绝|拒絕|屏蔽|频率|頻率|نشر|غير مصرح|권한|차단|스팸"

	// The account exists no more or never did.
	userGone = "user unknown|unknown user|no such user|unknown recipient|recipient unknown|unknown address|address unknown|user not found|recipient not found|no such recipient|" +
		"does not exist|doesn't exist|dosn't exist|does'nt exist|badrcptto|bad_recipient|mail-box not found|mail box not found|no mail box|no mailbox found|do not exist|not exist|no longer exist|doesnt exist|no mailbox here|no such mailbox|mailbox not found|invalid mailbox|invalid recipient|invalid user|delivery userid|invalid address|" +
		"bad destination mailbox|bad address|bad recipient|unknown mailbox|no such address|not a valid mailbox|not a valid recipient|not a valid user|not a valid address|not valid recipient|not valid user|address not found|address couldn't be found|" +
		"could not be found|couldn't be found|wasn't found|was not found|cannot be found|can't be found|not found in|user doesn't have|user does not have|doesn't have a|unrouteable|unroutable|unknown or illegal alias|illegal alias|recipient name is not recognized|" +
		"not our customer|no account by|no account|account not found|no valid recipient|not a known user|unknown local|unknown account|no such account|recipnotfound|recipientnotfound|requested action not taken: mailbox unavailable|nonexistent|non-existent|undeliverable address|isn't a valid|is not a valid|is not valid|not known at this|not known here|" +
		"recipient address rejected: access denied|recipient address rejected: unverified|recipient address rejected: undeliverable|user reject|no such person|no such local user|no user|not listed in|unknown to|invalid account|mailbox unknown|no local mailbox|no longer valid|no longer here|no longer in use|no longer on server|no longer available|address is invalid|address no longer|#5.1.0 address rejected|5.1.0 address rejected|unknown address error|recipient is not found|not an active address|recipient rejected: unknown|unknown in virtual|mailbox does not|recipient does not|is not a known|is unknown|rcpt invalid|invalid rcpt|" +
		"unbekannt|existiert nicht|nicht gefunden|nicht vorhanden|n'existe pas|n'existe plus|inconnu|no existe|desconocid|nao existe|desconhecid|non esiste|sconosciut|inesistente|bestaat niet|onbekend|finns inte|okand|findes ikke|ukendt|finnes ikke|ukjent|nie istnieje|nieznany|не существует|не найден|неизвестн|нет такого|такого пользователя нет|" +
		"存在しません|見つかりません|存在しない|ユーザが不明|宛先不明|ユーザー不明|不存在|找不到|无此用户|無此用戶|查无此|未找到|존재하지 않|없는 사용자|찾을 수 없"

	// The plainest of them. "User unknown" is not among them: filters give it as
	// a pretext, with a status of policy.
	userPlain = "no such user|no mailbox found|does not exist|no such mailbox|mailbox not found|mail-box not found|user not found|no such recipient|recipient not found|no such address"

	// More mails lie in the mailbox than it may hold, which is about its size and
	// not about how fast they come.
	heapPhrases = "too many messages on the server|too many messages in the mailbox|too many messages in mailbox|mails auf dem server|mailbox has too many|user has too many messages"

	// The mail itself did not fit.
	sizeWords = "max message size|maximum message size|message size exceed|size exceeds|message too large|message too big|message is too large|message is too big|exceeds size limit|exceeds the maximum message"

	// The domain takes no mail or is not there.
	hostGone = "host unknown|unknown host|host not found|domain not found|domain is not reachable|no such domain|nxdomain|unknown domain|invalid domain|non-existent domain|non-existent host|no mx|null mx|couldn't find any host|couldn't find a host|couldn't find a mail exchanger|could not find any host|could not find a mail exchanger|" +
		"bad destination host|bad destination system|unable to route|cannot route|does not accept mail|doesn't accept mail|does not receive mail|not accept email|no mail server|no mail exchanger|illegal host|name or service not known|no route to domain|no route found|" +
		"domain name not found|domain has no|no dns|name service error for name|name server: host not found|dns error|hostname not found|couldn't be found or|is a bogus|has moved|user has moved|mailbox has moved|no longer accepting mail|domain is not|domain doesn't exist|domain does not exist|unknown mail domain|no hosts found|host or domain name not found"

	fullPhrases = "mailbox full|mailbox is full|mailbox was full|mailboxfull|mailboxes are full|mailboxes full|over quota|overquota|over-quota|quota exceed|exceeded quota|quota has been|quota is full|over its quota|over the quota|over their quota|quota violation|quota limit|out of storage|inbox is full|storage quota|storage limit|exceeded its|exceeded storage|" +
		"mailbox has exceeded|mailbox size limit|exceeded mailbox|mailbox exceeds|mailbox exceeded|not enough storage|not enough space|not enough disk|insufficient storage|insufficient disk|disk quota|diskspace quota|overdrawn|not have enough space|disk full|no space left|no space for|no room for|exceeding its|too full|account is full|mail box full|is over the allowed|out of space|user over|exceeded the maximum number of|exceeded the local limit|exceeds allowed size|mailbox exceeds allowed|mailbox: full|quota reached|reached its quota|" +
		"postfach ist voll|postfach voll|speicherplatz|boite pleine|est pleine|buzon lleno|esta lleno|caixa cheia|casella piena|postvak is vol|mailbox vol|переполнен|一杯|容量を超|容量オーバ|満杯|已满|已滿|空间不足|空間不足|容量超|超过容量|超出容量|超过配额|가득|용량 초과"

	// Dead for now: switched off, out of order, or the mail itself did not fit.
	softPhrases = "disabled|inactive|suspended|deactivated|not active|account expired|locked|unavailable|temporar|try again|try later|retry|timed out|timeout|time out|refused|reset by|deferred|loop|too many hops|hop count|" +
		"too large|too big|size limit|exceeds|maximum size|message size|system error|configuration error|config error|internal error|local error|out of memory|service not available|not responding|network|unreachable|command output|cannot append|can't create|couldn't create|couldn't open|permission denied|greylist|graylist|grey-list|overload|busy|maintenance|on hold|dormant"

	// Switched off, not gone.
	offPhrases = "disabled|inactive|suspended|deactivated|account is blocked|account blocked|account has been blocked|account is locked|account locked|dormant|not activated|cannot append|can't create|couldn't create|couldn't open|command output|mailer error|temporar|try again later|try later|try your message later|found, try again|transient"

	expiredPhrases = "could not be delivered for|not be delivered within|time expired|has expired|message expired|delivery expired|queue.expired|retry time not reached|retry timeout|retries exceeded|queue too long|too long|giving up|given up|not delivered after|after trying for|maximum retry|gave up|expired after|" +
		"been trying for|timed out while|delivery timed out|message timed out|unable to deliver this message for|despite repeated attempts|maximum time|message too old|retry limit|wiederholten versuchen|trotz mehrerer|plusieurs tentatives|varios intentos|diversi tentativi|varias tentativas|herhaalde pogingen|upprepade forsok|gentagne forsog|wielokrotnych prob|多次尝试|多次嘗試|持续|期限切れ|再送を試み"

	delayPhrases = "will be retried|will retry|still being retried|still trying|will continue to try|will keep trying|continue to be attempted|no action is required|do not need to resend|don't need to resend|delivery is delayed|has been delayed|temporarily delayed|not yet been delivered|delivery attempts will|delivery incomplete|warning message only|warning only|hasn't been delivered yet|has not been delivered yet|will be notified if the delivery fails|notified if delivery fails|still undelivered after|transient non-fatal|continuing to try|being retried|" +
		"wird weiterhin versucht|weitere zustellversuche|weiterhin versuchen|verzoger|noch nicht zugestellt|retarde|n'a pas encore ete|n'ont pas encore|nouvelles tentatives|se seguira intentando|seguira intentando|retrasad|todavia no se ha|aun no se ha|ritardat|non e ancora stato|continuera a|atrasad|ainda nao foi|continuara a tentar|vertraagd|nog niet bezorgd|blijft proberen|forsenad|fortsatter att forsoka|annu inte levererats|forsinket|endnu ikke leveret|fortsat forsoge|opozni|nie zostala jeszcze|задерж|еще не доставлен|延迟|延遲|尚未送达|重试|遅延|遅れ|再送信を続け|再送を続け"

	// The server refused the sender before it heard of the address.
	mailFromWords = "after mail from|after ehlo|after helo|to ehlo command|to helo command|to mail from command|in response to mail from|sent_second_ehlo"

	// The server had taken the address and refused the content: what it then
	// says of the user is a filter's pretext.
	dataWords = "end of data|to data command|after data|>>> data|smtp command data|after end-of-data|dot response"

	// What the recipient or a filter wants: under a status for dead addresses
	// too, the address lives.
	choiceWords = "preferenc|filter|refused due|refused by the recipient|declined|unwanted|screened|quarantin"

	// About the sender, and weightier than "try later".
	blockStrong = "blacklist|blocklist|spamhaus|reputation|too many|rate limit|throttl|your ip|reverse dns|rdns|ptr record|policy|spam"

	greylistWords = "greylist|graylist|grey-list|gray-list|grey list|come back later"
)

// The compiled lists.
var (
	blockSet = sync.OnceValue(func() *wordSet {
		return newWordSet(blockRules + "|" + blockSender + "|" + blockRate + "|" + blockForeign)
	})
	rateSet    = sync.OnceValue(func() *wordSet { return newWordSet(blockRate) })
	userSet    = sync.OnceValue(func() *wordSet { return newWordSet(userGone) })
	hostSet    = sync.OnceValue(func() *wordSet { return newWordSet(hostGone) })
	fullSet    = sync.OnceValue(func() *wordSet { return newWordSet(fullPhrases) })
	softSet    = sync.OnceValue(func() *wordSet { return newWordSet(softPhrases) })
	offSet     = sync.OnceValue(func() *wordSet { return newWordSet(offPhrases) })
	expiredSet = sync.OnceValue(func() *wordSet { return newWordSet(expiredPhrases) })
	delaySet   = sync.OnceValue(func() *wordSet { return newWordSet(delayPhrases) })
	reasonSet  = sync.OnceValue(func() *wordSet { return newWordSet(userGone + "|" + fullPhrases + "|" + hostGone + "|" + softPhrases) })
)
