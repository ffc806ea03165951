"""The reading view as a reader sees it, in plain text."""

from __future__ import annotations

from screen_text import screen_text
from ui_views.viewkit import FULL, reading

AT_80 = """

  The ferry waits for Monday
  Coast Post · By Per Writer · Fri 22 Oct 2021 · 1 min · ❝3
  https://coast.example/ferry

  ▎Liv Dahl 2 · ┃the union 1

  The ferry to the outer islands has been moored since the storm.

▎ “The ferry will sail,” Mayor Liv Dahl said. “It will sail on Monday,
▎ whatever the weather and the wind may be.”

  What the crew says
┃ “We shall see,” the union answered, and called the “plan” a hope.

  • Two engines, of which one runs.
  • One captain.

  ▎ A letter from the crew.

  The report is public.

  ── 6 comments · 1 new · fetched 2 hours ago ────────────────────────────────

  ▾ Anna · 1h · 3 replies
    I take that ferry every morning.

    It is late.
  │
  │ ▾ Bo · 1h · 2 replies
  │   ▎ It is late.
  │
  │   It is never late.
  │ │
  │ │ ▾ Cato  OP  · 1h · edited · 1 reply
  │ │   The writer answers.
  │ │ │
  │ │ │ ▾ Dina · 1h  ● new
  │ │ │   Thank you.

  ▾ Erik · 1h · 12 points · 1 reply
    Build a bridge.
  │
  │ ▾ Frida · 1h
  │   With what money?"""

AT_40 = """

  The ferry waits for Monday
  Coast Post · By Per Writer
  Fri 22 Oct 2021 · 1 min · ❝3
  https://coast.example/ferry

  ▎Liv Dahl 2 · ┃the union 1

  The ferry to the outer islands has
  been moored since the storm.

▎ “The ferry will sail,” Mayor Liv Dahl
▎ said. “It will sail on Monday,
▎ whatever the weather and the wind
▎ may be.”

  What the crew says
┃ “We shall see,” the union answered,
  and called the “plan” a hope.

  • Two engines, of which one runs.
  • One captain.

  ▎ A letter from the crew.

  The report is public.

  ── 6 comments · 1 new ───────────────

  ▾ Anna · 1h · 3 replies
    I take that ferry every morning.

    It is late."""


async def test_a_story_and_its_thread_at_80_columns() -> None:
    async with reading(FULL, (80, 50)) as r:
        assert screen_text(r.view) == AT_80[1:]


async def test_at_60_columns_replies_move_in_by_one() -> None:
    async with reading(FULL, (60, 50)) as r:
        text = screen_text(r.view)
    assert "\n  │▾ Bo · 1h · 2 replies\n  │  ▎ It is late.\n  │\n  │  It is never late.\n  ││\n" in text
    assert max(map(len, text.split("\n"))) <= 59


async def test_at_40_columns_nothing_is_lost() -> None:
    async with reading(FULL, (40, 33)) as r:
        assert screen_text(r.view) == AT_40[1:]


async def test_at_120_columns_the_column_stands_a_third_in() -> None:
    async with reading(FULL, (120, 50)) as r:
        rows = screen_text(r.view).split("\n")
    left = (119 - 2 - 76) // 3
    assert rows[1] == " " * (left + 2) + "The ferry waits for Monday"
    assert [row[left:] for row in rows] == [row for row in AT_80[1:].split("\n")]


async def test_the_scrollbar_covers_no_text() -> None:
    async with reading(FULL, (40, 10)) as r:
        assert r.view.show_vertical_scrollbar
        assert all(len(row.rstrip()) <= 39 for row in screen_text(r.view).split("\n"))
