"""The real program: read all with one key to its end, pack, pull the plug, and the same story once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from fakeserver import serve
from terminal import Terminal

pytestmark = pytest.mark.e2e
BODY = "The boat came in before the light did, and those who stood on the quay said little about it at the time. " * 6


def feed(base: str, name: str, *stories: tuple[str, str]) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>{base}/{path}</link><guid>{name}-{path}</guid>"
        f"<pubDate>Mon, 21 Sep 2026 {hour:02d}:00:00 +0000</pubDate><description>Read more</description></item>"
        for hour, (title, path) in enumerate(stories)
    )
    return f"<rss version='2.0'><channel><title>{name}</title><link>{base}/</link>{items}</channel></rss>".encode()


def page(request):
    text = f"<html><body><article><h1>A story</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>"
    return 200, {"Content-Type": "text/html"}, text.encode()


@pytest.fixture
def site():
    with serve({"*": (404, {}, b"nothing")}) as base:
        xml = {"Content-Type": "application/rss+xml"}
        base.routes["/coast"] = (200, xml, feed(base, "Coast", ("Herring quota", "1"), ("The ferry is back", "2")))
        base.routes["/daily"] = (200, xml, feed(base, "Daily", ("Ferry returns", "2?utm_source=x"), ("Walled", "3")))
        base.routes["/1"] = base.routes["/2"] = page
        base.routes["/3"] = (403, {}, b"no")
        yield base


def verb(home, *args):
    return subprocess.run(
        [sys.executable, "-m", "tui_news", *args], env={**os.environ, **home}, capture_output=True, text=True
    )


def test_one_story_once_a_pack_and_space_to_the_end(tmp_path, site):
    home = {"TUINEWS_HOME": str(tmp_path / "home"), "NO_PROXY": "*"}
    for name in ("coast", "daily"):
        assert verb(home, "add", f"{site}/{name}").returncode == 0
    rows = json.loads(verb(home, "list", "--json").stdout)
    assert sorted((row["title"], row["also"]) for row in rows) == [
        ("Herring quota", []), ("The ferry is back", ["Daily"]), ("Walled", []),
    ]  # fmt: skip
    packed = verb(home, "pack")
    assert packed.returncode == 3
    assert packed.stdout.startswith("2 of 3 stories read offline now (")
    assert "one refused: Walled: could not fetch " in packed.stdout
    site.stop()
    with Terminal(home, 100, 30) as tui:
        tui.wait_for("Coast + Daily")
        tui.press("space")
        tui.wait_for("The feed gives no text for this story")
        tui.press("space")
        tui.wait_for("Also in Daily", "The boat came in")
        for _ in range(6):  # a page, the next story, its pages, the end
            tui.press("space")
        tui.wait_for("Everything is read.")
        tui.press("u")
        tui.wait_for("Undone: marking")
        tui.press("ctrl+o")
        tui.wait_for("1 unread", "This story has no comments")
        tui.press("Q")
        assert tui.wait_exit() == 0
