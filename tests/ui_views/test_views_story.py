"""The reading view: places, pages, quotes, search, hints, what it reports."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from screen_text import screen_rows, screen_text
from tui_news.models import Article, Block, Span
from tui_news.ui.widgets.reading_messages import CommentsSeen, LinkOpened, PlaceChanged
from tui_news.ui.widgets.story_doc import Frame, StoryDoc
from tui_news.ui.widgets.story_hints import hint_labels
from tui_news.ui.widgets.thread_state import ThreadState
from ui_views.viewkit import BLOCKS, COMMENTS, FULL, NOW, QUOTES, comment, para, reading, story, thread, with_thread

LONG = tuple(para(f"Paragraph {n} " + "goes on and on with words of the sea " * 6) for n in range(60))
BOOK = story(Article("page", LONG), thread())


# Places.
async def test_pages_go_to_the_end_and_say_so() -> None:
    async with reading(BOOK) as r:
        pages = 0
        while r.view.page(1):
            pages += 1
        assert r.view.top + r.view.rows == r.view.doc.rows  # type: ignore[union-attr]
        assert pages == -(-(r.view.doc.rows - 24) // 22)  # type: ignore[union-attr]
        assert "With what money?" in screen_text(r.view)
        assert r.view.page(-1)
        r.view.to_top()
        assert r.view.top == 0
        assert not r.view.page(-1)


async def test_a_page_keeps_two_rows() -> None:
    async with reading(BOOK) as r:
        before = screen_rows(r.view)
        r.view.page(1)
        assert screen_rows(r.view)[:2] == before[-2:]
        r.view.half_page(-1)
        assert r.view.top == 22 - 12


async def test_the_place_survives_a_resize() -> None:
    async with reading(BOOK) as r:
        for _ in range(6):
            r.view.page(1)
        anchor = json.loads(r.view.position)["at"]
        await r.pilot.resize_terminal(50, 30)
        await r.pilot.pause()
        assert json.loads(r.view.position)["at"][:2] == anchor[:2]
        await r.pilot.resize_terminal(80, 24)
        await r.pilot.pause()
        assert json.loads(r.view.position)["at"][:2] == anchor[:2]


@pytest.mark.parametrize("width", [20, 44, 79, 140])
def test_every_row_is_found_again(width: int) -> None:
    held = thread(COMMENTS)
    doc = StoryDoc(story(held=held), ThreadState(held), width, 76, NOW)
    found = [doc.row_of(doc.anchor(row)) for row in range(doc.rows - 1)]
    assert found == list(range(doc.rows - 1))
    assert doc.row_of(doc.anchor(doc.rows - 1)) == doc.rows - 2


async def test_a_story_opens_where_it_was_left() -> None:
    async with reading(BOOK) as r:
        r.view.page(1)
        r.view.page(1)
        kept, row = r.view.position, r.view.top
    async with reading(replace(BOOK, position=kept)) as r:
        assert r.view.top == row
    async with reading(BOOK) as r:
        r.view.jump_comments()
        r.view.next_comment()
        kept = r.view.position
    async with reading(replace(BOOK, position=kept)) as r:
        assert r.current == "bo"


@pytest.mark.parametrize(
    "position", ["", "nonsense", "[]", "{}", '{"at": 3}', '{"at": ["z", 1]}', '{"at": ["b", 999, 0, 0]}', '{"at": ["c", "x", 0, 0]}', '{"at": ["b", "x", [], {}], "comment": 4}']
)  # fmt: skip
async def test_a_place_that_is_nowhere_is_the_beginning(position: str) -> None:
    async with reading(replace(BOOK, position=position)) as r:
        assert r.view.top == 0
        assert r.current is None


async def test_a_thread_that_arrives_moves_nothing() -> None:
    async with reading(with_thread(BOOK, None)) as r:
        r.view.page(1)
        before = screen_rows(r.view)
        r.view.show(BOOK, NOW + 60)
        await r.pilot.pause()
        assert screen_rows(r.view) == before


async def test_new_comments_above_leave_the_one_being_read_on_its_row() -> None:
    async with reading(BOOK) as r:
        r.view.jump_comments()
        r.view.next_root()
        row = r.row_of("erik")
        more = (comment("zoe", None, "First!\n\nOf all.", rank=0, first_gen=4), *COMMENTS)
        r.view.show(with_thread(BOOK, thread(more, gen=4)), NOW)
        await r.pilot.pause()
        assert (r.current, r.row_of("erik")) == ("erik", row)


async def test_folds_and_cursor_outlive_a_refetch_and_end_with_the_story() -> None:
    async with reading(BOOK) as r:
        r.view.jump_comments()
        r.view.toggle_fold()
        r.view.show(with_thread(BOOK, thread(gen=5)), NOW)
        assert r.current == "anna"
        assert "▸ Anna · 1h · 3 replies · 1 new" in screen_text(r.view)
        r.view.show(story(held=thread(), story_id=8), NOW)
        await r.pilot.pause()
        assert (r.current, r.view.top) == (None, 0)
        r.view.jump_comments()
        assert "▾ Anna" in screen_text(r.view)


async def test_a_story_shown_while_hidden_appears_when_it_is_seen() -> None:
    async with reading(BOOK) as r:
        r.view.page(1)
        kept = r.view.position
        r.view.display = False
        await r.pilot.pause()
        r.view.show(with_thread(BOOK, thread(COMMENTS[:2])), NOW)
        r.view.show(story(story_id=9, title="Another"), NOW)
        r.view.show(replace(BOOK, position=kept), NOW)
        r.view.display = True
        await r.pilot.pause()
        assert r.view.position == kept


async def test_a_view_without_a_story_does_nothing() -> None:
    async with reading(None) as r:
        v = r.view
        moved = [
            v.page(1), v.jump_comments(), v.next_comment(), v.next_root(), v.next_new(), v.toggle_fold(), v.fold_branch(),
            v.level(1), v.fold_all(), v.unfold_all(), v.toggle_quotes(), v.zoom(), v.unzoom(), v.set_order("newest"),
            v.next_quote(), v.show_hints(), v.next_match(), v.peek(), v.to_parent(), v.next_sibling(), v.escape(),
        ]  # fmt: skip
        assert not any(moved)
        v.scroll_lines(1)
        v.to_bottom()
        v.go_to_quote(QUOTES[0])
        v.click_at(3, 3)
        v.set_fetching(True)
        assert (v.position, v.find("x"), v.has_new, v.in_thread, screen_text(v)) == ("", 0, False, False, "")


async def test_fetching_is_said_where_comments_will_be() -> None:
    async with reading(story(), (80, 40)) as r:
        assert "Comments are not fetched yet: r fetches them." in screen_text(r.view)
        r.view.set_fetching(True)
        assert "Comments are loading…" in screen_text(r.view)
        r.view.set_fetching(False)
        assert "Comments are not fetched yet" in screen_text(r.view)


async def test_a_story_without_its_text_says_how_to_get_it() -> None:
    async with reading(story(None, url="", author="", published=None)) as r:
        assert screen_rows(r.view)[1:6] == [
            "  The ferry waits for Monday", "  Coast Post", "", "  The story's text is not here yet: r fetches it.", "",
        ]  # fmt: skip


async def test_the_head_says_what_is_missing_and_counts_speakers_left_out() -> None:
    speakers = "".join(f"“Word {n},” " for n in range(12))
    quotes = tuple(
        replace(QUOTES[0], block=0, start=speakers.index(f"“Word {n},”"), end=speakers.index(f"“Word {n},”") + 6, speaker=f"Speaker number {n}")
        for n in range(12)
    )  # fmt: skip
    opened = story(Article("page", (para(speakers),), quotes, note="Only the beginning."), author="by Hand")
    async with reading(opened, (60, 24)) as r:
        text = screen_text(r.view)
    assert "Coast Post · by Hand · Fri 22 Oct 2021 · 1 min · ❝12" in text
    assert "Speaker number 0 1 · " in text
    assert " · and 10 more\n" in text
    assert "\n  Only the beginning.\n" in text


def test_the_column_stands_in_the_middle_but_a_little_left() -> None:
    assert Frame.of(79, 76) == Frame(0, 76, 77)
    assert Frame.of(119, 76) == Frame(13, 76, 104)
    assert Frame.of(3, 76) == Frame(0, 12, 12)


# Quotes.
async def test_going_from_quote_to_quote() -> None:
    async with reading(FULL, (80, 12)) as r:
        assert r.view.current_quote() is None
        assert r.view.next_quote()
        assert r.view.current_quote() == QUOTES[0]
        assert r.view.place_context() == "quote 1/3 Liv Dahl"
        assert r.view.next_quote()
        assert r.view.next_quote()
        assert not r.view.next_quote()
        assert r.view.current_quote() == QUOTES[2]
        assert "the union answered" in screen_text(r.view)
        assert r.view.next_quote(back=True)
        assert r.view.current_quote() == QUOTES[1]
        r.view.to_bottom()
        assert r.view.current_quote() is None
        assert r.view.next_quote(back=True)
        assert r.view.current_quote() == QUOTES[2]


async def test_the_current_quote_is_reversed_and_terms_are_not_lit() -> None:
    async with reading(FULL) as r:
        r.view.go_to_quote(QUOTES[2])
        await r.pilot.pause()
        strips = [r.view.render_line(row) for row in range(24)]
        lit = ["".join(s.text for s in strip if s.style and s.style.reverse) for strip in strips]
        assert [text for text in lit if text] == ["“We shall see,”"]
        italic = "".join(s.text for strip in strips for s in strip if s.style and s.style.italic)
        assert "“plan”" not in italic
        r.view.go_to_quote(replace(QUOTES[0], block=77))
        assert r.view.current_quote() == QUOTES[2]


# Search.
async def test_finding_goes_through_article_and_folded_comments_and_folds_again() -> None:
    async with reading(FULL, (80, 20)) as r:
        r.view.jump_comments()
        r.view.fold_all()
        r.view.to_top()
        assert r.view.find("it  is LATE") == 2
        assert r.view.place_context() == "match 1/2, 1 folded"
        assert r.current == "anna"
        assert "It is late." in screen_text(r.view)
        assert r.view.next_match()
        assert r.current == "bo"
        assert r.view.next_match()
        assert r.view.place_context() == "match 1/2"
        assert r.view.next_match(back=True)
        assert r.view.place_context() == "match 2/2"
        assert r.view.end_find()
        assert not r.view.end_find()
        assert "▸ Anna" in screen_text(r.view)
        assert r.current == "anna"


async def test_finding_begins_where_the_reader_is() -> None:
    async with reading(BOOK) as r:
        for _ in range(3):
            r.view.page(1)
        top = r.view.top
        assert r.view.find("paragraph") == 60
        assert top <= r.view.top <= top + 24
        shown = screen_text(r.view)
        assert r.view.find("nowhere to be found") == 0
        assert screen_text(r.view) == shown
        assert not r.view.next_match()
        assert r.view.find("[ship(") == 0
        assert r.view.find("  ") == 0


async def test_hits_are_lit() -> None:
    async with reading(FULL) as r:
        r.view.find("ferry")
        await r.pilot.pause()
        lit = {row: r.view.doc.line(r.view.top + row, r.view.lit) for row in range(24)}  # type: ignore[union-attr]
        found = [
            (run.style, line.text[run.start : run.end])
            for line in lit.values()
            if line
            for run in line.runs
            if run.style.startswith("match")
        ]
        assert found == [("match", "ferry"), ("match-current", "ferry"), ("match", "ferry")]


# Hints.
async def test_typing_a_hint_opens_its_link() -> None:
    async with reading(FULL) as r:
        assert r.view.show_hints()
        text = screen_text(r.view)
        assert "The [s]ferry to the outer" in text
        assert "[a]https://coast.example/ferry" in text
        await r.pilot.press("s")
        assert [m.url for m in r.of(LinkOpened)] == ["https://coast.example/f"]
        assert not r.view.hinting
        assert "[s]" not in screen_text(r.view)


async def test_other_keys_and_scrolling_put_hints_out() -> None:
    async with reading(BOOK) as r:
        assert r.view.show_hints()
        await r.pilot.press("1")
        assert not r.view.hinting
        assert not r.view.hint_key("a")
        assert r.view.show_hints()
        assert r.view.escape()
        assert r.view.show_hints()
        r.view.page(1)
        await r.pilot.pause()
        assert not r.view.hinting
        assert not r.of(LinkOpened)


async def test_more_links_than_letters_get_labels_of_two() -> None:
    text = " ".join(f"link{n}" for n in range(40))
    spans = tuple(
        Span(text.index(f"link{n}"), text.index(f"link{n}") + 5, "link", f"https://x.example/{n}") for n in range(40)
    )
    async with reading(story(Article("page", (para(text, *spans),)))) as r:
        r.view.show_hints()
        await r.pilot.press("a", "s")
        assert [m.url for m in r.of(LinkOpened)] == ["https://x.example/0"]
    assert hint_labels(2) == ["a", "s"]
    assert len(set(hint_labels(1000))) == 1000


async def test_links_are_links_for_the_terminal_too() -> None:
    async with reading(FULL) as r:
        links = {s.style.link for row in range(24) for s in r.view.render_line(row) if s.style and s.style.link}
        assert links == {"https://coast.example/ferry", "https://coast.example/f", "https://coast.example/report"}


# Reports.
async def test_the_place_is_told_once_a_change() -> None:
    async with reading(BOOK) as r:
        r.told.clear()
        r.view.page(1)
        r.view.page(1)
        await r.pilot.pause()
        told = r.of(PlaceChanged)
        assert len(told) == 1
        assert told[0].context == ""
        assert 0 < told[0].percent < 100
        r.view.to_bottom()
        await r.pilot.pause()
        last = r.of(PlaceChanged)[-1]
        assert last.percent == 100
        assert last.context.startswith("comment ")


async def test_comments_passed_are_told_once_when_leaving() -> None:
    async with reading(BOOK) as r:
        r.view.jump_comments()
        r.view.next_comment()
        r.view.next_comment()
        r.view.next_comment(back=True)
        r.view.leave()
        await r.pilot.pause()
        assert [(m.story_id, m.ids) for m in r.of(CommentsSeen)] == [(7, ("anna", "bo", "cato"))]
        r.view.leave()
        await r.pilot.pause()
        assert len(r.of(CommentsSeen)) == 1


async def test_comments_on_the_screen_for_a_second_were_seen() -> None:
    async with reading(BOOK, (80, 16)) as r:
        r.view.jump_comments()
        shown = r.view.comments_on_screen()
        assert shown == ["anna", "bo", "cato", "dina"]
        r.view._note_screen(r.view.top - 1)
        await r.pilot.pause()
        assert not r.of(CommentsSeen)
        r.view._note_screen(r.view.top)
        await r.pilot.pause()
        assert [m.ids for m in r.of(CommentsSeen)] == [("anna", "bo", "cato", "dina")]
        r.view.to_top()
        assert r.view.comments_on_screen() == []


# Copying.
async def test_copying_takes_the_text_without_marks_and_margins() -> None:
    async with reading(FULL) as r:
        assert r.view.doc is not None
        first = r.view.doc.article.row_of(1, 0)
        assert first is not None
        selection = Selection(Offset(4, first), Offset(12, first + 1))
        taken = r.view.get_selection(selection)
        assert taken is not None
        assert taken[0] == "he ferry will sail,” Mayor Liv Dahl said. “It will sail on Monday, whatever t"
        everything = r.view.get_selection(Selection(None, None))
        assert everything is not None
        assert "▎ " not in everything[0]
        assert "• One captain." in everything[0]
        assert "It is never late." in everything[0].split("\n")


async def test_selected_text_is_shown_selected() -> None:
    async with reading(FULL) as r:
        await r.pilot.mouse_down(r.view, offset=(2, 1))
        await r.pilot.hover(r.view, offset=(11, 1))
        await r.pilot.mouse_up(r.view, offset=(11, 1))
        await r.pilot.pause()
        assert r.app.screen.get_selected_text() == "The ferry"
        r.view.text_select_all()
        assert r.app.screen.get_selected_text() == "The ferry"


async def test_a_theme_change_redraws() -> None:
    async with reading(FULL) as r:
        before = r.view.render_line(1)
        r.app.theme = "textual-light"
        await r.pilot.pause()
        after = r.view.render_line(1)
        assert before.text == after.text
        assert [s.style for s in before] != [s.style for s in after]


async def test_untitled_and_tables() -> None:
    table = Block("table", "", rows=(("A", "B"), ("1", "2")), head=1)
    async with reading(story(Article("page", (*BLOCKS[:1], table)), title="")) as r:
        rows = screen_rows(r.view)
        assert rows[1] == "  Untitled"
        assert "  A │ B" in rows


async def test_a_story_without_text_says_so() -> None:
    async with reading(story(Article("feed", ()), None)) as r:
        assert "The feed gives no text for this story" in screen_text(r.view)


async def test_how_long_the_rest_takes_is_told_until_its_end() -> None:
    async with reading(BOOK) as r:
        r.view.to_top()
        await r.pilot.pause()
        first = r.of(PlaceChanged)[-1].minutes
        r.view.page(1)
        r.view.half_page(1)
        r.view.to_bottom()
        await r.pilot.pause()
    assert first > 5
    assert r.of(PlaceChanged)[-1].minutes == 0
