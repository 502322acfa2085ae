# The two commands a newcomer needs: `make demo` and `make test`. Everything is installed into .venv, nothing outside it.
PYTHON ?= python3
GRAPH ?= graph
QUERY ?= who-runs-what
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# npm comes with Node.js on most machines that have it; only where it is missing does Debian's package come in.
NPM := $(if $(shell command -v npm 2>/dev/null),,npm)
NPM_PACKAGES := cytoscape@3.34.4 graphology@0.26.0 graphology-gexf@0.13.2
SOURCES := $(shell find kg ontology shapes queries -type f ! -name '*.pyc' 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test expected docs test-virtuoso bench-queries test-slow lint evaluate ablation bench check-ontology model reference evaluate-links check-sssom browser-tools screenshots wheel clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

demo: $(GRAPH)/graph.nq ## graph of the embedded corpus in ./graph, validated, and one question answered
	$(BIN)/kg validate -g $(GRAPH)
	$(BIN)/kg query $(QUERY) -g $(GRAPH)

test: $(VENV)/.dev ## the tests, without the slow ones
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-slow: $(VENV)/.dev ## the tests that take long
	$(BIN)/python -m pytest -m slow

expected: $(VENV)/.dev ## the saved queries' expected rows, anew (read what changed before you commit it)
	$(BIN)/python tests/expected_rows.py

docs: $(VENV)/.dev ## docs/queries.md from the queries' headers and the measured times
	$(BIN)/python -m kg.ask.reference docs/queries.md benchmarks/queries.json

test-virtuoso: $(VENV)/.dev ## all saved queries on Debian's virtuoso-opensource, where it is installed
	$(BIN)/python -m pytest -m virtuoso

bench-queries: $(VENV)/.dev ## the saved queries' times, on the corpus and on a made-up graph of a million statements
	$(BIN)/python -m benchmarks.queries --write benchmarks/queries.json
	$(MAKE) docs

browser-tools: ## what the tests of pages and pictures use: Chromium, Graphviz, fonts (Debian, as root) and npm packages
	@command -v apt-get >/dev/null || { echo "make browser-tools: no apt-get here; install Chromium and Graphviz by hand" >&2; exit 1; }
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends chromium graphviz poppler-utils fonts-noto-cjk $(NPM) >/dev/null
	npm install --prefix .tools --no-save --no-audit --no-fund --silent $(NPM_PACKAGES)

screenshots: $(VENV)/.dev $(GRAPH)/graph.nq ## pictures of graph.html and the plots in build/screenshots (needs browser-tools)
	$(BIN)/python -m tests.export.screenshots $(GRAPH) build/screenshots

lint: $(VENV)/.dev ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Gold sets of our own, and the shared ones where they are in reach.
SHARED ?= ../shared
SETS = $(if $(wildcard $(SHARED)/evaluation/gold),$(SHARED)/evaluation/gold/dev-2021 $(SHARED)/source/alizila-1111-2021.txt \
  --sets $(SHARED)/evaluation/gold) $(if $(wildcard tests/gold/*/text.txt),--sets tests/gold)

evaluate: $(VENV)/.dev ## score the extraction on all gold sets (FORM=markdown, ERRORS=errors.md)
	@$(BIN)/kg evaluate $(SETS) $(if $(FORM),-f $(FORM)) $(if $(ERRORS),--errors $(ERRORS))

ablation: $(VENV)/.dev ## the same with parts of the extraction switched off, one more on at a time
	@$(BIN)/kg evaluate $(SETS) --ablation $(if $(FORM),-f $(FORM))

bench: $(VENV)/.dev ## words a second and peak memory on generated corpora up to a million words (10 minutes)
	$(BIN)/python -m benchmarks.throughput

check-ontology: $(VENV)/.dev $(GRAPH)/graph.nq ## a DL reasoner over ontology, alignments and the demo graph (needs Java)
	@command -v java >/dev/null || { echo "make check-ontology: the reasoner needs Java; install a Java runtime and put java on the PATH" >&2; exit 1; }
	$(BIN)/python -m kg.check.reasoner $(GRAPH)/graph.nq

model: $(VENV)/.dev ## train the language model anew (needs the treebanks, see model/README.md)
	$(PIP) install -e '.[model]' --constraint requirements/dev.txt --no-build-isolation
	$(MAKE) -f model/Makefile model PYTHON=$(BIN)/python

reference: $(VENV)/.dev ## make the reference tables of kg/reference/data anew (needs npm)
	$(BIN)/python -m reference.make build/reference

check-sssom: $(VENV)/.dev ## our mapping files before the public validator, in an environment of its own
	$(PYTHON) -m venv build/sssom
	build/sssom/bin/python -m pip --disable-pip-version-check --quiet install 'sssom==0.4.21'
	PATH="$(CURDIR)/build/sssom/bin:$$PATH" $(BIN)/python -m pytest -m slow tests/link/test_sssom.py

evaluate-links: $(VENV)/.dev ## precision and recall of automatic links against labels made by hand
	$(BIN)/python -m benchmarks.link_quality

wheel: $(VENV)/.dev ## dist/*.whl and dist/*.tar.gz
	$(BIN)/python -m build --no-isolation

clean: ## remove what was built, not .venv
	rm -rf build dist $(GRAPH) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(GRAPH)/graph.nq: $(VENV)/.demo $(SOURCES)
	$(BIN)/kg build --demo -g $(GRAPH)
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "This needs Python 3.11 or newer, and '$(PYTHON)' is not: name another one, as in 'make demo PYTHON=python3.12'" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: requirements/demo.txt pyproject.toml | $(BIN)/python
	$(PIP) install -r requirements/demo.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.demo
	$(PIP) install -r requirements/dev.txt
	@touch $@
