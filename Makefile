# make figures | test | check | lab | bench | clean. Each sets up what it needs; the second time is quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STUDIES := $(sort $(wildcard data/*/study.toml))
SETTINGS := pyproject.toml constraints.txt

.PHONY: figures test check lab bench clean

# uv where it is there, pip otherwise. The package itself is installed in place.
define install
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("framelens needs Python 3.11 or later, not " + sys.version.split()[0] + "; run make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=$(VENV) uv pip install -q -c constraints.txt -e '$(1)'; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '$(1)'; fi
	@touch $@
endef

$(VENV)/.base: $(SETTINGS)
	$(call install,.)

$(VENV)/.dev: $(SETTINGS)
	$(call install,.[dev])
	@touch $(VENV)/.base

figures: $(VENV)/.base
	@for study in $(dir $(STUDIES)); do $(BIN)/framelens figures $$study --out figures || exit 1; done

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev
	$(BIN)/ruff check analysis tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --doctest-modules analysis tests/test_layers.py

lab: $(VENV)/.dev
	$(BIN)/jupyter lab notebooks

bench: $(VENV)/.dev
	$(BIN)/python tests/bench.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist
