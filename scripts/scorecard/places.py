"""Where the scorecard finds what it needs, and where it leaves what it found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / ".scorecard"


def keep(name: str, results: Mapping[str, Sequence[str]], seconds: float) -> int:
    """Leave what each row had against it in `.scorecard`; how many had something."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps({"results": results, "seconds": round(seconds)}), "utf-8")
    return sum(bool(why) for why in results.values())
