package web

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// Text on its ground reaches 4.5:1 and edges that mean something 3:1, light and
// dark (WCAG 2.2, 1.4.3 and 1.4.11).
func TestColoursHaveContrast(t *testing.T) {
	css, err := os.ReadFile("assets/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	tokens := map[string][2]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`).FindAllStringSubmatch(string(css), -1) {
		tokens[m[1]] = [2]string{m[2], m[3]}
	}
	grounds := []string{"paper", "raised", "sunken", "hover"}
	type pair struct {
		fore, ground string
		least        float64
	}
	var pairs []pair
	for _, ground := range grounds {
		for _, text := range []string{"ink", "ink-2", "ink-3", "accent", "lean", "late", "broken"} {
			pairs = append(pairs, pair{text, ground, 4.5})
		}
		for _, edge := range []string{"edge", "seller", "accent", "lean"} {
			pairs = append(pairs, pair{edge, ground, 3})
		}
	}
	for _, soft := range []string{"accent", "lean", "late", "broken"} {
		pairs = append(pairs, pair{soft, soft + "-soft", 4.5}, pair{"ink", soft + "-soft", 4.5}, pair{"ink-2", soft + "-soft", 4.5}, pair{"ink-3", soft + "-soft", 4.5})
	}
	pairs = append(pairs, pair{"on-accent", "accent", 4.5}, pair{"on-accent", "accent-strong", 4.5}, pair{"paper", "ink", 4.5})
	for _, p := range pairs {
		fore, ok := tokens[p.fore]
		ground, ok2 := tokens[p.ground]
		if !ok || !ok2 {
			t.Fatalf("tokens.css has no %s or no %s", p.fore, p.ground)
		}
		for i, theme := range []string{"light", "dark"} {
			if got := contrast(t, fore[i], ground[i]); got < p.least {
				t.Errorf("%s: %s on %s is %.2f:1, want %.1f:1", theme, p.fore, p.ground, got, p.least)
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	la, lb := luminance(t, a), luminance(t, b)
	return (math.Max(la, lb) + .05) / (math.Min(la, lb) + .05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*channel(16) + .7152*channel(8) + .0722*channel(0)
}
