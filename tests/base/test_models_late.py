"""A late dataclass is the standard library's in everything that can be seen of it, whatever is asked of it first."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import threading
from typing import ClassVar

import pytest

from tui_news.models.late import dataclass


def kinds(make):
    """The same class by both decorators."""
    return make(dataclasses.dataclass), make(dataclass)


def frozen(decorate):
    @decorate(frozen=True, slots=True)
    class Boat:
        """A boat."""

        name: str
        masts: int = 1
        crew: tuple[str, ...] = dataclasses.field(default=("kari",), compare=False)
        log: list[str] = dataclasses.field(default_factory=list, compare=False)
        afloat: ClassVar[bool] = True

        @property
        def tall(self):
            return self.masts > 2

    return Boat


def changing(decorate):
    @decorate(slots=True)
    class Tide:
        height: float = 0.0
        names: list[str] = dataclasses.field(default_factory=list)

        def __post_init__(self):
            self.height = round(self.height, 1)

    return Tide


def single(decorate):
    @decorate(frozen=True, slots=True)
    class Buoy:
        name: str

    return Buoy


def with_base(decorate):
    @decorate(frozen=True, slots=True)
    class Craft:
        name: str
        size: int = 2
        marks: tuple[str, ...] = ()

    @decorate(frozen=True, slots=True)
    class Ferry(Craft):
        size: int = 7
        decks: list[int] = dataclasses.field(default_factory=lambda: [1])

        def __hash__(self):
            return hash(self.name)

    return Ferry


def unusual(decorate):
    @decorate(frozen=True, slots=True)
    class Lock:
        name: str
        gates: int = dataclasses.field(default=2, hash=False)
        keeper: str = dataclasses.field(default="nobody", kw_only=True)

    return Lock


def plain(decorate):
    @decorate
    class Quay:
        length: int
        name: str = "north"

    return Quay


NAN = float("nan")
# Each asks one thing of a class; the first is asked of a class of which nothing has been asked before.
ASKED = {
    "shown": lambda cls: repr(cls("x")),
    "equal": lambda cls: (cls("x") == cls("x"), cls("x") == cls("y"), cls("x") == "x"),
    "hashed": lambda cls: hash(cls("x")) == hash(cls("x")),
    "fields": lambda cls: [(f.name, f.type, f.default) for f in dataclasses.fields(cls)],
    "is one": dataclasses.is_dataclass,
    "by values": lambda cls: dataclasses.asdict(cls("x")),
    "other values": lambda cls: repr(dataclasses.replace(cls("x"), **{dataclasses.fields(cls)[-1].name: 5})),
    "matched": lambda cls: cls.__match_args__,
    "copied": lambda cls: repr(copy.copy(cls("x"))),
    "too few": lambda cls: cls(1, 2, 3, 4, 5, 6),
    "made without": lambda cls: cls.__new__(cls) == cls("x"),
    "doc": lambda cls: cls.__doc__,
    "called": lambda cls: str(inspect.signature(cls("x").__init__)),
    "by name": lambda cls: repr(cls(**({"name": "x"} | {dataclasses.fields(cls)[-1].name: 5}))),
    "unknown": lambda cls: cls("x", keel=1),
    "not a number": lambda cls: (cls(NAN) == cls(NAN), cls(float("nan")) == cls(float("nan"))),
    "named": lambda cls: (cls.__qualname__, cls.__module__),
}


def told(ask, cls):
    try:
        return ask(cls)
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize("make", [frozen, plain, single, with_base, unusual], ids=lambda make: make.__name__)
@pytest.mark.parametrize("ask", ASKED)
def test_it_answers_as_the_librarys_does(make, ask):
    if ask == "doc" and make is not frozen:
        pytest.skip("the library writes a signature there, which is what takes the time")
    theirs, ours = kinds(make)
    assert told(ASKED[ask], ours) == told(ASKED[ask], theirs)


@pytest.mark.parametrize("cls", kinds(frozen))
def test_a_frozen_one_cannot_be_changed_and_has_no_room_for_more(cls):
    boat = cls("x")
    for change in (lambda: setattr(boat, "name", "y"), lambda: delattr(boat, "name"), lambda: setattr(boat, "oars", 2)):
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):  # theirs says the latter of `oars`
            change()
    assert not hasattr(boat, "__dict__")
    assert boat.afloat
    assert not boat.tall


@pytest.mark.parametrize("cls", kinds(changing))
def test_one_that_can_change_has_slots_no_hash_and_lists_of_its_own(cls):
    one, other = cls(1.26), cls()
    one.names.append("spring")
    one.height += 1
    assert (one.height, other.names) == (2.3, [])
    with pytest.raises(TypeError):
        hash(one)
    with pytest.raises(AttributeError):
        one.moon = "full"


@dataclass(frozen=True, slots=True)
class Sent:
    word: str
    times: int = 2


def test_what_another_process_sent_is_equal_before_the_class_was_ever_called_here():
    fresh = frozen(dataclass)
    blank = fresh.__new__(fresh)
    blank.__setstate__(["x", 1, (), []])  # as unpickling does
    assert blank == fresh("x")
    assert pickle.loads(pickle.dumps(Sent("ahoy"))) == Sent("ahoy")
    assert [copy.copy(Sent("ahoy", 3)), copy.deepcopy(Sent("ahoy", 3))] == [Sent("ahoy", 3)] * 2


def test_what_another_version_sent_is_refused():
    for state in (["x"], ["x", 1, 2]):
        for _ in range(2):  # the first time its way to be set up is made
            with pytest.raises(ValueError, match="unpack"):
                Sent.__new__(Sent).__setstate__(state)


def test_what_inherits_has_the_fields_of_both():
    @dataclass(frozen=True, slots=True)
    class Base:
        a: int
        b: int = 2

    @dataclass(frozen=True, slots=True)
    class More(Base):
        c: int = 3

    assert repr(More(1)).endswith("More(a=1, b=2, c=3)")
    assert More(1) != Base(1)


def test_what_inherits_from_one_that_was_made_whole_has_its_lists_too():
    @dataclass(frozen=True, slots=True)
    class Base:
        a: int
        b: list[int] = dataclasses.field(default_factory=list)

    assert "Base(a=1, b=[])" in repr(Base(1))

    @dataclass(frozen=True, slots=True)
    class More(Base):
        c: int = 3

    assert (More(1).b, More(1).c) == ([], 3)


def test_many_threads_may_be_the_first():
    for _ in range(20):
        cls, gate, made = frozen(dataclass), threading.Barrier(4), []

        def first(cls=cls, gate=gate, made=made):
            gate.wait()
            made.append(cls("x"))

        threads = [threading.Thread(target=first) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 4
        assert len(set(made)) == 1


def test_nothing_is_made_before_it_is_needed():
    asked = []
    made = frozen(dataclass)
    real = dataclasses.dataclass
    dataclasses.dataclass = lambda **options: asked.append(options) or real(**options)
    try:
        assert made.afloat
        assert not asked
        assert len({made("x"), made("y")}) == 2
        assert not asked, "what everybody needs is made without the library"
        assert dataclasses.replace(made("x"), masts=3).tall
        assert len(asked) == 1, "its fields, without a function"
        assert "Boat" in repr(made("x"))
        assert isinstance(made.__dict__["__dataclass_fields__"], dict)
    finally:
        dataclasses.dataclass = real
    assert asked == [{"init": False, "repr": False, "eq": False}, {"frozen": True}]
