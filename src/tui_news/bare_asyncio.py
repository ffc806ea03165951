"""asyncio without the ssl module, which it imports for the sake of its own TLS and works without: 6 ms of 20.

None of ours needs that: the screen's process has no network, and `web.wire` speaks TLS itself, with the ssl of any
Python, when the first secure connection is wanted. `import ssl` gives it everywhere all the same.
"""

from __future__ import annotations

import sys
from importlib import import_module


def spare_ssl() -> None:
    """To be called before either is imported; of what is imported already nothing changes."""
    if "asyncio" not in sys.modules and "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import_module("asyncio")
        finally:
            del sys.modules["ssl"]
