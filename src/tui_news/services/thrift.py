"""Memory handed back to the system when a round of work is over."""

from __future__ import annotations

import ctypes
import gc

MMAP_THRESHOLD, BYTES = -3, 262_144  # M_MMAP_THRESHOLD of mallopt(3); what is larger has pages of its own


def give_back() -> bool:
    """Free what hangs in cycles, and let glibc return its free pages; False where there is no such call.

    glibc moves the size from which a block has pages of its own up to 32 MB by itself, whenever such a block is freed:
    then large blocks lie among small ones, and what is free between them never goes back.
    """
    gc.collect()
    try:
        libc = ctypes.CDLL(None)
        settle, trim = libc.mallopt, libc.malloc_trim
    except (AttributeError, OSError, TypeError):  # macOS and musl return pages by themselves; Windows has no such door
        return False
    settle(MMAP_THRESHOLD, BYTES)
    trim(0)
    return True
