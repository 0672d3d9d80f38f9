package web

// Patterns are the patterns of all routes, for tests that go over every page.
func Patterns() []string {
	var out []string
	for _, r := range (&Server{}).routes() {
		out = append(out, r.pattern)
	}
	return out
}
