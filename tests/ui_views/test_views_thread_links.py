"""Links in comments: hints where there are many, in rows that are full, and in folded and deep ones."""

from __future__ import annotations

from screen_text import screen_rows, screen_text
from tui_news.models import Block, Span
from tui_news.text.cells import cell_len
from tui_news.ui.widgets.reading_messages import LinkOpened
from ui_views.viewkit import chain, comment, reading, story, thread


def linked(name: str, count: int, parent: str | None = None, word: str = "link") -> object:
    """A comment whose words are all links."""
    words = [f"{word}{number}" for number in range(count)]
    spans, at = [], 0
    for number, text in enumerate(words):
        spans.append(Span(at, at + len(text), "link", f"https://{name}.example/{number}"))
        at += len(text) + 1
    return comment(name, parent, blocks=(Block("para", " ".join(words), tuple(spans)),))


def many(*comments: object) -> object:
    return story(held=thread(comments))  # type: ignore[arg-type]


async def test_a_screen_full_of_links_has_a_label_for_each_inside_the_pane() -> None:
    async with reading(many(*(linked(name, 12) for name in "abcde")), (80, 24)) as r:  # type: ignore[arg-type]
        r.view.jump_comments()
        assert r.view.show_hints()
        shown = screen_rows(r.view)
        labels = list(r.view._hints)
        assert len(labels) >= 36
        assert {len(label) for label in labels} == {2}
        for label in labels:
            assert any(f"[{label}]" in row for row in shown), label
        assert max(map(cell_len, shown)) <= 80


async def test_each_label_opens_its_own_link() -> None:
    async with reading(many(linked("a", 30), linked("b", 8, "a")), (80, 24)) as r:  # type: ignore[arg-type]
        r.view.jump_comments()
        r.view.show_hints()
        wanted = {label: link.href for label, link in r.view._hints.items()}
        for label, href in list(wanted.items())[::7]:
            if not r.view.hinting:
                r.view.show_hints()
            r.told.clear()
            for letter in label:
                await r.pilot.press(letter)
            assert [message.url for message in r.of(LinkOpened)] == [href]
        assert not r.view.hinting
        assert "[" not in screen_text(r.view)


async def test_a_link_over_two_rows_has_one_label() -> None:
    text = "see " + "a-very-long-way " * 12
    block = Block("para", text, (Span(4, len(text) - 1, "link", "https://one.example/"),))
    async with reading(many(comment("a", blocks=(block,))), (80, 24)) as r:  # type: ignore[arg-type]
        r.view.jump_comments()
        r.view.show_hints()
        assert [link.href for link in r.view._hints.values() if "one" in link.href] == ["https://one.example/"]


async def test_links_past_the_plateau_are_labelled_too() -> None:
    deep = (*chain(40), linked("z", 9, "c39"))
    async with reading(many(*deep), (60, 24)) as r:  # type: ignore[arg-type]
        r.view.jump_comments()
        r.view.to_bottom()
        assert r.view.show_hints()
        shown = screen_text(r.view)
        assert all(f"[{label}]" in shown for label in r.view._hints)
        assert len(r.view._hints) == 9
