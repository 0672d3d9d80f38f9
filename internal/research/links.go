package research

import (
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// place is what a page of a company is about.
type place string

// The pages that are looked for.
const (
	placeHome     place = "home"
	placeAbout    place = "about"
	placeJobs     place = "jobs"
	placeProducts place = "products"
	placeContact  place = "contact"
)

// placeWords are the words of links and addresses that lead to each kind of page, in
// several languages, without accents.
func placeWords() []struct {
	place
	words []string
} {
	return []struct {
		place
		words []string
	}{
		{placeAbout, []string{"about", "company", "who we are", "uber uns", "ueber-uns", "uber-uns", "unternehmen", "a propos", "a-propos", "qui sommes", "entreprise", "sobre", "quienes somos", "quienes-somos", "empresa", "chi siamo", "chi-siamo", "azienda", "over ons", "over-ons", "om oss", "om-oss", "om os", "o nas", "o-nas", "会社概要", "会社情報", "关于"}},
		{placeJobs, []string{"career", "careers", "jobs", "join us", "join-us", "vacancies", "work with us", "karriere", "stellen", "carriere", "carrieres", "recrutement", "emploi", "carreiras", "vagas", "trabalhe", "empleo", "trabaja", "lavora con noi", "lavora-con-noi", "vacatures", "werken bij", "werken-bij", "karriar", "lediga", "praca", "kariera", "採用", "招聘"}},
		{placeProducts, []string{"product", "products", "services", "solutions", "what we do", "produkte", "leistungen", "losungen", "produits", "solutions", "produtos", "servicos", "productos", "servicios", "prodotti", "servizi", "producten", "diensten", "produkter", "tjanster", "produkty", "uslugi", "製品", "サービス", "产品"}},
		{placeContact, []string{"contact", "imprint", "legal notice", "kontakt", "impressum", "mentions legales", "mentions-legales", "contacto", "contato", "contactos", "contatti", "colofon", "aviso legal", "kontakta", "お問い合わせ", "联系"}},
	}
}

// choose finds the pages of each kind among the links of a home page, on the same
// site, in the order in which they are read.
func choose(home page, base *url.URL) map[place]*url.URL {
	out := map[place]*url.URL{}
	for _, kind := range placeWords() {
		best := 0
		for _, l := range home.links {
			if !sameSite(base, l.to) || samePage(base, l.to) || isFile(l.to.Path) {
				continue
			}
			if n := score(l, kind.words); n > best {
				best, out[kind.place] = n, l.to
			}
		}
	}
	return out
}

// order is that in which pages are read: what tells most comes first.
func order() []place { return []place{placeAbout, placeJobs, placeContact, placeProducts} }

// score says how well a link fits: its words count more than its address, whole ones
// more than parts.
func score(l link, words []string) int {
	says, path := folded(l.words), folded(strings.Trim(l.to.Path, "/"))
	last := path[strings.LastIndexByte(path, '/')+1:]
	last = strings.TrimSuffix(strings.TrimSuffix(last, ".html"), ".php")
	n := 0
	for _, w := range words {
		w = folded(w)
		switch {
		case says == w || last == w:
			n = max(n, 4)
		case strings.HasPrefix(says, w+" ") || strings.HasSuffix(says, " "+w):
			n = max(n, 3)
		case strings.Contains(last, w) && len(w) > 3:
			n = max(n, 2)
		case strings.Contains(says, w) && len(says) < 4*len(w):
			n = max(n, 1)
		}
	}
	return n
}

// sameSite tells whether two addresses belong to the same registered domain.
func sameSite(a, b *url.URL) bool {
	return strings.EqualFold(a.Hostname(), b.Hostname()) || registered(a.Hostname()) == registered(b.Hostname()) && registered(a.Hostname()) != ""
}

func registered(host string) string {
	d, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(strings.TrimSuffix(host, ".")))
	if err != nil {
		return ""
	}
	return d
}

func samePage(a, b *url.URL) bool {
	return strings.Trim(a.Path, "/") == strings.Trim(b.Path, "/") && strings.EqualFold(a.Hostname(), b.Hostname())
}

// isFile tells whether a path leads to a file that is no page.
func isFile(path string) bool {
	path = strings.ToLower(path)
	for _, end := range []string{".pdf", ".zip", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".mp4", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".xml", ".json", ".css", ".js"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}
