"""Where the scorecard finds what it needs, and where it leaves what it found."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / ".scorecard"
