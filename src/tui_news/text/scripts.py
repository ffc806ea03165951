"""Raised and lowered figures as the characters Unicode has for them: 10 to the sixth is not 106."""

from __future__ import annotations

from collections.abc import Iterable

from tui_news.models import Span

__all__ = ["with_scripts"]

_SUP = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_SUB = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_TABLES = {"sup": _SUP, "sub": _SUB}


def with_scripts(text: str, spans: Iterable[Span]) -> str:
    """The text, as long as before, with each wholly convertible sup and sub written as such; others stay (19th)."""
    for span in spans:
        table = _TABLES.get(span.style)
        raised = text[span.start : span.end]
        if table is not None and raised and all(one in table for one in raised):
            text = text[: span.start] + "".join(table[one] for one in raised) + text[span.end :]
    return text
