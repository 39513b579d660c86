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
