"""Stories cut into pages: which page comes next, and several pages as one record.

A link leads to the next page of a story only by its address: the story's own with a number one higher in it. What a
site calls `rel="next"` is as often the next story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

from tui_news.models import Block
from tui_news.text.sanitize import clean_url

MOST_PAGES = 12
_MAY_HAVE = re.compile(rb"""(?:page|pagina|seite|side|sida|pg|/|-)[=/_-]?\d{1,2}\b|rel=["']?next""", re.IGNORECASE)
_IN_PATH = re.compile(
    r"(?:/(?:page|pagina|seite|side|sida|p)[/_-]?(\d{1,2})|/(\d{1,2})|[-_,](\d{1,2})(?=\.\w{3,5}$))(?=/?$|\.\w)"
)
_IN_QUERY = ("page", "pg", "pagina", "seite", "side", "sida", "paged", "pagenumber", "pageno", "page_no", "story_page")
_NOT = re.compile(r"(?:^|[\s_-])(?:comments?|respond|disqus|related|archive|listing)", re.IGNORECASE)
# Between the pages of one record; its second half is the address of the page that follows.
_JOINT = b"\n<!-- tuinews: the next page is "
_JOINT_END = b" -->\n"


def next_page(body: bytes, url: str, content_type: str = "", selector: str = "") -> str:
    """The address of the story's next page, "" when there is none. selector: a site rule's own (CSS)."""
    if not selector and not _MAY_HAVE.search(body):
        return ""
    from tui_news.articles.decode import decode
    from tui_news.articles.repair import page_tree

    root = page_tree(decode(body, content_type)[:3_000_000])
    if root is None:
        return ""
    if selector:
        from tui_news.articles.siterules import select

        links = [str(found.get("href") or "") for found in select(root, selector)]
    else:
        links = [str(link.get("href") or "") for link in root.iter("a", "link") if not _elsewhere(link)]
    for link in links:
        found = clean_url(link, url)
        if found and (follows(found, url) or (selector and found != url)):
            return found
    return ""


def _elsewhere(link: object) -> bool:
    """Whether a link stands among comments or other stories, which have pages of their own."""
    element, steps = link, 0
    while element is not None and steps < 12:
        if _NOT.search(f"{element.get('class') or ''} {element.get('id') or ''}"):  # type: ignore[attr-defined]
            return element.tag not in ("body", "html")  # type: ignore[attr-defined]
        element, steps = element.getparent(), steps + 1  # type: ignore[attr-defined]
    return False


def follows(link: str, url: str) -> bool:
    """Whether an address is the story's own with a page number one higher."""
    (base, number), (own, before) = _numbered(link), _numbered(url)
    return base == own and number == before + 1 and bool(own[1].strip("/") or own[2])


def _numbered(url: str) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], int]:
    """(site, path, query) without the page number, and the number: 1 when there is none."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query)
    number = next((int(value) for name, value in query if _is_page(name, value)), 0)
    rest = tuple((name, value) for name, value in query if not _is_page(name, value))
    path = parts.path
    if not number and (found := _IN_PATH.search(path)):
        digits = next(group for group in found.groups() if group)
        if 2 <= int(digits) <= 50:
            number, path = int(digits), path[: found.start()] + path[found.end() :]
    return ((parts.netloc.removeprefix("www."), path.rstrip("/"), rest), number or 1)


def _is_page(name: str, value: str) -> bool:
    return name.lower() in _IN_QUERY and value.isdigit() and len(value) < 3


def join(pages: Sequence[tuple[str, bytes]]) -> bytes:
    """Pages (address, body) as one record."""
    record = pages[0][1]
    for url, body in pages[1:]:
        record += _JOINT + url.encode("ascii", "replace") + _JOINT_END + body
    return record


def split(record: bytes, url: str) -> list[tuple[str, bytes]]:
    """The pages of a record, each with its address; url: the first one's."""
    first, *others = record.split(_JOINT)
    pages = [(url, first)]
    for other in others[: MOST_PAGES - 1]:
        link, _, body = other.partition(_JOINT_END)
        pages.append((clean_url(link.decode("ascii", "replace"), url) or url, body))
    return pages


def appended(blocks: Sequence[Block], more: Iterable[Block]) -> tuple[Block, ...] | None:
    """The story with another page's blocks, less what every page repeats; None when that page brings nothing new."""
    said = {(block.kind, block.text) for block in blocks if block.text}
    new = [block for block in more if not block.text or (block.kind, block.text) not in said]
    brought = sum(len(block.text) for block in new)
    return (*blocks, *new) if brought > 40 else None
