"""What travels between the program and its workers: a length in four bytes, then a pickle, or where that lies.

Both ends are this program, over pipes nobody else holds; nothing from the network is ever unpickled here.
"""

from __future__ import annotations

import importlib
import io
import os
import pickle
import struct
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, NamedTuple

from tui_news.models import TuinewsError

RESULT_LIMIT: Final = 64 * 1024 * 1024
LENGTH: Final = struct.Struct(">I")
IN_ARENA: Final = 1 << 31  # set in the length of a message that lies there
LARGE: Final = 64 * 1024  # bytes of such a message: what a pipe holds

#: Puts a report down and says where, in words that may follow a semicolon; "" without a place for it.
Keep = Callable[[str], str]
What = Literal["done", "ours", "other", "memory", "large"]


class Job(NamedTuple):
    """A call: `spec` is "package.module:function". seconds: CPU; memory: bytes on top of what the process holds."""

    spec: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    seconds: float
    memory: int


class Unforeseen(NamedTuple):
    """An error nobody foresaw: its type's name, and a report fit for strangers (`tui_news.reports`)."""

    name: str
    report: str


class Reply(NamedTuple):
    """What became of it. value: the result ("done"), the exception ("ours"), an Unforeseen ("other"). spent: seconds of
    CPU, as far as they are known."""

    what: What
    value: Any = None
    spent: float = 0.0


def pack(message: Job | Reply) -> bytes:
    """The message with its length in front. Raises what pickle raises."""
    made = io.BytesIO(bytes(LENGTH.size))
    made.seek(LENGTH.size)
    pickle.dump(message, made, protocol=pickle.HIGHEST_PROTOCOL)  # into its place: ten documents are not copied again
    made.getbuffer()[: LENGTH.size] = LENGTH.pack(made.tell() - LENGTH.size)
    return made.getvalue()


def unpack(data: bytes) -> Any:
    """The message without its length."""
    return pickle.loads(data)  # noqa: S301 - from our own process, see above


class Arena:
    """Where a large message lies while only its length goes through the pipe: a file in memory that both have open.

    A pipe holds 64 kB. Ten documents would be thirty turns of a loop that has much else to do, and the worker waits; so
    does one that cannot get rid of its reply. Jobs and replies lie in one file: each is taken before the next comes.
    """

    def __init__(self, number: int) -> None:
        self.number = number

    @classmethod
    def make(cls) -> Arena | None:
        """None where the system has no such files, or no room."""
        try:
            return cls(os.memfd_create("tuinews"))
        except (AttributeError, OSError):
            return None

    def put(self, data: memoryview) -> bool:
        """Whether it lies there now."""
        done = 0
        try:
            while done < len(data):
                done += os.pwrite(self.number, data[done:], done)
        except OSError:
            return False
        return True

    def laid(self, data: bytes) -> bytes:
        """A packed message as it goes through the pipe: where there is no room for it here, all of it."""
        size = len(data) - LENGTH.size
        if size < LARGE or not self.put(memoryview(data)[LENGTH.size :]):
            return data
        return LENGTH.pack(size | IN_ARENA)

    def take(self, size: int) -> bytes:
        """What lies there, and no longer does. Raises OSError or EOFError."""
        data = os.pread(self.number, size, 0)
        os.ftruncate(self.number, 0)
        if len(data) < size:
            raise EOFError
        return data

    def close(self) -> None:
        os.close(self.number)


def find(spec: str) -> Callable[..., Any]:
    """The function named "package.module:function"; imports its module."""
    module, _, name = spec.partition(":")
    function = getattr(importlib.import_module(module), name)
    assert callable(function)
    return function  # type: ignore[no-any-return]


def trouble(spec: str, why: str) -> TuinewsError:
    """The error for a call that brought nothing, in words: "could not extract: took more than 15 s"."""
    return TuinewsError(f"could not {_name(spec)}", why)


def _name(spec: str) -> str:
    return spec.rpartition(":")[2].replace("_", " ")


def failed(spec: str, error: Unforeseen, keep: Keep) -> TuinewsError:
    """The error for a call that met one nobody foresaw; its report is kept."""
    return TuinewsError(f"could not {_name(spec)}", f"an error in the program ({error.name})", keep(error.report))
