package classify

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Words of Japanese and Chinese behind a date.
const (
	cjkBack = "から出社|より出社|に出社|出社|に戻|戻り|復帰|から通常|より通常|通常通り|通常どおり|から営業|より営業|営業開始|営業再開|より順次|から順次|以降順次|以降に対応|以降に|より対応|から対応|より業務|業務開始|業務を再開|返信いたします|回来|回來|返回|返岗|返崗|上班|恢复|恢復|复工|回公司|回办公室|回辦公室"
	cjkEnd  = "まで|迄|为止|為止|止|期间|期間|前"
	cjkFrom = "から|より|起|开始|開始|～|〜|~|-|－|—|–|至|到"
)

// cjkDates finds 5月4日, 2026年5月4日, 8/17, 来週月曜日 and 下周一 in texts of
// scripts without blanks.
func cjkDates(text string, at time.Time) []found {
	if !hasIdeographs(text) {
		return nil
	}
	var out []found
	add := func(day time.Time, from, to int) {
		if !day.IsZero() && len(out) < 20 {
			out = append(out, cjkFound(text, day, from, to))
		}
	}
	for from := 0; ; {
		i := strings.Index(text[from:], "月")
		if i < 0 {
			break
		}
		i += from
		from = i + len("月")
		month, start := numberBefore(text[:i])
		day, length := numberAfter(text[from:])
		if month < 1 || month > 12 || day < 1 || day > 31 {
			continue
		}
		year := 0
		if rest, ok := strings.CutSuffix(strings.TrimRight(text[:start], " "), "年"); ok {
			year, start = numberBefore(rest)
		}
		end := from + length
		for _, unit := range [...]string{"日", "号", "號"} {
			if strings.HasPrefix(text[end:], unit) {
				end += len(unit)
			}
		}
		add(resolve(year, month, day, at), start, end)
		if last, length := spanEnd(text[end:], day); last > 0 { // 3月9日至13日
			add(resolve(year, month, last, at), end, end+length)
		}
	}
	for i := 0; i < len(text); i++ { // 8/17, 1/5
		if text[i] != '/' {
			continue
		}
		month, start := numberBefore(text[:i])
		day, length := numberAfter(text[i+1:])
		end := i + 1 + length
		if month < 1 || month > 12 || day < 1 || day > 31 || end < len(text) && (text[end] == '/' || isWordByte(text[end]) && text[end] < 0x80) || start > 0 && isASCIIWord(text[start-1]) {
			continue
		}
		year := 0
		if start > 0 && text[start-1] == '/' {
			year, start = numberBefore(text[:start-1])
			if year < 2000 {
				continue
			}
		}
		add(resolve(year, month, day, at), start, end)
	}
	for _, w := range [...]struct {
		word string
		week int
	}{{"来週", 1}, {"下周", 1}, {"下週", 1}, {"下星期", 1}, {"本週", 0}, {"今週", 0}, {"本周", 0}, {"这周", 0}} {
		if i := strings.Index(text, w.word); i >= 0 {
			add(cjkWeekday(text[i+len(w.word):], w.week, at), i, i+len(w.word)+6)
		}
	}
	for _, w := range [...]string{"明日", "明天"} {
		if i := strings.Index(text, w); i >= 0 {
			add(dayOf(at).AddDate(0, 0, 1), i, i+len(w))
		}
	}
	return out
}

// spanEnd reads the last day of a span behind its first one, when it is named
// without its month, and gives where it ends.
func spanEnd(after string, first int) (day, length int) {
	rest, _ := cutBracket(after)
	for _, mark := range [...]string{"から", "至", "到", "～", "〜", "~", "-", "－", "–"} {
		tail, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), mark)
		if !ok {
			continue
		}
		n, used := numberAfter(tail)
		if strings.HasPrefix(tail[used:], "日") || strings.HasPrefix(tail[used:], "号") || strings.HasPrefix(tail[used:], "號") {
			if n > first && n <= 31 {
				return n, len(after) - len(tail) + used + len("日")
			}
		}
	}
	return 0, 0
}

// cjkFound weighs a date by what stands around it.
func cjkFound(text string, day time.Time, from, to int) found {
	to = min(to, len(text))
	after := text[to:min(len(text), to+48)]
	// (月), （金） and times belong to the date.
	after = strings.TrimLeft(after, " 　")
	if rest, ok := cutBracket(after); ok {
		after = rest
	}
	if i := strings.IndexAny(after, "。\n!！"); i >= 0 {
		after = after[:i]
	}
	f := found{day: day, words: strings.ToValidUTF8(text[max(0, from-6):min(len(text), to+18)], ""), away: true}
	next := nextDigit(after)
	switch {
	case firstIn(after[:next], cjkBack) != "" || firstIn(after, cjkBack) != "" && next == len(after):
		f.rank = 2
	case startsWithAny(after, cjkEnd), strings.HasPrefix(after, "日まで"):
		f.rank = 1
	case startsWithAny(after, cjkFrom):
		f.start = next < len(after) || !strings.Contains(after, "対応")
	}
	if f.rank == 0 && !f.start {
		before := strings.ToValidUTF8(text[max(0, from-6):from], "")
		if strings.Contains(text[from:to], "至") || strings.Contains(text[from:to], "到") || strings.HasSuffix(before, "至") || strings.HasSuffix(before, "到") || strings.HasSuffix(before, "～") || strings.HasSuffix(before, "〜") || strings.HasSuffix(before, "-") || strings.HasSuffix(before, "－") {
			f.rank = 1
		}
	}
	return f
}

func startsWithAny(s, list string) bool {
	for w := range strings.SplitSeq(list, "|") {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// nextDigit gives where the next number begins, the length when none does.
func nextDigit(s string) int {
	for i, r := range s {
		if _, ok := digitOf(r); ok {
			return i
		}
	}
	return len(s)
}

func cutBracket(s string) (string, bool) {
	for _, b := range [...][2]string{{"（", "）"}, {"(", ")"}} {
		if rest, ok := strings.CutPrefix(s, b[0]); ok {
			if _, after, ok := strings.Cut(rest, b[1]); ok && strings.Index(rest, b[1]) < 16 {
				return after, true
			}
		}
	}
	return s, false
}

// cjkWeekday reads the day behind "来週" and "下周"; without one it is Monday.
func cjkWeekday(after string, week int, at time.Time) time.Time {
	monday := nextMonday(dayOf(at)).AddDate(0, 0, 7*(week-1))
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, "の曜日星期周 "))
	for i, names := range [...]string{"月一", "火二", "水三", "木四", "金五", "土六", "日天"} {
		if r != utf8.RuneError && strings.ContainsRune(names, r) {
			return monday.AddDate(0, 0, i)
		}
	}
	if week == 0 {
		return time.Time{}
	}
	return monday
}

func hasIdeographs(text string) bool {
	for _, r := range text {
		if r >= 0x3040 && (unicode.Is(unicode.Han, r) || r < 0x3100) {
			return true
		}
	}
	return false
}

func isASCIIWord(c byte) bool { return c < 0x80 && isWordByte(c) }

// numberBefore reads the number at the end of s and gives where it begins.
func numberBefore(s string) (n, start int) {
	s = strings.TrimRight(s, " ")
	digits := ""
	for len(s) > 0 && len(digits) < 4 {
		r, size := utf8.DecodeLastRuneInString(s)
		d, ok := digitOf(r)
		if !ok {
			break
		}
		digits = d + digits
		s = s[:len(s)-size]
	}
	n, _ = strconv.Atoi(digits)
	return n, len(s)
}

// numberAfter reads the number at the beginning of s and gives its length.
func numberAfter(s string) (n, length int) {
	digits := ""
	for i, r := range s {
		d, ok := digitOf(r)
		if !ok && (r != ' ' || digits != "") || len(digits) > 2 {
			break
		}
		if ok {
			digits += d
		}
		length = i + utf8.RuneLen(r)
	}
	n, _ = strconv.Atoi(digits)
	return n, length
}

func digitOf(r rune) (string, bool) {
	switch {
	case r >= '0' && r <= '9':
		return string(r), true
	case r >= '０' && r <= '９':
		return string(r - '０' + '0'), true
	}
	return "", false
}
