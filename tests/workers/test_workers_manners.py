"""A process in the background yields to the screen, and never in the name of somebody else's session."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GROUP = Path("/proc/self/autogroup")
CODE = """
import os
from tui_news.workers.manners import stand_back
stand_back(5)
print(os.nice(0), open('/proc/self/autogroup').read().split('nice ')[1] if os.path.exists('/proc/self/autogroup') else 5)
"""


def told(own_session: bool) -> list[int]:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, start_new_session=own_session)
    assert done.returncode == 0, done.stderr
    return [int(figure) for figure in done.stdout.split()]


def nice_of_ours() -> int:
    return int(GROUP.read_text().split("nice ")[1])


def test_a_session_of_its_own_stands_back_as_a_whole() -> None:
    nice, group = told(own_session=True)
    assert nice >= 5
    assert group in (5, 0)  # 0: the kernel takes such a wish ten times a second, and somebody else had one


@pytest.mark.skipif(not GROUP.exists(), reason="only Linux shares among sessions")
def test_another_session_is_left_as_it_is() -> None:
    before = nice_of_ours()
    nice, group = told(own_session=False)
    assert nice >= 5
    assert group == before == nice_of_ours()
