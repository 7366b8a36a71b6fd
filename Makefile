# Two commands do all the set-up: `make demo` and `make test`. Both make their own .venv from the lock.
PYTHON ?= python3
BIN := .venv/bin
export OMP_WAIT_POLICY := passive
export OMP_NUM_THREADS := 1

.PHONY: demo test check bench lint generated lock clean

demo: .venv/run
	$(BIN)/plumbline demo
	@echo "The command is $(BIN)/plumbline; after '. $(BIN)/activate' it is plumbline."

test: .venv/test
	$(BIN)/python -m pytest -n 2

check: .venv/test lint test

lint: .venv/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

generated: .venv/run  ## the pages that are made from the code; the tests say when they are stale
	$(BIN)/plumbline registers catalogue --out docs/registers.md
	$(BIN)/plumbline registers contract --out docs/registers.odcs.yaml
	$(BIN)/plumbline features --markdown > docs/features.md
	$(BIN)/plumbline rules list --markdown > docs/rules.md
	$(BIN)/plumbline settings --markdown > docs/settings.md
	$(BIN)/python -m serving.people.roles_page > docs/roles.md

bench: .venv/test
	$(BIN)/python -m experiments.benchmarks.ingest
	$(BIN)/python -m experiments.benchmarks.ties

lock:  ## wants uv
	uv pip compile --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --extra test --extra spark -c requirements.lock pyproject.toml -o requirements-test.lock

.venv/python:
	$(PYTHON) -m venv .venv
	touch $@

.venv/run: .venv/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $@

.venv/test: .venv/run requirements-test.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-test.lock
	touch $@

clean:
	rm -rf .venv build *.egg-info demo
