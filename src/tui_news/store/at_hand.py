"""Words of stories that this process has just read, and may be asked to index next: it need not inflate them again.

They go by the content hash of their story, so that nobody who has changed one since is given the old one's.
"""

from __future__ import annotations

ROOM = 4_000_000  # characters: more than comes between one writing of the index and the next


class AtHand:
    """Texts by content hash, up to `room` characters of them; the oldest go first. The library has them all."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._held = room, 0
        self._texts: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, content_hash: str) -> bool:
        return content_hash in self._texts

    def keep(self, content_hash: str, text: str) -> None:
        self.take(content_hash)
        self._texts[content_hash] = text
        self._held += len(text)
        while self._held > self._room:
            self.take(next(iter(self._texts)))

    def take(self, content_hash: str) -> str | None:
        """The text, which is then no longer here."""
        text = self._texts.pop(content_hash, None)
        self._held -= len(text or "")
        return text


AT_HAND = AtHand()  # this process's
