"""Films and posts that a page shows in frames and boxes are in the story, whichever way the page was read."""

from __future__ import annotations

import pytest

from tui_news.articles.page import read_page


def story(word: str) -> str:
    return "".join(
        f"<p>{word} number {n} says at some length what was decided about the bridge, by whom, and when it opens.</p>"
        for n in range(8)
    )


def read(between: str, box: str = "txt"):
    page = f"<html><body><nav><a href='/'>Home</a></nav><div class='{box}'>{story('Line')}{between}{story('Row')}</div>"
    return read_page(f"{page}</body></html>", "https://paper.example/bridge").blocks


@pytest.mark.parametrize("box", ["txt", "entry-content"])
@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='https://www.youtube.com/embed/b1'></iframe>",
        "<p><iframe src='https://www.youtube.com/embed/b1'></iframe></p>",
        "<p>See for yourself: <iframe src='https://www.youtube.com/embed/b1'></iframe></p>",
        "<figure><div><iframe data-src='https://www.youtube.com/embed/b1'></iframe></div></figure>",
    ],
)
def test_a_film_stands_where_it_stood(frame, box):
    blocks = read(frame, box)
    film = [n for n, block in enumerate(blocks) if block.kind == "embed"]
    assert [blocks[n].text for n in film] == ["Video: youtube.com"]
    assert blocks[film[0] + 1].text.startswith("Row number 0")
    assert not any("⸸" in block.text for block in blocks)


def test_an_advertisement_in_a_frame_is_none():
    assert not [block for block in read("<iframe src='https://ads.example/slot'></iframe>") if block.kind == "embed"]


@pytest.mark.parametrize("name", ["social-media-embed", "social", "embed-share"])
def test_a_post_is_quoted_whatever_its_box_is_called(name):
    post = "<blockquote class='twitter-tweet'><p>It is a fine bridge, and I walked on it.</p>— Ann (@ann)</blockquote>"
    blocks = read(f"<div class='{name}'><div>{post}</div></div>")
    said = [block for block in blocks if "fine bridge" in block.text]
    assert [(block.kind, block.quote) for block in said] == [("para", 1)]


def test_a_story_cut_into_boxes_is_read_to_its_end():
    boxes = "<div class='ad-break'></div>".join(
        f"<div class='grid'><div class='body chunk'>{story(word)}</div></div>" for word in ("First", "Second", "Third")
    )
    page = f"<html><body><article><h1>The bridge</h1>{boxes}</article></body></html>"
    text = " ".join(block.text for block in read_page(page, "https://paper.example/bridge").blocks)
    assert all(f"{word} number 7" in text for word in ("First", "Second", "Third"))


def test_a_row_of_stories_is_not_joined():
    stories = "".join(
        f"<article><h1>{word}</h1><div class='body chunk'>{story(word)}</div></article>" for word in ("Bridge", "Ferry")
    )
    text = " ".join(b.text for b in read_page(f"<html><body>{stories}</body></html>", "https://paper.example/b").blocks)
    assert "Bridge number 7" in text
