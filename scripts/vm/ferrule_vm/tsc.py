# SPDX-License-Identifier: GPL-2.0
"""The time stamp counter, which an emulated CPU has in common with its host.

A kernel measures how fast it counts, against timers that are emulated, too. When
the host is busy that goes wrong: by a factor of twenty, as was seen, and a
guest's seconds are as much too short. So the guest is told.
"""

import ctypes
import mmap
import platform
import time

# rdtsc; shl rdx, 32; or rax, rdx; ret
RDTSC = bytes.fromhex("0f31 48c1e220 4809d0 c3")

MEASURE_S = 0.05
# Ticks a second, of the distribution's kernel and of the debug kernel.
HZ = 250
# Of so many pairs of readings the closest one is not torn apart by another task.
PAIRS = 20


def known():
    """Tell whether this host has a counter, and one that never changes its pace."""
    if platform.machine() != "x86_64":
        return False
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as cpuinfo:
        flags = cpuinfo.read().split()
    return "constant_tsc" in flags and "nonstop_tsc" in flags


def _moment(rdtsc):
    """Return the counter and the time of the same moment."""
    pairs = []
    for _ in range(PAIRS):
        before = time.monotonic_ns()
        ticks = rdtsc()
        after = time.monotonic_ns()
        pairs.append((after - before, ticks, (before + after) // 2))
    return min(pairs)[1:]


def khz():
    """Measure how fast it counts, in thousands a second."""
    page = mmap.mmap(-1, mmap.PAGESIZE,
                     prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(RDTSC)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    rdtsc = ctypes.CFUNCTYPE(ctypes.c_uint64)(address)
    ticks, then = _moment(rdtsc)
    time.sleep(MEASURE_S)
    more_ticks, now = _moment(rdtsc)
    return round((more_ticks - ticks) * 10**6 / (now - then))


def arguments():
    """Return what a kernel is told of it, so that it measures nothing."""
    ticks = khz()
    return f"tsc_early_khz={ticks} lpj={ticks * 1000 // HZ}"
