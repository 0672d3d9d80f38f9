package importer

import (
	"strings"
	"unicode"
)

// splitName splits a full name into first and last name without changing a
// letter. country and language tell the order where it differs; both may be
// empty. title is a form of address before the name ("Dr."), which belongs to
// neither.
func splitName(full, country, lang string) (title, first, last string) {
	words := strings.Fields(full)
	n := 0
	for n < len(words)-1 && honorific(words[n]) {
		n++
	}
	title, words = strings.Join(words[:n], " "), words[n:]
	name := strings.Join(words, " ")
	if before, after, ok := strings.Cut(name, ","); ok {
		before, after = strings.TrimSpace(before), strings.TrimSpace(after)
		if before != "" && after != "" && !strings.Contains(after, ",") && !suffix(after) {
			return title, after, before // "Last, First"
		}
		words = strings.Fields(before)
		if len(words) > 1 { // "First Last, PhD"
			first, last = splitWords(words, country, lang)
			return title, first, strings.TrimSpace(last + name[strings.IndexByte(name, ','):])
		}
		return title, name, ""
	}
	switch {
	case len(words) == 1 && title != "":
		return title, "", name
	case len(words) < 2:
		return title, name, ""
	}
	first, last = splitWords(words, country, lang)
	return title, first, last
}

// splitWords splits two or more words.
func splitWords(words []string, country, lang string) (first, last string) {
	n := len(words)
	join := func(w []string) string { return strings.Join(w, " ") }
	base, _, _ := strings.Cut(lang, "-")
	if n == 2 && eastAsian(words[0]) && eastAsian(words[1]) || base == "hu" || lang == "" && country == "HU" {
		return join(words[1:]), words[0] // the family name comes first
	}
	end := n
	for end > 2 && suffix(words[end-1]) {
		end--
	}
	for i := 1; i < end-1; i++ {
		if particle(words[i]) {
			return join(words[:i]), join(words[i:])
		}
	}
	at := end - 1
	if base == "es" || lang == "" && spanish(country) {
		if at = 1; end > 3 { // two family names: one or two given names before
			at = end - 2
		}
	}
	return join(words[:at]), join(words[at:])
}

func honorific(w string) bool {
	switch strings.ToLower(strings.TrimSuffix(w, ".")) {
	case "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "herr", "frau", "dipl-ing", "mme", "mlle", "sr", "sra", "srta", "dott", "dott.ssa", "dhr", "mevr":
		return true
	}
	return false
}

func suffix(w string) bool {
	switch strings.ToLower(strings.ReplaceAll(w, ".", "")) {
	case "jr", "jnr", "sr", "snr", "ii", "iii", "iv", "phd", "md", "mba", "esq", "cpa", "cfa", "pmp", "msc", "bsc", "ma", "ba", "jd", "dds", "rn", "pe":
		return true
	}
	return false
}

// particle tells the small words that begin a family name. One with a capital
// is taken for a name, but for those that are never one.
func particle(w string) bool {
	switch w {
	case "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "zu", "zur", "zum", "vom", "ten", "ter", "te", "af", "av", "bin", "ibn", "bint", "al", "el",
		"Van", "Von", "Bin", "Ibn", "De", "Della", "Di", "Du", "Del", "Dos", "VAN", "VON", "DE", "DEL":
		return true
	}
	return false
}

func spanish(country string) bool {
	switch country {
	case "ES", "MX", "AR", "CO", "CL", "PE", "VE", "EC", "GT", "CU", "BO", "DO", "HN", "PY", "SV", "NI", "CR", "PA", "UY":
		return true
	}
	return false
}

func eastAsian(s string) bool {
	for _, r := range s {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	}
	return false
}
