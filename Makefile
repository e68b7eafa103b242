# make figures | test | check | lab | bench | clean. Each sets up what it needs; the second time is quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STUDIES := $(patsubst data/%/study.toml,%,$(sort $(wildcard data/*/study.toml)))
SETTINGS := pyproject.toml constraints.txt
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

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

# One thread each: sums of floating point depend on how many there are, in the last digit.
# A study runs again where anything that it is made of is newer, its figures are gone, or texts are named elsewhere. Studies run
# side by side, the largest first; what each says is printed whole when it ends. (The name is an argument of its own: BSD's xargs
# replaces {} in no argument of more than 255 characters.)
figures: $(VENV)/.base
	@rm -f $(VENV)/.failed-*; mkdir -p figures
	@for study in $(STUDIES); do \
		ran=$(VENV)/.ran-$$study; \
		if [ ! -e $$ran ] || [ ! -e figures/$$study/manifest.json ] || [ -n "$$FRAMELENS_TEXTS" ] || \
			[ -n "$$(find analysis data/$$study -newer $$ran -not -name '*.pyc' -not -name __pycache__ -print | head -n 1)" ]; then \
			echo "$$(du -sk data/$$study | cut -f 1) $$study"; \
		fi; \
	done | sort -rn | cut -d ' ' -f 2 | xargs -P $(CORES) -I{} sh -c '\
		OMP_NUM_THREADS=1 $(BIN)/framelens figures data/$$1 --out figures --no-gallery >$(VENV)/.told-$$1 2>&1 && \
			touch $(VENV)/.ran-$$1 || touch $(VENV)/.failed-$$1; \
		cat $(VENV)/.told-$$1' sh {}
	@if ls figures/*/manifest.json >/dev/null 2>&1 && { [ ! -e figures/README.md ] || \
		[ -n "$$(find $(VENV)/.ran-* -newer figures/README.md 2>/dev/null)" ]; }; then \
		$(BIN)/framelens gallery figures; \
	fi
	@failed=$$(find $(VENV) -maxdepth 1 -name '.failed-*' | sed 's/.*failed-/ /' | sort | tr -d '\n'); \
	if [ -n "$$failed" ]; then echo "no figures of:$$failed (see above); the others are up to date"; exit 1; fi
	@echo "figures are up to date: figures/README.md"

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/.dev
	$(BIN)/ruff check analysis tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist worksteal --doctest-modules analysis tests/test_layers.py

$(VENV)/.lab: $(SETTINGS)
	$(call install,.[lab])
	@touch $(VENV)/.base

lab: $(VENV)/.lab
	$(BIN)/jupyter lab notebooks

bench: $(VENV)/.dev
	$(BIN)/python tests/bench.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist
