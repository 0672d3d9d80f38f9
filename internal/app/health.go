package app

import (
	"context"
	"io"
	"net/http"
	"time"

	"ninetyten/internal/sales"
)

// health answers those who watch over the program: 200 and "ok" when the
// database answers and takes changes, else 503 and why not, in words.
func (a *App) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	err := a.Store.DB.Ping(ctx)
	if err == nil {
		err = a.Store.DB.Trouble()
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	words := "ok"
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		words = sales.Explain(err)
	}
	_, _ = io.WriteString(w, words+"\n")
}
