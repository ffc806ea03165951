"""JSON of an answer, however deep."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.comments.sources import bluesky, hackernews, isso
from tui_news.comments.sources.json_answer import DEEPEST, _read_deep, load, read
from tui_news.models import ThreadError

ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(ANY, st.sampled_from([None, 1]), st.booleans())
def test_the_deep_reader_reads_as_the_quick_one(value, indent, plain):
    text = json.dumps(value, indent=indent, ensure_ascii=plain)
    assert _read_deep(text) == json.loads(text)


@given(ANY, st.data())
def test_what_is_cut_off_is_no_json_to_either(value, data):
    text = json.dumps([value])
    part = text[: data.draw(st.integers(0, len(text) - 1))]
    with pytest.raises(ValueError, match=r"."):
        _read_deep(part)


@pytest.mark.parametrize("text", ["", "]", "[}", "{]", '{"a"}', "{1: 2}", "[1] [2]", "tru", "[1] x", '"', "{[1]}"])
def test_what_is_none(text):
    with pytest.raises(ValueError, match=r"."):
        _read_deep(text)


def test_five_thousand_deep_is_read_and_what_only_wants_to_exhaust_us_is_not():
    value = read('{"a": [' * 5_000 + "1" + "]}" * 5_000)
    depth = 0
    while isinstance(value, dict):
        value, depth = value["a"][0], depth + 1
    assert (value, depth) == (1, 5_000)
    with pytest.raises(ThreadError, match="nest too deep") as caught:
        load(b"[" * (DEEPEST + 1))
    assert caught.value.kind == "broken"


def nested(count, item, end="[]"):
    """Each in the one before; `item` holds %d for the number and %s for what is in it."""
    text = end
    for number in range(count, 0, -1):
        text = f"[{item % (number, text)}]"
    return text


def test_a_chain_of_thousands_from_hacker_news():
    item = '{"id": 1%d, "author": "a", "text": "Yes.", "created_at_i": 1700000000, "children": %s}'
    found = hackernews.parse_tree(f'{{"id": 1, "children": {nested(3_000, item)}}}'.encode())
    assert len(found) == 3_000
    assert found[-1].parent == found[-2].id


def test_a_chain_of_thousands_from_bluesky():
    post = '{"post": {"uri": "at://did:plc:a/app.bsky.feed.post/%d", "record": {"text": "Yes."}}, "replies": %s}'
    tree = bluesky.parse(f'{{"thread": {{"post": {{}}, "replies": {nested(1_200, post)}}}}}'.encode())
    assert len(tree.comments) == 1_200


def test_a_chain_of_thousands_from_isso():
    item = '{"id": %d, "mode": 1, "text": "Yes.", "replies": %s}'
    assert len(isso.parse(f'{{"replies": {nested(1_200, item)}}}'.encode(), "https://a.test/").comments) == 1_200
