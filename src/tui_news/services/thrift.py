"""Memory handed back to the system when a round of work is over."""

from __future__ import annotations

import ctypes
import gc


def give_back() -> bool:
    """Free what hangs in cycles, and let glibc return its free pages; False where there is no such call."""
    gc.collect()
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # macOS and musl return pages by themselves; Windows has no such door
        return False
    trim(0)
    return True
