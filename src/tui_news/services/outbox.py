"""What the reader did while the library could not be written: kept, shown as done, and stored as soon as it can be.

A mark never waits for another program's long write, for room on the disk or for a folder that may be written to; nor is
it lost. Later acts stand in line behind earlier ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import Any

from tui_news.models import LibraryError, OpenStory, StoryRow
from tui_news.models.late import dataclass
from tui_news.store import Library, LibraryBusy, LibraryFull, LibraryReadonly

HURRY = 0.2  # seconds a key press may wait for another program's write
LAST_PATIENCE = 2.0  # seconds, while leaving
WORDS: dict[type[LibraryError], str] = {
    LibraryBusy: "Another program is writing to the library; what you do is stored when it is done.",
    LibraryFull: "The disk is full: what you do is kept and stored when there is room.",
    LibraryReadonly: "The library may only be read: what you do is kept until you leave.",
}


@dataclass(frozen=True, slots=True)
class Held:
    """An act that waits. rows: what it changes of which rows; place: a story and where its reader is."""

    words: str
    act: Callable[[], object]
    rows: Mapping[int, Mapping[str, bool]] = field(default_factory=dict)
    place: tuple[int, str] | None = None


class Outbox:
    """waits: False for a verb of the command line, which waits its turn or fails: nobody looks on."""

    def __init__(self, library: Library, waits: bool = True) -> None:
        self._library, self._waits = library, waits
        self.held: list[Held] = []
        self._news = self._told = ""

    def do(
        self,
        act: Callable[[], object],
        words: str = "",
        rows: Mapping[int, Mapping[str, bool]] | None = None,
        place: tuple[int, str] | None = None,
    ) -> None:
        """Carry out an act, a whole transaction, now or as soon as it can be. words: what undoing it is called, "" for
        what is not undone. Raises LibraryError when waiting would not help."""
        if not self._waits:
            act()
            return
        self.held.append(Held(words, act, rows or {}, place))
        self.flush()

    def flush(self, patience: float = HURRY) -> None:
        """Store what waits, in order, as far as it goes."""
        if self._library.readonly:
            self._library.renew()
        waited = bool(self.held) and (len(self.held) > 1 or bool(self._told))
        while self.held:
            try:
                with self._library.hurry(patience):
                    self.held[0].act()
            except tuple(WORDS) as error:
                self._note(WORDS[type(error)], getattr(error, "who", ""))
                return
            except LibraryError:
                self.held.pop(0)
                raise
            self.held.pop(0)
        if waited:
            self._told, self._news = "", "What you did is stored."

    def _note(self, sentence: str, who: str) -> None:
        if sentence != self._told:
            self._told = sentence
            self._news = sentence.replace("program", f"program{who}", 1)

    def news(self) -> str:
        """What to tell the reader, once: that acts wait and why, or that they are stored. Or ""."""
        if self._library.news:
            return self._library.news.pop(0)
        news, self._news = self._news, ""
        return news

    def undo(self) -> str | None:
        """Take back the last act that waits; its words. None when none does."""
        for number in range(len(self.held) - 1, -1, -1):
            if self.held[number].words:
                return self.held.pop(number).words
        return None

    def close(self) -> str:
        """Try for the last time; a sentence when something is lost by it, else ""."""
        if self.held and not self._library.readonly:
            self.flush(LAST_PATIENCE)
        if not self.held or self._library.readonly:
            return ""
        count, why = len(self.held), self._told.partition(":")[0].partition(";")[0]
        acts = "the last thing you did" if count == 1 else f"the last {count} things you did"
        return f"{why[:1].lower()}{why[1:]}: {acts} could not be stored"

    # what the reader sees meanwhile
    def row(self, row: StoryRow) -> StoryRow:
        changes: dict[str, Any] = {}
        for held in self.held:
            changes |= held.rows.get(row.id, {})
        return replace(row, **changes) if changes else row

    def shown(self, rows: Iterable[StoryRow]) -> tuple[StoryRow, ...]:
        return tuple(map(self.row, rows)) if self.held else tuple(rows)

    def opened(self, opened: OpenStory) -> OpenStory:
        if not self.held:
            return opened
        row = self.row(opened.story.row)
        places = [held.place[1] for held in self.held if held.place is not None and held.place[0] == row.id]
        return replace(opened, story=replace(opened.story, row=row), position=(places or [opened.position])[-1])
