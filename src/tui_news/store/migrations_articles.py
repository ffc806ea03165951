"""What reading a stored page again needs: where it came from and what it was. And when a page says it was changed."""

from __future__ import annotations

ARTICLES: tuple[str, ...] = (
    "ALTER TABLE page ADD COLUMN url TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE page ADD COLUMN type TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE article ADD COLUMN updated INTEGER",
    "CREATE INDEX article_extractor ON article(extractor, story_id)",
)
