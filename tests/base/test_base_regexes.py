"""Our patterns mean the same on every Python that we support."""

import re
from pathlib import Path

import tui_news

#: A list of characters, "()*+", is none.
POSSESSIVE_GROUP = re.compile(r"(?<!\()\)(?:[*+?]|\{\d*,?\d*\})\+")


def test_no_group_is_repeated_possessively():
    """Before 3.11.5 such a repeat may lose its place (gh-106052); an atomic group, (?>…), does not."""
    sources = sorted(Path(tui_news.__file__).parent.rglob("*.py"))
    lines = [(path.name, line) for path in sources for line in path.read_text("utf-8").splitlines()]
    assert len(sources) > 100
    assert [found for found in lines if POSSESSIVE_GROUP.search(found[1])] == []
