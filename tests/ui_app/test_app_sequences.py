"""What terminals and other programs say on the keyboard's line: read as keys, or as nothing, and never an error."""

from __future__ import annotations

import pytest
from textual.events import Key, Paste, Resize

from tui_news.ui.escapes import Escapes, Sequences


def events(*pieces: str) -> list[object]:
    escapes = Escapes(Sequences(False))
    return [event for piece in pieces for event in escapes.read(piece, False)]


def keys(*pieces: str) -> list[str]:
    return [event.key for event in events(*pieces) if isinstance(event, Key)]


@pytest.mark.parametrize(
    ("said", "pressed"),
    [
        ("\x1b[106u", ["j"]),
        ("\x1b[106;5u", ["ctrl+j"]),
        ("\x1b[106:74;5:1u", ["ctrl+j"]),  # the shifted key beside it, and that it was pressed
        ("\x1b[106;1:2u", ["j"]),  # held down
        ("\x1b[106;5:3u", []),  # let go: another program had asked for it
        ("\x1b[57444;1:3u", []),
        ("\x1b[1;1:1A", ["up"]),
        ("\x1b[1;5:1A", ["ctrl+up"]),
        ("\x1b[1;5:3A", []),
        ("\x1b[106:74;;106u", ["j"]),
    ],
)
def test_the_parts_of_a_key_that_were_not_asked_for(said: str, pressed: list[str]) -> None:
    assert keys(said, "k") == [*pressed, "k"]


@pytest.mark.parametrize(
    "said", ["\x1b[99999999u", "\x1b[1114112;1u", "\x1b[1;2;99999999u", "\x1b[55296u", "\x1b[106;1;57343u"]
)
def test_codes_that_are_no_character(said: str) -> None:
    assert keys(said, "k") == ["k"]


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 80), (99999, 99999), (1, 10**7)])
def test_a_size_that_no_screen_has(rows: int, columns: int) -> None:
    assert not events(f"\x1b[48;{rows};{columns};1;1t")
    assert [type(event) for event in events("\x1b[48;50;200;0;0t")] == [Resize]


@pytest.mark.parametrize("at", range(1, 6))
def test_a_paste_whose_mark_comes_in_two_pieces(at: int) -> None:
    """What is pasted is text: an esc in it begins no key."""
    mark = "\x1b[200~"
    pasted = events("j" + mark[:at], mark[at:] + "one \x1bq", "two\x1b[201", "~k")
    assert [event.text for event in pasted if isinstance(event, Paste)] == ["one qtwo"]
    assert [event.key for event in pasted if isinstance(event, Key)] == ["j", "k"]


def test_what_begins_as_a_paste_is_a_key_after_all() -> None:
    assert keys("\x1b[2", "~j") == ["insert", "j"]
    assert keys("\x1b[20", "\x1bq") == [*keys("\x1b[20", "\x1b[27uq")]


def test_what_is_pasted_holds_no_controls() -> None:
    pasted = "\x1b[200~a\x1b]0;t\x07\x9b31m\u202eb\tc\rd 👩\u200d🚒\x1b[201~"
    (event,) = [event for event in events(pasted) if isinstance(event, Paste)]
    assert event.text == "a]0;t31mb c\nd 👩\u200d🚒"
