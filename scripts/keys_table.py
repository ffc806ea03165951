"""Writes `docs/keys.md` from the action registry; `--check` fails when it is stale."""

from __future__ import annotations

import sys
from pathlib import Path

from tui_news.ui.actions import keys_markdown

TARGET = Path(__file__).parent.parent / "docs" / "keys.md"
HEAD = "# Keys\n\nMade from the action registry (`src/tui_news/ui/actions.py`) by `scripts/keys_table.py`.\n\n"


def main() -> int:
    text = HEAD + keys_markdown().strip() + "\n"
    if "--check" in sys.argv:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
            return 0
        print("docs/keys.md is stale: run scripts/keys_table.py", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
