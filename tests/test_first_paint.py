"""What a fresh interpreter has loaded when the first screen is there."""

from __future__ import annotations

import os
import re
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

PICTURE = """
import sys
before = set(sys.modules)
import tui_news.cli, tui_news.picture
print(sorted(name for name in set(sys.modules) - before if not name.startswith("tui_news")))
"""

SPARED = """
import sys
from tui_news.ui.spared import RARE, spare, spared
spare()
import tui_news.cli.start, tui_news.services.courier, tui_news.ui.app
spared()
left_out = ("ssl", "textual.widgets._tree", "textual.widgets._directory_tree", "textual.widgets._select",
            "textual.widgets._input", *RARE)
print([name for name in left_out if name in sys.modules])
import asyncio, ssl, textual._types
from textual.types import CallbackType
assert CallbackType is textual._types.CallbackType
from textual.types import *
assert DirEntry is sys.modules["textual.widgets._directory_tree"].DirEntry
import textual.types
assert all(hasattr(textual.types, name) for name in textual.types.__all__) and textual.types.__file__
assert ssl.create_default_context() and asyncio.run(asyncio.sleep(0, "done")) == "done"
from importlib import import_module
for name in RARE:
    assert import_module(name) is sys.modules[name] and import_module(name).__file__, name
import textual.app, textual.command, textual.design, textual.notifications, uuid, urllib.parse
assert textual.app.CommandPalette.is_open is not None and len(textual.notifications.Notification("a").identity) == 36
assert isinstance(textual.design.show_design(*[textual.design.ColorSystem("#123456", dark=dark) for dark in (0, 1)]),
                  import_module("rich.table").Table)
assert urllib.parse.urlsplit("http://[::1]:80/").hostname == "::1"
"""

ASKED_MEANWHILE = """
from tui_news.ui.spared import spare, spared
spare()
import uuid, tempfile
from textual.command import Provider, Hit
import textual.app
assert uuid.UUID(int=1).version is None and tempfile.gettempdir() and Hit(1.0, "a", print).text == "a"
spared()
import textual.command
assert textual.command.Provider.__abstractmethods__ and isinstance(Hit(1.0, "a", print), textual.command.Hit)
print([])
"""

THEMES = """
import asyncio
from tui_news.ui.spared import spare, spared
spare()
from tui_news.cli.start import open_desk
from tui_news.paths import default_paths
from tui_news.ui.app import TuinewsApp
spared()

class Silent:
    def __getattr__(self, name): return lambda *given, **named: None
    async def close(self): pass

async def main():
    desk = open_desk(default_paths())
    app = TuinewsApp(desk, Silent())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert type(app.screen).__name__ == "Palette"
        await pilot.press(*"theme")
        await pilot.pause(0.5)
        await pilot.press("escape", "escape")
        await pilot.pause()
        app.action_change_theme()
        await pilot.pause()
        for letter in "nord":
            await pilot.press(letter)
        while app.theme != "nord":
            await pilot.press("down", "enter")
            await pilot.pause(0.05)
    desk.close()
    print([])

asyncio.run(asyncio.wait_for(main(), 30))
"""


def test_at_first_paint_nothing_heavy_is_loaded(tmp_path):
    assert last_line_of(PROGRAM, tmp_path) == "[]"


def test_before_the_stored_picture_nothing_is_imported_that_python_has_not(tmp_path):
    assert set(re.findall(r"\w+", last_line_of(PICTURE, tmp_path))) <= {"__future__", "gc", "os", "sys", "time"}


def test_what_is_spared_is_not_loaded_and_is_there_for_whoever_asks(tmp_path):
    assert last_line_of(SPARED, tmp_path) == "[]"


def test_what_is_asked_of_something_spared_while_textual_is_imported_is_there(tmp_path):
    assert last_line_of(ASKED_MEANWHILE, tmp_path) == "[]"


def test_the_palette_and_the_themes_open_though_they_were_spared(tmp_path):
    assert last_line_of(THEMES, tmp_path) == "[]"


def last_line_of(program, home):
    # without the coverage that subprocesses inherit: it loads modules of its own
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    env["TUINEWS_HOME"] = str(home)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip().splitlines()[-1]
