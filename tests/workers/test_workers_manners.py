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
group = open('/proc/self/autogroup').read() if os.path.exists('/proc/self/autogroup') else ''
print(os.nice(0), group.rpartition('nice ')[2] or 0)
"""


def told(own_session: bool) -> list[int]:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, start_new_session=own_session)
    assert done.returncode == 0, done.stderr
    return [int(figure) for figure in done.stdout.split()]


def nice_of_ours() -> int:
    # Whoever is in no group (of a container's cgroup, or of a kernel that makes none) finds the file empty.
    return int(GROUP.read_text().rpartition("nice ")[2] or 0)


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
