"""The words that the benchmarks' stories and comments are made of."""

from __future__ import annotations

WORDS = [
    "the",
    "boat",
    "came",
    "in",
    "before",
    "the",
    "light",
    "did",
    "and",
    "those",
    "who",
    "stood",
    "on",
    "the",
    "quay",
    "said",
    "little",
    "about",
    "it",
    "at",
    "the",
    "time",
]
