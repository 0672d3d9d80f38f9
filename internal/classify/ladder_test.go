package classify

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"ninetyten/internal/mail"
)

// What Explain shows leads to what Classify says: one rung fires, the last.
func TestExplain(t *testing.T) {
	mails, _ := filepath.Glob("testdata/*/*.eml")
	if len(mails) < 100 {
		t.Fatalf("%d mails", len(mails))
	}
	fired := map[string]int{}
	for _, path := range mails {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p := mail.Parse(raw)
		v, way := Explain(p, p.Date)
		if plain := Classify(p, p.Date); !reflect.DeepEqual(plain, v) {
			t.Errorf("%s: %+v, explained %+v", path, plain, v)
		}
		for i, r := range way {
			if r.Fired != (i == len(way)-1) {
				t.Errorf("%s: rung %s fired %v at %d of %d", path, r.Name, r.Fired, i, len(way))
			}
		}
		last := way[len(way)-1]
		fired[last.Name]++
		if len(last.Found) == 0 {
			t.Errorf("%s: %s fired without a sign", path, last.Name)
		}
	}
	for _, name := range strings.Split("complaint|delivery report|read receipt|demand to stop|automatic reply|bulk mail|person", "|") {
		if fired[name] == 0 {
			t.Errorf("no mail ends at %s: %v", name, fired)
		}
	}
}
