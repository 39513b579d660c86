"""The doctor looks at policy packs: what is refused, and what is in use and gone (ES7)."""

from __future__ import annotations

from pathlib import Path

from django.conf import LazySettings

from amends.clock.models import PackInUse
from amends.upkeep.doctor import packs
from amends.upkeep.doctor.finding import Level
from tests.cast import TUESDAY, Cast


def test_packs_that_are_well_are_counted_es7(cast: Cast, settings: LazySettings, tmp_path: Path) -> None:
    settings.PACKS_DIR = tmp_path
    PackInUse.objects.create(brand=cast.thimble, pack="uk-fca-disp", since=TUESDAY)
    (found,) = packs.findings()
    assert (found.level, found.said) == (Level.OK, "7 can be used, 1 are in use.")


def test_a_refused_pack_and_one_that_is_gone_are_warnings_with_what_to_do_es7(
    cast: Cast, settings: LazySettings, tmp_path: Path
) -> None:
    settings.PACKS_DIR = tmp_path
    (tmp_path / "mine.toml").write_text('id = "mine"\nwekks = 3\n')
    PackInUse.objects.create(brand=cast.thimble, pack="my-shop", since=TUESDAY)
    bad, gone = packs.findings()
    assert bad.level == gone.level == Level.WARN
    assert bad.said == "mine.toml: wekks: there is no such key. It is not used."
    assert gone.said == "my-shop is in use and not there."
