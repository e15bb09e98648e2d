"""How much memory a process has held at the most, on any system."""

from __future__ import annotations

import sys
from pathlib import Path

MEGABYTE = 1_000_000
_STATUS = Path("/proc/self/status")


def peak_memory() -> int:
    """The most that this process has held at once so far, in bytes."""
    if sys.platform == "win32":
        return _on_windows()
    if _STATUS.is_file():
        return _high_water(_STATUS.read_text(encoding="ascii", errors="replace"))
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _high_water(status: str) -> int:
    """Linux counts what the starting process held into `ru_maxrss`; its own page on the process does not."""
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024


def peak_of_children() -> int:
    """The same for the largest process that this one started and that has ended; 0 on Windows, which does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if sys.platform == "win32":

    def _on_windows() -> int:
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = [
                ("cb", wintypes.DWORD),
                ("PageFaultCount", wintypes.DWORD),
                ("PeakWorkingSetSize", ctypes.c_size_t),
                *((f"other{place}", ctypes.c_size_t) for place in range(7)),
            ]

        counters = Counters(cb=ctypes.sizeof(Counters))
        process = ctypes.windll.kernel32.GetCurrentProcess
        process.restype = wintypes.HANDLE
        ask = ctypes.windll.psapi.GetProcessMemoryInfo
        ask.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
        ask(process(), ctypes.byref(counters), counters.cb)
        return int(counters.PeakWorkingSetSize)
