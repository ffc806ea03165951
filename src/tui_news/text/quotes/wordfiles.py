"""The word lists as files: one TOML file a language in `data/`, and the reader's own beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("data")


@cache
def read(name: str) -> Mapping[str, Any]:
    """The file `name`.toml of ours."""
    return tomllib.loads(_DATA.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


@cache
def language(lang: str) -> Mapping[str, Any]:
    """A language's lists, over those of the file that it is "like"; English for a language without a file."""
    path = _DATA / f"{lang}.toml"
    if not (lang.isalpha() and len(lang) == 2 and path.is_file()):
        return language("en")
    own = read(lang)
    return {**read(own["like"]), **own} if "like" in own else own
