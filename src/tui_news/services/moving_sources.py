"""The files that one moves in from: found, read, and told apart by what is in them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from tui_news.feeds.lists import OPML, read_list
from tui_news.models import TuinewsError
from tui_news.models.late import dataclass
from tui_news.models.moving import FeedList
from tui_news.paths import typed
from tui_news.services.places import READERS, files_of
from tui_news.store.dump import is_ours, rows_of
from tui_news.store.newsboat_cache import MAGIC, NewsboatCache

LIMIT = 32 * 2**20


def read_source(path: Path) -> Source:
    """What the file is, by its content. Raises TuinewsError in a sentence."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        raise TuinewsError(f"{path} could not be read", error.strerror or str(error), "check the path") from error
    if data.startswith(MAGIC):
        return NewsboatCache(path)
    if is_ours(data):
        return Export(path)
    return read_bytes(data, path.name)


def read_piped(data: bytes) -> FeedList:
    """OPML that another program writes. Plain addresses are not taken: any text may hold some. Raises TuinewsError."""
    found = read_bytes(data, "standard input")
    if found.kind != OPML:
        raise TuinewsError(
            "standard input could not be imported",
            "it is no OPML",
            "plain addresses are read from a file that you name",
        )
    return found


def read_bytes(data: bytes, name: str = "") -> FeedList:
    if len(data) > LIMIT:
        raise TuinewsError(
            f"{name or 'the list'} could not be imported", "it is larger than 32 MB", "is it the right file?"
        )
    return read_list(data, name)


@dataclass(frozen=True, slots=True)
class Export:
    """A library of ours as JSON."""

    path: Path

    def rows(self) -> Iterator[tuple[str, dict[str, object]]]:
        try:
            with self.path.open(encoding="utf-8", errors="replace") as lines:
                yield from rows_of(lines)
        except OSError as error:
            raise TuinewsError(f"{self.path} could not be read", error.strerror or str(error)) from error


Source = FeedList | NewsboatCache | Export


def sources_of(words: str) -> list[Source]:
    """The files that a person names: one path, or several, or a reader's name. Raises TuinewsError."""
    try:
        names = [words] if os.path.exists(typed(words)) else shlex.split(words)
    except ValueError:
        names = [words]
    return [read_source(path) for name in names for path in paths_of(name)]


def paths_of(name: str) -> list[Path]:
    """Raises TuinewsError for a reader without files, or a folder without any."""
    found = files_of(name)
    if not found and name.lower() in READERS:
        raise TuinewsError(f"no files of {name} were found", "they are not in the usual places", "name them")
    if not found and os.path.isdir(typed(name)):
        raise TuinewsError(f"{name} could not be imported", "it holds no urls, cache.db or feeds", "name the file")
    return found or [typed(name)]
