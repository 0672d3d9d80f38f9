package llm

// CheckDial is what the dialer asks of every address.
func CheckDial(address string, plain bool) error { return checkDial(address, plain) }
