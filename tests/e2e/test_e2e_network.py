"""The real program against a site on loopback: subscribe, read, pull the plug, keep reading."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from fakeserver import serve
from terminal import Terminal

pytestmark = pytest.mark.e2e
PARAGRAPH = "The boat came in before the light did, and those who stood on the quay said little about it at the time. "


def rss(base: str, numbers: range) -> bytes:
    items = "".join(
        f"<item><title>Story number {n}</title><link>{base}/story/{n}</link><guid isPermaLink='false'>{base}/?p={n}</guid>"
        f"<pubDate>Mon, 21 Sep 2026 {n:02d}:00:00 +0000</pubDate><description>The boat came in […]</description>"
        f"<slash:comments>3</slash:comments></item>"
        for n in reversed(numbers)
    )
    head = f"<title>Coast Post</title><link>{base}/</link><description>d</description>"
    ns = 'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    return f'<?xml version="1.0"?><rss version="2.0" {ns}><channel>{head}{items}</channel></rss>'.encode()


def story(request):
    number = request.path.rsplit("/", 1)[-1]
    body = (
        f"<p>{PARAGRAPH * 3}</p><p>“We saw it first,” said Ada Birk, story {number}.</p>"
        + f"<p>{PARAGRAPH * 3}</p>" * 3
    )
    page = f"<html><head><title>Story number {number}</title></head><body><article><h1>Story number {number}</h1><div class='entry-content'>{body}</div></article></body></html>"
    return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()


def comments(request):
    post = int(request.query.get("post", "0").split(",")[0])
    rows = [
        {
            "id": post * 100 + n, "parent": 0 if n == 1 else post * 100 + n - 1, "author": 0, "author_name": f"Reader {n}",
            "author_url": "", "date_gmt": "2026-09-21T09:00:00", "content": {"rendered": f"<p>Thought {n} on {post}.</p>"},
            "link": "", "type": "comment",
        }
        for n in (1, 2, 3)
    ]  # fmt: skip
    return (
        200,
        {"Content-Type": "application/json", "X-WP-Total": "3", "X-WP-TotalPages": "1"},
        json.dumps(rows).encode(),
    )


@pytest.fixture
def site():
    routes = {"*": (404, {}, b"nothing")}
    with serve(routes) as base:
        link = f'<{base}/wp-json/>; rel="https://api.w.org/"'
        page = b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head><body>Coast</body></html>"
        base.routes["/"] = (200, {"Content-Type": "text/html"}, page)
        base.routes["/feed"] = (200, {"Content-Type": "application/rss+xml", "Link": link}, rss(base, range(1, 4)))
        base.routes["/wp-json/wp/v2/comments"] = comments
        for n in range(1, 9):
            base.routes[f"/story/{n}"] = story
        yield base


@pytest.fixture
def home(tmp_path):
    return {"TUINEWS_HOME": str(tmp_path / "home"), "NO_PROXY": "*"}


def verb(home, *args):
    return subprocess.run(
        [sys.executable, "-m", "tui_news", *args], env={**os.environ, **home}, capture_output=True, text=True
    )


def test_paste_an_address_read_pull_the_plug_read_on(home, site):
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("Welcome to the terminal newspaper")
        tui.press("a")
        tui.wait_for("Add a feed")
        tui.type(site.removeprefix("http://"))
        tui.press("enter")
        tui.wait_for("Story number 3", "We saw it first", "Ada Birk")
        tui.press("c")
        tui.wait_for("3 comments", "Thought 2 on 3")
        site.stop()
        tui.press("q")
        tui.wait_for("Story number 2")
        tui.press("R")
        tui.wait_for("No connection", "offline")
        tui.press("enter")
        tui.wait_for("Thought 3 on 3")
        tui.press("g")
        tui.wait_for("We saw it first")
        tui.press("q", "s")
        tui.wait_for("★")
        tui.press("Q")
        assert tui.wait_exit() == 0
    rows = json.loads(verb(home, "list", "is:starred", "--json").stdout)
    assert [row["title"] for row in rows] == ["Story number 3"]
    done = verb(home, "refresh", "--force", "--json")
    assert done.returncode == 3
    assert "No connection" in done.stderr
    assert verb(home, "read", str(rows[0]["id"]), "--comments").stdout.count("Thought") == 3


def test_the_server_goes_away_in_the_middle(home, site):
    assert verb(home, "add", site + "/feed").returncode == 0
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("Story number 3")
        site.stop()
        tui.press("enter")
        tui.wait_for("Story number 3", "The boat came in")
        tui.press("q")
        site.restart()
        tui.press("enter")
        tui.wait_for("We saw it first")


def test_cron_beside_the_open_app(home, site):
    assert verb(home, "add", site + "/feed").returncode == 0
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("Story number 3")
        status, headers, _ = site.routes["/feed"]
        site.routes["/feed"] = (status, headers, rss(site, range(1, 6)))
        done = verb(home, "refresh", "--force", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["new"] == 2
        tui.wait_for("Story number 5")
        tui.press("s")
        tui.wait_for("★")


def test_an_address_without_a_feed_is_a_sentence_and_what_was_typed_stays(home, site):
    site.routes["/quiet"] = (200, {"Content-Type": "text/html"}, b"<html><body>Hello</body></html>")
    with Terminal(home, 80, 24) as tui:
        tui.wait_for("Welcome to the terminal newspaper")
        tui.press("a")
        tui.wait_for("Add a feed")
        tui.type(site + "/quiet")
        tui.press("enter")
        tui.wait_for("no feed was found", "/quiet")
