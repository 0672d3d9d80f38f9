package desk_test

import (
	"context"
	"strings"
	"testing"

	"ninetyten/internal/desk"
	"ninetyten/internal/handoff"
	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
	"ninetyten/internal/store/storetest"
)

// People without an address are found again by number and name, or by their
// LinkedIn page, in their own workspace alone.
func TestImportFindsPeopleWithoutAnAddress(t *testing.T) {
	s := storetest.Open(t)
	w, they := storetest.NewWorld(t, s, 0), storetest.NewWorld(t, s, 0)
	d := &desk.Desk{Store: s, Clock: sales.WallClock{}, Notify: handoff.NewHub(s.DB, nil)}
	const rows = "name,phone,linkedin\nMarta Oliveira,+351225550148,\nRui Sá,+351225550148,\nJonas Lindqvist,,https://www.linkedin.com/in/Jonas-L\n"
	m := importer.Mapping{Fields: []importer.Field{importer.FullName, importer.Phone, importer.LinkedIn}}
	read := func(v sales.Viewer, file string) importer.Result {
		t.Helper()
		res, err := d.Import(context.Background(), v, strings.NewReader(file), m, v.UserID, nil)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	if res := read(w.Viewer(), rows); res.Created != 3 {
		t.Errorf("first: %+v", res)
	}
	if res := read(w.Viewer(), strings.Replace(rows, "Jonas-L", "jonas-l", 1)); res.Created != 0 || res.Same != 3 {
		t.Errorf("again: %+v", res)
	}
	if res := read(they.Viewer(), rows); res.Created != 3 {
		t.Errorf("another workspace: %+v", res)
	}
	sample, err := d.PreviewRows(context.Background(), w.Viewer(), strings.NewReader(rows+"New One,+351225550149,\n"), m, 2, 1)
	if err != nil || sample.Whole || len(sample.Rows) != 1 || sample.Result.Same != 2 {
		t.Errorf("%v %+v", err, sample)
	}
}
