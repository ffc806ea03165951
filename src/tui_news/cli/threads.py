"""A story's thread as text, for pipes and screen readers: indent, author, age, and the rest in words."""

from __future__ import annotations

from tui_news.cli.output import say
from tui_news.models import Comment, OpenStory, Thread
from tui_news.services.threads import Node, flatten
from tui_news.text.dates import ago, ago_words, iso
from tui_news.text.plain import plain_text

INDENT, DEEPEST = 2, 12
ROLES = {"op": "OP", "mod": "moderator", "staff": "staff"}
STATES = {"moderated": "removed by a moderator", "deleted": "deleted", "gone": "no longer on the site"}


def print_thread(opened: OpenStory, now: int) -> None:
    """What is held of the story's thread, with its coverage and age; a sentence where there is none."""
    thread, hint = opened.thread, opened.story.row.comments_hint
    if thread is not None and thread.error:
        say(thread.error + "\n")
    if thread is None or not thread.comments:
        ref = (thread.ref if thread else None) or opened.story.thread
        if ref is not None and not ref.routes and not (thread and thread.error):
            say(f"Only a browser shows the comments: {ref.page_url}")
        say("No comments are held." + (f" The feed counts {hint}." if hint else ""))
        return
    say(f"-- {headline(thread, now)} --\n")
    nodes = flatten(thread.comments, thread.order)
    for node in nodes:
        print_comment(thread, nodes, node, now)


def headline(thread: Thread, now: int) -> str:
    """`12 comments (a part of about 40) · 3 new · fetched 2 days ago`."""
    words = [count(thread.held) + coverage(thread)]
    if new := sum(thread.is_new(comment) for comment in thread.comments):
        words.append(f"{new:,} new")
    if thread.fetched_at:
        words.append(f"fetched {ago_words(thread.fetched_at, now)}")
    return " · ".join(words)


def count(number: int) -> str:
    return f"{number:,} comment{'' if number == 1 else 's'}"


def coverage(thread: Thread) -> str:
    if thread.coverage == "complete":
        return ""
    of = f" of about {thread.total:,}" if thread.total else ""
    return f" ({'the newest' if thread.coverage == 'newest' else 'a part'}{of})"


def print_comment(thread: Thread, nodes: tuple[Node, ...], node: Node, now: int) -> None:
    comment = thread.comments[node.index]
    pad = " " * INDENT * min(node.depth, DEEPEST)
    line = head_line(comment, thread.is_new(comment), now)
    if node.depth > DEEPEST:  # where the indent stops telling, words do
        above = thread.comments[nodes[node.parent].index]
        line += f" [level {node.depth}, to {above.author or 'unknown'}]"
    elif node.orphan:
        line += " [answers a comment that is not here]"
    say(pad + line)
    if comment.blocks:
        for text in plain_text(comment.blocks, figures=True, raised=True).splitlines():
            say(f"{pad}{text}".rstrip())
        say("")


def head_line(comment: Comment, new: bool, now: int) -> str:
    facts = [comment.author] if comment.author or comment.state == "live" else []
    facts = [fact or "unknown" for fact in facts]
    if comment.role in ROLES:
        facts.append(ROLES[comment.role])
    if comment.state != "live":
        facts.append(STATES[comment.state])
    if comment.created is not None:
        facts.append(f"{ago(comment.created, now)} ({iso(comment.created)})")
    if comment.edited is not None and comment.state == "live":
        facts.append("edited")
    if comment.kind == "pingback":
        facts.append("links here")
    if comment.score and comment.state == "live":
        facts.append(f"{comment.score} point{'' if abs(comment.score) == 1 else 's'}")
    if new:
        facts.append("new")
    return " · ".join(facts)
