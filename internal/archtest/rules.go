package archtest

// rule is the place of one package. Path is below internal/ (or from the root
// for cmd); one that ends in /... stands for the packages below it that have no
// rule of their own. May lists the packages of ours that it may import, apart
// from sales, which everybody may; groups are "core" (the pure packages) and
// "*" (everything). Tests may import what they like.
type rule struct {
	path string
	pure bool // no I/O, no clock, no context, no globals
	may  []string
}

// rules has a line for each package, in the order of docs/ARCHITECTURE.md.
func rules() []rule {
	return []rule{
		{path: "cmd/...", may: []string{"*"}},
		{path: "sales"},

		// the pure core
		{path: "engine", pure: true, may: []string{"calendar", "trial"}},
		{path: "mail", pure: true, may: []string{"calendar"}}, // the zones of appointments
		{path: "classify", pure: true, may: []string{"mail"}},
		{path: "classify/train", may: []string{"classify"}}, // writes the weights of the guesser
		{path: "calendar", pure: true},
		{path: "render", pure: true},
		{path: "balance", pure: true},
		{path: "waiting", pure: true, may: []string{"calendar"}},
		{path: "rank", pure: true, may: []string{"calendar"}},
		{path: "trial", pure: true},
		{path: "simulate", pure: true, may: []string{"calendar", "engine"}}, // asks what runs
		{path: "talk", pure: true},
		{path: "dossier", pure: true}, // the ledger and facts as sentences
		{path: "shorthand", pure: true},
		{path: "connect", pure: true, may: []string{"render"}},
		{path: "pathway", pure: true, may: []string{"render"}},

		// state
		{path: "db"},
		{path: "secret"}, // seals mailbox passwords with a key outside the database
		{path: "store", may: []string{"db", "secret"}},
		{path: "store/storetest", may: []string{"db", "secret", "store", "testserver"}},
		{path: "queue", may: []string{"db"}},
		{path: "llm"}, // asks the endpoint that the owner set

		// inputs
		{path: "mailconn"}, // TCP and TLS, shared by inbound and outbound
		{path: "research"}, // web sites of accounts, feeds, the name system
		{path: "inbound", may: []string{"mailconn", "outbound"}},                            // outbound for the probe, which sends a mail to itself and finds it
		{path: "casework", may: []string{"core", "store"}},                                  // store -> engine -> Apply, shared by the three inputs
		{path: "intake", may: []string{"core", "store", "inbound", "casework", "importer"}}, // importer for the domains of anybody
		{path: "runner", may: []string{"core", "store", "queue", "casework", "intake", "inbound", "outbound", "handoff", "importer", "secret", "llm", "research"}},
		{path: "desk", may: []string{"core", "store", "queue", "casework", "importer", "secret", "llm", "research"}},

		// outputs
		{path: "outbound", may: []string{"mailconn"}},
		{path: "handoff", may: []string{"core", "db", "store", "queue", "secret", "casework"}}, // db to tell other nodes (LISTEN, NOTIFY)
		{path: "next", may: []string{"core", "store", "casework"}},

		// faces
		{path: "httpx"},
		{path: "auth", may: []string{"store", "httpx", "secret"}},
		{path: "importer"},
		{path: "web", may: []string{"core", "desk", "next", "store", "auth", "httpx", "importer", "handoff", "web/bundle"}},
		{path: "web/bundle"},
		{path: "web/gallery", may: []string{"core", "web", "httpx"}},
		{path: "web/gallery/serve", may: []string{"web/gallery", "web", "httpx"}},
		{path: "api", may: []string{"core", "desk", "next", "store", "auth", "httpx", "importer", "handoff"}},
		{path: "exam", may: []string{"core"}}, // the classify command
		{path: "config"},
		{path: "app", may: []string{"*"}},

		// the practice world never looks at how the product reads mail
		{path: "sandbox", may: []string{"sandbox/..."}},
		{path: "sandbox/...", may: []string{"sandbox/..."}},
		{path: "practice", may: []string{"*"}}, // the product inside that world

		// what measures and tests the whole
		{path: "bench", may: []string{"*"}},
		{path: "e2e", may: []string{"*"}},
		{path: "crash", may: []string{"*"}},
		{path: "invariants", may: []string{"*"}}, // years of the product, in a world whose clock it sets
		{path: "testserver"},
		{path: "archtest"},
	}
}

// fence keeps an import from outside in the packages that exist to hide it.
// Tests are outside of it but for those of pure packages.
type fence struct {
	imports []string // a path, or a prefix that ends in /
	only    []string // packages that may; everything below one that ends in /...
	because string
}

func fences() []fence {
	return []fence{
		{[]string{"database/sql", "database/sql/"}, []string{"db", "store", "store/storetest", "queue"}, "every query is in store, and db hides the drivers"},
		{[]string{"github.com/jackc/pgx/v5", "github.com/jackc/pgx/v5/", "modernc.org/sqlite", "modernc.org/sqlite/", "github.com/mattn/go-sqlite3", "github.com/pressly/goose/v3", "github.com/pressly/goose/v3/"},
			[]string{"db", "queue", "testserver", "bench"}, "the two databases look the same to everybody else"},
		{[]string{"github.com/riverqueue/river", "github.com/riverqueue/river/"}, []string{"queue", "bench"}, "jobs are put and worked through queue"},
		{[]string{"github.com/emersion/go-imap/v2", "github.com/emersion/go-imap/v2/"}, []string{"inbound", "outbound", "sandbox/...", "testserver", "bench"}, "its API is beta, so it stays behind inbound"},
		{[]string{"github.com/emersion/go-smtp"}, []string{"outbound", "sandbox/...", "testserver", "bench"}, "mail leaves through outbound, behind the send gate"},
		{[]string{"github.com/chromedp/"}, []string{"testserver", "e2e", "web/gallery/serve"}, "a browser is a tool of tests"},
		{[]string{"github.com/evanw/esbuild/"}, []string{"web/bundle"}, "the program ships what bundle made"},
		{[]string{"testing", "testing/"}, []string{"testserver", "store/storetest", "e2e", "crash", "bench"}, "the program holds no test code"},
	}
}

// testSupport are packages that only tests import. They may keep what one test
// process shares, such as a running server, in a variable.
func testSupport() []string { return []string{"testserver", "store/storetest", "e2e", "crash"} }

// impure are imports that never enter the pure core. An entry that ends in /
// stands for everything below.
func impure() []string {
	return []string{
		"context", "database/", "expvar", "flag", "io/fs", "io/ioutil", "log", "log/", "math/rand", "math/rand/", "crypto/rand",
		"net", "net/", "os", "os/", "path/filepath", "plugin", "runtime", "runtime/", "syscall", "testing", "testing/", "unsafe",
	}
}

// pureNet are packages below net/ that read text and open no connection.
func pureNet() []string { return []string{"net/mail", "net/url"} }

// impureNames are what a pure package may not name of packages that it may
// import: the clock, the zone of the machine, and the standard output.
func impureNames() map[string][]string {
	return map[string][]string{
		"time":                     {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Local"},
		"fmt":                      {"Print", "Printf", "Println"},
		"ninetyten/internal/sales": {"Clock", "WallClock"},
	}
}

// faceNames are what a face may not name: it reads through the store's Reader
// and writes through desk.
func faceNames() map[string][]string {
	return map[string][]string{"ninetyten/internal/store": {"Tx"}}
}

// faces are the packages that people and programs outside see.
func faces() []string { return []string{"web", "api", "web/gallery", "web/gallery/serve"} }

// maxLines is the length above which a file fails. A good one has about 120.
const maxLines = 600

// exception is a package-level variable that may stay, with the reason.
type exception struct{ path, name, because string }

func exceptions() []exception {
	return []exception{
		{"cmd/ninetyten", "version", "set by the linker (-X main.version), read by the version command"},
	}
}
