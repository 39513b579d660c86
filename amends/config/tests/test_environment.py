"""Settings: every one is known, and a wrong one is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.config.environment import PATIENCE, PLANNED, Environment, SettingError, database, in_url, reachable
from amends.config.keys import make_key, session_keys


def test_an_unknown_setting_names_the_one_that_was_meant() -> None:
    with pytest.raises(SettingError, match=r"There is no setting AMENDS_DATABSE\. Did you mean AMENDS_DATABASE\?"):
        Environment({"AMENDS_DATABSE": "sqlite"})


def test_a_setting_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    assert Environment({"AMENDS_SECRET_KEY_FILE": str(tmp_path / "key")}).text("SECRET_KEY") == "s3cret"
    with pytest.raises(SettingError, match="cannot be read"):
        Environment({"AMENDS_SECRET_KEY_FILE": str(tmp_path / "gone")})
    (tmp_path / "picture").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match="is no text"):
        Environment({"AMENDS_SECRET_KEY_FILE": str(tmp_path / "picture")})


def test_a_setting_that_should_be_in_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "pwnedpasswords.txt"
    path.write_bytes(b"0" * 70_000)
    with pytest.raises(SettingError, match="is too large; write the value alone into it"):
        Environment({"AMENDS_BREACHED_PASSWORDS_FILE": str(path)})


@pytest.mark.parametrize("value", ["/srv/pwnedpasswords.txt", "lists/own", "https://api.example/range", ""])
def test_a_list_is_a_file_or_an_address(value: str) -> None:
    assert Environment({"AMENDS_BREACHED_PASSWORDS": value}).place("BREACHED_PASSWORDS") == value


@pytest.mark.parametrize(("value", "flag"), [("yes", True), ("0", False), ("TRUE", True), ("off", False), ("", False)])
def test_yes_and_no_are_understood(value: str, flag: bool) -> None:
    assert Environment({"AMENDS_DEMO": value}).flag("DEMO") is flag


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("DEMO", "perhaps", "flag"),
        ("PORT", "http", "number"),
        ("PORT", "70000", "number"),
        ("LOG_LEVEL", "verbose", "level"),
        ("URL", "desk", "url"),
        ("BREACHED_PASSWORDS", "http://api.example/range", "place"),
        ("BREACHED_PASSWORDS", "https://", "place"),
        ("BREACHED_PASSWORDS", "https://[::1", "place"),
        ("URL", "http://[::1", "url"),
        ("URL", "https://example.org/desk", "url"),
        ("CLAMD", "/run/clamav/clamd.ctl", "scanner"),
        ("CLAMD", "scanner.example", "scanner"),
    ],
)
def test_a_value_that_cannot_be_used_says_what_to_write(key: str, value: str, read: str) -> None:
    with pytest.raises(SettingError, match="write"):
        getattr(Environment({f"AMENDS_{key}": value}), read)(key)


def test_no_scanner_is_named_unless_somebody_names_one() -> None:
    assert Environment({}).scanner("CLAMD") is None
    assert str(Environment({"AMENDS_CLAMD": "127.0.0.1:3310"}).scanner("CLAMD")) == "127.0.0.1:3310"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "[::1]"),
        ("::1", "[::1]"),
        ("2001:db8::7", "[2001:db8::7]"),
        ("desk.example", "desk.example"),
    ],
)
def test_a_desk_that_listens_everywhere_is_found_here(host: str, url: str) -> None:
    assert in_url(reachable(host)) == url


def test_sqlite_waits_for_the_disk_and_locks_at_once(tmp_path: Path) -> None:
    """reliability §0.7."""
    options = database("sqlite", tmp_path)["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_is_one_setting(tmp_path: Path) -> None:
    given = database("postgresql://desk:p%40ss@db.example:5433/amends", tmp_path)
    assert (given["USER"], given["PASSWORD"], given["HOST"], given["PORT"], given["NAME"]) == (
        "desk",
        "p@ss",
        "db.example",
        "5433",
        "amends",
    )
    with pytest.raises(SettingError, match="write sqlite or postgresql"):
        database("mysql://x/y", tmp_path)


def test_how_postgresql_is_reached_is_passed_on(tmp_path: Path) -> None:
    given = database(
        "postgresql://desk@db.example/amends?sslmode=verify-full&sslrootcert=%2Fetc%2Fca+1.pem&connect_timeout=7",
        tmp_path,
    )
    chosen = {"sslmode": "verify-full", "sslrootcert": "/etc/ca+1.pem", "connect_timeout": "7"}
    assert given["OPTIONS"] == {**PATIENCE, **PLANNED, **chosen}
    assert database("postgresql:///amends?host=/run/postgresql", tmp_path)["OPTIONS"] == {
        **PATIENCE,
        **PLANNED,
        "host": "/run/postgresql",
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("postgresql://db.example:fifty/amends", r"AMENDS_DATABASE.*port"),
        ("postgresql://db.example:70000/amends", r"AMENDS_DATABASE.*port"),
        ("postgresql://[::1/amends", r"AMENDS_DATABASE.*write"),
        ("postgresql://db.example/amends?sslmod=require", r"sslmod.*Did you mean sslmode"),
        ("postgresql://db.example/amends?pool=yes", r"no option pool"),
        ("postgresql://db.example/amends?sslmode", r"sslmode=…"),
    ],
)
def test_a_database_that_is_written_wrongly_is_refused(tmp_path: Path, value: str, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        database(value, tmp_path)


def test_a_refused_database_does_not_show_its_password(tmp_path: Path) -> None:
    for end in (":fifty/amends", "/amends?sslmod=require", "/"):
        with pytest.raises(SettingError) as caught:
            database(f"postgresql://desk:s3cret@db.example{end}", tmp_path)
        assert "s3cret" not in str(caught.value)


def test_a_session_key_that_was_lost_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "session.key").write_text("\n")
    with pytest.raises(SettingError, match="holds no key"):
        make_key(tmp_path / "session.key")


GOOD_KEY = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("weak", ["x", GOOD_KEY[:-1], "x" * 64, f"{GOOD_KEY}\nold"])
def test_a_secret_that_could_be_guessed_signs_nothing(tmp_path: Path, weak: str) -> None:
    """A line that is still accepted opens as much as the first one."""
    with pytest.raises(SettingError, match=r"AMENDS_SECRET_KEY is too easily guessed; write at least 32 .*openssl"):
        session_keys(weak, tmp_path / "session.key")
    (tmp_path / "session.key").write_text(weak)
    with pytest.raises(SettingError, match=r"session\.key is too easily guessed"):
        session_keys("", tmp_path / "session.key")


def test_a_good_secret_signs_and_the_one_that_the_desk_makes_does(tmp_path: Path) -> None:
    assert session_keys(f"{GOOD_KEY}\n\n{GOOD_KEY[::-1]}", tmp_path / "session.key") == [GOOD_KEY, GOOD_KEY[::-1]]
    made = session_keys("", tmp_path / "session.key")
    assert made == session_keys("", tmp_path / "session.key") != [GOOD_KEY]
