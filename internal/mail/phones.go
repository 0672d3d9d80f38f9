package mail

import "strings"

// phones adds the numbers of a line that are telephone numbers: those with a
// label, and those that a plus, a bracket or a nought begins and that fill
// their part of the line.
func (c *Contact) phones(line string) {
	low := strings.ToLower(line)
	for start := 0; start < len(line) && len(c.Phones) < 5; {
		from, to := numberIn(line[start:])
		if to == 0 {
			return
		}
		from, to = from+start, to+start
		label := labelBefore(low[start:from])
		number := strings.TrimRight(line[from:to], " -./(")
		start = to
		mobile := inLabels(cellLabels, label)
		switch {
		case inLabels(faxLabels, label), namesOtherNumber(label), digits(number) < 6 || digits(number) > 16, hasDatePattern(number):
			continue
		case mobile, inLabels(phoneLabels, label):
		case strings.HasPrefix(number, "+") && digits(number) >= 8, strings.HasPrefix(number, "(") && digits(number) >= 9, strings.HasPrefix(number, "00") && digits(number) >= 10,
			strings.HasPrefix(number, "0") && digits(number) >= 9 && phoneLike(line) != "":
		default:
			continue
		}
		if !c.hasPhone(number) {
			c.Phones = append(c.Phones, Phone{strings.Join(strings.Fields(number), " "), mobile})
		}
	}
}

func (c *Contact) hasPhone(number string) bool {
	for _, p := range c.Phones {
		if strings.HasSuffix(digitsOf(p.Number), digitsOf(number)) {
			return true
		}
	}
	return false
}

// numberIn finds the first run of digits with the signs of telephone numbers,
// at least six digits long.
func numberIn(s string) (from, to int) {
	for i := 0; i < len(s); i++ {
		if !isPhoneStart(s[i]) || i > 0 && (s[i-1] >= '0' && s[i-1] <= '9' || s[i-1] >= 'a' && s[i-1] <= 'z' || s[i-1] == '@' || s[i-1] == '/' && s[i] != '+') {
			continue
		}
		j, n := i, 0
		for j < len(s) && (s[j] >= '0' && s[j] <= '9' || strings.IndexByte(" -./()+", s[j]) >= 0) {
			if s[j] >= '0' && s[j] <= '9' {
				n++
			}
			if s[j] == '+' && j > i && s[i] != '(' {
				break
			}
			if s[j] == ' ' && j+1 < len(s) && s[j+1] == ' ' {
				break
			}
			j++
		}
		if n >= 6 && (j >= len(s) || s[j] != '@') {
			return i, j
		}
		i = max(i, j-1)
	}
	return 0, 0
}

func isPhoneStart(b byte) bool { return b == '+' || b == '(' || b >= '0' && b <= '9' }

// labelBefore gives the last words before a number, without their marks.
func labelBefore(s string) string {
	if i := strings.LastIndexAny(s, "|·•,;\t"); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Trim(s, " :.-–*()[]")
	if words := strings.Fields(s); len(words) > 2 {
		s = strings.Join(words[len(words)-2:], " ")
	}
	return strings.Trim(s, ":. ")
}

// inLabels tells whether a label, or its last word, is in a list.
func inLabels(list, label string) bool {
	if label == "" {
		return false
	}
	last := label
	if i := strings.LastIndexByte(label, ' '); i >= 0 {
		last = label[i+1:]
	}
	for entry := range strings.SplitSeq(list, "|") {
		entry = strings.TrimRight(entry, ".")
		if label == entry || strings.TrimRight(last, ":.") == entry {
			return true
		}
	}
	return false
}

func namesOtherNumber(label string) bool {
	for entry := range strings.SplitSeq(notPhones, "|") {
		if i := strings.Index(label, entry); i >= 0 && (i == 0 || !isWordByte(label[i-1])) {
			return true
		}
	}
	return false
}

// phoneLike gives the digits of a part that is nothing but a number, "" of
// another.
func phoneLike(s string) string {
	n, others := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n++
		case strings.ContainsRune(" -./()+", r):
		default:
			others++
		}
	}
	if n >= 6 && others <= 3 {
		return digitsOf(s)
	}
	return ""
}

func digits(s string) int { return len(digitsOf(s)) }

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// hasDatePattern knows 03.03.2026 and 2026-03-03.
func hasDatePattern(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == '-' || r == '/' })
	return len(parts) == 3 && digits(s) <= 8 && (len(parts[0]) == 4 || len(strings.TrimSpace(parts[2])) == 4 && len(parts[0]) <= 2)
}
