"""What travels between the program and its workers: a length in four bytes, then a pickle.

Both ends are this program, over pipes nobody else holds; nothing from the network is ever unpickled here.
"""

from __future__ import annotations

import importlib
import pickle
import struct
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, NamedTuple

from tui_news.models import TuinewsError

RESULT_LIMIT: Final = 64 * 1024 * 1024
LENGTH: Final = struct.Struct(">I")

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
    """What became of it. value: the result ("done"), the exception ("ours"), an Unforeseen ("other")."""

    what: What
    value: Any = None


def pack(message: Job | Reply) -> bytes:
    """The message with its length in front. Raises what pickle raises."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data


def unpack(data: bytes) -> Any:
    """The message without its length."""
    return pickle.loads(data)  # noqa: S301 - from our own process, see above


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
