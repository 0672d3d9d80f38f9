// Package web is the face of the product for people: pages that the server
// renders, the style and the script they come with, and the routes to them. It
// owns what is seen and in which words. It holds no rule of the business: it
// asks desk and next to do things and the store's Reader to read, and never
// writes SQL. A page is a plain struct (page_*.go) and a template (*.templ) of
// it; a page works without the script, which adds keys, speed and what arrives.
//
// Always: no inline style or script (the policy of httpx forbids both), every
// text from outside escaped by templ, every form a POST that CrossOriginProtection
// guards, one h1 a page, a label for each field.
package web

//go:generate go tool templ generate -path . -include-version=false
//go:generate go run ./bundle
