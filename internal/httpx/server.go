package httpx

import (
	"log/slog"
	"net/http"
	"time"
)

// NewServer gives a server with a deadline on everything a slow or hostile
// client could stretch. Streams lift their own, see NewStream; uploads their
// reading one, see SlowBody.
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	if log != nil {
		s.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelDebug)
	}
	return s
}

// SlowBody gives the body of this request (an upload) and its answer up to d.
func SlowBody(w http.ResponseWriter, d time.Duration) {
	rc := http.NewResponseController(w)
	_ = rc.SetReadDeadline(time.Now().Add(d)) // a writer without deadlines has none to lift
	_ = rc.SetWriteDeadline(time.Now().Add(d))
}
