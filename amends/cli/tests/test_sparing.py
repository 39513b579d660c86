"""What keeps the processes of a desk small."""

from __future__ import annotations

import subprocess
import sys

import pytest

THREADS = """
import ctypes, threading
from amends.cli import sparing
libc = ctypes.CDLL(None)
if not hasattr(libc, "malloc_stats"):
    raise SystemExit(3)
{tune}
everybody = threading.Barrier(4)
def work():
    kept = [bytes(1_000) for _ in range(100)]
    everybody.wait()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc.malloc_stats()
"""


def heaps(tune: str) -> int:
    """How many heaps four threads made, as the C library tells."""
    done = subprocess.run(
        [sys.executable, "-c", THREADS.format(tune=tune)], capture_output=True, text=True, check=False
    )
    if done.returncode == 3:
        pytest.skip("this C library has one heap anyhow")
    assert done.returncode == 0, done.stderr
    return done.stderr.count("Arena ")


def test_all_threads_take_from_one_heap() -> None:
    assert heaps("") > 1
    assert heaps("sparing.keep_one_heap()") == 1


HOLES = """
import ctypes, os, re
from amends.cli import sparing
libc = ctypes.CDLL(None)
if not hasattr(libc, "mallinfo2"):
    raise SystemExit(3)
sparing.keep_one_heap()
imported = [bytes(600 + number % 400) for number in range(40_000)]
imported = imported[::2]
{fill}
child = os.fork()
if child:
    os.waitpid(child, 0)
    raise SystemExit
def own():
    with open("/proc/self/smaps_rollup") as told:
        return int(re.search(r"Private_Dirty: +([0-9]+)", told.read())[1])
before = own()
needed = [bytes(560 + number % 40) for number in range(1_000)]
print(own() - before)
"""


def copied(fill: str) -> int:
    """KiB that a child copies of what its parent imported, or makes, for the 570 KiB that it needs."""
    done = subprocess.run([sys.executable, "-c", HOLES.format(fill=fill)], capture_output=True, text=True, check=False)
    if done.returncode == 3:
        pytest.skip("this C library does not tell where its heap ends")
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_a_child_does_not_copy_a_page_for_each_hole_between_what_was_imported() -> None:
    assert copied("") > 3_000
    assert copied("assert sparing.fill_holes() > 10_000_000") < 1_500
