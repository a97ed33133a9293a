# Two commands: `make brief` sets up and builds the sample brief, `make test` sets up and runs the tests.
# Both work from nothing but Python 3.11 and Debian.

VENV ?= .venv
PYTHON ?= python3
BIN = $(VENV)/bin

.PHONY: brief test check system clean

brief: $(VENV)/.installed
	@$(BIN)/briefing build briefing/samples --out out

test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadfile

$(VENV)/.installed: pyproject.toml
	@sh tools/system.sh
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) out/* .mypy_cache .ruff_cache .pytest_cache
