# `make` prints what there is. Everything needs Go alone, but for `make test`
# and wider ones, which use the Debian packages of scripts/need-packages.

SHELL := /bin/bash
.DEFAULT_GOAL := help
GO ?= go
PKG ?= ./...
# Flags for every go test, for example GOTESTFLAGS='-run TestDecide -v'.
GOTESTFLAGS ?=
FUZZTIME ?= 20s
NAME ?= send
CHAOS_FOR ?= 10m
ONLY ?=
export ARTIFACTS ?= $(CURDIR)/artifacts

# Linters run by pinned version from the Go module proxy and stay out of go.mod.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
ERRCHECK := github.com/kisielk/errcheck@v1.20.0
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@latest
# The cgo driver for SQLite, and full-text search in it.
CGO_TAGS := cgosqlite sqlite_fts5

.PHONY: help
help: ## print this
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

##  to use it

.PHONY: run demo build build-fast
run: ## serve on the embedded database, data in ./data
	$(GO) run ./cmd/ninetyten serve --data data

demo: ## serve beside a practice world with people who answer
	$(GO) run ./cmd/ninetyten demo

build: ## bin/ninetyten, pure Go, for any machine
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o bin/ninetyten ./cmd/ninetyten

build-fast: ## bin/ninetyten with the cgo driver for SQLite (needs gcc)
	CGO_ENABLED=1 $(GO) build -tags '$(CGO_TAGS)' -trimpath -ldflags "-s -w" -o bin/ninetyten ./cmd/ninetyten

##  to prove it

.PHONY: quick test check test-all e2e crash chaos race fuzz bench golden exam shots
quick: ## vet and the tests that need no server: a minute
	$(GO) vet $(PKG)
	$(GO) test -timeout 10m $(GOTESTFLAGS) $(PKG)

test: need lint ## lints and all tests, with real PostgreSQL, mail servers, Chromium: what CI runs
	$(GO) test -tags servers -timeout 15m $(GOTESTFLAGS) $(PKG)

check: test ## the same as test

test-all: test race ## test, then with the race detector, the cgo driver, and each fuzz test for a while
	$(GO) test -tags 'servers $(CGO_TAGS)' -timeout 15m $(GOTESTFLAGS) ./internal/db/... ./internal/store/...
	$(MAKE) fuzz

e2e: need ## the journeys in a real browser; pictures in ./artifacts
	$(GO) test -tags servers -timeout 15m -count=1 $(GOTESTFLAGS) ./internal/e2e/... ./internal/web/gallery

crash: need ## the real binary killed 200 times on each database; CRASH_SEED=n changes the moments
	CRASH_KILLS=200 $(GO) test -tags servers ./internal/crash -run KilledAtRandomMoments -count=1 -v -timeout 30m

chaos: need ## three nodes killed, frozen and cut off for CHAOS_FOR=10m, PostgreSQL and mail servers in trouble; a report in ./artifacts
	CHAOS_FOR=$(CHAOS_FOR) $(GO) test -tags servers ./internal/crash -run '^TestChaos$$' -count=1 -v -timeout 24h

race: need ## all tests with the race detector (needs gcc)
	$(GO) test -race -tags servers -timeout 30m $(GOTESTFLAGS) $(PKG)

fuzz: ## each fuzz test for FUZZTIME=20s
	scripts/fuzz $(FUZZTIME)

bench: ## NAME=send: a benchmark of the program beside its peers, as JSON
	$(GO) run ./cmd/ninetyten bench $(NAME) --json

shots: ## pictures of every page and state at 1440 and 390 pixels, light and dark, in ./artifacts/gallery; ONLY=next for some
	$(GO) run ./internal/web/gallery/serve -shots $(ARTIFACTS)/gallery -only '$(ONLY)'

golden: ## write what tests compare with anew; read the diff before you commit it
	scripts/golden

exam: ## SETS=DIR: score what is made of mails with known answers
	@test -n "$(SETS)" || { echo 'say where the sets are: make exam SETS=DIR'; exit 2; }
	$(GO) run ./cmd/ninetyten exam '$(SETS)'

##  to change it

.PHONY: generate lint vuln need
generate: ## templates, styles and scripts of the pages
	$(GO) generate ./internal/web/...

lint: ## gofmt, vet, staticcheck, errcheck, generated files up to date
	scripts/lint '$(STATICCHECK)' '$(ERRCHECK)'

vuln: ## known holes in what we use (asks vuln.go.dev, so it is not in test)
	$(GO) run $(GOVULNCHECK) ./...

need: ## install the Debian packages that tests use (as root)
	scripts/need-packages
