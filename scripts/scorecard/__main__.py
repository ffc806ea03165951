"""The scorecard: `python scripts/scorecard` runs every line of it; `python scripts/scorecard NAME …` one of them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
MODULES = {"feeds": "fuzz_feeds"}
LINES = (
    "hostile", "variants", "pages", "escapes", "links", "corpora", "terminal", "kill9", "storage", "surroundings", "migrations", "refused", "errors", "instances",
    "redraw",
    "feeds", "fuzz", "soak",
)  # fmt: skip


def main(argv: list[str]) -> int:
    names = argv[:1] or list(LINES)
    failed = 0
    for name in names:
        if name not in LINES:
            print(f"no line {name!r}; there are: {', '.join(LINES)}")
            return 2
        print(f"== {name}", flush=True)
        failed += bool(importlib.import_module(MODULES.get(name, name)).main(argv[1:]))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
