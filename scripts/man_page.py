"""Writes `docs/tuinews.1` from the parser; `--check` fails when it is stale."""

from __future__ import annotations

import os
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "docs" / "tuinews.1"


def main() -> int:
    os.environ["COLUMNS"] = "80"
    from tui_news.cli.completions import man_page

    text = man_page() + "\n"
    if "--check" in sys.argv:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
            return 0
        print("docs/tuinews.1 is stale: run scripts/man_page.py", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
