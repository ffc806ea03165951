"""The registry: every action can be carried out, no key means two things, and all that follows from it agrees."""

from __future__ import annotations

import pytest

from tui_news.config import Settings
from tui_news.ui.actions import ACTIONS, ANYWHERE, BY_ID, CONTEXTS, hints, in_context, key_name, keys_markdown
from tui_news.ui.keymap import PRESETS, clashes, make_keymap, split_keys
from tui_news.ui.screens.help import key_lines
from tui_news.ui.screens.reader import reader_class
from ui_app.appkit import running
from ui_app.fakedesk import FakeCourier, FakeDesk

DEFAULT = make_keymap()


def test_every_action_has_a_method() -> None:
    screen = reader_class(DEFAULT)(FakeDesk(), FakeCourier(), DEFAULT, lambda: 0.0, Settings())
    for action in ACTIONS:
        assert callable(screen.handler(action.id)), action.id


def test_ids_are_unique_and_contexts_known() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert all(set(action.contexts) <= set(CONTEXTS) and action.contexts for action in ACTIONS)


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_means_two_things_in_one_place(preset: str) -> None:
    keymap = make_keymap(preset)
    assert clashes(keymap.keys) == []
    assert keymap.problems == ()


def test_the_designs_keys_are_there() -> None:
    wanted = {
        "list": "j k enter l n N space g G m s A u r R o y x / F a e d tab 1 2 3 z ? : q Q",
        "story": 'c C ] [ " f J K',
    }
    wanted["thread"] = "} { ) ( p P X - + 0 9 T Z S y o enter n N"
    for context, keys in wanted.items():
        bound = {key for action in in_context(context) for key in action.keys}
        assert set(keys.split()) <= bound


@pytest.mark.parametrize("context", CONTEXTS)
def test_help_lists_every_action_here_first(context: str) -> None:
    lines = [line.text for line in key_lines(context, DEFAULT, 200)]
    text = "\n".join(lines)
    for action in ACTIONS:
        assert action.help in text
        assert " ".join(map(key_name, action.keys)) in text
    own = next(action for action in in_context(context) if action.contexts != ANYWHERE)
    assert own.help in lines[1]


def test_help_wraps_to_its_width() -> None:
    assert max(len(line.text) for line in key_lines("list", DEFAULT, 50)) <= 50


def test_the_documentations_table_has_every_action() -> None:
    text = keys_markdown()
    assert all(f"`{action.id}`" in text for action in ACTIONS)
    assert "| `j` `↓` | Move down; scroll down | `move.down` |" in text
    assert "(none)" in keys_markdown({})


def test_hints_end_with_help_and_pair_the_way_back() -> None:
    for context in CONTEXTS:
        shown = hints(context, DEFAULT.keys)
        assert shown[-1] == ("?", "keys")
        assert shown[0][0] == "j/k"
    assert ("t", "star") in hints("list", make_keymap("tuinews", {"story.toggle_star": "t"}).keys)


def test_own_keys_take_the_key_from_its_owner() -> None:
    keymap = make_keymap("tuinews", {"story.toggle_star": "m"})
    assert keymap.keys["story.toggle_star"] == ("m",)
    assert keymap.keys["story.toggle_read"] == ()
    assert keymap.first("story.toggle_read") == "story.toggle_read"
    assert clashes(keymap.keys) == []


def test_mistakes_are_sentences() -> None:
    keymap = make_keymap("vim", {"story.star": "s", "move.up": "w", "move.down": "w"})
    assert [p for p in keymap.problems if "preset 'vim'" in p]
    assert [p for p in keymap.problems if "no action 'story.star'" in p]
    assert [p for p in keymap.problems if p.startswith("w cannot be both move.up and move.down")]
    assert clashes(keymap.keys) == []


def test_keys_may_be_written_as_the_documentation_writes_them() -> None:
    keymap = make_keymap("tuinews", {"move.half_down": "ctrl-e, pgdn, ↓, shift-tab, é, +, f5, vertical_line"})
    assert keymap.keys["move.half_down"] == ("ctrl+e", "pagedown", "down", "shift+tab", "é", "+", "f5", "vertical_line")


def test_a_key_that_is_none_is_told() -> None:
    keymap = make_keymap("tuinews", {"app.quit": "Q, ctrl-zz, hyperspace, ctl-x"})
    assert keymap.keys["app.quit"] == ("Q",)
    assert [problem.split("'")[1] for problem in keymap.problems] == ["ctrl+zz", "hyperspace", "ctl-x"]


def test_who_loses_the_last_key_is_told_unless_one_says_so() -> None:
    (problem,) = make_keymap("tuinews", {"story.browse": "s"}).problems
    assert problem.startswith("story.toggle_star has no key now: s is for story.browse.")
    assert make_keymap("tuinews", {"story.browse": "s", "story.toggle_star": ""}).problems == ()
    assert make_keymap("newsboat").problems == ()


def test_nobody_is_locked_in() -> None:
    keymap = make_keymap("tuinews", {"app.quit": "", "app.help": "", "move.up": "ctrl+q,?"})
    assert keymap.keys["app.quit"] == ("ctrl+q",)
    assert keymap.keys["app.help"] == ("?",)
    assert len(keymap.problems) == 2
    assert clashes(keymap.keys) == []


def test_a_list_of_keys() -> None:
    assert split_keys(" j , down,j") == ("j", "down")
    assert split_keys(",") == ("comma",)
    assert split_keys("") == ()


async def test_own_keys_work() -> None:
    async with running(settings=Settings(keys={"story.toggle_star": "b", "nothing.here": "x"})) as run:
        assert "nothing.here" in run.said
        await run.pilot.press("b")
        assert run.desk.all_rows[1].starred
        await run.pilot.press("s")
        assert run.desk.all_rows[1].starred
