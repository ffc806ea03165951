"""Modules of benchmarks/ for these tests."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch):
    """A module of benchmarks/, whose files find each other as when they are run."""
    monkeypatch.syspath_prepend(HERE)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return importlib.import_module
