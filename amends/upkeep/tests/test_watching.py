"""What machines that watch the desk are told, and what strangers are not."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

import amends
from amends.channels import inbox
from amends.channels.models import Account, Kept
from amends.flows import taking
from amends.kit import beats, disk, pausing
from amends.kit.models import Beat, JobRun
from amends.upkeep import exposition, figures, readiness
from amends.upkeep.tests.test_away import refuse
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TOKEN = "t0ken-that-nobody-guesses"
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}
MAIL = b"From: a@example.com\r\nTo: help@thimble.example\r\nSubject: x\r\n\r\nWhere is it?\r\n"
LINE = re.compile(
    r"""[a-z_]+(?:\{(?:[a-z]+="[^"\\\n]*",?)*\})? [0-9.e+-]+"""  # name{label="value"} number
)


@pytest.fixture
def working(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    beats.Pulse().beat(timezone.now())


@pytest.fixture
def almost_full(settings: Settings) -> None:
    settings.DISK_FLOOR_SHARE, settings.DISK_FLOOR_BYTES = 1.0, 2**62


def figure(client: Client, name: str) -> float:
    text = client.get("/metrics", headers=WITH_TOKEN).content.decode()
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.M)
    assert found, f"{name} is not told"
    return float(found[1])


def test_a_desk_whose_parts_all_work_is_ready(working: None, client: Client) -> None:
    assert client.get("/readyz").content == b"ready\n"


def test_a_stranger_hears_that_the_desk_is_not_ready_but_not_why(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content, answer["Retry-After"]) == (503, b"not ready\n", "10")
    told = client.get("/readyz", headers=WITH_TOKEN).content.decode()
    assert told == "No worker has run yet: amends worker, or amends run.\n"


def test_a_worker_that_fell_silent_is_missed(working: None, client: Client) -> None:
    Beat.objects.update(at=timezone.now() - timedelta(minutes=5))
    assert "No worker has given a sign of life since" in readiness.reasons(timezone.now())[0]
    assert client.get("/readyz").status_code == 503


def test_a_migration_that_was_not_applied_is_named(working: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'clock'")
    assert "first clock.0001_first" in readiness.reasons(timezone.now())[0]


def test_a_key_file_that_holds_no_key_is_a_reason(working: None, tmp_path: Path, settings: Settings) -> None:
    settings.SECRETS_KEY_FILE = tmp_path / "secrets.key"
    settings.SECRETS_KEY_FILE.write_text("none")
    assert "holds no key" in readiness.reasons(timezone.now())[0]


def test_metrics_are_closed_until_there_is_a_token_and_then_to_all_others(client: Client, settings: Settings) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer t0ken"}, {"Authorization": TOKEN[:-1]}):
        assert client.get("/metrics", headers=headers).status_code == 401


def test_the_figures_are_in_the_format_that_prometheus_reads(working: None, cast: Cast, client: Client) -> None:
    client.get("/")
    answer = client.get("/metrics", headers=WITH_TOKEN)
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.content.decode().splitlines()
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE ")}
    wrong = [line for line in lines if not line.startswith(("# HELP ", "# TYPE ")) and not LINE.fullmatch(line)]
    assert not wrong
    named = {re.split(r"[{ ]", line)[0] for line in lines if not line.startswith("#")}
    assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in named} <= typed


def test_a_label_cannot_begin_a_line_of_its_own() -> None:
    odd = figures.Family("amends_odd", "gauge", "A\nB", [({"page": 'a"b\\c\nd'}, 1.5)])
    assert exposition.text([odd]).splitlines() == [
        "# HELP amends_odd A\\nB",
        "# TYPE amends_odd gauge",
        'amends_odd{page="a\\"b\\\\c\\nd"} 1.5',
    ]


def test_mails_are_counted_by_what_became_of_them(working: None, cast: Cast, client: Client) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    before = figure(client, "amends_mails_kept_total")
    kept = inbox.keep(cast.mailbox, MAIL, source="test", now=hour_ago)
    assert figure(client, "amends_mails_kept_total") >= before + 1
    assert figure(client, "amends_mails_waiting") == 1
    assert figure(client, "amends_mails_waiting_oldest_seconds") >= 3600
    Kept.objects.filter(pk=kept.pk).update(state=Kept.State.TAKEN)
    assert figure(client, "amends_mails_waiting") == 0


def test_jobs_are_counted_over_all_workers(working: None, client: Client) -> None:
    for _worker in range(2):
        pulse = beats.Pulse()
        pulse.ran("take in", 0.5, settled=3)
        pulse.ran("take in", 0.25, failed=True)
        pulse.beat(timezone.now())
    assert figure(client, 'amends_job_runs_total{job="take in"}') == 4
    assert figure(client, 'amends_job_failures_total{job="take in"}') == 2
    assert figure(client, 'amends_job_settled_total{job="take in"}') == 6
    assert figure(client, 'amends_job_seconds_total{job="take in"}') == 1.5
    assert JobRun.objects.get().failed_at is not None


def test_what_could_not_be_written_down_is_written_with_the_next_sign_of_life() -> None:
    pulse = beats.Pulse()
    pulse.ran("take in", 0.5)
    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        pulse.beat(timezone.now())
    pulse.beat(timezone.now())
    assert JobRun.objects.get(job="take in").runs == 1


def test_requests_are_counted_by_whose_page_it_was(working: None, cast: Cast, client: Client) -> None:
    name = 'amends_requests_total{page="portal",outcome="4xx"}'
    client.get("/contact/nobody/")
    before = figure(client, name)
    client.get("/contact/nobody/")
    assert figure(client, name) == before + 1
    assert figure(client, 'amends_request_seconds_bucket{page="portal",le="+Inf"}') == figure(
        client, 'amends_request_seconds_count{page="portal"}'
    )


def test_the_figures_ask_for_few_things(working: None, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        figures.gather(timezone.now())
    assert len(asked) <= 18


@pytest.mark.usefixtures("almost_full")
class TestAFullDisk:
    """reliability §6: below the floor nothing is taken in, and nobody is told that it was."""

    def test_no_mail_is_kept(self, cast: Cast) -> None:
        with pytest.raises(disk.NoRoom):
            taking.take_pipe(MAIL, "help@thimble.example")
        assert not Kept.objects.exists()

    def test_mail_is_taken_in_again_without_a_restart(self, cast: Cast, settings: Settings) -> None:
        with pytest.raises(disk.NoRoom):
            taking.take_pipe(MAIL, "help@thimble.example")
        settings.DISK_FLOOR_SHARE = 0.0
        taking.take_pipe(MAIL, "help@thimble.example")
        assert Kept.objects.filter(source="pipe").count() == 1

    def test_the_desk_is_not_ready_and_says_how_much_is_missing(self, working: None) -> None:
        (reason,) = readiness.reasons(timezone.now())
        assert reason.startswith("The disk is almost full:")

    def test_every_member_reads_it_on_every_page(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.delphine)
        assert "The disk is almost full" in client.get("/people/").content.decode()


def test_the_floor_of_a_large_disk_is_no_waste(settings: Settings) -> None:
    settings.DISK_FLOOR_SHARE, settings.DISK_FLOOR_BYTES = 0.05, 5 * 1024**3
    assert disk.Room(total=20 * 1024**2, free=1024**2 - 1).short
    assert not disk.Room(total=10 * 1024**4, free=6 * 1024**3).short


def test_a_paused_desk_tells_it_and_an_admin_lets_it_work_again(working: None, cast: Cast, client: Client) -> None:
    pausing.pause("It was restored.", timezone.now())
    assert figure(client, "amends_paused") == 1
    client.force_login(cast.delphine)
    page = client.get("/people/").content.decode()
    assert "Nothing is sent" in page
    assert "/settings/resume/" not in page
    assert client.post("/settings/resume/").status_code == 403
    client.force_login(cast.marguerite)
    assert "/settings/resume/" in client.get("/people/").content.decode()
    assert client.post("/settings/resume/").status_code == 303
    assert not pausing.paused()
    assert figure(client, "amends_paused") == 0


def test_the_version_is_that_of_the_package() -> None:
    project = Path(amends.__file__).parent.parent / "pyproject.toml"
    assert f'\nversion = "{amends.__version__}"\n' in project.read_text("utf-8")


def test_mailboxes_in_trouble_are_counted(working: None, cast: Cast, client: Client) -> None:
    Account.objects.filter(pk=cast.mailbox.pk).update(trouble="No such host.")
    assert figure(client, "amends_mailboxes_in_trouble") == 1
