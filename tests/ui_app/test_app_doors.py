"""The one way from a stranger's text to a widget: `Content`, markup off. Whatever could be another way is not in use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tui_news.ui import browser
from ui_app.appkit import running
from ui_app.fakedesk import sample_desk

UI = Path(browser.__file__).parent
# Textual's widgets that we use. Another one may read markup out of what it is given: look, then add it.
WIDGETS = {"Static", "Input"}
# What of rich and Textual makes drawn text; none of these reads markup.
DRAWN = {
    "rich.segment": {"Segment"}, "rich.style": {"Style"}, "rich.color": {"Color"}, "rich.text": {"Text"}, "rich.console": {"Console"},
    "textual.content": {"Content", "Span"}, "textual.widgets": WIDGETS,
}  # fmt: skip
READS_MARKUP = {"from_markup", "from_text", "render_markup", "to_content", "render_str", "visualize"}
SHOWN = {"border_title", "border_subtitle", "tooltip", "sub_title", "label", "placeholder", "title"}
# These write to the terminal itself: read them with care.
WRITES = {"ui/stage.py", "ui/stopping.py", "ui/waiting.py", "ui/screens/sending.py"}


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def off(call: ast.Call) -> bool:
    return any(
        k.arg == "markup" and isinstance(k.value, ast.Constant) and k.value.value is False for k in call.keywords
    )


def ours(node: ast.expr) -> bool:
    """A text of our own: a constant, or `Content` made of whatever it is."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Call) and name_of(node.func) == "Content")


def side_doors(source: str, path: str = "") -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            room = DRAWN.get(node.module, set() if node.module.split(".")[0] == "rich" else None)
            bad = [alias.name for alias in node.names if room is not None and alias.name not in room]
            yield from (f"{node.module}.{name} on line {node.lineno}" for name in bad)
        elif isinstance(node, ast.Import):
            yield from (
                f"{a.name} on line {node.lineno}" for a in node.names if a.name.split(".")[0] in ("rich", "textual")
            )
        elif isinstance(node, ast.Call):
            name = name_of(node.func)
            if (name in ("Static", "notify") and not off(node)) or name in READS_MARKUP:
                yield f"{name} on line {node.lineno}"
            told = {k.arg: k.value for k in node.keywords}
            about = told.get("help")
            if name in ("Hit", "DiscoveryHit") and not (
                isinstance(about, ast.Call) and name_of(about.func) == "plainly"
            ):
                yield f"{name} on line {node.lineno}"
            if name in ("print", "write") and path not in WRITES:
                yield f"{name} on line {node.lineno}"
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in SHOWN and not ours(node.value):
                    yield f"{target.attr} on line {node.lineno}"


def test_there_is_no_side_door() -> None:
    found = {}
    for path in UI.rglob("*.py"):
        name = path.relative_to(UI.parent).as_posix()
        found[name] = list(side_doors(path.read_text(encoding="utf-8"), name))
    assert len(found) > 50
    assert {name: doors for name, doors in found.items() if doors} == {}


@pytest.mark.parametrize(
    "source",
    [
        "Static(title)", "Static(str(title))", "Static(content=title.strip())", "self.notify(f'{x}')", "Static(x, markup=on)",
        "widgets.Static(x)", "self.border_title = row.title", "self.tooltip = f'{x}'", "Content.from_markup(x)",
        "from textual.widgets import Label", "from textual.widgets import DataTable as T", "from rich.markup import render",
        "import rich", "from rich import print", "print(x)", "sys.stdout.write(x)", "app.sub_title = feed.title",
        "Hit(1, Content(name), run, help=feed.title)", "DiscoveryHit(Content(x), run, text=x, help=f'{x}')",
    ],
)  # fmt: skip
def test_each_side_door_is_seen(source: str) -> None:
    assert list(side_doors(source))


@pytest.mark.parametrize(
    "source", ["Static(Content(title), markup=False)", "self.notify(x, markup=False)", "self.title = 'tuinews'", "from textual.widgets import Input"]
)  # fmt: skip
def test_the_door_is_none(source: str) -> None:
    assert list(side_doors(source)) == []


@pytest.mark.parametrize(
    "title", ["[/b] x", "[@click=app.quit]tap[/] x", "[red]x[/]", "[b x", "[link=javascript:a]x[/]"]
)
async def test_the_palette_shows_a_strangers_words_as_they_are(title: str) -> None:
    desk = sample_desk()
    desk.all_rows = {at: replace(row, feed=title) for at, row in desk.all_rows.items()}
    desk.feed_list = [
        replace(feed, title=f"{title} {number}", folder=title) for number, feed in enumerate(desk.feed_list)
    ]
    async with running(desk, (120, 40)) as run:
        run.app.action_command_palette()
        await run.pilot.pause()
        for letter in "minister":
            await run.pilot.press(letter)
        await run.app.workers.wait_for_complete()
        for _ in range(50):
            await run.pilot.pause()
            if title in run.text():
                break
        assert title in run.text()
        assert run.app.is_running
