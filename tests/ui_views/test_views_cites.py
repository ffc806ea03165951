"""What comments quote of the article: marked, and a way there and back."""

from __future__ import annotations

from dataclasses import replace

from screen_text import screen_rows, screen_text
from ui_views.viewkit import COMMENTS, FULL, comment, para, reading, story, thread

QUOTING = (
    *COMMENTS,
    comment("gro", None, "", rank=7, blocks=(
        para("The ferry to the outer islands has been moored since the storm.", quote=1), para("Not quite."),
        para("And: “whatever the weather and the wind may be”? Ha."),
    )),
)  # fmt: skip
STORY = story(held=thread(QUOTING))


async def test_a_passage_is_marked_and_one_goes_there_and_back() -> None:
    async with reading(STORY, (80, 12)) as r:
        r.view.jump_comments()
        r.view.next_root()
        r.view.next_root()
        assert r.current == "gro"
        marked = [row for row in screen_rows(r.view) if "↑" in row]
        assert len(marked) == 2
        row = r.row_of("gro")
        assert r.view.to_passage()
        await r.pilot.pause()
        assert (r.current, r.view.place_context()) == (None, "quoted by Gro")
        lit = ["".join(s.text for s in r.view.render_line(y) if s.style and s.style.reverse) for y in range(12)]
        assert [text for text in lit if text] == ["The ferry to the outer islands has been moored since the storm"]
        assert r.view.to_passage()
        assert (r.current, r.row_of("gro")) == ("gro", row)
        assert r.view.to_passage()
        await r.pilot.pause()
        assert "whatever the weather" in screen_text(r.view)
        assert r.view.escape()
        assert r.view.place_context() == ""
        assert not r.view.to_passage()


async def test_a_comment_that_quotes_nothing_leads_nowhere() -> None:
    async with reading(FULL) as r:
        r.view.jump_comments()
        assert not r.view.to_passage()
        assert "↑" not in screen_text(r.view)
        r.view.find("every morning")
        assert r.view.cites_of(COMMENTS[0]) == ()


async def test_a_hit_and_a_passage_in_one_comment_are_both_shown() -> None:
    async with reading(STORY) as r:
        r.view.find("not quite")
        await r.pilot.pause()
        assert r.current == "gro"
        assert "↑" in screen_text(r.view)
        gone = replace(STORY, article=None)
        r.view.show(gone, 0)
        assert r.view.cites_of(QUOTING[-1]) == ()
