"""Passages of our own in many languages: every span, kind and speaker (quotes_gold.txt says how they are written)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui_news.text.quotes import find_quotes

FILE = Path(__file__).with_name("quotes_gold.txt")
KINDS = {"s": "speech", "t": "term", "w": "title", "n": "nested", "b": "block"}
OPEN = re.compile(r"\{([stwnb]+)\|([^|{}]*)\|")
EDGE = "> \u00a0\u202f\n.,;:!?…\"“”„«»»‘’‚'`–—-،。"
ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "der",
        "die",
        "das",
        "le",
        "la",
        "les",
        "il",
        "el",
        "o",
        "a",
        "de",
        "het",
        "en",
        "de",
        "den",
        "det",
    ]
)


@dataclass(frozen=True)
class Gold:
    start: int
    end: int
    kinds: tuple[str, ...]
    speaker: str


@dataclass(frozen=True)
class Passage:
    lang: str
    about: str
    text: str
    gold: tuple[Gold, ...]
    wrong: bool


def passages() -> dict[str, list[Passage]]:
    """By language."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for part in re.split(r"^== ", FILE.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, body = part.split("\n", 1)
        lang, about = head.split(" ", 1)
        lang = {"nb": "no"}.get(lang, lang)
        found[lang].append(Passage(lang, about, *marked(body.strip()), about.endswith("!")))
    return found


def marked(body: str) -> tuple[str, tuple[Gold, ...]]:
    text, gold, stack, at = "", [], [], 0
    while at < len(body):
        if found := OPEN.match(body, at):
            stack.append((found[1], found[2], len(text)))
            at = found.end()
        elif body[at] == "}" and stack:
            kinds, speaker, start = stack.pop()
            gold.append(Gold(*core(text, start, len(text)), tuple(KINDS[kind] for kind in kinds), speaker))
            at += 1
        else:
            text += body[at]
            at += 1
    return text, tuple(gold)


def core(text: str, start: int, end: int) -> tuple[int, int]:
    """Without marks and punctuation at the ends."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def same(name: str | None, wanted: str) -> bool:
    if wanted == "-":
        return True
    if wanted == "?" or name is None:
        return wanted == "?" and name is None
    mine, theirs = (set(re.findall(r"\w+", text.casefold())) - ARTICLES for text in (name, wanted))
    return mine <= theirs or theirs <= mine or name in wanted or wanted in name


def mistakes(passage: Passage) -> list[str]:
    found = {core(passage.text, quote.start, quote.end): quote for quote in find_quotes(passage.text, passage.lang)}
    out = []
    for gold in passage.gold:
        words = passage.text[gold.start : gold.end]
        quote = found.pop((gold.start, gold.end), None)
        if quote is None:
            out.append(f"{passage.about}: missed {words!r}")
        elif quote.kind not in gold.kinds:
            out.append(f"{passage.about}: {quote.kind}, not {gold.kinds[0]}: {words!r}")
        elif not same(quote.speaker, gold.speaker):
            out.append(f"{passage.about}: {quote.speaker}, not {gold.speaker}: {words!r}")
    out += [f"{passage.about}: no quote: {passage.text[start:end]!r}" for start, end in found]
    return out


@pytest.mark.parametrize("lang", sorted(passages()))
def test_every_span_kind_and_speaker(lang: str) -> None:
    wrong = {passage.about: mistakes(passage) for passage in passages()[lang]}
    known = {passage.about for passage in passages()[lang] if passage.wrong}
    assert [line for about, lines in wrong.items() if about not in known for line in lines] == []
    assert {about for about in known if not wrong[about]} == set(), "these are right now: take the ! away"
