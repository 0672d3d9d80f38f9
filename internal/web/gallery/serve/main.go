// Command serve shows the gallery on a local port, or with -shots DIR takes
// pictures of every sample at 1440 and 390 pixels, light and dark.
//
//	go run ./internal/web/gallery/serve
//	go run ./internal/web/gallery/serve -shots artifacts/gallery -only next
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"

	"ninetyten/internal/httpx"
	"ninetyten/internal/web/gallery"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8090", "where to listen")
	shots := flag.String("shots", "", "take pictures into this folder and stop")
	only := flag.String("only", "", "only samples whose name contains this")
	chromium := flag.String("chromium", "/usr/bin/chromium", "the browser for pictures")
	flag.Parse()
	if err := run(*addr, *shots, *only, *chromium); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

func run(addr, shots, only, chromium string) error {
	h, err := gallery.Handler()
	if err != nil {
		return err
	}
	h = httpx.Chain(h, httpx.SecurityHeaders(nil))
	if shots != "" {
		addr = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	server := httpx.NewServer(h, nil)
	if shots == "" {
		fmt.Printf("http://%s/\n", l.Addr())
		return server.Serve(l)
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	var samples []gallery.Sample
	for _, s := range gallery.Samples() {
		if strings.Contains(s.Name, only) {
			samples = append(samples, s)
		}
	}
	err = takeShots("http://"+l.Addr().String(), samples, shots, chromium)
	_ = server.Close()
	if stopped := <-done; stopped != http.ErrServerClosed {
		return stopped
	}
	return err
}
