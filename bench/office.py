"""People with a message each in the outbox, a simulator of LINE that knows them, and real workers to deliver."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.figure import seconds
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

TOKEN = "an-access-token"
LONGEST = 900.0
SHORTEST_LIFE, LONGEST_LIFE = 4.0, 9.0


@dataclass(slots=True, kw_only=True)
class Place:
    """Messages to be delivered, and a simulator to take them."""

    rt: Runtime
    env: dict[str, str]
    texts: dict[str, str]
    line: SimulatorClient

    def deliver(self) -> float:
        """Seconds in which one worker, which has delivered a first message already, delivers all the others."""
        with self.worker():
            self.fill(0, 1)
            self.rt.queue.enqueue(DELIVER, ALL_DUE)
            self._wait(lambda: self.count(OutgoingState.SENT, 1) == 1)
            self.fill(1, len(self.texts))
            self.rt.queue.enqueue(DELIVER, ALL_DUE)
            took = seconds(lambda: self._wait(lambda: not self.left()))
        self.check()
        return took

    def deliver_with_deaths(self) -> tuple[float, int]:
        """The same, with the worker's whole tree killed at random times and started anew; seconds and deaths."""
        self.fill(0, len(self.texts))
        deaths, began = 0, time.perf_counter()
        while self.left():
            with self.worker() as process:
                until = time.monotonic() + random.uniform(SHORTEST_LIFE, LONGEST_LIFE)
                self._wait(lambda until=until: not self.left() or time.monotonic() > until)  # type: ignore[misc]
                os.killpg(process.pid, signal.SIGKILL)
                deaths += 1
        took = time.perf_counter() - began
        self.check()
        return took, deaths

    def push_bare(self) -> float:
        """Seconds for the same pushes by LINE's SDK alone, in as many threads."""
        from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, PushMessageRequest, TextMessage

        client = ApiClient(Configuration(host=self.env["LINE_API_BASE"], access_token=TOKEN), pool_threads=IN_FLIGHT)
        api = MessagingApi(client)

        def push(user: str) -> None:
            request = PushMessageRequest(to=user, messages=[TextMessage(text=self.texts[user])])
            api.push_message(request, x_line_retry_key=str(uuid.uuid4()))

        with ThreadPoolExecutor(IN_FLIGHT) as threads:
            return seconds(lambda: list(threads.map(push, self.texts)))

    def fill(self, first: int, end: int) -> None:
        """Put the messages of these people into the outbox."""
        now = datetime.now(BANGKOK)
        with self.rt.store.write() as uow:
            for number, (user, text) in list(enumerate(self.texts.items()))[first:end]:
                chat = Chat(id=ChatId(f"chat-{number}"), channel_id=DEFAULT_CHANNEL, line_user_id=user)
                uow.chats.add(chat)
                uow.outbox.add(
                    Outgoing(
                        id=OutgoingId(f"message-{number}"),
                        chat_id=chat.id,
                        kind="notice",
                        messages=({"type": "text", "text": text},),
                        retry_key=str(uuid.uuid4()),
                        created_at=now,
                        next_try_at=now,
                        expires_at=now + timedelta(hours=20),
                    )
                )

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A real worker, in a session of its own."""
        with _running([sys.executable, "-m", "bot", "worker"], self.env) as process:
            yield process

    def count(self, state: OutgoingState, most: int) -> int:
        """How many messages are in a state, counted up to `most`."""
        with self.rt.store.read() as uow:
            return len(uow.outbox.in_states([state], most))

    def left(self) -> bool:
        """Whether any message is still to be sent."""
        return self.count(OutgoingState.QUEUED, 1) > 0

    def check(self) -> None:
        """None lost, none doubled: LINE counted as many as there are, and everybody has heard their own.

        Raises:
            RuntimeError: one was.
        """
        channel = self.rt.channel(DEFAULT_CHANNEL)
        quota = self.rt.messenger.quota(channel) if channel else None
        sent = self.count(OutgoingState.SENT, len(self.texts) + 1)
        if quota is None or not quota.used == sent == len(self.texts):
            raise RuntimeError(f"{len(self.texts)} messages: {sent} sent, LINE counted {quota}")
        heard = {p["user_id"]: p["last"]["message"]["text"] for p in self.line.people() if p["last"]}
        if heard != self.texts:
            raise RuntimeError("not everybody has heard what was for them")

    def _wait(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + LONGEST
        while not holds():
            if time.monotonic() > until:
                raise RuntimeError("not delivered in time")
            time.sleep(0.05)


@contextmanager
def office(
    people: int,
    *,
    line_takes: float | None = None,
    we_send: float = 2000.0,
    text: Callable[[int], str] = "เตือนคนที่ {}".format,
) -> Iterator[Place]:
    """People who are to hear something; LINE takes so many calls a second, and we send so many at most."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with _simulator(line_takes) as base:
            env = {
                **clean_environment(),
                "DATA_DIR": str(data),
                "SECRET_KEY": "a secret key for measuring",
                "LINE_CHANNEL_SECRET": "a-channel-secret",
                "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
                "LINE_API_BASE": base,
                "LINE_DATA_API_BASE": base,
                "LINE_RATE": str(we_send),
            }
            subprocess.run(
                [sys.executable, "-m", "bot", "init"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
            )
            rt = Runtime(Settings.from_env(env))
            line = SimulatorClient(base)
            line.wait_ready()
            users = [str(line.create_person(f"คนที่ {n}", follow=True)["user_id"]) for n in range(people)]
            texts = {user: text(number) for number, user in enumerate(users)}
            try:
                yield Place(rt=rt, env=env, texts=texts, line=line)
            finally:
                rt.store.close()
                embedded.stop(data)


@contextmanager
def _simulator(rate: float | None) -> Iterator[str]:
    port = free_port()
    env = {**clean_environment(), "LINE_CHANNEL_SECRET": "a-channel-secret", "LINE_CHANNEL_ACCESS_TOKEN": TOKEN}
    command = [*(sys.executable, "-m", "bot", "simulator", "--port", str(port)), "--webhook", "http://127.0.0.1:9/none"]
    with _running([*command, *(() if rate is None else ("--rate", str(rate)))], env):
        yield f"http://127.0.0.1:{port}"


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
