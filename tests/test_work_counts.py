"""What a screen and a key cost, counted and not timed: queries, rows, modules, bytes. A figure that grows with the
library, or jumps, fails here long before anybody feels it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from terminal import Terminal

PROGRAM = """
import asyncio, sys
from tui_news.cli.start import open_desk
from tui_news.models import Entry
from tui_news.paths import default_paths
from tui_news.ui.app import TuinewsApp
from tui_news.ui.screens import reader

reader.FURNISH_SECONDS = 3600  # what is read a second later is none of the first paint's

class Silent:
    def __getattr__(self, name): return lambda *a, **k: None
    async def close(self): pass

def entry(n):
    return Entry(identity=f"i{n}", guid=f"i{n}", url=f"https://quay.example/{n}", title=f"Story {n}", author="",
                 published=n, sort=n, html="<p>Words of story %d.</p>" % n, content_hash=str(n), teaser=False)

async def main(stories):
    desk = open_desk(default_paths())
    feeds = desk.library.feeds
    for number in range(20):
        made, _ = feeds.add(f"https://quay.example/feed{number}", now=1)
        with desk.library.write():
            desk.library.stories.store(made, [entry(n) for n in range(number, stories, 20)], [], 10**9)
    asked = []
    desk.library.db.conn.set_trace_callback(lambda sql: asked.append(sql) if sql.lstrip()[:6] == "SELECT" else None)
    counts = []
    app = TuinewsApp(desk, Silent())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while app.curtain == "start":
            await pilot.pause(0.01)
        counts.append(len(asked)); asked.clear()
        modules = sum(1 for name in sys.modules if name.startswith("tui_news"))
        for key in ("j", "pagedown", "k"):
            await pilot.press(key)
        await pilot.pause()
        counts.append(len(asked)); asked.clear()
        await pilot.press("enter")
        await pilot.pause()
        counts.append(len(asked))
        loaded = len(app.screen.story_list.stories)
    desk.close()
    print(*counts, loaded, modules)

asyncio.run(main(int(sys.argv[1])))
"""


def counted(home, stories):
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    env["TUINEWS_HOME"] = str(home)
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(stories)], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    return [int(number) for number in done.stdout.split()[-5:]]


def test_a_screen_a_key_and_a_story_ask_as_much_of_a_large_library_as_of_a_small_one(tmp_path):
    small, large = counted(tmp_path / "small", 500), counted(tmp_path / "large", 4000)
    assert small == large
    start, keys, opened, loaded, modules = large
    assert start <= 13
    assert keys == 0
    assert opened <= 17
    assert loaded <= 400
    assert modules <= 115  # at the first paint


@pytest.mark.e2e
def test_a_key_that_scrolls_nothing_writes_little(tmp_path):
    with Terminal({"TUINEWS_HOME": str(tmp_path / "home")}, 120, 40) as tui:
        tui.wait_for("Bring your feeds along", "offline ✓")
        tui.wait_for("j/k move")
        written = []
        for key, seen, gone in (("j", ["▌● Harbour town"], []), ("k", ["Harbour town"], ["▌● Harbour town"])) * 2:
            before = len(tui.raw)
            tui.press(key)
            tui.wait_for(*seen, gone=gone)
            written.append(len(tui.raw) - before)
        assert min(written) <= 1500  # what came late to the first screen is none of a key's doing
