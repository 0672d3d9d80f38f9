package classify

import "strings"

// returnedMarks open the copy of the returned mail in a report, lower case.
const returnedMarks = "below this line is a copy|this is a copy of the message|copy of the message, including|original message follows|original message|message text follows|unsent message|returned message|header of the original|headers of the original|" +
	"message header follows|message headers follow|message header|original headers|original mail|text of the message|your original message|undelivered message|original e-mail|message body follows|the message you sent|message contents|the attached message|returned mail|received headers|message received|" +
	"ursprüngliche nachricht|originalnachricht|message d'origine|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|original meddelelse|元のメッセージ|原始邮件"

// cutReturned parts the words of a report from the copy of the returned mail.
func cutReturned(text string) (words, returned string) {
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		low := strings.ToLower(strings.TrimSpace(line))
		drawn := strings.HasPrefix(low, "--") || strings.HasPrefix(low, "==") || strings.HasPrefix(low, "__") || strings.HasPrefix(low, "**") || strings.HasPrefix(low, "|--")
		mark := firstIn(low, returnedMarks) != "" && (drawn || strings.HasSuffix(low, ":") || strings.HasSuffix(low, "follows.") || strings.HasSuffix(low, "follows")) && len(low) < 100
		// The fields that a report quotes in its words are indented.
		header := !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") && (strings.HasPrefix(low, "received: ") || strings.HasPrefix(low, "return-path: ") || strings.HasPrefix(low, "dkim-signature:") || strings.HasPrefix(low, "message-id: "))
		if at > 0 && (mark || header) {
			return text[:at], text[at:]
		}
		at += len(line)
	}
	return text, ""
}

func hasReturned(text string) bool {
	_, returned := cutReturned(text[:min(len(text), 64<<10)])
	return returned != ""
}
