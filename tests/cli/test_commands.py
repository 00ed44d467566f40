"""Every command of the contract: results, exit statuses, --json, and what is left when it says no."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS, NOT_YET
from bot.domain.people import normal_code
from bot.simulator.client import SimulatorClient
from tests.cli.conftest import SECRET, TOKEN, Cli, database_of

ROOT = Path(__file__).resolve().parent.parent.parent
DEE = ("--agency", "dee")
YEAR = (*DEE, "--fiscal-year", 2567)


# Usage


@pytest.mark.parametrize("command", NOT_YET)
def test_a_command_that_is_still_to_come_says_so(bare_cli: Cli, command: str) -> None:
    ran = bare_cli(command, "whatever", "--json")
    assert ran.status == 2
    assert command in ran.problem


def test_no_command_an_unknown_one_and_a_missing_argument_are_wrong_usage(bare_cli: Cli) -> None:
    for arguments in ([], ["dance"], ["invite"], ["plan", "export"], ["round", "set", "--round", "7"]):
        ran = bare_cli(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err


def test_every_command_explains_itself(bare_cli: Cli) -> None:
    everything = bare_cli("--help")
    assert everything.status == 0
    for command in COMMANDS:
        assert command in everything.out
        assert bare_cli(command, "--help").status == 0


# Settings and the database

READING = [
    ("agency", "list"),
    ("channel", "list"),
    ("round", "list"),
    ("export", *YEAR),
    ("wait", "--timeout", "0"),
    ("remind", "--dry-run"),
    ("invite", *DEE, "--role", "admin", "--name", "มานี"),
]


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_without_init_a_command_names_it_and_makes_no_database(
    bare_cli: Cli, tmp_path: Path, command: tuple[str, ...]
) -> None:
    ran = bare_cli(*command)
    assert (ran.status, ran.out) == (2, "")
    assert "init" in ran.problem
    assert not (tmp_path / "data" / "kaona.db").exists()


def test_init_makes_the_database_and_may_be_repeated(bare_cli: Cli, tmp_path: Path) -> None:
    assert [bare_cli("init").status, bare_cli("init").status] == [0, 0]
    assert (tmp_path / "data" / "kaona.db").stat().st_size > 0
    assert bare_cli("agency", "list").status == 0


@pytest.mark.parametrize("command", [("init",), ("agency", "list")])
def test_a_database_that_is_not_there_is_a_failure_that_names_the_place(
    bare_cli: Cli, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://kaona:s3cret@127.0.0.1:9/kaona")
    ran = bare_cli(*command)
    assert ran.status == 3
    assert "127.0.0.1" in ran.problem
    assert "s3cret" not in ran.problem


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "sqlite:///{file}/below/kaona.db"])
def test_a_database_url_that_cannot_be_is_named(
    bare_cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATABASE_URL", url.format(file=tmp_path / "file"))
    ran = bare_cli("init")
    assert ran.status in (2, 3)
    assert "DATABASE_URL" in ran.problem or "database" in ran.problem


def test_a_file_that_is_no_database_is_left_alone(
    bare_cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "letter.db"
    file.write_bytes(b"Dear sir, this is a letter. " * 400)
    before = file.read_bytes()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    for command in (("init",), ("agency", "list")):
        ran = bare_cli(*command)
        assert ran.status in (2, 3)
        assert ran.problem
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PUBLIC_BASE_URL", "kaona.example"),
        ("LINE_API_BASE", "ftp://line"),
        ("LINE_CHANNEL_SECRET", "only a secret"),
        ("SECRET_KEY", "short"),
        ("BOT_NOW", "2024-03-01T09:00"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    ran = cli("agency", "list")
    assert (ran.status, ran.out) == (2, "")
    assert name in ran.problem or "LINE_CHANNEL_ACCESS_TOKEN" in ran.problem


def test_a_data_dir_that_cannot_be_made_is_named(
    bare_cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))
    ran = bare_cli("init")
    assert ran.status == 2
    assert "DATA_DIR" in ran.problem


# Agencies


def test_agencies_are_added_once_and_listed(cli: Cli) -> None:
    added = cli(
        "agency", "add", "--id", "dee", "--name", " เทศบาลตำบลดี ", "--kind", "เทศบาลตำบล", "--province", "ดี", "--json"
    )
    assert (added.status, added.json["name"]) == (0, "เทศบาลตำบลดี")
    again = cli("agency", "add", "--id", "dee", "--name", "อื่น")
    assert again.status == 2
    assert "dee" in again.problem
    assert [a["id"] for a in cli("agency", "list", "--json").json] == ["dee"]
    assert cli("agency", "list").lines == ["dee\tเทศบาลตำบลดี\tดี"]


@pytest.mark.parametrize(
    ("option", "value"), [("--id", "ดี"), ("--id", "a b"), ("--id", ""), ("--name", " "), ("--website", "https://")]
)
def test_an_agency_that_cannot_be_is_refused(cli: Cli, sqlite_url: str, option: str, value: str) -> None:
    before = database_of(sqlite_url)
    given = {"--id": "dee", "--name": "ดี"} | {option: value}
    ran = cli("agency", "add", *(part for pair in given.items() for part in pair))
    assert ran.status == 2
    assert option in ran.problem
    assert database_of(sqlite_url) == before


# Channels


def test_a_channel_is_added_after_line_has_taken_its_token(office: Cli, line: SimulatorClient, sqlite_url: str) -> None:
    added = office("channel", "add", "--id", "second", "--secret", SECRET, "--token", TOKEN, *DEE, "--json")
    assert added.status == 0
    assert added.json[0]["agencies"] == ["dee"]
    listed = office("channel", "list")
    assert any(each.startswith("second\t") for each in listed.lines)
    assert TOKEN not in added.out + listed.out
    assert TOKEN.encode() not in database_of(sqlite_url), "encrypted at rest"


def test_a_token_that_line_refuses_adds_nothing(office: Cli, line: SimulatorClient, sqlite_url: str) -> None:
    assert line.people() == []
    before = database_of(sqlite_url)
    ran = office("channel", "add", "--id", "second", "--secret", SECRET, "--token", "wrong")
    assert (ran.status, ran.out) == (2, "")
    assert "--token" in ran.problem
    assert "wrong" not in ran.problem.replace("wrong usage", "")
    assert database_of(sqlite_url) == before


def test_a_line_that_does_not_say_who_the_bot_is_stops_nothing(office: Cli, line: SimulatorClient) -> None:
    line.add_fault("error", path="/v2/bot/info", status=500)
    added = office("channel", "add", "--id", "second", "--secret", SECRET, "--token", TOKEN)
    assert (added.status, added.lines) == (0, ["second\t-\tall"])


def test_line_being_away_is_a_failure_and_adds_nothing(
    office: Cli, monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    monkeypatch.setenv("LINE_API_BASE", "http://127.0.0.1:9")
    before = database_of(sqlite_url)
    ran = office("channel", "add", "--id", "second", "--secret", SECRET, "--token", TOKEN)
    assert ran.status == 3
    assert "LINE" in ran.problem
    assert database_of(sqlite_url) == before


# Rounds


def test_rounds_have_their_usual_dates_until_they_are_set(office: Cli) -> None:
    six, twelve = office("round", "list", "--json").json
    assert (six["open"], six["due"], six["lock"]) == ("2024-03-01", "2024-04-10", "2024-04-30")
    assert (twelve["open"], twelve["due"], twelve["lock"]) == ("2024-09-01", "2024-10-10", "2024-10-31")
    ran = office("round", "set", *YEAR, "--round", 12, "--due", "2024-10-15")
    assert (ran.status, ran.lines) == (0, ["dee\t2567\t12\topen 2024-09-01\tdue 2024-10-15\tlock 2024-10-31"])
    assert office("round", "list").lines[1] == ran.lines[0]


@pytest.mark.parametrize(
    "dates", [("--due", "2024-08-01"), ("--lock", "2024-10-01"), ("--open", "31/10/2567"), ("--open", "2023-02-29")]
)
def test_dates_out_of_order_or_no_dates_are_refused(office: Cli, sqlite_url: str, dates: tuple[str, str]) -> None:
    before = database_of(sqlite_url)
    ran = office("round", "set", *YEAR, "--round", "12", *dates)
    assert ran.status == 2
    assert dates[1] in ran.err
    assert database_of(sqlite_url) == before


# People


def test_an_invitation_prints_the_code_and_then_the_link(office: Cli, line: SimulatorClient) -> None:
    ran = office("invite", *YEAR, "--role", "officer", "--name", "มาลี ใจงาม", "--measures", "๑,3")
    code, link = ran.lines
    assert normal_code(code) == code
    assert code in link
    assert link.startswith("http")
    assert office("export", *YEAR).json["measures"][0]["officers"] == ["มาลี ใจงาม"]
    as_json = office("invite", *DEE, "--role", "admin", "--name", "มานี", "--json").json
    assert set(as_json) >= {"code", "link"}
    assert as_json["code"] != code


def test_unused_codes_are_listed_and_revoked_by_their_id(office: Cli) -> None:
    office("invite", *DEE, "--role", "admin", "--name", "มานี")
    (found,) = office("invite", *DEE, "--list", "--json").json
    assert (found["name"], found["role"], found["created_by"]) == ("มานี", "admin", "")
    assert office("invite", *DEE, "--list").lines[0].split("\t")[:3] == [found["id"], "มานี", "admin"]
    assert office("invite", *DEE, "--revoke", found["id"]).lines == [f"{found['id']}\tมานี"]
    assert office("invite", *DEE, "--list").lines == []
    assert office("invite", *DEE, "--revoke", found["id"]).status == 2


def test_a_link_that_no_phone_can_open_is_said_so_beside_the_result(office: Cli) -> None:
    local = office("invite", *DEE, "--role", "admin", "--name", "มานี")
    assert ("PUBLIC_BASE_URL" in local.err) is ("127.0.0.1" in local.lines[1])


def test_the_code_is_not_in_the_database(office: Cli, sqlite_url: str) -> None:
    code = office("invite", *DEE, "--role", "admin", "--name", "มานี").lines[0]
    assert code.encode() not in database_of(sqlite_url)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--role", "officer", "--name", "ก", "--measures", "9"), "9"),
        (("--role", "officer", "--name", "ก", "--measures", "a,b"), "1,3,4"),
        (("--role", "admin", "--name", "ก", "--measures", "1"), "admin"),
        (("--role", "officer", "--name", "  "), "--name"),
        (("--role", "king", "--name", "ก"), "king"),
    ],
)
def test_an_invitation_that_cannot_be_changes_nothing(
    office: Cli, sqlite_url: str, more: tuple[str, ...], words: str
) -> None:
    before = database_of(sqlite_url)
    ran = office("invite", *YEAR, *more)
    assert ran.status == 2
    assert words in ran.err
    assert database_of(sqlite_url) == before


def test_measures_are_assigned_to_who_is_there(office: Cli) -> None:
    office("invite", *YEAR, "--role", "officer", "--name", "มาลี ใจงาม", "--measures", "1")
    assert office("assign", *YEAR, "--measures", "2,๓", "--to", "มาลี ใจงาม").lines == ["มาลี ใจงาม\t2,3"]
    assert office("assign", *YEAR, "--measures", "all", "--to", "มาลี ใจงาม", "--json").json["measures"] == [1, 2, 3]
    ran = office("assign", *YEAR, "--measures", "1", "--to", "ไม่มีตัวตน")
    assert ran.status == 2
    assert "มาลี ใจงาม" in ran.problem


# The year's JSON

MEASURE = {
    "no", "section", "indicator", "title", "approach", "steps", "responsible", "monitoring", "period_text",
    "period_start", "period_end", "officers", "rounds",
}  # fmt: skip
ROUND = {
    "status", "summary", "outcome", "output", "obstacles", "remark", "expected_on", "parts", "evidence",
    "submitted_at", "submitted_by", "review",
}  # fmt: skip


def test_the_export_has_the_contracts_fields_and_nothing_else(office: Cli, tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text("มาตรการ\tสรุปผลการดำเนินการ\tผลลัพธ์\n๑. จัดทำคู่มือบริการ\tทำแล้ว\tดี\n", encoding="utf-8")
    assert office("plan", "import", report, *YEAR, "--results", 6).status == 0
    year = office("export", *YEAR).json
    assert office("export", *YEAR, "--json").json == year
    assert set(year) == {"agency", "fiscal_year", "measures"}
    assert set(year["agency"]) == {"id", "name", "kind", "subdistrict", "district", "province", "website"}
    assert year["fiscal_year"] == 2567
    assert [m["no"] for m in year["measures"]] == [1, 2, 3]
    for measure in year["measures"]:
        assert set(measure) == MEASURE
        assert set(measure["rounds"]) == {"6", "12"}
    assert set(year["measures"][0]["rounds"]["6"]) == ROUND
    assert year["measures"][1]["rounds"] == {"6": None, "12": None}
    assert "" not in [value for measure in year["measures"] for value in measure.values()]


def test_an_unknown_agency_has_no_export(office: Cli) -> None:
    assert office("export", "--agency", "nobody", "--fiscal-year", 2567).status == 2


# Compiling


def test_compile_prints_absolute_paths_of_whole_files(office: Cli, tmp_path: Path) -> None:
    ran = office("compile", *YEAR, "--round", 12, "--out", "out", "--format", "json,pdf")
    assert ran.status == 0
    paths = [Path(each) for each in ran.lines]
    assert [p.suffix for p in paths] == [".json", ".pdf"]
    assert all(p.is_absolute() for p in paths)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(p.name for p in paths), "no half files"
    assert paths[1].read_bytes().startswith(b"%PDF")
    assert json.loads(paths[0].read_text())["fiscal_year"] == 2567
    assert "ยังไม่ได้รายงาน" in ran.err
    again = office("compile", *YEAR, "--round", 12, "--out", "out", "--format", "json", "--json")
    assert list(again.json["files"]) == ["json"]


def test_a_year_without_a_plan_or_a_folder_that_cannot_be_is_said(office: Cli, tmp_path: Path) -> None:
    none = office("compile", *DEE, "--fiscal-year", 2570, "--round", 12, "--out", tmp_path / "out")
    assert none.status == 2
    assert "๒๕๗๐" in none.problem
    (tmp_path / "file").write_text("")
    blocked = office("compile", *YEAR, "--round", 12, "--out", tmp_path / "file" / "x", "--format", "json")
    assert blocked.status in (2, 3)
    assert "file" in blocked.err


@pytest.mark.parametrize("option", ["--format=doc", "--format=,", "--kind=poem", "--round=9"])
def test_what_cannot_be_compiled_is_wrong_usage(office: Cli, tmp_path: Path, option: str) -> None:
    assert office("compile", *YEAR, "--round", "12", "--out", tmp_path / "out", option).status == 2
    assert not (tmp_path / "out").exists()


# Waiting


def test_wait_is_zero_when_nothing_is_left(office: Cli) -> None:
    assert office("wait", "--timeout", 0).status == 0
    assert office("wait", "--timeout", 0, "--json").json["settled"] is True


def test_wait_names_what_is_left_at_the_timeout(office: Cli, sqlite_url: str) -> None:
    from bot.adapters.sql.store import SqlStore
    from tests.contracts.office import a_chat, an_event, later

    store = SqlStore(sqlite_url, secret_key=b"a secret key for tests only")
    with store.write() as uow:
        uow.chats.add(a_chat(person_id=None))
        uow.chats.add_event(an_event(received_at=later(days=-1)))
    store.close()
    ran = office("wait", "--timeout", 0)
    assert ran.status == 1
    assert "1 events_unread" in ran.out + ran.err
    assert office("wait", "--timeout", 0, "--json").json["left"]["events_unread"] == 1


# Real processes


def _process(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LINE_", "DATABASE", "REDIS"))}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={**clean, **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_as_a_process_results_and_remarks_go_their_own_ways(tmp_path: Path) -> None:
    env = {"DATA_DIR": str(tmp_path / "data")}
    not_yet = _process("agency", "list", **env)
    assert (not_yet.returncode, not_yet.stdout) == (2, "")
    assert _process("init", **env).returncode == 0
    listed = _process("agency", "list", "--json", **env)
    assert (listed.returncode, json.loads(listed.stdout), listed.stderr) == (0, [], "")
    secret = tmp_path / "data" / "secret_key"
    assert oct(secret.stat().st_mode & 0o777) == "0o600"


def test_a_reader_that_goes_away_is_no_bug(tmp_path: Path) -> None:
    env = {**os.environ, "DATA_DIR": str(tmp_path / "data")}
    assert _process("init", **env).returncode == 0
    piped = subprocess.Popen(
        [sys.executable, "-m", "bot", "agency", "list", "--json"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert piped.stdout is not None
    piped.stdout.close()
    assert piped.stderr is not None
    assert "Traceback" not in piped.stderr.read()
    piped.stderr.close()
    piped.wait(30)


def test_the_standard_commands_do_not_load_what_they_do_not_need() -> None:
    code = (
        "import sys, bot.cli.main as m; m._parser('export'); m._parser('agency');"
        "print([n for n in ('linebot', 'rq', 'flask', 'typst', 'redis') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_simulator_alone_serves_and_ends_on_sigterm(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "simulator", "--port", "0", "--webhook", "http://127.0.0.1:9/callback"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    try:
        said = running.stderr.readline()
        found = re.match(r"(http://127\.0\.0\.1:\d+)/simulator/", said)
        assert found, said
        assert SimulatorClient(found[1]).people() == []
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0
        running.stderr.close()
