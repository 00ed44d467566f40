"""How long after a tap the answer is there, in the real demo: webhook, database, Redis, worker, LINE's API, simulator.

An officer of the sample agency starts an update, answers by tapping, and drops it again, over and over; each tap is one
value. `heard` is from the tap's HTTP request until the simulator's API has the bot's answer. `drawn` is the same in a
real browser: from the click in the page until the answer is painted; only where chromium and chromedriver are found.
Aim: a median of less than 150 ms. Beside both, a few taps in turn on the same simulator: a bare echo bot that answers
from inside its webhook with LINE's SDK and keeps nothing. The ratio is the price of durability and of real work.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from bench.bare import BUTTON
from bench.figure import Aim, Beside, Figure, Options, say
from bench.running_demo import RunningDemo, running_demo, temporary_folder
from bench.serving import serving
from bench.taps import Page, taps_by_api
from bot.simulator.client import SimulatorClient
from tests.needs import missing_programs
from tests.simulator.webdriver import browser

AIM = Aim(limit=150)
OFFICER = "สมชาย ตั้งใจ"
_ROUND = (
    ("type", "รายงานผล"),
    ("tap", "มาตรการที่ ๑"),
    ("tap", "ไม่ดำเนินการ"),
    ("type", "ยุบรวมกับมาตรการอื่นตามมติที่ประชุม"),
    ("tap", "เสร็จแล้ว"),
    ("tap", "ยกเลิก"),
    ("tap", "ใช่"),
)
"""Ends where it began, so that it can be said again and again."""

Tap = Callable[[str], float]


def measure(options: Options) -> Iterable[Figure]:
    """Tap in the real demo and in front of the echo bot, in turn."""
    rounds = 1 if options.quick else 8
    with temporary_folder() as folder, running_demo(folder / "demo") as demo:
        client = SimulatorClient(demo.url)
        yield _figure("reply: heard", demo, client, taps_by_api(client, OFFICER), rounds)
        missing = missing_programs("chromium")
        if missing:
            say(f"reply: drawn is not measured: {' and '.join(missing)} not installed")
            return
        with browser() as window:
            page = Page(window, demo.url, _user_id(client))
            yield _figure("reply: drawn in a browser", demo, client, page.tap, rounds)


def _figure(name: str, demo: RunningDemo, client: SimulatorClient, tap: Tap, rounds: int) -> Figure:
    """Every tap of some rounds; a first one warms up."""
    ours: list[float] = []
    echoed: list[float] = []
    with _echo_bot(demo) as echo_url:
        for number in range(rounds + 1):
            say(f"{name}: round {number} of {rounds}")
            found = list(_report(client, tap))
            with _answering(client, echo_url, f"{demo.url}/callback"):
                _type(client, "สวัสดี")
                again = [tap(BUTTON) for _ in found]
            if number:
                ours += found
                echoed += again
    beside = Beside(name="bare echo bot", values=tuple(echoed))
    return Figure(name=name, unit="ms", values=tuple(ours), aim=AIM, beside=beside)


def _report(client: SimulatorClient, tap: Tap) -> Iterator[float]:
    for how, words in _ROUND:
        if how == "tap":
            yield tap(words)
        else:
            _type(client, words)


def _type(client: SimulatorClient, words: str) -> None:
    after = client.last_seq(OFFICER)
    client.send_text(OFFICER, words)
    client.wait_for_bot(OFFICER, after=after)


def _user_id(client: SimulatorClient) -> str:
    return next(str(person["user_id"]) for person in client.people() if person["name"] == OFFICER)


@contextmanager
def _echo_bot(demo: RunningDemo) -> Iterator[str]:
    """The bare bot, with the channel of the demo."""
    secret, token = (demo.data_dir / "simulated_channel").read_text().split()
    said = (demo.data_dir / "logs" / "simulator.log").read_text()
    line = re.findall(r"(http://[\d.:]+)/simulator/", said)[-1]
    with serving("echo", LINE_CHANNEL_SECRET=secret, LINE_CHANNEL_ACCESS_TOKEN=token, LINE_API_BASE=line) as url:
        yield url


@contextmanager
def _answering(client: SimulatorClient, url: str, usual: str) -> Iterator[None]:
    """Let another bot answer for as long as the block lasts."""
    client.set_webhook(url)
    try:
        yield
        client.webhooks(wait=10)
        time.sleep(0.05)
    finally:
        client.set_webhook(usual)
