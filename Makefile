# Targets explain themselves: make help
PYTHON ?= python3
BIN := .venv/bin
DEMO ?= demo

.DEFAULT_GOAL := help

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.product: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cần Python 3.11 trở lên · Python 3.11 or newer is needed (PYTHON=…)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[collect,sandbox]'
	@touch $@

.venv/.dev: .venv/.product
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: .venv/.product  ## the whole job on made-up data, from forms to Word reports
	$(BIN)/ishc demo $(DEMO)

test: .venv/.dev  ## every test, under 10 minutes
	$(BIN)/python -m pytest -q -n 2 --dist loadscope

bench: .venv/.dev  ## the benchmarks, into docs/benchmarks.md (a quarter of an hour)
	$(BIN)/python -m tests.bench

soak: .venv/.dev  ## storms and kills in full numbers, an hour or so
	$(BIN)/python -m pytest -q -s -o tmp_path_retention_policy=failed tests/soak/soak_*.py

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

.PHONY: help demo test soak bench web-forms lint types check demo-data clean
