"""Hostile addresses, wherever a stranger may write one, to where they leave: see `scripts/scorecard links` for all of
it through the real program."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui_news.comments.render import address_of
from tui_news.feeds import texts
from tui_news.models import Block
from tui_news.text.html import html_to_blocks
from tui_news.text.markdown import markdown
from tui_news.text.plain import text_to_blocks
from tui_news.text.sanitize import clean_url
from tui_news.ui.filters import UnsafeFilter
from ui_app.appkit import running

HOST = r"(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?)"
WEB = re.compile(rf"https?://(?:[^/@]*@)?{HOST}(?::[0-9]{{1,5}})?/[!#-&(-;=?-\[\]_a-z~]*")
LEAVES = re.compile(rf"https?://{HOST}(?::[0-9]{{1,5}})?/[!#-&(-;=?-\[\]_a-z~]*")
MAIL = re.compile(
    r"mailto:(?!-|%2d)[!#-%(-:=@-Z_a-z~]*(?:\?(?:(?:to|cc|subject|body|keywords|in-reply-to|references)=[!#-%(-:?-Z_a-z~]*&?)+)?"
)
HOSTILE = [
    "javascript:alert(1)", "JaVa\nScript:x", "\x01javascript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ssh://-oProxyCommand=x/", "feed:javascript:x",
    "podcast://a.example/", "ftp://a.example/", "tel:1", "-oProxyCommand=x", "--version", " -x", "@/etc/passwd", "|x", "`x`", "", "#", "http:", "http://", "http:///x",
    "http:////", "//", "http://[::1", "http://[fe80::1%25eth0]/", "http://[::1]/", "http://a.example:99999/", "http://a b.example/", "http://$(x).example/", "http://`x`.example/",
    "http://a.example/a b", "http://a.example/a\nb", "http://a.example/\0", "http://a.example/%0a%00", "http://a.example/\x1b]0;x\x07", "http://a.example/\x9d0;x\x9c", "http://a.example/\u202e",
    "http://a.example/\"'", "http://a.example/$(x);`y`|z&", "http:\\\\a.example\\x", "https://good.example\\@evil.example/", "https://good.example@evil.example/", "https://u:p@a.example/x",
    "http://bücher.example/", "http://pаypal.example/", "http://ex\u200dample.example/", "http://exa\u202emple.example/", "http://℀.example/", "http://a／b.example/", "http://①②⑦.⓪.⓪.①/",
    "HTTP://A.EXAMPLE", "mailto:a@b.example", "mailto:a@b.example?attach=/x", "mailto:?%61ttach=/x", "mailto:a@b.example%0d%0aBcc:x", "mailto:-x", "mailto:a@b.example?subject=$(x)",
    "http://a.example/" + "x" * 100_000, "javascript:" + "x" * 100_000, "http://a.example/\ud800",
]  # fmt: skip


def fine(url: str | None) -> bool:
    return not url or bool(WEB.fullmatch(url) or MAIL.fullmatch(url))


def linked(blocks: tuple[Block, ...]) -> list[str]:
    spans = [span.href for block in blocks for span in block.spans if span.href]
    return spans + [block.href for block in blocks if block.href]


def every_way_in(href: str, base: str = "") -> list[str | None]:
    raw = html.escape(href)
    page = (
        f"<p><a href=\"{raw}\">x</a><img src='{raw}' alt=y></p><iframe src='{raw}'></iframe><video src='{raw}'></video>"
    )
    return [
        clean_url(href, base), texts.url(href, base), texts.web_url(href, base), address_of(href, base),
        *linked(html_to_blocks(page, base)), *linked(html_to_blocks(f"<base href='{raw}'><a href='x'>x</a>", base)), *linked(text_to_blocks(f"see {href} there")),
    ]  # fmt: skip


@pytest.mark.parametrize("href", HOSTILE, ids=range(len(HOSTILE)))
def test_no_hostile_address_comes_in(href: str) -> None:
    for base in ("", "https://b.example/c/"):
        assert [url for url in every_way_in(href, base) if not fine(url)] == []


@given(st.sampled_from(["", "http://", "mailto:", "//", "javascript:", "\x00"]), st.text(max_size=30))
def test_nor_any_other(start: str, rest: str) -> None:
    assert [url for url in every_way_in(start + rest, "https://b.example/") if not fine(url)] == []


@pytest.mark.parametrize("href", HOSTILE, ids=range(len(HOSTILE)))
def test_none_leaves_by_the_terminal_or_a_file_even_if_it_came_in(href: str) -> None:
    (segment,) = UnsafeFilter().apply([Segment("x", Style(link=href) if href else Style())], Color(0, 0, 0))
    out = segment.style.link if segment.style is not None else None
    assert out is None or LEAVES.fullmatch(out) or MAIL.fullmatch(out)
    for url in [url for url in every_way_in(href) if url]:
        written = markdown((Block("image", "x", href=url),))
        assert "@" not in written.partition("//")[2].partition("/")[0]


async def test_none_leaves_by_the_browser() -> None:
    async with running() as run:
        for href in HOSTILE:
            run.app.open_url(href)
        assert [url for url in run.opened_urls if not LEAVES.fullmatch(url)] == []
        assert len(run.opened_urls) > 15
        assert "https://evil.example/" in run.opened_urls
        assert "https://a.example/x" in run.opened_urls  # without its password


async def test_a_storys_link_shows_the_host_that_it_leads_to() -> None:
    async with running() as run:
        rows = run.desk.all_rows
        for at, row in list(rows.items()):
            rows[at] = replace(row, url="https://good.example%2Flogin@evil.example/x")
        run.reader.lists.reload()
        await run.do("list.open", "story.copy_link")
        assert "good.example" not in run.text()
        assert run.app.clipboard == "https://evil.example/x"
