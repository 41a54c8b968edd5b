# Two commands matter: `make run` tries it, `make test` proves it. Both install what they need into .venv and ask nothing.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTHON ?= python3
export PYTHONUTF8 := 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test install check unit thorough bench day lock clean

run: $(STAMP)  ## the office, its messenger and its clock; open the printed address
	@$(BIN)/python -m bot

day: $(STAMP)  ## a whole working day by script, in under a minute
	@$(BIN)/python -m bot day

test: $(STAMP)  ## everything that must hold; the types are looked at on one processor while the tests use the others
	@$(MAKE) --no-print-directory -j2 check unit

check: $(STAMP)  ## style, types, and who may know whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/pytest -n auto $(ARGS)

thorough: $(STAMP)  ## the long forms: every journey on both databases, properties by the hundred, fifty kills an act
	$(BIN)/pytest -n auto --both --hypothesis-profile=thorough --timeout=900 $(ARGS)
	$(BIN)/python -m tests.crash --kills 50

bench: $(STAMP)  ## figures beside what people would use instead
	$(BIN)/python -m tests.benchmarks

install: $(STAMP)

# uv is three times as fast as pip; where it cannot be had, pip does the same from the same locked file.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên (lệnh $(PYTHON) đang là bản cũ hơn)."; exit 1; }
	@echo "Đang cài những gì cần vào $(VENV): chỉ lần đầu, chừng một hai phút."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Thiếu python3-venv: xin cài gói python3-venv rồi chạy lại."; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==0.13.9 2>/dev/null || true
	@if [ -x $(BIN)/uv ]; then \
		VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --require-hashes --compile-bytecode -r requirements.lock && \
		VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps -e . ; \
	else \
		$(BIN)/python -m pip install -q --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install -q --no-deps -e . ; \
	fi
	@touch $(STAMP)

lock:  ## after a change of dependencies in pyproject.toml
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --all-extras --group dev pyproject.toml -o requirements.lock -q
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.runtime.lock -q

clean:
	rm -rf $(VENV) build *.egg-info
