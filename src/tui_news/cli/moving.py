"""`tuinews import`: other readers' files, several at once, or just a reader's name."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tui_news.cli import DONE
from tui_news.cli.output import complain, say, say_json, say_json_text
from tui_news.services.moved_report import Moved
from tui_news.services.moving import Mover
from tui_news.services.moving_sources import LIMIT, Source, paths_of, read_piped, read_source
from tui_news.text.sanitize import without_login

Args = argparse.Namespace
SHOWN = 20  # lines left out that are told one by one


def import_(args: Args) -> int:
    from tui_news.cli.verbs import open_desk

    paths = [path for name in args.files for path in ([Path("-")] if name == "-" else paths_of(name))]
    sources = [_source(path) for path in paths]
    with open_desk() as desk:
        moved = Mover(desk.library, int(time.time()), dry=args.dry_run, told=_progress()).run(sources)
    if args.json:
        say_json(_shape(moved))
    else:
        _tell(moved, paths)
    return DONE


def _source(path: Path) -> Source:
    return read_piped(sys.stdin.buffer.read(LIMIT + 1)) if path == Path("-") else read_source(path)


def _progress() -> Progress | None:
    return Progress() if sys.stderr.isatty() else None


class Progress:
    """A line now and then for whoever waits at a terminal."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, stories: int) -> None:
        if time.monotonic() - self.last > 2:
            self.last = time.monotonic()
            complain(f"{stories:,} stories so far")


def _shape(moved: Moved) -> dict[str, object]:
    """added and already: feeds, as they were called before stories could be imported."""
    shape = asdict(moved)
    return {"added": shape.pop("feeds"), "already": shape.pop("feeds_held"), **shape}


def _tell(moved: Moved, paths: list[Path]) -> None:
    for line in moved.skipped[:SHOWN]:
        complain(f"skipped: {line}")
    if len(moved.skipped) > SHOWN:
        complain(f"skipped: {len(moved.skipped) - SHOWN} more; --json lists them all")
    for kind, path in zip(moved.kinds, paths, strict=False):
        if len(paths) > 1:
            say(f"{path}: {kind}")
    say(moved.sentence)
    for note in moved.notes:
        say(note)
    if moved.dry:
        say("Nothing was changed: without --dry-run it is done.")
    elif moved.feeds:
        say("`tuinews refresh` fetches what is new; `u` in the reader takes the import back.")


def export_all(args: Args) -> int:
    """The whole library, in one moment's view: a refresh meanwhile is not half in it."""
    from tui_news.cli.verbs import open_desk
    from tui_news.store.dump import dump

    left_out = []

    def address(url: str) -> str:
        clean = url if args.passwords else without_login(url)
        left_out.extend([1] if clean != url else [])
        return clean

    with open_desk() as desk, desk.library.moment():
        for line in dump(desk.library.db, address):
            say_json_text(line)
    if left_out:
        complain("passwords in feeds' addresses were left out; --passwords writes them too")
    return DONE
