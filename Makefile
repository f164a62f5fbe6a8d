# Two commands on a fresh machine: `make demo` and `make test`. Everything is installed into folders of the clone.
PYTHON ?= python3
CLIENT ?= data/maison-verdier
OUT ?= out
LANGUAGES ?= fr,en
SEED ?= 1

LEAN := .venv/.lean
TEST := .venv/.test
LAB := .venv-lab/.ready
TOOLS := .venv-bench/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test hostile fuzz lab lint bench crash schemas docs wheel clean

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: $(LEAN)  ## install the kit, run the demonstration client, say what to open
	.venv/bin/cxkit run $(CLIENT) --out $(OUT) --language $(LANGUAGES)

test: $(TEST)  ## run all tests
	.venv/bin/python -m pytest -n 2 --dist loadfile

lab: $(LAB)  ## open JupyterLab on the notebooks
	.venv-lab/bin/cxkit lab $(CLIENT) --out $(OUT)

hostile: $(TEST)  ## try every hostile text alone in every field and format, every page in Chromium, slides in LibreOffice
	.venv/bin/python -m pytest -m "slow or not slow" tests/sheets/test_hostile.py tests/sheets/test_in_browser.py tests/sheets/test_converted.py

lint: $(TEST)  ## check style and the floors of the architecture
	.venv/bin/ruff check .
	.venv/bin/lint-imports

fuzz: $(TEST)  ## mutate CSV, YAML and XLSX at length (FUZZ=examples of each)
	CXKIT_FUZZ=$(or $(FUZZ),2000) .venv/bin/python -m pytest tests/evidence/test_mutations.py -q

bench: $(TEST) $(TOOLS)  ## print timings, side by side (BENCH=name for one of bench/)
	.venv/bin/python -m bench $(BENCH)

crash: $(TEST)  ## the crash campaign: kills, full disks, double starts, bad clients (SEED=1)
	.venv/bin/python -m tests.crash.campaign --seed $(SEED)

schemas: $(LEAN)  ## export the JSON Schemas that editors use
	.venv/bin/python -m cxkit.model.schemas

docs: $(LEAN)  ## write the pages of the error codes
	.venv/bin/python -m cxkit.words.error_pages

wheel: $(TEST)  ## build the wheel, notebooks and templates inside
	.venv/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean:  ## remove environments and outputs
	rm -rf .venv .venv-lab .venv-bench build dist $(OUT)

# The lean environment: no JupyterLab, which would slow the start of every kernel.
$(LEAN): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	@echo "Installing cxkit into .venv (a few minutes the first time)"
	.venv/bin/python -m pip install --quiet --constraint constraints.txt hatchling editables
	.venv/bin/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable .
	@touch $@

$(TEST): $(LEAN)
	.venv/bin/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[test]'
	@touch $@

$(LAB): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-lab
	@echo "Installing cxkit with JupyterLab into .venv-lab (a few minutes the first time)"
	.venv-lab/bin/python -m pip install --quiet --constraint constraints.txt hatchling editables
	.venv-lab/bin/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[lab]'
	@touch $@

# What the benches compare with, never what users install: pm4py is AGPL.
$(TOOLS): bench/requirements.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet -r bench/requirements.txt
	@touch $@
