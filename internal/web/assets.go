package web

import (
	"embed"
	"net/http"

	"ninetyten/internal/httpx"
)

//go:embed dist
var dist embed.FS

// Assets serves the bundled files below /assets/.
func Assets() (http.Handler, error) { return httpx.ServeStatic(dist, "dist") }

// asset is the address of a bundled file by its plain name.
func asset(name string) string { return "/assets/" + assetName(name) }
