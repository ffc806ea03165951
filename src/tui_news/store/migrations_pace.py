"""Lists that a query narrows are read from an index alone: it holds every small thing that a query asks of a story.

Reading a row for each story that is passed over costs seven times as much, and grows with what the rows hold.
"""

from __future__ import annotations

# talk is reckoned from two columns, so an index that holds it alone is not enough.
ASKED = "hidden, feed_id, read, starred, offline, comments_new, quotes, comments, comments_hint, lang"

PACE: tuple[str, ...] = (
    "DROP INDEX story_all",
    f"CREATE INDEX story_all ON story(sort, id, {ASKED}) WHERE hidden = 0",
    "DROP INDEX story_unread",
    f"CREATE INDEX story_unread ON story(sort, id, {ASKED}) WHERE hidden = 0 AND read = 0",
    "DROP INDEX story_talk",
    f"CREATE INDEX story_talk ON story(talk, sort, id, {ASKED}) WHERE hidden = 0",
    # Which languages there are, and who has one of them: a few steps, whatever the library's size.
    "CREATE INDEX story_lang ON story(lang) WHERE lang > ''",
    "CREATE INDEX article_lang ON article(lang, story_id) WHERE lang > ''",
)
