"""Every parser on some dozens of the cases that `python scripts/scorecard fuzz` makes by the hundred thousand.

The cases are the same each time: what is found here was put there by the change at hand.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

SCORECARD = Path(__file__).parents[1] / "scripts" / "scorecard"
sys.path.insert(0, str(SCORECARD))
import fuzz  # noqa: E402
from fuzz_cases import CASES, Dice  # noqa: E402

sys.path.remove(str(SCORECARD))
SLOW = {"extraction": 8, "export": 20}


@pytest.mark.parametrize("name", sorted(fuzz.TARGETS))
def test_a_few_cases_of_each_parser(name: str) -> None:
    if name == "thumbnail":
        pytest.importorskip("PIL")
    chance = random.Random(name)
    for _ in range(SLOW.get(name, 40)):
        fuzz.TARGETS[name](CASES[name](Dice(chance.randbytes(12))))


def test_every_target_has_its_cases() -> None:
    assert set(fuzz.TARGETS) == set(CASES)
