# make figures | test | check | lab | bench | clean. Each sets up what it needs; the second time is quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STUDIES := $(patsubst data/%/study.toml,%,$(sort $(wildcard data/*/study.toml)))
SETTINGS := pyproject.toml constraints.txt

.PHONY: figures test check lab bench clean

# uv where it is there, pip otherwise. The package itself is installed in place.
define install
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("framelens needs Python 3.11 or later, not " + sys.version.split()[0] + "; run make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV): a minute or two the first time"
	@if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=$(VENV) uv pip install -q -c constraints.txt -e '$(1)'; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '$(1)'; fi
	@touch $@
endef

$(VENV)/.base: $(SETTINGS)
	$(call install,.)

$(VENV)/.dev: $(SETTINGS)
	$(call install,.[dev])
	@touch $(VENV)/.base

# A study runs again where anything that it is made of is newer, its figures are gone, or texts are named elsewhere.
figures: $(VENV)/.base
	@failed=; for study in $(STUDIES); do \
		ran=$(VENV)/.ran-$$study; \
		if [ ! -e $$ran ] || [ ! -e figures/$$study/manifest.json ] || [ -n "$$FRAMELENS_TEXTS" ] || \
			[ -n "$$(find analysis data/$$study -newer $$ran -not -name '*.pyc' -not -name __pycache__ -print | head -n 1)" ]; then \
			$(BIN)/framelens figures data/$$study --out figures && touch $$ran || failed="$$failed $$study"; \
		fi; \
	done; \
	if [ -n "$$failed" ]; then echo "no figures of:$$failed (see above); the others are up to date"; exit 1; fi
	@echo "figures are up to date: figures/README.md"

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev
	$(BIN)/ruff check analysis tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --doctest-modules analysis tests/test_layers.py

$(VENV)/.lab: $(SETTINGS)
	$(call install,.[lab])
	@touch $(VENV)/.base

lab: $(VENV)/.lab
	$(BIN)/jupyter lab notebooks

bench: $(VENV)/.dev
	$(BIN)/python tests/bench.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist
