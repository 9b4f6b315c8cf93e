# make run      a living town on http://127.0.0.1:8000, from nothing but Python 3.11 or newer
# make install  the set-up part alone
# make test     everything the tests need, and the tests     (make test ARGS="-k journal")
# make lint     style, translations
# make lock     pin all requirements anew

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
INSTALL := $(PIP) install --require-hashes --no-compile
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --custom-compile-command "make lock"

OFFLINE := { echo "装不上（原因见上）：连上网络再运行一次；有自己的软件源，写在 PIP_INDEX_URL 或 pip 的设置里。"; \
	echo "Could not install (see above): go online and run it again. An index of your own: PIP_INDEX_URL, or pip's settings."; exit 1; }

.PHONY: run install test test-requirements lint lock clean
.DEFAULT_GOAL := run

run: install
	@exec $(BIN)/mashangyi run $(ARGS)

install: $(VENV)/installed

test: test-requirements
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

test-requirements: install $(VENV)/tests-installed
	@tools/browser.sh

lint: test-requirements
	$(BIN)/ruff check .
	$(BIN)/python tools/translations.py check

# Each of these files is a time stamp: what is newer than it is done again.
$(VENV)/made:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Name a Python 3.11 or newer: make run PYTHON=python3.12"; \
		exit 1; }
	@$(PYTHON) tools/python_fits.py
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a .venv here. On Debian: apt-get install python3-venv"; \
		rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/made requirements/run.txt requirements/build.txt pyproject.toml
	@echo "正在安装（只有这一次）…… Installing (once) …"
	@$(INSTALL) -r requirements/run.txt -r requirements/build.txt || $(OFFLINE)
	@$(PIP) install --no-build-isolation --no-deps --no-index -e .
	@touch $@

$(VENV)/tests-installed: $(VENV)/installed requirements/test.txt
	@echo "正在安装测试要用的（只有这一次）…… Installing what the tests need (once) …"
	@$(INSTALL) -r requirements/test.txt || $(OFFLINE)
	@touch $@

lock: install
	@$(BIN)/uv --version >/dev/null 2>&1 || $(PIP) install uv
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) requirements/build.in -c requirements/run.txt -o requirements/build.txt
	$(LOCK) pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis
