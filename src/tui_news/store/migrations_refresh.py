"""What a visit remembers of a feed's items, so that the next one need not read them again (`feeds.unseen`)."""

from __future__ import annotations

MARKS: tuple[str, ...] = ("ALTER TABLE feed ADD COLUMN marks BLOB NOT NULL DEFAULT x''",)
