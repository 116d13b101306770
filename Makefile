# Atelier. `make run` opens the studio, `make test` checks everything; both set up what they need.
.PHONY: run test setup lint format bench docs build clean
PY := .venv/bin/python

run: ## Open the studio; without a display, make the sample campaign into out/
	@scripts/setup.sh
	@scripts/run.sh

test: ## Lint, types, floors and the whole suite, with the network off where the system allows it
	@scripts/setup.sh dev
	@$(MAKE) --no-print-directory lint
	scripts/offline.sh $(PY) -m pytest

lint: ## Style, types and the floors of the house
	@scripts/setup.sh dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: ## Put the source in order
	@scripts/setup.sh dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: ## Measure against named peers
	@scripts/setup.sh dev bench
	@for b in benchmarks/*.py; do echo "== $$b"; $(PY) $$b || exit 1; done

docs: ## Take the screenshots of the user guide again
	@scripts/setup.sh dev
	$(PY) scripts/screenshots.py
	ATELIER_SHOTS=docs/screenshots $(PY) -m pytest tests/desktop/test_banner.py

build: ## An application folder in dist/
	@scripts/setup.sh build
	.venv/bin/pyinstaller --noconfirm build.spec

setup:
	@scripts/setup.sh dev

clean:
	rm -rf build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis
