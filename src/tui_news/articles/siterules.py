"""What the reader says of a site: `sites.toml`, tables of CSS selectors by host.

["news.example"]              # and its subdomains
keep = "div.story"            # the story's container; a list of selectors is read in the order of the page
drop = [".promo", "aside"]    # taken off first
title = "h1.headline"         # shown when the feed gives none
author = ".byline a"
next = "a.next-page"          # the story's next page
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tui_news.models.late import dataclass

KEYS = ("keep", "drop", "title", "author", "next")
_HEADER = re.compile(r"""^\s*\[\s*["']?([^"'\]]+)["']?\s*\]""")


@dataclass(frozen=True, slots=True)
class SiteRule:
    """One site's selectors (CSS, several joined by commas); "" where the reader says nothing."""

    host: str
    keep: str = ""
    drop: str = ""
    title: str = ""
    author: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The rules by host, and a sentence with file and line for everything that could not be used."""

    rules: tuple[SiteRule, ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, host: str) -> SiteRule | None:
        """The rule of a host: the longest name that it is, or is under."""
        host = host.lower().removeprefix("www.")
        fitting = [rule for rule in self.rules if host == rule.host or host.endswith("." + rule.host)]
        return max(fitting, key=lambda rule: len(rule.host), default=None)


def load_rules(path: Path) -> SiteRules:
    """The rules in a file; none when there is no file. Never raises: what is wrong is left out and said."""
    try:
        return parse_rules(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        return SiteRules()
    except (OSError, UnicodeDecodeError) as error:
        return SiteRules(problems=(f"{path}: cannot be read: {error}",))


def parse_rules(text: str, name: str) -> SiteRules:
    """The rules in a text; name: what to call it in a problem."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return SiteRules(problems=(f"{name}: is no TOML: {error}",))
    lines = text.split("\n")
    rules: list[SiteRule] = []
    problems: list[str] = []
    for host, table in tables.items():
        rule, wrong = _rule(host, table)
        problems += [f"{name}:{_line(lines, host, key)}: {why}" for key, why in wrong]
        if rule is not None:
            rules.append(rule)
    return SiteRules(tuple(rules), tuple(problems))


def _rule(host: str, table: Any) -> tuple[SiteRule | None, list[tuple[str, str]]]:
    """A rule, and (key, what is wrong with it)."""
    if not isinstance(table, dict):
        return None, [(host, f'"{host}" stands outside a table: write it under ["the.site"]')]
    wrong: list[tuple[str, str]] = []
    found: dict[str, str] = {}
    for key, value in table.items():
        selectors = [value] if isinstance(value, str) else value
        if isinstance(value, dict):
            return None, [(host, f'write the site in quotes: ["{host}.{key}"]')]
        if key not in KEYS:
            wrong.append((key, f'unknown key "{key}": a site has {", ".join(KEYS)}'))
        elif not isinstance(selectors, list) or not all(isinstance(one, str) for one in selectors):
            wrong.append((key, f'"{key}" must be a selector or a list of selectors'))
        elif bad := next((one for one in selectors if not is_selector(one)), None):
            wrong.append((key, f'"{bad}" is no CSS selector'))
        else:
            found[key] = ", ".join(one.strip() for one in selectors if one.strip())
    name = host.lower().strip().removeprefix("www.")
    return (SiteRule(name, **found) if found else None), wrong


def _line(lines: list[str], host: str, key: str) -> int:
    """The line of a key in its table, else of the table, from 1."""
    start = next((n for n, line in enumerate(lines) if (m := _HEADER.match(line)) and m[1].strip() == host), 0)
    for number in range(start, len(lines)):
        if number > start and _HEADER.match(lines[number]):
            break
        if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", lines[number]):
            return number + 1
    return start + 1


def is_selector(text: str) -> bool:
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        CSSSelector(text, translator="html")
    except (SelectorError, ValueError):
        return False
    return bool(text.strip())


def select(root: Any, selector: str) -> list[Any]:
    """The elements that a selector finds, in the order of the page."""
    if not selector:
        return []
    from lxml.cssselect import CSSSelector

    found: list[Any] = CSSSelector(selector, translator="html")(root)
    return found


def outermost(elements: Iterable[Any]) -> list[Any]:
    """Without those that stand in another of them."""
    found = list(elements)
    inside = set(found)
    return [element for element in found if not any(above in inside for above in element.iterancestors())]
