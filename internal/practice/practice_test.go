package practice

import (
	"context"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"ninetyten/internal/app"
	"ninetyten/internal/config"
)

func TestLockstep(t *testing.T) {
	for _, seed := range []uint64{1} {
		ctx := context.Background()
		p, err := Open(ctx, Options{Config: config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}, Seed: seed, Alone: true, App: app.Options{Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))}})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := p.RunLockstep(ctx, p.Clock.Now().AddDate(0, 0, 28)); err != nil {
			t.Fatal(err)
		}
		s, err := p.Summary(ctx)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.MarshalIndent(s, "", " ")
		t.Logf("%v\n%s", time.Since(began), b)
		if !s.Clean() {
			t.Error("not clean")
		}
		p.Close()
	}
}
