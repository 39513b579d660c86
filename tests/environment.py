"""Loaded before Django: tests write into a folder of their own, whatever the shell says."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

KEPT = {"AMENDS_DATABASE"}

for name in [name for name in os.environ if name.startswith("AMENDS_") and name not in KEPT]:
    del os.environ[name]

_folder = tempfile.mkdtemp(prefix="amends-tests-")
os.environ["AMENDS_DATA"] = _folder
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
