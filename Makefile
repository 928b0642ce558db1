# Encaisse: everything one does with the tree. `make run` needs Go alone; `make test` installs the rest itself.

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
DATA    ?= ./data
ARGS    ?=

RELEASE_KEY ?= $(shell cat release.pub 2>/dev/null | tail -n 1)
KEY ?=

GOFLAGS_BUILD = -trimpath -ldflags "-s -w -X encaisse/internal/app.version=$(VERSION) -X encaisse/internal/app.releaseKey=$(RELEASE_KEY)"
STATICCHECK   = v0.8.2
TARGETS       = linux/amd64 linux/arm64 windows/amd64 darwin/arm64

.PHONY: help build run demo test race lint generate check-generated cross release bench screenshots clean

help: ## Says what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

build: ## Builds ./encaisse
	CGO_ENABLED=0 go build $(GOFLAGS_BUILD) -o encaisse .

run: build ## Builds and serves ./data, and prints the address (ARGS="--listen …" for other flags)
	./encaisse serve --data $(DATA) $(ARGS)

demo: build ## Makes the demo company where it is missing, prints its sign-ins and serves it
	./encaisse demo --data $(DATA)/demo
	./encaisse serve --data $(DATA)/demo $(ARGS)

test: ## Sets the machine up and runs the whole suite; what could not run is named last
	scripts/test.sh

race: ## Runs the tests of the books and of the store under the race detector
	@command -v $${CC:-gcc} >/dev/null || { echo "The race detector needs a C compiler: install gcc (Debian: sudo apt-get install gcc libc6-dev)."; exit 1; }
	CGO_ENABLED=1 scripts/test.sh -race ./internal/books/... ./internal/base/db/...

lint: dist/tools/staticcheck-$(STATICCHECK) ## Checks format, vet and staticcheck
	@wrong=$$(git ls-files -co --exclude-standard -- '*.go' | xargs gofmt -l); [ -z "$$wrong" ] || { echo "Not formatted (run gofmt -w):"; echo "$$wrong"; exit 1; }
	go vet ./...
	dist/tools/staticcheck-$(STATICCHECK) ./...

dist/tools/staticcheck-$(STATICCHECK): # apart from go.mod, because its dependencies contradict ours
	GOBIN=$(CURDIR)/dist/tools go install honnef.co/go/tools/cmd/staticcheck@$(STATICCHECK)
	mv dist/tools/staticcheck $@

generate: ## Writes the Go of the templates again
	go tool templ generate

check-generated: ## Fails when a generated file is not what its source gives
	scripts/check-generated.sh

cross: ## Builds for every system into dist/
	@set -e; for target in $(TARGETS); do \
		system=$${target%/*} machine=$${target#*/}; ending=; [ $$system != windows ] || ending=.exe; \
		out=dist/encaisse-$$system-$$machine$$ending; echo "$$out"; \
		CGO_ENABLED=0 GOOS=$$system GOARCH=$$machine go build $(GOFLAGS_BUILD) -o $$out .; \
	done

release: ## Builds VERSION=1.4.0 for every system into dist/release, with its sums, signed with the key of the file KEY=…
	@[ -n "$(KEY)" ] || { echo "Give the file of the secret key of minisign: make release VERSION=1.4.0 KEY=~/encaisse.key"; exit 1; }
	@public=$$(go run ./internal/app/maker public "$(KEY)") && rm -rf dist/release dist/encaisse-* && \
		$(MAKE) -s cross VERSION=$(VERSION) RELEASE_KEY="$$public" && mkdir -p dist/release && mv dist/encaisse-* dist/release/ && \
		go run ./internal/app/maker sign dist/release "$(VERSION)" "$(KEY)" && cat dist/release/SHA256SUMS

bench: build ## Measures the program, and the bare database beside it in the same run
	./encaisse bench $(ARGS)

screenshots: ## Takes the pictures of the manual from the demo
	ENCAISSE_PICTURES=$(CURDIR)/docs/manuel/images go test -count=1 -timeout 20m ./internal/test/pictures

clean: ## Removes what was built, never the data
	rm -rf dist encaisse
