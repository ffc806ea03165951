"""Articles: blocks and quotes as shown, and the page as it came."""

from __future__ import annotations

from typing import Literal

from tui_news.models import Article
from tui_news.models.late import dataclass
from tui_news.store.connection import Db, Row, storable, whole
from tui_news.store.entries import settle, touch
from tui_news.store.packing import expand, squeeze
from tui_news.text.codec import PackedArticle, pack_article, unpack_blocks, unpack_quotes
from tui_news.text.quotes import DETECTOR

Source = Literal["feed", "page"]


@dataclass(frozen=True, slots=True)
class HeldPage:
    """A page as received, the address it came from and its content type; the last two "" for those of old libraries."""

    raw: bytes
    url: str = ""
    kind: str = ""


class Articles:
    """`library.articles`. Methods that write open a transaction of their own, or join the caller's."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, story_id: int, source: str | None = None) -> Article | None:
        """The story's article: of `source`, else the one the reader prefers, else the page's, else the feed's."""
        rows = self._db.all(
            """SELECT a.source, a.blocks, a.quotes, a.note, a.title, a.author, a.published, a.lang,
            a.fetched_at, a.updated, s.prefer
            FROM article AS a JOIN story AS s ON s.id = a.story_id WHERE a.story_id = ?""",
            (story_id,),
        )
        wanted = source or (rows[0][10] if rows else "") or "page"
        for row in rows:
            if row[0] == wanted:
                return _article(row)
        return _article(rows[0]) if rows and source is None else None

    def put(
        self,
        story_id: int,
        article: Article | PackedArticle,
        raw: bytes = b"",
        *,
        url: str = "",
        kind: str = "",
        extractor: int = 1,
        detector: int = DETECTOR,
    ) -> None:
        """Keep the article, replacing the one of the same source. raw: the page as received; b"" keeps what is held.

        url, kind: where the page came from and its content type.
        extractor, detector: numbers that grow with the extractor (see `outdated`) and with the finder of its quotes.
        """
        held = article if isinstance(article, PackedArticle) else pack_article(article)
        rest = held.rest
        with self._db.write():
            if self._db.one("SELECT 1 FROM story WHERE id = ?", (story_id,)) is None:
                return
            self._db.run(
                """INSERT OR REPLACE INTO article(story_id, source, blocks, quotes, spoken, note, title, author,
                published, lang, fetched_at, extractor, detector, updated)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (story_id, rest.source, held.blocks, held.quotes, held.spoken,
                 storable(rest.note), storable(rest.title), storable(rest.author), whole(rest.published),
                 rest.lang, rest.fetched_at, extractor, detector, whole(rest.updated)),
            )  # fmt: skip
            if raw:
                self._db.run(
                    "INSERT OR REPLACE INTO page(story_id, raw, url, type) VALUES (?, ?, ?, ?)",
                    (story_id, squeeze(raw), storable(url), storable(kind)),
                )
            settle(self._db, story_id)
            touch(self._db, story_id)

    def raw(self, story_id: int) -> bytes:
        """The story's page as received, b"" when none is held."""
        return expand(self._db.value("SELECT raw FROM page WHERE story_id = ?", (story_id,)))

    def page(self, story_id: int) -> HeldPage | None:
        """The story's page with what is needed to read it again; None when none is held."""
        row = self._db.one("SELECT raw, url, type FROM page WHERE story_id = ?", (story_id,))
        return HeldPage(expand(row[0]), row[1], row[2]) if row else None

    def outdated(self, extractor: int, limit: int = 100) -> tuple[tuple[int, Source], ...]:
        """(story, source) of articles that an older extractor made and that can be made again: the page is held, or
        the feed's own body is the source. Newest first."""
        rows = self._db.all(
            """SELECT story_id, source FROM article AS a WHERE extractor < ?
            AND (source = 'feed' OR EXISTS (SELECT 1 FROM page AS p WHERE p.story_id = a.story_id))
            ORDER BY story_id DESC LIMIT ?""",
            (extractor, limit),
        )
        return tuple((row[0], row[1]) for row in rows)

    def settle_for(self, story_id: int, source: Source, extractor: int) -> None:
        """Leave an article as it is: a newer extractor has looked and does no better."""
        with self._db.write():
            self._db.run(
                "UPDATE article SET extractor = ? WHERE story_id = ? AND source = ?", (extractor, story_id, source)
            )


def _article(row: Row) -> Article | None:
    """None when it cannot be unpacked: it is fetched or rendered again then."""
    source, blocks, quotes, note, title, author, published, lang, fetched_at, updated = row[:10]
    try:
        held = unpack_blocks(blocks)
        placed = unpack_quotes(quotes, held)
    except ValueError:
        return None
    return Article(source, held, placed, note, title, author, published, lang, fetched_at, updated)
