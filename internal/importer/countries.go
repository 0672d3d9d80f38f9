package importer

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countryAliases are names that the language data lacks, folded.
const countryAliases = `
US: usa|u s a|u s|united states of america|the united states|america|estados unidos de america|eeuu|ee uu|vereinigte staaten von amerika
GB: uk|u k|great britain|britain|england|scotland|wales|northern ireland|gb uk|grossbritannien|großbritannien|vereinigtes konigreich|royaume uni|angleterre|reino unido|inghilterra
NL: holland|the netherlands|niederlande|pays bas
CZ: czech republic|czech|tschechien|tschechische republik
KR: korea|republic of korea|korea republic of|korea south|south korea|sudkorea
RU: russian federation|russland
IR: iran islamic republic of
VN: viet nam
TW: taiwan province of china|taiwan roc
TR: turkey|turkiye|turkei
CI: ivory coast
CV: cape verde
SZ: swaziland
MK: macedonia|north macedonia|the former yugoslav republic of macedonia
AE: uae|u a e|emirates|dubai
HK: hong kong sar|hong kong
MO: macau|macao
BO: bolivia plurinational state of
VE: venezuela bolivarian republic of
TZ: tanzania united republic of
MD: moldova republic of
SY: syrian arab republic
LA: lao peoples democratic republic
CH: schweiz|suisse|svizzera
DE: brd|federal republic of germany|bundesrepublik deutschland
VA: vatican|holy see
PS: palestine|palestinian territory|state of palestine
CD: democratic republic of the congo|congo the democratic republic of the
`

// countries gives the ISO 3166-1 alpha-2 code by folded name (in 24
// languages), alpha-2 and alpha-3 code. Countries that are no more are left out.
var countries = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 6000)
	langs := []language.Tag{language.English, language.German, language.French, language.Spanish, language.Portuguese, language.Italian,
		language.Dutch, language.Swedish, language.Danish, language.Norwegian, language.Finnish, language.Polish, language.Czech,
		language.Hungarian, language.Turkish, language.Romanian, language.Russian, language.Ukrainian, language.Greek,
		language.Japanese, language.Chinese, language.Korean, language.Arabic, language.Hebrew}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err != nil || strings.Contains("AN BU CS DD SU TP YU ZR", code) || !region.IsCountry() || region.String() != code || region.Canonicalize() != region {
				continue
			}
			m[fold(code)] = code
			if iso3 := region.ISO3(); iso3 != "ZZZ" {
				m[fold(iso3)] = code
			}
			for _, tag := range langs {
				if name := display.Regions(tag).Name(region); name != "" {
					if f := fold(name); m[f] == "" {
						m[f] = code
					}
				}
			}
		}
	}
	for line := range strings.Lines(countryAliases) {
		code, names, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for _, name := range strings.Split(names, "|") {
			if name != "" {
				m[fold(name)] = code
			}
		}
	}
	return m
})

// countryCode reads a country by code or name, or gives "".
func countryCode(s string) string {
	if len(s) > 100 {
		return ""
	}
	return countries()[fold(s)]
}

// languages gives the tag of a language by its folded English and own name.
var languages = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 200)
	for _, code := range strings.Fields("en de fr es pt it nl sv da nb no fi pl cs sk hu tr ro bg ru uk el ja zh ko ar he hi id vi th hr sr sl et lv lt ca is ga") {
		tag := language.Make(code)
		m[fold(display.English.Languages().Name(tag))] = code
		if name := display.Self.Name(tag); name != "" {
			m[fold(name)] = code
		}
		if name := display.German.Languages().Name(tag); name != "" {
			m[fold(name)] = code
		}
	}
	return m
})

// languageTag reads a BCP 47 tag ("de", "pt-BR", "en_US") or a name, or gives "".
func languageTag(s string) string {
	if len(s) > 40 {
		return ""
	}
	if code := languages()[fold(s)]; code != "" {
		return code
	}
	tag, err := language.Parse(s)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}
