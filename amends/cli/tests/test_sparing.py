"""What keeps the processes of a desk small."""

from __future__ import annotations

import subprocess
import sys

import pytest

from amends.cli import sparing

pytestmark = pytest.mark.process

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


LIBRARIES = """
import hashlib, re, ssl
from cryptography.hazmat.primitives.asymmetric import ec
from pathlib import Path
from amends.cli import sparing
def lies():
    told = Path("/proc/self/smaps_rollup").read_text()
    return sum(int(re.search(name + ":? +([0-9]+)", told)[1]) for name in ("Private_Clean", "Shared_Clean"))
before = lies()
if not sparing.let_go_of_libraries():
    raise SystemExit(3)
print(before - lies())
ec.generate_private_key(ec.SECP256R1())
assert hashlib.sha256(b"").hexdigest().startswith("e3b0c442")
"""
MAPPED = """\
7f10-7f20 r-xp 00001000 fe:00 42 /usr/lib/libone.so
Rss:                  64 kB
Anonymous:             0 kB
VmFlags: rd ex mr mw me
7f20-7f30 r--p 00001000 fe:00 42 /usr/lib/libone.so
Anonymous:            16 kB
7f30-7f40 rw-p 00001000 fe:00 42 /usr/lib/libone.so
Anonymous:             0 kB
7f40-7f50 r--p 00000000 00:00 0
Anonymous:             0 kB
7f50-7f60 r--p 00000000 fe:00 43 /a folder/libtwo.so
Anonymous:             0 kB
"""


def test_libraries_that_were_only_read_lie_nowhere_and_work() -> None:
    done = subprocess.run([sys.executable, "-c", LIBRARIES], capture_output=True, text=True, check=False)
    if done.returncode == 3:
        pytest.skip("this system does not tell what lies where")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 4_000


def test_only_what_is_still_as_in_its_file_is_let_go() -> None:
    """Where a library was put right for its place in memory, its file says something else."""
    assert list(sparing._like_their_files(MAPPED)) == [(0x7F10, 0x7F20), (0x7F50, 0x7F60)]
