package app

import (
	"net/http"

	"ninetyten/internal/httpx"
)

func (a *App) pages(nets httpx.Proxies, o Options) (http.Handler, error) {
	return http.NotFoundHandler(), nil
}
