// Package gallery shows every page and state of package web with invented
// people, for tests, screenshots and whoever works on the look. It owns the
// sample data; the product does not import it.
package gallery

import (
	"net/http"
	"time"

	"github.com/a-h/templ"

	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

// Sample is one page in one state.
type Sample struct {
	Name  string // of the address: /gallery/NAME
	Shell web.Shell
	View  templ.Component
	Press string // what to click for a picture of this state, a CSS selector; "" is nothing
}

// Now is the moment at which every sample is shown.
func Now() time.Time { return time.Date(2026, 11, 18, 10, 42, 0, 0, time.UTC) }

func ago(d time.Duration) time.Time { return Now().Add(-d) }

func shell(title, place string) web.Shell {
	return web.Shell{
		Title: title, Place: place, User: web.Badge{ID: 1, Name: "Ana Figueira", Initials: "AF"}, Role: sales.RoleOwner,
		NextCount: 9, InboxCount: 4, Now: Now(), Zone: time.UTC,
	}
}

// Samples are all of them, in the order of the product.
func Samples() []Sample {
	var all []Sample
	for _, part := range [][]Sample{nextSamples(), inboxSamples(), teamInboxSamples(), peopleSamples(), importSamples(), sequenceSamples(), settingsSamples(), reusableSamples(), absenceSamples(), lessonSamples(), orderSamples(), modelSamples(), accountSamples(), dealSamples(), accountListSamples(), pipelineSamples(), talkSamples(), dossierSamples(), ninetySamples()} {
		all = append(all, part...)
	}
	return all
}

// live is the stream of events with one arrival in it.
func live(w http.ResponseWriter, r *http.Request) {
	s, err := httpx.NewStream(w)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if s.Send("", "1", `<hx-partial hx-target="#count-inbox" hx-swap="innerHTML">5</hx-partial>`) == nil &&
		s.Send("arrival", "2", `{"text":"Jonas Lindqvist answered: asks a question","href":"/inbox/42"}`) == nil {
		<-r.Context().Done()
	}
}

// Handler serves the samples below /gallery/ and the assets. Everything
// else answers nothing, so that parts which load more find the end.
func Handler() (http.Handler, error) {
	assets, err := web.Assets()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", assets)
	for _, s := range Samples() {
		mux.HandleFunc("GET /gallery/"+s.Name, func(w http.ResponseWriter, r *http.Request) {
			if err := web.Render(w, r, s.Shell, s.View); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	}
	mux.HandleFunc("GET /live", live)
	mux.HandleFunc("GET /next/after", func(w http.ResponseWriter, r *http.Request) {
		_ = web.Render(w, r, shell("", ""), web.NextAfterInside(nextPage(nil).After[:1]))
	})
	mux.Handle("POST /fail", (&httpx.Errors{Page: func(w http.ResponseWriter, r *http.Request, p httpx.Problem) {
		_ = web.ToastView(web.Toast{Text: p.Detail, Bad: true}).Render(r.Context(), w)
	}}).Handle(func(http.ResponseWriter, *http.Request) error {
		return sales.Errorf(sales.Conflict, "Somebody changed it meanwhile.")
	}))
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for _, s := range Samples() {
			_, _ = w.Write([]byte(`<p><a href="/gallery/` + s.Name + `">` + s.Name + "</a></p>"))
		}
	})
	return mux, nil
}
