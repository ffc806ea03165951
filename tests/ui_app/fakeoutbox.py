"""Acts that wait for the library, played: a test puts the news."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class FakeOutbox:
    told: str = ""
    flushed: int = 0

    def flush(self) -> None:
        self.flushed += 1

    def news(self) -> str:
        told, self.told = self.told, ""
        return told
