package classify

import (
	"strings"

	"ninetyten/internal/sales"
)

// failureOf gives the class of one recipient of a report. action and status
// are the fields of RFC 3464, text what the server said, in any case. why is
// what decided.
func failureOf(action, status, text string) (class sales.FailureClass, why string) {
	action = strings.ToLower(strings.TrimSpace(action))
	switch action {
	case "delayed":
		return sales.FailDelay, "Action: delayed"
	case "delivered", "relayed", "expanded":
		return sales.FailDelivered, "Action: " + action
	}
	low := plain(text)
	if status == "" {
		status = statusIn(low)
	}
	f := failure{action: action, status: status, low: low}
	f.class, f.subject, f.detail = splitStatus(status)
	for _, rule := range [...]func(*failure) (sales.FailureClass, string){
		(*failure).greylisted, (*failure).byPolicy, (*failure).full, (*failure).bySender, (*failure).off, (*failure).blocked, (*failure).content,
	} {
		if class, why := rule(&f); class != "" {
			return class, why
		}
	}
	return f.aliveOrDead()
}

// failure is one recipient's failure on its way through the rules.
type failure struct {
	action, status         string
	class, subject, detail string // of the status (RFC 3463)
	low                    string // what the server said, as plain gives it
	toks                   []token
}

// tokens are the words without addresses and names of hosts, whose dots would
// end sentences.
func (f *failure) tokens() []token {
	if f.toks == nil {
		f.toks = tokenize(scrub(f.low))
	}
	return f.toks
}

// greylisted knows a mail that was put off until the sender gave up: nothing
// is wrong with the address, and nobody judged us.
func (f *failure) greylisted() (sales.FailureClass, string) {
	if w := firstIn(f.low, greylistWords); w != "" {
		if gave := expiredSet().in(f.low); gave != "" {
			return sales.FailExpired, gave
		}
		switch {
		case f.subject == "4" && f.detail == "7":
			return sales.FailExpired, "status " + f.status
		case f.class == "4" && f.action == "failed":
			return sales.FailExpired, w
		case f.class == "4":
			return sales.FailSoft, w
		}
	}
	return "", ""
}

// byPolicy follows the statuses for security and policy, RFC 3463 section 3.8.
func (f *failure) byPolicy() (sales.FailureClass, string) {
	if f.subject != "7" {
		return "", ""
	}
	if f.detail == "13" { // account disabled (RFC 7372)
		return sales.FailSoft, "status " + f.status
	}
	// X.7.0 and X.7.1 say no more than that the server did not want the mail:
	// what it says besides is nearer to the fact.
	if f.detail == "0" || f.detail == "1" {
		if w := fullSet().in(f.low); w != "" && rateSet().in(f.low) == "" {
			return sales.FailFull, w
		}
		if user := f.saysGone(); user != "" {
			return sales.FailHard, user
		}
	}
	return sales.FailBlock, "status " + f.status
}

// saysGone gives the words by which a server says for good that there is no
// such user, with none about the sender, the content or the rules beside them.
func (f *failure) saysGone() string {
	if f.class != "5" || pretext(f.low) != "" || firstIn(f.low, dataWords) != "" || blockSet().in(scrub(f.low)) != "" {
		return ""
	}
	return firstIn(f.low, userPlain)
}

func (f *failure) full() (sales.FailureClass, string) {
	if f.subject == "2" && f.detail == "2" {
		return sales.FailFull, "status " + f.status
	}
	if w := firstIn(f.low, heapPhrases); w != "" {
		return sales.FailFull, w
	}
	if rate := rateSet().in(f.low); rate != "" && !strings.Contains(f.low, "mailbox") {
		return sales.FailBlock, rate
	}
	if w := fullSet().in(f.low); w != "" {
		return sales.FailFull, w
	}
	if state, words := boxState(f.tokens()); state == "full" {
		return sales.FailFull, words
	}
	return "", ""
}

// bySender knows refusals of the sender: by a status for the sender's address
// (RFC 3463 section 3.2) or the content, or before the recipient was heard.
func (f *failure) bySender() (sales.FailureClass, string) {
	if f.subject == "6" && firstIn("."+f.detail+".", ".7.|.8.|.9.|.10.") != "" {
		return sales.FailSoft, "status " + f.status // letters that a server on the way cannot carry (RFC 6531 section 4.2)
	}
	if f.subject == "6" || f.subject == "1" && (f.detail == "7" || f.detail == "8") {
		return sales.FailBlock, "status " + f.status
	}
	if w := firstIn(f.low, mailFromWords); w != "" {
		return sales.FailBlock, w
	}
	return "", ""
}

func (f *failure) off() (sales.FailureClass, string) {
	if firstIn(f.low, blockStrong) != "" {
		return "", ""
	}
	if w := offSet().in(f.low); w != "" {
		return sales.FailSoft, w
	}
	if state, words := boxState(f.tokens()); state == "off" {
		return sales.FailSoft, words
	}
	return "", ""
}

func (f *failure) blocked() (sales.FailureClass, string) {
	if strings.Contains(f.low, "recipient address rejected: access denied") {
		return "", ""
	}
	if w := blockSet().in(scrub(f.low)); w != "" {
		return sales.FailBlock, w
	}
	return "", ""
}

// content tells whether "unknown user" was said of content that was refused: a
// server that means it says so to RCPT, or gives the status 5.1.1.
func (f *failure) content() (sales.FailureClass, string) {
	if data := pretext(f.low); data != "" {
		return sales.FailSoft, data
	}
	return "", ""
}

// aliveOrDead parts dead addresses from failures that may pass, when nothing
// about the sender, a full or a switched-off mailbox was said.
func (f *failure) aliveOrDead() (sales.FailureClass, string) {
	final := f.class != "4" || f.action == "failed"
	if f.subject == "4" && f.detail == "7" {
		return sales.FailExpired, "status " + f.status
	}
	user, host, expired := userSet().in(f.low), hostSet().in(f.low), expiredSet().in(f.low)
	if user == "" {
		user = missing(f.tokens())
	}
	choice := firstIn(scrub(f.low), choiceWords)
	switch {
	case user == "" && final && firstIn(f.low, sizeWords) != "": // of the mail, whatever the status
		return sales.FailSoft, firstIn(f.low, sizeWords)
	case user == "" && f.class == "5" && f.subject == "1" && choice != "":
		return sales.FailSoft, choice
	case user != "" && final && (f.class != "4" || user != "requested action not taken: mailbox unavailable"):
		return sales.FailHard, user
	case host != "" && f.class != "4" && expired == "":
		return sales.FailHard, host
	case host != "" && strings.Contains(f.low, "nxdomain"): // a name that is not there is not there tomorrow
		return sales.FailHard, host
	case expired != "":
		return sales.FailExpired, expired
	case f.class == "4" && f.action == "failed":
		// It was tried until the time for it had run out.
		return sales.FailExpired, "status " + f.status
	case f.class == "4":
		return sales.FailSoft, "status " + f.status
	case f.refusedAtRcpt():
		return sales.FailHard, "the address was refused without a reason"
	case f.class == "5" && (f.subject == "1" && (f.detail == "1" || f.detail == "2" || f.detail == "3" || f.detail == "6" || f.detail == "10") || f.subject == "4" && f.detail == "4"):
		return sales.FailHard, "status " + f.status
	}
	if w := softSet().in(f.low); w != "" {
		return sales.FailSoft, w
	}
	return sales.FailSoft, "no known reason"
}

// refusedAtRcpt knows "550 Recipient address rejected." and nothing more, as
// servers say of addresses that they do not have.
func (f *failure) refusedAtRcpt() bool {
	if f.class == "4" || !strings.Contains(f.low, "550") && !strings.Contains(f.low, "551") && !strings.Contains(f.low, "553") {
		return false
	}
	if box := scrub(f.low); strings.Contains(box, " mailbox unavailable ") && !strings.Contains(box, " or ") && strings.Contains(box, "rcpt to") {
		return true // the words of RFC 5321 section 4.2.2 for 550
	}
	for _, w := range [...]string{"recipient address rejected", "recipient rejected", "address rejected", "rcpt rejected"} {
		if _, after, ok := strings.Cut(f.low, w); ok && !strings.Contains(f.low, "sender "+w) {
			after = strings.TrimLeft(after, " .!)'\"]")
			return after == "" || strings.HasPrefix(after, "(in reply to rcpt to") || strings.HasPrefix(after, "in reply to rcpt")
		}
	}
	return false
}

// pretext gives the words by which a server says that it refused the content,
// when it says "unknown user" in the same breath.
func pretext(low string) string {
	if firstIn(low, "unknown user|user unknown|no such user|user not exist|user does not exist") == "" || strings.Contains(low, "5.1.1") {
		return ""
	}
	if firstIn(low, ">>> rcpt to|to rcpt to command|after rcpt to|need rcpt|no valid recipients") != "" {
		return ""
	}
	return firstIn(low, dataWords)
}

// scrub takes out what holds block words without meaning them: addresses,
// links, names of hosts, and numbers of messages. Names of block lists stay.
func scrub(low string) string {
	fields := strings.Fields(low)
	kept := fields[:0]
	for _, f := range fields {
		if i := strings.IndexByte(f, '@'); i >= 0 {
			f = f[:strings.LastIndexAny(f[:i], "<:=(")+1]
		}
		if (strings.Contains(f, "://") || strings.Contains(f, "=") && len(f) > 20 || isHost(f)) &&
			firstIn(f, "spamhaus|spamcop|barracudacentral|dnsbl|sorbs|uceprotect|abuseat|/bl?|/bl/") == "" && !strings.HasPrefix(f, "bl.") && !strings.HasPrefix(f, "rbl.") {
			continue
		}
		kept = append(kept, f)
	}
	return " " + strings.Join(kept, " ") + " "
}

// isHost tells whether a word is written as the name of a host is: letters on
// both sides of a dot.
func isHost(f string) bool {
	i := strings.IndexByte(f, '.')
	return i > 0 && i+2 < len(f) && isWordByte(f[i-1]) && isLetter(f[i+1:]) && isWordByte(f[i+2])
}
