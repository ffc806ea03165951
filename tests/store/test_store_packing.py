"""What the library keeps of a story's lesser parts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.comments.sources import find_ref
from tui_news.models import Enclosure, ParsedEntry, Route, ThreadRef
from tui_news.store.connection import storable
from tui_news.store.packing import (
    _COMMONLY,
    expand,
    pack_extras,
    pack_ref,
    pack_story,
    short_ref,
    squeeze,
    unpack_extras,
    unpack_ref,
)

SITE = "https://blog.example"
POST = ParsedEntry(f"{SITE}/?p=12", f"{SITE}/2026/story", "A title", "Ann", 1, comments=f"{SITE}/2026/story#comments")
TEXTS = st.text(max_size=20) | st.sampled_from(("\x01", "\x02", "\x030", "", f"{SITE}/a", f"{SITE}/?a=1", *_COMMONLY))
REFS = st.builds(
    ThreadRef, TEXTS, TEXTS, st.lists(st.builds(Route, TEXTS, TEXTS), max_size=3).map(tuple), TEXTS | st.just(f"{SITE}/a#b"),
    st.none() | st.integers(0, 99), st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
)  # fmt: skip


@given(REFS)
def test_a_thread_is_the_same_again_however_it_is_kept(ref: ThreadRef) -> None:
    assert unpack_ref(pack_ref(ref)) == ref
    assert unpack_ref(short_ref(ref)) == ref


@given(REFS, st.lists(TEXTS | st.just("\ud800\x00"), max_size=3))
def test_a_thread_and_tags_are_plain_json(ref: ThreadRef, tags: list[str]) -> None:
    routes = [[route.name, route.url] for route in ref.routes]
    told = [ref.source, ref.key, routes, ref.page_url, ref.count_hint, ref.meta]
    assert pack_ref(ref) == json.dumps(told, separators=(",", ":"))
    assert pack_extras((), tags) == (json.dumps([[], tags], separators=(",", ":")) if tags else "")


def test_what_a_posts_thread_repeats_is_said_once() -> None:
    ref = find_ref(POST, f"{SITE}/", "")
    long, short = pack_ref(ref), short_ref(ref)
    assert long is not None
    assert short is not None
    assert len(short) < 0.6 * len(long)
    assert unpack_ref(short) == unpack_ref(long) == ref


@pytest.mark.parametrize("text", ["", "\x01", "\x01a", "\x01a\x01", "\x01a\x01{}", "\x01a\x01[1,2]", "null"])
def test_what_is_no_thread_is_none(text: str) -> None:
    assert unpack_ref(text) is None


@given(st.text(max_size=80))
def test_any_text_is_a_thread_or_none(text: str) -> None:
    unpack_ref(text)
    unpack_ref("\x01" + text)


def test_a_story_as_it_is_kept() -> None:
    packed = pack_story("<p>Text</p>", ThreadRef("a", "b", (), "c"), (Enclosure("u", "audio/mp3", 5),), ("tag",))
    assert expand(packed.html) == b"<p>Text</p>"
    assert not packed.routed  # only a browser shows it
    assert unpack_extras(packed.extras) == ((Enclosure("u", "audio/mp3", 5),), ("tag",))
    assert json.loads(packed.extras)
    assert pack_story("", None) == (b"", None, "", False)


@pytest.mark.parametrize("text", ["", "a", "é“😀", "a\ud800", "\udc00\ud83d\ude00"])
def test_a_body_is_kept_as_it_can_be_stored(text: str) -> None:
    assert expand(squeeze(text)) == expand(squeeze(storable(text).encode())) == storable(text).encode()
