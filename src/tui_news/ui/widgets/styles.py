"""How the reading views look: component classes and their CSS, in theme variables only."""

from __future__ import annotations

_NAMES = (
    "title", "note", "address", "heading", "subheading", "caption", "em", "strike", "code", "code-block", "mark",
    "marker", "pull", "quoted", "quote-1", "quote-2", "quote-3", "speaker", "speaker-1", "speaker-2", "speaker-3",
    "speaker-4", "speaker-5", "speaker-6", "quote-current", "rule", "thread-title", "here", "author", "badge", "new",
    "deep", "mark-fold", "preview", "bar-1", "bar-2", "bar-3", "bar-4", "bar-5", "bar-6", "hint", "peek",
    "dimmed", "cited", "cited-mark", "lead",
)  # fmt: skip

READING_CLASSES = {f"line--{name}" for name in _NAMES}

READING_CSS = """
StoryGround {
    & > .line--title { text-style: bold; color: $text-primary; }
    & > .line--note { color: $text-warning; }
    & > .line--address { color: $text-muted; text-style: underline; }
    & > .line--heading { text-style: bold; color: $text-primary; }
    & > .line--subheading { text-style: bold italic; }
    & > .line--caption { color: $text-muted; text-style: italic; }
    & > .line--em { text-style: italic; }
    & > .line--strike { text-style: strike; }
    & > .line--code { background: $surface; color: $text-accent; }
    & > .line--code-block { background: $surface; }
    & > .line--mark { background: $warning-muted; }
    & > .line--marker { color: $text-primary; }
    & > .line--lead { text-style: bold; }
    & > .line--pull { text-style: bold italic; }
    & > .line--quoted { text-style: italic; color: $text-muted; }
    & > .line--quote-1 { color: $primary; }
    & > .line--quote-2 { color: $success; }
    & > .line--quote-3 { color: $accent; }
    & > .line--speaker { text-style: italic; }
    & > .line--speaker-1 { text-style: italic; color: $text-success; }
    & > .line--speaker-2 { text-style: italic; color: $text-accent; }
    & > .line--speaker-3 { text-style: italic; color: $text-primary; }
    & > .line--speaker-4 { text-style: italic; color: $text-error; }
    & > .line--speaker-5 { text-style: italic; color: $text-warning; }
    & > .line--speaker-6 { text-style: italic; color: $text-secondary; }
    & > .line--quote-current { text-style: reverse; }
    & > .line--rule { color: $foreground 30%; }
    & > .line--thread-title { text-style: bold; }
    & > .line--here { color: $primary; text-style: bold; }
    & > .line--author { text-style: bold; color: $text-primary; }
    & > .line--badge { text-style: reverse; }
    & > .line--new { text-style: bold; color: $text-accent; }
    & > .line--deep { color: $text-accent; }
    & > .line--mark-fold { color: $text-muted; }
    & > .line--preview { color: $text-muted; }
    & > .line--bar-1 { color: $primary; }
    & > .line--bar-2 { color: $success; }
    & > .line--bar-3 { color: $accent; }
    & > .line--bar-4 { color: $error; }
    & > .line--bar-5 { color: $secondary; }
    & > .line--bar-6 { color: $warning; }
    & > .line--hint { text-style: bold reverse; }
    & > .line--cited { text-style: italic underline; }
    & > .line--cited-mark { color: $text-accent; text-style: bold; }
    & > .line--dimmed { color: $foreground 60%; text-style: dim; }
    & > .line--peek { background: $panel; }
}
"""
