# Every target makes or refreshes .venv from the pinned requirements by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.ready-to-run
DEV := $(VENV)/.ready-to-check

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast check lint types imports words transcripts diagram rich-menus bench lock clean

help: ## a line for every target
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(RUN) ## everything on this machine with a sample agency; Ctrl-C ends it
	@exec $(BIN)/python -m bot demo $(if $(PORT),--port $(PORT))

test: $(DEV) ## all tests
	$(BIN)/python -m pytest -q

test-fast: $(DEV) ## the pure suites, in seconds, with sockets closed
	$(BIN)/python -m pytest -q -m pure --disable-socket

check: lint types imports test ## all that CI does

lint: $(DEV) ## style of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## types of the code
	$(BIN)/mypy

imports: $(DEV) ## imports point one way
	$(BIN)/lint-imports

WORDS := templates/translations/en/LC_MESSAGES/messages
BABEL := $(BIN)/python -m babel.messages.frontend -q

words: $(DEV) ## the pages' words into the English catalogue; write what is missing there, then again
	$(BABEL) extract -F babel.cfg -k lazy_gettext -o messages.pot --no-location --sort-output --no-wrap .
	$(BABEL) update -l en -i messages.pot -o $(WORDS).po --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	$(BABEL) compile -l en -i $(WORDS).po -o $(WORDS).mo --statistics

transcripts: $(DEV) ## write the golden conversations anew; review the difference
	KAONA_REWRITE=1 $(BIN)/python -m pytest -q tests/conversation

diagram: $(DEV) ## draw the conversation's table into docs/conversation.md
	$(BIN)/python -m bot.conversation.diagram

rich-menus: $(DEV) ## draw the pictures of the rich menus anew; look at them
	$(BIN)/python -m bot.adapters.line.menu_pictures

bench: $(DEV) ## the measurements
	$(BIN)/python -m bench

lock: $(DEV) ## pin requirements*.in anew
	$(BIN)/pip-compile -q --upgrade --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.txt requirements.in
	$(BIN)/pip-compile -q --upgrade --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements-dev.txt requirements-dev.in

clean: ## remove what was built; your data stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=...)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
