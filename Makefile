# The two that matter: "make run" starts everything, "make test" tests everything. README.md has the rest.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test bench install train lock model-da format

help:
	@echo "make run       installerer det, der mangler, og starter alt (PORT=8090 make run: en anden port)"
	@echo "make test      installerer det, der mangler, og kører alle test"
	@echo "make bench     måler den ved siden af Rasa, som den kommer (timer første gang: Rasas egne modeller trænes)"
	@echo "make train     træner sprogmodellen forfra"
	@echo "make model-da  prøver igen at hente den valgfri danske sprogmodel"
	@echo "make lock      skriver requirements.lock ud fra pyproject.toml"
	@echo "make format    retter formatering"

# ERHVERV_UNDER_MAKE: a signal that reaches only make is noticed by the program (bot/service/parent.py).
run: install
	@ERHVERV_UNDER_MAKE=1 exec .venv/bin/erhverv start

test: install
	@sh deploy/test.sh

bench: install
	@.venv/bin/python -m bench

install:
	@sh deploy/install.sh

train: install
	@.venv/bin/erhverv train --force

lock:
	@sh deploy/install.sh lock

model-da: install
	@sh deploy/install.sh model-da

format: install
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
