"""How the benchmark of readers decides that a list is there, and what it prints of a peer that lacks an act."""

from __future__ import annotations

import html
import os
import re


def test_the_server_tells_what_stands_in_its_stories(bench):
    server = bench("feedserver")
    shown = server.document(8, 3, 0).decode()
    titles = [server.title(8, number) for number in (3, 2, 1)]
    assert re.findall(r"<item>\n<title>(.*?)</title>", shown) == titles
    story = html.unescape(server.item(8, 2))
    assert all(word in story for word in server.words(8, 2))


def test_a_list_is_there_when_rows_enough_hold_its_titles_as_far_as_they_fit(bench):
    look = bench("readers").these(["one two three four five six", "seven eight nine ten eleven"], 2)
    first, second = "  12 | N | one two three four fi", "▌ seven eight nine ten eleven"
    assert look([first, "", second])
    assert not look([first, "", "  seven eight"])
    assert not look([first, " " * 70 + "seven eig"])


def test_a_search_finds_a_word_that_few_stories_have(bench, tmp_path):
    readers = bench("readers")
    made = readers.Made(tmp_path, 1000)
    word, titles = made.word()
    assert (made.feeds, made.items, made.stories) == (25, 40, 1000)
    assert readers.LEAST <= len(titles) < 40
    assert set(titles) < set(made.titles())
    assert word == made.word()[0]


def test_the_stored_screen_is_set_against_the_peers_first_and_what_a_peer_lacks_is_a_dash(bench):
    readers, Cost = bench("readers"), bench("visiting").Cost
    found = {
        "first screen": {"tuinews": [Cost(300, 200, 9)], "newsboat": [Cost(100, 50, 9)], "sfeed_curses": [Cost(10, 5, 9)]},
        "first screen, stored": {"tuinews": [Cost(20, 10, 9)]},
        "all stories": {"tuinews": [Cost(10, 5, 9), Cost(30, 25, 9)], "newsboat": [Cost(200, 150, 9)]},
        "MB": {"tuinews": [Cost(50, 0, 0)], "newsboat": [Cost(100, 0, 0)], "sfeed_curses": [Cost(1, 0, 0)]},
    }  # fmt: skip
    assert [line.split() for line in readers.table(found).splitlines()] == [
        ["tuinews", "newsboat", "ratio", "sfeed_curses", "ratio"],
        [
            "first",
            "screen",
            "300.0",
            "[200.0]",
            "100.0",
            "[50.0]",
            "3.00x",
            "[4.00]",
            "10.0",
            "[5.0]",
            "30.00x",
            "[40.00]",
        ],
        ["first", "screen,", "stored", "20.0", "[10.0]", "0.20x", "[0.20]", "2.00x", "[2.00]"],
        ["all", "stories", "20.0", "[15.0]", "200.0", "[150.0]", "0.10x", "[0.10]", "–"],
        ["MB", "50.0", "100.0", "0.50x", "1.0", "50.00x"],
    ]


def test_a_visit_tells_when_the_screen_was_such_and_what_a_key_wrote(bench):
    visiting = bench("visiting")
    script = "stty -echo; printf 'here\\033[2;3Hnow'; read x; printf '\\033[2Jthere'; sleep 60"
    with visiting.Visit(["/bin/sh", "-c", script], {**os.environ, "TERM": "xterm-256color"}) as visit:
        first = visit.first(lambda rows: rows[1].strip() == "now")
        then = visit.press(b"\n", lambda rows: "now" not in "".join(rows) and "there" in "".join(rows))
    assert first.wall > 0
    assert then.written == len("\033[2Jthere")


def test_growth_is_named_by_its_exponent(bench):
    growth = bench("scale").growth
    sizes = [1_000, 10_000, 100_000, 1_000_000]
    told = {last: growth(sizes, [0, 10, 0, last]) for last in (19, 100, 1_000, 1_500, 5_000)}
    assert told == {
        19: "flat", 100: "below linear, 0.50", 1_000: "linear, 1.00", 1_500: "n log n, 1.09", 5_000: "more, 1.35",
    }  # fmt: skip
    assert growth([1_000, 10_000], [0.0, 0.04]) == "flat"  # what is too short to be told from nothing
    assert growth([1_000, 5_000], [1, 5]) == ""
