# Banshi. `make run` starts everything on a bare machine with Python 3.11+; `make test` runs every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
TORCH := torch==2.13.0
PYTORCH_INDEX := https://download.pytorch.org/whl/cpu
FAST := not slow and not browser and not model and not postgres

.PHONY: run test test-fast check format clean setup setup-dev locales

run: setup
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py up --port $(PORT)

# The environment, made anew only when pyproject.toml has changed.
setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Banshi needs Python 3.11 or newer; $(PYTHON) is older. Try: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || { echo "$(PYTHON) -m venv has no pip here; fetching pip"; rm -rf $(VENV); \
	       $(PYTHON) -m venv --without-pip $(VENV) >/dev/null 2>&1 && $(BIN)/python deploy/get_pip.py; } \
	  || { rm -rf $(VENV); $(PYTHON) -m virtualenv -q $(VENV) 2>/dev/null; } \
	  || { rm -rf $(VENV); echo "Cannot make a virtual environment. Install python3-venv or virtualenv, then run make again."; exit 1; }

# PyTorch first and by itself: its CPU build where its index is reached, else the same version from the default index.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing (a few minutes the first time) ..."
	@$(BIN)/python -c 'import torch' 2>/dev/null \
	  || $(BIN)/python -m pip install -q --disable-pip-version-check --retries 0 --timeout 8 --index-url $(PYTORCH_INDEX) --no-deps $(TORCH) >/dev/null 2>&1 \
	  || $(BIN)/python -m pip install -q --disable-pip-version-check $(TORCH)
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

locales: setup
	@$(BIN)/python manage.py compile_locales

# Three parts: the fast tests, the rest (a file stays in one process), the fast ones once more on PostgreSQL. What cannot
# run here (no Chromium, no model file) is skipped with its reason; REQUIRE_ALL=1 makes every skip a failure.
test: setup-dev locales
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -q -n 2 -m "$(FAST)"
	$(BIN)/python -m pytest -q -rs -n 2 --dist loadfile -m "not ($(FAST))"
	TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n 2 -m "$(FAST) and not sqlite"

test-fast: setup-dev locales
	$(BIN)/python -m pytest -q -n 2 -m "$(FAST)"

check: setup-dev locales
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy assistant integrations dashboard
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "var/ (your data) is kept; remove it by hand if you mean to."
