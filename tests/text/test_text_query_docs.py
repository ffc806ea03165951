"""docs/query.md says what the parser reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui_news.text.query.fields import HAS, HELP, IS
from tui_news.text.query.nodes import Field, Text
from tui_news.text.query.parse import DEEPEST, LONGEST, MOST, parse

DOC = (Path(__file__).parents[2] / "docs/query.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:3] for line in DOC.splitlines() if line.startswith("| `")]
EXAMPLES = [text for cells in ROWS for cell in cells for text in re.findall(r"`([^`]+)`", cell)]
QUERIES = [*re.search(r"```query\n(.*?)```", DOC, re.S)[1].splitlines(), *EXAMPLES]  # type: ignore[index]
UNITS = ("min", "h", "d", "w", "mo", "m", "y")


@pytest.mark.parametrize("query", [query for query in QUERIES if not query.endswith(":") and query not in UNITS])
def test_every_example_is_read(query: str) -> None:
    assert parse(query)


def test_every_field_and_value_is_told() -> None:
    for name in {*HELP} - {"comment"}:
        assert f"`{name}:" in DOC, name
    for name, values in (("is", IS), ("has", HAS)):
        for value in values:
            assert isinstance(parse(f"{name}:{value}"), Field | Text)
            assert f"`{name}:{value}`" in DOC


def test_the_bounds_are_told() -> None:
    assert f"{LONGEST:,} characters, {MOST} words, {DEEPEST} parentheses" in DOC
