from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui_news.models import FetchError
from tui_news.web.builtin import answer
from tui_news.web.client import Web


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    (tmp_path / "feed.xml").write_text("<rss/>")
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "hello-1.html").write_text("<p>Hello</p>")
    (tmp_path / "stories" / "secret.txt").write_text("no")
    (tmp_path / "comments").mkdir()
    rows = [
        {"id": n, "parent": 0, "date_gmt": f"2026-01-{n:02}T10:00:00", "content": {"rendered": "é"}}
        for n in range(1, 13)
    ]
    (tmp_path / "comments" / "7.json").write_text(json.dumps(rows))
    return tmp_path


def ids(url: str, edition: Path) -> list[int]:
    found = answer(url, root=edition)
    assert found is not None
    return [row["id"] for row in json.loads(found.body)]


def test_the_feed_says_where_its_comments_are(edition: Path) -> None:
    found = answer("builtin:edition/feed.xml", root=edition)
    assert found is not None
    assert (found.status, found.body, found.content_type) == (200, b"<rss/>", "application/rss+xml")
    assert found.headers["link"] == '<builtin:edition/wp-json/>; rel="https://api.w.org/"'
    again = answer("builtin:edition/feed.xml", {"If-None-Match": found.headers["etag"]}, edition)
    assert again is not None
    assert (again.status, again.body) == (304, b"")


def test_a_story(edition: Path) -> None:
    found = answer("builtin:edition/stories/hello-1.html", root=edition)
    assert found is not None
    assert (found.body, found.content_type) == (b"<p>Hello</p>", "text/html")


def test_comments_come_in_pages_newest_first(edition: Path) -> None:
    base = "builtin:edition/wp-json/wp/v2/comments?post=7"
    assert ids(base, edition) == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]
    assert ids(f"{base}&page=2", edition) == [2, 1]
    assert ids(f"{base}&page=3", edition) == []
    assert ids(f"{base}&per_page=5&page=2&order=asc&orderby=date_gmt", edition) == [6, 7, 8, 9, 10]
    assert ids(f"{base}&after=2026-01-10T10:00:00Z", edition) == [12, 11]
    assert len(ids(f"{base}&per_page=100", edition)) == 12
    assert len(ids(f"{base}&per_page=x&page=-1", edition)) == 10
    found = answer(f"{base}&per_page=5", root=edition)
    assert found is not None
    assert (found.headers["x-wp-total"], found.headers["x-wp-totalpages"]) == ("12", "3")


@pytest.mark.parametrize(
    "url",
    [
        "builtin:",
        "builtin:edition/nothing.xml",
        "builtin:edition/stories/none.html",
        "builtin:edition/stories/secret.txt",
        "builtin:edition/stories/../feed.xml",
        "builtin:edition/stories/..%2Ffeed.html",
        "builtin:edition/wp-json/wp/v2/comments",
        "builtin:edition/wp-json/wp/v2/comments?post=8",
        "builtin:edition/wp-json/wp/v2/comments?post=../feed",
        "builtin:other/feed.xml",
    ],
)
def test_what_is_not_there_is_a_404(url: str, edition: Path) -> None:
    with pytest.raises(FetchError, match="no such page") as caught:
        answer(url, root=edition)
    assert (caught.value.kind, caught.value.status) == ("status", 404)


def test_other_addresses_are_not_ours() -> None:
    assert answer("https://x.org/") is None


def test_without_package_data_it_is_a_404_too(tmp_path: Path) -> None:
    with pytest.raises(FetchError):
        answer("builtin:edition/feed.xml", root=tmp_path / "none")


def test_the_real_edition_is_looked_for_in_the_package() -> None:
    with pytest.raises(FetchError, match="no such page"):
        answer("builtin:edition/stories/there-is-no-such-story.html")


async def test_the_client_answers_it_without_a_network(edition: Path) -> None:
    async with Web(root=edition) as web:
        found = await web.get("builtin:edition/feed.xml")
        assert found.body == b"<rss/>"
        story = await web.get("builtin:edition/stories/hello-1.html", near="builtin:edition/feed.xml")
        assert story.body == b"<p>Hello</p>"
        with pytest.raises(FetchError) as caught:
            await web.get("builtin:edition/feed.xml", near="https://x.org/feed")
        assert caught.value.kind == "refused"
        assert web._ways is None
