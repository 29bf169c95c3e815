# Targets explain themselves: make help
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' pyproject.toml
DEMO ?= demo

.DEFAULT_GOAL := help

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.product: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cần Python 3.11 trở lên · Python 3.11 or newer is needed (PYTHON=…)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.product requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

demo: .venv/.product  ## the whole job on made-up data, from forms to Word reports
	$(BIN)/ishc demo $(DEMO)

test: .venv/.dev  ## every test, under 10 minutes
	$(BIN)/python -m pytest -q -n 2 --dist loadscope

bench: .venv/.dev  ## the benchmarks, into docs/benchmarks.md (a quarter of an hour)
	$(BIN)/python -m tests.bench

soak: .venv/.dev  ## storms and kills in full numbers, an hour or so
	$(BIN)/python -m pytest -q -s -o tmp_path_retention_policy=failed tests/soak/soak_*.py

lock: .venv/.dev  ## newer versions of what is installed, with their hashes
	$(LOCK) --upgrade --extra collect --extra sandbox --group build -o requirements.lock
	$(LOCK) --upgrade --extra dev --group build -c requirements.lock -o requirements-dev.lock

docs: .venv/.dev  ## the documentation as a site that opens from a disk, into build/docs/site
	$(BIN)/python docs/site/build.py build/docs

screens: .venv/.dev  ## the pictures of the monthly report's pages (needs Node.js and Chromium)
	npm ci --ignore-scripts --no-progress --loglevel=error --prefix tests/screens
	$(BIN)/python -m tests.screens

axe:  ## the rules of accessibility for the tests of pages (needs Node.js)
	npm ci --ignore-scripts --no-progress --loglevel=error --prefix tests/browser

web-forms:  ## the engine of ODK Web Forms for the tests (needs Node.js 20 or newer)
	npm ci --ignore-scripts --no-progress --loglevel=error --prefix tests/forms/webforms

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/.dev
	$(BIN)/mypy

check: lint types test  ## what CI runs: lint, types, tests

demo-data: .venv/.dev  ## fill the demo's submissions again, in the engine of ODK Collect
	$(BIN)/python -m ishc.demo.fill

clean:  ## the virtual environment and the demo
	rm -rf .venv demo

.PHONY: help demo test soak bench lock docs screens axe web-forms lint types check demo-data clean
