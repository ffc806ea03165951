"""`subscriptions.opml` beside the library: plain text that outlives any database."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tui_news.models import Subscription

# xml.sax.saxutils does this too, and loads urllib's client to do it: forty milliseconds before the first paint.
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def opml(subscriptions: Iterable[Subscription]) -> str:
    """OPML 2.0; a folder "News/Norway" becomes an outline inside an outline."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += ["<head><title>tuinews subscriptions</title></head>", "<body>"]
    inside: list[str] = []
    for item in sorted(subscriptions, key=lambda item: item.folder.split("/") if item.folder else []):
        path = item.folder.split("/") if item.folder else []
        shared = 0
        while shared < min(len(path), len(inside)) and path[shared] == inside[shared]:
            shared += 1
        lines += ["</outline>"] * (len(inside) - shared)
        lines += [f"<outline text={_attr(name)}>" for name in path[shared:]]
        inside = path
        lines.append(_feed(item))
    lines += ["</outline>"] * len(inside)
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _feed(item: Subscription) -> str:
    title = f" title={_attr(item.title)}" if item.title else ""
    site = f" htmlUrl={_attr(item.site)}" if item.site else ""
    return f'<outline type="rss" text={_attr(item.title or item.url)}{title} xmlUrl={_attr(item.url)}{site}/>'


def _attr(text: str) -> str:
    """Characters that XML cannot hold would make the whole file unreadable: they are dropped."""
    kept = "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    return f'"{kept.translate(_REFERENCES)}"'


def write_atomically(path: Path, text: str) -> None:
    """Whole or not at all, and on the platter when it returns. Raises OSError."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # there may be a password in an address
        with open(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A rename lasts only once its folder is on the platter. Some file systems refuse; nothing more can be done."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
