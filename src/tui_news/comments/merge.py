"""What a fetch changes in a held thread. Pure: the store applies the result in one transaction.

The rules: a comment goes only on evidence; a route that cannot know a field never overwrites it; folds, seen
marks and the generation a comment arrived in stay with its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from tui_news.comments.tree import cut_cycles, link
from tui_news.models import Comment, Fetched
from tui_news.models.late import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Merge:
    """upserts: comments to write (new or changed). removed: ids to delete. warnings: sentences."""

    upserts: tuple[Comment, ...] = ()
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def merge(held: Sequence[Comment], fetched: Fetched, *, gen: int, now: int, keep_removed: bool = False) -> Merge:
    """Merge a fetch into the held comments. gen: this fetch's number, from 1; now: Unix seconds.

    keep_removed: comments that went keep their words, and their place though nobody answered them.
    """
    before = {comment.id: comment for comment in held}
    arrived, warnings = _unique(fetched.comments)
    merged = dict(before)
    for comment in arrived:
        old = before.get(comment.id)
        merged[comment.id] = _updated(old, comment, fetched, now) if old else replace(comment, first_gen=gen)
    lost, doubt = _lost(before, arrived, fetched)
    for gone in lost:
        merged[gone] = replace(before[gone], state="gone")
    if not keep_removed:
        merged = {key: _emptied(comment) for key, comment in merged.items()}
    kept = _needed(merged)
    warnings += doubt + _cycle_warning(merged.values())
    upserts = tuple(comment for key, comment in merged.items() if key in kept and before.get(key) != comment)
    removed = tuple(key for key in before if key not in kept)
    return Merge(upserts, removed, (*fetched.warnings, *warnings))


def _unique(comments: Iterable[Comment]) -> tuple[list[Comment], list[str]]:
    """The first of each id, none its own parent."""
    seen: dict[str, Comment] = {}
    twice = selfish = 0
    for comment in comments:
        if comment.id in seen:
            twice += 1
            continue
        if comment.parent == comment.id:
            selfish += 1
            comment = replace(comment, parent=None)
        seen[comment.id] = comment
    warnings = [f"{twice} comments came twice; the first of each was kept."] if twice else []
    if selfish:
        warnings.append(f"{selfish} comments named themselves as their parent.")
    return list(seen.values()), warnings


def _updated(old: Comment, new: Comment, fetched: Fetched, now: int) -> Comment:
    """`old` with what the route knows better. Empty never overwrites; fold, seen and first_gen stay."""
    if new.state != "live":
        parent, rank = _parent(old, new, fetched), _either(new.rank, old.rank)
        return replace(old, state=new.state, parent=parent, rank=rank)
    brought = "body" in fetched.knows and bool(new.blocks or new.body)
    body = brought or not (old.blocks or old.body)
    edited = now if body and old.state == "live" and _reworded(old, new) else old.edited
    return replace(
        old,
        parent=_parent(old, new, fetched),
        author=(new.author if "author" in fetched.knows else "") or old.author or new.author,
        created=(new.created if "created" in fetched.knows else None) or _either(old.created, new.created),
        body=new.body if body else old.body,
        body_kind=new.body_kind if body else old.body_kind,
        blocks=new.blocks if body else old.blocks,
        author_id=_either(new.author_id, old.author_id),
        author_url=_either(new.author_url, old.author_url),
        edited=_either(new.edited, edited),
        url=_either(new.url, old.url),
        score=_either(new.score, old.score),
        rank=_either(new.rank, old.rank),
        role=new.role or old.role,
        kind=new.kind if fetched.route == "rest" or new.kind != "comment" else old.kind,
        state="live",
    )


def _either(first: T | None, second: T | None) -> T | None:
    return second if first is None else first


def _parent(old: Comment, new: Comment, fetched: Fetched) -> str | None:
    """A tree learnt from a route that knows it survives a later fetch by one that does not."""
    return new.parent if "parent" in fetched.knows else _either(old.parent, new.parent)


def _reworded(old: Comment, new: Comment) -> bool:
    """Whether the words changed. Letters and digits: routes differ in spaces, quotes, emoji images."""
    before, after = _letters(old), _letters(new)
    return bool(before) and before != after


def _letters(comment: Comment) -> str:
    return "".join(filter(str.isalnum, "".join(block.text for block in comment.blocks))).casefold()


def _lost(before: Mapping[str, Comment], arrived: Sequence[Comment], fetched: Fetched) -> tuple[list[str], list[str]]:
    """Held comments this fetch proves gone: all absent ones of a complete fetch; of a window of the newest
    those newer than its oldest (not as old: the cut may fall between two of one second); else none."""
    here = {comment.id for comment in arrived}
    absent = [comment for key, comment in before.items() if key not in here and comment.state == "live"]
    if not absent or fetched.coverage == "partial":
        return [], []
    if not arrived and not (fetched.coverage == "complete" and fetched.total == 0):
        return [], [f"Nothing came where {len(before)} comments are held; they were kept."]
    if fetched.route == "rest":  # WordPress' REST lists no pingbacks: their absence says nothing
        absent = [comment for comment in absent if comment.kind != "pingback"]
    if fetched.coverage == "complete":
        return [comment.id for comment in absent], []
    dates = [comment.created for comment in arrived if comment.created is not None]
    if not dates:
        return [], []
    return [comment.id for comment in absent if (comment.created or 0) > min(dates)], []


def _emptied(comment: Comment) -> Comment:
    """People delete for reasons: the words of a comment that is gone are not kept."""
    if comment.state == "live" or not (comment.body or comment.blocks):
        return comment
    return replace(comment, body="", blocks=())


def _needed(merged: Mapping[str, Comment]) -> set[str]:
    """Live comments, those that kept their words, and those of neither kind that one of them hangs below."""
    kept: set[str] = set()
    for comment in merged.values():
        at: Comment | None = comment if comment.state == "live" or comment.body or comment.blocks else None
        while at is not None and at.id not in kept:
            kept.add(at.id)
            at = merged.get(at.parent) if at.parent is not None else None
    return kept


def _cycle_warning(comments: Iterable[Comment]) -> list[str]:
    parents = link(list(comments))
    cut = sum(before != after for before, after in zip(parents, cut_cycles(parents), strict=True))
    return [f"{cut} replies went round in a circle; the circle was cut."] if cut else []
