package app

import (
	"net/http"

	"ninetyten/internal/httpx"
	"ninetyten/internal/web"
)

// pages wires the pages that people see, and the health of the program.
func (a *App) pages(nets httpx.Proxies, o Options) (http.Handler, error) {
	pages, err := web.New(web.Deps{
		Store: a.Store, Desk: a.Desk, Next: a.Next, Auth: a.Auth, Hub: a.Hub, Clock: a.Clock, Log: a.Log, Proxies: nets, Probe: a.probe,
		PublicURL: a.Config.PublicURL, DataDir: a.Config.Data, Practice: o.Practice, SetupCode: a.SetupCode,
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", a.health)
	mux.Handle("/", pages)
	return mux, nil
}
