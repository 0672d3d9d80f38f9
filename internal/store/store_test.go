package store_test

import (
	"context"
	"testing"

	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

func TestOpens(t *testing.T) {
	s := storetest.Open(t)
	w := storetest.NewWorld(t, s, 3)
	w.Enroll(t, 0)
	got, _, err := s.People(context.Background(), w.Viewer(), store.PeopleFilter{Search: "oliv"}, store.Page{})
	if err != nil || len(got) != 3 {
		t.Fatalf("%v %v", got, err)
	}
	m, err := s.Mailbox(context.Background(), w.Workspace.ID, w.Mailbox.ID)
	if err != nil || m.SMTP.Password != "secret" {
		t.Fatal(m, err)
	}
}
