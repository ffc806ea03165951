"""What moving in did, or would do: counted, and in sentences."""

from __future__ import annotations

from dataclasses import field

from tui_news.models.late import dataclass


@dataclass
class Moved:
    """What an import did, or would do. skipped: a sentence for each line of a list that was left out."""

    kinds: list[str] = field(default_factory=list)
    feeds: int = 0
    feeds_held: int = 0
    stories: int = 0
    stories_held: int = 0
    read: int = 0
    starred: int = 0
    smart: int = 0
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dry: bool = False

    @property
    def did_anything(self) -> bool:
        return any((self.feeds, self.stories, self.read, self.starred, self.smart))

    @property
    def sentence(self) -> str:
        """ "Imported 3 feeds (2 already there), 120 stories, 80 read marks and 2 stars." """
        parts = [count(self.feeds, "feed") + (f" ({self.feeds_held} already there)" if self.feeds_held else "")]
        if self.stories or self.stories_held:
            parts.append(
                count(self.stories, "story") + (f" ({self.stories_held} already held)" if self.stories_held else "")
            )
        parts += [count(self.read, "read mark")] if self.read else []
        parts += [count(self.starred, "star")] if self.starred else []
        parts += [count(self.smart, "smart feed")] if self.smart else []
        if len(parts) == 1:
            return f"{'Would subscribe' if self.dry else 'Subscribed'} to {parts[0]}."
        verb = "Would import" if self.dry else "Imported"
        return f"{verb} {', '.join(parts[:-1])} and {parts[-1]}."

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it for a person to read: what, then what was left out."""
        left = [f"Left out: {line}" for line in self.skipped]
        return (self.sentence, *self.notes, *left)


def count(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"
