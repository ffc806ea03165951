"""One page's story as blocks, and what the page says of it: several readings, and which of them to believe."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from tui_news.articles.agreement import merged
from tui_news.articles.boilerplate import key, tidy
from tui_news.articles.container import best_html, chunks_html, common_html, kept_html, small_html, story_html
from tui_news.articles.feedbody import count_words
from tui_news.articles.jsonld import Told, told
from tui_news.articles.repair import page_tree, repair
from tui_news.articles.siterules import SiteRule, select
from tui_news.articles.standfirst import with_standfirst
from tui_news.articles.tree import to_html
from tui_news.models import Block
from tui_news.models.late import dataclass
from tui_news.text.html import html_to_blocks
from tui_news.text.plain import text_to_blocks
from tui_news.text.sanitize import clean_line

TOO_MANY_TAGS = 150_000  # the tree of such a page alone takes a hundred megabytes
MANY_PARTS = 40_000  # elements but comments: the extractor takes seconds and a hundred megabytes or more over so many
MANY_PICTURES = 1_000  # on one page: each costs the extractor ten times what another element does
LONG_DATA = (
    300_000  # characters of JSON-LD: the extractor takes a hundred times as much memory, and we read it ourselves
)
FEW_WORDS = 60  # the extractor is made for pages longer than this
MANY_LINKS = 3_000  # on one page: no story has them, and looking at each costs seconds
ENOUGH = 0.6  # of the feed's words: a page that gives less is a login wall, or was misread
ALIEN = 0.2  # of what the page's own data calls its story: a reading with less read something else
_MOST = 0.7  # of what the extractor found: so much of it stands in the boxes of a story cut into several
_RUN = 4  # words in a row that two readings of one text have in common


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a page: the story's blocks, and what the page says about it (only used as fallback)."""

    blocks: tuple[Block, ...] = ()
    title: str = ""
    author: str = ""
    published: int | None = None
    updated: int | None = None
    lang: str | None = None
    ruled: bool = False  # the reader's own rule found the story: however short, it is not doubted

    @property
    def words(self) -> int:
        return words(self.blocks)


def words(blocks: tuple[Block, ...]) -> int:
    return sum(count_words(block.text) for block in blocks)


def read_page(html: str, url: str, *, title: str = "", rule: SiteRule | None = None, known: str = "") -> Reading:
    """The story on a page. title: as the feed gives it, not repeated in the blocks. rule: the reader's own word on
    this site. known: text that the story is known to hold (the feed's): a reading with little of it is doubted."""
    root = page_tree(html) if html.count("<") < TOO_MANY_TAGS else None
    if root is None:
        return Reading(tidy(html_to_blocks(html, url), title))
    said = told(html)
    said = replace(said, modified=said.modified or _meta(root, "article:modified_time", "og:updated_time"))
    says = _meta(root, "og:description", "description")
    mine = _apply(root, rule, url)
    split = repair(root, url)
    _lighten(root)
    huge = sum(1 for _ in root.iter()) > MANY_PARTS
    whole = None if huge else deepcopy(root)
    document = None if huge else _document(root, url)
    if split and not huge:
        document = _longer(document, html, url, rule)
    about = _about(document, said, mine, root)
    heading = title or about.title
    if mine.blocks:
        return replace(about, blocks=with_standfirst(tidy(mine.blocks, heading, about.author)), ruled=True)
    found = _compared(document, whole, url) if whole is not None else html_to_blocks(best_html(root), url)
    if not found and "<script" not in html:  # nothing to be told apart: the page is its text
        found = html_to_blocks(html, url)
    story = _or_told(found, said, heading, url)
    if known and whole is not None and words(story) < ENOUGH * count_words(known):
        story = _second(whole, said, url, known) or story
    return replace(about, blocks=with_standfirst(tidy(story, heading, about.author), clean_line(says)))


def _lighten(root: Any) -> None:
    """Takes off what no story has, and what would cost hundreds of megabytes to look at."""
    heavy = [data for data in root.iter("script") if len(data.text or "") > LONG_DATA]
    for element in heavy + list(root.iter("img"))[MANY_PICTURES:]:
        if element.getparent() is not None:
            element.drop_tree()


def _apply(root: Any, rule: SiteRule | None, url: str) -> Reading:
    """What the reader's rule finds; takes off what it drops."""
    if rule is None:
        return Reading()
    for element in select(root, rule.drop):
        if element.getparent() is not None and element.tag != "body":
            element.drop_tree()
    title, author = (" ".join(" ".join(found.text_content().split()) for found in select(root, selector)[:3])
                     for selector in (rule.title, rule.author))  # fmt: skip
    kept = kept_html(select(root, rule.keep)) if rule.keep else ""
    return Reading(html_to_blocks(kept, url), clean_line(title, 500), clean_line(author, 200))


def _about(document: Any | None, said: Told, mine: Reading, root: Any) -> Reading:
    return Reading(
        title=mine.title or clean_line((document and document.title) or said.headline or "", 500),
        author=mine.author or clean_line((document and document.author) or said.author or "", 200),
        published=_day((document and document.date) or said.published),
        updated=_day(said.modified),
        lang=_lang(root),
    )


def _meta(root: Any, *names: str) -> str:
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name")) in names and meta.get("content"):
            return str(meta.get("content"))
    return ""


def _compared(document: Any | None, whole: Any, url: str) -> tuple[Block, ...]:
    """What the extractor found, put right by a more cautious look and by what the page itself names as its story."""
    named = html_to_blocks(story_html(whole) or common_html(whole, document), url)
    found = _blocks(document, url)
    if document is not None and (cautious := _blocks(_document(deepcopy(whole), url, "precise"), url)):
        found = merged(found, cautious, whole, document.description or "")
    chunks = html_to_blocks(chunks_html(whole, document), url)
    if words(chunks) > 1.2 * words(found) and shared(_text(found), _text(chunks)) > _MOST:
        return (*_lead(found, chunks), *chunks)
    if not named and words(found) < FEW_WORDS:
        named = html_to_blocks(small_html(whole), url)
    return _better(found, named)


def _text(blocks: tuple[Block, ...]) -> str:
    return "\n".join(block.text for block in blocks)


def _blocks(document: Any | None, url: str) -> tuple[Block, ...]:
    return html_to_blocks(to_html(document.body), url) if document is not None else ()


def _document(root: Any, url: str, way: str = "") -> Any | None:
    """The extractor's result; None when it finds nothing or gives up. way: "precise", "generous" or neither."""
    import trafilatura

    fast = sum(1 for _ in root.iter("a")) > MANY_LINKS
    try:
        return trafilatura.bare_extraction(
            root,
            url=url,
            fast=fast,
            favor_precision=way == "precise",
            favor_recall=way == "generous",
            include_comments=False,
            include_tables=True,
            include_links=True,
            include_images=True,
            include_formatting=True,
            with_metadata=True,
        )
    except Exception:  # whatever a page does to it, the reader gets the fallbacks
        return None


def _longer(document: Any | None, html: str, url: str, rule: SiteRule | None) -> Any | None:
    """Paragraphs made of line breaks sometimes mislead the extractor: then the page as it was gives more text."""
    root = page_tree(html)
    _apply(root, rule, url)
    repair(root, url, breaks=False)
    _lighten(root)
    other = _document(root, url)
    if document is None or other is None:
        return document or other
    return other if len(other.text or "") > 1.15 * len(document.text or "") else document


def _better(found: tuple[Block, ...], named: tuple[Block, ...]) -> tuple[Block, ...]:
    """The container the page names, if it holds what the extractor found and hardly more; else what was found.

    A standfirst often stands outside the container: what was found before the container's first words is kept.
    """
    if not named or not found:
        return found or named
    lead = _lead(found, named)
    rest = found[len(lead) :] if lead else found
    ours, theirs = _bag(named), _bag(rest)
    both = sum((ours & theirs).values())
    holds = both + 8 >= 0.95 * sum(theirs.values())
    hardly_more = sum(ours.values()) <= 1.05 * sum(theirs.values()) + 20
    return (*lead, *named) if holds and hardly_more else found


def _lead(found: tuple[Block, ...], named: tuple[Block, ...]) -> tuple[Block, ...]:
    """The one or two sentences that what was found begins with, and the container does not have at all."""
    said = {key(block.text) for block in named}
    lead = tuple(takewhile(lambda block: key(block.text) not in said, found[:4]))
    fine = all(block.kind in ("para", "heading", "item") and len(block.text) < 500 for block in lead)
    return lead if fine and 0 < len(lead) < 4 and words(lead) > 5 else ()


def _bag(blocks: tuple[Block, ...]) -> Counter[str]:
    return Counter(word for block in blocks for word in key(block.text).split())


def _or_told(blocks: tuple[Block, ...], said: Told, title: str, url: str) -> tuple[Block, ...]:
    """What the page's JSON-LD says, where the visible page holds next to nothing, one unbroken paragraph of it, or
    another story."""
    if not said.body:
        return blocks
    here, there = words(blocks), count_words(said.body)
    one = sum(block.kind == "para" for block in blocks) <= 1 and (said.is_html or "\n" in said.body)
    short = here < 0.5 * there and (here < 150 or there >= 3 * here)
    if not (one or short):
        if there < 100 or not _alike(said.headline, title):
            return blocks
        if shared(said.body, _text(blocks)) >= ALIEN:
            return blocks
    return _told_blocks(said, url)


def _told_blocks(said: Told, url: str) -> tuple[Block, ...]:
    return html_to_blocks(said.body, url) if said.is_html else text_to_blocks(said.body)


def _alike(one: str, other: str) -> bool:
    """Whether two titles are of one story: half the words of the shorter are in the other."""
    a, b = set(key(one).split()), set(key(other).split())
    return not a or not b or len(a & b) >= 0.5 * min(len(a), len(b))


def shared(one: str, other: str) -> float:
    """How much of a text is in another: the share of its runs of four words."""
    mine, theirs = _runs(one), _runs(other)
    return len(mine & theirs) / len(mine) if mine else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    found = key(text).split()[:20_000]
    return {tuple(found[n : n + _RUN]) for n in range(max(1, len(found) - _RUN + 1))}


def _second(whole: Any, said: Told, url: str, known: str) -> tuple[Block, ...]:
    """Another opinion of a page that gave too little: the first that holds most of what the story is known to say."""
    for way in ("container", "told", "generous"):
        if way == "container":
            blocks = html_to_blocks(story_html(whole), url)
        elif way == "told":
            blocks = _told_blocks(said, url)
        else:
            blocks = _blocks(_document(deepcopy(whole), url, way), url)
        text = _text(blocks)
        if words(blocks) >= ENOUGH * count_words(known) and shared(known, text) >= 0.5:
            return blocks
    return ()


def _day(date: str | None) -> int | None:
    """Unix seconds of an ISO date; None for what is none."""
    try:
        moment = datetime.fromisoformat((date or "").strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) if 1970 < moment.year < 2100 else None


def _lang(root: Any) -> str | None:
    """The page's language as a lower-case tag ("en", "nb-no"), if it says one."""
    for element in root.iter("html"):
        tag = clean_line(str(element.get("lang") or element.get("xml:lang") or ""), 35).lower().replace("_", "-")
        if tag.replace("-", "").isalnum() and tag.isascii():
            return tag
    return None
