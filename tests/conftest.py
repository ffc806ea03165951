"""Hypothesis on a busy machine: how long an example takes says nothing about the program, and the same commit is the
same examples, so that a run is not refused for what another run passed.

New ones are looked for by `python scripts/scorecard fuzz`, a hundred thousand a parser, and by `HYPOTHESIS_RANDOM=1 pytest`.
A test that names health checks of its own loses those of this profile: none does.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "shared",
    deadline=None,
    database=None,  # two workers would write the same files
    derandomize=not os.environ.get("HYPOTHESIS_RANDOM"),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("shared")
