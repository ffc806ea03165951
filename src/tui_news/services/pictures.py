"""A story's pictures: which there are, fetching them within limits, keeping them small in the cache."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from tui_news.models import Article, Block, FetchError, TuinewsError
from tui_news.models.pictures import Picture, Thumbnail
from tui_news.services.tools import Tools
from tui_news.store import Library

MOST = 20  # of a story
LIMIT = 8 * 1024 * 1024
ROOM = 256 * 1024 * 1024  # bytes that the cache may hold; the oldest go first
ACCEPT = "image/webp, image/png, image/jpeg, image/gif;q=0.9, image/*;q=0.5"
HEAD = struct.Struct(">4sHH")
MAGIC = b"tnP1"


def can_show() -> bool:
    """Whether the extra that decodes pictures is installed."""
    return find_spec("PIL") is not None


def pictures_of(blocks: Sequence[Block]) -> tuple[Picture, ...]:
    """The pictures among the blocks, each once, with the caption that follows it."""
    found: dict[str, Picture] = {}
    for index, block in enumerate(blocks):
        if block.kind == "image" and block.href and block.href not in found:
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            caption = after.text if after is not None and after.kind == "caption" else ""
            found[block.href] = Picture(block.href, block.text, caption)
    return tuple(found.values())[:MOST]


class LibraryPictures:
    """`desk.pictures`."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @property
    def possible(self) -> bool:
        return can_show()

    def of(self, article: Article | None) -> tuple[Picture, ...]:
        """The article's pictures, those that are held with what they show."""
        found = pictures_of(article.blocks) if article is not None else ()
        return tuple(Picture(p.url, p.alt, p.caption, held(self.library, p.url)) for p in found)


def _path(library: Library, url: str) -> Path:
    return library.paths.cache / "pictures" / f"{hashlib.blake2b(url.encode(), digest_size=16).hexdigest()}.rgb"


def held(library: Library, url: str) -> Thumbnail | None:
    """The picture if the cache has it whole."""
    try:
        data = _path(library, url).read_bytes()
        magic, width, height = HEAD.unpack_from(data)
        rgb = zlib.decompressobj().decompress(data[HEAD.size :], width * height * 3 + 1)
    except (OSError, struct.error, zlib.error):
        return None
    return Thumbnail(width, height, rgb) if magic == MAGIC and len(rgb) == width * height * 3 else None


def keep(library: Library, url: str, shown: Thumbnail) -> None:
    path = _path(library, url)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(HEAD.pack(MAGIC, shown.width, shown.height) + zlib.compress(shown.rgb, 1))
    os.replace(part, path)


def tidy(library: Library, room: int = ROOM) -> None:
    """Let the oldest pictures go when there are too many. The cache may be deleted at any time: no error matters."""
    try:
        files = [(file.stat().st_mtime, file.stat().st_size, file) for file in _path(library, "").parent.iterdir()]
    except OSError:
        return
    files.sort(key=lambda item: item[0], reverse=True)
    used = 0
    for _, size, file in files:
        used += size
        if used > room:
            file.unlink(missing_ok=True)


async def fetch_pictures(tools: Tools, story_id: int) -> tuple[int, list[str]]:
    """Fetch what is not held of the story's pictures: (how many came, sentences of those that did not).

    Raises FetchError only when the network is gone. Without the extra nothing is fetched: nothing could show it.
    """
    story = tools.library.stories.get(story_id)
    article = tools.library.articles.get(story_id)
    if story is None or article is None or not can_show():
        return 0, []
    came, failed = 0, []
    for picture in pictures_of(article.blocks):
        if held(tools.library, picture.url) is None:
            try:
                await _fetch(tools, picture.url, story.feed_url)
                came += 1
            except FetchError as error:
                if error.kind == "offline" and not came:
                    raise
                failed.append(error.of("It did not come"))
            except (TuinewsError, OSError) as error:
                failed.append(str(error))
    if came:
        tidy(tools.library)
    return came, failed


async def _fetch(tools: Tools, url: str, near: str) -> None:
    answer = await tools.web.get(url, accept=ACCEPT, limit=LIMIT, near=near)
    shown = await tools.workers.run("tui_news.articles.thumbnail:thumbnail", answer.body)
    keep(tools.library, url, shown)
