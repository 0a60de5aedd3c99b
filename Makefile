# The two commands of the README do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
# What is built in C when the project is installed.
NATIVE := hatch_build.py $(shell find cleantext -name "*.pyx" -o -name "*.pxd" -o -name "*.pxi")

.PHONY: demo test test-slow env env-all lint docs fuzz torture languagetool label-studio wheel bench clean

# One screen: the first findings and the sum, the misattribution with its evidence, what the safe fixes change.
DEMO = FORCE_COLOR=1 COLUMNS=$${COLUMNS:-$$(tput cols 2>/dev/null || echo 100)} $(BIN)/cleantext

demo: $(VENV)/.core
	@echo '$$ cleantext check seeds/'
	@$(DEMO) check seeds/ >$(VENV)/.demo; test $$? -le 1
	@sed -n '1,8p' $(VENV)/.demo; echo '   …'; tail -n 3 $(VENV)/.demo
	@echo; echo '$$ cleantext check --select attribution seeds/'
	@$(DEMO) check --select attribution seeds/; test $$? -le 1
	@echo; echo '$$ cleantext fix --diff seeds/'
	@$(DEMO) fix --diff seeds/
	@echo; echo 'Next:  . $(BIN)/activate   then   cleantext check seeds/   and   cleantext review --terminal seeds/'

test: env-all languagetool
	$(BIN)/pytest -n 2 -m "not slow" $(PYTEST)

# What takes minutes: two hundred kills, large stores and corpora.
test-slow: env-all
	$(BIN)/pytest -n 0 -m slow $(PYTEST)

env: $(VENV)/.core
env-all: $(VENV)/.all

$(UV):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -c constraints.txt uv

$(VENV)/.core: $(UV) pyproject.toml constraints.txt $(NATIVE)
	$(UV) pip install -q --compile-bytecode --python $(BIN)/python -c constraints.txt -e .
	$(BIN)/python -m compileall -q cleantext
	@touch $@

$(VENV)/.all: $(UV) pyproject.toml constraints.txt $(NATIVE)
	$(UV) pip install -q --compile-bytecode --python $(BIN)/python -c constraints.txt --group dev --group docs --group browser --group train --group release \
	  -e ".[review,lsp,languagetool,words,parquet,html,zstd,report,spark,datatrove,datasets,polars,pandas,editor]"
	@$(UV) pip install -q --python $(BIN)/python -c constraints.txt --only-binary :all: --group model || \
	  echo "model: no wheel of llama.cpp's server for this platform; the tests that ask it are skipped, and say so"
	$(BIN)/python -m compileall -q cleantext
	@touch $@ $(VENV)/.core

lint: env-all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The documentation, offline; a warning is an error.
docs: $(VENV)/.docs
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

$(VENV)/.docs: $(VENV)/.core
	$(UV) pip install -q --python $(BIN)/python -c constraints.txt --group docs
	@touch $@

wheel: env-all
	$(BIN)/pytest -n 0 tests/packaging

# A real LanguageTool from Maven Central, into .languagetool/. Without Maven and Java the rest works on;
# CI has both and fails where it does not come together.
LANGUAGETOOL_POM := tools/languagetool/pom.xml

languagetool: .languagetool/.assembled

.languagetool/.assembled: $(LANGUAGETOOL_POM)
	@if ! command -v mvn >/dev/null || ! command -v java >/dev/null; then \
	  echo "languagetool: needs Java 17 and Maven (Debian: apt-get install maven); left out"; \
	  test "$$CI" != true; \
	else \
	  rm -rf .languagetool .languagetool.new && \
	  mvn -q -B -f $(LANGUAGETOOL_POM) dependency:copy-dependencies \
	    -DincludeScope=runtime -DoutputDirectory="$(CURDIR)/.languagetool.new" && \
	  mv .languagetool.new .languagetool && touch $@; \
	fi

# The real Label Studio, in an environment of its own (800 MB): tests/annotation reads our export with it.
label-studio: .label-studio/bin/label-studio

.label-studio/bin/label-studio: $(UV)
	$(UV) venv -q --clear .label-studio
	$(UV) pip install -q --python .label-studio/bin/python "label-studio>=1.23,<2"
	@touch $@

# Fuzzing looks for inputs nobody thought of: `make fuzz` takes SECONDS for each target, `make fuzz TARGET=json_lines` one alone.
SECONDS ?= 600
TARGET ?= rule_file configuration json_lines quotations review_import whole_check

# atheris comes as a wheel for some platforms only; built from source it would need clang with libFuzzer.
$(VENV)/.fuzz: $(VENV)/.all
	@if $(UV) pip install -q --python $(BIN)/python -c constraints.txt --only-binary atheris --group fuzz; then touch $@; \
	else echo "fuzz: no wheel of atheris for this platform; coverage-guided fuzzing is left out"; fi

fuzz: $(VENV)/.fuzz
	@for target in $(TARGET); do echo "== $$target"; $(BIN)/python fuzz/run.py $$target $(SECONDS) || exit 1; done

# Everything that is meant to break it, with the table of docs/reliability.md; QUICK=1 is the 5-minute form and leaves the page alone.
# TESTED=1 leaves out of that what `make test` has just run.
torture: $(VENV)/.fuzz
	$(BIN)/python -m benchmarks.torture $(if $(QUICK),--quick $(if $(TESTED),--tested),--output docs/reliability.md)
