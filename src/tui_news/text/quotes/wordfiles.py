"""The word lists as files: one TOML file a language in `data/`, and the reader's own beside them."""

from __future__ import annotations

import os
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
    lists = {**read(own["like"]), **own} if "like" in own else own
    return _joined(lists, lang)


# The reader's own lists: a folder of files of the same names. What they hold is added to ours.
_own: list[Path] = []


def use_own(folder: Path) -> None:
    """Add the reader's lists from `folder` ("no.toml": say = "dundrer") to ours, in this process, from here on."""
    if _own != [folder]:
        _own[:] = [folder]
        language.cache_clear()


def own_problems(folder: Path) -> list[str]:
    """What is wrong with the reader's files, a sentence each. A file with a fault is not used, the others are."""
    found = []
    for path in sorted(folder.glob("*.toml")) if os.path.isdir(folder) else ():
        try:
            _own_lists(path)
        except (OSError, ValueError) as error:
            found.append(f"{path} is not used: {error}")
    return found


def _own_lists(path: Path) -> Mapping[str, Any]:
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    for key, value in lists.items():
        if not isinstance(value, str) and not (key == "pronouns" and isinstance(value, dict)):
            raise ValueError(f"{key} is not a list of words")
    return lists


def _joined(lists: Mapping[str, Any], lang: str) -> Mapping[str, Any]:
    path = _own[0] / f"{lang}.toml" if _own else None
    try:
        more = _own_lists(path) if path is not None and path.is_file() else {}
    except (OSError, ValueError):
        return lists
    added = {key: f"{lists.get(key, '')}\n{text.lower()}" for key, text in more.items() if isinstance(text, str)}
    return {**lists, **{key: text for key, text in added.items() if isinstance(lists.get(key, ""), str)}}
