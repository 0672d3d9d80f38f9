package httpx

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// staticFile is one file, and the same compressed when that is smaller.
type staticFile struct {
	kind        string
	plain, gzip []byte
}

// ServeStatic serves the files of files by their base name, for ever cacheable:
// each name carries a hash of its content. They are compressed once, now.
func ServeStatic(files fs.FS, dir string) (http.Handler, error) {
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	all := make(map[string]staticFile, len(entries))
	for _, entry := range entries {
		content, err := fs.ReadFile(files, path.Join(dir, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("static files: %w", err)
		}
		if all[entry.Name()], err = newStaticFile(entry.Name(), content); err != nil {
			return nil, err
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, ok := all[path.Base(r.URL.Path)]
		if !ok || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", file.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		body := file.plain
		if file.gzip != nil && takesGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body = file.gzip
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(body)
		}
	}), nil
}

func newStaticFile(name string, content []byte) (staticFile, error) {
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // the machine's table may not know or may twist them
	case ".woff2":
		kind = "font/woff2"
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".css":
		kind = "text/css; charset=utf-8"
	case ".svg":
		kind = "image/svg+xml"
	}
	var b bytes.Buffer
	zw, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return staticFile{}, err
	}
	if _, err := zw.Write(content); err != nil {
		return staticFile{}, err
	}
	if err := zw.Close(); err != nil {
		return staticFile{}, err
	}
	f := staticFile{kind: kind, plain: content}
	if b.Len() < len(content)*9/10 {
		f.gzip = b.Bytes()
	}
	return f, nil
}

// takesGzip reads Accept-Encoding (RFC 9110 section 12.5.3).
func takesGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		_, q, found := strings.Cut(params, "q=")
		weight, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return !found || (err == nil && weight > 0)
	}
	return false
}
