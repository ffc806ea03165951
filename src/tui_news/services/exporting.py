"""A story as a document of its own: for the clipboard and for a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui_news.models import Comment, OpenStory, Thread, TuinewsError
from tui_news.paths import typed
from tui_news.services.threads import flatten
from tui_news.text.dates import day
from tui_news.text.plain import markdown, plain_text
from tui_news.text.sanitize import without_login

DEEPEST = 6  # levels of quoting an exported reply is moved in by
LONGEST = 80  # characters of a file's name
TRIES = 1000
STATES = {"deleted": "deleted", "moderated": "removed by a moderator", "gone": "no longer on the site"}


def story_markdown(opened: OpenStory, comments: bool = False) -> str:
    """Title, by whom, where from, the text, and the thread if asked for, as Markdown."""
    parts = [markdown_line("# ", title_of(opened)), _byline(opened, mark="*")]
    if url := opened.story.row.url:
        parts.append(f"<{without_login(url)}>")
    if opened.article is not None:
        parts += [f"*{opened.article.note}*"] if opened.article.note else []
        parts.append(markdown(opened.article.blocks).rstrip())
    if comments and opened.thread is not None and opened.thread.comments:
        parts += ["## Comments", *(_comment(node) for node in _nodes(opened.thread))]
    return "\n\n".join(part for part in parts if part) + "\n"


def story_text(opened: OpenStory, comments: bool = False) -> str:
    """The same as plain text."""
    url = without_login(opened.story.row.url)
    parts = [title_of(opened), "\n".join(part for part in (_byline(opened), url) if part)]
    if opened.article is not None:
        parts += [opened.article.note, plain_text(opened.article.blocks, figures=True, raised=True).rstrip()]
    if comments and opened.thread is not None and opened.thread.comments:
        parts += ["Comments", *(_comment(node, plain=True) for node in _nodes(opened.thread))]
    return "\n\n".join(part for part in parts if part) + "\n"


def comment_markdown(comment: Comment, depth: int = 0) -> str:
    """Who, when, and the text, moved in by its depth."""
    return _comment((comment, depth))


def markdown_line(before: str, text: str) -> str:
    from tui_news.text.markdown import styled

    return before + styled(text, ())


def title_of(opened: OpenStory) -> str:
    return opened.story.row.title or (opened.article.title if opened.article else "") or "Untitled"


def _byline(opened: OpenStory, mark: str = "") -> str:
    row, article = opened.story.row, opened.article
    author = row.author or (article.author if article else "")
    published = row.published or (article.published if article else None)
    by = "" if not author else author if author.casefold().startswith("by ") else f"By {author}"
    said = " · ".join(part for part in (by, row.feed, day(published) if published is not None else "") if part)
    return f"{mark}{said}{mark}" if not mark else f"{mark}{markdown_line('', said)}{mark}"


def _nodes(thread: Thread) -> list[tuple[Comment, int]]:
    return [(thread.comments[node.index], node.depth) for node in flatten(thread.comments, thread.order or "site")]


def _comment(node: tuple[Comment, int], plain: bool = False) -> str:
    comment, depth = node
    who = comment.author or "Anonymous"
    when = f" · {day(comment.created)}" if comment.created is not None else ""
    head = who + when if plain else f"**{markdown_line('', who)}**{when}"
    body = plain_text(comment.blocks, figures=True) if plain else markdown(comment.blocks)
    if comment.state != "live":
        body = f"[{STATES.get(comment.state, comment.state)}]"
    indent = ("  " if plain else "> ") * min(depth, DEEPEST)
    return "\n".join((indent + line).rstrip() for line in [head, "", *body.rstrip().split("\n")])


def file_name(opened: OpenStory) -> str:
    """A name every file system takes: words of the title, joined by hyphens."""
    words = re.sub(r"[^\w]+", "-", title_of(opened)).strip("-_").casefold()
    while len(words.encode("utf-8")) > LONGEST:
        words = words[:-1]
    return words.strip("-") or f"story-{opened.story.row.id}"


def save_text(text: str, path: Path) -> Path:
    """Write a new file, never over another: `name (2).md` when the name is taken. Raises TuinewsError."""
    path = typed(str(path))
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    for number in range(1, TRIES):
        target = path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")
        with _told(target), suppress(FileExistsError), target.open("x", encoding="utf-8") as stream:
            try:
                stream.write(text)
                stream.flush()
            except OSError:  # half a story by its name is worse than none
                target.unlink(missing_ok=True)
                raise
            return target
    raise TuinewsError(f"{path} could not be written", "a thousand files have that name", "give another name")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says of a place that cannot be written, as a sentence."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise TuinewsError(f"{path} could not be written", why, "give another place") from error
