package bench

import (
	"context"
	"testing"
)

func TestSendSmall(t *testing.T) {
	res, err := Send(context.Background(), Options{N: 300, Runs: 1})
	if err != nil {
		t.Fatal(err)
	}
	if res.Checks["accepted by the sink"] != 300 || res.Checks["duplicates"] != 0 {
		t.Fatal(res)
	}
	t.Log(res)
}
