"""Where a start's milliseconds go: what each import costs, then the calls that cost most until the first screen.

    python scripts/profile_start.py [--lines 25]

Uses the library that `tuinews` would (set TUINEWS_HOME for another); nothing is fetched. Imports are timed by Python
itself in a process of its own; the calls by cProfile, which makes everything slower: compare lines, not sums.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import subprocess
import sys
from typing import Any

IMPORTS = "import tui_news.ui.spared; tui_news.ui.spared.spare(); import tui_news.cli.start, tui_news.services.courier, tui_news.ui.app"


class Silent:
    """No network."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None

    async def close(self) -> None: ...


def imports(lines: int) -> None:
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", IMPORTS], capture_output=True, text=True)
    rows = [line.removeprefix("import time:").split("|") for line in done.stderr.splitlines() if line.count("|") == 2]
    costs = [(int(own), name.strip()) for own, _, name in rows if own.strip().isdigit()]
    groups: dict[str, int] = {}
    for own, name in costs:
        top = name.partition(".")[0]
        group = top if top in ("tui_news", "textual", "rich") else "others"
        groups[group] = groups.get(group, 0) + own
    print(f"imports: {len(costs)} modules; " + ", ".join(f"{name} {own / 1000:.0f} ms" for name, own in groups.items()))
    for own, name in sorted(costs, reverse=True)[:lines]:
        print(f"  {own / 1000:6.1f} ms  {name}")


async def first_screen() -> None:
    from tui_news.cli.start import open_desk
    from tui_news.paths import default_paths
    from tui_news.ui.app import TuinewsApp

    app = TuinewsApp(open_desk(default_paths()), Silent())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--lines", type=int, default=25)
    lines = arguments.parse_args().lines
    imports(lines)
    profile = cProfile.Profile()
    profile.enable()
    asyncio.run(first_screen())
    profile.disable()
    print("\nuntil the first screen, imports included:")
    pstats.Stats(profile).sort_stats("tottime").print_stats(lines)


if __name__ == "__main__":
    main()
