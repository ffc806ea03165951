"""What a fresh interpreter has loaded when the first screen is there."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import asyncio, sys
from tui_news.cli.start import open_desk
from tui_news.paths import default_paths
from tui_news.ui.app import TuinewsApp

class Silent:
    def listen(self, callback): pass
    def refresh(self, feed_ids=None, force=False): pass
    def fetch_story(self, story_id, force=False): pass
    def add(self, url, folder=""): pass
    async def close(self): pass

async def main():
    desk = open_desk(default_paths())
    app = TuinewsApp(desk, Silent())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        heavy = ("httpx", "httpcore", "feedparser", "lxml", "trafilatura", "markdown_it", "pygments", "multiprocessing")
        print([name for name in heavy if name in sys.modules])
    desk.close()

asyncio.run(main())
"""

SPARED = """
import sys
from tui_news.ui.spared import spare
spare()
import tui_news.services.courier, tui_news.ui.app
spared = ("ssl", "textual.widgets._tree", "textual.widgets._directory_tree", "textual.widgets._select")
print([name for name in spared if name in sys.modules])
import asyncio, ssl, textual._types
from textual.types import CallbackType
assert CallbackType is textual._types.CallbackType
from textual.types import *
assert DirEntry is sys.modules["textual.widgets._directory_tree"].DirEntry
import textual.types
assert all(hasattr(textual.types, name) for name in textual.types.__all__) and textual.types.__file__
assert ssl.create_default_context() and asyncio.run(asyncio.sleep(0, "done")) == "done"
"""


def test_at_first_paint_nothing_heavy_is_loaded(tmp_path):
    assert last_line_of(PROGRAM, tmp_path) == "[]"


def test_what_is_spared_is_not_loaded_and_is_there_for_whoever_asks(tmp_path):
    assert last_line_of(SPARED, tmp_path) == "[]"


def last_line_of(program, home):
    # without the coverage that subprocesses inherit: it loads modules of its own
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    env["TUINEWS_HOME"] = str(home)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip().splitlines()[-1]
