# Two commands do everything on a machine that has Python >= 3.11 with pip, and make:
#   make demo     see it work (make demo DATA=FOLDER: with map files of yours)
#   make test     run the tests
PYTHON ?= python3
DATA ?=
DEMO ?= demo
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := .venv/bin
# Trust what the machine trusts: offices often have a certificate authority of their own.
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1

.PHONY: demo test check format lint types imports docs bench bench-claims coverage reference lexicon wheel compiled client clean help

help:
	@sed -n '2,3s/^# *//p' Makefile
	@echo "make check    format, lint, types, import rules, docs"
	@echo "make bench    speed, against other libraries (minutes)"
	@echo "make bench-claims   how well articles are read, against labels"
	@echo "make compiled  a wheel that reads articles faster; wants a C compiler (minutes)"

demo: .venv/.installed
	$(RUN)/contested demo -o $(DEMO) $(if $(DATA),--data "$(DATA)")

test: .venv/.installed
	$(RUN)/python -m pytest -n 2 --dist loadgroup

check: .venv/.installed format lint types imports docs

format:
	$(RUN)/ruff format --check .

lint:
	$(RUN)/ruff check .

types:
	$(RUN)/mypy

imports:
	$(RUN)/lint-imports

docs:
	$(RUN)/python scripts/build_reference.py --check
	$(RUN)/python scripts/build_lexicon.py --check

reference: .venv/.installed
	$(RUN)/python scripts/build_reference.py

lexicon: .venv/.installed
	$(RUN)/python scripts/build_lexicon.py

coverage: .venv/.installed
	$(RUN)/coverage run -m pytest -n 0
	$(RUN)/coverage combine
	$(RUN)/coverage report

bench-claims: .venv/.installed
	$(RUN)/python benchmarks/accuracy/claims/run.py --blind
	$(RUN)/python benchmarks/accuracy/places/run.py

bench: .venv/.installed
	$(UV) sync --frozen --inexact --group bench
	$(RUN)/python benchmarks/speed/run.py --growth

client: .venv/.installed
	$(RUN)/python scripts/build_client.py

wheel: .venv/.installed
	$(UV) build --wheel --out-dir dist

# by way of the source distribution, so that no compiled file is left among the sources
compiled: .venv/.installed
	HATCH_BUILD_HOOK_ENABLE_MYPYC=1 $(UV) build --out-dir dist

# The environment: uv from pip if the machine has none, then exactly what the lock file says.
.venv/.installed: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --python "$(PYTHON)" --no-python-downloads
	@touch $@

.tools/bin/uv:
	$(PYTHON) -m pip install --quiet --target .tools uv

clean:
	rm -rf .venv .tools dist demo
