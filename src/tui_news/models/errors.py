"""Errors meant for the reader: each reads as one sentence, "WHAT: WHY; WHAT TO DO"."""

from __future__ import annotations


class TuinewsError(Exception):
    """Base of every error a person may see. str() gives `what: why; todo`."""

    def __init__(self, what: str, why: str = "", todo: str = "") -> None:
        super().__init__(what, why, todo)
        self.what, self.why, self.todo = what, why, todo

    def __str__(self) -> str:
        text = f"{self.what}: {self.why}" if self.why else self.what
        return f"{text}; {self.todo}" if self.todo else text

    def of(self, what: str) -> str:
        """The sentence where what the reader was doing says more than our own `what`."""
        text = str(self)
        return text[:1].upper() + text[1:]


class UsageError(TuinewsError):
    """What was typed does not mean anything: exit code 2 on the command line. lines: what to print under it."""

    def lines(self) -> tuple[str, ...]:
        return ()


class FetchError(TuinewsError):
    """An address could not be fetched.

    kind: "offline" (no route, DNS or connection), "refused" (by our policy), "timeout", "status" (`status` says
    which), "size", "coding", "tls", "protocol". retry_after: seconds the server asked us to wait.
    asked: False when it was left alone because its server had asked for silence before.
    """

    def __init__(
        self,
        kind: str,
        what: str,
        why: str = "",
        todo: str = "",
        *,
        status: int = 0,
        retry_after: int | None = None,
        asked: bool = True,
    ) -> None:
        super().__init__(what, why, todo)
        self.kind, self.status, self.retry_after, self.asked = kind, status, retry_after, asked

    def of(self, what: str) -> str:
        """`what: why; todo.` without the address: no reader typed it, so there is nothing in it to be checked."""
        todo = f"; {self.todo}" if self.todo and self.status != 404 else ""
        return f"{what}: {self.why}{todo}." if self.why else super().of(what)


class FeedError(TuinewsError, ValueError):
    """Bytes that are no feed (or OPML) we can read."""


class ThreadError(TuinewsError):
    """A thread could not be read. kind: "refused", "gone", "limited", "notthis", "broken"."""

    def __init__(self, kind: str, what: str, why: str = "", todo: str = "") -> None:
        super().__init__(what, why, todo)
        self.kind = kind


class LibraryError(TuinewsError):
    """The library cannot be used as it is (locked, damaged, newer schema, read-only)."""
