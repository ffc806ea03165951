"""The one way from a stranger's text to a widget: `Content`, markup off. Whatever could be another way is not in use,
and markup is read out of nothing even so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.text import Text
from textual.app import App
from textual.content import Content
from textual.fuzzy import Matcher
from textual.notifications import Notification
from textual.widgets import Button, Collapsible, DataTable, Label, OptionList, Static, Tree
from textual.widgets._toast import Toast

from tui_news.ui import browser
from tui_news.ui.literal import marked, switch_markup_off
from ui_app.appkit import running, screen_text
from ui_app.fakedesk import sample_desk

UI = Path(browser.__file__).parent
# Textual's widgets that we use. Another one may read markup out of what it is given: look, then add it.
WIDGETS = {"Static", "Input"}
# What of rich and Textual makes drawn text; none of these reads markup.
DRAWN = {
    "rich.segment": {"Segment"}, "rich.style": {"Style"}, "rich.color": {"Color", "ColorSystem"}, "rich.text": {"Text"}, "rich.console": {"Console"},
    "textual": {"events"}, "textual.content": {"Content", "Span"}, "textual.widgets": WIDGETS, "textual.widget": {"Widget"},
    "textual.command": {"CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider"}, "textual.style": {"Style"},
    "textual.scrollbar": {"ScrollBar", "ScrollBarRender"},
}  # fmt: skip
NOT_DRAWN = (  # other modules of Textual's that nothing can be shown with
    "app", "await_complete", "binding", "cache", "color", "constants", "containers", "css.query", "css.styles", "css.stylesheet", "dom", "driver", "events",
    "filter", "fuzzy", "geometry", "keys", "message", "message_pump", "messages", "reactive", "screen", "scroll_view", "selection", "strip", "suggester",
    "theme", "timer", "worker", "_compositor", "_queue", "_styles_cache", "_xterm_parser",
)  # fmt: skip
READS_MARKUP = {
    "from_markup", "from_text", "from_ansi", "from_meta", "render_markup", "render_str", "to_content", "visualize", "highlight",
}  # fmt: skip
SHOWN = {"border_title", "border_subtitle", "tooltip", "sub_title", "label", "placeholder", "title"}
GIVEN = {"Static", "notify"}  # they read markup unless told not to
SPEAKS = {"print", "write", "writelines", "control", "set_window_title", "bell"}
# These write to the terminal itself, fetch a module by its name, or undo what they forbid: read them with care.
WRITES = {"ui/stage.py", "ui/stopping.py", "ui/waiting.py", "ui/screens/sending.py"}
FETCHES = {"ui/spared.py"}
UNDOES = {"ui/literal.py"}
DRAWS = {"Content", "Strip", "RenderResult"}  # what a `render` may give back: a string would be read as markup


def name_of(node: ast.expr | None) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def off(call: ast.Call) -> bool:
    return any(
        k.arg == "markup" and isinstance(k.value, ast.Constant) and k.value.value is False for k in call.keywords
    )


def ours(node: ast.expr | None) -> bool:
    """A text of our own: a constant, or `Content` made of whatever it is."""
    return (
        node is None
        or isinstance(node, ast.Constant)
        or (isinstance(node, ast.Call) and name_of(node.func) == "Content")
    )


def side_doors(source: str, path: str = "") -> Iterator[str]:
    tree = ast.parse(source)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        for door in _doors(node, path):
            yield f"{door} on line {node.lineno}"  # type: ignore[attr-defined]
        handed = id(node) not in called and name_of(node) if isinstance(node, ast.Attribute) else ""
        if handed in {"notify", *READS_MARKUP} and name_of(node.value) != "settings" and path not in UNDOES:  # type: ignore[attr-defined]
            yield f"{handed} handed on, line {node.lineno}"  # type: ignore[attr-defined]


def _doors(node: ast.AST, path: str) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom | ast.Import):
        yield from _imports(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node, path)
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        yield from _assigned(node)
    elif isinstance(node, ast.ClassDef):
        yield from _classes(node)


def _imports(node: ast.ImportFrom | ast.Import) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (a.name for a in node.names if a.name.split(".")[0] in ("rich", "textual"))
    elif node.module and node.module.split(".")[0] in ("rich", "textual"):
        if node.module.removeprefix("textual.") not in NOT_DRAWN or node.module in DRAWN:
            yield from (f"{node.module}.{a.name}" for a in node.names if a.name not in DRAWN.get(node.module or "", ()))
        yield from (f"{a.name} as {a.asname}" for a in node.names if a.name in GIVEN and a.asname)


def _calls(node: ast.Call, path: str) -> Iterator[str]:
    name, told = name_of(node.func), {k.arg: k.value for k in node.keywords}
    if path not in UNDOES and ((name in GIVEN and not off(node)) or name in READS_MARKUP):
        yield name
    about = told.get("help")
    if name in ("Hit", "DiscoveryHit") and not (isinstance(about, ast.Call) and name_of(about.func) == "plainly"):
        yield name
    if name in SPEAKS and path not in WRITES:
        yield name
    if name in ("import_module", "__import__") and path not in FETCHES:
        yield name
    if (
        "meta" in told
        or (name == "parse" and isinstance(node.func, ast.Attribute) and name_of(node.func.value) == "Style")
        or (name in ("stylize", "stylize_before", "styled") and any(isinstance(a, ast.JoinedStr) for a in node.args))
    ):
        yield f"a style made of data: {name}"
    if name == "SystemCommand" and not all(ours(argument) for argument in node.args[:2]):
        yield name
    if name in ("setattr", "set_reactive") and path not in UNDOES:
        attribute = node.args[1 if name == "setattr" else 0]
        word = attribute.value if isinstance(attribute, ast.Constant) else name_of(attribute)
        if word in SHOWN or (name == "setattr" and not isinstance(attribute, ast.Constant)):
            yield name


def _assigned(node: ast.Assign | ast.AugAssign | ast.AnnAssign) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        for one in ast.walk(target):
            if isinstance(one, ast.Attribute) and one.attr in SHOWN and not ours(node.value):
                yield one.attr
    if name_of(node.value) in GIVEN | READS_MARKUP | SPEAKS:
        yield f"{name_of(node.value)} by another name"


def _classes(node: ast.ClassDef) -> Iterator[str]:
    bases = {name_of(base) for base in node.bases}
    made = [one for one in node.body if isinstance(one, ast.FunctionDef)]
    if "Static" in bases:
        inits = [call for one in made if one.name == "__init__" for call in ast.walk(one) if isinstance(call, ast.Call)]
        if not any(name_of(call.func) == "__init__" and off(call) for call in inits):
            yield f"{node.name}, a Static with markup,"
    for one in made:
        gives = one.returns.slice if isinstance(one.returns, ast.Subscript) else one.returns
        if one.name == "render" and name_of(gives) not in DRAWS:
            yield f"{node.name}.render"


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
        "Hit(1, matcher.highlight(x), run, help=plainly(y))", "S = Static", "from textual.widgets import Static as S", "tell = self.notify",
        "self.call_later(self.notify, x)", "map(Content.from_markup, titles)", "class X(Static):\n  pass",
        "class X(Static):\n  def __init__(self, t):\n    super().__init__(t)", "class X(Widget):\n  def render(self) -> str:\n    return self.t",
        "class X(Widget):\n  def render(self):\n    return self.t", "setattr(w, 'border_title', x)", "setattr(w, name, x)",
        "w.set_reactive(Widget.border_title, x)", "w.border_title += x", "w.tooltip: str = x", "w.tooltip, y = x, 1", "(a, w.label), y = x, 1",
        "from textual import widgets", "from textual.widgets._label import Label", "from textual.visual import visualize",
        "import_module('textual.widgets').Label(x)", "__import__('rich').print(x)", "Text.from_ansi(x)", "c.stylize(f'link={x}')",
        "Style(meta={'@click': x})", "Style.parse(x)", "SystemCommand(feed.title, '', go)", "stream.writelines([x])",
        "console.control(x)",
    ],
)  # fmt: skip
def test_each_side_door_is_seen(source: str) -> None:
    assert list(side_doors(source))


@pytest.mark.parametrize(
    "source",
    [
        "Static(Content(title), markup=False)", "self.notify(x, markup=False)", "self.title = 'tuinews'", "from textual.widgets import Input",
        "class X(Static):\n  def __init__(self):\n    super().__init__(Content(''), markup=False)",
        "class X(Widget):\n  def render(self) -> Content:\n    return Content(self.t)", "w.set_reactive(Widget.x, y)", "setattr(w, 'x', y)",
    ],
)  # fmt: skip
def test_the_door_is_none(source: str) -> None:
    assert list(side_doors(source)) == []


NASTY = [
    "[/b] x",
    "[@click=app.quit]tap[/] x",
    "[red]x[/]",
    "[b x",
    "[link=javascript:a]x[/]",
    "[/] x",
    "[$y]x[/]",
    "$name x",
]


@pytest.mark.parametrize("words", NASTY)
def test_markup_is_read_out_of_nothing(words: str) -> None:
    switch_markup_off()
    assert (Content.from_markup(words).plain, Content.from_markup(words).spans) == (words, [])
    assert Content.from_markup(words, name="y").plain == words
    assert Text.from_markup(words).plain == words
    assert Content.from_text(words).plain == words
    held = Content("x")
    assert Content.from_markup(held) is held
    assert Matcher("x").highlight(words).plain == marked(Matcher("x"), words).plain == words
    assert {type(span.style) for span in marked(Matcher("x"), words).spans} <= {type(Matcher("x").match_style)}


async def test_no_widget_of_textuals_reads_markup_either() -> None:
    class Many(App[None]):
        def compose(self) -> Any:
            switch_markup_off()
            for words in NASTY[:4]:
                yield Static(words)
                yield Label(words)
                yield Button(words)
                yield OptionList(words)
                yield Collapsible(title=words)
                yield Tree[None](words)
            table = DataTable[str]()
            table.add_column("[/b] y")
            table.add_row("[@click=app.quit]cell[/]")
            yield table

        def on_mount(self) -> None:
            self.query(Static).first().border_title = "[/b] border"

    app = Many()
    async with app.run_test(size=(80, 120)) as pilot:
        await pilot.pause()
        shown = screen_text(app)
        assert all(shown.count(words) >= 6 for words in NASTY[:4])
        assert "[@click=app.quit]cell[/]" in shown
        assert "[/b] toast" in Toast(Notification("[/b] toast")).render().plain
        strips = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
        assert not [
            one for one in strips if one.style and "@click" in one.style.meta and "app.quit" in str(one.style.meta)
        ]


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


@pytest.mark.parametrize(
    "title", ["x tap [/b]", "[@click=app.leave_all]tap[/] x", "[red]tap x[/]", "[/] tap", "[b tap x"]
)
async def test_the_palette_marks_what_fits_in_a_feeds_name_and_reads_no_markup_there(title: str) -> None:
    desk = sample_desk()
    desk.feed_list = [replace(feed, title=f"{title} {number}") for number, feed in enumerate(desk.feed_list)]
    async with running(desk, (120, 40)) as run:
        run.app.action_command_palette()
        await run.pilot.pause()
        await run.pilot.press("t", "a", "p", "space", "0")
        await run.app.workers.wait_for_complete()
        for _ in range(50):
            await run.pilot.pause()
            if f"{title} 0" in run.text():
                break
        assert f"{title} 0" in run.text()
        drawn = [segment for strip in run.app.screen._compositor.render_strips() for segment in strip]
        assert not [segment for segment in drawn if segment.style and "@click" in segment.style.meta]
        assert run.app.is_running
