"""Makes the pictures in `screenshots/` from the real app on the built-in edition.

    python scripts/screenshots.py            # writes SVG, and PNG where rsvg-convert is installed
    python scripts/screenshots.py --text     # prints each screen as text instead

A library of its own in a temporary folder, a clock that stands still, the real courier: what a stranger sees.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

TARGET = Path(__file__).parent.parent / "screenshots"
NOW = 1_795_428_000  # 2026-11-23 10:00:00 UTC
SHOTS: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "front": ((80, 24), ()),
    "story": ((80, 24), ("j", "enter", "]", "]")),
    "thread": ((80, 24), ("j", "enter", "c", "j", "enter", "j", "j")),
    "quotes": ((80, 24), ("j", "j", "j", "enter", "quotation_mark", "j", "j")),
    "wide": ((200, 50), ("j", "enter")),
    "two-panes": ((120, 40), ("j", "enter")),
}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--text", action="store_true")
    arguments.add_argument("names", nargs="*", default=list(SHOTS))
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUINEWS_HOME"] = home
        os.environ["TZ"] = "UTC"
        fill(home)
        for name in args.names:
            with tempfile.TemporaryDirectory() as copy:  # each picture starts from the same library
                shutil.copytree(home, copy, dirs_exist_ok=True)
                os.environ["TUINEWS_HOME"] = copy
                asyncio.run(shoot(name, args.text))
    return 0


def fill(home: str) -> None:
    """Subscribe to the edition and fetch all of it, as a first hour with the program would."""
    for verb in (["add", "builtin:edition/feed.xml"], ["refresh", "--force", "--full"]):
        subprocess.run([sys.executable, "-m", "tui_news", *verb], check=True, stdout=subprocess.DEVNULL)


async def shoot(name: str, as_text: bool) -> None:
    from tui_news.cli.start import open_desk
    from tui_news.paths import default_paths
    from tui_news.services.courier import ProcessCourier
    from tui_news.ui.app import TuinewsApp

    size, keys = SHOTS[name]
    desk = open_desk(default_paths())
    desk.clock = lambda: float(NOW)
    app = TuinewsApp(desk, ProcessCourier(), now=desk.clock)
    async with app.run_test(size=size) as pilot:
        await settle(pilot.pause, lambda: desk.counts().total == 8)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.2)
        await pilot.pause(0.5)
        save(name, app, as_text)
    desk.close()


async def settle(pause: Callable[[float], object], ready: Callable[[], bool]) -> None:
    for _ in range(100):
        await pause(0.05)  # type: ignore[misc]
        if ready():
            return
    raise RuntimeError("the edition did not arrive")


def save(name: str, app: object, as_text: bool) -> None:
    if as_text:
        strips = app.screen._compositor.render_strips()  # type: ignore[attr-defined]
        print(f"--- {name}", *("".join(s.text for s in strip).rstrip() for strip in strips), sep="\n")
        return
    svg = TARGET / f"{name}.svg"
    svg.write_text(own_fonts(app.export_screenshot(title="tuinews")), encoding="utf-8")  # type: ignore[attr-defined]
    if shutil.which("rsvg-convert"):
        subprocess.run(["rsvg-convert", "-o", str(svg.with_suffix(".png")), str(svg)], check=True)
    print(svg)


def own_fonts(svg: str) -> str:
    """Fonts of the reader's own machine, none from a stranger's; spaces kept by every renderer."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.S)
    svg = svg.replace("Fira Code, monospace", "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace")
    return svg.replace("<text ", '<text xml:space="preserve" ')


if __name__ == "__main__":
    sys.exit(main())
