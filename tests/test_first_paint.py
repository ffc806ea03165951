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


def test_at_first_paint_nothing_heavy_is_loaded(tmp_path):
    # without the coverage that subprocesses inherit: it loads modules of its own
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    env["TUINEWS_HOME"] = str(tmp_path)
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().splitlines()[-1] == "[]"
