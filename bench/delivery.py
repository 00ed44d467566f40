"""How fast real workers deliver pushes to the simulator, and whether any is doubled or lost.

Messages lie in the outbox, one a person; a real worker process (RQ, SQLite, the embedded Redis) delivers them to a
simulator in a process of its own. Four runs: held to 200 calls a second by the token bucket that all workers share;
without a limit; a bare loop of LINE's SDK with as many threads beside it; and with workers killed by SIGKILL at random
times. After each, the simulator must have counted exactly as many messages as there were, and every one must be sent.
Aim: at least 80 % of 200 a second. Beside the unlimited run: the bare loop, which stores nothing.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.figure import Aim, Beside, Figure, Options, say, seconds
from bot.adapters.redis_ import embedded
from bot.bootstrap import Runtime
from bot.cli.processes import ROOT, clean_environment, free_port
from bot.config import Settings
from bot.domain.calendar import BANGKOK
from bot.domain.people import ChatId
from bot.jobs import DELIVER
from bot.ports.records import DEFAULT_CHANNEL, Chat, Outgoing, OutgoingId, OutgoingState
from bot.services.sweep import ALL_DUE
from bot.simulator.client import SimulatorClient
from workers.deliveries import IN_FLIGHT

RATE = 200
LIMITED, UNLIMITED, KILLED = 20_000, 5_000, 5_000
AIM = Aim(limit=RATE * 0.8, at_least=True)
TOKEN = "an-access-token"
LONGEST = 900.0
SHORTEST_LIFE, LONGEST_LIFE = 4.0, 9.0


def measure(options: Options) -> Iterable[Figure]:
    """The limited run, the unlimited one beside the bare loop, and the one with killed workers."""
    limited, unlimited, killed = (30, 30, 30) if options.quick else (LIMITED, UNLIMITED, KILLED)
    with office(limited, rate=RATE) as place:
        rate = limited / place.deliver()
    say(f"limited: {rate:.0f}/s")
    yield Figure(name=f"delivery: {limited:,} pushes held to {RATE}/s", unit="/s", values=(rate,), aim=AIM)
    with office(unlimited) as place:
        ours = unlimited / place.deliver()
    with office(unlimited) as place:
        bare = unlimited / place.push_bare()
    say(f"unlimited: {ours:.0f}/s, bare SDK: {bare:.0f}/s")
    beside = Beside(name="bare SDK loop", values=(bare,))
    yield Figure(name=f"delivery: {unlimited:,} pushes, no limit", unit="/s", values=(ours,), beside=beside)
    with office(killed) as place:
        took, deaths = place.deliver_with_deaths()
    say(f"{deaths} workers killed")
    yield Figure(name=f"delivery: {killed:,} pushes, workers killed", unit="/s", values=(killed / took,))


@dataclass(slots=True, kw_only=True)
class Place:
    """Messages to be delivered, and a simulator to take them."""

    rt: Runtime
    env: dict[str, str]
    users: list[str]
    line: SimulatorClient

    def deliver(self) -> float:
        """Seconds until one worker, which has delivered its first message already, has delivered everything."""
        with _worker(self.env):
            self.rt.queue.enqueue(DELIVER, "chat-0")
            self._wait_for_the_first()
            self._ask()
            took = seconds(self._wait)
        self._check()
        return took

    def deliver_with_deaths(self) -> tuple[float, int]:
        """The same, with the worker's whole tree killed at random times and started anew; seconds and deaths."""
        deaths, began = 0, time.perf_counter()
        self._ask()
        while self._left():
            with _worker(self.env) as process:
                until = time.monotonic() + random.uniform(SHORTEST_LIFE, LONGEST_LIFE)
                while self._left() and time.monotonic() < until:
                    time.sleep(0.05)
                os.killpg(process.pid, signal.SIGKILL)
                deaths += 1
        took = time.perf_counter() - began
        self._check()
        return took, deaths

    def push_bare(self) -> float:
        """Seconds for the same pushes by LINE's SDK alone, in as many threads."""
        from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, PushMessageRequest, TextMessage

        client = ApiClient(Configuration(host=self.env["LINE_API_BASE"], access_token=TOKEN), pool_threads=IN_FLIGHT)
        api = MessagingApi(client)

        def push(user: str) -> None:
            request = PushMessageRequest(to=user, messages=[TextMessage(text="เตือน")])
            api.push_message(request, x_line_retry_key=str(uuid.uuid4()))

        with ThreadPoolExecutor(IN_FLIGHT) as threads:
            return seconds(lambda: list(threads.map(push, self.users)))

    def _ask(self) -> None:
        self.rt.queue.enqueue(DELIVER, ALL_DUE)

    def _left(self) -> int:
        with self.rt.store.read() as uow:
            return len(uow.outbox.in_states([OutgoingState.QUEUED], 1))

    def _wait_for_the_first(self) -> None:
        while True:
            with self.rt.store.read() as uow:
                if uow.outbox.in_states([OutgoingState.SENT], 1):
                    return
            time.sleep(0.05)

    def _wait(self) -> None:
        until = time.monotonic() + LONGEST
        while self._left():
            if time.monotonic() > until:
                raise RuntimeError("not delivered in time")
            time.sleep(0.05)

    def _check(self) -> None:
        """None lost, none doubled.

        Raises:
            RuntimeError: one was.
        """
        channel = self.rt.channel(DEFAULT_CHANNEL)
        quota = self.rt.messenger.quota(channel) if channel else None
        with self.rt.store.read() as uow:
            sent = len(uow.outbox.in_states([OutgoingState.SENT], len(self.users) + 1))
        if quota is None or not quota.used == sent == len(self.users):
            raise RuntimeError(f"{len(self.users)} messages: {sent} sent, LINE counted {quota}")


@contextmanager
def office(people: int, *, rate: float = 100_000.0) -> Iterator[Place]:
    """People with a message each, and a simulator that knows them."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with _simulator() as base:
            env = {
                **clean_environment(),
                "DATA_DIR": str(data),
                "SECRET_KEY": "a secret key for measuring",
                "LINE_CHANNEL_SECRET": "a-channel-secret",
                "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
                "LINE_API_BASE": base,
                "LINE_DATA_API_BASE": base,
                "LINE_RATE": str(rate),
            }
            subprocess.run(
                [sys.executable, "-m", "bot", "init"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
            )
            rt = Runtime(Settings.from_env(env))
            line = SimulatorClient(base)
            line.wait_ready()
            users = [str(line.create_person(f"คนที่ {n}", follow=True)["user_id"]) for n in range(people)]
            _fill(rt, users)
            try:
                yield Place(rt=rt, env=env, users=users, line=line)
            finally:
                rt.store.close()
                embedded.stop(data)


def _fill(rt: Runtime, users: list[str]) -> None:
    now = datetime.now(BANGKOK)
    with rt.store.write() as uow:
        for number, user in enumerate(users):
            chat = Chat(id=ChatId(f"chat-{number}"), channel_id=DEFAULT_CHANNEL, line_user_id=user)
            uow.chats.add(chat)
            uow.outbox.add(
                Outgoing(
                    id=OutgoingId(f"message-{number}"),
                    chat_id=chat.id,
                    kind="notice",
                    messages=({"type": "text", "text": f"เตือนคนที่ {number}"},),
                    retry_key=str(uuid.uuid4()),
                    created_at=now,
                    next_try_at=now,
                    expires_at=now + timedelta(hours=20),
                )
            )


@contextmanager
def _simulator() -> Iterator[str]:
    port = free_port()
    env = {**clean_environment(), "LINE_CHANNEL_SECRET": "a-channel-secret", "LINE_CHANNEL_ACCESS_TOKEN": TOKEN}
    command = [*(sys.executable, "-m", "bot", "simulator", "--port", str(port)), "--webhook", "http://127.0.0.1:9/none"]
    with _running(command, env):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _worker(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with _running([sys.executable, "-m", "bot", "worker"], env) as process:
        yield process


@contextmanager
def _running(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()
