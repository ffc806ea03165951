"""The methods of a dataclass whose fields are of the usual kinds, each made alone.

What `dataclasses` (3.11 to 3.14) does for such a class, these do: `__init__` with the same parameters, equality and
hash of the fields that are compared. What is not usual (an InitVar, a keyword-only field, a default that can change, a
base that is no dataclass of ours) has no `fields` here and is left to the standard library, as are its errors.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from inspect import get_annotations
from operator import attrgetter
from types import MemberDescriptorType
from typing import Any, NamedTuple

MISSING = dataclasses.MISSING


class Plain(NamedTuple):
    """One field. `default`, `factory`: MISSING where there is none."""

    name: str
    kind: object
    default: object
    factory: Any
    compare: bool

    @property
    def optional(self) -> bool:
        return self.default is not MISSING or self.factory is not MISSING


def fields(cls: type, bases: Sequence[tuple[Plain, ...] | None]) -> tuple[Plain, ...] | None:
    """The fields of a class as it was written, after those of its `bases`; None if one of them is not usual."""
    found: dict[str, Plain] = {}
    for base in bases:
        if base is None:
            return None
        found |= {field.name: field for field in base}
    for name, kind in get_annotations(cls).items():
        if str(kind).startswith("ClassVar"):
            continue
        field = _plain(name, kind, getattr(cls, name, MISSING))
        if field is None:
            return None
        found[name] = field
    optional = [field.optional for field in found.values()]
    return tuple(found.values()) if optional == sorted(optional) else None


def _plain(name: str, kind: object, default: Any) -> Plain | None:
    if not isinstance(kind, str) or kind.startswith(("InitVar", "KW_ONLY", "dataclasses.", "typing.")):
        return None
    factory, compare = MISSING, True
    if isinstance(default, dataclasses.Field):
        if not default.init or default.hash is not None or default.kw_only is True:
            return None
        default, factory, compare = default.default, default.default_factory, bool(default.compare)
    if isinstance(default, MemberDescriptorType) or default.__class__.__hash__ is None:
        return None
    return Plain(name, kind, default, factory, compare)


def init(cls: type, plain: tuple[Plain, ...]) -> Callable[..., None]:
    """`__init__`, written and compiled. A frozen class refuses to be set: its slots are filled, or it is set as any
    object is."""
    refuses = any("__setattr__" in base.__dict__ for base in cls.__mro__[:-1])
    known: dict[str, Any] = {"_put": object.__setattr__, "_absent": _Absent()}
    heads, lines = [], []
    for number, field in enumerate(plain):
        name, value, default = field.name, field.name, ""
        if field.factory is not MISSING:
            known[f"_make{number}"] = field.factory
            value, default = f"_make{number}() if {name} is _absent else {name}", "=_absent"
        elif field.default is not MISSING:
            known[f"_default{number}"] = field.default
            default = f"=_default{number}"
        heads.append(f", {name}{default}")
        slot = getattr(cls, name, None) if refuses else None
        if isinstance(slot, MemberDescriptorType):
            known[f"_put{number}"] = slot.__set__
            lines.append(f" _put{number}(self, {value})\n")
        else:
            lines.append(f" _put(self, {name!r}, {value})\n" if refuses else f" self.{name} = {value}\n")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()\n")
    exec(f"def __init__(self{''.join(heads)}):\n{''.join(lines) or ' pass'}", known)  # noqa: S102
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    made.__annotations__ = {field.name: field.kind for field in plain} | {"return": None}
    return made


def refill(cls: type, names: Sequence[str]) -> Callable[[Any, Sequence[object]], None]:
    """`__setstate__` of a class with slots: it fills them with a state's values. ValueError for more or fewer."""
    known = {f"_put{number}": getattr(cls, name).__set__ for number, name in enumerate(names)}
    lines = [f" _put{number}(self, {name})\n" for number, name in enumerate(names)]
    exec(f"def __setstate__(self, state):\n [{', '.join(names)}] = state\n{''.join(lines)}", known)  # noqa: S102
    made: Callable[[Any, Sequence[object]], None] = known["__setstate__"]
    made.__qualname__ = f"{cls.__qualname__}.__setstate__"
    made.__module__ = cls.__module__
    return made


class _Absent:
    """What stands for a list that will be made."""

    def __repr__(self) -> str:
        return "<factory>"


def equal(cls: type, plain: tuple[Plain, ...]) -> Callable[[Any, object], Any]:
    values = _values(plain)

    def __eq__(one: Any, other: object) -> Any:
        return values(one) == values(other) if other.__class__ is one.__class__ else NotImplemented

    return __eq__


def hashing(cls: type, plain: tuple[Plain, ...]) -> Callable[[Any], int]:
    values = _values(plain)

    def __hash__(one: Any) -> int:
        return hash(values(one))

    return __hash__


def _values(plain: tuple[Plain, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """The fields that are compared, as a tuple always: two that are the same thing are equal in one, NaN too."""
    names = [field.name for field in plain if field.compare]
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda one: (getattr(one, names[0]),)) if names else lambda one: ()


MAKERS: Mapping[str, Callable[[type, tuple[Plain, ...]], Any]] = {
    "__init__": init, "__eq__": equal, "__hash__": hashing,
}  # fmt: skip
