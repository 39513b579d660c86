# Two commands: `make run` and `make test`. They set everything up by themselves, into .venv.

PYTHON ?= python3
RUN = $(PYTHON) tools/bootstrap.py run
DEV = $(PYTHON) tools/bootstrap.py dev
BY_FILE = --dist loadfile --no-loadscope-reorder
UNIT = not imap and not browser and not data and not desk and not server and not process and not long

.PHONY: run test unit check test-all bench kills fire fuzz docs sbom scan lock screenshots clean

run: ## The desk with its demo on http://127.0.0.1:8000
	@AMENDS_DEMO=$${AMENDS_DEMO:-yes} $(RUN) amends run

test: ## Every test that can run here; what is skipped says why
	@$(DEV) python -m pytest $(BY_FILE) -n 2 -rfEs

unit: ## The quick part: no servers, no browser, no processes, nothing that takes long; fewer examples
	@QUICK=yes $(DEV) python -m pytest $(BY_FILE) -n 2 -m "$(UNIT)" --ignore tests/stories --ignore tests/faults --ignore tests/security

check: ## Format, lint, types, layers, sizes, migrations
	@$(DEV) python tools/check.py

test-all: check ## Everything, on both databases, nothing skipped
	@$(DEV) python tools/test_all.py

bench: ## How fast, how large: WHAT=intake,pages,memory,growth,live,start,clock,promises,letters SIZES=0,100000,1000000 DATABASES=sqlite,postgresql
	@$(DEV) python -m bench

kills: ## Kill the desk COUNT times (1000) on each database, at every named point, and fail every N-th operation
	@$(DEV) python tools/kills.py $${COUNT:-1000} $${SEED:-20260303}

fire: ## A desk at work while its database is away and its disk is full, FIRE=120 seconds each; AMENDS_DATABASE says on which
	@FIRE=$${FIRE:-120} $(DEV) python -m pytest -q tests/faults/test_fire.py

fuzz: ## COUNT damaged mails (100000) from SEED (1) through the reader, on all cores
	@$(DEV) python -m tests.fuzz --count $${COUNT:-100000} --seed $${SEED:-1}

docs: ## The documentation, into docs/_build/html
	@$(DEV) sphinx-build -q -W -b html docs docs/_build/html
	@$(DEV) python tools/sbom.py docs/_build/html/sbom.cdx.json

sbom: ## What is built in, with licences: a CycloneDX list on standard output
	@$(DEV) python tools/sbom.py

screenshots: ## The pictures of the README and docs
	@$(DEV) python tools/screenshots.py

scan: ## Ask OSV whether anything is known to be broken in what is built in, or in the tools; needs the network
	@$(DEV) python -m tools.scan

lock: ## Lock the newest versions that pyproject.toml allows
	@$(DEV) python tools/lock.py

clean:
	rm -rf .venv docs/_build .mypy_cache .ruff_cache .hypothesis .tests
