"""Dataclasses that are made when they are first used.

The standard library writes and compiles up to six functions for a dataclass while its module is imported: half a
millisecond each. At the first paint we have about a hundred and use a quarter. Here a class gets its slots at once, and
the rest when it is first asked for: `__init__`, `__eq__` and `__hash__` from `lean`, one by one, where all fields are
of the usual kinds; everything else, and every other class, by `dataclasses` itself.

To a type checker, and to whoever reads, this *is* `dataclasses.dataclass`, with the options `frozen` and `slots` only.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cached_property
from inspect import get_annotations
from operator import attrgetter
from threading import RLock
from typing import TYPE_CHECKING, Any

from tui_news.models import lean

MADE = ("__init__", "__repr__", "__eq__", "__hash__")
TOLD = ("__dataclass_params__", "__match_args__", "__dataclass_fields__")
_lock = RLock()  # two threads may be the first


class _Late:
    """The parts that `cls` has yet to get, from `pattern`: the class as it was written, with its defaults."""

    def __init__(self, cls: type, pattern: type, frozen: bool) -> None:
        self.cls, self.pattern, self.frozen, self.done = cls, pattern, frozen, False
        for name in MADE:
            if name not in cls.__dict__:
                setattr(cls, name, self._stub(name))
        for name in TOLD:
            setattr(cls, name, _Told(self, name))
        cls.__late__ = self  # type: ignore[attr-defined]

    @cached_property
    def plain(self) -> tuple[lean.Plain, ...] | None:
        """None for a class that is left to the library."""
        lates = [base.__dict__.get("__late__") for base in reversed(self.pattern.__mro__[1:-1])]
        return lean.fields(self.pattern, [late.plain if late is not None else None for late in lates])

    def _stub(self, name: str) -> Any:
        if name == "__hash__" and not self.frozen:
            return None

        def stub(one: Any, *args: Any, **named: Any) -> Any:
            self.method(name, stub)
            return getattr(self.cls, name)(one, *args, **named)

        return stub

    def method(self, name: str, stub: Any) -> None:
        """Put the method in the place of its stub."""
        with _lock:
            if self.cls.__dict__[name] is not stub:
                return
            if self.plain is not None and name in lean.MAKERS:
                setattr(self.cls, name, lean.MAKERS[name](self.cls, self.plain))
            else:
                self.make()

    def tell(self, name: str) -> None:
        """Put what `dataclasses` looks for in its place. Its fields alone need no function to be written."""
        with _lock:
            if not isinstance(self.cls.__dict__[name], _Told):
                return
            if self.plain is not None and name in TOLD[1:] and self.cls.__bases__ == (object,):
                pattern = _again(self.pattern, __doc__="without one, its signature is reckoned to make one")
                bare = dataclasses.dataclass(init=False, repr=False, eq=False)(pattern)
                setattr(self.cls, name, bare.__dict__[name])
            else:
                self.make()

    def make(self) -> None:
        with _lock:
            if self.done:
                return
            _ = self.plain  # from the class as it was written: what inherits from it may ask later
            self.pattern.__doc__ = self.pattern.__doc__ or self.cls.__name__  # else its signature is reckoned for one
            made: type = dataclasses.dataclass(frozen=self.frozen)(self.pattern)
            for name in (*MADE, *TOLD):
                setattr(self.cls, name, made.__dict__[name])
            self.done = True


class _Told:
    """What `dataclasses` looks for on a class: made when it looks."""

    def __init__(self, late: _Late, name: str) -> None:
        self.late, self.name = late, name

    def __get__(self, one: object, owner: type) -> Any:
        self.late.tell(self.name)
        return self.late.cls.__dict__[self.name]


def _again(cls: type, without: tuple[str, ...] = (), **more: object) -> Any:
    """The same class once more, as it was written."""
    left_out = ("__dict__", "__weakref__", *without)
    held = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    made = type(cls)(cls.__name__, cls.__bases__, held | more)
    made.__qualname__ = cls.__qualname__
    return made


def _slotted(cls: type, frozen: bool) -> type:
    names = tuple(name for name, kind in get_annotations(cls).items() if not str(kind).startswith("ClassVar"))
    made = _again(cls, names, __slots__=names)
    if frozen:
        made.__setattr__ = made.__delattr__ = _refuse
        alone = cls.__bases__ == (object,)
        made.__getstate__, made.__setstate__ = _states(made, names) if alone else (_getstate, _setstate)
    return made  # type: ignore[no-any-return]


def _refuse(one: object, name: str, *value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(one).__name__}.{name} cannot be changed")


def _states(cls: type, names: tuple[str, ...]) -> tuple[Any, Any]:
    """What pickles an instance, and sets one up again: a feed's stories travel between processes by the thousand."""

    def getstate(one: Any) -> Any:
        return values(one)

    def setstate(one: Any, state: Sequence[object]) -> None:
        cls.__setstate__ = lean.refill(cls, names)  # type: ignore[attr-defined]
        cls.__setstate__(one, state)  # type: ignore[attr-defined]

    values = attrgetter(*names) if len(names) > 1 else lambda one: [getattr(one, name) for name in names]
    return getstate, setstate


def _getstate(one: Any) -> list[object]:
    return [getattr(one, field.name) for field in dataclasses.fields(one)]


def _setstate(one: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(one), state, strict=True):
        object.__setattr__(one, field.name, value)


def _dataclass(cls: type | None = None, /, *, frozen: bool = False, slots: bool = False) -> Any:
    if cls is None:
        return lambda cls: _dataclass(cls, frozen=frozen, slots=slots)
    pattern = cls if slots else _again(cls)
    made = _slotted(cls, frozen) if slots else cls
    _Late(made, pattern, frozen)
    return made


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass
