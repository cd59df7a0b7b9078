# Two commands are enough: make serve, make test. Each finds out what is missing and brings it.

.DEFAULT_GOAL := help
.PHONY: help serve test check format proof bench bench-peers audit stop clean ready ready-tests
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$each; break; }; done)
BIN := .venv/bin
VIEWER := geoapp/web/viewer
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"

help:  ## this list
	@echo "geoapp: village statistics on administrative boundaries, as thematic maps"
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

serve: ready  ## the maps at http://127.0.0.1:8000/ (PORT=8000 HOST=127.0.0.1); installs what is missing
	@$(BIN)/geoapp serve --host $(HOST) --port $(PORT)

test: ready-tests  ## every check and every test; installs what is missing
	@$(MAKE) check
	@$(BIN)/python -m pytest -q --numprocesses=auto --maxprocesses=4 --dist=loadgroup --no-loadscope-reorder

check:  ## format, lint, types, floors, and the viewer's own tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@cd $(VIEWER) && $(NODE) npm run --silent check
	@cd $(VIEWER) && $(NODE) npm run --silent test

format:  ## put the Python into form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

proof:  ## what takes long: make test and make serve in fresh clones of this commit, and what others say of the pages
	@$(PYTHON) scripts/ensure.py --tests --proof
	@$(PYTHON) scripts/proof.py

bench: ready-tests  ## the benchmarks, one after the other
	@for each in $(filter-out benchmarks/peers.py,$(wildcard benchmarks/*.py)); do \
		echo "$$each"; $(BIN)/python "$$each" || exit 1; done

bench-peers: ready-tests  ## the same tiles from other servers; installs them into var/bench/peers
	@$(BIN)/python benchmarks/peers.py

audit:  ## known holes in what we depend on (asks the network)
	@$(PYTHON) -m venv var/audit
	@var/audit/bin/pip install --quiet pip-audit==2.10.1
	@var/audit/bin/pip-audit --requirement requirements.txt --no-deps --disable-pip
	@cd $(VIEWER) && $(NODE) npm audit

stop:  ## stop the private database
	@$(BIN)/geoapp db stop

clean:  ## remove what can be made again; the database and its maps stay
	@rm -rf .venv $(VIEWER)/node_modules var/assets var/audit .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

ready:
	@test -n "$(PYTHON)" || { echo "geoapp needs Python 3.11 or newer: sudo apt-get install python3" >&2; exit 1; }
	@$(PYTHON) scripts/ensure.py --port "$(PORT)"
	@$(PYTHON) scripts/prepare.py

ready-tests:
	@test -n "$(PYTHON)" || { echo "geoapp needs Python 3.11 or newer: sudo apt-get install python3" >&2; exit 1; }
	@$(PYTHON) scripts/ensure.py --tests
	@$(PYTHON) scripts/prepare.py --tests
