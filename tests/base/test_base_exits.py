"""Where words leave the program, file by file: what is printed, and which other programs are started, without a shell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui_news

SRC = Path(tui_news.__file__).parent
# They print. Each cleans what it says, or says numbers and words of its own.
PRINTS = {
    "cli/__init__.py", "cli/output.py", "cli/packing.py", "cli/parser.py", "cli/plain.py", "cli/start.py", "picture.py", "services/agent.py",
    "ui/stopping.py", "ui/waiting.py", "workers/child.py",
}  # fmt: skip
STARTS = {
    "ui/browser.py", "ui/running.py", "cli/plain.py",  # an address, a story, by the person's wish
    "services/courier.py", "workers/process.py",  # our own processes
}  # fmt: skip
PROGRAMS = {"Popen", "run", "call", "check_call", "check_output", "create_subprocess_exec"}
SHELLS = {
    "system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell", "subprocess_shell", "startfile", "posix_spawn", "posix_spawnp",
    "spawnl", "spawnv", "spawnve", "spawnvp", "spawnlp", "execv", "execve", "execvp", "execvpe", "execl", "execlp", "forkpty", "spawn",
}  # fmt: skip
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}


def chain(node: ast.expr) -> list[str]:
    """The names in `a.b.c`."""
    names = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [*names, node.id] if isinstance(node, ast.Name) else names


def exits(source: str, path: str = "") -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            if {"webbrowser", "pty", "commands"} & set(modules) or ("subprocess" in modules and path not in STARTS):
                yield f"{modules[0]} on line {node.lineno}"
        if not isinstance(node, ast.Call):
            continue
        names = chain(node.func)
        first, others = (names[0], set(names[1:])) if names else ("", set[str]())
        prints = names == ["print"] or (first in ("write", "writelines") and {*STREAMS, "os"} & others)
        starts = first in PROGRAMS and {"subprocess", "asyncio"} & others and names != ["run", "asyncio"]
        shells = first in SHELLS and {"os", "subprocess", "asyncio", "loop"} & others
        if (prints and path not in PRINTS) or (starts and path not in STARTS):
            yield f"{first} on line {node.lineno}"
        if shells or any(k.arg == "shell" for k in node.keywords):
            yield f"{first}, maybe a shell, on line {node.lineno}"


def test_words_leave_by_known_exits_only() -> None:
    found = {}
    for file in SRC.rglob("*.py"):
        name = file.relative_to(SRC).as_posix()
        found[name] = list(exits(file.read_text(encoding="utf-8"), name))
    assert len(found) > 200
    assert {name: ways for name, ways in found.items() if ways} == {}


@pytest.mark.parametrize(
    "source",
    [
        "print(x)", "sys.stdout.write(x)", "sys.stderr.buffer.write(x)", "os.write(1, x)", "sys.__stderr__.writelines(x)", "import webbrowser",
        "import subprocess", "from subprocess import run", "os.system(x)", "os.popen(x)", "asyncio.create_subprocess_shell(x)",
        "loop.subprocess_shell(x)", "run(x, shell=True)", "asyncio.create_subprocess_exec(*x)", "os.execvp(x, y)", "subprocess.getoutput(x)",
    ],
)  # fmt: skip
def test_each_exit_is_seen(source: str) -> None:
    assert list(exits(source))


def test_what_is_none() -> None:
    assert list(exits("library.write(x); stream.write(x); asyncio.run(x); workers.run(x)")) == []
